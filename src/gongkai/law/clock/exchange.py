"""The exchange form of deadlines: one case a JSON line in, one answer a JSON line out."""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.law.breach import LawBreach
from gongkai.law.clock.deadline import Deadline, deadline
from gongkai.law.clock.docket import Step
from gongkai.law.clock.events import (
    Answered,
    ConsultationClosed,
    ConsultationOpened,
    Consulted,
    Delayed,
    Event,
    Extended,
    FeeNoticed,
    FeePaid,
    ReasonsGiven,
    ReasonsRequested,
    Received,
    Supplemented,
    SupplementRequested,
    Withdrawn,
)
from gongkai.law.limits import TimeLimits
from gongkai.law.workdays import WorkingCalendar

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Case:
    """One case as a program hands it in."""

    id: object
    region: str | None
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one line: a deadline, or the breach that forbids one."""

    id: object
    result: Deadline | LawBreach

    @property
    def deadline(self) -> Deadline | None:
        return self.result if isinstance(self.result, Deadline) else None

    @property
    def breach(self) -> LawBreach | None:
        return self.result if isinstance(self.result, LawBreach) else None

    def to_json(self) -> dict[str, object]:
        if isinstance(self.result, LawBreach):
            return {"id": self.id, "error": str(self.result), "article": self.result.article}
        return {"id": self.id} | deadline_json(self.result)


def deadline_json(found: Deadline) -> dict[str, object]:
    """``due_on``, ``state``, ``estimated`` and ``steps`` as the exchange form names them."""
    return {
        "due_on": found.due_on.isoformat() if found.due_on else None,
        "state": found.state,
        "estimated": found.estimated,
        "steps": steps_json(found.steps),
    }


def steps_json(steps: Iterable[Step]) -> list[dict[str, str]]:
    return [{"on": step.on.isoformat(), "text": step.text, "article": step.article} for step in steps]


def answer_line(line: str, extra_notices: Iterable[Path] = ()) -> str:
    """One JSON line answered by one JSON line, without line breaks; never raises for bad input."""
    return json.dumps(answer_case(line, extra_notices).to_json(), ensure_ascii=False)


def answer_case(line: str, extra_notices: Iterable[Path] = ()) -> Answer:
    """The same as values, for printing. ``extra_notices`` as in ``WorkingCalendar.load``."""
    identity: object = None
    try:
        record = _parse_object(line)
        identity = record.get("id")
        case = parse_case(record)
        calendar = WorkingCalendar.load(case.region, extra_notices)
        return Answer(identity, deadline(case.events, TimeLimits.load(), calendar))
    except LawBreach as breach:
        return Answer(identity, breach)


def parse_case(record: Mapping[str, Any]) -> Case:
    """A decoded line as a case. Raises ``LawBreach`` with a Chinese sentence for a faulty one."""
    region = record.get("region")
    if region is not None and not isinstance(region, str):
        raise LawBreach("region 应为地区代码（如 65-xinjiang）或 null，请改正后重试。")
    events = record.get("events")
    if not isinstance(events, list) or not events:
        raise LawBreach("events 应为非空的事件列表，第一个事件是收到申请（received）。")
    parsed = tuple(parse_event(event, number) for number, event in enumerate(events, start=1))
    return Case(record.get("id"), region, parsed)


def _parse_object(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise LawBreach("这一行不是 JSON 对象，读不出案件；每行应为一个案件，请改正后重试。")
    return record


@dataclass(frozen=True, slots=True)
class _Fields:
    """The members of one event object, read with sentences instead of tracebacks."""

    number: int
    members: Mapping[str, Any]

    def refuse(self, what: str) -> LawBreach:
        return LawBreach(f"第{self.number}个事件{what}，请改正后重试。")

    def on(self) -> date:
        return self.day("on")

    def day(self, name: str) -> date:
        value = self.members.get(name)
        if isinstance(value, str) and _ISO_DATE.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        raise self.refuse(f"的 {name} 不是有效日期（写作 2025-09-08）")

    def optional_day(self, name: str) -> date | None:
        return None if self.members.get(name) is None else self.day(name)

    def days(self) -> int:
        value = self.members.get("days")
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.refuse("的 days 应为整数（延长的工作日数）")
        return value

    def optional_consulted(self) -> Consulted | None:
        return None if self.members.get("with") is None else self.consulted()

    def consulted(self) -> Consulted:
        value = self.members.get("with")
        if value not in list(Consulted):
            raise self.refuse(f"的 with 应为 {'、'.join(Consulted)} 之一")
        return Consulted(value)


_EVENTS: Mapping[str, Callable[[_Fields], Event]] = {
    "received": lambda fields: Received(fields.on(), fields.optional_day("ordered_until")),
    "supplement_requested": lambda fields: SupplementRequested(fields.on(), fields.optional_day("until")),
    "supplemented": lambda fields: Supplemented(fields.on()),
    "consultation_opened": lambda fields: ConsultationOpened(fields.on(), fields.consulted()),
    "consultation_closed": lambda fields: ConsultationClosed(fields.on(), fields.optional_consulted()),
    "extended": lambda fields: Extended(fields.on(), fields.days()),
    "fee_noticed": lambda fields: FeeNoticed(fields.on()),
    "fee_paid": lambda fields: FeePaid(fields.on()),
    "reasons_requested": lambda fields: ReasonsRequested(fields.on()),
    "reasons_given": lambda fields: ReasonsGiven(fields.on()),
    "delayed": lambda fields: Delayed(fields.on(), fields.day("until")),
    "answered": lambda fields: Answered(fields.on()),
    "withdrawn": lambda fields: Withdrawn(fields.on()),
}


EVENT_KINDS = frozenset(_EVENTS)


def parse_event(members: object, number: int = 1) -> Event:
    """One event object; ``number`` is its place, for the sentence of the ``LawBreach`` it may raise."""
    if not isinstance(members, dict):
        raise LawBreach(f"第{number}个事件不是 JSON 对象，请改正后重试。")
    fields = _Fields(number, members)
    kind = members.get("kind")
    if not isinstance(kind, str) or kind not in _EVENTS:
        raise fields.refuse(f"的 kind 应为 {'、'.join(_EVENTS)} 之一")
    return _EVENTS[kind](fields)
