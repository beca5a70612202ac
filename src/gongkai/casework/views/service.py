"""The service ledger of a letter: sent how and when, what became of it, from when remedies run."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.policies import ActionRefused
from gongkai.casework.actions.service import log_service, print_receipt, serve_letter
from gongkai.casework.forms.service import LogForm, ServeForm
from gongkai.casework.models import Letter, Service
from gongkai.casework.policies import signing
from gongkai.casework.queries.letters import find_service
from gongkai.casework.queries.serving import standing_of, wished_method
from gongkai.casework.views.letters import find
from gongkai.casework.views.person import person
from gongkai.documents.letters import FORMATS
from gongkai.law.letters import letter_kind
from gongkai.law.service import ServiceKind, ServiceMethod
from gongkai.pieces.downloads import MEDIA_TYPES, attachment


@require_http_methods(["GET", "POST"])
def service(request: HttpRequest, pk: int) -> HttpResponse:
    """The ledger of a letter, and sending it out."""
    letter = find(request, pk)
    form = ServeForm(
        request.POST if request.method == "POST" else None,
        initial={"method": wished_method(letter).value, "on": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            serve_letter(letter=letter, by=person(request), at=timezone.now(), **form.values())
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记发出。收到结果以后，在这里补记。")
            return redirect("casework:service", pk)
    return _page(request, letter, serve=form)


@require_http_methods(["POST"])
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """One more line of a service."""
    found = _find(request, pk)
    form = LogForm(request.POST, method=ServiceMethod(found.method), auto_id=f"s{pk}_%s")
    if form.is_valid():
        try:
            log_service(
                service=found,
                kind=ServiceKind(form.cleaned_data["kind"]),
                on=form.cleaned_data["on"],
                text=form.cleaned_data["text"],
                by=person(request),
                at=timezone.now(),
            )
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记。")
            return redirect("casework:service", found.letter.pk)
    return _page(request, found.letter, log_form=form, log_of=found.pk)


@require_GET
def receipt(request: HttpRequest, pk: int, file_format: str) -> HttpResponse:
    """The 送达回证, to be signed on paper."""
    if file_format not in FORMATS:
        raise Http404
    found = _find(request, pk)
    try:
        data = print_receipt(service=found, file_format=file_format, by=person(request), at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("casework:service", found.letter.pk)
    return attachment(data, f"送达回证 {found.letter.case.number}.{file_format}", MEDIA_TYPES[file_format])


def _find(request: HttpRequest, pk: int) -> Service:
    found = find_service(person(request), pk)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    letter: Letter,
    serve: ServeForm | None = None,
    log_form: LogForm | None = None,
    log_of: int = 0,
) -> HttpResponse:
    today = timezone.localdate()
    found = [standing_of(each, today) for each in letter.services.prefetch_related("entries__by")]
    forms = {
        each.service.pk: LogForm(
            method=ServiceMethod(each.service.method), initial={"on": today}, auto_id=f"s{each.service.pk}_%s"
        )
        for each in found
    }
    if log_form is not None:
        forms[log_of] = log_form
    wish = wished_method(letter)
    errors = (serve is not None and serve.errors) or (log_form is not None and log_form.errors)
    context = {
        "letter": letter,
        "case": letter.case,
        "kind": letter_kind(letter.kind),
        "standings": [(each, forms[each.service.pk]) for each in found],
        "serve": serve or ServeForm(initial={"method": wish.value, "on": today}),
        "refusal": signing.may_serve(letter, person(request)),
        "wish": wish,
        "section": "cases",
    }
    return render(request, "casework/service.html", context, status=422 if errors else 200)
