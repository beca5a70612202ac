"""How well a reader did on a case: cell by cell, against what stands in the tables."""

import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import opencc

from gongkai.documents.reading.content import Unreadable
from gongkai.law.report.filled import FilledReport, Value

from .case import Case

_SIMPLIFY = opencc.OpenCC("t2s")

Reader = Callable[[bytes], FilledReport]


@dataclass(frozen=True, slots=True)
class Score:
    """The verdict on one case.

    ``right`` counts cells read as they stand (or, where the truth is open, doubted); ``doubtful`` cells
    the reader gave up although a careful person could have read them; ``lost`` cells of a table the reader
    did not find at all or a file it refused; ``wrong`` addresses with another value than the published
    one and no doubt: address → (published, read); ``prose`` the share of paragraphs found in their section.
    """

    case: Case
    right: int
    doubtful: int
    lost: int
    wrong: dict[str, tuple[Value, Value]]
    agency: bool
    year: bool
    seconds: float
    prose: float
    refusal: str = ""
    got: FilledReport = field(default_factory=FilledReport)

    @property
    def cells(self) -> int:
        return self.right + self.doubtful + self.lost + len(self.wrong)

    @property
    def is_perfect(self) -> bool:
        return not (self.doubtful or self.lost or self.wrong) and self.agency and self.year


def score(case: Case, reader: Reader) -> Score:
    """Let a reader read a case. Only ``Unreadable`` is an answer; any other exception is a crash of the
    reader, counted as a refusal with its name."""
    started = time.perf_counter()
    try:
        got, refusal = reader(case.data), ""
    except Unreadable as error:
        got, refusal = FilledReport(), str(error)
    except Exception as error:
        got, refusal = FilledReport(), f"CRASH {type(error).__name__}: {error}"
    return _judge(case, got, refusal, time.perf_counter() - started)


def _judge(case: Case, got: FilledReport, refusal: str, seconds: float) -> Score:
    counts, wrong = Counter[str](), {}
    for address, value in case.truth.report.cells():
        verdict = _verdict(case, got, address, value)
        if verdict == "wrong":
            wrong[address] = (value, got[address])
        else:
            counts[verdict] += 1
    invented = {a: v for a, v in got.cells() if v and a not in case.truth.report and a not in got.doubtful}
    wrong |= {address: (None, value) for address, value in invented.items()}
    return Score(
        case,
        counts["right"],
        counts["doubtful"],
        counts["lost"],
        wrong,
        _same_name(case.truth.report.agency, got.agency),
        got.year == case.truth.report.year,
        seconds,
        _share_of_prose(case, got),
        refusal,
        got,
    )


def _verdict(case: Case, got: FilledReport, address: str, value: Value) -> str:
    if address.partition(".")[0] not in got.tables:
        return "right" if value is None else "lost"
    if address in got.doubtful:
        if got[address] not in (None, value):
            return "wrong"
        return "right" if address in case.truth.open or value is None or got[address] == value else "doubtful"
    accepted = (value, *case.truth.tolerated.get(address, ()))
    return "right" if got[address] in accepted else "wrong"


def _share_of_prose(case: Case, got: FilledReport) -> float:
    """How many of the printed paragraphs stand in the section they belong to, of all."""
    found = [_folded(text) in _folded(got.sections.get(section)) for section, text in case.prose]
    return sum(found) / len(found) if found else 1.0


def _same_name(expected: str | None, got: str | None) -> bool:
    return _folded(expected) == _folded(got)


def _folded(name: str | None) -> str:
    """A name without what damage to the page does to it: mirrors, brackets, old radicals, spaces."""
    text = unicodedata.normalize("NFKC", name or "")
    return str(_SIMPLIFY.convert(re.sub(r"\([a-zāáǎàōóǒòēéěèīíǐìūúǔùü]+\)|\s", "", text)))
