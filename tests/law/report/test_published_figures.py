"""The checks on figures of published reports: every error that is one, and none that is not.

The figures lie in a folder ``shared`` beside the repository; without it these tests are skipped.
"""

import json
from pathlib import Path

import pytest

from gongkai.law.report.checks import check
from gongkai.law.report.exchange import from_json
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.relations import evaluate
from gongkai.law.report.repair import repaired, repairs

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "figures"
REPORTS = sorted(path.stem for path in FOLDER.glob("*.json")) if FOLDER.is_dir() else []

pytestmark = pytest.mark.skipif(not REPORTS, reason="no folder of published reports beside the repository")

ERRORS = {
    "hongze-2023": [
        ("T4-01", "table4.reconsideration.total", 11, 0),
        ("T4-03", "table4.suit_after_reconsideration.total", 5, 0),
    ],
    "pingtan-2020": [
        ("T3-02", "table3.handled_total.natural_person", 26, 20),
        ("T3-02", "table3.handled_total.total", 27, 21),
    ],
}
BESIDES = {
    "hongze-2023": ["F-01"],
    "pingtan-2020": ["T2-05"],
    "shanghai-office-2019": ["T3-04"] * 5,
    "tacheng-edu-2020": ["T3-04"],
}


def published(name: str) -> FilledReport:
    return from_json(json.loads((FOLDER / f"{name}.json").read_text("utf-8")))


@pytest.mark.parametrize("name", REPORTS)
def test_errors_are_those_the_figures_have(name: str) -> None:
    found = check(published(name))
    errors = [(f.code, f.cells[0], f.expected, f.found) for f in found if f.severity == "error"]
    assert errors == ERRORS.get(name, [])
    assert [f.code for f in found if f.severity != "error"] == BESIDES.get(name, [])


@pytest.mark.parametrize("name", REPORTS)
def test_what_is_broken_can_be_mended(name: str) -> None:
    report = published(name)
    found = repairs(report)
    assert bool(found) == (name in ERRORS)
    for repair in found:
        broken = {e.relation for e in evaluate(repaired(report, repair)) if e.verdict != "holds"}
        assert broken.isdisjoint(repair.mends)


def test_two_totals_printed_as_zero_are_the_publishers() -> None:
    found = [repair for repair in repairs(published("hongze-2023")) if repair.source == "publisher"]
    first = {repair.mends[0].code: repair for repair in reversed(found)}
    changes = {code: repair.changes[0] for code, repair in first.items()}
    assert {code: (c.address, c.found, c.proposed) for code, c in changes.items()} == {
        "T4-01": ("table4.reconsideration.total", 0, 11),
        "T4-03": ("table4.suit_after_reconsideration.total", 0, 5),
    }


def test_six_too_many_may_be_in_one_of_two_rows() -> None:
    found = repairs(published("pingtan-2020"))
    assert [[(c.address, c.proposed) for c in repair.changes] for repair in found] == [
        [("table3.partly_granted.natural_person", 0), ("table3.partly_granted.total", 0)],
        [("table3.granted.natural_person", 0), ("table3.granted.total", 1)],
    ]
    assert {repair.equals for repair in found} == {2}
