"""Being mailed what is newly published: asked for, confirmed and ended without an account."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.agencies.policies import ActionRefused
from gongkai.portal import gate
from gongkai.portal.searching import SearchForm
from gongkai.search.actions import subscriptions
from gongkai.search.models import Subscription
from gongkai.search.queries import subscription_with, wish_of

_TOO_OFTEN = "今天从您的网络提交的订阅太多了，请明天再试；也可以用阅读器订阅。"
_A_MACHINE = "没有提交：有一个不该填的格子填了内容。请不要使用自动填表工具，再提交一次。"


class AddressForm(forms.Form):
    """Where news are mailed to."""

    email = forms.EmailField(
        label="电子邮箱",
        max_length=200,
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
        error_messages={"invalid": "邮箱地址写成 name@example.com 这样，请核对。"},
    )


@csrf_exempt
@login_not_required
@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """First where to, then a mail with the link that confirms it. A wish alone changes nothing, so the page
    of finds needs no cookie to post it: with one, "back" could not show the finds again."""
    return csrf_protect(_answer)(request) if "email" in request.POST else _answer(request)


def _answer(request: HttpRequest) -> HttpResponse:
    """It never tells what is known of an address."""
    wanted = SearchForm(request.POST)
    if not wanted.is_valid():
        raise Http404
    form = AddressForm(request.POST if "email" in request.POST else None)
    context = {
        "wanted": wanted,
        "form": form,
        "challenge": gate.challenge(timezone.now()),
        "section": "search",
    }
    if not form.is_bound:
        return render(request, "portal/subscribe.html", context)
    refused = _kept_out(request)
    if refused or not form.is_valid():
        return render(
            request, "portal/subscribe.html", context | {"refused": refused}, status=429 if refused else 422
        )
    agency = wanted.cleaned_data["agency"] or Agency.objects.order_by("pk").first()
    assert agency is not None  # somebody publishes here
    try:
        subscriptions.subscribe(
            email=form.cleaned_data["email"], text=wanted.words, filters=wanted.filters, agency=agency,
            at=timezone.now(),
        )  # fmt: skip
    except ActionRefused as error:
        return render(request, "portal/subscribe.html", context | {"refused": str(error)}, status=422)
    gate.count("subscribed", gate.caller(request), gate.A_DAY)
    return render(request, "portal/subscribed.html", {"section": "search"})


def _kept_out(request: HttpRequest) -> str:
    if request.POST.get("website"):
        return _A_MACHINE
    proven = gate.is_proven(request.POST.get("proof", ""))
    most = gate.MOST_WITH_PROOF if proven else gate.MOST_WITHOUT_PROOF
    return "" if gate.has_room("subscribed", gate.caller(request), most) else _TOO_OFTEN


@login_not_required
@require_http_methods(["GET", "POST"])
def subscription(request: HttpRequest, token: str) -> HttpResponse:
    """The page of one subscription: confirm it, end it, each by a button: mail programs open links."""
    found = subscription_with(token)
    if found is None:
        raise Http404
    context = {"subscription": found, "section": "search", "wish": _wish_in_words(found)}
    if request.method == "POST":
        try:
            if request.POST.get("act") == "end":
                subscriptions.end(token=token, at=timezone.now())
            else:
                subscriptions.confirm(token=token, at=timezone.now())
        except ActionRefused as error:
            return render(request, "portal/subscription.html", context | {"refused": str(error)}, status=409)
        found = subscription_with(token)
        assert found is not None
        context["subscription"] = found
    response = render(request, "portal/subscription.html", context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _wish_in_words(subscription: Subscription) -> list[tuple[str, str]]:
    """What is looked for and where, for whoever is to confirm it."""
    text, filters = wish_of(subscription)
    given = filters.as_json()
    agency = Agency.objects.filter(pk=given.pop("agency", None)).first()
    given |= {"q": text, "kind": given.pop("media", ""), "agency": agency.slug if agency else ""}
    form = SearchForm(given)
    return form.wish if form.is_valid() else [("检索词", text)]
