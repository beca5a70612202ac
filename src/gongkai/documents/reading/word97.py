"""What a Word 97–2003 file holds: its paragraphs with their place in tables.

Source: [MS-DOC] Word (.doc) Binary File Format 2.4 (how text and its properties are found), 2.5 (FIB),
2.8 (PLCs) and 2.9 (FKPs). Only what bears on the text and its tables is looked at.
"""

import io
import re
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import olefile

from gongkai.documents.reading import sprms
from gongkai.documents.reading.archives import DAMAGED
from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.sprms import RowShape

FIRST_VERSION = 0xC1
"""The nFib of Word 97; older files are built differently."""
TOO_OLD = "这是 Word 97 以前的旧格式，读不了；请用 Word 或 WPS 打开后另存为 .docx 再试。"
DEEPEST = 20
_MAGIC = 0xA5EC
_PAGE = 512
_CHARACTER_RUNS, _PARAGRAPH_RUNS, _PIECES = 12, 13, 33
_COMPRESSED = 0x4000_0000
_MARK = re.compile("[\r\x07]")
_FIELD = re.compile("[\x13\x14\x15]|[^\x13\x14\x15]+")
_MARKS = re.compile("[\x00-\x1f]")
_PRINTED = re.compile("[^\r\x07\x13-\x15]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: how many tables are around it, and whether it ends a cell or a row."""

    text: str
    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    shape: RowShape | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text, where it begins in the stream, its bytes a character, and what was changed in all
    of it at once."""

    text: str
    start: int
    width: int
    changes: bytes


@dataclass(frozen=True, slots=True)
class _Run:
    """Bytes of text with the same properties."""

    start: int
    end: int
    sprms: bytes


def paragraphs(data: bytes) -> Iterator[Paragraph]:
    """The paragraphs of the text, then those of notes and text boxes. Raises :class:`Unreadable`."""
    try:
        yield from _File(data).paragraphs()
    except (struct.error, IndexError, ValueError, OSError, OverflowError) as error:
        raise Unreadable(DAMAGED) from error


def edges(data: bytes) -> list[str]:
    """The texts of headers and footers. Raises :class:`Unreadable`."""
    return _texts(data, lambda file: file.part(file.lengths[3] + file.lengths[4], file.lengths[5]))


def comments(data: bytes) -> list[str]:
    """The texts of comments. Raises :class:`Unreadable`."""
    return _texts(data, lambda file: file.part(sum(file.lengths[3:6]), file.lengths[7]))


def unprinted(data: bytes) -> list[str]:
    """What is hidden or was deleted while changes were tracked. Raises :class:`Unreadable`."""
    return _texts(data, lambda file: file.unprinted_texts())


def _texts(data: bytes, wanted: Callable[["_File"], Iterator[str]]) -> list[str]:
    try:
        return [text for text in wanted(_File(data)) if text.strip()]
    except (struct.error, IndexError, ValueError, OSError, OverflowError) as error:
        raise Unreadable(DAMAGED) from error


class _File:
    def __init__(self, data: bytes) -> None:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            self.main: bytes = ole.openstream("WordDocument").read()
            magic, version = struct.unpack_from("<HH", self.main)
            if magic != _MAGIC or version < FIRST_VERSION:
                raise Unreadable(TOO_OLD)
            self.table: bytes = ole.openstream("1Table" if self.main[0x0B] & 2 else "0Table").read()
            self.data: bytes = ole.openstream("Data").read() if ole.exists("Data") else b""
        self.lengths, self.places = self._header()
        self.fields: list[bool] = []
        self.runs = list(self._runs(_PARAGRAPH_RUNS))
        self.run_starts = [run.start for run in self.runs]
        self.unprinted = [
            run for run in self._runs(_CHARACTER_RUNS) if sprms.is_unprinted(sprms.properties(run.sprms))
        ]

    def _header(self) -> tuple[list[int], list[int]]:
        """The lengths of the sub-documents in characters, and the offsets and sizes of the table's parts."""
        at = 34 + 2 * int(struct.unpack_from("<H", self.main, 32)[0])
        longs = int(struct.unpack_from("<H", self.main, at)[0])
        lengths = list(struct.unpack_from(f"<{longs}I", self.main, at + 2))
        at += 2 + 4 * longs
        pairs = int(struct.unpack_from("<H", self.main, at)[0])
        return lengths, list(struct.unpack_from(f"<{2 * pairs}I", self.main, at + 2))

    def _part(self, number: int) -> bytes:
        place, size = self.places[2 * number : 2 * number + 2]
        return self.table[place : place + size]

    def _runs(self, part: int) -> Iterator[_Run]:
        """The runs of paragraphs or characters, page by page."""
        plc = self._part(part)
        count = (len(plc) - 4) // 8
        for (number,) in struct.iter_unpack("<I", plc[4 * (count + 1) : 4 * (count + 1) + 4 * count]):
            page = self.main[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
            if len(page) == _PAGE:
                yield from _paragraph_runs(page) if part == _PARAGRAPH_RUNS else _character_runs(page)

    def paragraphs(self) -> Iterator[Paragraph]:
        text, notes, headers, comments, endnotes, boxes = (self.lengths[n] for n in (3, 4, 5, 7, 8, 9))
        later = text + notes + headers + comments
        pieces = list(self._pieces())
        yield from self._between(pieces, 0, text + notes)
        yield from self._between(pieces, later, later + endnotes + boxes)

    def part(self, first: int, length: int) -> Iterator[str]:
        """The texts of a sub-document."""
        found = self._between(list(self._pieces()), first, first + length)
        return (paragraph.text for paragraph in found)

    def unprinted_texts(self) -> Iterator[str]:
        for piece in self._pieces():
            end = piece.start + len(piece.text) * piece.width
            for run in self.unprinted:
                if run.start < end and run.end > piece.start:
                    first = max(run.start - piece.start, 0) // piece.width
                    yield _MARKS.sub(
                        " ", piece.text[first : (min(run.end, end) - piece.start) // piece.width]
                    )

    def _pieces(self) -> Iterator[_Piece]:
        clx = self._part(_PIECES)
        at, shared = 0, list[bytes]()
        while clx[at] == 1:
            size = int(struct.unpack_from("<H", clx, at + 1)[0])
            shared.append(clx[at + 3 : at + 3 + size])
            at += 3 + size
        count = (int(struct.unpack_from("<I", clx, at + 1)[0]) - 4) // 12
        ends = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
        at += 5 + 4 * (count + 1)
        for number in range(count):
            _, place, change = struct.unpack_from("<HIH", clx, at + 8 * number)
            changes = shared[change >> 1] if change & 1 and change >> 1 < len(shared) else b""
            yield self._piece(place, ends[number + 1] - ends[number], changes)

    def _piece(self, place: int, length: int, changes: bytes) -> _Piece:
        """One character a code unit, so that characters and bytes can be counted in each other."""
        if place & _COMPRESSED:
            place = (place ^ _COMPRESSED) // 2
            return _Piece(self.main[place:][: max(length, 0)].decode("cp1252", "replace"), place, 1, changes)
        raw = self.main[place:][: max(2 * length, 0) & ~1]
        text = raw.decode("utf-16-le", "surrogatepass")
        if 2 * len(text) < len(raw):
            text = "".join(chr(unit) for (unit,) in struct.iter_unpack("<H", raw))
        return _Piece(text, place, 2, changes)

    def _between(self, pieces: list[_Piece], first: int, last: int) -> Iterator[Paragraph]:
        """The paragraphs of the characters from ``first`` up to ``last``."""
        at, pending = 0, ""
        for piece in pieces:
            begin, end = max(first - at, 0), min(last - at, len(piece.text))
            at += len(piece.text)
            if begin >= end:
                continue
            text = self._blotted(piece)
            for mark in _MARK.finditer(text, begin, end):
                place = piece.start + mark.start() * piece.width
                yield self._paragraph(pending + text[begin : mark.start()], mark[0], place, piece.changes)
                begin, pending = mark.end(), ""
            pending += text[begin:end]
        if pending:
            yield Paragraph(self._results(pending))

    def _paragraph(self, text: str, mark: str, place: int, changes: bytes) -> Paragraph:
        number = bisect_right(self.run_starts, place) - 1
        own = self.runs[number].sprms if number >= 0 and place < self.runs[number].end else b""
        found = sprms.properties(own + changes, self.data)
        in_table = sprms.number(found, sprms.IN_TABLE) or mark == "\x07"
        depth = min(sprms.number(found, sprms.DEPTH), DEEPEST) or int(in_table)
        ends_row = bool(sprms.number(found, sprms.ROW_END) or sprms.number(found, sprms.INNER_ROW_END))
        ends_cell = mark == "\x07" or bool(sprms.number(found, sprms.INNER_CELL))
        shape = sprms.row_shape(found) if ends_row else None
        return Paragraph(self._results(text), depth, ends_cell and not ends_row, ends_row, shape)

    def _blotted(self, piece: _Piece) -> str:
        """The text of a piece with a NUL for each character that is deleted or hidden."""
        text, end = piece.text, piece.start + len(piece.text) * piece.width
        for run in self.unprinted:
            if run.start < end and run.end > piece.start:
                first = max(run.start - piece.start, 0) // piece.width
                last = (min(run.end, end) - piece.start) // piece.width
                text = text[:first] + _PRINTED.sub("\0", text[first:last]) + text[last:]
        return text

    def _results(self, text: str) -> str:
        """The text without NULs and without what fields are made from; a field may run over paragraphs."""
        if self.fields or "\x13" in text:
            text = "".join(part for part in _FIELD.findall(text) if self._is_result(part))
        if _SURROGATE.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text.replace("\0", "")

    def _is_result(self, part: str) -> bool:
        if part == "\x13":
            self.fields.append(False)
        elif part == "\x14" and self.fields:
            self.fields[-1] = True
        elif part == "\x15" and self.fields:
            self.fields.pop()
        return all(self.fields) and part not in "\x13\x14\x15"


def _paragraph_runs(page: bytes) -> Iterator[_Run]:
    count = page[-1]
    edges = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        at = 2 * page[4 * (count + 1) + 13 * number]
        size = 2 * page[at] - 1 if page[at] else 2 * page[at + 1]
        at += 1 if page[at] else 2
        yield _Run(edges[number], edges[number + 1], page[at + 2 : at + size] if at > 1 else b"")


def _character_runs(page: bytes) -> Iterator[_Run]:
    count = page[-1]
    edges = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        at = 2 * page[4 * (count + 1) + number]
        if at:
            yield _Run(edges[number], edges[number + 1], page[at + 1 : at + 1 + page[at]])
