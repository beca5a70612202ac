"""Applying over the website in plain steps: what, advice, who, look it over, done. No script needed.

Everything stays on the server, sealed in the session; no address ever carries what was written.
"""

import secrets
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.policies import ActionRefused
from gongkai.casework.actions.applicant import MOST_PARTS, apply_online
from gongkai.casework.actions.files import UnableToKeepFile
from gongkai.casework.actions.intake import Filing
from gongkai.casework.actions.offers import count_offer
from gongkai.casework.forms.files import attachments
from gongkai.casework.forms.intake import IdentityForm, WantedForm
from gongkai.casework.models import Application, CaseFile, OfficeProfile
from gongkai.casework.queries.applicant import open_doors
from gongkai.casework.queries.receipts import receipt_pdf
from gongkai.documents.writing import Unwritable
from gongkai.law.applicants import ApplicantKind
from gongkai.law.draft_help import advise
from gongkai.law.receipt import Channel
from gongkai.pieces.downloads import attachment
from gongkai.portal import gate
from gongkai.portal.drafts import DRAFT, RECEIPTS, forget, keep, recall
from gongkai.portal.offers import Offer, published_that_may_answer

STEPS = (("what", "写下要什么"), ("who", "您是谁"), ("review", "核对并提交"))
_FILES = {
    "identity_file": CaseFile.Kind.IDENTITY,
    "file_1": CaseFile.Kind.APPLICATION,
    "file_2": CaseFile.Kind.APPLICATION,
    "file_3": CaseFile.Kind.APPLICATION,
}
Page = Callable[..., HttpResponse]


def door(slug: str) -> OfficeProfile:
    """An agency that takes applications here, else 404."""
    found = OfficeProfile.objects.select_related("agency").filter(accepts_applications=True)
    return get_object_or_404(found, agency__slug=slug)


def with_draft(view: Page) -> Page:
    """A later step: it is handed what was written before; without that one starts at the first."""

    @wraps(view)
    def step(request: HttpRequest, slug: str) -> HttpResponse:
        profile, draft = door(slug), recall(request, DRAFT)
        if not draft or draft["slug"] != slug or not draft.get("what"):
            return redirect("portal:apply_what", slug)
        return view(request, profile, draft)

    return step


