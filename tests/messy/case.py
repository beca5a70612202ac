"""A case: a seed turned into a file, with the truth about it."""

import random
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from gongkai.law.report.filled import FilledReport, Value
from gongkai.law.report.formats import cell_kind

from . import figures, labels, prose, tables
from .bend import bend
from .knobs import draw_knobs
from .paper import Grid, Line, Paper, Slot
from .shapes import render
from .truth import Truth, draw_truth

Knobs = Collection[str]


@dataclass(frozen=True, slots=True)
class Case:
    """One file and what is true of it; ``prose``: section code and paragraph, as printed."""

    shape: str
    seed: int
    knobs: frozenset[str]
    truth: Truth
    data: bytes
    prose: tuple[tuple[str, str], ...]


def make_case(shape: str, seed: int, knobs: Collection[str] | None = None) -> Case:
    """The case of a shape and a seed; always the same. ``knobs`` overrides those the seed draws."""
    rng = random.Random(f"{shape}/{seed}")
    chosen = frozenset(draw_knobs(rng, shape) if knobs is None else knobs)
    truth = draw_truth(rng, errors=shape != "solid" or rng.random() < 0.1)
    paper, own, truth = set_paper(truth, chosen, rng)
    if "blanks_dropped" in chosen or shape in ("lines", "aligned", "solid"):
        truth = replace(truth, open=truth.open | _rows_with_blanks(truth.report))
    told = () if "no_headings" in chosen else tuple((line.section, line.text) for line in own if line.section)
    return Case(shape, seed, chosen, truth, render(shape, paper, chosen, rng), told)


def _rows_with_blanks(report: FilledReport) -> frozenset[str]:
    """Where blanks leave no mark, nobody can tell for sure which cells of a row are filled."""
    rows = {address.rpartition(".")[0] for address, value in report.cells() if value is None}
    rows |= {"table4"} if any(row.startswith("table4") for row in rows) else set()
    return frozenset(a for a, _ in report.cells() if a.startswith(tuple(f"{row}." for row in rows)))


def set_paper(truth: Truth, knobs: Knobs, rng: random.Random) -> tuple[Paper, list[Line], Truth]:
    """The report on paper, its own lines (no copies, no second report's), and the truth with what its
    printing leaves open."""
    grids = _grids(truth, knobs, rng)
    for found in grids.values():
        for grid in found:
            truth = _write_figures(grid, truth, knobs, rng)
    paper = Paper(f"{truth.report.agency}{truth.report.year}年政府信息公开工作年度报告")
    paper.parts = [*_front(truth, knobs, rng), *_body(truth, grids, knobs, rng)]
    own = paper.lines
    bend(paper, knobs, rng)
    if "second_report" in knobs:
        paper.parts += _second_report(rng)
    _damage(paper, knobs, rng)
    return paper, own, truth


def _grids(truth: Truth, knobs: Knobs, rng: random.Random) -> dict[str, list[Grid]]:
    found = truth.report.tables
    grids = {
        "table2": tables.table2(found["table2"], knobs),
        "table3": tables.table3(found["table3"], knobs, rng),
    }
    if "table4" in found:
        grids["table4"] = tables.table4(found["table4"], knobs)
    return grids


def _front(truth: Truth, knobs: Knobs, rng: random.Random) -> list[Line | Grid]:
    parts: list[Line | Grid] = []
    if "breadcrumbs" in knobs:
        parts += [Line(text, "noise") for text in prose.breadcrumbs(truth)]
    if "metadata" in knobs:
        parts.append(prose.metadata(truth))
    if "cover_letter" in knobs:
        parts += [Line(text, "noise") for text in prose.cover_letter(truth)]
    return parts + list(prose.title_lines(truth, knobs))


def _body(truth: Truth, grids: dict[str, list[Grid]], knobs: Knobs, rng: random.Random) -> list[Line | Grid]:
    sections: list[list[Line | Grid]] = [_told("overview", prose.overview(truth, rng, knobs))]
    if "summary_table" in knobs:
        sections[0].append(prose.summary_table(truth, rng))
    for name in ("table2", "table3", "table4"):
        lead = [Line(prose.between(rng))] if "prose_between" in knobs else []
        sections.append([*lead, *grids.get(name, [Line("本年度未发生。")])])
    sections += [_told("problems_and_improvements", prose.problems())]
    sections += [_told("other_matters", prose.other_matters(rng))]
    if "template_instruction" in knobs:
        sections[5].append(Line("（文字描述，收取信息处理费情况在此处报告。）"))
    closing: list[Line | Grid] = [Line(text) for text in prose.signature(truth)]
    headed = sections
    if "no_headings" not in knobs:
        headed = [[prose.heading(number, knobs), *section] for number, section in enumerate(sections)]
    if "tables_reversed" in knobs:
        headed = [headed[0], headed[3], headed[2], headed[1], *headed[4:]]
    if "tables_at_end" in knobs:
        return [*_flat([headed[0], *headed[4:]]), *closing, Line("附件：统计表"), *_flat(headed[1:4])]
    return [*_flat(headed), *closing]


