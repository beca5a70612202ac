"""The review sheet: what is to go out, what was found in it, who said what, the step whose turn it is."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.policies import ActionRefused
from gongkai.casework.queries.calendars import calendar_of
from gongkai.law.publishing.review import Answer, ReviewStep, referral, referral_due
from gongkai.publishing.actions.referring import enter_answer, refer
from gongkai.publishing.actions.reviewing import (
    AUTHORITY,
    agree,
    recall_item,
    return_item,
)
from gongkai.publishing.forms.review import AnswerForm, OpinionForm, ReferralForm
from gongkai.publishing.models import Referral, ReviewSheet
from gongkai.publishing.policies.findings import may_waive
from gongkai.publishing.policies.parts import parts_of
from gongkai.publishing.policies.review import may_recall, may_take, next_step, waiting_for
from gongkai.publishing.queries import sheets as queries
from gongkai.publishing.queries import working
from gongkai.publishing.screened import rules_version
from gongkai.publishing.views.items_posted import told
from gongkai.publishing.views.items_taking import pictures_of
from gongkai.publishing.views.person import person


def find_sheet(request: HttpRequest, pk: int) -> ReviewSheet:
    """A sheet of an item this person may see, else 404."""
    sheet = queries.find_sheet(person(request), pk)
    if sheet is None:
        raise Http404
    return sheet


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """The sheets whose turn it is for the person, and those that wait for others."""
    by, on = person(request), timezone.localdate()
    sheets = queries.open_sheets(by)
    mine = waiting_for(sheets, by, on)
    others = [(sheet, next_step(sheet)) for sheet in sheets if sheet not in mine]
    context = {
        "mine": [(sheet, next_step(sheet)) for sheet in mine],
        "others": others,
        "section": "publishing",
    }
    return render(request, "publishing/waiting.html", context)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet; what is posted is the opinion whose turn it is."""
    sheet = find_sheet(request, pk)
    step = next_step(sheet)
    if request.method == "GET":
        return sheet_page(request, sheet, opinion_form(sheet, step))
    if _is_done(request, sheet):
        messages.success(request, "这一步您已经签过，没有重复签。")
        return redirect("publishing:review", sheet.pk)
    form = opinion_form(sheet, step, request.POST)
    if form is None or request.POST.get("step") != (step.code if step else ""):
        messages.error(request, "您打开页面之后，这张审查表有了变化；请看现在轮到哪一步。")
        return redirect("publishing:review", sheet.pk)
    form.full_clean()
    if request.POST.get("do") == "agree" and form.is_valid():
        form.agreeing()
    if not form.is_valid():
        return sheet_page(request, sheet, form, 422)
    return _opine(request, sheet, form)


def opinion_form(sheet: ReviewSheet, step: ReviewStep | None, data: Any = None) -> OpinionForm | None:
    """The form of the step whose turn it is; ``None`` once nothing is left to say."""
    if step is None:
        return None
    files = list(sheet.edition.files.all())
    return OpinionForm(data, step=step, files=files, initial={"seen": sheet.edition.sha256})


def _is_done(request: HttpRequest, sheet: ReviewSheet) -> bool:
    """Two clicks: the person's opinion of this step is there already."""
    step = request.POST.get("step", "")
    return any(each.step == step and each.by_id == person(request).pk for each in sheet.opinions.all())


def _opine(request: HttpRequest, sheet: ReviewSheet, form: OpinionForm) -> HttpResponse:
    by, at, given = person(request), timezone.now(), form.given()
    try:
        if request.POST.get("do") == "return":
            return_item(sheet=sheet, seen=given["seen"], opinion=given["opinion"], by=by, at=at)
            done = "已退回，拟稿人会看到您的意见。"
        else:
            after = agree(sheet=sheet, by=by, at=at, **given)
            complete = after.state == ReviewSheet.State.COMPLETE
            done = "各步都已同意，审查通过，可以发布。" if complete else _passed_on(given["answers"])
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return sheet_page(request, find_sheet(request, sheet.pk), form, 409)
    messages.success(request, done)
    return redirect("publishing:review", sheet.pk)


def _passed_on(answers: Mapping[str, str]) -> str:
    if Answer.UNSURE in answers.values():
        return "已签。不能确定的事项转报请有关部门确定，确定以前不得公开（《条例》第十七条第三款）。"
    return "已签同意，转下一步。"


