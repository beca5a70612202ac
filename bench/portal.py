"""P7, the public pages: ``python -m bench.portal [--data FOLDER] [--requests 100] [--write]``.

A list and a page of the portal, kept and not kept, beside a plain Django ``ListView`` and ``DetailView`` over
the same rows and beside the same page as a file: each served by granian with one worker and four threads, as
``run`` does, asked over one connection that stays open, turn by turn. What counts is the processor time of
the server; the time that somebody waits stands beside it. ``--data`` is the folder of an office that was
seeded before; without one it is seeded.
"""

import argparse
import http.client
import json
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import casework, machine

HEADING = "## P7: pages of the portal"
FOLLOWING = ("## P10", "## P6", casework.HEADING)
ROUNDS, WORKERS = 5, ["--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "error"]
AGENCY = "tacheng-edu"
NOTE = """{rows} items on the website of the demo office; a list of 20 lines and the longest item; {rounds}
rounds of {requests} requests each ({many} of what is kept and of the file), turn by turn, over one open
connection, no compression asked for. Each server is granian with one worker and four threads. *Kept*: as
`make run` serves it, with the store of pages in front of the application. *Not kept*: the same application
without that store, so that every request renders. The plain view is a `ListView` of 20 rows and a
`DetailView` without middleware over the same rows, its page without head, navigation or facts. The file is
our page, served by granian itself."""
QUICK = 20  # times as many requests where one is too short for the clock
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Runner:
    """A page of a server. ``cpu`` and ``waits`` are milliseconds a request, round by round."""

    name: str
    page: str
    port: int
    process: int
    path: str
    times: int = 1
    size: int = 0
    cpu: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)


@contextmanager
def served(target: str, environment: dict[str, str], extra: Sequence[str] = ()) -> Iterator[tuple[int, int]]:
    """granian on a port of its own; port and process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), *WORKERS, *extra, target]
    process = subprocess.Popen(command, env=os.environ | environment)
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("a server did not start")


def _family(process: int) -> list[int]:
    found = [process]
    for number in found:
        children = Path(f"/proc/{number}/task/{number}/children")
        found += [int(child) for child in children.read_text().split()] if children.exists() else []
    return found


def processor_seconds(process: int) -> float:
    """What a server and its children have used."""
    fields = [Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split() for each in _family(process)]
    return sum(int(each[11]) + int(each[12]) for each in fields) / _TICK


def ask(runner: Runner, count: int) -> None:
    """So many requests over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", runner.port, timeout=60)
    before, waits = processor_seconds(runner.process), []
    for _ in range(count):
        started = time.perf_counter()
        connection.request("GET", runner.path)
        answer = connection.getresponse()
        body = answer.read()
        waits.append(1000 * (time.perf_counter() - started))
        if answer.status != 200 or not body:
            raise SystemExit(f"{runner.name}: {answer.status} for {runner.path}")
    runner.size = len(body)
    runner.cpu.append(1000 * (processor_seconds(runner.process) - before) / count)
    runner.waits.append(statistics.median(waits))
    connection.close()


def rows_of(data: Path) -> list[tuple[int, str, str, str]]:
    """Number, title, day and words of what is on the website."""
    base = sqlite3.connect(f"file:{data / 'gongkai.sqlite3'}?mode=ro", uri=True)
    query = "select item_id, title, published_on, content from publishing_publication"
    return list(base.execute(f"{query} where ended_at is null and on_website = 1 order by item_id"))


