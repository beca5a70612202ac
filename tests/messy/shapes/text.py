"""Plain text: what is left of a report after copying, flattening or scraping."""

import csv
import io
import random
from collections.abc import Collection
from unicodedata import east_asian_width

from messy.paper import Grid, Line, Paper, Slot, matrix

from .encoding import encode

Knobs = Collection[str]


def _texts(grid: Grid) -> list[list[str]]:
    """The grid row by row with spans laid out: text where a slot starts, blank where it only reaches."""
    return [
        [place[0].text.replace("\n", "") if place and place[1] else "" for place in row]
        for row in matrix(grid)
    ]


def _join(paper: Paper, tables: dict[int, str], knobs: Knobs, rng: random.Random) -> bytes:
    parts = [part.text if isinstance(part, Line) else tables[id(part)] for part in paper.parts]
    return encode("\n".join(parts), knobs, rng)


def lines(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    """One cell a line: Word's clipboard as a crude extractor writes it."""
    lead = rng.choice(("\t", "", "    "))
    return _join(paper, {id(g): _cell_a_line(g, lead, knobs) for g in paper.grids}, knobs, rng)


def _cell_a_line(grid: Grid, lead: str, knobs: Knobs) -> str:
    out: list[str] = []
    for row in matrix(grid):
        for place in row:
            if place and (place[1] or (place[0].rowspan > 1 and _starts_above(place, row))):
                _add_cell(out, place[0] if place[1] else Slot(), lead, knobs)
        if "no_blank_lines" not in knobs:
            out.append("|" if "lone_pipes" in knobs else "")
    return "\n".join(out)


def _starts_above(place: tuple[Slot, bool], row: list[tuple[Slot, bool] | None]) -> bool:
    """Whether this is the leftmost position, in this row, of a slot that starts in a row above."""
    first = next(p for p in row if p and p[0] is place[0])
    return first is place


def _add_cell(out: list[str], slot: Slot, lead: str, knobs: Knobs) -> None:
    if not slot.text.strip():
        if "blanks_dropped" not in knobs:
            out.append("||" if "lone_pipes" in knobs else lead or "\t")
        return
    out += [lead + piece for piece in slot.text.split("\n")]


def tabs(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    """A row a line, cells parted by tabs."""
    drop = "blanks_dropped" in knobs
    tables = {
        id(g): "\n".join("\t".join(t for t in row if t.strip() or not drop) for row in _texts(g))
        for g in paper.grids
    }
    return _join(paper, tables, knobs, rng)


def pipes(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    """A row a line, cells parted by pipes, with or without pipes at the ends."""
    left, right = rng.choice((("| ", " |"), ("", ""), ("|", "")))
    gap = rng.choice((" | ", "|"))
    tables = {}
    for grid in paper.grids:
        rows = []
        for row in _texts(grid):
            tail = rng.choice(("", "|", "||", "|||")) if "ragged_pipes" in knobs else ""
            rows.append(left + gap.join(row) + right + tail)
        tables[id(grid)] = "\n".join(rows)
    return _join(paper, tables, knobs, rng)


def aligned(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    """Columns lined up with spaces, as ``pdftotext -layout`` prints them."""
    return _join(paper, {id(grid): _aligned(grid) for grid in paper.grids}, knobs, rng)


def _aligned(grid: Grid) -> str:
    places = matrix(grid)
    widths = [2] * grid.width
    for row in places:
        for column, place in enumerate(row):
            if place and place[1] and place[0].colspan == 1:
                widths[column] = max(widths[column], _width(_on_one_line(place[0])) + 2)
    out = []
    for row in places:
        printed, edge = "", 0
        for column, place in enumerate(row):
            if place and place[1] and place[0].text.strip():
                printed += " " * max(2 if printed else 0, edge - _width(printed)) + _on_one_line(place[0])
            edge += widths[column]
        out.append(printed)
    return "\n".join(out)


def _on_one_line(slot: Slot) -> str:
    """A slot's text without breaks, and a figure without spaces: here spaces part columns."""
    return "".join(slot.text.split()) if slot.role in ("value", "joined") else slot.text.replace("\n", "")


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def csv_table(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    for part in paper.parts:
        for row in [[part.text]] if isinstance(part, Line) else _texts(part):
            writer.writerow(row)
    return encode(out.getvalue(), knobs, rng)


def solid(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    """No separator between cells at all; knob ``partly_spaced`` leaves a space here and there."""
    out = ["标题: " + paper.file_title, "=" * 20 + " 正文 " + "=" * 20]
    run = ""
    for part in paper.parts:
        if isinstance(part, Line):
            run += part.text if part.kind != "title" else f" {part.text} "
            continue
        for row in part.lines:
            for slot in row:
                gap = " " if "partly_spaced" in knobs and rng.random() < 0.1 else ""
                run += gap + slot.text.strip()
    return encode("\n".join([*out, run]), knobs, rng)
