"""The statutory tables as an editable sheet. Works as a plain form; a script makes it quick."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.agencies.policies import ActionRefused
from gongkai.law.report.filled import Value
from gongkai.law.report.wording import cell_name, column_name
from gongkai.pieces.sheets import draw, marks, questions, relation_data, typed_text
from gongkai.reporting import actions
from gongkai.reporting.actions import EditedMeanwhile, UnableToAdjust
from gongkai.reporting.compiling import Step, bring_forward, carry_over, fill_blanks, fill_totals
from gongkai.reporting.examination import examine, previous_of
from gongkai.reporting.forms import TypedFigures, read_figures
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.registers import count_year
from gongkai.reporting.views.cells import filled_message
from gongkai.reporting.views.report import backing, find, frame, person, register_panel

FILL = "fill_from_registers"

_SAVED = {
    "fill_totals": "已保存，并按各行各列算出总计。",
    "fill_blanks": "已保存，并在空白格填0。请看一遍：没有发生的才是0。",
    "bring_forward": "已保存，并带入上一年度的结转数。",
}


@require_http_methods(["GET", "POST"])
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    report = find(request, pk)
    if request.method == "GET":
        return _page(request, report)
    typed = read_figures(report.filled, request.POST)
    if typed.errors:
        return _page(request, report, typed, status=422)
    act = request.POST.get("act", "save")
    try:
        saved = actions.save_figures(
            report=report,
            cells=_outside_registers(report, typed.cells) if act == FILL else typed.cells,
            revision=int(request.POST.get("revision") or 0),
            by=person(request),
            at=timezone.now(),
            then=_steps(report, act),
            reason=request.POST.get("reason", ""),
        )
        if act == FILL:
            actions.fill_from_registers(
                report=saved, revision=saved.revision, by=person(request), at=timezone.now()
            )
            messages.success(request, filled_message(saved))
            return redirect("reporting:figures", report.pk)
    except ActionRefused as refused:
        report.refresh_from_db()
        return _page(request, report, typed, refused=refused, status=409)
    messages.success(request, _SAVED.get(act, "已保存。"))
    return redirect("reporting:overview" if act == "save_and_check" else "reporting:figures", report.pk)


def _outside_registers(report: AnnualReport, cells: Mapping[str, Value]) -> dict[str, Value]:
    """What was typed into the cells that no register counts."""
    count = count_year(report.agency, report.year)
    return {cell: value for cell, value in cells.items() if count is None or cell not in count.figures}


def _steps(report: AnnualReport, act: str) -> tuple[Step, ...]:
    """What a button does besides saving."""
    previous = previous_of(report)
    if act == "bring_forward" and previous:
        return (bring_forward(previous.filled),)
    return {"fill_totals": (fill_totals,), "fill_blanks": (fill_blanks,)}.get(act, ())


def _page(
    request: HttpRequest,
    report: AnnualReport,
    typed: TypedFigures | None = None,
    refused: ActionRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    filled, examination = report.filled, examine(report)
    found, previous = marks(examination.open), previous_of(report)
    context = frame(request, report, "figures") | {
        "sheets": draw(
            filled,
            found,
            typed=typed.typed if typed else None,
            errors=typed.errors if typed else None,
            backing=backing(report, examination, person(request)),
            for_input=True,
        ),
        "marks": found,
        "examination": examination,
        "relations": relation_data(filled),
        "cell_names": {address: cell_name(address) for address, _ in filled.cells()},
        "errors": [(address, cell_name(address), text) for address, text in typed.errors.items()]
        if typed
        else [],
        "refused": refused,
        "meanwhile": _meanwhile(report, typed) if typed and isinstance(refused, EditedMeanwhile) else [],
        "unexplained": isinstance(refused, UnableToAdjust),
        "register": register_panel(request, report, examination),
        "reason": request.POST.get("reason", ""),
        "previous": previous,
        "carry_over": _proposal(report, previous),
        "doubts": questions(filled),
    }
    return render(request, "reporting/figures.html", context, status=status)


def _meanwhile(report: AnnualReport, typed: TypedFigures) -> list[tuple[str, str, str, str]]:
    """(address, name, as typed here, as saved by somebody else) where the two differ."""
    filled = report.filled
    return [
        (address, cell_name(address), typed.typed[address], typed_text(address, filled[address]))
        for address, value in typed.cells.items()
        if filled[address] != value
    ]


def _proposal(report: AnnualReport, previous: AnnualReport | None) -> Mapping[str, str]:
    """Last year's carry-over where this year's cell says something else or nothing (T3-05)."""
    if previous is None:
        return {}
    filled = report.filled
    return {
        column_name(address): typed_text(address, value)
        for address, value in carry_over(filled, previous.filled).items()
        if value is not None and filled[address] != value
    }
