"""Plain text, Markdown, tab-separated and comma-separated text.

What marks a cell in a text is kept: pipes, tabs, commas. Where nothing does (one value a line, no
separators at all) the text stays lines: no column is invented here.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from gongkai.documents.reading import html
from gongkai.documents.reading.charset import decode, without_invisible
from gongkai.documents.reading.content import Cell, Content, Row, line
from gongkai.documents.reading.grid import is_prose

MOST_COLUMNS = 40
"""A row of more cells than this is a table whose row ends were lost: it stays lines."""
_HTML_TABLE = re.compile(r"<table\b.*?</table\s*>", re.IGNORECASE | re.DOTALL)
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*:?-+:?\s*")
_LONG_RULE = re.compile(r"\s*:?-{3,}:?\s*")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|~<>-])")
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}\s+")
_ITEM_NUMBER = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]{1,2}")


def extract(data: bytes) -> Content:
    """The rows of a text file in any Chinese encoding."""
    return extract_text(decode(data))


def extract_text(text: str) -> Content:
    """As :func:`extract`, of a text already decoded."""
    text = without_invisible(text)
    if _HTML_TABLE.search(text):
        return Content("text", html.extract_text(_with_breaks(text)).rows)
    lines = text.splitlines()
    if _is_comma_separated(lines):
        rows = _comma_separated(text)
        if rows:
            return Content("text", rows)
    return Content("text", tuple(_rows(lines)))


def _with_breaks(text: str) -> str:
    """Markdown that holds HTML tables (as OCR programs write it) as HTML: line ends outside tables count."""
    pieces, end = [], 0
    for table in _HTML_TABLE.finditer(text):
        pieces += [_prose_as_html(text[end : table.start()]), table[0]]
        end = table.end()
    return "".join([*pieces, _prose_as_html(text[end:])])


def _prose_as_html(prose: str) -> str:
    return "<br>".join(_HEADING.sub("", part, count=1) for part in prose.splitlines()) + "<br>"


def _is_comma_separated(lines: Sequence[str]) -> bool:
    """Chinese prose is set with full-width commas; a file of many lines with several ASCII commas is CSV."""
    filled = [text for text in lines if text.strip()]
    return len(filled) > 5 and sum(text.count(",") >= 3 for text in filled) * 2 > len(filled)


def _comma_separated(text: str) -> tuple[Row, ...]:
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return ()
    return tuple(row for record in records if any(record) for row in _row(record, 0))


def _row(fields: Sequence[str], table: int) -> list[Row]:
    """A table row, or the lines of a long text in the frame of one."""
    cells = [Cell("\n".join(_lines(field)), column) for column, field in enumerate(fields)]
    if is_prose(cells):
        return [line(part) for cell in cells for part in _lines(cell.text)]
    return [Row(tuple(cells), table)]


def _lines(field: str) -> list[str]:
    return [part for part in map(str.strip, field.split("\n")) if part]


def _rows(lines: Sequence[str]) -> Iterator[Row]:
    """Goes down the lines; a table goes on until a line that is no row of it."""
    table, length, number, checked = 0, 0, 0, 0
    while number < len(lines):
        if number >= checked:
            block, checked = _tab_led(lines, number)
            if block:
                table += length > 0
                for fields in block:
                    yield from _row(fields, table)
                table, length, number = table + 1, 0, checked
                continue
        text = lines[number]
        number += 1
        cells = _fields(text)
        if cells is None:
            if text.strip("| \t\u3000\xa0"):
                yield line(_plain(text.strip("| \t\u3000\xa0")))
                table, length = table + (length > 0), 0
            continue
        if _is_rule(cells, length):
            length += 1
            continue
        if length and number < len(lines) and _is_rule(_fields(lines[number]) or (), 1):
            table, length = table + 1, 0
        length += 1
        yield from _row(cells, table)


def _is_rule(fields: Sequence[str], length: int) -> bool:
    """Whether a Markdown row only rules off the header; a row of single dashes elsewhere is data."""
    return bool(fields) and all((_RULE if length == 1 else _LONG_RULE).fullmatch(field) for field in fields)


def _fields(text: str) -> list[str] | None:
    """The cells of a line with pipes or tabs; ``None`` where it is a line of text."""
    if "|" in text:
        return _piped(text.strip())
    if "\t" in text:
        return _tabbed(text)
    return None


def _piped(text: str) -> list[str] | None:
    """``| a | b |`` and ``a | b``; a value with pipes on one side only, or pipes alone, is no row."""
    if not text.strip("|"):
        return None
    fields = [_plain(field.strip()) for field in _PIPE.split(text)]
    opened, closed = fields[0] == "", fields[-1] == ""
    framed = fields[opened : len(fields) - closed]
    if sum(map(bool, framed)) > 1 or (opened and closed and len(framed) > 1):
        return framed if len(framed) <= MOST_COLUMNS else None
    return None


def _tabbed(text: str) -> list[str] | None:
    """Two or more values between tabs; ``一、⇥总体情况`` is a numbered line."""
    fields = [field.strip() for field in text.rstrip("\r\n").split("\t")]
    if sum(map(bool, fields)) < 2 or len(fields) > MOST_COLUMNS:
        return None
    if sum(map(bool, fields)) == 2 and _ITEM_NUMBER.fullmatch(next(filter(None, fields))):
        return None
    return [_plain(field) for field in fields]


def _plain(text: str) -> str:
    """Without the marks of Markdown."""
    text = _HEADING.sub("", text, count=1) if text.startswith("#") else text
    text = text.replace("**", "") if "**" in text else text
    text = _ESCAPE.sub(r"\1", text) if "\\" in text else text
    return _BREAK_TAG.sub("\n", text) if "<" in text else text


def _tab_led(lines: Sequence[str], start: int) -> tuple[list[list[str]], int]:
    """A table as Word text converters print it: a tab before each cell, whose words may go on over lines,
    and an empty line after each row. Gives its rows, or none, and the line after what was looked at.

    A figure on a line of its own without a tab is a cell, not more of the cell before: no such table.
    """
    rows: list[list[str]] = []
    number = start
    while number < len(lines) and _leads(lines[number]):
        row: list[str] = []
        while number < len(lines) and lines[number]:
            if _leads(lines[number]):
                row.append(lines[number][1:].strip())
            elif lines[number].strip()[:1].isdigit():
                return [], number + 1
            else:
                row[-1] = f"{row[-1]}\n{lines[number].strip()}".strip()
            number += 1
        rows.append(row)
        number += 1
    if len(rows) < 2 or max(map(len, rows)) not in range(2, MOST_COLUMNS):
        return [], max(number, start + 1)
    return rows, number


def _leads(text: str) -> bool:
    return text.startswith("\t") and "\t" not in text[1:]
