"""One report: at a glance, its steps, its exports."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal, Role, holds
from gongkai.audit.queries import history
from gongkai.documents.writing import Unwritable
from gongkai.law.applicants import TOTAL
from gongkai.law.report.formats import load_format
from gongkai.pieces.downloads import KIND_LABELS, as_file
from gongkai.pieces.sheets import Backing, draw, marks
from gongkai.reporting import actions, policies, queries
from gongkai.reporting.counting import BROUGHT, CARRIED
from gongkai.reporting.examination import Examination, examine, previous_of
from gongkai.reporting.forms import ReasonForm
from gongkai.reporting.models import AnnualReport, Waiver

State = AnnualReport.State
MOVES: dict[str, Callable[..., AnnualReport]] = {
    "sign": actions.sign,
    "withdraw_signature": actions.withdraw_signature,
    "submit": actions.submit,
    "send_back": actions.send_back,
    "publish": actions.publish,
}
DONE = {
    "sign": "已签发，内容已经锁定。下一步：报送主管部门。",
    "withdraw_signature": "已撤回签发，可以继续修改。",
    "submit": "已报送主管部门。下一步：向社会公布。",
    "send_back": "已退回，对方会看到您写的理由。",
    "publish": "已公布，公众现在可以在年度报告栏目看到。",
}


def person(request: HttpRequest) -> Account:
    """Who is signed in; every page of the desk requires it."""
    assert isinstance(request.user, Account)
    return request.user


def find(request: HttpRequest, pk: int) -> AnnualReport:
    """A report this person may see, else 404."""
    return get_object_or_404(queries.reports_seen_by(person(request)), pk=pk)


def frame(request: HttpRequest, report: AnnualReport, tab: str) -> dict[str, Any]:
    """What the head of every page about one report shows."""
    today = timezone.localdate()
    return {
        "section": "reports",
        "report": report,
        "tab": tab,
        "deadline": queries.deadline(report.agency, report.year, today),
        "edit_refusal": policies.may_edit(report, person(request)),
        "from_above": policies.supervises(report, person(request)),
    }


def register_panel(request: HttpRequest, report: AnnualReport, examination: Examination) -> dict[str, Any]:
    """What the box about the registers shows: up to which day they are counted, what may be done."""
    by, today, count = person(request), timezone.localdate(), examination.count
    figures = count.figures if count else {}
    return {
        "count": count,
        "cut": count.cut if count else None,
        "counted_to": count.counted_to(today) if count else None,
        "fill_refusal": policies.may_fill(report, examination, by),
        "cut_refusal": policies.may_take_cut(report.agency, report.year, by, today),
        "tables": count.tables if count else "",
        "has_cases": bool(count and count.counted.cells),
        "has_table2": bool(count and count.table2.cells),
        "brought": figures.get(f"table3.{BROUGHT}.{TOTAL}", 0),
        "carried": figures.get(f"table3.{CARRIED}.{TOTAL}", 0),
    }


@require_GET
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """A report at a glance: what stands against it, what may be done now, the tables as they are."""
    return _overview(request, find(request, pk), ReasonForm())


def _overview(
    request: HttpRequest, report: AnnualReport, reason_form: ReasonForm, status: int = 200
) -> HttpResponse:
    examination, filled = examine(report), report.filled
    found = marks(examination.open)
    sections = load_format(report.content["format"]).sections
    context = frame(request, report, "overview") | {
        "marks": found,
        "examination": examination,
        "sheets": draw(filled, found, backing=backing(report, examination, person(request))),
        "register": register_panel(request, report, examination),
        "prose": [(s.title, filled.sections.get(s.code, "")) for s in sections],
        "acts": acts(report, examination, person(request)),
        "may_waive": not policies.may_edit(report, person(request))
        and holds(report.agency, person(request), Role.OFFICE_HEAD),
        "reason_form": reason_form,
        "kinds": KIND_LABELS.items(),
        "history": history(report.subject),
        "previous": previous_of(report),
    }
    return render(request, "reporting/overview.html", context, status=status)


def backing(report: AnnualReport, examination: Examination, by: Account) -> Mapping[str, Backing]:
    """Where the cases behind each counted cell are listed, and which cells were adjusted; for the
    agency's own people."""
    if examination.count is None or not policies.works_in(report, by):
        return {}
    reasons = {each.cell: f"adjusted-{each.cell}" for _, each in examination.explained}
    return {
        cell: Backing(count, reverse("reporting:cell", args=[report.pk, cell]), reasons.get(cell, ""))
        for cell, count in examination.count.figures.items()
    }


def acts(
    report: AnnualReport, examination: Examination, by: Account
) -> list[tuple[str, str, Refusal | None]]:
    """The step that comes next: (act, verb, why not now). Withdrawing the signature is shown only
    to those who may."""
    if policies.supervises(report, by):
        return [("send_back", "退回修改", policies.may_send_back(report, by))]
    offered = {
        State.DRAFT: ("sign", "签发报告", policies.may_sign(report, examination, by)),
        State.RETURNED: ("sign", "重新签发", policies.may_sign(report, examination, by)),
        State.SIGNED: ("submit", "报送主管部门", policies.may_submit(report, by)),
        State.SUBMITTED: ("publish", "向社会公布", policies.may_publish(report, examination, by)),
    }
    if report.agency.supervisor is None:
        offered[State.SIGNED] = offered[State.SUBMITTED]
    next_step = [offered[State(report.state)]] if report.state in offered else []
    withdraw = policies.may_withdraw_signature(report, by)
    return next_step + ([] if withdraw else [("withdraw_signature", "撤回签发", None)])


@require_POST
def move(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Sign, withdraw the signature, submit, send back or publish."""
    report = find(request, pk)
    details = {"reason": request.POST.get("reason", "")} if act == "send_back" else {}
    try:
        MOVES[act](report=report, by=person(request), at=timezone.now(), **details)
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, DONE[act])
    return redirect("reporting:overview", report.pk)


@require_POST
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one warning stand, named by its code and sentence."""
    report = find(request, pk)
    wanted = (request.POST.get("code"), request.POST.get("message"))
    finding = next((f for f in examine(report).open if (f.code, f.message) == wanted), None)
    if finding is None:
        messages.error(request, "数字已经变了，这条提醒不在了；请看最新的检查结果。")
        return redirect("reporting:overview", report.pk)
    try:
        actions.waive(
            report=report,
            finding=finding,
            reason=request.POST.get("reason", ""),
            by=person(request),
            at=timezone.now(),
        )
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已保留，理由已记录。")
    return redirect("reporting:overview", report.pk)


@require_POST
def withdraw_waiver(request: HttpRequest, pk: int, waiver_pk: int) -> HttpResponse:
    report = find(request, pk)
    waiver = get_object_or_404(Waiver, pk=waiver_pk, report=report)
    try:
        actions.withdraw_waiver(waiver=waiver, by=person(request), at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
    return redirect("reporting:overview", report.pk)


@require_GET
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The report as a file."""
    report = find(request, pk)
    try:
        return as_file(report.filled, str(report), kind)
    except Unwritable as error:
        messages.error(request, str(error))
        return redirect("reporting:overview", report.pk)
