"""Many generated reports through the reader, and a table of how it did.

``make trials``, or ``python scripts/trials.py --seeds 200 --shape html``. ``--dump 17 --shape html`` writes
one case to a folder: the file, what is true of it, what was read.
"""

import argparse
import json
import platform
import sys
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from gongkai.documents.reading import read
from gongkai.law.report.exchange import to_json

from .case import make_case
from .knobs import KNOBS, SHAPES, SLOW
from .scoring import Score, score
from .shapes import SUFFIXES


@dataclass(slots=True)
class Tally:
    """Sums over scores that share a shape or a knob."""

    cases: int = 0
    cells: int = 0
    right: int = 0
    doubtful: int = 0
    lost: int = 0
    wrong: int = 0
    agencies: int = 0
    years: int = 0
    refused: int = 0
    prose: float = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, result: Score) -> None:
        self.cases += 1
        self.cells += result.cells
        self.right += result.right
        self.doubtful += result.doubtful
        self.lost += result.lost
        self.wrong += len(result.wrong)
        self.agencies += result.agency
        self.years += result.year
        self.refused += bool(result.refusal)
        self.prose += result.prose
        self.seconds.append(result.seconds)

    def row(self, name: str) -> str:
        def share(part: float, whole: int) -> str:
            return f"{100 * part / whole:6.2f}%" if whole else "      –"

        times = sorted(self.seconds)
        return (
            f"{name:<30}{self.cases:>6}{share(self.right, self.cells):>10}{self.doubtful:>8}{self.lost:>8}"
            f"{self.wrong:>8}{self.refused:>6}"
            f"{share(self.agencies, self.cases):>9}{share(self.years, self.cases):>9}"
            f"{share(self.prose, self.cases):>9}"
            f"{1000 * times[len(times) // 2]:>9.0f}{1000 * times[-1]:>8.0f}"
        )


HEADER = (
    f"{'':<30}{'cases':>6}{'right':>10}{'doubt':>8}{'lost':>8}{'WRONG':>8}{'ref.':>6}"
    f"{'agency':>9}{'year':>9}{'prose':>9}{'ms p50':>9}{'max':>8}"
)


@dataclass(frozen=True, slots=True)
class Trial:
    """What to make and read; ``knobs`` where they are not to be drawn from the seed."""

    shape: str
    seed: int
    knobs: frozenset[str] | None = None

    def result(self) -> Score:
        return score(make_case(self.shape, self.seed, self.knobs), read)


def run(trials: Sequence[Trial], jobs: int) -> list[Score]:
    if jobs <= 1:
        return [trial.result() for trial in trials]
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(Trial.result, trials, chunksize=4))


def one_knob_at_a_time(shapes: Collection[str], seeds: Sequence[int]) -> list[Trial]:
    """Every knob alone, in every shape it applies to; what a shape does with none is there as well."""
    plain = [Trial(shape, seed, frozenset()) for shape in shapes for seed in seeds]
    return plain + [
        Trial(shape, seed, frozenset({knob.name}))
        for knob in KNOBS.values()
        for shape in knob.shapes
        if shape in shapes
        for seed in seeds
    ]


def tabulate(results: Iterable[Score]) -> str:
    """Two tables: by shape, by knob (separated shapes only), worst knob first."""
    shapes: dict[str, Tally] = {}
    knobs: dict[str, Tally] = {}
    for result in results:
        shapes.setdefault(result.case.shape, Tally()).add(result)
        if result.case.shape != "solid":
            for knob in result.case.knobs or ("(none)",):
                knobs.setdefault(knob, Tally()).add(result)
            for error in result.case.truth.errors:
                knobs.setdefault(f"error: {error}", Tally()).add(result)
    worst = sorted(knobs.items(), key=lambda item: (-item[1].wrong, item[1].right / max(1, item[1].cells)))
    by_shape = [shapes[shape].row(shape) for shape in SHAPES if shape in shapes]
    return "\n".join([HEADER, *by_shape, "", HEADER, *(tally.row(name) for name, tally in worst)])


def worst_cases(results: Iterable[Score], count: int = 25) -> list[Score]:
    """The cases that went most wrong: silent errors first, then what was lost or doubted."""
    bad = [r for r in results if not r.is_perfect]
    return sorted(bad, key=lambda r: (-len(r.wrong), -(r.lost + r.doubtful)))[:count]


def describe(result: Score) -> str:
    case = result.case
    wrong = ", ".join(f"{a}: {v} → {g}" for a, (v, g) in list(result.wrong.items())[:4])
    reader = "" if result.agency else f" agency={result.got.agency!r}≠{case.truth.report.agency!r}"
    reader += "" if result.year else f" year={result.got.year}≠{case.truth.report.year}"
    return (
        f"{case.shape} {case.seed}: wrong {len(result.wrong)} doubt {result.doubtful} lost {result.lost}"
        f" {sorted(case.knobs)} {list(case.truth.errors)}{reader} {wrong} {result.refusal}"
    )


def dump(result: Score, folder: Path) -> None:
    """One case in a folder: the file, ``expected.json``, ``got.json``, ``diagnosis.txt``."""
    folder.mkdir(parents=True, exist_ok=True)
    case = result.case
    (folder / f"input.{SUFFIXES[case.shape]}").write_bytes(case.data)
    for name, report in (("expected", case.truth.report), ("got", result.got)):
        text = json.dumps(to_json(report), ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text, "utf-8")
    wrong = "\n".join(f"{a}: published {v}, read {g}" for a, (v, g) in result.wrong.items())
    (folder / "diagnosis.txt").write_text(f"{describe(result)}\n{wrong}\n", "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=100, help="cases of each shape")
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument(
        "--shape", action="append", choices=SHAPES, help="only these (default: all but the slow ones)"
    )
    parser.add_argument("--knob", action="append", choices=sorted(KNOBS), help="these knobs, not drawn ones")
    parser.add_argument("--alone", action="store_true", help="one knob at a time")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--dump", type=int, metavar="SEED", help="write one case of each shape to a folder")
    parser.add_argument("--to", type=Path, default=Path("var/trials"), help="folder for dumps")
    options = parser.parse_args(arguments)
    knobs = frozenset(options.knob) if options.knob else None
    usual = [shape for shape in SHAPES if shape not in SLOW]
    shapes = [s for s in options.shape or usual if not knobs or all(s in KNOBS[k].shapes for k in knobs)]
    if options.dump is not None:
        for result in run([Trial(shape, options.dump, knobs) for shape in shapes], 1):
            dump(result, options.to / f"{result.case.shape}-{options.dump}")
            print(describe(result))
        return 0
    seeds = range(options.first, options.first + options.seeds)
    drawn = [Trial(shape, seed, knobs) for shape in shapes for seed in seeds]
    results = run(one_knob_at_a_time(shapes, seeds) if options.alone else drawn, options.jobs)
    print(f"Python {platform.python_version()}, {len(results)} cases\n{tabulate(results)}\n")
    print("\n".join(describe(result) for result in worst_cases(results)))
    return int(any(result.wrong for result in results))


if __name__ == "__main__":
    sys.exit(main())
