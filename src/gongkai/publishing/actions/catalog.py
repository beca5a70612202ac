"""The catalog: beginning with a standard one, adding, changing and retiring entries, each with its reason."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Account, Agency, Section
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.publishing.actions.drafting import set_due
from gongkai.publishing.actions.releasing import renew_entry
from gongkai.publishing.models import CatalogNode, Item, NodeVersion, PublicChange
from gongkai.publishing.policies.catalog import KEPT, as_kept, may_divide, may_retire, value_refusal
from gongkai.publishing.policies.people import may_run_desk
from gongkai.publishing.starting import Beginning, Line, beginnings

_AHEAD = (Item.State.DRAFT, Item.State.IN_REVIEW, Item.State.READY)
_OF_LAW = frozenset({20, 21})  # numbers of articles are no numbers of the office


class UnableToKeepCatalog(ActionRefused):
    """The entry cannot be kept as it is given."""


def _check(refusal: Refusal | None) -> None:
    if refusal:
        raise UnableToKeepCatalog(refusal)


def _note(
    node: CatalogNode, by: Account | None, at: datetime, act: str, details: Mapping[str, Any] | None = None
) -> None:
    record(
        by=by,
        at=at,
        act=act,
        subject=node.subject,
        agency=node.agency,
        details={"code": node.code, "name": node.title} | dict(details or {}),
    )


def _keep_version(node: CatalogNode, reason: str, by: Account | None, at: datetime) -> None:
    NodeVersion.objects.create(
        node=node, number=node.version, content=as_kept(node), reason=reason.strip(), by=by, at=at
    )


def _tell_the_public(agency: Agency, at: datetime) -> None:
    """Pages that show the catalog follow."""
    PublicChange.objects.create(agency=agency, what="catalog", at=at)


@transaction.atomic
def start_catalog(*, agency: Agency, beginning: str, by: Account, at: datetime) -> list[CatalogNode]:
    """Take over the lines of a standard catalog that the office does not have yet; what it changed stays."""
    _check(may_run_desk(agency, by))
    chosen = beginnings().get(beginning)
    if chosen is None:
        raise UnableToKeepCatalog(Refusal("没有这份标准目录，请另选。"))
    added = _take_over(agency, chosen, by, at)
    if added:
        _tell_the_public(agency, at)
    record(
        by=by,
        at=at,
        act="started_catalog",
        subject=f"agency:{agency.pk}",
        agency=agency,
        details={"name": chosen.label, "lines": len(added)},
    )
    return added


def _take_over(agency: Agency, chosen: Beginning, by: Account, at: datetime) -> list[CatalogNode]:
    nodes = list(agency.catalog_nodes.all())
    known = {node.template_row: node for node in nodes if node.template_row}
    known |= {node.source: node for node in nodes if node.code == node.source}
    added = []
    for line in chosen.lines:
        if line.row in known:
            continue
        node = _begun(agency, line, known.get(line.above))
        node.save()
        _keep_version(node, f"采用{chosen.label}"[:200], by, at)
        known[line.row] = node
        added.append(node)
    return added


def _begun(agency: Agency, line: Line, above: CatalogNode | None) -> CatalogNode:
    last = max(agency.catalog_nodes.values_list("order", flat=True), default=0)
    return CatalogNode(
        agency=agency,
        parent=above,
        code=line.code or free_code(agency, above),
        title=line.title[:120],
        template_row=line.row,
        order=last + 1,
        **line.values,
    )


def free_code(agency: Agency, above: CatalogNode | None) -> str:
    """The next number under an entry, or on top; the numbers of the Regulation are left to it."""
    taken = set(agency.catalog_nodes.values_list("code", flat=True))
    front = f"{above.code}-" if above else ""
    number = 1
    while f"{front}{number}" in taken or (above is None and number in _OF_LAW):
        number += 1
    return f"{front}{number}"


@transaction.atomic
def add_node(
    *,
    agency: Agency,
    values: Mapping[str, Any],
    reason: str,
    by: Account,
    at: datetime,
    parent: CatalogNode | None = None,
    code: str = "",
) -> CatalogNode:
    """Extend the catalog by an entry. ``values`` are fields of ``CatalogNode`` (第二十二条)."""
    _check(may_run_desk(agency, by))
    if parent is not None:
        _check(may_divide(parent, agency))
    code = code.strip() or free_code(agency, parent)
    if agency.catalog_nodes.filter(code=code).exists():
        raise UnableToKeepCatalog(Refusal(f"目录里已有代码{code}，请另取一个，或者空着由系统编。"))
    last = max(agency.catalog_nodes.values_list("order", flat=True), default=0)
    node = CatalogNode(agency=agency, parent=parent, code=code, order=last + 1)
    _set(node, values)
    node.save()
    _keep_version(node, reason, by, at)
    _tell_the_public(agency, at)
    _note(node, by, at, "added_catalog_node", {"reason": reason.strip()} if reason.strip() else None)
    return node


def _set(node: CatalogNode, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in KEPT:
            raise ValueError(name)
        setattr(node, name, value)
    _check(value_refusal(node))


def _locked(node: CatalogNode, version: int | None = None) -> CatalogNode:
    rows = CatalogNode.objects.select_for_update(of=("self",)).select_related("agency", "parent")
    current = rows.get(pk=node.pk)
    if version is not None and version != current.version:
        raise UnableToKeepCatalog(
            Refusal("您打开页面之后，别人改过这个目录事项；请看最新的内容，再决定怎么改。")
        )
    return current


@transaction.atomic
def change_node(
    *,
    node: CatalogNode,
    values: Mapping[str, Any],
    reason: str,
    by: Account,
    at: datetime,
    version: int | None = None,
) -> CatalogNode:
    """Change an entry, with the reason. Its code stays: reviews and addresses are bound to it.

    The due days of what is on its way follow a changed limit.
    """
    node = _locked(node, version)
    _check(may_run_desk(node.agency, by))
    before = as_kept(node)
    _set(node, values)
    changed = [name for name, value in as_kept(node).items() if before[name] != value]
    if not changed:
        return node
    if not reason.strip():
        raise UnableToKeepCatalog(Refusal("请写明为什么改，目录的每次变动都要留下理由。", "《条例》第十二条"))
    _renew(node, reason, by, at)
    if "limit_days" in changed:
        _settle_due_days(node)
    _note(node, by, at, "changed_catalog_node", {"fields": changed, "reason": reason.strip()})
    return node


def _renew(node: CatalogNode, reason: str, by: Account, at: datetime) -> None:
    node.version += 1
    node.save()
    _keep_version(node, reason, by, at)
    _tell_the_public(node.agency, at)


def _settle_due_days(node: CatalogNode) -> None:
    for item in Item.objects.filter(node=node).exclude(due_on=None).select_related("agency"):
        item.node = node
        set_due(item)
        item.save(update_fields=["due_on"])


@transaction.atomic
def move_node(
    *, node: CatalogNode, parent: CatalogNode | None, reason: str, by: Account, at: datetime
) -> CatalogNode:
    """Put an entry under another one; what is public under it is found there at once."""
    node = _locked(node)
    _check(may_run_desk(node.agency, by))
    if parent is not None:
        parent = _locked(parent)
        if _is_above(node, parent):
            raise UnableToKeepCatalog(Refusal("不能移到自己或者自己的下级事项下面，请另选。"))
        _check(may_divide(parent, node.agency))
    if not reason.strip():
        raise UnableToKeepCatalog(Refusal("请写明为什么移动。", "《条例》第十二条"))
    node.parent = parent
    _renew(node, reason, by, at)
    for item in Item.objects.filter(node__in=_with_all_below(node), publications__isnull=False).distinct():
        renew_entry(item, at)
    _note(node, by, at, "changed_catalog_node", {"fields": ["parent"], "reason": reason.strip()})
    return node


@transaction.atomic
def assign_below(*, node: CatalogNode, section: Section, by: Account, at: datetime) -> list[CatalogNode]:
    """Give every entry below one, that nobody answers for yet, to a section."""
    below = _with_all_below(_locked(node))
    leaves = [each for each in below if each.section_id is None and not each.children.exists()]
    reason = f"统一定责任科室：{section.name}"
    return [
        change_node(node=each, values={"section": section}, reason=reason, by=by, at=at) for each in leaves
    ]


def _is_above(node: CatalogNode, other: CatalogNode) -> bool:
    at: CatalogNode | None = other
    while at is not None:
        if at.pk == node.pk:
            return True
        at = at.parent
    return False


def _with_all_below(node: CatalogNode) -> list[CatalogNode]:
    found = [node]
    for each in found:
        found.extend(each.children.all())
    return found


@transaction.atomic
def retire_node(*, node: CatalogNode, reason: str, on: date, by: Account, at: datetime) -> CatalogNode:
    """Nothing new is filed under it from a day on; what is public under it stays."""
    node = _locked(node)
    _check(may_run_desk(node.agency, by))
    ahead = Item.objects.filter(node=node, state__in=_AHEAD).count()
    _check(may_retire(node, ahead))
    if not reason.strip():
        raise UnableToKeepCatalog(Refusal("请写明为什么停用。", "《条例》第十二条"))
    node.retired_on = on
    _renew(node, reason, by, at)
    _note(node, by, at, "retired_catalog_node", {"reason": reason.strip()})
    return node


@transaction.atomic
def revive_node(*, node: CatalogNode, reason: str, by: Account, at: datetime) -> CatalogNode:
    """Use an entry again."""
    node = _locked(node)
    _check(may_run_desk(node.agency, by))
    if node.retired_on is None:
        raise UnableToKeepCatalog(Refusal("这个事项正在使用，不需要恢复。"))
    if node.parent is not None and node.parent.retired_on is not None:
        raise UnableToKeepCatalog(Refusal("它的上级事项还在停用，请先恢复上级。"))
    node.retired_on = None
    _renew(node, reason, by, at)
    _note(node, by, at, "revived_catalog_node", {"reason": reason.strip()})
    return node
