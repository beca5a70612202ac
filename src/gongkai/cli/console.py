"""Where people read: aligned and coloured on a terminal, plain lines where the output is piped."""

import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

_WIDE, _MANY = 130, 5  # columns of a terminal that holds a table of more than 5 columns as it is
_TWO_CHARACTERS = 4
_UNBROKEN = 100_000  # columns: a line for a program or a file is never folded


@lru_cache
def console() -> Console:
    """The standard output. Text is printed as it stands: a report may hold ``[brackets]``."""
    width = None if sys.stdout.isatty() else _UNBROKEN
    return Console(width=width, highlight=False, markup=False, emoji=False)


def say(text: str = "", style: str = "") -> None:
    console().print(Text(text, style), soft_wrap=True)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """A table with labels left and figures right, Chinese characters counted as two columns.

    On a narrow terminal the heads are folded to two characters a line, so that labels keep room.
    """
    if title:
        say(title, "bold")
    lines = [list(row) for row in rows]
    narrow = console().width < _WIDE and len(heads) > _MANY
    drawn = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for number, head in enumerate(heads):
        widest = max((cell_len(line[number]) for line in lines), default=0)
        folded = max(widest, _TWO_CHARACTERS) if narrow and number else None
        side: Literal["left", "right"] = "right" if number else "left"
        drawn.add_column(Text(head), justify=side, overflow="fold", max_width=folded)
    for line in lines:
        drawn.add_row(*map(Text, line))
    console().print(drawn)
    say()


def complain(text: str) -> None:
    """A sentence on the error stream, so that the output stays what was asked for."""
    print(text, file=sys.stderr)
