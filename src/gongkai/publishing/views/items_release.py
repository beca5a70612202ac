"""Making an item public, now or at a moment, and taking it back."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.publishing.actions.releasing import (
    UnableToPublish,
    cancel_planned,
    plan_publication,
    publish_item,
    sheet_of,
    show_on_website,
    withdraw_item,
)
from gongkai.publishing.actions.scanning import screen_item
from gongkai.publishing.forms.items import PublishForm, WithdrawForm
from gongkai.publishing.models import Channel, Item
from gongkai.publishing.policies.release import lapsed, may_publish, may_withdraw, obstacles
from gongkai.publishing.queries import working
from gongkai.publishing.screened import rules_version
from gongkai.publishing.views.items_posted import told
from gongkai.publishing.views.person import find, person


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that stands against it at once; else the channels, and now or a moment."""
    item, by = find(request, pk), person(request)
    form = PublishForm(request.POST or None, initial={"channels": _usual(item)})
    if request.method == "GET" or not form.is_valid():
        return _page(request, item, form, status=422 if form.is_bound else 200)
    if _is_out(item):
        messages.success(request, "这一稿已经发布了，没有重复发布。")
        return redirect("publishing:item", item.pk)
    channels, place, at = form.cleaned_data["channels"], form.cleaned_data["place"], timezone.now()
    due_at = form.due_at()
    try:
        if may_publish(item, by) is None:
            screen_item(item=item, by=by, at=at)
        if due_at is not None:
            plan_publication(item=item, channels=channels, due_at=due_at, by=by, at=at, place=place)
        else:
            publish_item(item=item, channels=channels, by=by, at=at, place=place)
    except UnableToPublish as refused:
        return _page(request, find(request, pk), form, refused.refusals, 409)
    messages.success(request, "已定好发布时间，到时自动发布。" if due_at else "已发布，公众现在就能看到。")
    return redirect("publishing:item", item.pk)


def _is_out(item: Item) -> bool:
    """Whether exactly what would go out is public already."""
    sheet = sheet_of(item)
    live = item.publications.live().first()
    return sheet is not None and live is not None and live.edition_id == sheet.edition_id


def _usual(item: Item) -> list[str]:
    """The website, where items of this entry go there: what hangs or is printed is entered once it is."""
    known = [code for code in item.node.channels if code in Channel.values]
    return [Channel.WEBSITE.value] if not known or Channel.WEBSITE in known else known[:1]


def _page(
    request: HttpRequest, item: Item, form: PublishForm, refused: Sequence[Refusal] = (), status: int = 200
) -> HttpResponse:
    by, on = person(request), timezone.localdate()
    sheet = sheet_of(item)
    standing = working.standing_of(item, on)
    refusal = may_publish(item, by)
    found = [refusal] if refusal else obstacles(item, sheet, rules_version())
    if over := lapsed(sheet, on):
        found.append(over)
    checks = working.checked(item, working.working_parts(item), rules_version())
    context = {
        "item": item,
        "said": item.draft,
        "form": form,
        "sheet": sheet,
        "obstacles": found,
        # What the action refused beside what the page knows by itself: a moment that is over, for one.
        "refused": [each for each in refused if each not in found],
        "standing": standing,
        "is_out": _is_out(item),
        "unscreened": any(check.scan is None for check in checks),
        "section": "publishing",
    }
    return render(request, "publishing/publish.html", context, status=status)


@require_POST
def on_website(request: HttpRequest, pk: int) -> HttpResponse:
    """What is public elsewhere goes on the website too."""
    item = find(request, pk)

    def act() -> str:
        by, at = person(request), timezone.now()
        screen_item(item=item, by=by, at=at)
        show_on_website(item=item, by=by, at=at)
        return "已放到网站上。"

    told(request, act)
    return redirect("publishing:item", item.pk)


@require_POST
def cancel_plan(request: HttpRequest, pk: int, planned_pk: int) -> HttpResponse:
    item = find(request, pk)
    planned = get_object_or_404(item.planned, pk=planned_pk)

    def act() -> str:
        cancel_planned(planned=planned, by=person(request), at=timezone.now())
        return "已取消定时发布。"

    told(request, act)
    return redirect("publishing:item", item.pk)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Off everything public, at once."""
    item, by, on = find(request, pk), person(request), timezone.localdate()
    form = WithdrawForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            withdraw_item(item=item, by=by, at=timezone.now(), **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, "已撤下：网页、附件、搜索、订阅和导出里都不再有它。")
            return redirect("publishing:item", item.pk)
    context = {
        "item": item,
        "form": form,
        "refusal": may_withdraw(item, by),
        "standing": working.standing_of(item, on),
        "section": "publishing",
    }
    return render(request, "publishing/withdraw.html", context, status=status)
