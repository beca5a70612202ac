"""Thousands of labelled files through screening: what is found, what is missed, what cries wolf.

``python -m tests.screening.trial.trials [--files 10000] [--seeds 1 2] [--jobs 2] [--errors 40]``
"""

import argparse
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat

from gongkai.screening.screen import screen
from tests.screening.trial.judging import MARKS, Tally, judge
from tests.screening.trial.labelled import made

PORTION, TIMED = 50, 10


def portion(seed: int, numbers: range) -> tuple[Tally, float, int]:
    """The tally of some files, and the processor seconds that every tenth took to be screened whole."""
    tally, seconds, timed = Tally(), 0.0, 0
    for number in numbers:
        one = made(seed, number)
        tally.add(judge(one))
        if number % TIMED == 0:
            start = time.process_time()
            screen(one.data, one.name)
            seconds += time.process_time() - start
            timed += 1
    return tally, seconds, timed


def trial(seed: int, files: int, jobs: int) -> tuple[Tally, float]:
    portions = [range(at, min(at + PORTION, files)) for at in range(0, files, PORTION)]
    whole, seconds, timed = Tally(), 0.0, 0
    with ProcessPoolExecutor(jobs) as pool:
        for tally, cost, count in pool.map(portion, repeat(seed), portions):
            whole.add(tally)
            seconds, timed = seconds + cost, timed + count
    return whole, timed / seconds


def told(seed: int, tally: Tally, speed: float) -> list[str]:
    lines = [
        f"seed {seed}: {tally.files} files, {tally.leaky} with leaks; {tally.flagged_clean} of "
        f"{tally.files - tally.leaky} without are flagged; {tally.pictures_passed} of {tally.pictures} "
        f"pictures pass as text; {speed:.0f} files a second of one core",
        "| label | there | recall | precision |",
        "|---|--:|--:|--:|",
    ]
    for label in sorted(tally.found | tally.missed):
        there = tally.found[label] + tally.missed[label]
        precise = f"{tally.precision(label):.2%}" if tally.right[f"personal.{label}"] else ""
        lines.append(f"| `{label}` | {there} | {tally.recall(label):.2%} | {precise} |")
    return lines


def falls_short(tally: Tally) -> list[str]:
    """The pass marks that are not reached."""
    short = [
        f"{label}: {tally.recall(label):.2%} / {tally.precision(label):.2%}"
        for label, (recall, precision) in MARKS.items()
        if tally.recall(label) < recall or tally.precision(label) < precision
    ]
    return short + (["pictures"] if tally.pictures_passed else [])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--errors", type=int, default=0, help="show so many kinds of errors")
    options = parser.parse_args(arguments)
    short = []
    for seed in options.seeds:
        tally, speed = trial(seed, options.files, options.jobs)
        print("\n".join(told(seed, tally, speed)), flush=True)
        for error, count in tally.errors.most_common(options.errors):
            print(f"{count:6} {error}: {'; '.join(tally.examples[error])}")
        short += falls_short(tally)
    print("falls short:", "; ".join(short) or "nowhere")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
