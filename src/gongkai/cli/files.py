"""The files of a call: folders opened up, each file read in the guarded child, none stopping the rest."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from gongkai.cli.console import complain
from gongkai.cli.outcome import OK, UNREADABLE, Refused
from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.guarded import iter_files, read_file, read_guarded, read_many
from gongkai.law.report.filled import FilledReport

STANDARD_INPUT = "-"
_MANY = 5  # files: fewer are done before a progress bar could be read


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as given (``-``: the standard input) and its report, or the sentence why not."""

    name: str
    report: FilledReport | None = None
    error: str = ""


def read_files(names: Sequence[str], jobs: int | None = None) -> list[Reading]:
    """Every file named, folders opened up, in the order given; the sentence on each file that
    cannot be read goes to the error stream too."""
    expanded = list(_expand(names))
    found: dict[str, Reading] = {}
    if STANDARD_INPUT in expanded:
        found[STANDARD_INPUT] = _read_standard_input()
    paths = [Path(name) for name in expanded if name != STANDARD_INPUT]
    with _progress(len(paths)) as advance:
        for path, outcome in read_many(paths, jobs, advance):
            found[str(path)] = _reading(str(path), outcome)
    readings = [found[name] for name in dict.fromkeys(expanded)]
    for reading in readings:
        if reading.error:
            complain(f"{reading.name}：{reading.error}")
    return readings


def read_one(name: str) -> FilledReport:
    """The report in one file. Raises :class:`Refused` for a folder or a file that cannot be read."""
    if name != STANDARD_INPUT and Path(name).is_dir():
        raise Refused(f"{name} 是文件夹，这里要给一个文件。")
    try:
        return read_guarded(sys.stdin.buffer.read()) if name == STANDARD_INPUT else read_file(Path(name))
    except Unreadable as error:
        raise Refused(f"{name}：{error}") from error


def exit_status(readings: Sequence[Reading]) -> int:
    return UNREADABLE if any(reading.error for reading in readings) else OK


def each_or_one(
    arguments: argparse.Namespace,
    readings: Sequence[Reading],
    describe: Callable[[Reading, FilledReport], dict[str, object]],
) -> object:
    """The JSON of a call: one object for one file, a list for several files or a folder."""
    described = [
        describe(reading, reading.report)
        if reading.report is not None
        else {"file": reading.name, "error": reading.error}
        for reading in readings
    ]
    if len(arguments.files) == 1 and not Path(arguments.files[0]).is_dir():
        return described[0]
    return [{"file": reading.name} | one for reading, one in zip(readings, described, strict=True)]


def _expand(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        if name != STANDARD_INPUT and Path(name).is_dir():
            inside = [str(path) for path in iter_files(Path(name))]
            if not inside:
                raise Refused(f"{name}：文件夹里没有可读的文件。")
            yield from inside
        else:
            yield name


def _read_standard_input() -> Reading:
    try:
        return Reading(STANDARD_INPUT, read_guarded(sys.stdin.buffer.read()))
    except Unreadable as error:
        return Reading(STANDARD_INPUT, error=str(error))


def _reading(name: str, outcome: FilledReport | Unreadable) -> Reading:
    if isinstance(outcome, Unreadable):
        return Reading(name, error=str(outcome))
    return Reading(name, outcome)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A bar on the error stream over many files, where a person is watching."""
    if total < _MANY or not sys.stderr.isatty():
        yield lambda: None
        return
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("读取", total=total)
        yield lambda: bar.advance(task)
