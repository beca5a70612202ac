"""Plain text, Markdown, and values set apart by commas or tabs: each line, each field at its place."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.documents.contents.encodings import Decoded, decoded
from gongkai.documents.contents.holding import MOST_CELLS, TOO_MUCH, Cell, Collector, Contents
from gongkai.documents.contents.spans import Edit, edited
from gongkai.documents.reading.content import Unreadable

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s|:-]+")
_FIELDS = {
    separator: re.compile(rf'[ ]*"([^"]*(?:""[^"]*)*)"[^{separator}\r\n]*|([^{separator}\r\n]*)')
    for separator in ",;\t|"
}
_SAMPLE = 50
_FEWEST_LINES = 3


@dataclass(frozen=True, slots=True)
class _Field:
    """A value and where it stands in the source; a quoted one with its quotes."""

    text: str
    start: int
    end: int


def read(data: bytes, name: str = "") -> Contents:
    """The lines of a text, or the rows of a table of separated values."""
    text = decoded(data).text
    separator = separator_of(text, name)
    collector = Collector()
    if separator:
        rows = _padded([_cells(number, row) for number, row in enumerate(_records(text, separator), 1)])
        collector.table("表格", rows)
        return collector.contents("csv")
    _collect_lines(text, collector)
    return collector.contents("text")


def rewrite(data: bytes, name: str, changes: Mapping[str, str]) -> tuple[bytes, set[str]]:
    """A copy with changes, and the places found. Raises
    :class:`gongkai.documents.contents.pieces.Unwritable`."""
    source = decoded(data)
    separator = separator_of(source.text, name)
    if separator:
        rows = (
            (f"第{number}行第{column}列", field)
            for number, row in enumerate(_records(source.text, separator), 1)
            for column, field in enumerate(row, 1)
        )
        return _edited(source, rows, changes, separator)
    return _edited(source, _line_fields(source.text), changes, "")


def separator_of(text: str, name: str = "") -> str:
    """What sets the values of a table apart in a text; empty where it is no table. Chinese prose is set with
    full-width commas: several ASCII commas in most lines are a table."""
    extension = name.lower().rpartition(".")[2]
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:_SAMPLE]
    if not lines:
        return ""
    for separator in "\t,;":
        counts = [line.count(separator) for line in lines]
        steady, usual = Counter(counts).most_common(1)[0][::-1]
        if (
            usual
            and len(lines) >= _FEWEST_LINES
            and steady * 3 >= len(lines) * 2
            and _are_values(lines, usual)
        ):
            return separator
    if extension == "tsv":
        return "\t"
    if extension == "csv":
        return max(",;\t", key=lambda separator: sum(line.count(separator) for line in lines))
    return ""


def _are_values(lines: Sequence[str], separators: int) -> bool:
    """Whether lines are values and no prose: several to a line, or short ones."""
    return separators > 1 or sum(map(len, lines)) / len(lines) < 60


def _records(text: str, separator: str) -> Iterator[list[_Field]]:
    """The records; a quoted field may run over lines."""
    pattern, at, count = _FIELDS[separator], 0, 0
    row: list[_Field] = []
    while at <= len(text):
        found = pattern.match(text, at)
        if found is None:
            break
        value = found[1].replace('""', '"') if found[1] is not None else found[2]
        row.append(_Field(value, found.start(), found.end()))
        count += 1
        if count > MOST_CELLS:
            raise Unreadable(TOO_MUCH)
        at = found.end()
        following = text[at : at + 1]
        if following == separator:
            at += 1
            continue
        yield row
        row = []
        at += 2 if text[at : at + 2] == "\r\n" else 1
        if at >= len(text):
            break


def _cells(number: int, row: Sequence[_Field]) -> tuple[Cell, ...]:
    return tuple(Cell(field.text.strip(), f"第{number}行第{column}列") for column, field in enumerate(row, 1))


def _padded(rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    width = max(map(len, rows), default=0)
    if width * len(rows) > MOST_CELLS:
        return rows
    return [
        row + tuple(Cell("", f"第{number}行第{column}列") for column in range(len(row) + 1, width + 1))
        for number, row in enumerate(rows, 1)
    ]


def _collect_lines(text: str, collector: Collector) -> None:
    """Lines as passages; a run of lines with tabs or pipes as a table."""
    rows: list[tuple[Cell, ...]] = []
    first = 0
    for number, fields in _numbered(text):
        if len(fields) > 1:
            first = first if rows else number
            rows.append(_cells(number, fields))
            continue
        if rows:
            collector.table(f"第{first}行起的表", rows)
            rows = []
        if fields:
            collector.passage(fields[0].text, f"第{number}行")
    collector.table(f"第{first}行起的表", rows)


def _line_fields(text: str) -> Iterator[tuple[str, _Field]]:
    for number, fields in _numbered(text):
        for column, field in enumerate(fields, 1):
            yield (f"第{number}行第{column}列" if len(fields) > 1 else f"第{number}行"), field


def _numbered(text: str) -> Iterator[tuple[int, list[_Field]]]:
    """Each line with its number and its fields: one, or those that tabs or pipes set apart."""
    for number, found in enumerate(_LINE.finditer(text), 1):
        line, start = found[1], found.start(1)
        if "\t" in line.strip():
            yield number, _split(line, start, re.compile("\t"))
        elif line.count("|") > 1 and not _RULE.fullmatch(line):
            yield number, _split(line.strip().strip("|"), start + line.find(line.strip().strip("|")), _PIPE)
        else:
            yield number, [_Field(line, start, start + len(line))]


def _split(line: str, start: int, separator: re.Pattern[str]) -> list[_Field]:
    fields, at = list[_Field](), 0
    for found in [*separator.finditer(line), None]:
        end = found.start() if found else len(line)
        text = line[at:end]
        inner = start + at + (len(text) - len(text.lstrip()))
        fields.append(_Field(text.strip(), inner, inner + len(text.strip())))
        at = found.end() if found else end
    return fields


def _edited(
    source: Decoded, fields: Iterator[tuple[str, _Field]] | Sequence[tuple[str, _Field]],
    changes: Mapping[str, str], separator: str,
) -> tuple[bytes, set[str]]:  # fmt: skip
    made, done = list[Edit](), set[str]()
    for place, field in fields:
        if place in changes:
            made.append(Edit(field.start, field.end, _written(changes[place], separator)))
            done.add(place)
    return source.encoded(edited(source.text, made)), done


def _written(text: str, separator: str) -> str:
    """A value as a field: in quotes where it would not be one without."""
    if separator and any(mark in text for mark in (separator, '"', "\n", "\r")):
        return '"' + text.replace('"', '""') + '"'
    return text if separator else text.replace("\r", "").replace("\n", " ")