def sheet_page(
    request: HttpRequest, sheet: ReviewSheet, form: OpinionForm | None, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of a sheet; ``more`` are forms of it that were refused."""
    by, on, step = person(request), timezone.localdate(), next_step(sheet)
    item, edition = sheet.item, sheet.edition
    before = queries.edition_before(sheet)
    lines = list(edition.files.select_related("file"))
    held = [line.file for line in lines]
    checks = working.checked(item, parts_of(edition), rules_version(), held)
    files = [(line, check) for line, check in zip(lines, checks[1:], strict=True)]
    context = {
        "sheet": sheet,
        "item": item,
        "by": by,
        "said": edition.said,
        "pictures": pictures_of(held),
        "steps": queries.steps_of(sheet),
        "step": step,
        "take_refusal": may_take(sheet, by, on),
        "recall_refusal": may_recall(sheet, by),
        "waive_refusal": may_waive(item, by),
        "form": form,
        "asks_authority": step is not None and step.code == AUTHORITY,
        "checks": checks,
        "unscreened": sum(check.scan is None for check in checks),
        "uncleared": sum(not check.is_clear for check in checks),
        "files": files,
        "before": before,
        "changed": working.changed_between(before, edition) if before else None,
        "sheets": queries.sheets_of(item),
        "authors": edition.authors.select_related("account"),
        **_asked(sheet, on),
        **more,
        "section": "publishing",
    }
    return render(request, "publishing/review.html", context, status=status)


def _asked(sheet: ReviewSheet, on: Any) -> dict[str, Any]:
    """The questions to an authority: those put, and those still to be put."""
    doubts = queries.doubts_of(sheet)
    calendar = calendar_of(sheet.item.agency)
    lines = [
        (
            each,
            referral(each.check_code).label,
            referral_due(each.sent_on, calendar),
            AnswerForm(prefix=f"answer-{each.pk}"),
        )
        for each in sheet.referrals.all()
    ]
    return {
        "doubts": doubts,
        "referrals": lines,
        "referral_form": ReferralForm(doubts=doubts, initial={"sent_on": on}) if doubts else None,
    }


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back, to change it."""
    sheet = find_sheet(request, pk)

    def act() -> str:
        recall_item(sheet=sheet, by=person(request), at=timezone.now())
        return "已收回，可以修改；改好后重新提交，从第一步审查起。"

    told(request, act)
    return redirect("publishing:item", sheet.item_id)


@require_POST
def put_question(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a doubt to the competent department or the secrecy authority."""
    sheet = find_sheet(request, pk)
    form = ReferralForm(request.POST, doubts=queries.doubts_of(sheet))
    step = next_step(sheet)
    if not form.is_valid():
        return sheet_page(request, sheet, opinion_form(sheet, step), 422, referral_form=form)
    try:
        refer(sheet=sheet, by=person(request), at=timezone.now(), **form.cleaned_data)
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return sheet_page(request, sheet, opinion_form(sheet, step), 409, referral_form=form)
    messages.success(request, "已登记报请。收到答复后在这里登记；确定之前不得公开。")
    return redirect("publishing:review", sheet.pk)


@require_POST
def answer(request: HttpRequest, pk: int, referral_pk: int) -> HttpResponse:
    """What the authority said."""
    sheet = find_sheet(request, pk)
    made = get_object_or_404(Referral.objects.select_related("sheet__item"), pk=referral_pk, sheet=sheet)
    form = AnswerForm(request.POST, prefix=f"answer-{made.pk}")
    status, refused_form = 422, form
    if form.is_valid():
        try:
            enter_answer(made=made, by=person(request), at=timezone.now(), **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, "已登记答复。")
            return redirect("publishing:review", sheet.pk)
    asked = _asked(sheet, timezone.localdate())["referrals"]
    lines = [(each, label, due, refused_form if each == made else shown) for each, label, due, shown in asked]
    return sheet_page(
        request, sheet, opinion_form(sheet, next_step(sheet)), status, referrals=lines, answer_form=form
    )


@require_GET
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """审查表 as a sheet of paper."""
    sheet = find_sheet(request, pk)
    context = {
        "sheet": sheet,
        "item": sheet.item,
        "said": sheet.edition.said,
        "steps": queries.steps_of(sheet),
        "files": sheet.edition.files.all(),
        "referrals": [(each, referral(each.check_code).label) for each in sheet.referrals.all()],
        "authors": sheet.edition.authors.select_related("account"),
        "publication": sheet.publications.order_by("pk").first(),
        "waivers": sheet.item.waivers.select_related("by"),
        "today": timezone.localdate(),
        "section": "publishing",
    }
    return render(request, "publishing/review_print.html", context)
