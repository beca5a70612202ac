"""Screening of the parts of an item, with what the office and the case behind it tell the rules."""

from dataclasses import asdict
from datetime import date
from typing import Any

from gongkai.documents.articles import Article, Grid, Heading, Listing, Paragraph, Picture
from gongkai.documents.contents import read_contents_guarded
from gongkai.documents.reading import Unreadable
from gongkai.publishing.content import Content
from gongkai.publishing.models import Item, PublishingProfile
from gongkai.screening.findings import Finding, Screening, Severity
from gongkai.screening.rules import PrivatePerson, Rules
from gongkai.screening.screen import RULES_VERSION, screen_guarded, screen_table, screen_text


def rules_version() -> str:
    """The version of the screening rules in force; scans of other versions do not count any more."""
    return RULES_VERSION


def rules_for(item: Item, on: date) -> Rules:
    """What screening is told: the office's own numbers, and whose data the item must not hold."""
    profile = PublishingProfile.objects.filter(agency=item.agency).first()
    return Rules(phones=frozenset(profile.own_phones if profile else ()), on=on, private=_people_of(item))


def _people_of(item: Item) -> tuple[PrivatePerson, ...]:
    if item.from_case is None:
        return ()
    identity: dict[str, Any] = item.from_case.applicant.identity
    return (
        PrivatePerson(
            name=identity.get("name", ""),
            id_number=identity.get("id_number", ""),
            phone=identity.get("phone", ""),
            address=identity.get("address", ""),
            email=identity.get("email", ""),
        ),
    )


def screen_words(content: Content, rules: Rules) -> Screening:
    """The title, the data and the text of an item."""
    findings: list[Finding] = []
    lines = (content.title, content.summary, " ".join(content.keywords), *content.details.values())
    for place, text in (("标题和说明", "\n".join(lines)), *_texts(content.article)):
        findings += screen_text(text, rules, place=place).findings
    for number, block in enumerate(content.article.blocks, start=1):
        if isinstance(block, Grid):
            findings += screen_table(block.rows, rules, place=f"正文第{number}段的表").findings
    return Screening(tuple(findings))


def _texts(article: Article) -> list[tuple[str, str]]:
    """The running text of an article, in one piece, so that what goes on over a break is seen."""
    words = []
    for block in article.blocks:
        if isinstance(block, Heading | Paragraph):
            words.append(block.text)
        elif isinstance(block, Listing):
            words.extend(block.items)
        elif isinstance(block, Picture):
            words.extend((block.alternative, block.caption))
        else:
            words.append(block.caption)
    return [("正文", "\n".join(words))]


def screen_file(name: str, data: bytes, rules: Rules) -> Screening:
    """A file, read in a child process. What cannot be read at all must not go out."""
    try:
        result = screen_guarded(data, name, rules)
    except Unreadable as error:
        unreadable = Finding("file.unreadable", Severity.BLOCK, name, "", f"{error}打不开的文件不能发布。")
        return Screening((unreadable,), scannable=False)
    named = screen_text(name, rules, place="文件名").findings
    return Screening((*named, *result.findings), result.scannable)


def as_json(screening: Screening) -> list[dict[str, Any]]:
    """The findings as plain data."""
    return [asdict(finding) | {"severity": finding.severity.value} for finding in screening.findings]


def readable_text(name: str, data: bytes) -> str:
    """What can be read in a file, for search and preview; empty where nothing can."""
    try:
        return read_contents_guarded(data, name).text
    except Unreadable:
        return ""
