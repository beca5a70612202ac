"""The counter: registering what arrives, confirming it, its files, who applies how often."""

from collections.abc import Callable
from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.agencies.policies import ActionRefused
from gongkai.agencies.queries import agencies_of
from gongkai.casework.actions import intake as actions
from gongkai.casework.actions.applicant import answer_message
from gongkai.casework.actions.files import UnableToOpenFile, add_file, open_file
from gongkai.casework.actions.receiving import receive_with_files
from gongkai.casework.forms.files import attachments
from gongkai.casework.forms.intake import AttemptForm, CounterForm, FixReceiptForm, typed
from gongkai.casework.models import CaseFile
from gongkai.casework.policies.people import in_disclosure_office, may_receive
from gongkai.casework.queries import cases_seen_by
from gongkai.casework.queries.duplicates import likenesses_of, patterns
from gongkai.casework.queries.receipts import receipt_pdf
from gongkai.casework.reckoning import calendar_of
from gongkai.casework.views.person import find, person
from gongkai.casework.views.typed import keep_typed, typed_in
from gongkai.documents.writing import Unwritable
from gongkai.law.applicants import ApplicantKind
from gongkai.law.receipt import Channel, Party
from gongkai.law.workdays import DayFact
from gongkai.pieces import once
from gongkai.pieces.downloads import attachment, renamed

_SCANS = {
    "identity_file": CaseFile.Kind.IDENTITY,
    "file_1": CaseFile.Kind.APPLICATION,
    "file_2": CaseFile.Kind.APPLICATION,
    "file_3": CaseFile.Kind.APPLICATION,
}
_FILE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}


def agency_of(request: HttpRequest, slug: str) -> Agency:
    """An agency this person works in, else 404."""
    return get_object_or_404(agencies_of(person(request)), slug=slug)


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, slug: str) -> HttpResponse:
    """Register what came over the counter, by post, fax or e-mail."""
    agency = agency_of(request, slug)
    if request.method == "GET":
        return _receive_page(
            request, agency, CounterForm(initial={"arrived_on": typed(timezone.localdate())})
        )
    form, token = CounterForm(request.POST), request.POST.get("once", "")
    if not form.is_valid():
        return _receive_page(request, agency, form, status=422)
    if not once.take(token):
        return _received_before(request, once.made_of(token))
    try:
        registered = receive_with_files(
            agency=agency,
            filing=_filing(form),
            attachments=attachments(request.FILES, _SCANS),
            by=person(request),
            at=timezone.now(),
        )
    except ActionRefused as refused:
        once.give_back(token)
        return _receive_page(request, agency, form, str(refused), 409)
    once.done(token, registered.case.pk)
    messages.success(request, f"已经登记，登记编号{registered.case.number}。")
    return redirect("casework:arrived", registered.case.pk)


def _received_before(request: HttpRequest, pk: int | None) -> HttpResponse:
    """The button was pressed twice: the application is registered once."""
    messages.warning(request, "这份登记表刚才已经提交过，没有再登记一次；另有一件的，请重新打开登记页。")
    return redirect("casework:arrived", pk) if pk else redirect("casework:today")


def _receive_page(
    request: HttpRequest, agency: Agency, form: CounterForm, refused: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "agency": agency,
        "form": form,
        "refused": refused,
        "once": request.POST.get("once") or once.new_token(),
        "refusal": may_receive(agency, person(request)),
        "days": _last_days(agency),
        "section": "cases",
    }
    return render(request, "casework/receive.html", context, status=status)


def _last_days(agency: Agency) -> list[DayFact]:
    """Today and the days before it, with which of them were worked: a hint beside the typed day."""
    today = timezone.localdate()
    return list(calendar_of(agency).days_between(today - timedelta(days=14), today))[::-1]


def _filing(form: CounterForm) -> actions.Filing:
    data = form.cleaned_data
    return actions.Filing(
        channel=Channel(data["channel"]),
        arrived_on=data["arrived_on"],
        applicant_kind=ApplicantKind(data["applicant_kind"]),
        identity=form.identity(),
        description=data["description"],
        document_number=data["document_number"],
        access=data["access"],
        carrier=data["carrier"],
        needs_help=data["needs_help"],
        matter=data["matter"],
    )


@require_GET
def arrived(request: HttpRequest, pk: int) -> HttpResponse:
    """What the clerk does next: confirm, print the receipt, look at what is alike."""
    case = find(request, pk)
    context = {
        "case": case,
        "by": person(request),
        "likenesses": likenesses_of(case),
        "typed": typed_in(request, case.pk),
        "section": "cases",
    }
    return render(request, "casework/receive_done.html", context)


