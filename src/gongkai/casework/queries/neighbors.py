"""What desks above this one add to the page of today. They register here: this floor never looks up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Account


@dataclass(frozen=True, slots=True)
class NeighborLine:
    """One thing to be done at another desk; ``tone`` is late, near or calm."""

    title: str
    address: str
    left: str
    due_on: date
    why: str
    tone: str


@dataclass(frozen=True, slots=True)
class NeighborHeap:
    """What a desk asks of a person on a day."""

    code: str
    title: str
    hint: str
    lines: tuple[NeighborLine, ...]


Source = Callable[[Account, date], NeighborHeap]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """A desk says where its heap comes from, once, when the program starts."""
    _sources[name] = source


def heaps(account: Account, on: date) -> list[NeighborHeap]:
    """The heaps of the other desks that hold anything."""
    return [heap for source in _sources.values() if (heap := source(account, on)).lines]
