"""An article as plain text that a clerk edits, and back.

A blank line ends a paragraph. ``#`` begins a heading, ``- `` or ``1. `` an item, ``|`` the row of a table
(under its header a row of dashes, above it ``表题：…``), ``![…](图片:…)`` a picture. A line that begins with
a backslash is taken as it stands, without the backslash: so any words can be written.
"""

import re
from collections.abc import Iterator, Sequence

from gongkai.documents.articles.article import Article, Block, Grid, Heading, Listing, Paragraph, Picture
from gongkai.documents.articles.normal import LEVELS, normalized, printable

_NUMERAL = "[一二三四五六七八九十]{1,3}"
# A numbered line is a heading unless it runs on like a sentence.
_OFFICIAL = (
    (1, re.compile(rf"{_NUMERAL}、[^，。；：\[\]]{{1,30}}")),
    (2, re.compile(rf"（{_NUMERAL}）[^，。；：\[\]]{{1,30}}")),
)
_MARKED = re.compile(r"(#{1,6})[ \u3000]+(\S.*)")
_ITEM = re.compile(r"(?:[-*+]|(\d{1,5})\.)(?:[ \u3000](.*))?")
_PICTURE = re.compile(r"!\[((?:[^\\\]]|\\.)*)\]\(图片:([0-9a-f]{64})(?: (.*))?\)")
_RULE = re.compile(r"[ ]*:?-+:?[ ]*")
_CAPTION = "表题："
_INDENT = "　　"
_LITERAL = "\\"
_IN_CELL = {ord("\\"): "\\\\", ord("|"): "\\|", ord("\n"): "\\n"}


def official_level(line: str) -> int | None:
    """The level of a heading as official papers number them (一、 is 1, （一） is 2); ``None`` for others."""
    return next((level for level, form in _OFFICIAL if form.fullmatch(line)), None)


def from_text(text: str) -> Article:
    """The article that a clerk's text describes. Never fails: what is no mark is words."""
    return normalized(Article(tuple(_Reader(printable(text).split("\n")).blocks())))


def to_text(article: Article) -> str:
    """The article as text: :func:`from_text` gives it back in its normal form."""
    return "\n\n".join(_written(block) for block in normalized(article).blocks)


