"""The catalog in the ten columns of the standard catalogs (公开事项 has two of its own)."""

from collections.abc import Iterable, Sequence
from datetime import date

from gongkai.agencies.models import Agency
from gongkai.law.publishing.channels import channels, ticked
from gongkai.law.publishing.templates import LEVEL_LABELS
from gongkai.publishing.models import CatalogNode, DisclosureClass
from gongkai.publishing.queries.catalog import cycle_of
from gongkai.publishing.reckoning import LIMITS
from gongkai.publishing.tables import Cell, Table

HEAD = (
    "序号", "一级事项", "二级事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
    "公开对象", "公开方式", "公开层级",
)  # fmt: skip
_SHARES = (3, 7, 8, 13, 12, 9, 7, 24, 6, 6, 5)
_YES, _NO = "■", "□"
_LEVELS = {"county": {"county"}, "town": {"town"}, "both": {"county", "town"}}
_CLASSES = ((DisclosureClass.PROACTIVE, "主动"), (DisclosureClass.ON_APPLICATION, "依申请"))


def form_of(agency: Agency, nodes: Sequence[CatalogNode], on: date) -> Table:
    """The form of the entries in use, from the top down; what is for inside only is left out."""
    used = [node for node in nodes if node.retired_on is None]
    by_pk = {node.pk: node for node in used}
    above = {node.parent_id for node in used}
    leaves = [
        node for node in used if node.pk not in above and node.disclosure_class != DisclosureClass.WITHHELD
    ]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (number, _top(node, by_pk), _name(node, by_pk), *_told(node, agency, on))
        for number, node in enumerate(leaves, start=1)
    )
    return Table(
        title=f"{agency.name}政府信息公开目录",
        subtitle=f"{on.year}年{on.month}月{on.day}日",
        head=HEAD,
        rows=rows,
        shares=_SHARES,
        notes=("■ 表示采用，□ 表示不采用。只供内部的事项不列入。",),
    )


def _top(node: CatalogNode, by_pk: dict[int, CatalogNode]) -> str:
    while node.parent_id in by_pk:
        node = by_pk[node.parent_id]
    return node.title


def _name(node: CatalogNode, by_pk: dict[int, CatalogNode]) -> str:
    return node.title if node.parent_id in by_pk else ""


def _told(node: CatalogNode, agency: Agency, on: date) -> tuple[str, ...]:
    return (
        node.elements,
        node.basis,
        time_limit(node, on),
        node.section.name if node.section else agency.name,
        boxes(node.channels),
        _boxed((label, node.audience == label) for label in ("全社会", "特定群体"))
        + ("" if node.audience in {"全社会", "特定群体"} else f"\n{node.audience}"),
        _boxed((label, node.disclosure_class == code) for code, label in _CLASSES),
        _boxed((label, code in _LEVELS[node.level]) for code, label in LEVEL_LABELS.items()),
    )


def time_limit(node: CatalogNode, on: date) -> str:
    """By when, in words: the limit of the Regulation or of another law, and the cycle the office keeps."""
    days, article = node.limit_days, node.limit_article
    told = (
        f"信息形成或者变更之日起{days}个工作日内（{article}）"
        if days is not None
        else f"信息形成或者变更之日起{LIMITS.on('publication', on).value}个工作日内"
    )
    cycle = cycle_of(node)
    return f"{told}；{cycle.text}" if cycle else told


def boxes(codes: Sequence[str]) -> str:
    """The thirteen boxes with those ticked that a channel of the entry belongs to."""
    known = [code for code in codes if code in channels()]
    return _boxed(((box.label, is_ticked) for box, is_ticked in ticked(known)), " ")


def _boxed(labels: Iterable[tuple[str, bool]], between: str = "\n") -> str:
    return between.join(f"{_YES if yes else _NO}{label}" for label, yes in labels)
