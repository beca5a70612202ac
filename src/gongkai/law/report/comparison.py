"""Two reports beside each other: figures cell by cell, prose by how much of it is the same."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from gongkai.law.report.filled import FilledReport, Value
from gongkai.law.rulebook import read_table

_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_NOT_WORDS = re.compile(r"[^\w]|_")


@dataclass(frozen=True, slots=True)
class Change:
    """One cell in both reports. ``difference`` is ``None`` where either is blank, ``percent`` also
    where there was 0 before (one decimal place, of the figure before)."""

    address: str
    before: Value
    after: Value

    @property
    def difference(self) -> Value:
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def percent(self) -> Decimal | None:
        difference = self.difference
        if difference is None or not self.before:
            return None
        return (Decimal(difference) * 100 / Decimal(self.before)).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class Similarity:
    """How much two texts share. ``jaccard``: shared runs of all runs; ``contained``: the part of the
    second text that stands in the first. Both 0 to 1; 0 where a text is shorter than one run."""

    jaccard: float
    contained: float


@dataclass(frozen=True, slots=True)
class SectionLikeness:
    """One section in both reports. ``copied``: so alike, and long enough, that it counts as 内容雷同.
    ``paragraphs``: those of the second report that stand word for word in the first."""

    section: str
    similarity: Similarity
    copied: bool
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All of it. ``only_before``, ``only_after``: cells that only one of the forms has."""

    changes: tuple[Change, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    sections: tuple[SectionLikeness, ...]


def compare(before: FilledReport, after: FilledReport) -> Comparison:
    """Two reports, usually two years of one agency. Where one has the 2019 form of （六）其他处理 and
    the other the 2021 form, the three rows are compared as their sum."""
    old, new = _comparable(before, after), _comparable(after, before)
    return Comparison(
        tuple(Change(a, old[a], value) for a, value in new.items() if a in old),
        tuple(a for a in old if a not in new),
        tuple(a for a in new if a not in old),
        compare_prose(before.sections, after.sections),
    )


def _comparable(report: FilledReport, other: FilledReport) -> dict[str, Value]:
    """The cells of a report, its three rows of （六） as one where the other report has one row."""
    cells = dict(report.cells())
    for address in [a for a in cells if a.startswith("table3.otherwise_handled.")]:
        whole = f"table3.otherwise_handled.{address.rpartition('.')[2]}"
        if whole in other:
            cells[whole] = _plus(cells.get(whole), cells.pop(address))
    return cells


def _plus(one: Value, other: Value) -> Value:
    return one if other is None else other if one is None else one + other


def compare_prose(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[SectionLikeness, ...]:
    """The sections that both have, in the order of the second."""
    return tuple(
        _likeness(code, before[code], text) for code, text in after.items() if before.get(code) and text
    )


def _likeness(code: str, before: str, after: str) -> SectionLikeness:
    one, other = _runs(before), _runs(after)
    return SectionLikeness(
        code, _share(one, other), _is_copy(one, other), tuple(identical_paragraphs(before, after))
    )


def copies(texts: Mapping[str, str]) -> Iterator[tuple[str, str, float]]:
    """Pairs among many texts of which one is a copy of the other, by name, the one with less of its
    own first, with the part of it that stands in the other. Every pair is looked at."""
    runs = {name: _runs(text) for name, text in texts.items()}
    for one, other in combinations(runs, 2):
        copy, source = sorted((one, other), key=lambda name: len(runs[name]))
        if _is_copy(runs[source], runs[copy]):
            yield copy, source, _share(runs[source], runs[copy]).contained


def _is_copy(source: frozenset[str], copy: frozenset[str]) -> bool:
    """Whether nearly all of a text long enough to matter stands in the other."""
    limits = read_table("report_checks.toml")["similarity"]
    return bool(len(copy) >= limits["length"] and _share(source, copy).contained >= limits["contained"])


def similarity(before: str, after: str) -> Similarity:
    """By overlapping runs of characters; figures and punctuation do not count, so a copy in which only
    the figures were changed is still seen."""
    return _share(_runs(before), _runs(after))


def _share(one: frozenset[str], other: frozenset[str]) -> Similarity:
    shared = len(one & other)
    return Similarity(shared / len(one | other) if shared else 0.0, shared / len(other) if shared else 0.0)


def skeleton(text: str) -> str:
    """The words of a text: no figures, punctuation or spaces; full-width letters folded."""
    return _NOT_WORDS.sub("", _FIGURES.sub("", unicodedata.normalize("NFKC", text)))


def _runs(text: str) -> frozenset[str]:
    words, size = skeleton(text), read_table("report_checks.toml")["similarity"]["shingle"]
    return frozenset(words[i : i + size] for i in range(len(words) - size + 1))


def identical_paragraphs(before: str, after: str) -> Iterator[str]:
    """The paragraphs of ``after``, as written, that ``before`` has too but for figures."""
    least = read_table("report_checks.toml")["similarity"]["paragraph"]
    known = {skeleton(paragraph) for paragraph in before.splitlines()}
    for paragraph in after.splitlines():
        bones = skeleton(paragraph)
        if len(bones) >= least and bones in known:
            yield paragraph.strip()
