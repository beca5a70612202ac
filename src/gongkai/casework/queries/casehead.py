"""The head of a case: where it stands, when it is due and why; its decision and its papers."""

from dataclasses import dataclass
from datetime import date

from gongkai.casework.models import Application, Letter
from gongkai.casework.policies.withdrawing import CONFIRMATION, WITHDRAWN_AS, withdrawal_of
from gongkai.casework.reckoning import calendar_of
from gongkai.law.clock import Deadline, Step
from gongkai.law.letters import LetterKind, letter_kind
from gongkai.law.lifecycle import CaseState, state_label
from gongkai.law.outcomes import DECISIONS, Decision

_DECISIONS = {decision.code: decision for decision in DECISIONS}
_TONES = {CaseState.CLOSED.value: "done", CaseState.RECEIVED.value: "warning"}


@dataclass(frozen=True, slots=True)
class Head:
    """``left`` are working days until the due day, negative once it is over; ``why`` the step of the
    clock that fixed the day, or that says why there is none."""

    state: str
    tone: str
    outcome: str
    due_on: date | None
    left: int | None
    is_late: bool
    why: Step | None
    steps: tuple[Step, ...]
    doubts: tuple[str, ...]
    no_clock: bool
    earliest_joined: Application | None

    @property
    def left_words(self) -> str:
        if self.left is None:
            return ""
        if self.is_late:
            return f"已逾期{-self.left}个工作日" if self.left else "已经到期"
        return f"还有{self.left}个工作日" if self.left else "今天到期"


def head_of(case: Application, reckoned: Deadline | None, on: date) -> Head:
    """The head as it is shown on a day."""
    timed = case.matter == Application.Matter.DISCLOSURE
    due_on = reckoned.due_on if reckoned and timed else None
    running = due_on if case.is_open else None
    left = calendar_of(case.agency).working_days_between(on, running) if running else None
    steps = reckoned.steps if reckoned and timed else ()
    return Head(
        state=state_label(case.clock if case.is_open and timed else case.state),
        tone=_TONES.get(case.state, "waiting"),
        outcome=outcome_of(case),
        due_on=due_on,
        left=left,
        is_late=bool(running and running < on),
        why=steps[-1] if steps else None,
        steps=steps,
        doubts=reckoned.doubts if reckoned and timed else (),
        no_clock=not timed,
        earliest_joined=_earliest_joined(case),
    )


def outcome_of(case: Application) -> str:
    """How the case ended, in words; empty while it is open."""
    if case.decision == WITHDRAWN_AS and withdrawal_of(case):
        return "申请人撤回申请"
    found = _DECISIONS.get(case.decision)
    return found.label if found else case.get_disposal_display()


def _earliest_joined(case: Application) -> Application | None:
    """A joined case that is due before this one: the common answer has to keep its day."""
    joined = case.joined.exclude(state="closed").filter(due_on__isnull=False).order_by("due_on").first()
    if joined is None or joined.due_on is None:
        return None
    return joined if case.due_on is None or joined.due_on < case.due_on else None


@dataclass(frozen=True, slots=True)
class Proposed:
    """The decision that holds for a case, in words."""

    decision: Decision
    drafted_by: str
    drafted_on: date


def decision_of(case: Application) -> Proposed | None:
    """What is proposed for a case, or was decided."""
    held = case.decisions.filter(superseded=False).select_related("drafted_by").first()
    if held is None:
        return None
    return Proposed(_DECISIONS[held.code], held.drafted_by.full_name, held.drafted_at.date())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter of the case and the day it was served, if it was."""

    letter: Letter
    kind: LetterKind
    served_on: date | None

    @property
    def title(self) -> str:
        return title_of(self.letter)

    @property
    def tone(self) -> str:
        if self.letter.state == Letter.State.DROPPED:
            return "note"
        return "done" if self.letter.state == Letter.State.SIGNED else "waiting"


def title_of(letter: Letter) -> str:
    """What a letter is called on the page of its case: a confirmation of a withdrawal is only that."""
    kind = letter_kind(letter.kind)
    return kind.printed_title if kind.code == CONFIRMATION and not letter.act else kind.title


def papers_of(case: Application) -> list[Sheet]:
    """Every letter of the case, in the order they were drafted."""
    letters = case.letters.defer("content", "fields").prefetch_related("services").order_by("pk")
    return [
        Sheet(
            letter,
            letter_kind(letter.kind),
            min((s.served_on for s in letter.services.all() if s.served_on), default=None),
        )
        for letter in letters
    ]
