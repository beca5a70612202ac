"""A fixed handful of generated reports in every shape: no cell read wrong in silence, hardly any not read.

``make trials`` runs thousands of them; this is what fits in a test run.
"""

from collections.abc import Sequence

import pytest

from gongkai.documents.reading import read
from messy.case import make_case
from messy.knobs import KNOBS, SEPARATED, SHAPES, SLOW
from messy.scoring import Score, score
from messy.shapes.browser import CHROMIUM
from messy.trials import describe

SEEDS = {"pdf": 8, "pdf_plain": 8, "wordxml": 6}
MANY = 24


def results_for(shape: str) -> list[Score]:
    return [score(make_case(shape, seed), read) for seed in range(SEEDS.get(shape, MANY))]


def share_right(results: Sequence[Score]) -> float:
    return sum(r.right for r in results) / sum(r.cells for r in results)


@pytest.mark.parametrize("shape", [shape for shape in SEPARATED if shape not in SLOW])
def test_separate_cells_are_read_right(shape: str) -> None:
    results = results_for(shape)
    faults = "\n".join(describe(r) for r in results if not r.is_perfect)
    assert not [r for r in results if r.wrong], faults
    assert share_right(results) >= 0.995, faults


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium to print with")
def test_a_page_printed_by_a_browser_is_read_right() -> None:
    result = score(make_case("pdf_browser", 3, ()), read)
    assert result.is_perfect, describe(result)


def test_run_together_cells_are_read_right_or_doubted() -> None:
    results = [r for r in results_for("solid") if not r.case.truth.errors]
    faults = "\n".join(describe(r) for r in results if not r.is_perfect)
    assert not [r for r in results if r.wrong], faults
    assert share_right(results) >= 0.90, faults


def test_a_case_is_the_same_every_time() -> None:
    first, second = make_case("html", 5), make_case("html", 5)
    assert (first.data, first.truth) == (second.data, second.truth)


@pytest.mark.parametrize("trap", range(1, 16))
def test_every_trap_seen_in_published_reports_has_its_knob(trap: int) -> None:
    """Plausibility (12) and year pairs (15) are not ways a file is messy: the checks have their own tests."""
    assert trap in (12, 15) or any(
        knob.trap == trap and set(knob.shapes) <= set(SHAPES) for knob in KNOBS.values()
    )
