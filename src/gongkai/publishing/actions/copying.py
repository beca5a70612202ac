"""A file in the place of another: a cleaned or masked copy made here, or a new one handed in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal
from gongkai.documents.articles import Article, Picture
from gongkai.publishing.actions.drafting import (
    UnableToDraft,
    UnableToKeepItemFile,
    add_item_file,
    edit_item,
    locked,
)
from gongkai.publishing.copies import Copy, NoCopy, cleaned_copy, masked_copy
from gongkai.publishing.intake import Incoming, Unfit, fit
from gongkai.publishing.models import Item, ItemFile
from gongkai.publishing.policies.drafting import may_edit


def clean_file(*, file: ItemFile, by: Account, at: datetime) -> ItemFile:
    """Put a copy without hidden data in its place. Making it takes a while; nothing is held meanwhile."""
    incoming = _copied(file, by, cleaned_copy)
    return put_in_place(file=file, incoming=incoming, is_copy=True, by=by, at=at)


def mask_file(*, file: ItemFile, by: Account, at: datetime) -> ItemFile:
    """Put a copy with personal data masked in its place."""
    on = timezone.localdate(at)
    incoming = _copied(file, by, lambda original: masked_copy(original, on))
    return put_in_place(file=file, incoming=incoming, is_copy=True, by=by, at=at)


def _copied(file: ItemFile, by: Account, copy: Callable[[ItemFile], Copy]) -> Incoming:
    refusal = may_edit(file.item, by)
    if refusal:
        raise UnableToDraft(refusal)
    try:
        name, data = copy(file)
        if data == bytes(file.data):
            raise NoCopy("没有可以改的地方，没有另做一份；筛查还有发现的，请改原文件后重新上传。")
        return fit(name, data)
    except (NoCopy, Unfit) as error:
        raise UnableToKeepItemFile(Refusal(str(error))) from error


@transaction.atomic
def put_in_place(
    *, file: ItemFile, incoming: Incoming, by: Account, at: datetime, is_copy: bool = False
) -> ItemFile:
    """A file takes the place of another; the text follows where it shows it as a picture."""
    locked(file.item)
    if not file.item.files.filter(pk=file.pk, removed_at__isnull=True).exists():
        raise UnableToKeepItemFile(Refusal("这个附件已经换过或者移除了，请看现在的附件。"))
    kept = add_item_file(
        item=file.item,
        name=incoming.name,
        data=incoming.data,
        media_type=incoming.media_type,
        text=incoming.text,
        is_picture=file.is_picture,
        cleaned_from=file,
        by=by,
        at=at,
    )
    if not is_copy:
        kept.cleaned_from = None
        kept.save(update_fields=["cleaned_from"])
    _show_instead(file, kept, by, at)
    return kept


def _show_instead(file: ItemFile, kept: ItemFile, by: Account, at: datetime) -> None:
    item = Item.objects.select_related("agency", "node").get(pk=file.item_id)
    said = item.draft
    blocks = tuple(
        replace(block, sha256=kept.sha256)
        if isinstance(block, Picture) and block.sha256 == file.sha256
        else block
        for block in said.article.blocks
    )
    if blocks != said.article.blocks:
        changed = replace(said, article=Article(blocks))
        edit_item(item=item, content=changed, changed_on=item.changed_on, by=by, at=at)
