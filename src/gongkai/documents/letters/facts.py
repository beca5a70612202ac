"""What a case knows that its letters state, and the values typed for one letter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from gongkai.documents.letters.letter import LetterIncomplete, lines_of, printable
from gongkai.law.letters import LetterField, LetterKind, fact_label
from gongkai.law.outcomes import Decision

_TOO_MUCH = 100_000_000  # yuan

FieldValue = str | int | Decimal | date | Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Office:
    """Where the disclosure office is found; what is not known is left out of letters."""

    name: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    hours: str = ""
    email: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        parts = (
            ("联系单位", self.name),
            ("地址", self.address),
            ("邮政编码", self.postcode),
            ("联系电话", self.phone),
            ("办公时间", self.hours),
            ("电子邮箱", self.email),
        )
        return tuple(f"{label}：{printable(text)}" for label, text in parts if printable(text))


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a case on the day a letter is drafted.

    ``decided_on`` is the day the letter bears; remedies follow the law of that day. ``online_review``
    is the address of the review body's online channel, printed where there is one.
    """

    issuer: str
    applicant_name: str = ""
    applicant_is_organization: bool = False
    registration_number: str = ""
    description: str = ""
    applied_on: date | None = None
    received_on: date | None = None
    due_on: date | None = None
    new_due_on: date | None = None
    decision: Decision | None = None
    decided_on: date | None = None
    document_number: str = ""
    review_body: str = ""
    court: str = ""
    online_review: str = ""
    office: Office = field(default_factory=Office)
    copy_to: tuple[str, ...] = ()

    def day(self, code: str) -> date:
        """A day the letter needs; its presence was checked before wording began."""
        found = getattr(self, code)
        assert isinstance(found, date)
        return found


class Values:
    """The values of one letter, read by the kind of each field.

    Raises :class:`LetterIncomplete` for what is missing, of the wrong kind, or no choice of its field.
    """

    def __init__(self, kind: LetterKind, decision: str, given: Mapping[str, FieldValue]) -> None:
        strangers = sorted(set(given) - {known.code for known in kind.fields})
        if strangers:
            raise ValueError(f"{kind.code} has no field {', '.join(strangers)}")
        self._kind = kind
        self._given = {code: value for code, value in given.items() if _says_something(value)}
        self._fields = {known.code: known for known in kind.fields if known.applies(decision, self._given)}

    def missing(self) -> Iterator[LetterField]:
        for known in self._fields.values():
            if known.required and known.code not in self._given:
                yield known

    def field(self, code: str) -> LetterField:
        """What the catalogue says of a field."""
        return self._kind.field(code)

    def text(self, code: str) -> str:
        """A text on one line; empty where none was given."""
        value = self._value(code)
        return "" if value is None else printable(str(value))

    def lines(self, code: str) -> tuple[str, ...]:
        value = self._value(code)
        if value is None:
            return ()
        return lines_of(value if isinstance(value, str) else "\n".join(map(str, _sequence(value))))

    def parts(self, code: str, count: int) -> tuple[tuple[str, ...], ...]:
        """Lines written as ``a｜b｜c``, each of exactly ``count`` parts."""
        rows = [tuple(printable(p) for p in line.replace("|", "｜").split("｜")) for line in self.lines(code)]
        wrong = [number for number, row in enumerate(rows, 1) if len(row) != count or not row[0]]
        if wrong:
            named = self._kind.field(code)
            raise LetterIncomplete(
                f"“{named.label}”第{wrong[0]}行应写成{count}项，用“｜”隔开。{named.hint}。", (code,)
            )
        return tuple(rows)

    def day(self, code: str) -> date | None:
        value = self._value(code)
        if value is None or isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError as error:
            raise self._unreadable(code, "日期，例如2026-03-01") from error

    def the_day(self, code: str) -> date:
        """A day that is required."""
        found = self.day(code)
        assert found is not None
        return found

    def number(self, code: str) -> int:
        try:
            return int(str(self._value(code) or 0))
        except ValueError as error:
            raise self._unreadable(code, "整数") from error

    def money(self, code: str) -> Decimal | None:
        value = self._value(code)
        if value is None:
            return None
        try:
            amount = Decimal(str(value))
        except InvalidOperation as error:
            raise self._unreadable(code, "金额（元）") from error
        if not amount.is_finite() or not 0 <= amount < _TOO_MUCH:
            raise self._unreadable(code, "金额（元）")
        return amount

    def choice(self, code: str) -> str:
        """The code of what was chosen; empty where nothing was."""
        value = self._value(code)
        if value is None:
            return ""
        if value not in {choice for choice, _ in self._kind.field(code).choices}:
            raise self._unreadable(code, "所列选项之一")
        return str(value)

    def chosen(self, code: str) -> str:
        """The label of what was chosen."""
        return dict(self._kind.field(code).choices).get(self.choice(code), "")

    def _value(self, code: str) -> FieldValue:
        self._kind.field(code)
        return self._given.get(code) if code in self._fields else None

    def _unreadable(self, code: str, wanted: str) -> LetterIncomplete:
        return LetterIncomplete(f"“{self._kind.field(code).label}”应填{wanted}，请改正。", (code,))


def require(kind: LetterKind, facts: Facts, values: Values) -> None:
    """Refuses a letter whose facts or fields are not all there, naming every one."""
    absent = [code for code in kind.needs if not _says_something(getattr(facts, code))]
    fields = list(values.missing())
    if absent or fields:
        labels = [*map(fact_label, absent), *(found.label for found in fields)]
        raise LetterIncomplete(
            f"《{kind.title}》还缺：{'、'.join(labels)}。请补齐后再生成。",
            (*absent, *(found.code for found in fields)),
        )


def _says_something(value: object) -> bool:
    if isinstance(value, str):
        return bool(printable(value))
    if isinstance(value, Sequence):
        return any(printable(str(entry)) for entry in value)
    return value is not None


def _sequence(value: FieldValue) -> Sequence[object]:
    return value if isinstance(value, Sequence) else (value,)
