"""One's notices, and how one wishes to be told."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Account
from gongkai.notices import actions, queries
from gongkai.notices.channels import without_gateway
from gongkai.notices.forms import PreferenceForm, form_of
from gongkai.notices.models import Delivery

PAGE = 30


def _person(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user


def _label(channel: str) -> str:
    return str(Delivery.Channel(channel).label)


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    page = Paginator(queries.inbox(person), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "unread": queries.unread_count(person), "section": "notices"}
    return render(request, "notices/inbox.html", context)


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read; with ``open`` go on to what it is about. Other people's are not found."""
    person = _person(request)
    notice = get_object_or_404(person.notices, pk=pk)
    actions.mark_read(notice=notice, by=person, at=timezone.now())
    return redirect(notice.link if "open" in request.POST and notice.link else "notices:inbox")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    count = actions.mark_all_read(by=_person(request), at=timezone.now())
    messages.success(request, f"{count}条通知已标为已读。" if count else "没有未读通知。")
    return redirect("notices:inbox")


@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    person = _person(request)
    form = (
        PreferenceForm(request.POST) if request.method == "POST" else form_of(queries.preference_of(person))
    )
    if form.is_bound and form.is_valid():
        actions.set_preference(by=person, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "通知设置已保存，从下一条通知起照此发送。")
        return redirect("notices:preferences")
    context = {"form": form, "not_sent": "、".join(map(_label, without_gateway())), "section": "notices"}
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)
