"""PDF with a text layer, set by Typst: ruled or not, tables over pages, labels wrapped or upright."""

import json
import random
from collections.abc import Collection

import typst

from messy.paper import Grid, Line, Paper, Slot, matrix

Knobs = Collection[str]


def render(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    """Tables with rules."""
    return _compile(paper, knobs, rng, "0.5pt")


def render_plain(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    """Tables without any rule: only the positions tell."""
    return _compile(paper, knobs, rng, "none")


def _compile(paper: Paper, knobs: Knobs, rng: random.Random, stroke: str) -> bytes:
    height = rng.choice((480, 560)) if "short_pages" in knobs else 842
    width, height = (842, 595) if "landscape" in knobs else (595, height)
    mark = (
        "background: rotate(-30deg, text(50pt, fill: luma(230))[政务公开])," if "watermark" in knobs else ""
    )
    head = (
        f'#set page(width: {width}pt, height: {height}pt, margin: 60pt, {mark} numbering: "— 1 —")\n'
        '#set text(font: "Noto Serif CJK SC", lang: "zh", size: 9pt)\n#set par(first-line-indent: 0pt)\n'
    )
    body = "\n\n".join(_part(part, knobs, rng, stroke) for part in paper.parts)
    return bytes(typst.compile((head + body).encode("utf-8")))


def _string(text: str) -> str:
    """Text as Typst markup that cannot be taken for anything else."""
    pieces = [f"#{json.dumps(piece, ensure_ascii=False)}" for piece in text.split("\n")]
    return "#linebreak()".join(pieces)


def _part(part: Line | Grid, knobs: Knobs, rng: random.Random, stroke: str) -> str:
    if isinstance(part, Line):
        size = {"title": "16pt", "heading": "12pt"}.get(part.kind, "10.5pt")
        return f"#text({size})[{_string(part.text)}]"
    columns = _columns(part, knobs)
    cells = ",\n".join(
        _cell(place[0], column, row, knobs)
        for row, places in enumerate(matrix(part))
        for column, place in enumerate(places)
        if place and place[1]
    )
    return f"#table(columns: ({columns}), stroke: {stroke}, align: center + horizon, inset: 4pt,\n{cells})"


def _columns(grid: Grid, knobs: Knobs) -> str:
    """Widths: the label columns of table 3 wide, or so narrow that labels wrap."""
    label = "1.2fr" if "narrow_labels" in knobs else "2.5fr"
    if grid.width >= 10 and grid.name == "table3":
        upright = "18pt" if "vertical_group" in knobs else "1.1fr"
        return ", ".join([upright, "1.2fr", label, *["1fr"] * (grid.width - 3)])
    return ", ".join(["1fr"] * grid.width)


def _cell(slot: Slot, column: int, row: int, knobs: Knobs) -> str:
    spans = f"x: {column}, y: {row}, colspan: {slot.colspan}, rowspan: {slot.rowspan}"
    text = slot.text
    if "vertical_group" in knobs and slot.role == "label" and slot.rowspan > 10:
        text = "\n".join(text)
    return f"table.cell({spans})[{_string(text)}]"
