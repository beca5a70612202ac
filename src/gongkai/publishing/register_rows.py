"""The lines of a list → rows that could be entered, each with what stands against it. No database here."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from gongkai.documents.days import NotADay, parse_day, shown
from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.lines import Line
from gongkai.law.limits import chinese_date
from gongkai.publishing.entered import EnteredDecision, EnteredDocument, EnteredMatter, masked_party
from gongkai.publishing.models import NormativeDocument, ValidityEvent
from gongkai.publishing.policies.registers import amount_refusal
from gongkai.publishing.register_words import NEEDED, REGISTERS, amount_of, columns_in, is_person

Entered = EnteredDocument | EnteredMatter | EnteredDecision
_HEAD_WITHIN = 10
_DAYS = frozenset(
    {"issued_on", "effective_on", "expires_on", "ended_on", "disclosed_on", "from_on", "until_on",
     "decided_on", "revoked_on"}
)  # fmt: skip
_MAY_COME = frozenset({"expires_on", "until_on", "effective_on", "ended_on"})
_LONGEST = {"title": 200, "document_number": 80, "number": 80, "basis": 300, "revoked_reason": 200}


@dataclass(frozen=True, slots=True)
class Ended:
    """That an old document holds no longer, since when and by what."""

    kind: str
    on: date
    by_document: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A line and its fate: ``entered`` where it can be entered, else ``problems``, each a sentence."""

    line: int
    label: str
    entered: Entered | None
    problems: tuple[str, ...] = ()
    ended: Ended | None = None
    matter: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What tells a record from others: its number, else its name and day."""
        return () if self.entered is None else key_of(self.entered)


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole list. ``ignored`` are the names of columns that are not taken over."""

    columns: Mapping[str, str]
    ignored: tuple[str, ...]
    rows: tuple[ReadRow, ...] = field(default=())


def key_of(entered: Entered) -> tuple[str, ...]:
    """What tells a record from others of its register."""
    if isinstance(entered, EnteredMatter):
        return (entered.title, entered.from_on.isoformat())
    if isinstance(entered, EnteredDocument):
        number, day = entered.document_number, entered.issued_on
        return (number,) if number else (entered.title, day.isoformat())
    if entered.number:
        return (entered.number,)
    amount = "" if entered.amount is None else f"{entered.amount:.2f}"
    return (entered.title, entered.decided_on.isoformat(), amount, entered.party)


def read_rows(lines: Sequence[Line], register: str, kind: str, today: date) -> Reading:
    """Every line below the head with its fate. Raises ``Unreadable`` where no head is found."""
    at, columns = _head(lines, register)
    names = lines[at][1]
    rows = [
        _Row(number, _texts(cells, columns), columns, names, today).read(register, kind)
        for number, cells in lines[at + 1 :]
        if any(map(str.strip, cells))
    ]
    taken = set(columns.values())
    ignored = tuple(name.strip() for place, name in enumerate(names) if name.strip() and place not in taken)
    labels = {each: names[place].strip() for each, place in columns.items()}
    return Reading(labels, ignored, tuple(_marking_repeats(rows)))


def _head(lines: Sequence[Line], register: str) -> tuple[int, dict[str, int]]:
    at, columns = max(
        ((at, columns_in(cells, register)) for at, (_, cells) in enumerate(lines[:_HEAD_WITHIN])),
        key=lambda found: len(found[1]),
    )
    missing = [REGISTERS[register][name][0] for name in NEEDED[register] if name not in columns]
    if missing:
        raise Unreadable(
            f"没有找到这些列：{'、'.join(missing)}。请在第一行写列名（可以下载模板对照），再选一次文件。"
        )
    return at, columns


