"""Search over a million published notices: ``python -m bench.search --data FOLDER [--size 20000]``.

Builds every index in that folder where it is not there yet, then asks each of them the same questions,
turn by turn, and says how long an answer took and how much of what a plain look through every text
finds was in it. ``--write`` puts the table into docs/reference/speed.md.
"""

import argparse
import json
import os
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from bench import casework, machine
from bench.published import Asked, World, questions

HEADING = "## P6: search over published notices"
SEED, QUESTIONS, DRAWN_FROM = 1, 1000, 5000


@dataclass(slots=True)
class Measured:
    name: str
    megabytes: float
    build: str
    times: list[float] = field(default_factory=list)  # of the processor
    walls: list[float] = field(default_factory=list)
    recalls: list[float] = field(default_factory=list)
    counts_right: list[bool] = field(default_factory=list)

    def timed(self, run: Callable[[], Any]) -> Any:
        wall, processor = time.perf_counter(), time.process_time()
        said = run()
        self.walls.append(time.perf_counter() - wall)
        self.times.append(time.process_time() - processor)
        return said

    def percentile(self, share: float, times: Sequence[float] = ()) -> float:
        ordered = sorted(times or self.times)
        return 1000 * ordered[int(len(ordered) * share)]


def build(data: Path, size: int, only: Sequence[str]) -> dict[str, str]:
    """Make what is missing; says how long each took."""
    from bench.finders import finders, folded

    kept = data / "built.json"
    built: dict[str, str] = json.loads(kept.read_text()) if kept.exists() else {}
    for finder in finders(data):
        if finder.name in built or (only and finder.name not in only):
            continue
        wall, processor = time.perf_counter(), time.process_time()
        finder.build(folded(World(SEED).notices(size)))
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        built = json.loads(kept.read_text()) if kept.exists() else {}
        built[finder.name] = f"{wall:,.0f} s ({processor:,.0f} s)"
        print(f"{finder.name}: built in {built[finder.name]}", flush=True)
        kept.write_text(json.dumps(built, ensure_ascii=False))
    return built


def known_truth(data: Path, size: int, asked: Sequence[Asked]) -> list[tuple[list[int], int]]:
    """``truth``, kept in the folder: a plain look takes minutes."""
    kept = data / f"truth-{size}-{len(asked)}.json"
    if not kept.exists():
        kept.write_text(json.dumps(truth(size, asked)))
    return [(ids, count) for ids, count in json.loads(kept.read_text())]


def truth(size: int, asked: Sequence[Asked]) -> list[tuple[list[int], int]]:
    """What a plain look through every text finds: the newest ten, and how many up to a thousand."""
    from bench.finders import COUNTED, TOP, folded, span
    from gongkai.search.words import parse

    newest = [(each.id, each.notice.section, each.text) for each in folded(World(SEED).notices(size))][::-1]
    found = []
    for one in asked:
        words, (first, last) = parse(one.text).words, span(one)
        matches = (
            pk
            for pk, section, text in newest
            if first <= pk <= last
            and (not one.section or section == one.section)
            and all(word in text for word in words)
        )
        ids = list(islice(matches, COUNTED))
        found.append((ids[:TOP], len(ids)))
    return found


def ask_all(
    data: Path, built: dict[str, str], asked: Sequence[Asked], truths: Sequence[tuple[list[int], int]]
):
    """Every question to every finder, one after the other, so that a busy moment falls on all."""
    from bench.finders import finders

    running = [finder for finder in finders(data) if finder.name in built]
    measured = {f.name: Measured(f.name, 0, built[f.name]) for f in running}
    for finder in running:
        finder.open()
        measured[finder.name].megabytes = finder.megabytes()
        for one in asked[:20]:
            finder.ask(one)
    for one, (ids, count) in zip(asked, truths, strict=True):
        for finder in running:
            note = measured[finder.name]
            found, counted = note.timed(partial(finder.ask, one))
            note.recalls.append(len(set(ids) & set(found)) / len(ids) if ids else float(not found))
            note.counts_right.append(count == counted)
    return list(measured.values())


def whole_pages(asked: Sequence[Asked]) -> dict[str, Measured]:
    """Our own answer as the portal gets it: ten hits with everything marked."""
    from gongkai.search.queries import search

    measured = {}
    for order in ("newest", "relevance"):
        note = measured[order] = Measured(order, 0, "")
        for one in asked:
            look = partial(
                search, one.text, section=one.section, since=one.since, until=one.until,
                order=order, per_page=10,
            )  # fmt: skip
            note.timed(look)
    return measured


