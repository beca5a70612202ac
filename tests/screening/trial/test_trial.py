"""A few hundred labelled files reach the pass marks in every run; the trial has ten thousand."""

from random import Random

import pytest

from tests.screening.trial.disguises import CELL_DISGUISES, DISGUISES
from tests.screening.trial.judging import MARKS, Tally, folded, judge
from tests.screening.trial.labelled import Labelled, made
from tests.screening.trial.marks import REPORTS, false_alarms, missed
from tests.screening.trial.trials import falls_short

SEED, FILES = 20261124, 400


@pytest.fixture(scope="module")
def files() -> list[Labelled]:
    return [made(SEED, number) for number in range(FILES)]


@pytest.fixture(scope="module")
def tally(files: list[Labelled]) -> Tally:
    whole = Tally()
    for one in files:
        whole.add(judge(one))
    return whole


def test_the_same_number_of_the_same_seed_gives_the_same_labels() -> None:
    first, again, other = made(1, 7), made(1, 7), made(2, 7)
    assert (first.truths, first.name) == (again.truths, again.name)
    assert first.data != other.data


def test_a_third_of_the_files_leak_and_every_format_is_among_them(files: list[Labelled]) -> None:
    assert 0.25 < sum(bool(one.truths) for one in files) / FILES < 0.4
    assert {one.shape for one in files} >= {
        *("txt", "csv", "html", "docx", "xlsx", "xls", "pdf", "plain pdf", "zip", "picture")
    }


def test_what_is_labelled_is_found_and_little_else(tally: Tally) -> None:
    assert falls_short(tally) == []
    assert all(tally.found[label] > 10 for label in MARKS)


def test_files_without_leaks_are_not_flagged(tally: Tally) -> None:
    assert tally.flagged_clean <= 0.01 * (tally.files - tally.leaky)


def test_a_scan_is_never_taken_for_text(tally: Tally) -> None:
    assert tally.pictures > 2
    assert tally.pictures_passed == 0


@pytest.mark.parametrize("way", [*DISGUISES, *CELL_DISGUISES])
def test_a_disguise_keeps_every_digit(way: str) -> None:
    ways = DISGUISES | CELL_DISGUISES
    assert "11010119900307907X" in folded(ways[way](Random(1), "11010119900307907X").replace("号码", ""))


def test_marks_of_secrecy_sown_into_ordinary_papers_are_all_found() -> None:
    assert missed(180) == {}


@pytest.mark.skipif(not REPORTS.exists(), reason="no folder of published reports beside the repository")
def test_published_reports_raise_no_more_than_one_false_alarm_on_twenty_pages() -> None:
    alarms, pages = false_alarms()
    assert pages > 5
    assert len(alarms) <= pages / 20
