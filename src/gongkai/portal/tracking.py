"""Following a case with its number and query code, without an account. Neither is ever in an address."""

import json
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.policies import ActionRefused
from gongkai.casework.actions import applicant as actions
from gongkai.casework.forms.files import attachments
from gongkai.casework.models import Application, CaseFile, Letter
from gongkai.casework.policies import applicant as policies
from gongkai.casework.queries.applicant import find_by_code, story_of
from gongkai.law.letters import letter_kind
from gongkai.pieces.downloads import attachment
from gongkai.portal import gate
from gongkai.portal.drafts import FOLLOWED, forget, keep, recall

MOST_MESSAGES = 20
WRONG = "没有找到：登记编号和查询码对不上。请照回执核对；查询码不分大小写，连字符可以不写。"
TOO_MANY = "试错的次数太多，请15分钟以后再试。回执找不到的，请带身份证明到受理机关重新打印。"
_SUPPLEMENTS = {f"file_{number}": CaseFile.Kind.SUPPLEMENT for number in range(1, 5)}
Page = Callable[..., HttpResponse]


@login_not_required
@require_http_methods(["GET", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Number and query code open the case. Wrong number and wrong code get the same answer."""
    if request.method == "GET":
        return _track_page(request)
    caller = gate.caller(request)
    if not gate.has_room("wrong-code", caller, gate.MOST_WRONG_TRIES):
        return _track_page(request, TOO_MANY, 429)
    case = find_by_code(request.POST.get("number", "")[:60], request.POST.get("code", "")[:60])
    if case is None:
        gate.count("wrong-code", caller, gate.TRY_WINDOW)
        return _track_page(request, WRONG, 422)
    request.session.cycle_key()
    keep(request, FOLLOWED, {"pk": case.pk, "digest": case.query_code})
    return redirect("portal:track_case")


def _track_page(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    # What was typed is shown again except for the code.
    context = {"error": error, "number": request.POST.get("number", ""), "section": "track"}
    return render(request, "portal/track.html", context, status=status)


def _followed(request: HttpRequest) -> Application | None:
    kept = recall(request, FOLLOWED)
    if not kept:
        return None
    cases = Application.objects.select_related("agency", "applicant", "officer")
    return cases.filter(pk=kept["pk"], query_code=kept["digest"]).first()


def with_case(view: Page) -> Page:
    """A page about the case that was opened; without one, back to the door."""

    @wraps(view)
    def page(request: HttpRequest, *arguments: int, **named: int) -> HttpResponse:
        case = _followed(request)
        if case is None:
            messages.error(request, "请先输入登记编号和查询码。")
            return redirect("portal:track")
        return view(request, case, *arguments, **named)

    return page


@login_not_required
@require_GET
@with_case
def case_page(request: HttpRequest, case: Application) -> HttpResponse:
    """Where the case stands, in plain words with the article beside it, and what can be done."""
    actions.mark_messages_read(case=case, at=timezone.now())
    return _case_page(request, case)


def _case_page(
    request: HttpRequest, case: Application, error: str = "", typed: dict[str, str] | None = None
) -> HttpResponse:
    context = {
        "story": story_of(case),
        "case": case,
        "error": error,
        "typed": typed or {},
        "supplementing": policies.may_supplement(case) is None,
        "withdrawing": policies.may_withdraw(case) is None,
        "confirming": policies.may_confirm(case) is None,
        "writing": policies.may_write(case) is None,
        "letters": case.messages.all(),
        "section": "track",
    }
    return render(request, "portal/track_case.html", context, status=422 if error else 200)


@login_not_required
@require_http_methods(["GET", "POST"])
@with_case
def message(request: HttpRequest, case: Application) -> HttpResponse:
    """Words to the office. The page stands here too once they were refused, and may be opened again."""
    if request.method == "GET":
        return redirect("portal:track_case")
    text = request.POST.get("text", "")
    if not gate.has_room("message", str(case.pk), MOST_MESSAGES):
        return _case_page(
            request, case, f"今天已经留言{MOST_MESSAGES}次，请明天再写，或者直接打电话。", {"text": text}
        )
    try:
        actions.send_message(case=case, text=text, at=timezone.now())
    except ActionRefused as refused:
        return _case_page(request, case, str(refused), {"text": text})
    gate.count("message", str(case.pk), gate.A_DAY)
    messages.success(request, "留言已经送到经办人。")
    return redirect("portal:track_case")


@login_not_required
@require_http_methods(["GET", "POST"])
@with_case
def supplement(request: HttpRequest, case: Application) -> HttpResponse:
    """What the office asked for. The page stands here too once it was refused, and may be opened again."""
    if request.method == "GET":
        return redirect("portal:track_case")
    text = request.POST.get("supplement", "")
    try:
        actions.supplement(
            case=case,
            text=text,
            attachments=attachments(request.FILES, _SUPPLEMENTS),
            at=timezone.now(),
        )
    except ActionRefused as refused:
        return _case_page(request, case, str(refused), {"supplement": text})
    messages.success(request, "补正已经提交，答复期限自明天起重新计算。")
    return redirect("portal:track_case")


@login_not_required
@require_http_methods(["GET", "POST"])
@with_case
def withdraw(request: HttpRequest, case: Application) -> HttpResponse:
    """Asked once more before the application is taken back for good."""
    if request.method == "GET":
        refusal = policies.may_withdraw(case)
        context = {"case": case, "refusal": refusal, "section": "track"}
        return render(request, "portal/track_withdraw.html", context)
    return _done(request, lambda: actions.take_back(case=case, at=timezone.now()), "申请已经撤回。")


@login_not_required
@require_POST
@with_case
def confirm(request: HttpRequest, case: Application) -> HttpResponse:
    """The applicant's part of the mutual confirmation (第三十一条第三项)."""
    return _done(
        request, lambda: actions.confirm_handing_in(case=case, at=timezone.now()), "您的确认已经记下。"
    )


def _done(request: HttpRequest, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("portal:track_case")


@login_not_required
@require_POST
@with_case
def letter(request: HttpRequest, case: Application, pk: int) -> HttpResponse:
    """A document that was served. Opening it may be its service, so it is no plain link."""
    found = get_object_or_404(Letter, pk=pk, case=case)
    try:
        pdf = actions.read_letter(letter=found, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("portal:track_case")
    return attachment(pdf, f"{letter_kind(found.kind).title}.pdf", "application/pdf")


@login_not_required
@require_POST
@with_case
def file(request: HttpRequest, case: Application, pk: int) -> HttpResponse:
    """A file that the office gave."""
    found = get_object_or_404(CaseFile, pk=pk, case=case)
    try:
        data = actions.read_file(file=found, at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("portal:track_case")
    return attachment(data, str(found.name), found.media_type)


@login_not_required
@require_POST
@with_case
def own_data(request: HttpRequest, case: Application) -> HttpResponse:
    """Everything kept about the applicant in this case, as a file."""
    data = actions.take_own_data(case=case, at=timezone.now())
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return attachment(text.encode(), "我的申请信息.json", "application/json")


@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the case in this browser."""
    forget(request, FOLLOWED)
    messages.success(request, "已经离开，这台设备上不能再看到这件申请。")
    return redirect("portal:track")
