"""The desk with 100,000 applications: ``python -m bench.casework --data FOLDER``.

Builds the office of ``bench.office`` in that folder where it is not there yet, then asks for every page
the way a browser does (Django's test client, in process) and runs every job: once to warm up, then five
times; the median. Processor time is what a quiet machine takes; wall time is what it took here.
``--write`` puts the table into docs/reference/speed.md.
"""

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
PAGE = _ROOT / "docs" / "reference" / "speed.md"
HEADING = "## The desk with 100,000 cases"
ROUNDS = 5


@dataclass(frozen=True)
class Measured:
    """Medians, in milliseconds, and how many queries one run asks."""

    name: str
    wall: float
    processor: float
    queries: int
    note: str = ""


def measure(name: str, run: Callable[[], object], rounds: int = ROUNDS) -> Measured:
    from django.db import connection

    asked: list[str] = []

    def counting(execute: Callable[..., object], sql: str, *rest: object) -> object:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(counting):
        first, note = _timed(run)
    times = [_timed(run)[0] for _ in range(rounds)] or [first]
    walls, processors = [wall for wall, _ in times], [processor for _, processor in times]
    found = Measured(
        name,
        1000 * statistics.median(walls),
        1000 * statistics.median(processors),
        len(asked),
        note if isinstance(note, str) else "",
    )
    print(f"{found.name:48s} {found.wall:9.0f} ms wall {found.processor:9.0f} ms cpu "
          f"{found.queries:6d} queries {found.note}", flush=True)  # fmt: skip
    return found


def _timed(run: Callable[[], object]) -> tuple[tuple[float, float], object]:
    """Wall time and processor time of one run, in seconds, and what it said."""
    wall, processor = time.perf_counter(), time.process_time()
    said = run()
    return (time.perf_counter() - wall, time.process_time() - processor), said


def set_up(data: Path) -> None:
    """Django on a database in a folder of its own."""
    data.mkdir(parents=True, exist_ok=True)
    os.environ |= {"GONGKAI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "gongkai.config.settings"}
    from gongkai.config.environment import ensure_keys

    ensure_keys()
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def pages() -> Iterator[Measured]:
    """Every page that grows with the registers."""
    from bench.office_visits import visits

    for name, visit in visits():
        yield measure(name, visit)


def jobs() -> Iterator[Measured]:
    """What runs by night, and what is counted."""
    from bench.office_visits import labors

    for name, labor, rounds in labors():
        yield measure(name, labor, rounds)


def _table(found: list[Measured]) -> str:
    lines = ["| | ms, processor | ms, wall | queries | |", "|---|--:|--:|--:|---|"]
    lines += [f"| {m.name} | {m.processor:,.0f} | {m.wall:,.0f} | {m.queries:,} | {m.note} |" for m in found]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--still-open", type=int, default=5_000)
    parser.add_argument("--lines", type=int, default=1_000_000, help="lines of the trail")
    parser.add_argument("--only", choices=("pages", "jobs"))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    set_up(options.data)
    from bench import machine, office

    built = office.build(options.cases, options.still_open, options.lines)
    print(built, flush=True)
    before = os.getloadavg()[0]
    found = [] if options.only == "jobs" else list(pages())
    found += [] if options.only == "pages" else list(jobs())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    last = f"Load before {before:.1f}, after {os.getloadavg()[0]:.1f}; peak memory {peak} MB."
    print(last)
    if options.write:
        write("\n\n".join([HEADING, machine.describe(), built, _table(found), last]))
    return 0


def write(section: str) -> None:
    """Put the section in the place of the old one, at the end of the page."""
    text = PAGE.read_text("utf-8")
    PAGE.write_text(f"{text.partition(HEADING)[0].rstrip()}\n\n\n{section}\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
