"""Charts drawn on the server: bars, stacked bars and lines as SVG, each with its table beneath.

Colors and patterns are classes of the style sheet, so that a chart reads in the dark and in print;
every value is also written, in the picture or in the table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Kind = Literal["columns", "bars", "line"]

WIDTH = 440
_LEFT, _TOP, _PLOT = 44, 14, 190  # a column chart: room for the axis, its height
_LABEL, _BAR, _GAP = 18, 18, 12  # a bar chart: label above each bar
_SERIES_KEPT = 11


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures. ``None`` is no figure at all, and is not drawn as 0."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with what it says."""

    x: float
    y: float
    width: float
    height: float
    css: str
    says: str


@dataclass(frozen=True, slots=True)
class Word:
    """A text at a place; ``anchor`` as SVG means it."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Trace:
    """A line through the points that have figures, in pieces where one is missing."""

    css: str
    pieces: tuple[str, ...]
    dots: tuple[Box, ...]


@dataclass(frozen=True)
class Chart:
    """``code`` names it in the page, ``title`` and ``note`` say what it shows. ``labels`` go with the
    values of each series; several series are stacked, or drawn as several lines."""

    code: str
    kind: Kind
    title: str
    note: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = "件"
    axis: str = ""

    def __post_init__(self) -> None:
        if any(len(row.values) != len(self.labels) for row in self.series):
            raise ValueError("every series has a value for each label")
        if len(self.series) > _SERIES_KEPT:
            raise ValueError(f"more than {_SERIES_KEPT} series cannot be told apart")

    @property
    def is_empty(self) -> bool:
        return not any(value for row in self.series for value in row.values)

    @cached_property
    def height(self) -> int:
        if self.kind == "bars":
            return len(self.labels) * (_LABEL + _BAR + _GAP) + 4
        return _TOP + _PLOT + 26

    @cached_property
    def top(self) -> float:
        """The value at the upper end of the scale."""
        if self.kind == "line":
            highest = max((v for row in self.series for v in row.values if v is not None), default=0)
        else:
            highest = max(self.totals, default=0)
        return nice(highest)

    @cached_property
    def totals(self) -> tuple[float, ...]:
        """What is stacked up over each label."""
        return tuple(sum(row.values[place] or 0 for row in self.series) for place in range(len(self.labels)))

    @cached_property
    def ticks(self) -> list[Word]:
        """The scale on the left of a column or line chart."""
        steps = 4 if self.top % 4 == 0 else 2 if self.top % 2 == 0 else 1
        return [
            Word(_LEFT - 6, self._y(self.top * step / steps), figure(self.top * step / steps), "end")
            for step in range(steps + 1)
        ]

    @cached_property
    def names(self) -> list[Word]:
        """The labels: beneath the columns, above the bars."""
        if self.kind == "bars":
            return [
                Word(0, self._row(place) + 13, f"{label}", "start") for place, label in enumerate(self.labels)
            ]
        every = -(-len(self.labels) // 13)
        return [
            Word(self._x(place + 0.5), _TOP + _PLOT + 18, label)
            for place, label in enumerate(self.labels)
            if place % every == 0
        ]

    @cached_property
    def boxes(self) -> list[Box]:
        return (
            list(self._columns() if self.kind == "columns" else self._bars()) if self.kind != "line" else []
        )

    @cached_property
    def sums(self) -> list[Word]:
        """The figure on top of each column, or behind each bar."""
        if self.kind == "columns":
            return [
                Word(self._x(place + 0.5), self._y(total) - 4, figure(total))
                for place, total in enumerate(self.totals)
                if total
            ]
        if self.kind == "bars":
            return [
                Word(WIDTH, self._row(place) + 13, f"{figure(total)}{self.unit}", "end")
                for place, total in enumerate(self.totals)
            ]
        return []

    @cached_property
    def traces(self) -> list[Trace]:
        return (
            [self._trace(place, row) for place, row in enumerate(self.series)] if self.kind == "line" else []
        )

    def _says(self, row: Series, place: int, value: float) -> str:
        name = f"{row.name}：" if len(self.series) > 1 else ""
        return f"{self.labels[place]}，{name}{figure(value)}{self.unit}"

    def _columns(self) -> Iterator[Box]:
        wide = (WIDTH - _LEFT) / max(len(self.labels), 1)
        for place in range(len(self.labels)):
            base = 0.0
            for number, row in enumerate(self.series):
                value = row.values[place]
                if not value:
                    continue
                upper, lower = self._y(base + value), self._y(base)
                yield Box(
                    round(self._x(place) + wide * 0.15, 1),
                    round(upper, 1),
                    round(wide * 0.7, 1),
                    round(lower - upper, 1),
                    f"s{number + 1}",
                    self._says(row, place, value),
                )
                base += value

    def _bars(self) -> Iterator[Box]:
        for place in range(len(self.labels)):
            base = 0.0
            for number, row in enumerate(self.series):
                value = row.values[place]
                if not value:
                    continue
                wide = value / self.top * WIDTH
                yield Box(
                    round(base, 1),
                    self._row(place) + _LABEL,
                    round(wide, 1),
                    _BAR,
                    f"s{number + 1}",
                    self._says(row, place, value),
                )
                base += wide

    def _trace(self, number: int, row: Series) -> Trace:
        pieces: list[list[str]] = [[]]
        dots = []
        for place, value in enumerate(row.values):
            if value is None:
                pieces.append([])
                continue
            x, y = round(self._x(place + 0.5), 1), round(self._y(value), 1)
            pieces[-1].append(f"{x},{y}")
            dots.append(Box(x, y, 0, 0, f"s{number + 1}", self._says(row, place, value)))
        joined = tuple(" ".join(piece) for piece in pieces if len(piece) > 1)
        return Trace(f"s{number + 1}", joined, tuple(dots))

    def _x(self, place: float) -> float:
        return _LEFT + place * (WIDTH - _LEFT) / max(len(self.labels), 1)

    def _y(self, value: float) -> float:
        return _TOP + _PLOT * (1 - value / self.top)

    def _row(self, place: int) -> int:
        return place * (_LABEL + _BAR + _GAP)


def nice(value: float) -> float:
    """The end of a scale that holds a value: 1, 2, 4, 5, 8 or 10 times a power of ten."""
    power = 1.0
    while value > power * 10:
        power *= 10
    return next(step * power for step in (1, 2, 4, 5, 8, 10) if value <= step * power)


def figure(value: float | None) -> str:
    """12, 3.5; a dash for no figure."""
    if value is None:
        return "—"
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"


def rows_of(chart: Chart) -> Sequence[tuple[str, list[str]]]:
    """The table beneath: a label and its figures in each row."""
    return [
        (label, [figure(row.values[place]) for row in chart.series])
        for place, label in enumerate(chart.labels)
    ]
