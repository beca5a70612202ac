"""Reconsideration and litigation: the route a decision opens, the clocks, the results of table 4."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from gongkai.law.lifecycle import Act
from gongkai.law.limits import Due, TimeLimits
from gongkai.law.outcomes import Decision
from gongkai.law.rulebook import CountingRules, read_table
from gongkai.law.workdays import WorkingCalendar

RECONSIDERATION_FIRST_FROM = date(2024, 1, 1)

Forum = Literal["reconsideration", "litigation"]


class Route(StrEnum):
    """What a letter must tell its reader about remedies."""

    RECONSIDERATION_FIRST = "reconsideration_first"
    EITHER_ROUTE = "either_route"
    MIXED = "mixed"
    NONE = "none"

    @property
    def label(self) -> str:
        return _ROUTE_LABELS[self]


_ROUTE_LABELS = {
    Route.RECONSIDERATION_FIRST: "复议前置",
    Route.EITHER_ROUTE: "可以复议也可以起诉",
    Route.MIXED: "不予公开的部分复议前置，其余部分可以复议也可以起诉",
    Route.NONE: "程序性告知，不单独告知救济途径",
}

_ARTICLES_FROM_2024 = {
    Route.RECONSIDERATION_FIRST: "《行政复议法》第二十条、第二十三条、第三十四条",
    Route.EITHER_ROUTE: "《行政复议法》第二十条、《行政诉讼法》第四十六条",
    Route.MIXED: "《行政复议法》第二十条、第二十三条、第三十四条、《行政诉讼法》第四十六条",
}
_ARTICLES_BEFORE_2024 = "《行政复议法》第九条、《行政诉讼法》第四十六条"

ProceduralNotice = Literal[Act.SUPPLEMENT_REQUESTED, Act.EXTENDED, Act.FEE_NOTICED]


def route_for(
    served: Decision | ProceduralNotice, decided_on: date, rules: CountingRules | None = None
) -> Route:
    """The remedy a letter must offer, by the law of the day it was decided on.

    A notice inside the procedure cannot be challenged on its own and offers none. Since 2024-01-01 a refusal
    under 第十四至十六条 goes to reconsideration first (行政复议法第二十三条).
    """
    if not isinstance(served, Decision):
        return Route.NONE
    rules = rules or CountingRules.load()
    if decided_on < RECONSIDERATION_FIRST_FROM:
        return Route.EITHER_ROUTE
    if served.code == "partly_granted":
        return Route(rules.partly_granted_remedy)
    if served.code == "denied.registry_query":
        return Route(rules.registry_query_remedy)
    return Route.RECONSIDERATION_FIRST if served.exempt else Route.EITHER_ROUTE


@dataclass(frozen=True, slots=True)
class RemedyParagraph:
    """The closing paragraph of a letter and the articles it rests on; both empty for no remedy."""

    text: str
    articles: str


def remedy_paragraph(
    route: Route, decided_on: date, review_body: str, court: str, limits: TimeLimits
) -> RemedyParagraph:
    """What a letter tells its reader; ``review_body`` and ``court`` are the names to print."""
    if route is Route.NONE:
        return RemedyParagraph("", "")
    review = limits.on("reconsideration_application", decided_on).text
    suit = limits.on("direct_suit", decided_on).text
    later = limits.on("suit_after_reconsideration", decided_on).text
    first = (
        f"可以自知道本决定之日起{review}内先向{review_body}申请行政复议；对复议决定仍不服的，"
        f"可以自收到复议决定书之日起{later}内向{court}提起行政诉讼"
    )
    either = (
        f"可以自知道本决定之日起{review}内向{review_body}申请行政复议，"
        f"也可以自知道本决定之日起{suit}内直接向{court}提起行政诉讼"
    )
    text = {
        Route.RECONSIDERATION_FIRST: f"对本决定不服的，{first}。",
        Route.EITHER_ROUTE: f"对本决定不服的，{either}。",
        Route.MIXED: f"对不予公开的部分不服的，{first}；对其余部分不服的，{either}。",
    }[route]
    since_2024 = decided_on >= RECONSIDERATION_FIRST_FROM
    return RemedyParagraph(text, _ARTICLES_FROM_2024[route] if since_2024 else _ARTICLES_BEFORE_2024)


class Clock(StrEnum):
    """The periods of a remedy; the values are codes of ``time_limits.toml``."""

    RECONSIDERATION_APPLICATION = "reconsideration_application"
    DIRECT_SUIT = "direct_suit"
    SUIT_AFTER_RECONSIDERATION = "suit_after_reconsideration"
    RECONSIDERATION_ANSWER = "reconsideration_answer"
    RECONSIDERATION_ANSWER_SIMPLIFIED = "reconsideration_answer_simplified"
    RECONSIDERATION_DECISION = "reconsideration_decision"
    RECONSIDERATION_DECISION_SIMPLIFIED = "reconsideration_decision_simplified"
    LITIGATION_ANSWER = "litigation_answer"


def remedy_due(clock: Clock, start: date, limits: TimeLimits, calendar: WorkingCalendar) -> Due:
    """The last day of a remedy's period that runs from ``start``: service of the decision for the
    applicant, receipt of the papers for the respondent."""
    return limits.on(clock.value, start).due(start, calendar)


@dataclass(frozen=True, slots=True)
class RemedyResult:
    """One way in which a remedy ends; ``column`` is the column of table 4 that counts it."""

    forum: Forum
    code: str
    label: str
    column: str
    article: str


@lru_cache
def remedy_results() -> Mapping[tuple[str, str], RemedyResult]:
    """Every result by forum and code."""
    results = (RemedyResult(**entry) for entry in read_table("remedy_results.toml")["results"])
    return {(result.forum, result.code): result for result in results}


def table4_cell(forum: Forum, result: str | None, *, reconsidered_before: bool = False) -> tuple[str, str]:
    """Block and column of table 4 that count a case by its state at 31 December.

    ``result`` is the code of the latest result, ``None`` while pending. Raises ``KeyError`` for a
    result that the forum does not have.
    """
    block: str = forum
    if forum == "litigation":
        block = "suit_after_reconsideration" if reconsidered_before else "direct_suit"
    return block, "pending" if result is None else remedy_results()[forum, result].column
