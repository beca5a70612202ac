"""Deciding anew: a case of its own that follows from a decision or a judgment."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.casework.actions.log import append
from gongkai.casework.actions.redecision import UnableToDecideAnew, open_redecision
from gongkai.casework.identity import query_code_digest
from gongkai.casework.models import Application
from gongkai.law.rulebook import CountingRules
from tests.casework.cases import IDENTITY, moment, register

ARRIVED, ANSWERED, ORDERED = date(2025, 3, 3), date(2025, 3, 24), date(2025, 6, 9)
UNTIL = date(2025, 6, 30)
BASIS = "示例市人民政府行政复议决定（示复决〔2025〕1号）"

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast) -> Application:
    case = register(cast, ARRIVED).case
    details = {"decision": "denied.deliberative"}
    append(case=case, kind="answered", on=ANSWERED, by=cast.officer, at=moment(ANSWERED), details=details)
    case.refresh_from_db()
    return case


def anew(cast, case: Application, by=None, **changes) -> Application:
    given = {"basis": BASIS, "received_on": ORDERED, "ordered_until": UNTIL}
    return open_redecision(case=case, **given | changes, by=by or cast.officer, at=moment(date(2025, 6, 10)))


def test_it_is_due_on_the_day_that_was_ordered(cast, case):
    made = anew(cast, case)
    assert (made.re_decides, made.received_on, made.due_on) == (case, ORDERED, UNTIL)
    assert made.number != case.number and made.is_open
    received = made.events.get(kind="received")
    assert received.reason == BASIS and received.details["ordered_until"] == "2025-06-30"


def test_without_a_term_the_ordinary_period_runs(cast, case):
    assert anew(cast, case, ordered_until=None).due_on == date(2025, 7, 7)


def test_the_applicant_is_copied_and_follows_it_with_the_code_they_have(cast, case):
    made = anew(cast, case)
    assert made.applicant.identity == IDENTITY
    assert made.applicant.fingerprint == case.applicant.fingerprint
    assert made.query_code == query_code_digest(made.number, case.applicant.query_code)
    assert (made.description, made.title) == (case.description, case.title)


def test_it_is_not_counted_as_long_as_the_rules_say_so(cast, case, monkeypatch):
    assert anew(cast, case).counted is False


def test_it_is_counted_where_the_rules_say_so(cast, case, monkeypatch):
    from dataclasses import replace

    rules = replace(CountingRules.load(), redecision_count="new_case")
    monkeypatch.setattr(CountingRules, "load", staticmethod(lambda: rules))
    assert anew(cast, case).counted is True


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"basis": " "}, "写明依据"),
        ({"received_on": date(2025, 6, 11)}, "还没有到"),
        ({"received_on": date(2025, 3, 23)}, "早于原答复"),
        ({"ordered_until": date(2025, 6, 8)}, "限定的最后一日"),
    ],
)
def test_what_makes_no_sense_is_refused(cast, case, changes, why):
    with pytest.raises(UnableToDecideAnew, match=why):
        anew(cast, case, **changes)
    assert Application.objects.count() == 1


def test_an_open_case_is_answered_itself(cast):
    open_case = register(cast, ARRIVED).case
    with pytest.raises(UnableToDecideAnew, match="直接在本件"):
        anew(cast, open_case)


def test_one_at_a_time(cast, case):
    first = anew(cast, case)
    with pytest.raises(UnableToDecideAnew, match=first.number):
        anew(cast, case)


def test_only_those_who_work_on_the_case(cast, case):
    with pytest.raises(UnableToDecideAnew):
        anew(cast, case, by=cast.stranger)


def test_the_page_asks_for_the_paper_and_opens_the_case(cast, case, client):
    client.force_login(cast.officer)
    address = reverse("casework:redecide", args=[case.pk])
    assert "依据" in client.get(address).content.decode()
    wrong = client.post(address, {"basis": BASIS, "received_on": "某日"})
    assert wrong.status_code == 422 and BASIS in wrong.content.decode()
    early = client.post(address, {"basis": BASIS, "received_on": "2025年3月23日"})
    assert early.status_code == 409 and "早于原答复" in early.content.decode()
    done = client.post(
        address, {"basis": BASIS, "received_on": "2025年6月9日", "ordered_until": "2025-06-30"}
    )
    made = Application.objects.get(re_decides=case)
    assert done.url == reverse("casework:case", args=[made.pk])
    assert "现在不能办" in client.get(address).content.decode()
    client.force_login(cast.stranger)
    assert client.get(address).status_code == 404
