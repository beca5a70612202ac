"""How table 4 counts the register: each remedy once, by its state on 31 December."""

from datetime import date

import pytest

from gongkai.law.remedies import remedy_results
from gongkai.law.report.formats import format_for
from gongkai.remedies.actions import log, results
from gongkai.remedies.models import COLUMNS
from gongkai.remedies.queries import counted_remedies
from gongkai.reporting.counting import count_table4
from gongkai.reporting.registers import counted_remedy
from tests.casework.cases import moment
from tests.remedies.remedies import (
    answered_case,
    appealed,
    decided,
    decided_again,
    notified,
    reconsideration,
    suit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return answered_case(cast)


@pytest.fixture
def cells(cast):
    """The cells of a year that are not 0, totals left out."""

    def count(year: int) -> dict[str, int]:
        remedies = [counted_remedy(entry) for entry in counted_remedies(cast.agency)]
        form = format_for(year)
        assert form is not None
        figures = count_table4(remedies, year, form).figures
        return {
            address.removeprefix("table4."): number
            for address, number in figures.items()
            if number and not address.endswith(".total")
        }

    return count


def test_a_remedy_not_yet_decided_is_pending(cast, case, cells):
    reconsideration(cast, case)
    suit(cast, case, date(2025, 5, 6))
    assert cells(2025) == {"reconsideration.pending": 1, "direct_suit.pending": 1}


@pytest.mark.parametrize(("forum", "code"), [k for k in remedy_results() if k[0] == "reconsideration"])
def test_every_decision_on_a_reconsideration_has_its_column(cast, case, cells, forum, code):
    decided(cast, notified(cast, reconsideration(cast, case), date(2025, 4, 8)), code, date(2025, 6, 3))
    column = remedy_results()[forum, code].column
    assert cells(2025) == {f"reconsideration.{column}": 1}
    assert column in dict(COLUMNS)


@pytest.mark.parametrize("code", [code for code, _ in results.first_results("litigation")])
def test_every_judgment_of_the_first_instance_has_its_column(cast, case, cells, code):
    decided(
        cast, notified(cast, suit(cast, case, date(2025, 5, 6)), date(2025, 5, 12)), code, date(2025, 8, 1)
    )
    assert cells(2025) == {f"direct_suit.{remedy_results()['litigation', code].column}": 1}


def test_a_suit_after_reconsideration_has_its_own_block_beside_the_reconsideration(cast, case, cells):
    review = notified(cast, reconsideration(cast, case), date(2025, 4, 8))
    decided(cast, review, "upheld", date(2025, 6, 3))
    suit(cast, case, date(2025, 6, 10), after=review)
    assert cells(2025) == {"reconsideration.upheld": 1, "suit_after_reconsideration.pending": 1}


def test_two_instances_are_one_case_with_the_latest_result(cast, case, cells):
    remedy = notified(cast, suit(cast, case, date(2025, 5, 6)), date(2025, 5, 12))
    decided(cast, remedy, "claims_dismissed", date(2025, 8, 1))
    appealed(cast, remedy, date(2025, 8, 8))
    decided_again(cast, remedy, "revoked", date(2025, 12, 30))
    assert cells(2025) == {"direct_suit.overturned": 1}


def test_a_suit_under_appeal_at_the_end_of_the_year_is_pending_and_counted_again_when_it_ends(
    cast, case, cells
):
    remedy = notified(cast, suit(cast, case, date(2025, 9, 8)), date(2025, 9, 15))
    decided(cast, remedy, "claims_dismissed", date(2025, 12, 12))
    appealed(cast, remedy, date(2025, 12, 20))
    decided_again(cast, remedy, "affirmed", date(2026, 2, 5))
    assert cells(2025) == {"direct_suit.pending": 1}
    assert cells(2026) == {"direct_suit.upheld": 1}


def test_a_remanded_suit_is_pending_at_the_end_of_the_year(cast, case, cells):
    remedy = notified(cast, suit(cast, case, date(2025, 5, 6)), date(2025, 5, 12))
    decided(cast, remedy, "claims_dismissed", date(2025, 8, 1))
    appealed(cast, remedy, date(2025, 8, 8))
    decided_again(cast, remedy, "remanded", date(2025, 11, 3))
    assert cells(2025) == {"direct_suit.pending": 1}


def test_the_day_of_the_decision_counts_not_the_day_it_arrived(cast, case, cells):
    review = notified(cast, reconsideration(cast, case), date(2025, 4, 8))
    verdict = results.Verdict("revoked", date(2025, 12, 31), date(2026, 1, 5))
    results.record_result(remedy=review, verdict=verdict, by=cast.officer, at=moment(date(2026, 1, 6)))
    assert cells(2025) == {"reconsideration.overturned": 1}


def test_what_was_withdrawn_is_another_result(cast, case, cells):
    day = date(2025, 5, 20)
    for remedy in (reconsideration(cast, case), suit(cast, case, date(2025, 5, 6))):
        results.record_withdrawal(remedy=remedy, on=day, reason="准予撤回", by=cast.officer, at=moment(day))
    assert cells(2025) == {"reconsideration.other_result": 1, "direct_suit.other_result": 1}


def test_a_struck_result_does_not_count(cast, case, cells):
    review = notified(cast, reconsideration(cast, case), date(2025, 4, 8))
    decided(cast, review, "revoked", date(2025, 6, 3))
    event = review.events.get(kind="decided")
    log.strike(event=event, reason="登记错了", by=cast.head, at=moment(date(2025, 6, 4)))
    assert cells(2025) == {"reconsideration.pending": 1}


def test_other_agencies_remedies_are_not_counted_here(cast, case, cells):
    reconsideration(cast, case)
    assert list(counted_remedies(cast.above)) == []


def test_the_register_is_read_in_two_queries(cast, case, django_assert_num_queries):
    for number in range(3):
        filed = reconsideration(cast, case, body_number=f"示复{number}号")
        decided(cast, notified(cast, filed, date(2025, 4, 8)), "upheld", date(2025, 6, 3))
    with django_assert_num_queries(2):
        assert len(list(counted_remedies(cast.agency))) == 3
