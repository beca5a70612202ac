"""Where people read: aligned and coloured on a terminal, plain lines where the output is piped."""

import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

_UNBROKEN = 100_000  # columns: a line for a program or a file is never folded


@lru_cache
def console() -> Console:
    """The standard output. Text is printed as it stands: a report may hold ``[brackets]``."""
    width = None if sys.stdout.isatty() else _UNBROKEN
    return Console(width=width, highlight=False, markup=False, emoji=False)


def say(text: str = "", style: str = "") -> None:
    console().print(Text(text, style), soft_wrap=True)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """A table with labels left and figures right, Chinese characters counted as two columns."""
    if title:
        say(title, "bold")
    drawn = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, head in enumerate(heads):
        drawn.add_column(Text(head), justify="right" if number else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    console().print(drawn)
    say()


def complain(text: str) -> None:
    """A sentence on the error stream, so that the output stays what was asked for."""
    print(text, file=sys.stderr)
