"""An annual report as a tagged PDF (PDF/A-2a, PDF/UA-1) in the layout of GB/T 9704-2012.

The compiler and its fonts are loaded once a process. Fonts are looked for in the folder that the
environment variable ``GONGKAI_FONTS`` names, then among the system's.
"""

import json
import os
import re
from functools import lru_cache
from importlib import resources
from itertools import groupby
from typing import Any

import typst

from gongkai.documents.writing import Unwritable
from gongkai.documents.writing.document import Document, Paragraph, PrintedTable, document
from gongkai.documents.writing.figures import figure_text
from gongkai.documents.writing.geometry import (
    FIGURE_SIZE,
    agency_indent,
    column_shares,
    figure_rooms,
    figure_size,
    label_lines,
    title_lines,
)
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.layout import LaidCell, LaidRow

_STANDARDS: list[Any] = ["a-2a", "ua-1"]
_NO_TIME = 0  # the same report gives the same bytes
# The official faces, best first, then what stands in for each.
_FACES = {
    "title": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong"),
    "body": ("仿宋_GB2312", "FangSong_GB2312", "FangSong", "仿宋", "STFangsong"),
    "kai": ("楷体_GB2312", "KaiTi_GB2312", "KaiTi", "楷体", "STKaiti", "LXGW WenKai"),
    "hei": ("黑体", "SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC"),
    "song": ("宋体", "SimSun", "STSong"),
}
_STAND_INS = ("Noto Serif CJK SC", "Source Han Serif SC", "LXGW WenKai", "Noto Sans CJK SC")
_INSET = {"table2": 5, "table3": 3.5, "table4": 5}  # points above and below the words of a cell
_UNDISPLAYED = re.compile(r'(?:the text|codepoint) `"?(.+?)"?`')


def render(report: FilledReport) -> bytes:
    """A PDF file. Raises :class:`Unwritable` if no Chinese font is found or none has a character."""
    printed = document(report)
    compiler, faces = _compiler(os.environ.get("GONGKAI_FONTS", ""))
    data = json.dumps(_data(printed) | {"fonts": faces}, ensure_ascii=False)
    try:
        rendered = compiler.compile(
            _template(),
            format="pdf",
            sys_inputs={"report": data},
            pdf_standards=_STANDARDS,
            timestamp=_NO_TIME,
        )
    except typst.TypstError as error:
        raise _refusal(error) from error
    assert isinstance(rendered, bytes)
    return rendered


@lru_cache
def _compiler(folder: str) -> tuple[typst.Compiler, dict[str, list[str]]]:
    fonts = typst.Fonts(include_embedded_fonts=False, font_paths=[folder] if folder else [])
    known = set(fonts.families())
    faces = {role: [f for f in (*wanted, *_STAND_INS) if f in known] for role, wanted in _FACES.items()}
    if not all(faces.values()):
        raise Unwritable(
            "这台机器上没有可用的中文字体，写不出 PDF：请安装 fonts-noto-cjk，"
            "或把字体文件放进一个文件夹，并让环境变量 GONGKAI_FONTS 指向它。"
        )
    return typst.Compiler(font_paths=fonts), faces


@lru_cache
def _template() -> bytes:
    return (resources.files("gongkai.documents.writing") / "report.typ").read_bytes()


def _refusal(error: typst.TypstError) -> Exception:
    """A character that no font has is the reader's matter; any other error is ours."""
    missing = sorted(set(_UNDISPLAYED.findall(error.diagnostic)))
    if not missing:
        return error
    return Unwritable(
        f"现有字体里没有这些字：{'、'.join(missing)}，印出来会是空白，所以没有写成 PDF。"
        "请把含这些字的字体文件放进环境变量 GONGKAI_FONTS 指向的文件夹，再写一次。"
    )


def _data(printed: Document) -> dict[str, Any]:
    """What the template prints."""
    return {
        "title": printed.title,
        "lines": title_lines(printed.title),
        "agency": printed.agency or None,
        "dated": printed.dated or None,
        "date": {part: getattr(printed.file_date, part) for part in ("year", "month", "day")},
        "indent": agency_indent(printed.agency, printed.dated),
        "sections": [
            {
                "heading": section.heading,
                "paragraphs": [_split(p) | {"closes": p is printed.closing} for p in section.paragraphs],
                "table": _table(section.table) if section.table else None,
            }
            for section in printed.sections
        ],
    }


def _split(paragraph: Paragraph) -> dict[str, Any]:
    return {"lead": paragraph.text[: paragraph.lead], "rest": paragraph.text[paragraph.lead :]}


def _table(table: PrintedTable) -> dict[str, Any]:
    grid = table.grid
    rooms = dict(zip(grid.addresses, figure_rooms(grid), strict=True))
    bands = groupby(grid.rows, key=lambda row: row.block)
    return {
        "columns": column_shares(grid),
        "inset": _INSET[grid.name],
        "repeats": any(row.repeats for row in grid.rows),
        "bands": [_band(table, list(rows), rooms) for _, rows in bands],
    }


def _band(table: PrintedTable, rows: list[LaidRow], rooms: dict[str, float]) -> dict[str, Any]:
    """Rows under one heading: a block of table 2, or the whole of another table."""
    cells = [[_cell(table, cell, rooms) for cell in row.cells] for row in rows]
    return {
        "head": [line for row, line in zip(rows, cells, strict=True) if row.header],
        "rows": [line for row, line in zip(rows, cells, strict=True) if not row.header],
    }


def _cell(table: PrintedTable, cell: LaidCell, rooms: dict[str, float]) -> dict[str, Any]:
    laid = {"x": cell.column, "y": cell.row, "colspan": cell.colspan, "rowspan": cell.rowspan}
    if not cell.address:
        left = table.grid.name == "table3" and cell.scope == "row"
        return laid | {"left": left, "text": label_lines(table.grid, cell), "size": FIGURE_SIZE}
    text = figure_text(table.filled, cell.address)
    return laid | {"left": False, "text": text, "size": figure_size(text, rooms[cell.address])}
