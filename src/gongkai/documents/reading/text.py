"""Plain text, Markdown, tab-separated and comma-separated text.

What marks a cell in a text is kept: pipes, tabs, commas. Where nothing does (one value a line, no
separators at all) the text stays lines: no column is invented here.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gongkai.documents.reading import html
from gongkai.documents.reading.charset import decode, without_invisible
from gongkai.documents.reading.content import Cell, Content, Row, line
from gongkai.documents.reading.grid import is_prose

MOST_COLUMNS = 40
"""A row of more cells than this is a table whose row ends were lost: it stays lines."""
Item = list[str] | str
"""A row of a table, or a line; an empty line ends a table."""
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
    table, is_open = -1, False
    for item in _items(lines):
        if isinstance(item, list):
            table, is_open = table + (not is_open), True
            yield from _row(item, table)
        else:
            is_open = False
            if item:
                yield line(item)


def _items(lines: Sequence[str]) -> Iterator[Item]:
    """Goes down the lines; a table goes on over empty lines until something else comes."""
    number, checked = 0, 0
    while number < len(lines):
        text = lines[number]
        if number >= checked and _leads(text):
            rows, checked = _tab_led(lines, number)
            if rows:
                yield ""
                yield from rows
                yield ""
                number = checked
                continue
        if "|" in text:
            number, block = _piped_block(lines, number)
            yield from _piped(block)
            continue
        fields = _tabbed(text) if "\t" in text else None
        if fields or text.strip():
            yield fields or _plain(text.strip())
        number += 1


def _piped_block(lines: Sequence[str], start: int) -> tuple[int, list[str]]:
    """The lines with pipes from ``start`` on, empty lines between them passed over, and the line after."""
    block: list[str] = []
    end = start
    for number in range(start, len(lines)):
        text = lines[number].strip()
        if "|" in text:
            block.append(text)
            end = number + 1
        elif text:
            break
    return end, block


def _piped(block: Sequence[str]) -> Iterator[Item]:
    """``| a | b |`` and ``a | b``. Pipes at the ends of all lines are a frame; where some lines have none, a
    blank before the first pipe or after the last is a cell. A lone value with pipes is a line."""
    split = [[_plain(field.strip()) for field in _PIPE.split(text)] for text in block if text.strip("| ")]
    left = all(not fields[0] for fields in split)
    right = all(not fields[-1] for fields in split)
    framed = [fields[left : len(fields) - right] for fields in split]
    usual = Counter(len(fields) for fields in framed if sum(map(bool, fields)) > 1).most_common(1)
    width = max((_filled(fields) for fields in framed), default=0)
    length = 0
    for number, fields in enumerate(framed):
        is_row = sum(map(bool, fields)) > 1 or (len(fields) > 1 and left and right)
        if not is_row and not (usual and usual[0][0] == len(fields) > 2):
            length = 0
            yield "".join(fields)
        elif len(fields) > MOST_COLUMNS:
            yield " | ".join(fields)
        elif not _is_rule(fields, length):
            if length and number + 1 < len(framed) and _is_rule(framed[number + 1], 1):
                length = 0
                yield ""
            length += 1
            yield fields[: max(width, 1)]
        else:
            length += 1


def _filled(fields: Sequence[str]) -> int:
    """How many fields there are up to the last that is not blank."""
    return max((place for place, field in enumerate(fields, 1) if field), default=0)


def _is_rule(fields: Sequence[str], length: int) -> bool:
    """Whether a Markdown row only rules off the header; a row of single dashes elsewhere is data."""
    return bool(fields) and all((_RULE if length == 1 else _LONG_RULE).fullmatch(field) for field in fields)


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
