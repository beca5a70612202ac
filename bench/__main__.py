"""``make bench``: every task against its peers; writes docs/reference/speed.md on a quiet machine.

``python -m bench --only P1 --size 20`` tries one task; ``--write`` is refused on a busy machine. The
sections that other measurements write stay as they are.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(_ROOT / "tests")]  # the generator of reports lives with the tests

from bench import machine, reading, writing  # noqa: E402
from bench.race import ROUNDS, Contender  # noqa: E402

PAGE = _ROOT / "docs" / "reference" / "speed.md"
SIZES = {"P1": 200, "P2": 100, "P3": 30, "P9": 60}

HEAD = """# Speed

Generated reports (`tests/messy`, fixed seeds), every contender in one process, turn by turn, {rounds} rounds
with reports of their own, the median of processor time. A report counts only where every contender gave
back all its figures, so the same work is compared; what share of *all* cells each had right stands beside
it. *gongkai* is the whole way: bytes to figures with every relation evaluated. The peers' tables are turned
into figures by the label matching their user would write (`bench/plain.py`), with the same relations
evaluated.

`make bench` makes this page anew.
"""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", choices=list(SIZES), help="only this task")
    parser.add_argument("--size", type=int, help="reports for each task")
    parser.add_argument("--no-page", action="store_true", help="print only")
    options = parser.parse_args(argv)
    before = machine.load_per_core()
    parts = [HEAD.format(rounds=ROUNDS), machine.describe()]
    for code in options.only or SIZES:
        found = _run(code, options.size or SIZES[code])
        print("\n".join(found), flush=True)
        parts += found
    after = machine.load_per_core()
    parts.append(f"Load per core before {before:.2f}, after {after:.2f} (this run keeps one core busy).\n")
    if options.no_page or options.only:
        return 0
    if before > machine.BUSY:
        print(f"Load per core is {before:.2f}: too busy to publish a ratio; {PAGE.name} is left as it was.")
        return 1
    PAGE.write_text("\n\n".join(parts) + f"\n\n{_of_others(PAGE.read_text('utf-8'))}", "utf-8")
    return 0


def _of_others(page: str) -> str:
    """The sections that other measurements write, which stand behind these."""
    sections = re.split(r"^(?=## )", page, flags=re.MULTILINE)[1:]
    return "".join(each for each in sections if not each.startswith(tuple(f"## {code}:" for code in SIZES)))


def _run(code: str, size: int) -> list[str]:
    if code == "P9":
        return [part for kind in ("docx", "pdf") for part in _writing(kind, size)]
    task = next(task for task in reading.TASKS if task.code == code)
    sample, contenders = reading.run(task, size)
    count = len(sample.cases)
    bytes_each = sum(len(case.data) for case in sample.cases) / count / 1024
    return [
        f"## {task.code}: {task.title}",
        f"{count} of {sample.tried} generated reports, {bytes_each:.0f} KB each on average. "
        f"Goals: {task.goals}. With {machine.versions(task.packages)}.",
        _table(contenders, sample.right),
    ]


def _writing(kind: str, size: int) -> list[str]:
    size = size if kind == "docx" else max(6, size // 4)
    sample, contenders = writing.run(kind, size)
    stable = "the same report gives the same bytes" if writing.is_byte_stable(kind) else "NOT byte-stable"
    goal = "≥ 3 × docxtpl" if kind == "docx" else "≥ 20 × LibreOffice started for each file"
    packages = ("docxtpl", "python-docx") if kind == "docx" else ("typst", "reportlab")
    return [
        f"## P9: annual reports written as {kind.upper()}",
        f"{len(sample)} reports; {stable}. Goal: {goal}. With {machine.versions(packages)}.",
        _table(contenders, {}),
    ]


def _table(contenders: Sequence[Contender], right: dict[str, float]) -> str:
    ours = contenders[0].seconds
    lines = ["| | reports/s of one core | ms a report | time against ours | cells right, all reports |"]
    lines.append("|---|--:|--:|--:|--:|")
    for contender in contenders:
        share = f"{100 * right[contender.name]:.2f} %" if contender.name in right else ""
        cpu = contender.seconds
        figures = f"{1 / cpu:,.1f} | {1000 * cpu:.2f} | {cpu / ours:.2f} ×"
        lines.append(f"| {contender.name} | {figures} | {share} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
