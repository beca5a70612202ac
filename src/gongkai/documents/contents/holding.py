"""What stands in a file, piece by piece, each at a place a reader can find."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from gongkai.documents.reading.charset import without_invisible
from gongkai.documents.reading.content import Unreadable

MOST_CELLS = 600_000
MOST_TEXT = 20_000_000
TOO_MUCH = (
    f"文件内容过多（超过 {MOST_CELLS // 10_000} 万个单元格或 {MOST_TEXT // 10_000} 万字），没有读取；"
    "请分成几个文件，再试。"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or line. ``place`` is unique in its file; ``hidden``: a reader of the page does not see it
    (hidden text, tracked deletions, comments, speaker notes, hidden sheets and slides)."""

    text: str
    place: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, as :class:`Passage`. A number stands as its file holds it: in digits where those are
    exact, else as written (``1.10101199003074E+17``)."""

    text: str
    place: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the n-th cell of each row stands in the same column. Merged cells have their text in
    the first of the cells they cover; the rest are blank."""

    place: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in a file of a ``kind`` (``docx``, ``pdf``, ``zip`` …).

    ``members`` are the files inside it, by name. Where ``is_scannable`` is false some of it is only a
    picture or cannot be read: ``unscanned`` names these places. ``before`` tells, for each table, how many
    passages stand before it.
    """

    kind: str
    passages: tuple[Passage, ...] = ()
    tables: tuple[Table, ...] = ()
    members: tuple[tuple[str, "Contents"], ...] = ()
    is_scannable: bool = True
    unscanned: tuple[str, ...] = ()
    before: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """All visible text in reading order: a line for each passage and table row, cells set apart by tabs,
        then that of the files inside."""
        return without_invisible("\n".join(self._lines()))

    @property
    def places(self) -> Iterator[Passage | Cell]:
        """Every passage and cell, hidden ones too, and those of the files inside."""
        yield from self.passages
        for table in self.tables:
            for row in table.rows:
                yield from row
        for _, member in self.members:
            yield from member.places

    def _lines(self) -> Iterator[str]:
        done = 0
        for table, before in zip(self.tables, self._befores(), strict=True):
            yield from (each.text for each in self.passages[done:before] if not each.hidden)
            done = max(done, before)
            yield from _rows(table)
        yield from (each.text for each in self.passages[done:] if not each.hidden)
        for _, member in self.members:
            yield from member._lines()

    def _befores(self) -> Sequence[int]:
        return (
            self.before if len(self.before) == len(self.tables) else [len(self.passages)] * len(self.tables)
        )


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        shown = "\t".join(cell.text for cell in row if not cell.hidden).rstrip("\t")
        if shown.strip():
            yield shown


@dataclass(slots=True)
class Collector:
    """Takes passages and tables in reading order. Raises :class:`Unreadable` where they are too many."""

    passages: list[Passage] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    cells: int = 0
    length: int = 0

    def passage(self, text: str, place: str, *, hidden: bool = False) -> None:
        """Blank text is left out."""
        if text and not text.isspace():
            self.weigh(1, len(text))
            self.passages.append(Passage(text, place, hidden))

    def table(self, place: str, rows: Sequence[tuple[Cell, ...]], before: int | None = None) -> None:
        """Rows without any text are left out. ``before``: how many passages stand before it, if not all."""
        filled = tuple(row for row in rows if any(cell.text for cell in row))
        if filled:
            self.weigh(sum(map(len, filled)), sum(len(cell.text) for row in filled for cell in row))
            self.tables.append(Table(place, filled))
            self.before.append(len(self.passages) if before is None else before)

    def weigh(self, cells: int, length: int) -> None:
        self.cells += cells
        self.length += length
        if self.cells > MOST_CELLS or self.length > MOST_TEXT:
            raise Unreadable(TOO_MUCH)

    def contents(
        self,
        kind: str,
        members: Iterable[tuple[str, Contents]] = (),
        unscanned: Iterable[str] = (),
    ) -> Contents:
        held, pictures = tuple(members), tuple(unscanned)
        return Contents(
            kind, tuple(self.passages), tuple(self.tables), held,
            not pictures and all(member.is_scannable for _, member in held), pictures, tuple(self.before),
        )  # fmt: skip


def inside(prefix: str, contents: Contents) -> Contents:
    """The contents with ``prefix`` before every place."""
    return replace(
        contents,
        passages=tuple(Passage(each.text, prefix + each.place, each.hidden) for each in contents.passages),
        tables=tuple(
            Table(
                prefix + table.place,
                tuple(
                    tuple(Cell(cell.text, prefix + cell.place, cell.hidden) for cell in row)
                    for row in table.rows
                ),
            )
            for table in contents.tables
        ),
        members=tuple((name, inside(prefix, member)) for name, member in contents.members),
        unscanned=tuple(prefix + place for place in contents.unscanned),
    )


class Names:
    """Gives each name only once: the second time it is ``name（2）``."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def unique(self, name: str) -> str:
        count = self._given.get(name, 0) + 1
        self._given[name] = count
        return name if count == 1 else self.unique(f"{name}（{count}）")
