"""The lines of a register → rows that could be imported, each with what stands against it."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from gongkai.casework.dates import NotADay, parse_day, shown
from gongkai.casework.register.tables import Line
from gongkai.casework.register.words import LABELS, channel_of, decision_of, field_of, kind_of_applicant
from gongkai.documents.reading.content import Unreadable
from gongkai.law.applicants import ApplicantKind
from gongkai.law.breach import LawBreach
from gongkai.law.clock import deadline
from gongkai.law.clock.events import Answered, Event, Extended, Received, Supplemented, SupplementRequested
from gongkai.law.clock.events import Withdrawn as TakenBack
from gongkai.law.limits import TimeLimits, chinese_date
from gongkai.law.outcomes import decision
from gongkai.law.receipt import Channel
from gongkai.law.workdays import WorkingCalendar

Word = TypeVar("Word")
WITHDRAWN_AS = "otherwise_handled.other_handling"
_DAYS = (
    "arrived_on",
    "received_on",
    "supplement_requested_on",
    "supplemented_on",
    "extended_on",
    "answered_on",
)
_NEEDED = ("number", "name", "description", "received_on")
_HEADER_WITHIN = 10
_LONGEST = {"number": 30, "document_number": 80, "description": 5000, "name": 120}


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for rows that say nothing themselves."""

    channel: Channel | None = None
    kind: ApplicantKind | None = None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One application as the register has it. ``events`` are what happened after its receipt."""

    number: str
    kind: ApplicantKind
    channel: Channel
    arrived_on: date
    received_on: date
    identity: Mapping[str, str] = field(repr=False)
    description: str
    document_number: str
    events: tuple[Event, ...]
    decision: str

    @property
    def is_open(self) -> bool:
        return not self.decision


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A line and its fate: ``row`` where it can be imported, else ``problems``, each a sentence."""

    line: int
    number: str
    row: RegisterRow | None
    problems: tuple[str, ...] = ()
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole register. ``ignored`` are the names of columns that are not taken over."""

    columns: Mapping[str, str]
    ignored: tuple[str, ...]
    rows: tuple[ReadRow, ...]


def read_register(
    lines: Sequence[Line], defaults: Defaults, calendar: WorkingCalendar, today: date
) -> Reading:
    """Every line below the head with its fate. Raises ``Unreadable`` where no head is found."""
    head, columns, ignored = _head(lines)
    texts = [
        (number, _texts(cells, columns)) for number, cells in lines[head + 1 :] if any(map(str.strip, cells))
    ]
    rows = [_row(number, found, defaults, calendar, today) for number, found in texts]
    names = {field: lines[head][1][place].strip() for field, place in columns.items()}
    return Reading(names, ignored, tuple(_marking_repeats(rows)))


def _head(lines: Sequence[Line]) -> tuple[int, dict[str, int], tuple[str, ...]]:
    best, columns = max(
        ((at, _columns(cells)) for at, (_, cells) in enumerate(lines[:_HEADER_WITHIN])),
        key=lambda found: len(found[1]),
    )
    missing = [LABELS[field] for field in _NEEDED if field not in columns]
    if missing:
        raise Unreadable(
            f"没有找到这些列：{'、'.join(missing)}。请在第一行写列名（可以下载模板对照），再选一次文件。"
        )
    taken = set(columns.values())
    cells = lines[best][1]
    ignored = tuple(name.strip() for at, name in enumerate(cells) if name.strip() and at not in taken)
    return best, columns, ignored


def _columns(cells: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, name in enumerate(cells):
        if field := field_of(name):
            found.setdefault(field, place)
    return found


def _texts(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    texts = {
        field: cells[place].strip().removeprefix("'") if place < len(cells) else ""
        for field, place in columns.items()
    }
    if "number" in texts:
        texts["number"] = unicodedata.normalize("NFKC", texts["number"]).strip()
    return texts


def _row(
    line: int, texts: Mapping[str, str], defaults: Defaults, calendar: WorkingCalendar, today: date
) -> ReadRow:
    problems = [f"没有写{LABELS[name]}。" for name in _NEEDED if not texts.get(name)]
    problems += [
        f"{LABELS[name]}超过{most}字，请核对。"
        for name, most in _LONGEST.items()
        if len(texts.get(name, "")) > most
    ]
    days = _days(texts, today, problems)
    channel = _word(texts, "channel", channel_of, defaults.channel, problems)
    kind = _word(texts, "kind", kind_of_applicant, defaults.kind, problems)
    code = _decision(texts, days, problems)
    events = _events(texts, days, code, problems)
    number = texts.get("number", "")[:30]
    if problems or channel is None or kind is None:
        return ReadRow(line, number, None, tuple(problems))
    received_on, arrived_on = days["received_on"], days.get("arrived_on", days["received_on"])
    if arrived_on > received_on:
        problems.append(
            f"收到日期（{chinese_date(received_on)}）早于申请日期（{chinese_date(arrived_on)}）。"
        )
    problems += _breaches(received_on, events, code, calendar)
    if problems:
        return ReadRow(line, number, None, tuple(problems))
    row = RegisterRow(
        number=number,
        kind=kind,
        channel=channel,
        arrived_on=arrived_on,
        received_on=received_on,
        identity=_identity(texts, kind),
        description=texts["description"],
        document_number=texts.get("document_number", ""),
        events=events,
        decision=code,
    )
    return ReadRow(line, number, row)


def _days(texts: Mapping[str, str], today: date, problems: list[str]) -> dict[str, date]:
    days: dict[str, date] = {}
    for name in _DAYS:
        if not texts.get(name):
            continue
        try:
            day = parse_day(texts[name])
        except NotADay as error:
            problems.append(f"{LABELS[name]}：{error}")
            continue
        if day > today:
            problems.append(f"{LABELS[name]}{chinese_date(day)}还没有到。")
        days[name] = day
    return days


def _word(
    texts: Mapping[str, str],
    name: str,
    reader: Callable[[str], Word | None],
    default: Word | None,
    problems: list[str],
) -> Word | None:
    """What a word means, or what holds where nothing is written."""
    text = texts.get(name, "")
    if not text:
        if default is None:
            problems.append(f"没有写{LABELS[name]}，也没有选默认的。")
        return default
    found = reader(text)
    if found is None:
        problems.append(f"不认识{LABELS[name]}“{shown(text)}”。")
    return found


def _decision(texts: Mapping[str, str], days: Mapping[str, date], problems: list[str]) -> str:
    text, answered = texts.get("outcome", ""), bool(texts.get("answered_on"))
    if not text:
        if answered:
            problems.append(f"写了{LABELS['answered_on']}，没有写{LABELS['outcome']}。")
        return ""
    code = decision_of(text)
    if code is None:
        problems.append(
            f"不认识{LABELS['outcome']}“{shown(text)}”；请写到具体的一种，例如“不予公开：属于过程性信息”。"
        )
        return ""
    if not answered:
        problems.append(f"写了{LABELS['outcome']}，没有写{LABELS['answered_on']}。")
    elif "answered_on" in days:
        try:
            decision(code, days["answered_on"])
        except LawBreach as breach:
            problems.append(breach.message)
    return code


def _events(
    texts: Mapping[str, str], days: Mapping[str, date], code: str, problems: list[str]
) -> tuple[Event, ...]:
    events: list[Event] = []
    if "supplement_requested_on" in days:
        events.append(SupplementRequested(days["supplement_requested_on"]))
    if "supplemented_on" in days:
        events.append(Supplemented(days["supplemented_on"]))
    if "extended_on" in days:
        events.append(Extended(days["extended_on"], _extension(texts, problems)))
    events.sort(key=lambda event: event.on)
    if "answered_on" in days and code:
        withdrawn = code == WITHDRAWN_AS
        events.append(TakenBack(days["answered_on"]) if withdrawn else Answered(days["answered_on"]))
    return tuple(events)


def _extension(texts: Mapping[str, str], problems: list[str]) -> int:
    text = texts.get("extension_days", "")
    if not text:
        return 20
    digits = "".join(character for character in text if character.isdecimal())
    if not digits or not 1 <= int(digits) <= 20:
        problems.append(f"{LABELS['extension_days']}“{shown(text)}”不是1到20个工作日（第三十三条）。")
        return 20
    return int(digits)


_LIMITS = TimeLimits.load()


def _breaches(received_on: date, events: Sequence[Event], code: str, calendar: WorkingCalendar) -> list[str]:
    """What the law says against the order of the days. A late answer is lawful to record."""
    try:
        deadline([Received(received_on), *events], _LIMITS, calendar)
    except LawBreach as breach:
        return [f"日期不合规定：{breach.message}"]
    return []


def _identity(texts: Mapping[str, str], kind: ApplicantKind) -> dict[str, str]:
    names = ["name", "phone", "address", "email", "credit_code" if kind.is_organization else "id_number"]
    found = {name: texts[name] for name in names if texts.get(name)}
    if "id_number" in found:
        found["id_kind"] = "身份证件"
    return found


def _marking_repeats(rows: Sequence[ReadRow]) -> Iterable[ReadRow]:
    """Of several rows with one number none is imported: nobody can tell which is meant."""
    counted = Counter(row.number for row in rows if row.number)
    for row in rows:
        if counted[row.number] > 1:
            problem = f"登记编号{row.number}在表里有{counted[row.number]}行，请只留一行。"
            yield replace(row, row=None, problems=(problem, *row.problems), repeated=True)
        else:
            yield row