def table(found: Sequence[Measured]) -> str:
    lines = [
        "| | p50, ms | p95, ms | p99, ms | worst, ms | p95 wall, ms | newest ten found | counts right "
        "| index, MB | built in, wall (processor) |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for one in found:
        times = " | ".join(f"{one.percentile(share):,.1f}" for share in (0.5, 0.95, 0.99, 0.9999))
        right, recall = statistics.mean(one.counts_right), statistics.mean(one.recalls)
        times += f" | {one.percentile(0.95, one.walls):,.1f}"
        shown = "by BM25" if "BM25" in one.name else f"{100 * recall:.1f} %"
        lines.append(
            f"| {one.name} | {times} | {shown} | {100 * right:.1f} % | {one.megabytes:,.0f} | {one.build} |"
        )
    return "\n".join(lines)


def by_length(asked: Sequence[Asked], found: Sequence[Measured]) -> str:
    """How much each finds of words of each length."""
    lengths = [min(len(one.text), 9) if " " not in one.text else 0 for one in asked]
    names = {0: "two words", 9: "9 and more"}
    shown = sorted(set(lengths), key=lambda length: length or 99)
    lines = ["| newest ten found, by length | " + " | ".join(names.get(n, str(n)) for n in shown) + " |"]
    lines.append("|---|" + "--:|" * len(shown))
    for one in found:
        if "BM25" in one.name:
            continue
        shares = [
            statistics.mean(r for r, length in zip(one.recalls, lengths, strict=True) if length == n)
            for n in shown
        ]
        lines.append(f"| {one.name} | " + " | ".join(f"{100 * share:.1f} %" for share in shares) + " |")
    return "\n".join(lines)


def section(
    size: int, asked: Sequence[Asked], found: Sequence[Measured], pages: dict[str, Measured], load: str
):
    whole = ";\n".join(
        f"{'newest first' if order == 'newest' else 'by relevance'} p50 {note.percentile(0.5):.1f} ms, "
        f"p95 {note.percentile(0.95):.1f} ms, worst {note.percentile(0.9999):.0f} ms of the processor, "
        f"p95 {note.percentile(0.95, note.walls):.1f} ms wall"
        for order, note in pages.items()
    )
    versions = machine.versions(("tantivy", "jieba"))
    return f"""{HEADING}

{machine.describe()} · SQLite {sqlite3.sqlite_version} · {versions}

{size:,} generated notices of a title, a number and 200 to 1,500 characters (`bench/published.py`, fixed
seed), {len(asked):,} questions drawn from them: pieces of one to eight characters, document
numbers, two words, some that find nothing; a fifth in one section, a fifth in a span of days. Each is put to
every index before the next, in one process: the ids of the newest ten and how many match, counted up to
1,000. Processor time is what a quiet machine takes, wall time what it took here. Goal: p95 ≤ 20 ms
and everything found. *Newest ten found*: of those that a plain look through every text finds. *Counts
right*: the same number up to 1,000. The texts are folded alike for all (`search/folding.py`).

{table(found)}

{by_length(asked, found)}

*gongkai* looks through the candidates its index gives (no positions are kept), so it needs the folded texts
beside the index; tantivy and FTS5 keep positions instead and no text. The peers leave out what the portal
needs beside: titles, texts to show, marks. The whole answer of `queries.search`, ten hits with their pieces
of text marked, over the same questions:
{whole}.

tantivy counts every match; the others stop at 1,000. BM25 ranks every match before it shows ten.

{load} `python -m bench.search --data FOLDER --size 1000000 --write` makes this section anew.
"""


def write(text: str) -> None:
    """Put the section in the place of the old one; the first time, before that of the desk."""
    page = casework.PAGE.read_text("utf-8")
    before, old, rest = page.partition(HEADING)
    if not old:
        before, old, rest = page.partition(casework.HEADING)
        rest = f"\n{old}{rest}"
    _, heading, after = rest.partition("\n## ")
    casework.PAGE.write_text(f"{before.rstrip()}\n\n\n{text}\n{heading}{after}", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--only", action="append", default=[], help="build only this one, by its name")
    parser.add_argument("--build-only", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    casework.set_up(options.data)
    built = build(options.data, options.size, options.only)
    if options.build_only:
        return 0
    step = max(1, options.size // DRAWN_FROM)
    drawn_from = list(islice(World(SEED).notices(options.size), 0, None, step))
    asked = questions(drawn_from, QUESTIONS, SEED + 1)
    truths = known_truth(options.data, options.size, asked)
    before = os.getloadavg()[0]
    found = ask_all(options.data, built, asked, truths)
    pages = whole_pages(asked)
    load = f"Load on {os.cpu_count()} cores before {before:.1f}, after {os.getloadavg()[0]:.1f}."
    told = section(options.size, asked, found, pages, load)
    print(told)
    if options.write:
        write(told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
