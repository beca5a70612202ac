"""Asking the clock before anything is written: would this act be lawful today?"""

from datetime import date

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.models import Application
from gongkai.casework.policies.people import may_act
from gongkai.casework.reckoning import LIMITS, calendar_of, clock_events, events_of
from gongkai.law.clock.admissible import refusal
from gongkai.law.clock.events import Event


def require(case: Application, event: Event | None, by: Account | None, refused: type[ActionRefused]) -> None:
    """Raises ``refused`` where the person may not act, or the law does not allow the event."""
    against = may_act(case, by) if by else None
    if against is None and case.matter != Application.Matter.DISCLOSURE and event is not None:
        against = Refusal("更正申请不适用依申请公开的办理期限，这一步不适用。", "《条例》第四十一条")
    if against is None and event is not None:
        breach = refusal(clock_events(events_of(case)), event, LIMITS, calendar_of(case.agency))
        against = Refusal(breach.message, breach.article) if breach else None
    if against:
        raise refused(against)


def require_reason(text: str, sentence: str, article: str, refused: type[ActionRefused]) -> str:
    """The text without blanks around it. Raises ``refused`` with ``sentence`` where there is none."""
    if not text.strip():
        raise refused(Refusal(sentence, article))
    return text.strip()


def require_later(day: date, after: date, sentence: str, article: str, refused: type[ActionRefused]) -> None:
    """Raises ``refused`` unless ``day`` comes after the other."""
    if day <= after:
        raise refused(Refusal(sentence, article))
