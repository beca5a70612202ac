"""The files of an item: added, looked into, renamed, replaced, cleaned, masked, removed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.policies import ActionRefused
from gongkai.pieces.downloads import attachment, renamed
from gongkai.publishing.actions.copying import clean_file, mask_file, put_in_place
from gongkai.publishing.actions.drafting import add_item_file, remove_item_file, rename_item_file
from gongkai.publishing.actions.scanning import screen_item
from gongkai.publishing.forms.items import RenameForm
from gongkai.publishing.intake import Incoming, Unfit, shown_name, take_in
from gongkai.publishing.models import Item, ItemFile
from gongkai.publishing.policies.drafting import may_edit
from gongkai.publishing.policies.parts import Part
from gongkai.publishing.queries import working
from gongkai.publishing.screened import rules_version
from gongkai.publishing.views.items_posted import told
from gongkai.publishing.views.items_taking import PICTURES
from gongkai.publishing.views.person import find, person

_SHOWN = 20_000  # characters of the text of a file on its page


def find_item_file(request: HttpRequest, pk: int) -> ItemFile:
    """A file of an item this person may see, else 404."""
    file = working.find_file(person(request), pk)
    if file is None:
        raise Http404
    return file


def _back(item: Item) -> HttpResponse:
    return redirect(f"{reverse('publishing:item', args=[item.pk])}#files")


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the files handed in, each for itself, and screen them at once."""
    item, by = find(request, pk), person(request)
    uploads = request.FILES.getlist("files")
    refusal = may_edit(item, by)
    if refusal or not uploads:
        messages.error(request, str(refusal) if refusal else "还没有选文件；请选要公开的附件。")
        return _back(item)
    kept = sum(_keep(request, item, upload) for upload in uploads)
    if kept:
        screen_item(item=item, by=by, at=timezone.now())
        messages.success(request, f"收下{kept}个附件，已经筛查；请看下面每个附件的结果。")
    return _back(item)


def _keep(request: HttpRequest, item: Item, upload: "UploadedFile[Any]") -> bool:
    def keep() -> ItemFile:
        incoming = take_in(upload)
        if item.files.filter(removed_at__isnull=True, sha256=incoming.sha256).exists():
            raise Unfit(f"“{incoming.name}”已经在附件里了，没有再收一份。")
        return add_item_file(
            item=item,
            name=incoming.name,
            data=incoming.data,
            media_type=incoming.media_type,
            text=incoming.text,
            is_picture=bool(request.POST.get("is_picture")) and incoming.media_type in PICTURES,
            by=person(request),
            at=timezone.now(),
        )

    try:
        keep()
    except (Unfit, ActionRefused) as refused:
        messages.error(request, str(refused))
        return False
    return True


@require_GET
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in a file: its text, what screening found, the file itself to save."""
    file = find_item_file(request, pk)
    check = working.checked(file.item, [Part(file.sha256, file.name)], rules_version())[0]
    context = {
        "item": file.item,
        "file": file,
        "check": check,
        "text": file.text[:_SHOWN],
        "more": max(len(file.text) - _SHOWN, 0),
        "is_shown": file.media_type in PICTURES,
        "cleaned": working.cleaned(file),
        "section": "publishing",
    }
    return render(request, "publishing/file.html", context)


@require_GET
def data(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes, to be saved; never shown in the page's own origin."""
    file = find_item_file(request, pk)
    return attachment(bytes(file.data), renamed(f"附件{file.order}", file.name), file.media_type)


@require_GET
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture in its place in the text."""
    file = find_item_file(request, pk)
    if file.media_type not in PICTURES:
        raise Http404
    headers = {"Cache-Control": "private, max-age=600", "Content-Security-Policy": "sandbox"}
    return HttpResponse(bytes(file.data), content_type=file.media_type, headers=headers)


def _is_gone(request: HttpRequest, file: ItemFile) -> bool:
    """The page was opened before somebody took the file off; says so."""
    if file.removed_at is None:
        return False
    messages.error(request, "这个附件已经换过或者移除了，请看现在的附件。")
    return True


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    file = find_item_file(request, pk)
    if _is_gone(request, file):
        return _back(file.item)

    def act() -> str:
        remove_item_file(file=file, by=person(request), at=timezone.now())
        return f"已移除“{file.name}”。"

    told(request, act)
    return _back(file.item)


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    file, form = find_item_file(request, pk), RenameForm(request.POST)
    if _is_gone(request, file):
        return _back(file.item)
    if not form.is_valid():
        messages.error(request, "文件名没有改：请写1到120个字的名字，带扩展名。")
        return _back(file.item)
    name = shown_name(form.cleaned_data["name"])

    def act() -> str:
        rename_item_file(file=file, name=name, by=person(request), at=timezone.now())
        return f"已改名为“{name}”。"

    if not _is_gone(request, file) and told(request, act):
        screen_item(item=file.item, by=person(request), at=timezone.now())
    return _back(file.item)


@require_POST
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Another file in the place of this one."""
    file, upload = find_item_file(request, pk), request.FILES.get("file")
    if upload is None:
        messages.error(request, "还没有选文件，没有替换；请选新的文件。")
        return _back(file.item)
    try:
        incoming = take_in(upload)
    except Unfit as unfit:
        messages.error(request, str(unfit))
        return _back(file.item)
    return _put(request, file, lambda: _replaced(request, file, incoming))


def _replaced(request: HttpRequest, file: ItemFile, incoming: Incoming) -> str:
    put_in_place(file=file, incoming=incoming, by=person(request), at=timezone.now())
    return f"已用“{incoming.name}”替换“{file.name}”，并且筛查过。"


@require_POST
def clean(request: HttpRequest, pk: int) -> HttpResponse:
    """One press: a copy without hidden data takes the place of the file."""
    file = find_item_file(request, pk)

    def act() -> str:
        clean_file(file=file, by=person(request), at=timezone.now())
        return f"“{file.name}”已换成清理过的文件；清理了什么，见下面。"

    return _put(request, file, act)


@require_POST
def mask(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy with personal data masked takes the place of the file."""
    file = find_item_file(request, pk)

    def act() -> str:
        mask_file(file=file, by=person(request), at=timezone.now())
        return f"“{file.name}”已换成遮盖过的文件；请打开逐处核对，还有没有漏的。"

    return _put(request, file, act)


def _put(request: HttpRequest, file: ItemFile, act: Callable[[], str]) -> HttpResponse:
    if not _is_gone(request, file) and told(request, act):
        screen_item(item=file.item, by=person(request), at=timezone.now())
    return _back(file.item)
