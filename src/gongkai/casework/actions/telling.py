"""Telling the people of an office about a case, each thing once."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from gongkai.agencies.models import Account
from gongkai.casework.models import Application
from gongkai.notices.actions import notify


@transaction.atomic
def tell(
    *,
    case: Application,
    to: Iterable[Account],
    kind: str,
    title: str,
    text: str,
    key: str,
    by: Account | None,
    at: datetime,
) -> None:
    """A notice about a case to some people, but not to the one who acts; once for each ``key``."""
    for person in to:
        if by is not None and person.pk == by.pk:
            continue
        notify(
            agency=case.agency,
            to=person,
            kind=kind,
            title=title,
            text=text,
            link=reverse("casework:case", args=[case.pk]),
            key=key,
            by=by,
            at=at,
        )