def _page(
    request: HttpRequest, step: str, profile: OfficeProfile, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    place = [code for code, _ in STEPS].index("what" if step == "advice" else step)
    steps = [
        (label, "done" if at < place else "current" if at == place else "")
        for at, (_, label) in enumerate(STEPS)
    ]
    context |= {"profile": profile, "agency": profile.agency, "steps": steps, "section": "apply"}
    return render(request, f"portal/apply_{step}.html", context, status=status)


@login_not_required
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """The agencies that take applications over the website."""
    return render(request, "portal/apply.html", {"doors": open_doors(), "section": "apply"})


@login_not_required
@require_http_methods(["GET", "POST"])
def what(request: HttpRequest, slug: str) -> HttpResponse:
    """Step 1: which information, and in which form."""
    profile, draft = door(slug), recall(request, DRAFT) or {}
    if draft.get("slug") != slug:
        draft = {}
    if request.method == "GET":
        return _page(request, "what", profile, {"form": WantedForm(initial=draft.get("what"))})
    form = WantedForm(request.POST)
    if not form.is_valid():
        return _page(request, "what", profile, {"form": form}, 422)
    wanted = form.cleaned_data
    # What is written anew is one application again until it is split anew.
    draft |= {"slug": slug, "what": wanted, "parts": [wanted["description"]]}
    draft.setdefault("id", secrets.token_urlsafe(16))
    keep(request, DRAFT, draft)
    text = wanted["description"]
    told = advise(text) or _offers(profile, [text])
    return redirect("portal:apply_advice" if told else "portal:apply_who", slug)


def _proposed(text: str) -> tuple[str, ...]:
    """The separate applications that a draft could become; the draft itself where it is of one matter."""
    return next((each.parts for each in advise(text) if each.parts), (text,))[:MOST_PARTS]


def _offers(profile: OfficeProfile, texts: Iterable[str]) -> list[Offer]:
    found = {o.address: o for text in texts for o in published_that_may_answer(profile.agency, text)}
    return list(found.values())


@login_not_required
@require_http_methods(["GET", "POST"])
@with_draft
def advice(request: HttpRequest, profile: OfficeProfile, draft: dict[str, Any]) -> HttpResponse:
    """What may spare a useless application: split it, ask elsewhere, or read what is there already."""
    text = draft["what"]["description"]
    parts = _proposed(text)
    offers = _offers(profile, [text, *parts])
    if request.method == "POST":
        return _after_advice(request, profile, draft, bool(offers))
    context = {"advice": advise(text), "parts": parts, "offers": offers, "text": text}
    return _page(request, "advice", profile, context)


def _after_advice(
    request: HttpRequest, profile: OfficeProfile, draft: dict[str, Any], offered: bool
) -> HttpResponse:
    choice = request.POST.get("choice", "")
    if offered:
        count_offer(agency=profile.agency, satisfied=choice == "found", at=timezone.now())
    if choice == "found":
        forget(request, DRAFT)
        messages.success(request, "不用申请了，刚才写的内容已经清除。")
        return redirect("portal:apply")
    if choice == "split":
        parts = [part.strip()[:3000] for part in request.POST.getlist("part") if part.strip()]
        draft["parts"] = parts[:MOST_PARTS] or draft["parts"]
    else:
        draft["parts"] = [draft["what"]["description"]]
    keep(request, DRAFT, draft)
    return redirect("portal:apply_who", profile.agency.slug)


@login_not_required
@require_http_methods(["GET", "POST"])
@with_draft
def who(request: HttpRequest, profile: OfficeProfile, draft: dict[str, Any]) -> HttpResponse:
    """Step 2: who applies, and what becomes of these data."""
    if request.method == "GET":
        return _page(request, "who", profile, {"form": IdentityForm(initial=draft.get("who"))})
    form = _identity(request.POST, draft)
    if not form.is_valid():
        return _page(request, "who", profile, {"form": form}, 422)
    keep(request, DRAFT, draft | {"who": form.cleaned_data})
    return redirect("portal:apply_review", profile.agency.slug)


def _identity(data: Any, draft: dict[str, Any]) -> IdentityForm:
    form = IdentityForm(data)
    form.wished_access = draft["what"]["access"]
    return form


@login_not_required
@require_http_methods(["GET", "POST"])
@with_draft
def review(request: HttpRequest, profile: OfficeProfile, draft: dict[str, Any]) -> HttpResponse:
    """Step 3: look it over, add files, hand it in."""
    form = _identity(draft.get("who"), draft)
    if not form.is_valid():
        return redirect("portal:apply_who", profile.agency.slug)
    if request.method == "POST":
        return _hand_in(request, profile, draft, form)
    return _review_page(request, profile, draft, form)


def _review_page(
    request: HttpRequest,
    profile: OfficeProfile,
    draft: dict[str, Any],
    form: IdentityForm,
    refused: tuple[str, int] = ("", 200),
) -> HttpResponse:
    wanted = draft["what"]
    context = {
        "parts": draft["parts"],
        "wanted": wanted,
        "access": Application.Access(wanted["access"]).label,
        "carrier": Application.Carrier(wanted["carrier"]).label,
        "kind": ApplicantKind(form.cleaned_data["applicant_kind"]),
        "identity": form.identity().items(),
        "needs_help": form.cleaned_data["needs_help"],
        "challenge": gate.challenge(timezone.now()),
        "refused": refused[0],
    }
    return _page(request, "review", profile, context, refused[1])


def _hand_in(
    request: HttpRequest, profile: OfficeProfile, draft: dict[str, Any], form: IdentityForm
) -> HttpResponse:
    kept_out = _kept_out(request)
    if kept_out:
        return _review_page(request, profile, draft, form, (kept_out, 429))
    once = f"handed-in:{draft['id']}"
    if not gate.STORE.add(once, 1, gate.A_DAY):  # the button was pressed twice
        return redirect("portal:apply_done")
    try:
        registered = apply_online(
            agency=profile.agency,
            filings=_filings(draft, form),
            attachments=attachments(request.FILES, _FILES),
            at=timezone.now(),
        )
    except ActionRefused as refused:
        gate.STORE.delete(once)
        status = 422 if isinstance(refused, UnableToKeepFile) else 409
        return _review_page(request, profile, draft, form, (str(refused), status))
    gate.count("applied", gate.caller(request), gate.A_DAY)
    forget(request, DRAFT)
    keep(request, RECEIPTS, [{"pk": each.case.pk, "code": each.query_code} for each in registered])
    return redirect("portal:apply_done")


def _kept_out(request: HttpRequest) -> str:
    """Why this is not taken now, or nothing. A field that people do not see gives a machine away."""
    if request.POST.get("website"):
        return "没有提交：有一个不该填的格子填了内容。请不要使用自动填表工具，再提交一次。"
    caller, proven = gate.caller(request), gate.is_proven(request.POST.get("proof", ""))
    most = gate.MOST_WITH_PROOF if proven else gate.MOST_WITHOUT_PROOF
    if not gate.has_room("applied", caller, most):
        return (
            f"今天从您的网络已经提交了{most}次。请明天再提交，"
            "或者开启浏览器的脚本功能后再试；急的话可以当面提交或者邮寄。"
        )
    return ""


def _filings(draft: dict[str, Any], form: IdentityForm) -> list[Filing]:
    wanted = draft["what"]
    return [
        Filing(
            channel=Channel.WEBSITE,
            arrived_on=timezone.localdate(),
            applicant_kind=ApplicantKind(form.cleaned_data["applicant_kind"]),
            identity=form.identity(),
            description=part,
            document_number=wanted["document_number"],
            access=wanted["access"],
            carrier=wanted["carrier"],
            needs_help=form.cleaned_data["needs_help"],
        )
        for part in draft["parts"]
    ]


@login_not_required
@require_GET
def done(request: HttpRequest) -> HttpResponse:
    """The receipts, with the query codes. They are shown here and never again."""
    cases = _receipts(request)
    context = {"receipts": cases, "address": tracking_address(request), "section": "apply"}
    return render(request, "portal/apply_done.html", context)


def _receipts(request: HttpRequest) -> list[tuple[Application, str]]:
    kept = recall(request, RECEIPTS) or []
    cases = Application.objects.select_related("agency__profile", "applicant").in_bulk(
        [each["pk"] for each in kept]
    )
    return [(cases[each["pk"]], each["code"]) for each in kept if each["pk"] in cases]


@login_not_required
@require_GET
def receipt(request: HttpRequest, place: int) -> HttpResponse:
    """One of the receipts as a PDF to print."""
    kept = _receipts(request)
    if not 1 <= place <= len(kept):
        raise Http404
    case, code = kept[place - 1]
    try:
        pdf = receipt_pdf(case, code, tracking_address(request), timezone.localdate())
    except Unwritable as error:
        return render(request, "portal/sorry.html", {"message": str(error)}, status=503)
    return attachment(pdf, "政府信息公开申请接收回执.pdf", "application/pdf")


def tracking_address(request: HttpRequest) -> str:
    """Where a case is followed: an address without number and code in it, for the QR code as well."""
    path = reverse("portal:track")
    return (
        f"{settings.NOTICES_SITE_URL}{path}"
        if settings.NOTICES_SITE_URL
        else request.build_absolute_uri(path)
    )


@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Remove draft and receipts from this browser."""
    forget(request, DRAFT, RECEIPTS)
    messages.success(request, "已经清除，这台设备上不再留有您写的内容和查询码。")
    return redirect("portal:apply")