class _Reader:
    """One walk down the lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._at = 0
        self._items: list[str] = []
        self._ordered = False

    def blocks(self) -> Iterator[Block]:
        while self._at < len(self._lines):
            line = self._lines[self._at].rstrip()
            if not line:
                self._at += 1
                continue
            if self._items and not self._goes_on(line):
                yield self._listed()
            yield from self._block(line)
        if self._items:
            yield self._listed()

    def _block(self, line: str) -> Iterator[Block]:
        single = _single(line)
        if single is not None:
            self._at += 1
            yield single
        elif _starts_item(line, len(self._items) if self._ordered else 0):
            self._item(line)
        elif self._starts_table():
            yield self._table()
        else:
            yield self._paragraph()

    def _goes_on(self, line: str) -> bool:
        """Whether a list goes on with this line: bullets end at an empty line, numbers count on."""
        found = _ITEM.fullmatch(line)
        if found is None or bool(found[1]) != self._ordered:
            return False
        if self._ordered:
            return int(found[1]) == len(self._items) + 1
        return bool(self._lines[self._at - 1].strip())

    def _item(self, line: str) -> None:
        found = _ITEM.fullmatch(line)
        assert found is not None
        self._ordered = bool(found[1])
        raw = self._lines[self._at]
        words = [_plain(raw[found.start(2) :] if found[2] else "")]
        self._at += 1
        while self._at < len(self._lines) and (following := self._lines[self._at]).startswith("  "):
            if not following.strip():
                break
            words.append(_plain(following[2:]))
            self._at += 1
        self._items.append("\n".join(words))

    def _listed(self) -> Listing:
        items, self._items = tuple(self._items), []
        return Listing(items, self._ordered)

    def _starts_table(self) -> bool:
        line = self._lines[self._at].strip()
        if line.startswith(_CAPTION):
            following = self._lines[self._at + 1] if self._at + 1 < len(self._lines) else ""
            return following.lstrip().startswith("|")
        return line.startswith("|")

    def _table(self) -> Grid:
        caption = ""
        if (line := self._lines[self._at].strip()).startswith(_CAPTION):
            caption = line.removeprefix(_CAPTION)
            self._at += 1
        rows: list[list[str]] = []
        while self._at < len(self._lines) and (line := self._lines[self._at].strip()).startswith("|"):
            rows.append(_cells(line))
            self._at += 1
        rule = next((place for place, row in enumerate(rows) if all(map(_RULE.fullmatch, row))), None)
        if rule is None:
            return Grid(_texts(rows), 1 if len(rows) > 1 else 0, caption)
        return Grid(_texts(rows[:rule] + rows[rule + 1 :]), rule, caption)

    def _paragraph(self) -> Paragraph:
        words = [_plain(self._lines[self._at])]
        self._at += 1
        while self._at < len(self._lines) and self._is_more_words(self._lines[self._at]):
            words.append(_plain(self._lines[self._at]))
            self._at += 1
        return Paragraph("\n".join(words))

    def _is_more_words(self, line: str) -> bool:
        return bool(line.strip()) and not (
            line.startswith(_INDENT)
            or _single(line.rstrip())
            or _starts_item(line.rstrip(), 0)
            or self._starts_table()
        )


def _single(line: str) -> Block | None:
    """The heading or picture that a line is by itself."""
    level = official_level(line.strip())
    if level is not None:
        return Heading(line.strip(), level)
    if marked := _MARKED.fullmatch(line):
        return Heading(marked[2], min(len(marked[1]), LEVELS))
    if picture := _PICTURE.fullmatch(line):
        return Picture(picture[2], re.sub(r"\\(.)", r"\1", picture[1]), picture[3] or "")
    return None


def _starts_item(line: str, counted: int) -> bool:
    """A numbered list begins with 1 and counts on; another number is part of the words."""
    found = _ITEM.fullmatch(line)
    return found is not None and (not found[1] or int(found[1]) in (1, counted + 1))


def _plain(line: str) -> str:
    return line[1:] if line.startswith(_LITERAL) else line.strip()


def _cells(line: str) -> list[str]:
    """The cells of a row as they are written, split at the bars that stand for themselves."""
    cells, start, place = [], 1, 1
    while place < len(line):
        if line[place] == _LITERAL:
            place += 1
        elif line[place] == "|":
            cells.append(line[start:place])
            start = place + 1
        place += 1
    return [*cells, line[start:]] if line[start:].strip() or not cells else cells


def _texts(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(_cell_text(cell) for cell in row) for row in rows)


def _cell_text(cell: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], cell.strip())


def _written(block: Block) -> str:
    match block:
        case Heading():
            return block.text if official_level(block.text) == block.level else _marked(block)
        case Paragraph():
            return "\n".join(_line(line) for line in block.text.split("\n"))
        case Listing():
            return "\n".join(_item(item, place, block.ordered) for place, item in enumerate(block.items, 1))
        case Grid():
            return _table_text(block)
        case Picture():
            alternative = block.alternative.replace("\\", "\\\\").replace("]", "\\]")
            caption = f" {block.caption}" if block.caption else ""
            return f"![{alternative}](图片:{block.sha256}{caption})"


def _marked(heading: Heading) -> str:
    return f"{'#' * heading.level} {heading.text}"


def _line(line: str) -> str:
    """A line of a paragraph, led by a backslash where it would be read as something else."""
    marks = line.startswith(("|", _CAPTION, _INDENT, _LITERAL)) or line != line.strip() or not line
    return _LITERAL + line if marks or _single(line) or _ITEM.fullmatch(line) else line


def _item(item: str, place: int, ordered: bool) -> str:
    first, *rest = (_in_item(line) for line in item.split("\n"))
    return "\n".join([f"{place}. {first}" if ordered else f"- {first}", *("  " + line for line in rest)])


def _in_item(line: str) -> str:
    return _LITERAL + line if line.startswith(_LITERAL) or line != line.strip() or not line else line


def _table_text(grid: Grid) -> str:
    rows = [_row(row) for row in grid.rows]
    rows.insert(grid.header_rows, "|" + " --- |" * len(grid.rows[0]))
    return "\n".join([*([_CAPTION + grid.caption] if grid.caption else []), *rows])


def _row(row: Sequence[str]) -> str:
    return "|" + "".join(f" {_cell(cell)} |" for cell in row)


def _cell(cell: str) -> str:
    written = cell.translate(_IN_CELL)
    return _LITERAL + written if _RULE.fullmatch(written) else written
