"""What happened to a case, day by day, with the spans that do not count drawn between."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.casework.models import Application, CaseEvent, Consultation
from gongkai.law.clock.events import Consulted
from gongkai.law.clock.proof import Effect, ProofDay, ProofSheet
from gongkai.law.letters import letter_kind
from gongkai.law.lifecycle import FEE_RULES
from gongkai.law.limits import chinese_date
from gongkai.law.outcomes import DECISIONS
from gongkai.law.receipt import Channel
from gongkai.law.service import ServiceMethod

Kind = CaseEvent.Kind
Details = Mapping[str, str]
_DECISIONS = {decision.code: decision for decision in DECISIONS}


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the log in words. ``struck`` is the line that strikes it out."""

    event: CaseEvent
    title: str
    text: str
    article: str
    struck: CaseEvent | None

    @property
    def on(self) -> date:
        return self.event.on


@dataclass(frozen=True, slots=True)
class Pause:
    """Days in a row that do not count; ``tone`` is the effect they have on the period."""

    first: date
    last: date
    tone: str
    label: str
    reason: str
    article: str
    working_days: int

    @property
    def on(self) -> date:
        return self.first


def timeline_of(events: list[CaseEvent], sheet: ProofSheet | None) -> list[Happening | Pause]:
    """Every entry, the struck ones too, and the pauses of the clock, in the order of their days."""
    struck = {event.strikes_id: event for event in events if event.strikes_id}
    entries = [_happening(e, struck.get(e.pk)) for e in events if e.kind != Kind.STRUCK]
    # A pause begins on a morrow, so it stands before what happened on its first day.
    found: list[Happening | Pause] = [*(pauses_of(sheet) if sheet else ()), *entries]
    return sorted(found, key=lambda entry: (entry.on, isinstance(entry, Happening)))


def pauses_of(sheet: ProofSheet) -> Iterator[Pause]:
    """The days that were left out, joined over the rest days between them."""
    runs: list[list[ProofDay]] = []
    for day in sheet.days:
        if day.effect is Effect.REST:
            if runs:
                runs[-1].append(day)
        elif runs and _same(runs[-1], day):
            runs[-1].append(day)
        else:
            runs.append([day])
    for run in runs:
        kept = _without_tail(run)
        if kept and kept[0].effect in _PAUSES:
            yield _pause(kept)


_PAUSES = {Effect.EXCLUDED, Effect.STANDING, Effect.VOID}


def _same(run: list[ProofDay], day: ProofDay) -> bool:
    return (run[0].effect, run[0].reason) == (day.effect, day.reason)


def _without_tail(run: list[ProofDay]) -> list[ProofDay]:
    """A run without the rest days behind its last day of its own."""
    own = [index for index, day in enumerate(run) if day.effect is not Effect.REST]
    return run[: own[-1] + 1] if own else []


def _pause(run: list[ProofDay]) -> Pause:
    first = run[0]
    return Pause(
        first=first.day,
        last=run[-1].day,
        tone=first.effect.value,
        label=first.effect.label,
        reason=first.reason,
        article=first.article,
        working_days=sum(day.effect is first.effect for day in run),
    )


def _happening(event: CaseEvent, struck: CaseEvent | None) -> Happening:
    tell, article = _TOLD.get(event.kind, (lambda details: "", ""))
    return Happening(
        event=event,
        title=Kind(event.kind).label,
        text=tell(event.details),
        article=_article(event.details) or article,
        struck=struck,
    )


def _article(details: Details) -> str:
    """Where the entry itself says what it rests on."""
    asked = details.get("with")
    return Consulted(asked).excluded_by if asked else details.get("article", "")


def _until(details: Details, words: str) -> str:
    until = details.get("until")
    return f"{words}{chinese_date(date.fromisoformat(until))}" if until else ""


def _received(details: Details) -> str:
    if until := details.get("ordered_until"):
        return f"按复议决定或者判决重新办理，最迟{chinese_date(date.fromisoformat(until))}答复"
    return "由负责人直接确定" if details.get("typed") else ""


def _confirmation(details: Details) -> str:
    who = "申请人" if details["party"] == "applicant" else "本机关"
    outcome = "已确认" if details["reached"] else "没有联系上"
    how = f"（{details['how']}）" if details.get("how") else ""
    return f"{who}{outcome}{how}"


