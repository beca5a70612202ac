"""Asking before anything is written: would this act be lawful, is it under way already?"""

from datetime import date

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.models import Application
from gongkai.casework.policies.acts import kind_open, lawful
from gongkai.casework.policies.people import may_act, may_work_on
from gongkai.law.clock.events import Event, Withdrawn
from gongkai.law.limits import chinese_date


def require(case: Application, event: Event, by: Account | None, refused: type[ActionRefused]) -> None:
    """Raises ``refused`` where the person may not act, or the law does not allow the event.

    A joined application may still be withdrawn: each applicant takes back what is theirs.
    """
    may = may_work_on if isinstance(event, Withdrawn) else may_act
    against = (may(case, by) if by else None) or lawful(case, event)
    if against:
        raise refused(against)


def require_none_under_way(case: Application, kind: str, refused: type[ActionRefused]) -> None:
    """Raises ``refused`` where a letter of this kind is being written or approved already."""
    against = kind_open(case, kind)
    if against:
        raise refused(against)


def require_past(day: date, today: date, refused: type[ActionRefused]) -> None:
    """Raises ``refused`` for a day to come."""
    if day > today:
        raise refused(Refusal(f"{chinese_date(day)}还没有到（今天是{chinese_date(today)}），请核对日期。"))


def require_reason(text: str, sentence: str, article: str, refused: type[ActionRefused]) -> str:
    """The text without blanks around it. Raises ``refused`` with ``sentence`` where there is none."""
    if not text.strip():
        raise refused(Refusal(sentence, article))
    return text.strip()


def require_later(day: date, after: date, sentence: str, article: str, refused: type[ActionRefused]) -> None:
    """Raises ``refused`` unless ``day`` comes after the other."""
    if day <= after:
        raise refused(Refusal(sentence, article))
