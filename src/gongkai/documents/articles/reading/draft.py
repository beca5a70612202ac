"""An article while a file is read: takes what a reader meets and makes of it blocks, title and losses."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from gongkai.documents.articles.article import Article, Block, Heading, Listing, Paragraph, Picture
from gongkai.documents.articles.editing import official_level
from gongkai.documents.articles.links import words_of
from gongkai.documents.articles.normal import LEVELS, normalized, printable
from gongkai.documents.articles.reading import tables
from gongkai.documents.articles.reading.pictures import MOST_BYTES, MOST_PICTURES, TOO_MANY, Untaken, taken
from gongkai.documents.articles.reading.result import ReadArticle, TakenPicture
from gongkai.documents.reading.charset import without_invisible
from gongkai.documents.reading.content import Row

MERGED = "表格里合并的单元格已经拆开，每一格写上同样的内容；请看一遍表格。"
_NUMBER = r"[ 　]*[\d一二三四五六七八九十]{1,3}(?:[-－.．]\d{1,3})?"
_NUMBERED_TABLE = re.compile(rf"附?表{_NUMBER}(?!\d).{{0,40}}")
_NUMBERED_PICTURE = re.compile(rf"图{_NUMBER}(?!\d).{{0,40}}")
_DOCUMENT_NUMBER = re.compile(r"[^\s。，]{1,20}[〔\[［（(]\d{4}[〕\]］）)]\d{1,5}号")
_ABOVE_TITLE = re.compile(rf"{_DOCUMENT_NUMBER.pattern}|(?:索引号|文号|发文字号)[:：].{{0,60}}")
_TITLE_END = re.compile(
    "(?:通知|通报|通告|公告|公示|意见|办法|规定|细则|决定|方案|计划|安排|报告|总结|要点|指南|目录|名单|"
    "表|情况|函|批复|说明|解读|答复|公报|年报)$"
)
_BULLET = re.compile(r"[•●▪■◆·]\s*(\S.*)")
_FIRST_LINE = re.compile(r"[^。；，！？：\n]{4,60}")
CHINESE_BREAK = re.compile(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])")
_LONGEST_TITLE = 80
_MOST_TITLE_LINES = 4


@dataclass(frozen=True, slots=True)
class _Entry:
    """A block and how the file sets it: ``rank`` of its heading style, 0 for a title, ``None`` for none."""

    block: Block
    rank: int | None = None
    centered: bool = False
    names: bool = False  # a line set as the name of a table or picture


class Draft:
    """Takes blocks in reading order."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._pictures: dict[str, TakenPicture] = {}
        self._lost: dict[str, None] = {}
        self._items: list[str] = []
        self._ordered = False

    def lose(self, sentence: str) -> None:
        """Notes what is not taken over, once."""
        self._lost[sentence] = None

    def restart(self) -> None:
        """What came so far was around the article; only a title stays."""
        self._close_list()
        self._entries = [entry for entry in self._entries if entry.rank == 0]
        self._lost.clear()
        self._pictures.clear()

    def heading(self, text: str, rank: int) -> None:
        """A line set as a heading; 0 is the title of the paper. What goes on like a text is no heading."""
        text = _clean(text)
        if len(text) > _LONGEST_TITLE or ("\n" in text and rank):
            self.line(text)
        elif text:
            self._add(_Entry(Heading(words_of(text)), rank))

    def line(self, text: str, *, centered: bool = False, names: bool = False) -> None:
        """A paragraph; a heading where it is numbered as one. ``names``: set as the name of a table that
        follows or of the picture before."""
        text = _clean(text)
        if not text:
            return
        last = self._entries[-1].block if self._entries and not self._items else None
        if isinstance(last, Picture) and not last.caption and (names or _NUMBERED_PICTURE.fullmatch(text)):
            self._entries[-1] = _Entry(replace(last, caption=text))
            return
        level = None if names else official_level(text)
        block = Heading(text, level) if level else Paragraph(text)
        self._add(_Entry(block, centered=centered, names=names))

    def item(self, text: str, number: int | None = None, label: str = "") -> None:
        """An item of a list: without a ``number`` of one without. An item that neither begins a list nor
        goes on with the one before is a paragraph with its ``label``."""
        text = _clean(text)
        if not text:
            return
        ordered = number is not None
        goes_on = bool(self._items) and self._ordered == ordered
        if ordered and number != (len(self._items) + 1 if goes_on else 1):
            if number != 1:
                self.line(f"{label or f'{number}.'}{text}")
                return
            goes_on = False
        if not goes_on:
            self._close_list()
        self._ordered = ordered
        self._items.append(text)

    def rows(self, rows: Sequence[Row], header_rows: int | None = None, caption: str = "") -> None:
        """Lines and tables; a table of one square is a frame around lines. ``caption`` is the first
        table's."""
        for is_table, stretch in tables.in_order(rows):
            if is_table:
                self._table(stretch, header_rows, caption)
                caption = ""
            else:
                for row in stretch:
                    self._row_line(row.text)

    def _row_line(self, text: str) -> None:
        bullet = _BULLET.fullmatch(text)
        if bullet:
            self.item(bullet[1])
        else:
            self.line(text)

    def picture(self, data: bytes, alternative: str = "") -> None:
        """A picture, unless nobody could see it."""
        try:
            picture = taken(data)
        except Untaken as error:
            self.lose(str(error))
            return
        held = sum(len(each[1]) for each in self._pictures.values())
        if picture[0] not in self._pictures and (
            len(self._pictures) >= MOST_PICTURES or held + len(picture[1]) > MOST_BYTES
        ):
            self.lose(TOO_MANY)
            return
        self._pictures[picture[0]] = picture
        self._add(_Entry(Picture(picture[0], _clean(alternative).replace("\n", " "))))

    def blocks(self, blocks: Iterable[Block]) -> None:
        """Blocks that are finished."""
        for block in blocks:
            self._add(_Entry(block))

    def finished(
        self, name: str, stated_title: str = "", *, first_line_may_be_title: bool = False
    ) -> ReadArticle:
        """``name`` of the file is the title where neither the text nor the file itself gives one."""
        self._close_list()
        title = self._take_title()
        if not title and first_line_may_be_title:
            title = self._take_first_line()
        if not title:
            title = _clean(stated_title) or printable(PurePath(name.replace("\\", "/")).stem)
            self._drop_repeated(title)
        levels = _levels(self._entries)
        article = normalized(Article(tuple(_leveled(entry, levels) for entry in self._entries)))
        return ReadArticle(article, _one_line(title), tuple(self._pictures.values()), tuple(self._lost))

    def _add(self, entry: _Entry) -> None:
        self._close_list()
        self._entries.append(entry)

    def _close_list(self) -> None:
        if self._items:
            items, self._items = tuple(self._items), []
            self._entries.append(_Entry(Listing(items, self._ordered)))

    def _table(self, rows: Sequence[Row], header_rows: int | None, caption: str) -> None:
        try:
            grid, merged = tables.grid_of(rows, header_rows)
        except tables.TooLarge as error:
            self.lose(str(error))
            return
        if len(grid.rows) == 1 and len(grid.rows[0]) == 1:
            for text in grid.rows[0][0].split("\n"):
                self.line(text)
        elif grid.rows:
            if merged:
                self.lose(MERGED)
            self._add(_Entry(replace(grid, caption=caption or self._take_caption())))

    def _take_caption(self) -> str:
        """The line before a table that names it (表1 …)."""
        last = self._entries[-1] if self._entries and not self._items else None
        if last is None or not (last.names or _NUMBERED_TABLE.fullmatch(_text(last))):
            return ""
        self._entries.pop()
        return _text(last)

    def _take_title(self) -> str:
        """The title as the file sets it: in the style of a title, as the only heading of the highest rank
        before any text, or as the centered lines at the top."""
        styled = [entry for entry in self._entries if entry.rank == 0]
        if styled:
            self._entries = [entry for entry in self._entries if entry.rank != 0]
            return "".join(_text(entry) for entry in styled[:_MOST_TITLE_LINES])
        ranks = [entry.rank for entry in self._entries if entry.rank is not None]
        first = self._entries[0] if self._entries else None
        if first is not None and ranks and first.rank == min(ranks) and ranks.count(first.rank) == 1:
            return _text(self._entries.pop(0))
        return self._take_centered()

    def _take_centered(self) -> str:
        lines: list[_Entry] = []
        for entry in self._entries:
            if not entry.centered or len(_text(entry)) > _LONGEST_TITLE or len(lines) == _MOST_TITLE_LINES:
                break
            lines.append(entry)
        numbers = [entry for entry in lines if _DOCUMENT_NUMBER.fullmatch(_text(entry))]
        self._entries[: len(lines)] = numbers
        return "".join(_text(entry) for entry in lines if entry not in numbers)

    def _take_first_line(self) -> str:
        """The first line of a file that does not say how it is set, if it is no sentence."""
        texts = [_text(entry) for entry in self._entries[:5]]
        place = next((n for n, text in enumerate(texts) if not _ABOVE_TITLE.fullmatch(text)), 0)
        lines = [text for text in texts[place : place + 2] if _FIRST_LINE.fullmatch(text)]
        if len(self._entries) < 2 or lines[:1] != texts[place : place + 1] or official_level(lines[0]):
            return ""
        is_broken = len(lines) > 1 and not _TITLE_END.search(lines[0]) and _TITLE_END.search(lines[1])
        title = lines[: 2 if is_broken else 1]
        del self._entries[place : place + len(title)]
        return "\n".join(title)

    def _drop_repeated(self, title: str) -> None:
        if self._entries and _text(self._entries[0]) == title:
            self._entries.pop(0)


def _text(entry: _Entry) -> str:
    return entry.block.text if isinstance(entry.block, Heading | Paragraph) else ""


def _clean(text: str) -> str:
    return without_invisible(printable(text)).strip()


def _one_line(title: str) -> str:
    """A title set in lines as one: Chinese words go on without a blank."""
    return " ".join(CHINESE_BREAK.sub("", title).split())


def _levels(entries: Iterable[_Entry]) -> dict[int, int]:
    """The ranks in use as levels 1, 2, 3."""
    ranks = sorted({entry.rank for entry in entries if entry.rank})
    return {rank: min(level, LEVELS) for level, rank in enumerate(ranks, 1)}


def _leveled(entry: _Entry, levels: dict[int, int]) -> Block:
    block = entry.block
    if isinstance(block, Heading) and entry.rank:
        return replace(block, level=official_level(block.text) or levels[entry.rank])
    return block
