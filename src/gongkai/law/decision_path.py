"""The seven questions that lead from an application to one decision, and what follows from it.

The questions are a tree in ``law/data/decision_path.toml``; the clerk's answers are walked along it.
A choice leads to the next question, to a decision, or to an act that must happen first (a supplement
notice, a consultation, a demand for reasons, a fee notice), after which the walk is taken up again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from gongkai.law.letters import LetterKind, letter_for_decision, letter_kind
from gongkai.law.lifecycle import Act
from gongkai.law.outcomes import DECISIONS, Decision, Precondition, counted_outcome, row_for
from gongkai.law.outcomes import decision as decision_on
from gongkai.law.remedies import Route, route_for
from gongkai.law.report.formats import Row, format_for
from gongkai.law.rulebook import CountingRules, read_table


@dataclass(frozen=True, slots=True)
class Step:
    """One of the seven steps; the seventh, 怎么答, has no question: it shows the consequences."""

    number: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer; ``leads_to`` is the code of a question, of a decision or of an act."""

    code: str
    label: str
    hint: str
    article: str
    leads_to: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the step ``number``."""

    code: str
    number: int
    title: str
    text: str
    article: str
    choices: tuple[Choice, ...]

    def choice(self, code: str | None) -> Choice | None:
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True, slots=True)
class PathState:
    """How far the answers lead.

    ``asked`` are the questions on the way, in order, the open one last with ``None``. At the end
    exactly one of ``next``, ``decision`` and ``act`` is set. ``dropped`` are the codes of the
    questions whose answers no longer fit: not on the way, or no choice of theirs.
    """

    asked: tuple[tuple[Question, Choice | None], ...]
    next: Question | None
    decision: str | None
    act: Act | None
    dropped: tuple[str, ...]

    @property
    def answers(self) -> Mapping[str, str]:
        """The answers that fit, to be kept."""
        return {question.code: choice.code for question, choice in self.asked if choice}


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a decision brings with it: what its letter asks for stands with ``letter``, its kind;
    ``discretionary_note`` is empty where there is no discretion."""

    decision: Decision
    article: str
    letter: LetterKind
    letter_note: str
    preconditions: tuple[Precondition, ...]
    route: Route
    row: Row
    discretionary_note: str


@lru_cache
def steps() -> tuple[Step, ...]:
    """The seven steps, in order."""
    return tuple(Step(**entry) for entry in _table()["steps"])


@lru_cache
def questions() -> Mapping[str, Question]:
    """Every question by its code, in the order of the file."""
    return {found.code: found for entry in _table()["questions"] for found in _questions(entry)}


def walk(answers: Mapping[str, str]) -> PathState:
    """Follows the answers (question code → choice code) from the first question."""
    asked: list[tuple[Question, Choice | None]] = []
    question: Question | None = questions()[_table()["first"]]
    end = ""
    while question is not None:
        choice = question.choice(answers.get(question.code))
        asked.append((question, choice))
        if choice is None:
            break
        end, question = choice.leads_to, questions().get(choice.leads_to)
    kept = {found.code for found, choice in asked if choice}
    reached = "" if question else end
    return PathState(
        asked=tuple(asked),
        next=question,
        decision=reached if reached in _codes() else None,
        act=Act(reached) if reached and reached not in _codes() else None,
        dropped=tuple(code for code in answers if code not in kept),
    )


def consequences(decision_code: str, on: date, rules: CountingRules | None = None) -> Consequences:
    """What a decision taken on a day brings with it.

    Raises ``KeyError`` for an unknown code, ``LawBreach`` for a day before the decision existed.
    """
    found = decision_on(decision_code, on)
    report_format = format_for(on.year)
    assert report_format is not None, "every year in which a decision may be taken has a form"
    row_code = row_for(counted_outcome(found, rules), report_format)
    note = _notes()[decision_code]
    return Consequences(
        decision=found,
        article=found.article,
        letter=letter_kind(letter_for_decision(decision_code)),
        letter_note=note["note"],
        preconditions=found.preconditions,
        route=route_for(found, on, rules),
        row=next(row for row in report_format.table3_rows if row.code == row_code),
        discretionary_note=note.get("discretion", ""),
    )


def _table() -> dict[str, Any]:
    return read_table("decision_path.toml")


@lru_cache
def _codes() -> frozenset[str]:
    return frozenset(decision.code for decision in DECISIONS)


@lru_cache
def _notes() -> Mapping[str, Mapping[str, str]]:
    return {code: entry for entry in _table()["notes"] for code in entry["decisions"]}


def _questions(entry: Mapping[str, Any]) -> Iterator[Question]:
    """The question of an entry, or one for each of its ``each``."""
    for filling in entry.get("each", ({"key": "", "decision": ""},)):

        def filled(text: str, filling: Mapping[str, str] = filling) -> str:
            return text.replace("{key}", filling["key"]).replace("{decision}", filling["decision"])

        yield Question(
            code=filled(entry["code"]),
            number=entry["number"],
            title=entry["title"],
            text=entry["text"],
            article=entry["article"],
            choices=tuple(
                Choice(**choice | {"leads_to": filled(choice["leads_to"])}) for choice in entry["choices"]
            ),
        )
