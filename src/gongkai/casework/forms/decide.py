"""What the letter of a decision has to state, asked as a form; the path of approval beside it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms

from gongkai.casework.forms.desk import TypedDay
from gongkai.casework.policies.deciding import offered_paths
from gongkai.law.approval import SuggestedPath
from gongkai.law.letters import LetterField, LetterKind

ROWS = 3
"""Empty rows of what is withheld that a form offers."""
PARTS = ("part", "article", "reason")
_LONG = {
    "reason", "severance", "explanation", "discretion", "harm", "finding", "available", "supplemented",
    "given_reasons", "deviation", "earlier_content", "classified_by", "barring_law", "special_rule", "window",
    "route", "classification", "way",
}  # fmt: skip


class PathForm(forms.Form):
    """Who has to approve; a shorter path than is suggested needs a reason."""

    path = forms.ChoiceField(label="审批路径", widget=forms.RadioSelect)
    path_reason = forms.CharField(
        label="改走较短路径的理由",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="照建议的路径，或者走更长的路径，不用填。",
    )

    def __init__(self, *args: Any, advised: SuggestedPath, **options: Any) -> None:
        super().__init__(*args, **options)
        self.advised = advised
        field = self.fields["path"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.code, _path_label(each.code, advised)) for each in offered_paths()]
        field.initial = advised.path.code

    def unchecked(self) -> "PathForm":
        """What was typed, without saying yet what is wrong with it."""
        known = {name: self.data.get(name, "") for name in self.fields}
        return PathForm(advised=self.advised, initial=known)


def _path_label(code: str, advised: SuggestedPath) -> str:
    found = next(each for each in offered_paths() if each.code == code)
    steps = "、".join(step.label for step in found.steps)
    return f"{found.label}{'（建议）' if code == advised.path.code else ''}：{steps}"


class FactsForm(forms.Form):
    """The fields of one kind of letter that belong to a decision."""

    def __init__(self, *args: Any, kind: LetterKind, decision: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind, self.decision = kind, decision
        for field in self.asked():
            if field.code != "withheld":
                self.fields[field.code] = _form_field(field)

    def asked(self) -> Iterator[LetterField]:
        """Every field the decision may ask for; some only once another was chosen."""
        asked: set[str] = set()
        for field in self.kind.fields:
            controls = {each.partition("=")[0] for each in field.when if "=" in each}
            if not field.when or self.decision in field.when or controls & asked:
                asked.add(field.code)
                yield field

    @property
    def withholds(self) -> bool:
        return any(field.code == "withheld" for field in self.kind.fields)

    def with_more_rows(self) -> "FactsForm":
        """What was typed, with more empty rows, without saying yet what is wrong with it."""
        known: dict[str, Any] = {name: self.data.get(name, "") for name in self.fields}
        rows = [*self._typed_rows(), *(dict.fromkeys(PARTS, "") for _ in range(ROWS))]
        return FactsForm(kind=self.kind, decision=self.decision, initial=known | {"withheld": rows})

    def rows(self) -> list[Mapping[str, str]]:
        """The rows of what is withheld, as typed or as known, and some empty ones."""
        found = self._typed_rows() if self.is_bound else self._known_rows()
        return [*found, *(dict.fromkeys(PARTS, "") for _ in range(ROWS))]

    def _typed_rows(self) -> list[Mapping[str, str]]:
        data: Any = self.data
        columns = [data.getlist(f"withheld-{part}") if hasattr(data, "getlist") else [] for part in PARTS]
        rows = [
            dict(zip(PARTS, (text.strip() for text in row), strict=True))
            for row in zip(*columns, strict=False)
        ]
        return [row for row in rows if any(row.values())]

    def _known_rows(self) -> list[Mapping[str, str]]:
        known = self.initial.get("withheld", ())
        return [row if isinstance(row, dict) else dict(zip(PARTS, row, strict=True)) for row in known]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for field in self.asked():
            needed = field.code in self.fields and field.required and field.applies(self.decision, data)
            if needed and data.get(field.code) in (None, "") and field.code not in self.errors:
                self.add_error(field.code, f"请填写{field.label}。")
        if self.withholds:
            self._clean_rows()
        return data

    def _clean_rows(self) -> None:
        rows = self._typed_rows()
        if not rows:
            self.add_error(None, "请写明不予公开的部分，每一处写依据和理由（《条例》第三十七条）。")
        for number, row in enumerate(rows, 1):
            lacks = [
                label for part, label in zip(PARTS, ("内容", "依据", "理由"), strict=True) if not row[part]
            ]
            if lacks:
                self.add_error(
                    None, f"不予公开的第{number}处没有写{'、'.join(lacks)}（《条例》第三十七条）。"
                )

    def values(self) -> dict[str, Any]:
        """The values that apply to what was chosen."""
        data = self.cleaned_data
        given = {
            field.code: data[field.code]
            for field in self.asked()
            if field.code in data
            and field.applies(self.decision, data)
            and data[field.code] not in (None, "", [])
        }
        return given | ({"withheld": self._typed_rows()} if self.withholds else {})

    def conditions(self) -> dict[str, str]:
        """For each field asked only after a choice: which choice, in words."""
        said = {}
        for field in self.asked():
            choices = [each.partition("=") for each in field.when if "=" in each]
            if choices:
                labels = [dict(self.kind.field(code).choices)[choice] for code, _, choice in choices]
                named = self.kind.field(choices[0][0]).label
                said[field.code] = f"“{named}”选{'、'.join(f'“{label}”' for label in labels)}的填写"
        return said


def _form_field(field: LetterField) -> forms.Field:
    conditional = any("=" in each for each in field.when)
    said: dict[str, Any] = {
        "label": field.label,
        "required": field.required and not conditional,
        "help_text": _hint(field),
    }
    if field.kind == "choice":
        return forms.ChoiceField(choices=field.choices, widget=forms.RadioSelect, **said)
    if field.kind == "date":
        return TypedDay(**said)
    if field.kind == "number":
        return forms.IntegerField(min_value=0, **said)
    if field.kind == "money":
        return forms.DecimalField(min_value=0, max_digits=11, decimal_places=2, **said)
    rows = 4 if field.kind == "lines" else 3 if field.code in _LONG else 0
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(max_length=4000, widget=widget, **said)


def _hint(field: LetterField) -> str:
    parts = [field.hint] if field.hint else []
    if field.kind == "date":
        parts.append("例如2026-03-01")
    if not field.required:
        parts.append("可以不填")
    return "；".join(parts) + ("。" if parts else "")


def initial_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Kept facts as a form shows them: days as days, lines as text."""
    return {code: _shown(code, value) for code, value in values.items()}


def _shown(code: str, value: Any) -> Any:
    if code.endswith("_on") and isinstance(value, str) and value:
        return date.fromisoformat(value)
    return "\n".join(value) if isinstance(value, list) and code != "withheld" else value
