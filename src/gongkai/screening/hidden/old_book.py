"""What an Excel 97–2003 workbook hides, by xlrd."""

from collections.abc import Callable, Iterator
from typing import Any

import xlrd

from gongkai.documents.reading.archives import DAMAGED
from gongkai.documents.reading.content import Unreadable
from gongkai.screening.hidden.hits import Hit, masked
from gongkai.screening.hidden.names import is_ordinary_name
from gongkai.screening.hidden.sheet_styles import Look, sections

_WHITE, _TINIEST = (255, 255, 255), 40
_SHEETS = {1: "sheet.hidden", 2: "sheet.very_hidden"}
_AUTOMATIC = 0x7FFF


def book_hits(data: bytes, remove: Callable[[], object]) -> Iterator[Hit]:
    """Hidden sheets, rows, columns, cells, names and comments. Raises :class:`Unreadable`."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=_Silent())
    except Exception as error:
        raise Unreadable(DAMAGED) from error
    looks = {number: look for number in range(len(book.xf_list)) if (look := _look(book, number))}
    for sheet in book.sheets():
        if sheet.visibility in _SHEETS:
            yield Hit(_SHEETS[sheet.visibility], f"工作表“{sheet.name}”", "", remove)
            continue
        yield from _cells(sheet, looks, remove)
        notes = sheet.cell_note_map
        if notes:
            yield Hit(
                "book.comment", f"工作表“{sheet.name}”", masked(next(iter(notes.values())).text), remove
            )
    for name in book.name_obj_list:
        if name.hidden and not name.builtin and not name.name.startswith("_xl"):
            yield Hit("book.name", f"名称“{name.name}”", "", remove)
    if not is_ordinary_name(book.user_name or ""):
        yield Hit("props.author", "文件属性", masked(book.user_name), remove)


class _Silent:
    """Where the remarks of the reader go."""

    def write(self, _text: str) -> None:
        """Nobody reads them."""

    def flush(self) -> None:
        """There is nothing to flush."""


def _cells(sheet: Any, looks: dict[int, Look], remove: Callable[[], object]) -> Iterator[Hit]:
    found: dict[str, tuple[int, int, str]] = {}
    for row in range(sheet.nrows):
        code = _row_code(sheet.rowinfo_map.get(row))
        for column in range(sheet.row_len(row)):
            kind, text = sheet.cell_type(row, column), str(sheet.cell_value(row, column))
            if kind in (0, 6) or not text.strip():
                continue
            held = code or _column_code(sheet.colinfo_map.get(column))
            if not held and (look := looks.get(sheet.cell_xf_index(row, column))):
                held = look.hides(text, kind == 2)
            if held:
                found.setdefault(held, (row, column, text))
    for held, (row, column, text) in found.items():
        yield Hit(held, f"工作表“{sheet.name}”第{row + 1}行第{column + 1}列", masked(text), remove)


def _row_code(info: Any) -> str:
    if info is None:
        return ""
    if info.hidden:
        return "row.hidden"
    return (
        "row.flat"
        if info.height is not None and 0 <= info.height <= 30 and not info.has_default_height
        else ""
    )


def _column_code(info: Any) -> str:
    if info is None:
        return ""
    return "column.hidden" if info.hidden else "column.flat" if info.width <= 80 else ""


def _look(book: Any, number: int) -> Look | None:
    format_ = book.xf_list[number]
    font = book.font_list[format_.font_index]
    code = book.format_map.get(format_.format_key)
    ground = format_.background
    shade = book.colour_map.get(ground.pattern_colour_index) if ground.fill_pattern == 1 else _WHITE
    color = book.colour_map.get(font.colour_index)
    if (
        color is not None
        and font.colour_index != _AUTOMATIC
        and color == shade
        and ground.fill_pattern in (0, 1)
    ):
        return Look("cell.white_text")
    if 0 < font.height <= _TINIEST:
        return Look("cell.tiny_text")
    empty = sections(code.format_str or "") if code is not None else ()
    return Look("", empty) if any(empty) else None
