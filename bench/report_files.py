"""Generated reports that every contender reads alike, and how each did on all that were generated."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from messy.case import Case, make_case

from bench.plain import agreement
from gongkai.law.report.filled import FilledReport

Reader = Callable[[Case], FilledReport]


@dataclass(slots=True)
class Sample:
    """``cases``: those that every reader gave back exactly. ``right``: reader → share of all cells."""

    cases: list[Case] = field(default_factory=list)
    tried: int = 0
    right: dict[str, float] = field(default_factory=dict)


def draw(shape: str, variants: Sequence[tuple[str, ...]], size: int, readers: dict[str, Reader]) -> Sample:
    """``size`` reports on which all readers agree with what was written, in the given variants by turns."""
    sample = Sample()
    sums = {name: [0, 0] for name in readers}
    for case in _cases(shape, variants):
        if len(sample.cases) == size or sample.tried == 6 * size:
            break
        sample.tried += 1
        exact = True
        for name, reader in readers.items():
            right, cells = _compare(reader, case)
            sums[name][0] += right
            sums[name][1] += cells
            exact &= right == cells
        if exact:
            sample.cases.append(case)
    sample.right = {name: right / cells for name, (right, cells) in sums.items()}
    return sample


def _cases(shape: str, variants: Sequence[tuple[str, ...]]) -> Iterator[Case]:
    seed = 0
    while True:
        yield make_case(shape, seed, variants[seed % len(variants)])
        seed += 1


def _compare(reader: Reader, case: Case) -> tuple[int, int]:
    """A reader that fails on a file has none of its cells."""
    truth = case.truth.report
    try:
        return agreement(reader(case), truth)
    except Exception:
        return 0, sum(1 for _ in truth.cells())
