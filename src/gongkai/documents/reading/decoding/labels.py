"""The labels of the statutory tables, found again in what was published.

A label matches if its core is the same, if it ends the words of the cell (group label and row
label in one cell), if it is the same but for one lost or wrong glyph, or if it is cut short.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import takewhile

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from gongkai.documents.reading.decoding.folding import core
from gongkai.law.report.formats import ReportFormat, all_formats

EXACT, CLOSE = 2, 1
_REMEMBERED = 10_000  # keys: reports repeat the same few hundred words
_BRACKETS = re.compile(r"[(（].*?[)）]", re.DOTALL)
SAME_WORD = {"合计": "总计", "总数": "总计"}
"""Words that stand for a word of the form where they are the whole label."""


@dataclass(frozen=True)
class Vocabulary:
    """Keys of labels → codes. ``find`` gives the code and how well it matched."""

    codes: Mapping[str, str]
    key: Callable[[str], str]
    _found: dict[str, tuple[str, int] | None] = field(default_factory=dict, repr=False)

    def exact(self, words: str) -> str | None:
        return self.codes.get(self.key(words))

    def find(self, words: str) -> tuple[str, int] | None:
        key = self.key(words)
        if not key:
            return None
        if key not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[key] = self._look_for(key)
        return self._found[key]

    def _look_for(self, key: str) -> tuple[str, int] | None:
        if key in self.codes:
            return self.codes[key], EXACT
        return self._ending(key) or self._cut_short(key) or self._damaged(key)

    def _ending(self, key: str) -> tuple[str, int] | None:
        endings = [label for label in self.codes if len(label) >= 4 and key.endswith(label)]
        return (self.codes[max(endings, key=len)], EXACT) if endings else None

    def _cut_short(self, key: str) -> tuple[str, int] | None:
        """``部分公开`` for the long label; only where one label begins like that."""
        begun = {code for label, code in self.codes.items() if label.startswith(key)}
        return (begun.pop(), CLOSE) if len(key) >= 4 and len(begun) == 1 else None

    def _damaged(self, key: str) -> tuple[str, int] | None:
        best = process.extract(key, self.codes.keys(), scorer=Levenshtein.distance, limit=2)
        label, distance, _ = best[0]
        allowed = max(1, max(len(label), len(key)) // 4) if len(label) >= 4 and len(key) >= 3 else 0
        rival = best[1][1] if len(best) > 1 and self.codes[best[1][0]] != self.codes[label] else 99
        return (self.codes[label], CLOSE) if distance <= allowed and distance < rival else None


@lru_cache(maxsize=16384)
def _label_key(words: str) -> str:
    key = core(words)
    return SAME_WORD.get(key, key)


@lru_cache(maxsize=16384)
def header_key(words: str) -> str:
    """A header of table 2 without its unit in brackets and without 数量 or 件数, which offices exchange."""
    return re.sub("(件数|数量)$", "", core(_BRACKETS.sub("", words)))


def _vocabulary(pairs: Iterable[tuple[str, str]], key: Callable[[str], str] = _label_key) -> Vocabulary:
    return Vocabulary({key(label): code for label, code in pairs}, key)


def row_labels(report_format: ReportFormat) -> list[tuple[str, str]]:
    """The rows of table 3 as (core of the label, code), in the order of the form."""
    return [(core(row.label), row.code) for row in report_format.table3_rows]


@cache
def table3_rows() -> Vocabulary:
    return _vocabulary((row.label, row.code) for f in all_formats() for row in f.table3_rows)


@cache
def applicant_columns() -> Vocabulary:
    return _vocabulary((column.label, column.code) for column in all_formats()[-1].table3_columns)


@cache
def result_columns() -> Vocabulary:
    return _vocabulary((column.label, column.code) for column in all_formats()[-1].table4_columns)


@cache
def table2_rows() -> Vocabulary:
    return _vocabulary((row.label, row.code) for f in all_formats() for b in f.table2 for row in b.rows)


@cache
def table2_columns() -> Vocabulary:
    pairs = [(column.label, column.code) for f in all_formats() for b in f.table2 for column in b.columns]
    return _vocabulary(pairs, header_key)


@cache
def block_titles() -> Vocabulary:
    return _vocabulary((block.title, block.code) for f in all_formats() for block in f.table2)


@cache
def number_prefixes() -> Mapping[str, str]:
    """Row code → the digit printed before its label (``2`` for ``2.重复申请``)."""
    found = {}
    for report_format in all_formats():
        for row in report_format.table3_rows:
            match = re.match(r"(\d+)\.", row.label)
            if match:
                found[row.code] = match[1]
    return found


@cache
def split_ending() -> str:
    """The words that the first two rows of （六） end with in the form that has three: a sign of that
    form even where the labels are damaged."""
    first, second, *_ = (
        core(row.label) for row in all_formats()[-1].table3_rows if row.label.endswith("公开申请")
    )
    same = takewhile(lambda pair: pair[0] == pair[1], zip(reversed(first), reversed(second), strict=False))
    return "".join(character for character, _ in same)[::-1]
