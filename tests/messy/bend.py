"""What happens to finished tables on their way into a document: page breaks, page numbers, repeats."""

import random
from collections.abc import Collection
from copy import deepcopy

from .paper import Grid, Line, Paper, Slot, matrix

Knobs = Collection[str]


def bend(paper: Paper, knobs: Knobs, rng: random.Random) -> None:
    """Apply the knobs that work on whole tables, in place."""
    for grid in [g for g in paper.grids if g.name.startswith("table")]:
        if grid.name == "table3" and len(grid.lines) > 20:
            _bend_table3(paper, grid, knobs, rng)
    for grid in [g for g in paper.grids if g.name.startswith("table")]:
        _bend_any(grid, knobs)
    if "one_grid" in knobs:
        _weld(paper)
    if "printed_twice" in knobs:
        copy = deepcopy(paper.parts)
        paper.parts += [Line("手机版", "noise"), *copy]


def _bend_table3(paper: Paper, grid: Grid, knobs: Knobs, rng: random.Random) -> None:
    first = next(i for i, line in enumerate(grid.lines) if any(s.role == "value" for s in line))
    head, at = grid.lines[:first], rng.randint(first + 3, len(grid.lines) - 2)
    if "split_table3" in knobs:
        before, after = _cut(grid, at, rng)
        if head and rng.random() < 0.4:
            after.lines = [*deepcopy(head), *after.lines]
        page = [Line(f"— {rng.randint(2, 9)} —", "noise")] if rng.random() < 0.6 else []
        place = paper.parts.index(grid)
        paper.parts[place : place + 1] = [before, *page, after]
    elif "page_row" in knobs:
        _insert_row(grid, at, [Slot(f"- {rng.randint(2, 9)} -", grid.width)])
    elif "header_repeated" in knobs and head:
        clean = next((i for i in range(at, len(grid.lines)) if not _reached_from_above(grid, i)), None)
        if clean:
            grid.lines[clean:clean] = deepcopy(head)


def _starts(grid: Grid) -> dict[int, int]:
    """The row in which each slot starts, by the slot's identity."""
    return {id(slot): number for number, line in enumerate(grid.lines) for slot in line}


def _reached_from_above(grid: Grid, at: int) -> bool:
    """Whether a slot of a row above reaches into row ``at``."""
    starts = _starts(grid)
    return any(place and starts[id(place[0])] < at for place in matrix(grid)[at])


def _cut(grid: Grid, at: int, rng: random.Random) -> tuple[Grid, Grid]:
    """The grid in two at a row; a label that reached over the cut is repeated, torn in two, or left blank."""
    fate, starts = rng.choice(("repeated", "torn", "blank")), _starts(grid)
    opening: list[Slot] = []
    seen: set[int] = set()
    for place in matrix(grid)[at]:
        if place and id(place[0]) not in seen:
            seen.add(id(place[0]))
            start = starts[id(place[0])]
            opening.append(
                place[0] if start == at else _tear(place[0], start + place[0].rowspan - at, fate, rng)
            )
    return Grid(grid.name, grid.lines[:at]), Grid(grid.name, [opening, *grid.lines[at + 1 :]])


def _tear(slot: Slot, left: int, fate: str, rng: random.Random) -> Slot:
    """Shorten a slot by the ``left`` rows below the cut and give the slot that takes its place there."""
    slot.rowspan -= left
    below = {"repeated": slot.text, "blank": ""}.get(fate, "")
    if fate == "torn" and len(slot.text) > 4:
        half = rng.randint(4, len(slot.text) - 1)
        slot.text, below = slot.text[:half], slot.text[half:]
    return Slot(below, slot.colspan, left, "label")


def _insert_row(grid: Grid, at: int, row: list[Slot]) -> None:
    """A row across the whole table; what reached over it starts anew below."""
    before, after = _cut(grid, at, random.Random(at))
    grid.lines = [*before.lines, row, *after.lines]


def _bend_any(grid: Grid, knobs: Knobs) -> None:
    if "unit_row" in knobs:
        grid.lines.insert(0, [Slot("单位：件", grid.width)])
    if "note_row" in knobs:
        grid.lines.append([Slot("注：1.本表数据截至12月31日；2.“其他”含撤回2件。", grid.width)])
    if "empty_rows" in knobs:
        for at in range(len(grid.lines) - 1, 1, -5):
            if not _reached_from_above(grid, at):
                grid.lines.insert(at, [Slot("") for _ in range(grid.width)])


def _weld(paper: Paper) -> None:
    """All tables and what stands between them in one grid, as editors that lay pages out in a table do."""
    places = [
        i for i, part in enumerate(paper.parts) if isinstance(part, Grid) and part.name.startswith("table")
    ]
    if len(places) < 2:
        return
    width = max(part.width for part in paper.grids)
    lines: list[list[Slot]] = []
    for part in paper.parts[places[0] : places[-1] + 1]:
        if isinstance(part, Line):
            lines.append([Slot(part.text, width)])
            continue
        for line, row in zip(part.lines, matrix(part), strict=True):
            printed = [place[0] for place in row if place]
            if line and printed and printed[-1] is line[-1]:
                line[-1].colspan += max(0, width - len(printed))
        lines += part.lines
    paper.parts[places[0] : places[-1] + 1] = [Grid("table2", lines)]
