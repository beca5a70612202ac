"""From a cell of the report back to its records; the figures that the registers give."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.policies import ActionRefused
from gongkai.documents.writing.figures import value_text
from gongkai.law.report.formats import cell_kind, split_address
from gongkai.law.report.wording import cell_name
from gongkai.pieces.sheets import typed_text
from gongkai.publishing.queries.table2 import records_behind
from gongkai.reporting import actions, policies, queries
from gongkai.reporting.counting import BROUGHT
from gongkai.reporting.examination import previous_of
from gongkai.reporting.forms import NotAFigure, parse_figure
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.registers import YearCount
from gongkai.reporting.views.report import find, frame, person

PAGE = 50


@require_http_methods(["GET", "POST"])
def cell(request: HttpRequest, pk: int, address: str) -> HttpResponse:
    """The cases behind a cell, the figure beside their number, and the form to adjust it."""
    report = find(request, pk)
    if policies.supervises(report, person(request)) and not policies.works_in(report, person(request)):
        raise Http404
    if request.method == "POST":
        return _adjust(request, report, address)
    return _page(request, report, address)


def _adjust(request: HttpRequest, report: AnnualReport, address: str) -> HttpResponse:
    typed, reason = request.POST.get("value", ""), request.POST.get("reason", "")
    try:
        actions.adjust(
            report=report,
            cell=address,
            value=parse_figure(typed, cell_kind(address)),
            reason=reason,
            revision=int(request.POST.get("revision") or 0),
            by=person(request),
            at=timezone.now(),
        )
    except KeyError:
        raise Http404 from None
    except (ActionRefused, NotAFigure) as refused:
        report.refresh_from_db()
        return _page(request, report, address, _Refused(str(refused), typed, reason))
    messages.success(request, "已保存这一格。请看各行各列的总计和勾稽关系是否还平。")
    return redirect("reporting:cell", report.pk, address)


@dataclass(frozen=True, slots=True)
class _Refused:
    """Why an adjustment was not saved, and what was typed."""

    error: str
    typed: str
    reason: str


def _page(
    request: HttpRequest, report: AnnualReport, address: str, refused: _Refused | None = None
) -> HttpResponse:
    count = queries.count_shown(report)
    if count is None or address not in count.figures:
        raise Http404
    ids = count.ids_of(address)
    page = Paginator(ids, PAGE).get_page(request.GET.get("page"))
    row = split_address(address)[1]
    value = report.filled[address]
    adjustment = report.adjustments.filter(cell=address).select_related("by").first()
    context = frame(request, report, "figures") | {
        "address": address,
        "name": cell_name(address),
        "count": count,
        "counted_to": count.counted_to(timezone.localdate()),
        "number": value_text(address, count.figures[address]),
        "unit": "" if address in count.table2.cells else "件",
        "written": value_text(address, value),
        "typed": refused.typed if refused else typed_text(address, value),
        "reason": refused.reason if refused else (adjustment.reason if adjustment else ""),
        "adjustment": adjustment,
        "error": refused.error if refused else "",
        "page": page,
        **_behind(request, report, count, address, list(page)),
        "carried_from": previous_of(report) if row == BROUGHT else None,
        "last_year_cell": address.replace("brought_forward", "carried_forward"),
    }
    return render(request, "reporting/cell.html", context, status=422 if refused else 200)


def _behind(
    request: HttpRequest, report: AnnualReport, count: YearCount, address: str, ids: list[int]
) -> dict[str, Any]:
    """The records of one page of a cell: of a register, applications of table 3, remedies of table 4."""
    if address in count.table2.cells:
        return {"records": records_behind(count.table2.cells[address].source.register, ids)}
    if address.startswith("table4."):
        return {"remedies": queries.remedies_behind(report.agency, report.year, ids)}
    return {"lines": queries.cases_behind(count, address, ids, person(request))}


@require_POST
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the count of the registers into the report."""
    report, by, at = find(request, pk), person(request), timezone.now()
    try:
        report = actions.fill_from_registers(report=report, revision=report.revision, by=by, at=at)
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("reporting:overview", report.pk)
    messages.success(request, filled_message(report))
    return redirect("reporting:figures", report.pk)


def filled_message(report: AnnualReport) -> str:
    """Up to which day the registers were counted, and whether that may still move."""
    count = queries.count_shown(report)
    assert count is not None  # it was just put into the report
    on = f"{count.counted_to(timezone.localdate()):%Y年%-m月%-d日}"
    if count.cut:
        return f"已从台账取数，统计到{on}（已固定）。"
    return f"已从台账取数，统计到{on}；台账还没有固定，之后的变动要重新取数。"


@require_POST
def take_cut(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze what the registers say of the report's year."""
    report = find(request, pk)
    try:
        actions.take_cut(agency=report.agency, year=report.year, by=person(request), at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已固定截至{report.year}年12月31日的台账数据；之后的变动计入下一年度。")
    return redirect("reporting:overview", report.pk)
