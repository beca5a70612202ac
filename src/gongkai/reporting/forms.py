"""What the desk's pages take in: figures as people type them, prose, files, reasons."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django import forms

from gongkai.law.report.filled import FilledReport, Value
from gongkai.law.report.formats import CellKind, cell_kind

_COUNT = re.compile(r"\d{1,9}")
_SIGNED = re.compile(r"[+-]?\d{1,9}")
_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,6})?")
_SIGN_WORDS = (("−", "-"), ("—", "-"), ("增", "+"), ("减", "-"))

_WANTED: dict[CellKind, str] = {
    "count": "这一格填0或正整数",
    "signed": "这一格填整数，增加写+、减少写-，没有变化填0",
    "amount": "这一格填金额，单位万元，例如1082.36",
}


class NotAFigure(ValueError):
    """What was typed is no figure for its cell; the message says what is wanted."""


def parse_figure(text: str, kind: CellKind) -> Value:
    """A figure as typed: full-width digits, thousands separators, 增/减 and a unit are understood.

    An empty cell is ``None``. Raises ``NotAFigure``.
    """
    plain = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text))
    if not plain:
        return None
    if kind == "amount":
        return _amount(plain, text)
    if kind == "signed":
        for word, sign in _SIGN_WORDS:
            plain = plain.replace(word, sign)
    if not (_SIGNED if kind == "signed" else _COUNT).fullmatch(plain):
        raise NotAFigure(f"“{text.strip()}”不能填在这里：{_WANTED[kind]}；还没有数据可以先空着。")
    return int(plain)


def _amount(plain: str, text: str) -> Decimal:
    number = plain.removesuffix("元").removesuffix("万")
    if not _AMOUNT.fullmatch(number):
        raise NotAFigure(f"“{text.strip()}”不能填在这里：{_WANTED['amount']}；还没有数据可以先空着。")
    in_yuan = plain.endswith("元") and not plain.endswith("万元")
    return Decimal(number) / 10_000 if in_yuan else Decimal(number)


@dataclass(frozen=True, slots=True)
class TypedFigures:
    """The table as typed: ``cells`` understood, ``typed`` word for word, ``errors`` by address."""

    cells: Mapping[str, Value]
    typed: Mapping[str, str]
    errors: Mapping[str, str]


def read_figures(report: FilledReport, data: Mapping[str, str]) -> TypedFigures:
    """The figures of a posted form; inputs are named by their cell's address."""
    typed = {address: data[address] for address, _ in report.cells() if address in data}
    cells: dict[str, Value] = {}
    errors: dict[str, str] = {}
    for address, text in typed.items():
        try:
            cells[address] = parse_figure(text, cell_kind(address))
        except NotAFigure as error:
            errors[address] = str(error)
    return TypedFigures(cells, typed, errors)


_DAY = re.compile(r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?")


def parse_day(text: str) -> date | None:
    """A day as typed: 2025-06-30, 2025年6月30日, 2025.6.30. ``None`` for anything else."""
    found = _DAY.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="理由",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "请写明理由。"},
    )


class StartForm(forms.Form):
    year = forms.TypedChoiceField(label="报告年度", coerce=int)

    def __init__(self, years: list[int], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["year"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(year, f"{year}年度") for year in years]
