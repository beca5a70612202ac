"""Items about each other: an interpretation and its document, a document and the one it replaces."""

from datetime import datetime

from django.db import transaction

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.publishing.actions.releasing import renew_entry
from gongkai.publishing.models import Item, ItemLink
from gongkai.publishing.policies.people import may_work_on, sees


class UnableToLink(ActionRefused):
    """The two cannot be linked like this."""


def _note(link: ItemLink, by: Account, at: datetime, act: str) -> None:
    details = {"index_number": link.item.index_number, "name": link.other.index_number, "kind": link.kind}
    record(by=by, at=at, act=act, subject=link.item.subject, agency=link.item.agency, details=details)


@transaction.atomic
def link_items(*, item: Item, other: Item, kind: str, by: Account, at: datetime) -> ItemLink:
    """One item is about another; the pages of both show it once both are public."""
    refusal = may_work_on(item, by)
    if other.agency_id != item.agency_id or not sees(other, by):
        refusal = Refusal("没有这条公开信息，请核对索引号。")
    if item.pk == other.pk:
        refusal = Refusal("不能与自己关联，请填写另一条信息的索引号。")
    if kind not in ItemLink.Kind.values:
        refusal = Refusal("请选择两条信息是什么关系。")
    if ItemLink.objects.filter(item=item, other=other, kind=kind).exists():
        refusal = Refusal("这两条信息已经这样关联了。")
    if refusal:
        raise UnableToLink(refusal)
    link = ItemLink.objects.create(item=item, other=other, kind=kind, by=by, at=at)
    _renew(link, at)
    _note(link, by, at, "linked_items")
    return link


@transaction.atomic
def unlink_items(*, link: ItemLink, by: Account, at: datetime) -> None:
    """They are not about each other after all."""
    refusal = may_work_on(link.item, by)
    if refusal:
        raise UnableToLink(refusal)
    _note(link, by, at, "unlinked_items")
    link.delete()
    _renew(link, at)


def _renew(link: ItemLink, at: datetime) -> None:
    for each in (link.item, link.other):
        renew_entry(each, at)