def _act(request: HttpRequest, pk: int, name: str, act: Callable[[], object], said: str) -> HttpResponse:
    """Do it and go back to where the button was pressed; ``name`` is that of the form on the page."""
    try:
        act()
    except ActionRefused as refused:
        return _refused(request, pk, name, str(refused))
    messages.success(request, said)
    return redirect(_back(request, pk))


def _refused(request: HttpRequest, pk: int, name: str, sentence: str) -> HttpResponse:
    """Back to the form, with what was typed and why it was refused."""
    messages.error(request, sentence)
    keep_typed(request, pk, name)
    return redirect(_back(request, pk))


def _back(request: HttpRequest, pk: int) -> str:
    names = {"case": "casework:case", "arrived": "casework:arrived"}
    return reverse(names.get(request.POST.get("back", ""), "casework:arrived"), args=[pk])


def _first_error(form: forms.Form) -> str:
    return str(next(iter(form.errors.values()))[0])


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Log an attempt to confirm the arrival with the applicant."""
    case, form = find(request, pk), AttemptForm(request.POST)
    if not form.is_valid():
        return _refused(request, pk, "attempt", _first_error(form))
    data = form.cleaned_data
    return _act(
        request,
        pk,
        "attempt",
        lambda: actions.log_confirmation(
            case=case,
            party=Party(data["party"]),
            on=data["on"],
            reached=data["reached"] == "yes",
            how=data["how"],
            by=person(request),
            at=timezone.now(),
        ),
        "已经记下这次联系。",
    )


@require_POST
def fix_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The head fixes the day of receipt, with a reason."""
    case, form = find(request, pk), FixReceiptForm(request.POST)
    if not form.is_valid():
        return _refused(request, pk, "fix", _first_error(form))
    data = form.cleaned_data
    return _act(
        request,
        pk,
        "fix",
        lambda: actions.fix_receipt(
            case=case, on=data["on"], reason=data["reason"], by=person(request), at=timezone.now()
        ),
        "收到之日已经确定。",
    )


@require_POST
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt with the query code, to print. That the code was shown is on the trail."""
    case, at = find(request, pk), timezone.now()
    try:
        code = actions.show_query_code(case=case, by=person(request), at=at)
        pdf = receipt_pdf(case, code, _tracking_address(request), timezone.localdate(at))
    except (ActionRefused, Unwritable) as refused:
        messages.error(request, str(refused))
        return redirect(_back(request, pk))
    return attachment(pdf, f"接收回执{case.number}.pdf", "application/pdf")


def _tracking_address(request: HttpRequest) -> str:
    path = "/track/"
    return (
        f"{settings.NOTICES_SITE_URL}{path}"
        if settings.NOTICES_SITE_URL
        else request.build_absolute_uri(path)
    )


@require_POST
def keep_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file to the case."""
    case, kind = find(request, pk), request.POST.get("kind", "")
    if kind not in CaseFile.Kind.values:
        return _refused(request, pk, "file", "请选择文件的类别。")

    def keep() -> None:
        for each in attachments(request.FILES, {"file": kind}):
            add_file(
                case=case,
                kind=kind,
                name=each.name,
                data=each.data,
                by=person(request),
                at=timezone.now(),
                shown_to_applicant=request.POST.get("shown") == "yes",
            )

    if not request.FILES.getlist("file"):
        return _refused(request, pk, "file", "还没有选文件，没有存入；请先选文件。")
    return _act(request, pk, "file", keep, "文件已经加密存入案卷。")


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of a case, to save; never shown inside the site's own pages."""
    by = person(request)
    found = get_object_or_404(
        CaseFile.objects.select_related("case__agency"), pk=pk, case__in=cases_seen_by(by)
    )
    try:
        data = open_file(file=found, by=by, at=timezone.now())
    except UnableToOpenFile as refused:
        messages.error(request, str(refused))
        return redirect("casework:arrived", found.case_id)
    name = renamed(f"{found.case.number}{found.get_kind_display()}{found.pk}", str(found.name))
    answer = attachment(data, name, found.media_type)
    for header, value in _FILE_HEADERS.items():
        answer.headers[header] = value
    return answer


@require_POST
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Words to the applicant, to be read with the query code."""
    case = find(request, pk)
    return _act(
        request,
        pk,
        "message",
        lambda: answer_message(
            case=case, text=request.POST.get("text", ""), by=person(request), at=timezone.now()
        ),
        "留言已经发出，申请人凭查询码可以看到。",
    )


@require_GET
def pattern_register(request: HttpRequest, slug: str) -> HttpResponse:
    """Who applies how often, for 第三十五条 and 第四十二条. What is unreasonable, people decide."""
    agency, today = agency_of(request, slug), timezone.localdate()
    seen = in_disclosure_office(agency, person(request))
    context = {
        "agency": agency,
        "today": today,
        "patterns": patterns(agency, today) if seen else [],
        "seen": seen,
        "section": "cases",
    }
    return render(request, "casework/receive_patterns.html", context)
