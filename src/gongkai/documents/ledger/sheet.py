"""What a ledger says, and its print. The words are set as they are: nothing of them is markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from gongkai.documents.typesetting import LENIENT, typeset

_KEPT = {"\n"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head and the share of the width it takes; ``centered`` for numbers and days."""

    head: str
    share: int = 1
    centered: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """A sheet: facts on top, then the table, then notes, then who signs and when.

    A ledger without columns is one of facts alone. ``empty`` stands in the table when it has no rows.
    """

    title: str
    facts: Sequence[tuple[str, str]] = ()
    columns: Sequence[Column] = ()
    rows: Sequence[Sequence[str]] = ()
    notes: Sequence[str] = ()
    office: str = ""
    made_on: str = ""
    empty: str = "没有记录"


def print_ledger(ledger: Ledger) -> bytes:
    """The ledger as a PDF; the same ledger gives the same bytes.

    Raises ``ValueError`` for a row that does not fit the columns, ``Unwritable`` where no Chinese font
    is found.
    """
    if any(len(row) != len(ledger.columns) for row in ledger.rows):
        raise ValueError("a row of a ledger has an entry for each column")
    return typeset(_template(), _data(ledger), LENIENT)


@lru_cache
def _template() -> bytes:
    return (resources.files("gongkai.documents.ledger") / "ledger.typ").read_bytes()


def _data(ledger: Ledger) -> dict[str, Any]:
    return {
        "title": _plain(ledger.title),
        "facts": [(_plain(name), _plain(value) or "—") for name, value in ledger.facts],
        "columns": [
            {"head": column.head, "share": column.share, "centered": column.centered}
            for column in ledger.columns
        ],
        "rows": [[_plain(entry) or "—" for entry in row] for row in ledger.rows],
        "empty": ledger.empty,
        "notes": [_plain(note) for note in ledger.notes],
        "office": _plain(ledger.office),
        "made_on": ledger.made_on,
    }


def _plain(text: str) -> str:
    """A text without what cannot be printed; its line ends stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return "".join(c if c.isprintable() or c in _KEPT else " " for c in lines)