def run(data: Path, requests: int) -> tuple[list[Runner], int]:
    """Everybody in turn, in rounds after a warm-up."""
    rows = rows_of(data)
    longest = max(rows, key=lambda row: len(row[3]))[0]
    pages = {"list": (f"/disclosure/{AGENCY}/items/", "/items/"), "item": (f"/items/{longest}/",) * 2}
    ours = {"GONGKAI_DATA": str(data), "GONGKAI_WORKER": "0"}
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        plain = {"PLAIN_DATABASE": str(scratch / "plain.sqlite3")}
        _fill(plain, rows)
        kept = stack.enter_context(served("gongkai.config.wsgi:application", ours))
        bare = stack.enter_context(served("bench.portal_bare:application", ours))
        beside = stack.enter_context(served("bench.portal_plain:application", plain))
        for page, (path, _) in pages.items():
            _save(kept[0], path, scratch / "files" / f"{page}.html")
        mount = ["--static-path-route", "/files", "--static-path-mount", str(scratch / "files")]
        files = stack.enter_context(served("bench.portal_plain:application", plain, mount))
        runners = [
            Runner(name, page, *server, path, times)
            for page, (path, other) in pages.items()
            for name, server, path, times in (
                ("gongkai, kept", kept, path, QUICK),
                ("gongkai, not kept", bare, path, 1),
                ("plain Django view", beside, other, 1),
                ("the page as a file", files, f"/files/{page}.html", QUICK),
            )
        ]
        for number in range(ROUNDS + 1):
            for runner in runners:
                ask(runner, requests * runner.times if number else 20)
        for runner in runners:
            del runner.cpu[0], runner.waits[0]
    return runners, len(rows)


def _fill(environment: dict[str, str], rows: list[tuple[int, str, str, str]]) -> None:
    code = "import json, sys; from bench.portal_plain import fill; fill(json.load(sys.stdin))"
    command, told = [sys.executable, "-c", code], json.dumps(rows)
    subprocess.run(command, input=told, text=True, check=True, env=os.environ | environment)


def _save(port: int, path: str, file: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(connection.getresponse().read())


def seeded(folder: Path) -> Path:
    """An office with its public pages; made where there is none."""
    if not (folder / "gongkai.sqlite3").exists():
        for command in (["migrate", "--verbosity", "0"], ["seed_demo"]):
            call = [sys.executable, "-m", "gongkai.manage", *command]
            subprocess.run(
                call, check=True, env=os.environ | {"GONGKAI_DATA": str(folder)}, stdout=sys.stderr
            )
    return folder


def section(runners: list[Runner], rows: int, requests: int, load: tuple[float, float]) -> str:
    """What goes into the page of speed."""
    told = NOTE.format(rows=rows, rounds=ROUNDS, requests=requests, many=requests * QUICK)
    lines = [HEADING, machine.describe(), f"{told} With {machine.versions(('django', 'granian'))}."]
    for page, title in (("list", "The list"), ("item", "An item")):
        lines.append(_table(title, [runner for runner in runners if runner.page == page]))
    lines.append(f"Load per core before {load[0]:.2f}, after {load[1]:.2f}.")
    lines.append("`python -m bench.portal` measures again; with `--write` it replaces this section.")
    return "\n\n".join(lines)


def _table(title: str, runners: list[Runner]) -> str:
    rows = [f"| {title} | KB | ms of the server's processor | ms waited, median | requests/s of one core |"]
    rows.append("|---|--:|--:|--:|--:|")
    for each in runners:
        cpu, wait = statistics.median(each.cpu), statistics.median(each.waits)
        pace = f"{1000 / cpu:,.0f}" if cpu else "—"
        rows.append(f"| {each.name} | {each.size / 1024:.1f} | {cpu:.2f} | {wait:.2f} | {pace} |")
    return "\n".join(rows)


def write(text: str) -> None:
    """The section stands before those of screening, search and the desk: whoever writes them keeps it."""
    page = casework.PAGE.read_text("utf-8")
    if HEADING in page:
        start, _, rest = page.partition(HEADING)
        page = start + rest[rest.index("\n## ") + 1 :]
    place = min(page.index(each) for each in FOLLOWING if each in page)
    casework.PAGE.write_text(f"{page[:place].rstrip()}\n\n\n{text}\n\n\n{page[place:]}", "utf-8")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="the folder of a seeded office")
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(argv)
    before = machine.load_per_core()
    with tempfile.TemporaryDirectory() as folder:
        runners, rows = run(seeded(options.data or Path(folder)), options.requests)
    text = section(runners, rows, options.requests, (before, machine.load_per_core()))
    print(text)
    if options.write:
        write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
