"""The list of items as a table for a file."""

from collections.abc import Iterable

from gongkai.publishing.queries.lists import Line
from gongkai.publishing.tables import Cell, Table

_HEAD = (
    "索引号", "名称", "机关", "体裁", "目录事项", "责任科室", "公开属性", "状态", "有效性",
    "形成或者变更日期", "应当公开的期限", "首次公开日期", "公开日期", "在网站上",
)  # fmt: skip
_SHARES = (3, 5, 3, 2, 4, 2, 2, 2, 2, 2, 2, 2, 2, 1)


def table_of(lines: Iterable[Line]) -> Table:
    """One row for each item."""
    return Table("公开信息清单", _HEAD, tuple(map(_row, lines)), _SHARES)


def _row(line: Line) -> tuple[Cell, ...]:
    item, live = line.item, line.live
    return (
        item.index_number,
        item.title,
        item.agency.name,
        item.get_kind_display(),
        f"{item.node.code} {item.node.title}",
        item.section.name if item.section else "",
        item.get_disclosure_class_display(),
        item.get_state_display(),
        item.get_validity_display(),
        item.changed_on,
        item.due_on,
        live.first_published_on if live else None,
        live.published_on if live else None,
        "是" if live and live.on_website else "",
    )
