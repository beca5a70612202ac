"""What every act's form has: the case, the day, what it would do, and the action behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms

from gongkai.agencies.models import Account
from gongkai.casework.forms.desk import TypedDay
from gongkai.casework.lettering import paper_of
from gongkai.casework.models import Application, Letter
from gongkai.casework.reckoning import calendar_of
from gongkai.law.breach import LawBreach
from gongkai.law.clock.events import Event
from gongkai.law.letters import letter_kind
from gongkai.law.limits import chinese_date

LONGEST_LINE = 200
LONGEST_REASON = 500
LONGEST_TEXT = 5000


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an act: a sentence, and the letter it drafted."""

    message: str
    letter: Letter | None = None

    @staticmethod
    def drafted(letter: Letter) -> "Done":
        return Done(f"已起草《{paper_of(letter).title}》。核对内容以后提交审批。", letter)


class ActForm(forms.Form):
    """One act. ``perform`` runs its action and raises what the action refuses."""

    button = "登记"

    def __init__(
        self,
        case: Application,
        by: Account,
        on: date,
        data: Any = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.case, self.by, self.on = case, by, on
        super().__init__(data, initial=initial)
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the case and the day."""

    def event(self) -> Event | None:
        """What the act is to the clock, as far as the form is filled in."""
        return None

    def explained(self) -> list[str]:
        """Sentences beside the form that follow from what is filled in."""
        return []

    def perform(self, at: datetime) -> Done:
        raise NotImplementedError

    @property
    def revision(self) -> int | None:
        """The state of the case that the person saw when the page was opened."""
        text = self.data.get("revision", "")
        return int(text) if text.isdecimal() and len(text) < 10 else None

    def value(self, name: str) -> Any:
        """What a field says, or would say if nothing were changed."""
        if self.is_bound:
            return getattr(self, "cleaned_data", {}).get(name)
        return self.get_initial_for_field(self.fields[name], name)

    def who(self, at: datetime) -> dict[str, Any]:
        """What every action is handed."""
        return {"by": self.by, "at": at, "revision": self.revision}

    def suggest_days(self, name: str, *counts: int) -> None:
        """A hint that names some days from today on, reckoned in working days."""
        calendar, field = calendar_of(self.case.agency), self.fields[name]
        try:
            days = [f"{n}个工作日是{chinese_date(calendar.add_working_days(self.on, n))}" for n in counts]
        except LawBreach:
            return
        field.help_text = "；".join(filter(None, (str(field.help_text), f"从今天起，{'，'.join(days)}")))

    def rest_day(self, name: str) -> list[str]:
        """A word where a day that was typed is no working day."""
        day = self.value(name)
        if not isinstance(day, date):
            return []
        try:
            fact = calendar_of(self.case.agency).describe(day)
        except LawBreach as breach:
            return [str(breach)]
        if fact.is_working_day:
            return []
        why = f"{fact.festival}放假" if fact.festival else fact.kind.label
        return [f"{chinese_date(day)}不上班（{why}），那天办不了事；可以改到上班的日子。"]


def line(
    label: str, hint: str = "", *, required: bool = True, longest: int = LONGEST_LINE
) -> forms.CharField:
    """A text on one line."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=longest,
        error_messages={"required": f"请填写“{label}”。"},
    )


def text(
    label: str, hint: str = "", *, required: bool = True, longest: int = LONGEST_TEXT, rows: int = 3
) -> forms.CharField:
    """A text of several lines."""
    field = line(label, hint, required=required, longest=longest)
    field.widget = forms.Textarea(attrs={"rows": rows, "maxlength": longest})
    return field


def day(label: str, hint: str = "写成2026-03-01或者2026年3月1日", *, required: bool = True) -> TypedDay:
    """A day as people write it."""
    return TypedDay(
        label=label, help_text=hint, required=required, error_messages={"required": f"请填写“{label}”。"}
    )


def asked_by(kind: str, code: str, *, required: bool | None = None, rows: int = 3) -> forms.Field:
    """The field of a form that a document's own field asks for, with its label and hint."""
    found = letter_kind(kind).field(code)
    needed = found.required if required is None else required
    match found.kind:
        case "date":
            return day(found.label, found.hint or "写成2026-03-01或者2026年3月1日", required=needed)
        case "choice":
            first = [] if needed else [("", "—")]
            return forms.ChoiceField(
                label=found.label, help_text=found.hint, required=needed, choices=[*first, *found.choices]
            )
        case "number":
            return forms.IntegerField(
                label=found.label, help_text=found.hint, required=needed, min_value=1, max_value=100_000
            )
        case "lines":
            return text(found.label, found.hint or "一行一项", required=needed, rows=rows)
        case _ if rows == 1:
            return line(found.label, found.hint, required=needed)
        case _:
            return text(found.label, found.hint, required=needed, longest=1000, rows=2)


def lines_of(value: str | None) -> Sequence[str]:
    """The lines that say something."""
    return [stripped for each in (value or "").splitlines() if (stripped := each.strip())]
