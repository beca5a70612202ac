"""Days that nobody means — the year 1, the year 9999 — are refused in a sentence wherever a day is typed."""

from datetime import date

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from gongkai.casework.forms.acts import ACT_FORMS
from gongkai.casework.forms.desk import TypedDay
from gongkai.casework.models import LocalDay
from gongkai.law.receipt import Channel
from tests.casework.acting import Clock
from tests.casework.cases import profile, register

TODAY = date(2025, 9, 10)
ODD = ("0001-01-01", "1900-01-01", "2019-05-14", "2100-01-01", "9999-12-31")
TAKING_A_DAY = [
    code
    for code, form in ACT_FORMS.items()
    if any(isinstance(field, TypedDay) for field in form.base_fields.values())
]
every_odd_day = pytest.mark.parametrize("day", ODD)


@pytest.fixture(autouse=True)
def clock(monkeypatch) -> Clock:
    clock = Clock(monkeypatch)
    clock.set(TODAY)
    return clock


@pytest.fixture
def head(cast) -> Client:
    profile(cast)
    client = Client()
    client.force_login(cast.head)
    return client


def filled(form: forms.Form, day: str) -> dict[str, object]:
    """Something in every field, the odd day in those that take one."""
    given: dict[str, object] = {"revision": form.case.revision}
    for name, field in form.fields.items():
        if isinstance(field, TypedDay):
            given[name] = day
        elif isinstance(field, forms.IntegerField):
            given[name] = 20
        elif isinstance(field, forms.ChoiceField) and list(field.choices):
            given[name] = list(field.choices)[-1][0]
        elif not isinstance(field, forms.BooleanField):
            given[name] = "示例一\n示例二"
    return given


@every_odd_day
@pytest.mark.parametrize("act", TAKING_A_DAY)
@pytest.mark.parametrize("button", [{}, {"look": "1"}])
def test_in_an_act(cast, head, act, day, button):
    case = register(cast, date(2025, 9, 8)).case
    form = ACT_FORMS[act](case, cast.head, TODAY)
    answer = head.post(reverse("casework:act", args=[case.pk, act]), filled(form, day) | button)
    assert answer.status_code in {200, 302, 409, 422}


@every_odd_day
def test_at_the_counter_and_at_its_confirmation(cast, head, day):
    case = register(cast, TODAY, channel=Channel.FAX).case
    for form, given in (
        ("confirmation", {"on": day, "party": "office", "reached": "yes", "how": "示例"}),
        ("receipt-day", {"on": day, "reason": "示例"}),
        ("internal-due", {"until": day}),
    ):
        assert head.post(f"/office/cases/{case.pk}/{form}/", {"back": "case"} | given).status_code == 302
        assert head.get(f"/office/cases/{case.pk}/").status_code == 200
    case.refresh_from_db()
    assert case.received_on is None


@every_odd_day
def test_in_the_calendar_and_the_filters(cast, head, day):
    given = {
        "day": day,
        "worked": "off",
        "scope": LocalDay.Scope.choices[0][0],
        "why": "示例",
        "source": "示例",
    }
    answer = head.post("/office/days/edu/", given)
    assert answer.status_code in ({302} if day == "2019-05-14" else {422})
    for name in ("due_from", "due_to", "received_from", "received_to"):
        assert head.get("/office/cases/", {name: day}).status_code in {200, 422}


def test_the_head_approves_the_days_that_were_looked_at_and_no_others(cast, head):
    def entered(day: str) -> LocalDay:
        given = {"day": day, "worked": "off", "scope": "local", "why": "示例", "source": "示例"}
        given["scope"] = LocalDay.Scope.choices[-1][0]
        assert head.post("/office/days/edu/", given).status_code == 302
        return LocalDay.objects.get(day=day)

    first = entered("2025-09-11")
    page = head.get("/office/days/edu/").content.decode()
    assert f'name="seen" value="{first.pk}"' in page
    second = entered("2025-09-12")
    refused = head.post("/office/days/edu/approve/", {"seen": first.pk}, follow=True)
    assert "待批准的日子有变动" in refused.content.decode()
    assert not LocalDay.objects.filter(approved_at__isnull=False).exists()
    head.post("/office/days/edu/approve/", {"seen": [first.pk, second.pk]})
    assert LocalDay.objects.filter(approved_at__isnull=False).count() == 2
