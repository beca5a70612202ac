"""What goes into a bundle and what comes out."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Part:
    """A paper of the case: ``name`` is its file's, ``dated`` the day it was made, ``heading`` how deep it
    stands in the table of contents (1 is the outermost), ``proves`` what it is evidence of."""

    title: str
    data: bytes
    name: str
    dated: date | None = None
    heading: int = 1
    proves: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents: a part and its pages in the bundle, from 1."""

    title: str
    dated: date | None
    heading: int
    first: int
    last: int
    proves: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A PDF file, a sentence for each part that is in it by name only, and its table of contents."""

    data: bytes
    warnings: tuple[str, ...]
    entries: tuple[Entry, ...]