def _told(section: str, texts: list[str]) -> list[Line | Grid]:
    return [Line(text, section=section) for text in texts]


def _flat(sections: list[list[Line | Grid]]) -> list[Line | Grid]:
    return [part for section in sections for part in section]


def _second_report(rng: random.Random) -> list[Line | Grid]:
    """Another agency's whole report after this one, as in a county's collected volume."""
    other = draw_truth(rng, errors=False)
    return [
        Line("附件", "noise"),
        *prose.title_lines(other, ()),
        *_body(other, _grids(other, (), rng), (), rng),
    ]


# --- figures ---------------------------------------------------------------------------------------


_STYLE_SHARE = {"wordy_notes": 0.08, "word_artefact": 0.02, "note_marks": 0.1}
_UNCLEAR = {"letters_for_digits", "spread_digits"}
"""Damage that only sums can mend with certainty; table 2 has none, so a doubt is as good there."""


def _write_figures(grid: Grid, truth: Truth, knobs: Knobs, rng: random.Random) -> Truth:
    style = next((figures.STYLES[name] for name in sorted(knobs) if name in figures.STYLES), None)
    share = _STYLE_SHARE.get(next(iter(set(knobs) & _STYLE_SHARE.keys()), ""), rng.choice((1.0, 0.3)))
    tolerated, unclear = dict(truth.tolerated), set[str]()
    for slot in list(grid.values()):
        value = truth.report[slot.address or ""]
        kind = cell_kind(slot.address or "")
        if value is None:
            slot.text = rng.choice(figures.BLANKS)
        elif kind == "signed":
            slot.text = figures.signed(int(value), rng, worded="worded_changes" in knobs)
        elif kind == "amount":
            tolerated |= _write_amount(grid, slot, Decimal(value), knobs, rng)
        elif value == 0 and "zero_words" in knobs and rng.random() < 0.4:
            slot.text = rng.choice(figures.ZEROS)
        elif value == 0 and "soft_zeros" in knobs and rng.random() < 0.3:
            slot.text, tolerated[slot.address or ""] = rng.choice(figures.SOFT_ZEROS), (None,)
        elif style and rng.random() < share:
            slot.text, before = style(slot.text, rng), slot.text
            if grid.name == "table2" and slot.text != before and _UNCLEAR & set(knobs):
                unclear.add(slot.address or "")
    if "cells_dropped" in knobs:
        _drop_blank_rows(grid)
    return replace(truth, tolerated=tolerated, open=truth.open | tolerated.keys() | unclear)


def _write_amount(
    grid: Grid, slot: Slot, value: Decimal, knobs: Knobs, rng: random.Random
) -> dict[str, tuple[Value, ...]]:
    """The 2019 form gives amounts no unit; without one, nobody can tell 元 from 万元."""
    address = slot.address or ""
    if "amount_with_unit" in knobs or (address.startswith("table2.central") and rng.random() < 0.7):
        slot.text = figures.amount(value, rng) if value or rng.random() < 0.5 else "0"
        return {}
    if not address.startswith("table2.central") or not value:
        return {}
    if "amount_unit_in_header" in knobs:
        in_yuan = rng.random() < 0.4
        header = next(s for s in grid.slots if s.text == "采购总金额")
        header.text = (
            "采购总金额（元）" if in_yuan else rng.choice(("采购总金额(万元)", "采购总金额（单位：万元）"))
        )
        slot.text = format((value * 10000).normalize(), "f") if in_yuan else slot.text
        return {}
    return {address: (value / 10000,)}


def _drop_blank_rows(grid: Grid) -> None:
    """A row none of whose cells is filled is printed without them: its label, and the table goes on."""
    blank = [line for line in grid.lines if _is_blank(line)]
    for line in blank if len(blank) <= 3 else ():
        line[:] = [slot for slot in line if slot.role != "value"]


def _is_blank(line: list[Slot]) -> bool:
    values = [slot.text.strip(" \u3000\xa0/／") for slot in line if slot.role == "value"]
    return bool(values) and not any(values)


# --- labels ----------------------------------------------------------------------------------------

_SHARE = {"lost_glyph": 0.2, "typo": 0.2, "letterspaced": 0.5, "synonyms": 1.0}


def _damage(paper: Paper, knobs: Knobs, rng: random.Random) -> None:
    for name in sorted(set(knobs) & labels.DAMAGE.keys()):
        damage, share = labels.DAMAGE[name], _SHARE.get(name, 1.0)
        for grid in paper.grids:
            for slot in grid.slots:
                if slot.role in ("label", "header", "title") and rng.random() < share:
                    slot.text = damage(slot.text, rng)
        if name in labels.EVERYWHERE:
            for line in paper.lines:
                line.text = damage(line.text, rng)
