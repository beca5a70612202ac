"""Screening of the parts of an item, with what the office and the case behind it tell the rules."""

from dataclasses import asdict
from datetime import date
from typing import Any

from gongkai.documents.articles import Block, Grid, Heading, Listing, Paragraph, Picture
from gongkai.documents.contents import Contents, Passage, Table, read_contents_guarded
from gongkai.documents.reading import Unreadable
from gongkai.publishing.content import Content
from gongkai.publishing.models import Item, PublishingProfile
from gongkai.screening.exchange import person_to_json
from gongkai.screening.findings import Finding, Screening, Severity
from gongkai.screening.guarded import screen_guarded
from gongkai.screening.rules import PrivatePerson, Rules
from gongkai.screening.screen import screen_contents, table_contents
from gongkai.screening.wordlists import RULES_VERSION


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
    """The title, the data and the text of an item, read as one document."""
    return screen_contents(_words_of(content), "", rules)


def _words_of(content: Content) -> Contents:
    data = (
        ("名称", content.title),
        ("内容概述", content.summary),
        ("关键词", " ".join(content.keywords)),
        *content.details.items(),
    )
    passages = [Passage(text, place) for place, text in data if text]
    tables: list[Table] = []
    before: list[int] = []
    for number, block in enumerate(content.article.blocks, start=1):
        place = f"正文第{number}段"
        if isinstance(block, Grid):
            passages += [Passage(block.caption, f"{place}的表题")] if block.caption else []
            tables += table_contents(block.rows, f"{place}的表").tables
            before.append(len(passages))
        else:
            passages += [Passage(text, place) for text in _texts(block) if text]
    return Contents("text", tuple(passages), tuple(tables), before=tuple(before))


def _texts(block: Block) -> tuple[str, ...]:
    if isinstance(block, Heading | Paragraph):
        return (block.text,)
    if isinstance(block, Listing):
        return block.items
    assert isinstance(block, Picture)
    return block.alternative, block.caption


def screen_file(name: str, data: bytes, rules: Rules) -> Screening:
    """A file, read in a child process. What cannot be read at all must not go out."""
    try:
        return screen_guarded(data, name, rules)
    except Unreadable as error:
        unreadable = Finding("file.unreadable", Severity.BLOCK, name, "", f"{error}打不开的文件不能发布。")
        return Screening((unreadable,), scannable=False)


def as_json(screening: Screening) -> list[dict[str, Any]]:
    """The findings as plain data."""
    return [asdict(finding) | {"severity": finding.severity.value} for finding in screening.findings]


def people_as_json(screening: Screening) -> list[list[str]] | None:
    """The people of its lists as plain data; ``None`` where there are none."""
    return [person_to_json(person) for person in screening.people] or None


def readable_text(name: str, data: bytes) -> str:
    """What can be read in a file, for search and preview; empty where nothing can."""
    try:
        return read_contents_guarded(data, name).text
    except Unreadable:
        return ""
