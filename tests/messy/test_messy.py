"""A fixed handful of generated reports in every shape: no cell read wrong in silence, hardly any not read.

``make trials`` runs thousands of them; this is what fits in a test run.
"""

import random
from collections.abc import Sequence

import pytest

from gongkai.documents.reading import read
from messy.case import make_case
from messy.knobs import KNOBS, SEPARATED, SHAPES, SLOW, draw_knobs
from messy.scoring import Score, score
from messy.shapes.browser import CHROMIUM
from messy.trials import describe

QUICK = [shape for shape in SEPARATED if shape not in SLOW]
SEEDS = {"pdf": 8, "pdf_plain": 8, "wordxml": 8}
MANY = 20
FLOORS = {"lines": 0.985, "aligned": 0.95, "pdf_plain": 0.90}
"""What is reached where no rule and no separator shows the cells; 99.5 % everywhere else."""


def results_for(shape: str, *, seen_only: bool = False) -> list[Score]:
    """The first seeds of a shape, with any knobs or with those seen in published reports."""
    knobs = [
        draw_knobs(random.Random(f"seen/{shape}/{seed}"), shape, seen_only=True) if seen_only else None
        for seed in range(SEEDS.get(shape, MANY))
    ]
    return [score(make_case(shape, seed, chosen), read) for seed, chosen in enumerate(knobs)]


def share_right(results: Sequence[Score]) -> float:
    return sum(r.right for r in results) / sum(r.cells for r in results)


def faults(results: Sequence[Score]) -> str:
    return "\n".join(describe(r) for r in results if not r.is_perfect)


@pytest.mark.parametrize("shape", QUICK)
def test_no_cell_is_read_wrong_in_silence(shape: str) -> None:
    results = results_for(shape)
    assert not [r for r in results if r.wrong], faults(results)


@pytest.mark.parametrize("shape", QUICK)
def test_what_published_reports_do_is_read_right(shape: str) -> None:
    results = results_for(shape, seen_only=True)
    assert share_right(results) >= FLOORS.get(shape, 0.995), faults(results)


def test_run_together_cells_are_read_right_or_doubted() -> None:
    """Published errors are left out: where the true reading breaks a sum, nothing can tell it."""
    results = [r for r in results_for("solid") if not r.case.truth.errors]
    assert not [r for r in results if r.wrong], faults(results)
    assert share_right(results) >= 0.90, faults(results)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium to print with")
def test_a_page_printed_by_a_browser_is_read_right() -> None:
    result = score(make_case("pdf_browser", 3, ()), read)
    assert result.is_perfect, describe(result)


def test_a_case_is_the_same_every_time() -> None:
    first, second = make_case("html", 5), make_case("html", 5)
    assert (first.data, first.truth) == (second.data, second.truth)


@pytest.mark.parametrize("trap", range(1, 16))
def test_every_trap_seen_in_published_reports_has_its_knob(trap: int) -> None:
    """Plausibility (12) and year pairs (15) are not ways a file is messy: the checks have their own tests."""
    assert trap in (12, 15) or any(
        knob.trap == trap and set(knob.shapes) <= set(SHAPES) for knob in KNOBS.values()
    )
