"""A clerk at the pages of acts: what is posted, what a page says."""

import re
from datetime import date, datetime
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.casework.models import Application
from tests.casework.cases import moment


class Clock:
    """Sets the day that pages take for today."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = timezone.now()
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def set(self, day: date, hour: int = 10) -> datetime:
        self.now = moment(day, hour)
        return self.now


class Clerk:
    """Somebody who opens pages of a case and fills in forms."""

    def __init__(self, account: Account) -> None:
        self.account = account

    @property
    def client(self) -> Client:
        """Signed in afresh, for a session does not outlast a day."""
        client = Client()
        client.force_login(self.account)
        return client

    def case(self, case: Application) -> str:
        answer = self.client.get(reverse("casework:case", args=[case.pk]))
        assert answer.status_code == 200
        return text_of(answer)

    def open(self, case: Application, act: str) -> str:
        answer = self.client.get(reverse("casework:act", args=[case.pk, act]))
        assert answer.status_code == 200
        return text_of(answer)

    def act(self, case: Application, act: str, status: int = 302, **given: object) -> str:
        """Post an act as a person does who has just opened its page; the text that comes back."""
        case.refresh_from_db()
        data = {"revision": case.revision} | given
        answer = self.client.post(reverse("casework:act", args=[case.pk, act]), data)
        said = text_of(answer)
        assert answer.status_code == status, said
        case.refresh_from_db()
        return said


def text_of(answer) -> str:
    """What stands on a page, without marks and line ends."""
    page = re.sub(r"<[^>]+>", "", answer.content.decode())
    return unescape(re.sub(r"\s+", "", page))
