"""信息处理费: reckoned by the month, noticed, paid within twenty working days, or the case lapses."""

from datetime import date
from decimal import Decimal

import pytest

from gongkai.casework.actions import fees
from gongkai.casework.actions.service import serve_letter
from gongkai.casework.policies.charging import fee_due, fee_steps
from gongkai.casework.queries.acts import fee_standing
from gongkai.documents.letters import Letter as Paper
from gongkai.law.fees import fee
from gongkai.law.service import ServiceKind, ServiceMethod
from tests.casework.acting import Clerk, Clock
from tests.casework.cases import IDENTITY, moment, profile, register, signed

MONDAY, WEDNESDAY = date(2025, 9, 8), date(2025, 9, 10)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock(monkeypatch)
    clock.set(WEDNESDAY)
    return clock


@pytest.fixture
def case(cast, clock):
    """The twelfth application of one applicant in a month."""
    profile(cast)
    for _ in range(11):
        register(cast, MONDAY)
    return register(cast, MONDAY).case


def notice(case, by, basis="case", quantity=12, reason="本月12件"):
    return fees.notice_fee(
        case=case,
        basis=basis,
        quantity=quantity,
        reason=reason,
        payment=["示例账户"],
        by=by,
        at=moment(WEDNESDAY),
    )


def served(case, cast):
    letter = signed(notice(case, cast.officer), cast.head, on=WEDNESDAY)
    serve_letter(
        letter=letter, method=ServiceMethod.DIRECT, on=WEDNESDAY, by=cast.officer, at=moment(WEDNESDAY, 15),
        also=ServiceKind.SIGNED,
    )  # fmt: skip
    case.refresh_from_db()


@pytest.mark.parametrize("number", [1, 10, 11, 30, 31, 45, 60, 100])
def test_what_single_cases_cost_adds_up_to_the_tariff(number):
    assert sum(fee_due("case", n, MONDAY) for n in range(1, number + 1)) == fee("case", number, MONDAY).amount


def test_the_counter_knows_one_applicant_one_month_one_agency(cast, case):
    register(cast, date(2025, 9, 9), identity=IDENTITY | {"id_number": "000000199001010001"})
    register(cast, date(2025, 8, 29))
    standing = fee_standing(case, WEDNESDAY)
    assert (standing.count, standing.place, standing.amount) == (12, 12, 100)


def test_the_form_proposes_the_amount_and_shows_the_reckoning(cast, case):
    said = Clerk(cast.officer).open(case, "fee")
    assert "有12件申请，本件是第12件" in said
    assert "应缴100元" in said and "第11件起每件100元" in said


def test_the_notice_charges_this_case_and_not_the_month(cast, case):
    Clerk(cast.officer).act(case, "fee", basis="case", quantity="12", reason="本月12件", payment="示例账户")
    letter = case.letters.get()
    assert letter.act == {"kind": "fee_noticed", "basis": "case", "quantity": 12, "amount": 100}
    words = Paper.from_json(letter.content).body_text
    assert "100元" in words and "200元" not in words


def test_by_page_the_slices_are_added():
    assert fee_due("page", 68, MONDAY) == 380
    assert fee_steps("page", 68, MONDAY)[-1].startswith("合计68页")


@pytest.mark.parametrize(("basis", "quantity"), [("case", 10), ("page", 30), ("case", 0), ("page", -5)])
def test_where_nothing_is_due_no_notice_is_written(cast, case, basis, quantity):
    with pytest.raises(fees.UnableToCharge, match="应缴0元"):
        notice(case, cast.officer, basis, quantity)


def test_the_clock_stands_from_the_service_and_begins_anew_with_the_payment(cast, case, clock):
    served(case, cast)
    assert (case.state, case.due_on) == ("awaiting_fee", None)
    clock.set(date(2025, 9, 15))
    Clerk(cast.officer).act(case, "payment", on_day="2025-09-15")
    assert (case.state, case.due_on) == ("in_progress", date(2025, 10, 17))


def test_a_payment_after_the_twentieth_day_is_too_late(cast, case, clock):
    served(case, cast)
    with pytest.raises(fees.UnableToEnterPayment, match="缴费期限已于2025年10月14日届满"):
        fees.enter_payment(case=case, on=date(2025, 10, 15), by=cast.officer, at=moment(date(2025, 10, 15)))
    clock.set(date(2025, 10, 15))
    said = Clerk(cast.officer).case(case)
    assert "缴费期限已于2025年10月14日届满" in said and "告知不再处理" in said


def test_a_case_is_charged_once(cast, case):
    served(case, cast)
    fees.enter_payment(case=case, on=WEDNESDAY, by=cast.officer, at=moment(WEDNESDAY, 16))
    with pytest.raises(fees.UnableToCharge, match="只能发一次"):
        notice(case, cast.officer)


def test_the_amount_is_kept_as_it_was_printed(cast, case):
    letter = notice(case, cast.officer)
    assert Decimal(str(letter.fields["amount"])) == letter.act["amount"] == 100
