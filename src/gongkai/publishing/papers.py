"""From what is published to the sheets of the board, the newsletter, and the article for WeChat.

Nothing but public renditions goes in; an item without a page on the website carries no address.
"""

import re
from collections.abc import Mapping, Sequence

from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.casework.models import OfficeProfile
from gongkai.documents.articles import Article, Heading, Paragraph
from gongkai.documents.newsletters import Newsletter, NewsletterItem
from gongkai.documents.posters import (
    SIX_DISCLOSURES,
    Board,
    DirectorySheet,
    GuideSheet,
    PosterSheet,
    directory,
    guide_poster,
    poster,
)
from gongkai.documents.wechat import API_TITLE, WechatSource
from gongkai.law.publishing.completeness import Subject, required_parts
from gongkai.publishing.models import (
    Item,
    NewsletterEntry,
    NewsletterIssue,
    Publication,
    PublishingProfile,
)
from gongkai.publishing.queries.board import finder_rows

_ABOUT = re.compile(
    r"关于(?:印发|转发|公布|发布|做好|开展|组织)?([^关]{4,200}?)的?(?:通知|公告|通告|通报|公示|意见|函)"
)
_QUOTED = re.compile(r"《([^《》]{4,100})》")
_SUBJECTS: Mapping[str, Subject] = {
    Item.Kind.SERVICE_GUIDE: "service_guide",
    Item.Kind.DISCLOSURE_GUIDE: "guide",
}
_GONE = Article((Paragraph("本篇已经撤下，不再刊印。"),))
_LISTED = re.compile(r"[，、；;\n]")


def address_of(publication: Publication, site: str) -> str:
    """Its page on the website; nothing where there is none. ``site`` is the address of the website."""
    if not (site and publication.on_website and publication.ended_at is None):
        return ""
    return f"{site}{reverse('portal:item', args=[publication.item_id])}"


def pictures_of(publication: Publication) -> dict[str, bytes]:
    """The pictures of its text, by their SHA-256."""
    files = publication.files.filter(media_type__startswith="image/").defer(None)
    return {file.sha256: bytes(file.data) for file in files}


def article_of(publication: Publication) -> Article:
    """Everything it says: the parts of a guide as chapters before the rest of the text."""
    said, subject = publication.said, _SUBJECTS.get(publication.kind)
    chapters: list[Heading | Paragraph] = []
    for part in required_parts(subject) if subject else ():
        lines = [line.strip() for line in said.details.get(part.code, "").splitlines() if line.strip()]
        chapters += [Heading(part.label), *map(Paragraph, lines)] if lines else []
    return Article((*chapters, *said.article.blocks))


def board_of(agency: Agency, address: str) -> Board:
    """What every sheet of an agency carries."""
    profile = PublishingProfile.objects.filter(agency=agency).first()
    return Board(agency.name, profile.supervision_phone if profile else "", address)


def sheet_pdf(publication: Publication, size: str, site: str) -> bytes:
    """The sheet of a publication: a service guide by its six disclosures, anything else by its text.

    Raises ``Unwritable``.
    """
    board = board_of(publication.item.agency, address_of(publication, site))
    if publication.kind == Item.Kind.SERVICE_GUIDE:
        return guide_poster(_guide_sheet(publication, board), size)
    return poster(_poster_sheet(publication, board), size)


def _poster_sheet(publication: Publication, board: Board) -> PosterSheet:
    said = publication.said
    return PosterSheet(
        board=board,
        title=publication.title_on_paper,
        article=article_of(publication),
        section=publication.section.name if publication.section else "",
        document_number=said.document_number,
        formed_on=said.formed_on,
        published_on=publication.first_published_on,
        notice_until=said.ends_on,
        pictures=pictures_of(publication),
    )


def _guide_sheet(publication: Publication, board: Board) -> GuideSheet:
    said = publication.said
    disclosures = {code: tuple(said.details.get(code, "").splitlines()) for code, _ in SIX_DISCLOSURES}
    facts = (("责任科室", publication.section.name),) if publication.section else ()
    return GuideSheet(board, said.title, disclosures, facts=facts, updated_on=publication.published_on)


def finder_pdf(agency: Agency, size: str, site: str) -> bytes:
    """The finder of an agency. Raises ``Unwritable``."""
    lines = list(agency.finder_lines.select_related("section"))
    address = f"{site}{reverse('portal:kiosk', args=[agency.slug])}" if site else ""
    profile = OfficeProfile.objects.filter(agency=agency).first()
    facts = (("办公地址", profile.address), ("办公时间", profile.hours)) if profile else ()
    sheet = DirectorySheet(
        board=board_of(agency, address),
        rows=finder_rows(lines),
        updated_on=max((line.changed_on for line in lines if line.changed_on), default=None),
        facts=tuple((name, text) for name, text in facts if text),
    )
    return directory(sheet, size)


def newsletter_of(issue: NewsletterIssue, entries: Sequence[NewsletterEntry]) -> Newsletter:
    """An issue as it is printed. What was withdrawn since is not printed again."""
    return Newsletter(
        name=issue.name,
        agency=issue.agency.name,
        number=issue.number,
        dated=issue.issued_on,
        items=tuple(_newsletter_item(entry) for entry in entries),
        total=issue.total_number,
        report_to=_names(issue.reported_to),
        send_to=_names(issue.sent_to),
        distribute_to=_names(issue.distributed_to),
        copies=issue.copies or None,
    )


def _newsletter_item(entry: NewsletterEntry) -> NewsletterItem:
    publication = entry.publication
    if publication.end == Publication.End.WITHDRAWN:
        return NewsletterItem("（已撤下）", _GONE)
    section = publication.section
    return NewsletterItem(
        title=publication.title,
        article=article_of(publication),
        section=section.name if section else "",
        published_on=publication.published_on,
        pictures=pictures_of(publication),
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip("。 　") for name in _LISTED.split(text) if name.strip("。 　"))


def wechat_source(publication: Publication, site: str, title: str = "", digest: str = "") -> WechatSource:
    """What the package is made of; an empty ``title`` is that of the publication."""
    said, item = publication.said, publication.item
    return WechatSource(
        title=title or said.title,
        agency=item.agency.name,
        article=article_of(publication),
        pictures=pictures_of(publication),
        address=address_of(publication, site),
        digest=digest or said.summary[:120],
        section=publication.section.name if publication.section else "",
        published_on=publication.published_on,
    )


def short_title(title: str, agency: str) -> str:
    """A title that the platform's interface takes: the whole one if it fits, else what it is about."""
    told = title.removeprefix(agency).strip()
    inside = (found[1] for pattern in (_ABOUT, _QUOTED) if (found := pattern.search(told)))
    for words in (title, told, *inside):
        if 0 < len(words) <= API_TITLE:
            return words
    return f"{told[: API_TITLE - 1]}…"
