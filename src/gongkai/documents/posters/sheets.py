"""What a sheet on the board says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongkai.documents.articles import Article

# 六公开: what a service guide must say, in the order in which it is read.
SIX_DISCLOSURES: tuple[tuple[str, str], ...] = (
    ("basis", "依据"),
    ("duty", "职责"),
    ("conditions", "条件"),
    ("procedure", "程序"),
    ("discipline", "纪律"),
    ("result", "结果"),
)


@dataclass(frozen=True, slots=True)
class Board:
    """What every sheet of a board carries: whose board it is, and whom to call about it.

    ``phone`` is the supervising phone (监督电话); ``address`` the public page, also drawn as a QR code.
    Either may be empty.
    """

    agency: str
    phone: str = ""
    address: str = ""
    name: str = "政务公开栏"


@dataclass(frozen=True, slots=True)
class PosterSheet:
    """A publication on the board. ``notice_until`` is the last day of a 公示期; ``pictures`` are bytes by
    SHA-256, as the article names them."""

    board: Board
    title: str
    article: Article
    section: str = ""
    document_number: str = ""
    formed_on: date | None = None
    published_on: date | None = None
    notice_until: date | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DirectoryRow:
    """One person (or desk) and what one goes there for."""

    person: str
    section: str
    room: str
    phone: str
    matters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DirectorySheet:
    """The finder. ``facts`` stand above it, such as the opening hours."""

    board: Board
    rows: tuple[DirectoryRow, ...]
    updated_on: date | None = None
    facts: tuple[tuple[str, str], ...] = ()
    title: str = "找哪个人、办哪件事"


@dataclass(frozen=True, slots=True)
class GuideSheet:
    """A service guide. ``facts`` are the short ones (科室, 地点, 时限, 收费); ``disclosures`` the paragraphs
    of each of :data:`SIX_DISCLOSURES` by its code."""

    board: Board
    title: str
    disclosures: Mapping[str, tuple[str, ...]]
    facts: tuple[tuple[str, str], ...] = ()
    updated_on: date | None = None
