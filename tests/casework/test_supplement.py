"""补正: told once, within seven working days; the clock begins anew with what comes back."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.casework.actions.supplement import (
    UnableToReceiveSupplement,
    UnableToRequestSupplement,
    receive_supplement,
    request_supplement,
)
from gongkai.casework.models import Letter
from tests.casework.acting import Clerk, Clock, text_of
from tests.casework.cases import moment, profile, register, signed

MONDAY, WEDNESDAY, FRIDAY = date(2025, 9, 8), date(2025, 9, 10), date(2025, 9, 12)
TYPED = {"unclear": "没有写明年度", "items": "写明要哪一年的清单", "until": "2025年9月30日"}


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock(monkeypatch)
    clock.set(WEDNESDAY)
    return clock


@pytest.fixture
def case(cast, clock):
    profile(cast)
    return register(cast, MONDAY).case


def request(case, by, on=WEDNESDAY, until=date(2025, 9, 30)) -> Letter:
    return request_supplement(
        case=case, unclear=["没有写明年度"], items=["写明哪一年"], until=until, by=by, at=moment(on)
    )


def test_the_form_drafts_the_notice_and_leads_to_it(cast, case):
    clerk = Clerk(cast.officer)
    clerk.act(case, "supplement", **TYPED)
    letter = case.letters.get()
    page = clerk.client.get(reverse("casework:letter", args=[letter.pk]))
    assert "写明要哪一年的清单" in text_of(page)
    assert (letter.kind, letter.state) == ("supplement_notice", "draft")
    assert letter.act == {"kind": "supplement_requested", "until": "2025-09-30"}
    assert case.state == "in_progress", "a draft does nothing to the clock"


def test_what_was_typed_is_still_there_when_a_day_is_nonsense(cast, case):
    said = Clerk(cast.officer).act(case, "supplement", 422, **TYPED | {"until": "下个月"})
    assert "“下个月”不是日期" in said
    assert "写明要哪一年的清单" in said
    assert not case.letters.exists()


def test_a_period_that_is_over_before_it_begins_is_refused_with_its_article(cast, case):
    said = Clerk(cast.officer).act(case, "supplement", 409, **TYPED | {"until": "2025-09-10"})
    assert "不是合理期限" in said and "第三十条" in said


def test_looking_at_what_it_would_do_does_nothing(cast, case):
    said = Clerk(cast.officer).act(case, "supplement", 200, look="1", **TYPED)
    assert "期限停计" in said and "2025年10月11日" in said, "the due day before, and that it stands after"
    assert not case.letters.exists()


def test_a_rest_day_as_the_last_day_is_pointed_out(cast, case):
    said = Clerk(cast.officer).act(case, "supplement", 200, look="1", **TYPED | {"until": "2025-10-01"})
    assert "2025年10月1日不上班" in said


def test_no_second_notice_is_drafted_beside_the_first(cast, case):
    request(case, cast.officer)
    with pytest.raises(UnableToRequestSupplement, match="不要重复起草"):
        request(case, cast.head)
    assert "不要重复起草" in Clerk(cast.officer).open(case, "supplement")


def test_the_applicant_is_asked_only_once(cast, case, clock):
    signed(request(case, cast.officer), cast.head, on=WEDNESDAY)
    receive_supplement(case=case, on=FRIDAY, description="", by=cast.officer, at=moment(FRIDAY))
    with pytest.raises(UnableToRequestSupplement, match=r"一次性告知.*第三十条"):
        request(case, cast.officer, on=FRIDAY)
    clock.set(FRIDAY)
    said = Clerk(cast.officer).open(case, "supplement")
    assert "不能再次要求补正" in said and "第三十条" in said
    assert "没有写明" not in said, "no form where nothing can come of it"


def test_the_period_begins_anew_and_the_text_is_replaced(cast, case, clock):
    signed(request(case, cast.officer), cast.head, on=WEDNESDAY)
    clock.set(FRIDAY)
    said = Clerk(cast.officer).act(
        case, "supplemented", on_day="2025-09-12", description="2024年度清单（示例）"
    )
    case.refresh_from_db()
    assert case.state == "in_progress", said
    assert (case.due_on, case.description) == (date(2025, 10, 16), "2024年度清单（示例）")


def test_a_supplement_cannot_come_in_tomorrow(cast, case):
    signed(request(case, cast.officer), cast.head, on=WEDNESDAY)
    with pytest.raises(UnableToReceiveSupplement, match="还没有到"):
        receive_supplement(case=case, on=FRIDAY, description="", by=cast.officer, at=moment(WEDNESDAY, 15))


def test_nothing_comes_back_that_was_not_asked_for(cast, case):
    with pytest.raises(UnableToReceiveSupplement, match="没有待补正的告知"):
        receive_supplement(case=case, on=WEDNESDAY, description="", by=cast.officer, at=moment(WEDNESDAY))


def test_after_seven_working_days_the_button_says_why_it_is_closed(cast, case, clock):
    clock.set(date(2025, 9, 18))
    said = Clerk(cast.officer).case(case)
    assert "已于2025年9月17日届满" in said
