"""The walk through the seven questions as a page shows it: what is answered, what is open, where it led."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from gongkai.law.decision_path import Choice, Question, Step, steps, walk
from gongkai.law.lifecycle import Act

_ACTS: Mapping[Act, str] = {
    Act.SUPPLEMENT_REQUESTED: "supplement",
    Act.CONSULTATION_OPENED: "third_party",
    Act.REASONS_REQUESTED: "reasons",
    Act.FEE_NOTICED: "fee",
}
"""The acts of the desk that the path may send to first."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer, and the address under which it is asked again."""

    question: Question
    choice: Choice
    again: str


@dataclass(frozen=True, slots=True)
class StepMark:
    """One of the seven steps and how far the walk has come: ``done``, ``current`` or nothing yet."""

    step: Step
    state: str


class Walk:
    """The answers so far, walked. ``again`` is the code of a question that is to be asked once more."""

    def __init__(self, answers: Mapping[str, str], again: str) -> None:
        found = walk(answers)
        self.answers: Mapping[str, str] = found.answers
        self.dropped = found.dropped
        self.decision, self.act = found.decision, found.act
        asked = {question.code: question for question, _ in found.asked}
        self.open = asked.get(again) or found.next
        if self.open is not found.next:
            self.decision = self.act = None
        self.chosen = self.answers.get(self.open.code, "") if self.open else ""
        self.before = tuple(
            Answered(question, choice, self._again(question))
            for question, choice in found.asked
            if choice and not (self.open and question.code == self.open.code)
        )

    def _again(self, question: Question) -> str:
        return f"?{urlencode({**self.answers, 'ask': question.code})}#open"

    @property
    def others(self) -> list[tuple[str, str]]:
        """The answers that the form of the open question carries along."""
        return [
            (code, choice) for code, choice in self.answers.items() if not self.open or code != self.open.code
        ]

    @property
    def act_code(self) -> str:
        """The act of the desk that must come first."""
        if self.act is None:
            return ""
        if self.act is Act.CONSULTATION_OPENED and self.answers.get("co_makers") == "to_ask":
            return "co_maker"
        return _ACTS[self.act]

    @property
    def last(self) -> Answered | None:
        return self.before[-1] if self.before else None

    def marks(self) -> list[StepMark]:
        """The seven steps; the last is reached with a decision."""
        current = self.open.number if self.open else 7 if self.decision else self._last_number
        reached = {answered.question.number for answered in self.before}
        return [
            StepMark(step, "current" if step.number == current else "done" if step.number in reached else "")
            for step in steps()
        ]

    @property
    def _last_number(self) -> int:
        return self.before[-1].question.number if self.before else 1
