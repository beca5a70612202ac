"""What desks above this one add to the page of today and to the page of a case. They register here: this
floor never looks up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Account
from gongkai.casework.models import Application


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


@dataclass(frozen=True, slots=True)
class CaseLink:
    """What another desk has of a case: a page to go to, why that is not open (``refusal``), and what to say
    of it."""

    verb: str
    address: str
    refusal: str = ""
    said: str = ""


CaseSource = Callable[[Application, Account], CaseLink | None]
_case_sources: dict[str, CaseSource] = {}


def register_case_link(name: str, source: CaseSource) -> None:
    """A desk says what it has of a case, once, when the program starts."""
    _case_sources[name] = source


def case_links(case: Application, account: Account) -> list[CaseLink]:
    """What the other desks have of a case."""
    found = (source(case, account) for source in _case_sources.values())
    return [link for link in found if link is not None]
