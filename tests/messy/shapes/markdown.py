"""Markdown, as models and converters give back what they saw on a page."""

import random
from collections.abc import Collection

from messy.paper import Grid, Line, Paper, matrix

from . import html

Knobs = Collection[str]


def render(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    parts = []
    for part in paper.parts:
        if isinstance(part, Line):
            marks = {"title": "# ", "heading": "## "}.get(part.kind, "")
            parts.append(marks + part.text)
        elif "html_in_markdown" in knobs:
            parts.append(html._table(part, (), rng))
        else:
            parts.append(_table(part, knobs, rng))
    return "\n\n".join(parts).encode("utf-8")


def _table(grid: Grid, knobs: Knobs, rng: random.Random) -> str:
    """A grid with spans laid out: a label stands where it starts, or in every cell it covers."""
    repeat = rng.random() < 0.4
    lines, title = [], ""
    body = matrix(grid)
    if len(grid.lines[0]) == 1 and grid.lines[0][0].role == "title" and rng.random() < 0.7:
        title, body = f"### {grid.lines[0][0].text}\n", body[1:]
    for number, row in enumerate(body):
        texts = []
        for place in row:
            shown = place and (place[1] or (repeat and place[0].role == "label"))
            texts.append(_escape(place[0].text, knobs, place[0].role == "value") if place and shown else "")
        lines.append(_row(texts, knobs, rng))
        if number == 0:
            lines.append("|" + "---|" * len(row))
    return title + "\n".join(lines)


def _escape(text: str, knobs: Knobs, figure: bool) -> str:
    text = text.replace("\n", "<br>").replace("|", "\\|").strip()
    return f"**{text}**" if figure and text and "bold_figures" in knobs and "*" not in text else text


def _row(texts: list[str], knobs: Knobs, rng: random.Random) -> str:
    if "ragged_pipes" in knobs:
        return "| " + " | ".join(texts) + rng.choice((" |", "", " ||", "|  |", " | |"))
    return "| " + " | ".join(texts) + " |"
