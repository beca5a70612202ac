"""One item: its page, the page it is written on, what the public will see, what changed."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.queries import history
from gongkai.pieces import once
from gongkai.publishing.actions.drafting import ChangedByOthers, drop_item
from gongkai.publishing.actions.reviewing import submit_item
from gongkai.publishing.actions.scanning import screen_item
from gongkai.publishing.forms.items import ItemForm, ReasonForm
from gongkai.publishing.models import Item, ReviewSheet
from gongkai.publishing.policies.drafting import lacking, may_edit
from gongkai.publishing.policies.findings import may_waive
from gongkai.publishing.policies.people import may_draft
from gongkai.publishing.policies.release import may_publish, may_withdraw
from gongkai.publishing.policies.review import may_recall
from gongkai.publishing.queries import sheets as queries
from gongkai.publishing.queries import working
from gongkai.publishing.queries.places import sections_for, unready
from gongkai.publishing.screened import rules_version
from gongkai.publishing.views.items_posted import revision_of
from gongkai.publishing.views.items_taking import pictures_of, take_over
from gongkai.publishing.views.person import agency_of, find, person

UNCHANGED = Refusal("这一稿已经审查通过，内容没有变化，不需要再审查。")


@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one item."""
    return item_page(request, find(request, pk))


def item_page(
    request: HttpRequest, item: Item, status: int = 200, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    """The page of an item; ``typed`` is what stood in a small form of it that was refused."""
    by, on = person(request), timezone.localdate()
    parts = working.working_parts(item)
    files = list(working.files_of(item))
    sheets = queries.sheets_of(item)
    last = item.editions.order_by("-number").first()
    checks = working.checked(item, parts, rules_version(), files)
    context = {
        "item": item,
        "by": by,
        "said": item.draft,
        "pictures": pictures_of(files),
        "standing": working.standing_of(item, on),
        "responsible": working.responsible(item),
        "missing": lacking(item, item.draft),
        "advice": working.advice(item, item.draft),
        "checks": checks,
        "unscreened": sum(check.scan is None for check in checks),
        "uncleared": sum(not check.is_clear for check in checks),
        "files": [
            (file, check, working.cleaned(file)) for file, check in zip(files, checks[1:], strict=True)
        ],
        "changed": working.changed_since(item, last) if last else None,
        "last": last,
        "sheets": sheets,
        "returned": queries.returned_with(item),
        "reviewed": queries.is_reviewed(item),
        "open_sheet": next((sheet for sheet in sheets if sheet.state == ReviewSheet.State.OPEN), None),
        "history": history(item.subject),
        "typed": typed,
        **_refusals(item, by, sheets),
        "section": "publishing",
    }
    return render(request, "publishing/item.html", context, status=status)


def _refusals(item: Item, by: Account, sheets: list[ReviewSheet]) -> dict[str, Any]:
    edit = may_edit(item, by)
    missing = lacking(item, item.draft) or ([UNCHANGED] if queries.is_reviewed(item) else [])
    current = next((sheet for sheet in sheets if sheet.state == ReviewSheet.State.OPEN), None)
    return {
        "edit_refusal": edit,
        "submit_refusal": edit or (missing[0] if missing else None),
        "recall_refusal": may_recall(current, by) if current else None,
        "publish_refusal": may_publish(item, by),
        "withdraw_refusal": may_withdraw(item, by),
        "waive_refusal": may_waive(item, by),
    }


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin an item, perhaps for an entry of the catalog that was chosen before."""
    agency, by = agency_of(request, slug), person(request)
    refusal = (None if sections_for(agency, by) else may_draft(agency, by)) or unready(agency)
    context: dict[str, Any] = {
        "agency": agency,
        "refusal": refusal,
        "section": "publishing",
        "token": once.new_token(),
    }
    if request.method == "GET":
        form = ItemForm(agency=agency, by=by, initial=_begun(request, agency))
        return render(request, "publishing/draft.html", context | {"form": form})
    token = request.POST.get("token", "")
    form = ItemForm(request.POST, agency=agency, by=by)
    context |= {"form": form, "token": token}
    if "take" in request.POST:
        return _taken_over(request, form, None, "publishing/draft.html", context)
    if not form.is_valid():
        return render(request, "publishing/draft.html", context, status=422)
    if not once.take(token):
        return _again(request, token)
    try:
        made = form.perform(timezone.now())
    except ActionRefused as refused:
        once.give_back(token)
        form.add_error(None, str(refused))
        return render(request, "publishing/draft.html", context, status=409)
    once.done(token, made.pk)
    messages.success(request, f"已存为草稿，索引号{made.index_number}。可以添加附件、筛查，再提交审查。")
    return redirect("publishing:item", made.pk)


def _again(request: HttpRequest, token: str) -> HttpResponse:
    made = once.made_of(token)
    messages.success(request, "这一页已经存过一次，没有重复拟稿。")
    return redirect("publishing:item", made) if made else redirect("publishing:list")


def _begun(request: HttpRequest, agency: Agency) -> dict[str, str]:
    """What the address says of a new item: the entry of the catalog and its section, the kind."""
    initial = {}
    node = request.GET.get("node", "")
    if node.isdecimal() and len(node) < 10:
        found = agency.catalog_nodes.filter(pk=node).first()
        initial = {"node": node, "section": str(found.section_id or "") if found else ""}
    kind = request.GET.get("kind", "")
    return initial | ({"kind": kind} if kind in Item.Kind.values else {})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of an item, its place and class."""
    item, by = find(request, pk), person(request)
    context: dict[str, Any] = {"item": item, "section": "publishing", "files": list(working.files_of(item))}
    form = ItemForm(request.POST or None, agency=item.agency, by=by, item=item)
    context |= {"form": form, "refusal": may_edit(item, by), "revision": item.revision}
    if request.method == "GET":
        return render(request, "publishing/edit.html", context)
    context["revision"] = request.POST.get("revision", "")
    if "take" in request.POST:
        return _taken_over(request, form, item, "publishing/edit.html", context)
    if not form.is_valid():
        return render(request, "publishing/edit.html", context, status=422)
    try:
        form.perform(timezone.now())
    except ChangedByOthers as refused:
        return _conflict(request, form, context, str(refused))
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return render(request, "publishing/edit.html", context, status=409)
    messages.success(request, "已保存。")
    return redirect("publishing:item", item.pk)


def _conflict(request: HttpRequest, form: ItemForm, context: dict[str, Any], why: str) -> HttpResponse:
    """Somebody was quicker: what is kept now beside what was typed; pressing again keeps the latter."""
    item = find(request, context["item"].pk)
    files = working.working_files(item)
    form.add_error(None, why)
    context |= {
        "item": item,
        "revision": item.revision,
        "newer": working.changed(item.draft, form.content(), files, files),
    }
    return render(request, "publishing/edit.html", context, status=409)


def _taken_over(
    request: HttpRequest, form: ItemForm, item: Item | None, page: str, context: dict[str, Any]
) -> HttpResponse:
    """The text of a file in the place of what was typed; nothing is kept yet but its pictures."""
    taken = take_over(request, item)
    by = person(request)
    shown = ItemForm(taken.data, agency=form.agency, by=by, item=item)
    shown.full_clean()
    shown.errors.clear()
    if taken.error:
        shown.add_error(None, taken.error)
    context |= {"form": shown, "taken": taken}
    if item is not None:
        current = find(request, item.pk)
        files = list(working.files_of(current))
        context |= {"item": current, "files": files, "revision": taken.data.get("revision", "")}
    return render(request, page, context, status=422 if taken.error else 200)


@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """As the public will see it."""
    item = find(request, pk)
    files = list(working.files_of(item))
    context = {
        "item": item,
        "said": item.draft,
        "files": [file for file in files if not file.is_picture],
        "pictures": pictures_of(files),
        "section": "publishing",
    }
    return render(request, "publishing/preview.html", context)


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand it in: screened first, so that reviewers see at once what was found."""
    item, by = find(request, pk), person(request)
    current = item.sheets.filter(state=ReviewSheet.State.OPEN, submitted_by=by).first()
    if current is not None:
        messages.success(request, "您已经提交过，没有重复提交。")
        return redirect("publishing:review", current.pk)
    try:
        refusal = may_edit(item, by)
        if refusal is None:
            screen_item(item=item, by=by, at=timezone.now())
        sheet = submit_item(item=item, by=by, at=timezone.now(), revision=revision_of(request))
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("publishing:item", item.pk)
    messages.success(request, "已提交审查。内容锁定，审查的人逐项审查；要改的先收回。")
    return redirect("publishing:review", sheet.pk)


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a draft."""
    item, by = find(request, pk), person(request)
    form = ReasonForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            drop_item(item=item, reason=form.cleaned_data["reason"], by=by, at=timezone.now())
        except ActionRefused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, f"已作废，索引号{item.index_number}不再使用。")
            return redirect("publishing:item", item.pk)
    context = {"item": item, "form": form, "refusal": may_edit(item, by), "section": "publishing"}
    return render(request, "publishing/drop.html", context, status=status)
