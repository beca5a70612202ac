"""Fields as the desk asks for them: a label, a hint, and a sentence for what is missing."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

LONGEST_LINE = 120
LONGEST_REASON = 500
DAY_FORMATS = ["%Y年%m月%d日", "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"]
DAY_HINT = "写成2026-03-01或者2026年3月1日。"
_EARLIEST, _LATEST = date(1949, 10, 1), date(2099, 12, 31)


class DayField(forms.DateField):
    """A day, typed as text in any of the usual forms, also as our own pages print it."""

    def __init__(self, label: str, hint: str = DAY_HINT, *, required: bool = True) -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=hint,
            input_formats=DAY_FORMATS,
            error_messages={
                "required": f"请填写“{label}”。",
                "invalid": "这不是日期；请写成2026年3月1日或者2026-03-01的样子，并核对月、日。",
            },
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"autocomplete": "off"}),
        )

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).partition("(")[0].replace(" ", "")
        found = super().to_python(value)
        if found is not None and not _EARLIEST <= found <= _LATEST:
            raise forms.ValidationError("年份不对，应当在1949年至2099年之间，请核对。")
        return found


def line(
    label: str, hint: str = "", *, required: bool = True, longest: int = LONGEST_LINE
) -> forms.CharField:
    """A text on one line."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=longest,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": f"请填写“{label}”。"},
    )


def words(
    label: str, hint: str = "", *, required: bool = True, longest: int = LONGEST_REASON, rows: int = 3
) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": f"请填写“{label}”。"},
    )


def choice(
    label: str, choices: Iterable[tuple[str, str]], hint: str = "", *, required: bool = True, first: str = ""
) -> forms.ChoiceField:
    """One of a few; ``first`` is what stands there while nothing is chosen."""
    return forms.ChoiceField(
        label=label,
        choices=[("", first), *choices] if first else list(choices),
        help_text=hint,
        required=required,
        error_messages={"required": f"请选择“{label}”。"},
    )