def _opinion(details: Details) -> str:
    answer = details.get("answer", "")
    words = f"：{Consultation.Answer(answer).label}" if answer else ""
    return f"{Consulted(details['with']).label}{words}"


def _letter(details: Details) -> str:
    number = details.get("document_number", "")
    return f"《{letter_kind(details['kind']).title}》{number}"


def _served(details: Details) -> str:
    return f"{_letter(details)}，{ServiceMethod(details['method']).label}"


def _ended(details: Details) -> str:
    decision = _DECISIONS.get(details.get("decision", ""))
    if decision is not None:
        return decision.label
    disposal = details.get("disposal", "")
    return Application.Disposal(disposal).label if disposal else ""


def _handed(details: Details) -> str:
    return "，".join(filter(None, (details.get("section", ""), details.get("person", ""))))


def _joined(details: Details) -> str:
    if lead := details.get("lead"):
        return f"并入{lead}，一并答复"
    return f"{details['joined']}并入本件，一并答复"


def _moved(details: Details) -> str:
    was, becomes = details.get("was"), details.get("becomes")
    if not was or not becomes:
        return "答复期限随工作日安排变动"
    return f"答复期限由{chinese_date(date.fromisoformat(was))}变为{chinese_date(date.fromisoformat(becomes))}"


_TOLD: Mapping[str, tuple[Callable[[Details], str], str]] = {
    Kind.ARRIVED: (lambda d: Channel(d["channel"]).label, "第二十九条"),
    Kind.CONFIRMATION: (_confirmation, "第三十一条"),
    Kind.RECEIVED: (_received, "第三十一条"),
    Kind.SUPPLEMENT_REQUESTED: (lambda d: _until(d, "补正期限至"), "第三十条"),
    Kind.SUPPLEMENTED: (lambda d: "答复期限自次日起重新计算", "第三十条"),
    Kind.CONSULTATION_OPENED: (lambda d: Consulted(d["with"]).label, "第三十二条至第三十四条"),
    Kind.CONSULTATION_CLOSED: (_opinion, "第三十二条至第三十四条"),
    Kind.EXTENDED: (lambda d: f"延长{d['days']}个工作日", "第三十三条第二款"),
    Kind.FEE_NOTICED: (lambda d: f"应缴{d['amount']}元" if "amount" in d else "", "第四十二条"),
    Kind.FEE_PAID: (lambda d: "答复期限自次日起重新计算", FEE_RULES),
    Kind.REASONS_REQUESTED: (lambda d: _until(d, "说明理由的期限至"), "第三十五条"),
    Kind.REASONS_GIVEN: (lambda d: "", "第三十五条"),
    Kind.DELAYED: (lambda d: _until(d, "延迟答复的期限至"), "第三十五条"),
    Kind.ANSWERED: (_ended, "第三十六条"),
    Kind.WITHDRAWN: (lambda d: "计入其他处理", ""),
    Kind.CLOSED: (_ended, ""),
    Kind.ASSIGNED: (_handed, ""),
    Kind.ACCEPTED: (_handed, ""),
    Kind.SENT_BACK: (_handed, ""),
    Kind.INTERNAL_DUE: (lambda d: _until(d, "内部期限至"), ""),
    Kind.SEARCHED: (lambda d: "检索到相关信息" if d.get("found") else "没有检索到", "第三十六条第四项"),
    Kind.DECIDED: (_ended, ""),
    Kind.LETTER_SIGNED: (_letter, ""),
    Kind.SERVED: (_served, ""),
    Kind.SPLIT: (lambda d: f"拆成{'、'.join(d['into'])}", "一事一申请"),
    Kind.JOINED: (_joined, ""),
    Kind.TRANSFERRED: (lambda d: f"转给{d['to']}", "第三十六条第五项"),
    Kind.HELPED: (lambda d: "", "第四十三条"),
    Kind.CALENDAR_CHANGED: (_moved, "第三十三条"),
    Kind.ARCHIVED: (lambda d: "", "第四十五条"),
}


def entered_since(case: Application, revision: int | None) -> list[Happening]:
    """What was entered since a person saw the case at a revision: each entry raises it by one."""
    if revision is None or revision >= case.revision:
        return []
    return [_happening(event, None) for event in case.events.filter(position__gte=revision)]


def told(event: CaseEvent) -> Happening:
    """One entry in words."""
    return _happening(event, getattr(event, "struck_by", None))
