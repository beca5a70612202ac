"""The bulletin board on a screen: it turns by itself over what hangs on the wall of an agency."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from gongkai.agencies.models import Agency
from gongkai.documents.articles import Article, to_html
from gongkai.documents.posters import DirectoryRow
from gongkai.portal import reading
from gongkai.portal.disclosure import agency_or_404
from gongkai.portal.items import PICTURES, whole_article
from gongkai.portal.kiosk_sheets import LINE, MOST, ROOM, sheets_of, weight
from gongkai.portal.pages import absolute, public_page
from gongkai.publishing.models import Item, Publication
from gongkai.publishing.queries.board import finder_of, finder_rows, guides_on_the_wall, on_the_wall

MATTERS = 8  # matters of the finder on one sheet
_SHORTEST, _LONGEST = 12, 60  # seconds
_A_SECOND = 7  # characters
_TITLE = 20  # characters of a title on one line


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the screen shows at once. ``part`` of ``parts``; ``address`` is drawn as a QR code."""

    title: str
    kicker: str
    part: int
    parts: int
    seconds: int
    body: SafeString | None = None
    facts: tuple[str, ...] = ()
    rows: tuple[DirectoryRow, ...] = ()
    address: str = ""
    page: str = ""
    is_cut: bool = False


@public_page
def kiosk(request: HttpRequest, slug: str) -> HttpResponse:
    """The finder, the guides, and every item that is posted on the board."""
    agency, on = agency_or_404(slug), timezone.localdate()
    sheets = [
        *_finder(agency),
        *(sheet for each in on_the_wall(agency, on) for sheet in _sheets(request, each, on)),
        *(sheet for each in guides_on_the_wall(agency) for sheet in _sheets(request, each, on)),
    ]
    context = {"agency": agency, "sheets": sheets, "office": reading.office_of(agency), "today": on}
    return render(request, "portal/kiosk.html", context)


def _finder(agency: Agency) -> Iterator[Sheet]:
    portions = list(_portions(finder_rows(finder_of(agency))))
    for number, rows in enumerate(portions, 1):
        yield Sheet(
            "找哪个人、办哪件事",
            "办事指引",
            number,
            len(portions),
            _seconds(40 * len(rows)),
            rows=tuple(rows),
        )


def _portions(rows: Sequence[DirectoryRow]) -> Iterator[list[DirectoryRow]]:
    """Rows that stand on one sheet together."""
    held: list[DirectoryRow] = []
    for row in rows:
        if held and sum(len(each.matters) for each in [*held, row]) > MATTERS:
            yield held
            held = []
        held.append(row)
    if held:
        yield held


def _seconds(characters: int) -> int:
    """How long it takes to read."""
    return min(max(_SHORTEST, 6 + characters // _A_SECOND), _LONGEST)


def _sheets(request: HttpRequest, publication: Publication, on: date) -> Iterator[Sheet]:
    """One publication in sheets; what is too long for a wall is read on its page."""
    item, said = publication.item, publication.said
    room = ROOM - LINE * (len(said.title) // _TITLE)
    whole = sheets_of(whole_article(publication), max(room, ROOM // 2))
    shown = whole[:MOST]
    page = reverse("portal:item", args=[item.pk])
    address = absolute(request, page)
    for number, article in enumerate(shown, 1):
        yield Sheet(
            title=publication.title_on_paper,
            kicker=_kicker(publication, on),
            part=number,
            parts=len(shown),
            seconds=_seconds(sum(map(weight, article.blocks))),
            body=_body(publication, article),
            facts=_facts(publication) if number == 1 else (),
            address=address if address != page else "",
            page=page,
            is_cut=number == len(shown) < len(whole),
        )


def _kicker(publication: Publication, on: date) -> str:
    ends_on = publication.said.ends_on
    if ends_on and ends_on >= on:
        return f"正在公示，到{ends_on.year}年{ends_on.month}月{ends_on.day}日"
    return publication.get_kind_display() if publication.kind != Item.Kind.NOTICE else "公开信息"


def _facts(publication: Publication) -> tuple[str, ...]:
    said, on = publication.said, publication.first_published_on
    section = publication.section.name if publication.section else ""
    return tuple(
        fact for fact in (said.document_number, section, f"{on.year}年{on.month}月{on.day}日公开") if fact
    )


def _body(publication: Publication, article: Article) -> SafeString:
    """``to_html`` writes every tag and escapes every word."""
    there = set(publication.files.filter(media_type__in=PICTURES).values_list("sha256", flat=True))

    def address(sha256: str) -> str:
        return reverse("portal:item_picture", args=[publication.item_id, sha256]) if sha256 in there else ""

    return SafeString(to_html(article, address, 3))  # nosec B703
