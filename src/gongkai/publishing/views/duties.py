"""The board of what is due, what was late, and the channels that owe something."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.agencies.models import Agency
from gongkai.publishing.forms.duties import DutyForm
from gongkai.publishing.models import Channel
from gongkai.publishing.queries.channel_gaps import Row, columns_of, matrix
from gongkai.publishing.queries.duties import TAGS, Board, DutyLine, board_of, by_section, chosen
from gongkai.publishing.queries.plans import lateness_of
from gongkai.publishing.queries.rescans import rescanned
from gongkai.publishing.queries.stale import inspection_of
from gongkai.publishing.tables import Cell, Table
from gongkai.publishing.views.person import agency_of, person
from gongkai.publishing.views.saving import saved

_HEAD = (
    "责任科室", "缓急", "类别", "内容", "目录事项", "责任人", "应当公开的期限", "还有（工作日）",
    "说明", "依据",
)  # fmt: skip


def _lines(request: HttpRequest, agency: Agency, form: DutyForm) -> tuple[Board, list[DutyLine]]:
    board = board_of(agency, person(request), timezone.localdate())
    if not form.is_valid():
        return board, list(board.lines)
    return board, chosen(board.lines, form.cleaned_data)


@require_GET
def duties(request: HttpRequest, slug: str) -> HttpResponse:
    """What is due, section by section, the person's own first."""
    agency, by = agency_of(request, slug), person(request)
    form = DutyForm(request.GET, agency=agency)
    board, lines = _lines(request, agency, form)
    rows = matrix(by, agency)
    filters = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    context = {
        "agency": agency,
        "form": form,
        "board": board,
        "shares": by_section(lines, agency, by),
        "sections": by_section(board.lines, agency, by),
        "lights": [(each, TAGS[each], number) for each, number in board.counts],
        "chosen": len(filters),
        "count": len(lines),
        "query": urlencode(filters),
        "missing": sum(bool(row.missing) for row in rows),
        "rescanned": len(rescanned(agency, by)),
        "page": "duties",
        "section": "publishing",
    }
    return render(request, "publishing/duties.html", context, status=422 if form.errors else 200)


@require_GET
def export(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Exactly the lines that the same address shows."""
    agency = agency_of(request, slug)
    form = DutyForm(request.GET, agency=agency)
    if not form.is_valid():
        raise Http404
    _, lines = _lines(request, agency, form)
    shares = by_section(lines, agency, person(request))
    rows = tuple(_row(share.name, line) for share in shares for line in share.lines)
    table = Table(f"{agency.name}到期公开清单", _HEAD, rows, (5, 3, 4, 10, 8, 4, 6, 4, 16, 6))
    return saved(request, table, kind, reverse("publishing:duties", args=[agency.slug]))


def _row(section: str, line: DutyLine) -> tuple[Cell, ...]:
    node = line.node
    return (
        section,
        line.shown.light.label,
        line.kind_label,
        line.title,
        f"{node.code} {node.title}",
        node.person.full_name if node.person else "",
        line.due_on,
        line.shown.days,
        line.sentence,
        line.article,
    )


@require_GET
def lateness(request: HttpRequest, slug: str) -> HttpResponse:
    """What was published late in a year, by section."""
    agency, by = agency_of(request, slug), person(request)
    year = year_of(request, timezone.localdate().year)
    shares = lateness_of(agency, year, by)
    context = {
        "agency": agency,
        "year": year,
        "years": range(timezone.localdate().year, timezone.localdate().year - 5, -1),
        "shares": shares,
        "published": sum(share.published for share in shares),
        "late": sum(len(share.late) for share in shares),
        "page": "duties",
        "section": "publishing",
    }
    return render(request, "publishing/lateness.html", context)


def year_of(request: HttpRequest, otherwise: int) -> int:
    """The year the address names."""
    text = request.GET.get("year", "")
    return int(text) if text.isdecimal() and 2008 <= int(text[:6]) <= 2099 else otherwise


@require_GET
def channels(request: HttpRequest, slug: str) -> HttpResponse:
    """Every public item against the channels its entry asks for; those that owe something first."""
    agency, by = agency_of(request, slug), person(request)
    rows = matrix(by, agency)
    every = request.GET.get("all") == "1"
    shown = rows if every else [row for row in rows if row.missing or row.stale]
    columns = columns_of(shown)
    context = {
        "agency": agency,
        "columns": [Channel(code).label for code in columns],
        "lines": [(row, _in_order(row, columns)) for row in shown],
        "public": len(rows),
        "missing": sum(bool(row.missing) for row in rows),
        "stale": sum(bool(row.stale) for row in rows),
        "every": every,
        "page": "channels",
        "section": "publishing",
    }
    return render(request, "publishing/channel_gaps.html", context)


def _in_order(row: Row, columns: Iterable[str]) -> list[object]:
    cells = {cell.channel: cell for cell in row.cells}
    return [cells.get(code) for code in columns]


@require_GET
def export_channels(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The same as a file, every public item."""
    agency = agency_of(request, slug)
    rows = matrix(person(request), agency)
    columns = columns_of(rows)
    head = ("索引号", "名称", "责任科室", "公开日期", *(Channel(code).label for code in columns))
    table = Table(
        f"{agency.name}渠道核对表",
        head,
        tuple(
            (
                row.item.index_number,
                row.live.title,
                row.item.section.name if row.item.section else "",
                row.live.published_on,
                *(_words(row, code) for code in columns),
            )
            for row in rows
        ),
        (5, 10, 5, 4, *(3 for _ in columns)),
    )
    return saved(request, table, kind, reverse("publishing:channel_gaps", args=[agency.slug]))


def _words(row: Row, code: str) -> str:
    for cell in row.cells:
        if cell.channel == code:
            on = f"，{cell.posting.posted_on}" if cell.posting else ""
            return f"{cell.words}{on}"
    return ""


@require_GET
def stale(request: HttpRequest, slug: str) -> HttpResponse:
    """Columns and accounts that stand still, with what fails a site as a whole."""
    agency = agency_of(request, slug)
    context = {
        "agency": agency,
        "inspection": inspection_of(agency, timezone.localdate()),
        "page": "stale",
        "section": "publishing",
    }
    return render(request, "publishing/stale.html", context)
