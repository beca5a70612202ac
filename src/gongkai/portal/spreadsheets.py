"""Open data as CSV that any spreadsheet opens: UTF-8 with its mark, no cell taken for a formula."""

from collections.abc import Iterable, Mapping
from typing import Any

from gongkai.law.report.wording import cell_name
from gongkai.pieces.spreadsheets import Cell, csv_of
from gongkai.reporting.models import AnnualReport

ITEM_COLUMNS = {
    "index_number": "索引号",
    "title": "名称",
    "document_number": "文号",
    "issuer": "发布机构",
    "category": "目录代码",
    "category_title": "目录事项",
    "section": "责任科室",
    "kind_label": "体裁",
    "formed_on": "生成日期",
    "published_on": "发布日期",
    "effective_on": "实施日期",
    "ends_on": "公示截止",
    "validity": "有效性",
    "summary": "内容概述",
    "keywords": "关键词",
    "address": "网址",
}


def items_csv(found: Iterable[Mapping[str, Any]]) -> bytes:
    """A line for each item."""
    lines = ([_cell(record[name]) for name in ITEM_COLUMNS] for record in found)
    return csv_of([ITEM_COLUMNS.values(), *lines])


def reports_csv(found: Iterable[AnnualReport]) -> bytes:
    """A line for each cell of each report; a blank cell stays blank."""
    lines = (
        (each.agency.name, each.year, address, cell_name(address), value)
        for each in found
        for address, value in each.filled.cells()
    )
    return csv_of([("机关", "年度", "单元格", "名称", "数字"), *lines])


def _cell(value: Any) -> Cell:
    if isinstance(value, list):
        return "、".join(value)
    return value or None
