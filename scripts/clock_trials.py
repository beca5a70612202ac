"""The clock against the slow reference on random cases: ``python scripts/clock_trials.py``.

Writes ``docs/reference/clock-trials.md``; the status is 1 where the two disagree.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.law.clock.duel import Score, compare
from tests.law.clock.random_cases import random_cases
from tests.law.clock.slow_reference import Verdict, judge

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "clock-trials.md"
BATCH = 10_000
CLI_SEED = 900_000_000  # far from the seeds of the trials


@dataclass(frozen=True)
class CommandRun:
    """``gongkai due --events`` on a file: how long it took, how many of its answers are wrong."""

    lines: int
    seconds: float
    wrong: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--lines", type=int, default=100_000, help="lines for gongkai due --events")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args()
    load = os.getloadavg()[0]
    started = time.perf_counter()
    score = trials(chosen.cases, chosen.seed, chosen.jobs)
    seconds = time.perf_counter() - started
    command = due_command(chosen.lines)
    PAGE.write_text(
        page(chosen, score, f"load {load:.1f} before the start, {seconds:.0f} s", command), "utf-8"
    )
    print(f"{score.cases} cases, {len(score.differences)} differences, {seconds:.0f} s")
    print(f"{command.lines} lines through gongkai due, {command.wrong} differences, {command.seconds:.1f} s")
    print("\n".join(score.differences[:20]))
    return int(bool(score.differences or command.wrong))


def trials(cases: int, seed: int, jobs: int) -> Score:
    total = Score()
    sizes = [min(BATCH, cases - done) for done in range(0, cases, BATCH)]
    with ProcessPoolExecutor(jobs) as pool:
        for score in pool.map(batch, range(seed, seed + len(sizes)), sizes):
            total.add(score)
    return total


def batch(seed: int, size: int) -> Score:
    return compare(random_cases(seed, size))


def due_command(lines: int) -> CommandRun:
    cases = [case for case, _ in random_cases(CLI_SEED, lines)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cases.jsonl"
        file.write_text("".join(json.dumps(case) + "\n" for case in cases), "utf-8")
        command = [sys.executable, "-m", "gongkai.cli", "due", "--events", str(file), "--json"]
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        seconds = time.perf_counter() - started
    answers = map(json.loads, done.stdout.splitlines())
    wrong = sum(not agrees(case, answer, judge(case)) for case, answer in zip(cases, answers, strict=True))
    return CommandRun(lines, seconds, wrong)


def agrees(case: dict[str, Any], answer: dict[str, Any], slow: Verdict) -> bool:
    if answer["id"] != case["id"]:
        return False
    if slow[0] == "error":
        return "error" in answer and answer["article"] == slow[1]
    due = slow[1].isoformat() if slow[1] else None
    return (answer.get("due_on"), answer.get("state"), answer.get("estimated")) == (due, *slow[2:])


def processor() -> str:
    """As Linux names it; elsewhere what Python knows."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(": ")[1] for line in lines if line.startswith("model name")), platform.machine())


def page(chosen: argparse.Namespace, score: Score, circumstances: str, command: CommandRun) -> str:
    number = partial("{:,}".format)
    machine = f"Python {platform.python_version()}, {processor()}, {os.cpu_count()} cores"
    when = f"{datetime.now(UTC):%Y-%m-%d}"
    last_seed = chosen.seed + (score.cases - 1) // BATCH
    rows = [f"| {name} | {number(count)} |" for name, count in sorted(score.counts.items())]
    speed = number(round(command.lines / command.seconds))
    return f"""# Trials: the clock against a slow reference

Written by `scripts/clock_trials.py`; run it again instead of editing the page.

`tests/law/clock/slow_reference.py` reckons a case a second time, day by day, from the notice files and the
text of the Regulation, without any code of `gongkai.law`. `tests/law/clock/random_cases.py` draws cases
received from 2019-05-15 to 2026-12-31, lawful ones and ones that go wrong. Compared are the due day, the
state, whether the day is an estimate, and for an unlawful case the article of the first event refused.
The test suite repeats a few thousand cases with every run.

```
.venv/bin/python scripts/clock_trials.py --cases {chosen.cases} --seed {chosen.seed} --jobs {chosen.jobs}
```

## Result

{when}, {machine}, {chosen.jobs} processes, {circumstances}.
Seeds {chosen.seed} to {last_seed}, {number(BATCH)} cases each.

**{number(score.cases)} cases, {number(len(score.differences))} differences.**

| What was drawn | Cases |
|---|---|
{chr(10).join(rows)}

## `gongkai due --events`

{number(command.lines)} lines of the same kind in **{command.seconds:.1f} s** ({speed} lines a second,
one process, start of the interpreter and printing included); answers that differ from the reference:
**{number(command.wrong)}**.
"""


if __name__ == "__main__":
    sys.exit(main())
