"""A list of items as a file for a spreadsheet; no cell is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter

from gongkai.publishing.queries.lists import Line

Cell = str | date | None
HEAD = (
    "索引号", "名称", "机关", "体裁", "目录事项", "责任科室", "公开属性", "状态", "有效性",
    "形成或者变更日期", "应当公开的期限", "首次公开日期", "公开日期", "在网站上",
)  # fmt: skip
_LEADING = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDEST = 60  # characters


def rows_of(lines: Iterable[Line]) -> list[tuple[Cell, ...]]:
    """One row for each item."""
    return [_row(line) for line in lines]


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


def as_csv(rows: Sequence[tuple[Cell, ...]]) -> bytes:
    """UTF-8 with the mark that spreadsheets look for."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEAD, *([_plain(cell) for cell in row] for row in rows)])
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    return f"'{cell}" if cell and cell.startswith(_LEADING) else cell or ""


def as_xlsx(rows: Sequence[tuple[Cell, ...]], name: str) -> bytes:
    """One worksheet; the head stays in view and carries filters."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        page = book.add_worksheet(name)
        for column, label in enumerate(HEAD):
            page.write_string(0, column, label, head)
            longest = max((len(str(row[column] or "")) for row in rows), default=0)
            page.set_column(column, column, min(max(len(label) * 2, longest * 1.6) + 2, _WIDEST))
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(number, column, cell, day)
                elif cell:
                    page.write_string(number, column, cell)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, len(rows), len(HEAD) - 1)
    return out.getvalue()