def _texts(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    return {
        name: cells[place].strip().removeprefix("'") if place < len(cells) else ""
        for name, place in columns.items()
    }


def _marking_repeats(rows: Sequence[ReadRow]) -> list[ReadRow]:
    """Of several rows for one record none is entered: nobody can tell which is meant."""
    counted = Counter(row.key for row in rows if row.key)
    problem = "表里有几行是同一条记录（编号或者名称、日期相同），请只留一行。"
    return [replace(row, entered=None, problems=(problem,)) if counted[row.key] > 1 else row for row in rows]


class _Row:
    """One line while it is read; what stands against it gathers in ``problems``."""

    def __init__(
        self,
        line: int,
        texts: Mapping[str, str],
        columns: Mapping[str, int],
        names: Sequence[str],
        today: date,
    ) -> None:
        self.line, self.texts, self.columns, self.names = line, texts, columns, names
        self.today = today
        self.problems: list[str] = []

    def read(self, register: str, kind: str) -> ReadRow:
        for name in NEEDED[register]:
            if not self.texts.get(name):
                self.problems.append(f"没有写{self._name(name)}。")
        for name, most in _LONGEST.items():
            if len(self.texts.get(name, "")) > most:
                self.problems.append(f"{self._name(name)}超过{most}字，请核对。")
        days = {name: self._day(name) for name in self.columns if name in _DAYS}
        label = (
            self.texts.get("number") or self.texts.get("document_number") or self.texts.get("title", "")
        )[:80]
        if register == "documents":
            return self._document(label, days)
        if register == "matters":
            return self._matter(label, kind, days)
        return self._decision(label, kind, days)

    def _name(self, name: str) -> str:
        return self.names[self.columns[name]].strip()

    def _day(self, name: str) -> date | None:
        text = self.texts.get(name, "")
        if not text:
            return None
        try:
            day = parse_day(text)
        except NotADay as error:
            self.problems.append(f"{self._name(name)}：{error}")
            return None
        if day > self.today and name not in _MAY_COME:
            self.problems.append(f"{self._name(name)}{chinese_date(day)}还没有到。")
        return day

    def _fate(self, label: str, entered: Entered, ended: Ended | None = None, matter: str = "") -> ReadRow:
        kept = None if self.problems else entered
        return ReadRow(self.line, label, kept, tuple(self.problems), ended if kept else None, matter)

    def _document(self, label: str, days: Mapping[str, date | None]) -> ReadRow:
        issued_on = days.get("issued_on")
        ended = self._ended(days.get("ended_on"))
        for name in ("expires_on", "ended_on", "disclosed_on"):
            day = days.get(name)
            if day and issued_on and day < issued_on:
                self.problems.append(f"{self._name(name)}早于{self._name('issued_on')}。")
        kind = self.texts.get("kind", "")
        is_rule = "规章" in kind
        entered = EnteredDocument(
            kind=NormativeDocument.Kind.GOVERNMENT_RULE
            if is_rule
            else NormativeDocument.Kind.NORMATIVE_DOCUMENT,
            title=self.texts.get("title", ""),
            issued_on=issued_on or date.min,
            document_number=_number(self.texts.get("document_number", "")),
            effective_on=days.get("effective_on"),
            expires_on=days.get("expires_on"),
            disclosed_on=days.get("disclosed_on"),
        )
        return self._fate(label, entered, ended)

    def _ended(self, on: date | None) -> Ended | None:
        validity = self.texts.get("validity", "")
        is_over = "废止" in validity or "失效" in validity
        if is_over and on is None:
            self.problems.append(f"写了“{shown(validity)}”，没有写废止或者失效日期。")
        if on is None:
            return None
        expired = "失效" in validity and "废止" not in validity
        kind = ValidityEvent.Kind.EXPIRED if expired else ValidityEvent.Kind.REPEALED
        return Ended(kind, on, self.texts.get("ended_by", "")[:200] or "原文件库登记")

    def _matter(self, label: str, kind: str, days: Mapping[str, date | None]) -> ReadRow:
        begun, ended = days.get("from_on"), days.get("until_on")
        if begun and ended and ended < begun:
            self.problems.append(f"{self._name('until_on')}早于{self._name('from_on')}。")
        entered = EnteredMatter(
            kind=kind,
            title=self.texts.get("title", ""),
            from_on=begun or date.min,
            until_on=ended,
            basis=self.texts.get("basis", ""),
        )
        return self._fate(label, entered)

    def _decision(self, label: str, kind: str, days: Mapping[str, date | None]) -> ReadRow:
        amount = self._amount()
        refusal = amount_refusal(kind, amount)
        if refusal:
            self.problems.append(refusal.message)
        decided, revoked = days.get("decided_on"), days.get("revoked_on")
        if decided and revoked and revoked < decided:
            self.problems.append(f"{self._name('revoked_on')}早于{self._name('decided_on')}。")
        name = self.texts.get("party", "")
        entered = EnteredDecision(
            kind=kind,
            title=self.texts.get("title", ""),
            decided_on=decided or date.min,
            number=_number(self.texts.get("number", "")),
            party=masked_party(name, is_person=is_person(name, self.texts.get("party_kind", ""))),
            amount=amount,
            source=self.texts.get("source", "")[:120],
            revoked_on=revoked,
            revoked_reason=self.texts.get("revoked_reason", "") or ("导入的记录" if revoked else ""),
        )
        return self._fate(label, entered, matter=self.texts.get("matter", ""))

    def _amount(self) -> Decimal | None:
        text = self.texts.get("amount", "")
        if not text:
            return None
        try:
            return amount_of(text, self._name("amount"))
        except ValueError:
            self.problems.append(f"{self._name('amount')}“{shown(text)}”不是金额。")
            return None


def _number(text: str) -> str:
    """A number of a document or a decision in one width, its brackets as they are printed."""
    return unicodedata.normalize("NFKC", text).replace("[", "〔").replace("]", "〕").strip()[:80]
