"""Invented attachments of several kinds, as an office would hand them in."""

import io
from collections.abc import Mapping

import xlsxwriter

from gongkai.documents.ledger import Ledger, print_ledger
from gongkai.publishing.tables import Table, as_csv, as_xlsx

_HEAD = ("序号", "项目", "数量（演示）")
_ROWS = ((1, "示例项目甲（虚构）", 12), (2, "示例项目乙（虚构）", 8), (3, "示例项目丙（虚构）", 5))
ENDINGS: Mapping[str, str] = {"pdf": "pdf", "csv": "csv", "xlsx": "xlsx", "hidden": "xlsx"}


def sample(kind: str, title: str) -> tuple[str, bytes]:
    """A file by its kind: its name and its bytes. ``hidden`` is a workbook with a sheet nobody should see."""
    made = {"pdf": _paper, "csv": _rows, "xlsx": _workbook, "hidden": _hiding}[kind](title)
    return f"{title}.{ENDINGS[kind]}", made


def _table(title: str) -> Table:
    return Table(title, _HEAD, _ROWS)


def _rows(title: str) -> bytes:
    return as_csv(_table(title))


def _workbook(title: str) -> bytes:
    return as_xlsx(_table(title))


def _paper(title: str) -> bytes:
    return print_ledger(Ledger(title=title, facts=[("说明", "演示材料（虚构）")], notes=["内容全部虚构。"]))


def _hiding(title: str) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        shown, kept_back = book.add_worksheet("安排"), book.add_worksheet("底稿")
        for page in (shown, kept_back):
            for number, row in enumerate((_HEAD, *_ROWS)):
                page.write_row(number, 0, row)
        kept_back.hide()
    return out.getvalue()
