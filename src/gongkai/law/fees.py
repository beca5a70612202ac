"""信息处理费: what excessive applications cost (第四十二条; 国办函〔2020〕109号, since 2021-01-01)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from gongkai.law.breach import LawBreach
from gongkai.law.limits import chinese_date
from gongkai.law.rulebook import read_table

Basis = Literal["case", "page"]

_MOST = 100_000


@dataclass(frozen=True, slots=True)
class FeeSlice:
    """The part of a fee that one slice of the tariff makes: items ``first`` to ``last`` at ``rate``
    yuan each."""

    first: int
    last: int
    rate: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def amount(self) -> int:
        """Yuan."""
        return self.count * self.rate


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee in yuan with the slices it is made of."""

    basis: Basis
    quantity: int
    unit: str
    counting: str
    slices: tuple[FeeSlice, ...]
    document: str

    @property
    def amount(self) -> int:
        """Yuan."""
        return sum(part.amount for part in self.slices)

    @property
    def steps(self) -> tuple[str, ...]:
        """The reckoning in Chinese, one line a slice and one for the sum."""
        lines = [
            f"第{part.first}至{part.last}{self.unit}：{part.count}{self.unit}×{part.rate}元＝{part.amount}元"
            for part in self.slices
        ]
        return (*lines, f"合计{self.quantity}{self.unit}（{self.counting}）：{self.amount}元")


def fee(basis: Basis, quantity: int, on: date) -> Fee:
    """The fee for ``quantity`` cases in a month, or pages of one application, charged on a day.

    Raises ``LawBreach`` before the tariff was in force and for a quantity that cannot be.
    """
    require_charging(on)
    tariff = next(entry for entry in _tariffs() if entry["basis"] == basis)
    if not 0 <= quantity <= _MOST:
        raise LawBreach(f"{tariff['label']}计费的数量应为0至{_MOST}{tariff['unit']}，请核对。")
    parts = tuple(
        FeeSlice(part.first, min(part.last, quantity), part.rate) for part in _tariff_slices(tariff, quantity)
    )
    return Fee(basis, quantity, tariff["unit"], tariff["counting"], parts, tariff["document"])


def charged_from() -> date:
    """The first day on which a fee may be charged."""
    first: date = min(tariff["valid_from"] for tariff in _tariffs())
    return first


def require_charging(on: date) -> None:
    """Raises ``LawBreach`` for a day on which no fee was charged yet."""
    if on < charged_from():
        raise LawBreach(
            f"{chinese_date(charged_from())}前不收信息处理费，{chinese_date(on)}不能收费；请核对日期。",
            _tariffs()[0]["document"],
        )


def _tariffs() -> list[dict[str, Any]]:
    tariffs: list[dict[str, Any]] = read_table("fees.toml")["tariffs"]
    return tariffs


def next_case_fee(cases_so_far: int, on: date) -> int:
    """Yuan that one more case costs an applicant who has ``cases_so_far`` in the calendar month."""
    return fee("case", cases_so_far + 1, on).amount - fee("case", cases_so_far, on).amount


def _tariff_slices(tariff: dict[str, Any], quantity: int) -> Iterator[FeeSlice]:
    """The slices of a tariff that begin at or below ``quantity``."""
    for entry in tariff["slices"]:
        if entry["first"] <= quantity:
            yield FeeSlice(entry["first"], entry.get("last", quantity), entry["rate"])
    if bands := tariff.get("bands"):
        starts = range(bands["first"], quantity + 1, bands["width"])
        for number, first in enumerate(starts):
            yield FeeSlice(first, first + bands["width"] - 1, bands["rate"] + number * bands["step"])
