"""What a Word 97–2003 document hides.

Source: [MS-DOC] Word (.doc) Binary File Format 2.5 (FIB), 2.6.1 (character properties), 2.8, 2.9.
"""

import re
import struct
from collections.abc import Callable, Iterator

from gongkai.documents.reading import sprms
from gongkai.screening.hidden.hits import Hit

_PAGE = 512
_CHARACTER_RUNS, _COMMENTS = 12, 7
_DELETED, _INSERTED, _HIDDEN = 0x0800, 0x0801, 0x083C
_SIZE, _INDEXED_COLOR, _COLOR = 0x4A43, 0x2A42, 0x6870
_SHADE, _LONG_SHADE, _HIGHLIGHT = 0x4866, 0xCA71, 0x2A0C
_CELL_SHADES = re.compile(rb"[\x12\x16\x0c]\xd6|[\x70\x71\x72]\xd6")
_MARK = re.compile(rb"[\r\x07]")
_WHITE, _TINIEST = 8, 5
_CODES = {_DELETED: "word.deletion", _INSERTED: "word.insertion", _HIDDEN: "word.vanish"}


def word_hits(main: bytes, table: bytes, remove: Callable[[], object]) -> Iterator[Hit]:
    """Changes, hidden, white and tiny text, comments. Raises :class:`struct.error` for a broken file."""
    lengths, places = _header(main)
    if lengths[_COMMENTS] > 1:
        yield Hit("word.comment", "批注", "", remove)
    plc = table[places[2 * _CHARACTER_RUNS] :][: places[2 * _CHARACTER_RUNS + 1]]
    count = max((len(plc) - 4) // 8, 0)
    found: dict[str, int] = {}
    shaded = _CELL_SHADES.search(main) is not None
    for (number,) in struct.iter_unpack("<I", plc[4 * (count + 1) : 4 * (count + 1) + 4 * count]):
        page = main[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
        for start, end, properties in _runs(page) if len(page) == _PAGE else ():
            if main[start:end].strip(b"\0\r\n \x07\x13\x14\x15"):
                for code in _codes(properties):
                    if code == "word.white_text" and shaded and _ends_a_cell(main, end):
                        continue
                    found[code] = found.get(code, 0) + 1
    for code, times in found.items():
        yield Hit(code, f"正文（{times} 处）", "", remove)


def _ends_a_cell(main: bytes, end: int) -> bool:
    """Whether the paragraph a run belongs to is the last of a cell of a table."""
    mark = _MARK.search(main, max(end - 2, 0))
    return mark is not None and mark[0] == b"\x07"


def _header(main: bytes) -> tuple[list[int], list[int]]:
    at = 34 + 2 * int(struct.unpack_from("<H", main, 32)[0])
    longs = int(struct.unpack_from("<H", main, at)[0])
    lengths = list(struct.unpack_from(f"<{longs}I", main, at + 2))
    at += 2 + 4 * longs
    pairs = int(struct.unpack_from("<H", main, at)[0])
    return lengths, list(struct.unpack_from(f"<{2 * pairs}I", main, at + 2))


def _runs(page: bytes) -> Iterator[tuple[int, int, sprms.Properties]]:
    count = page[-1]
    edges = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        at = 2 * page[4 * (count + 1) + number]
        if at:
            yield edges[number], edges[number + 1], sprms.properties(page[at + 1 : at + 1 + page[at]])


def _codes(found: sprms.Properties) -> Iterator[str]:
    for key, code in _CODES.items():
        if sprms.number(found, key) == 1:
            yield code
    if 0 < sprms.number(found, _SIZE) <= _TINIEST:
        yield "word.tiny_text"
    is_shaded = any(key in found for key in (_SHADE, _LONG_SHADE, _HIGHLIGHT))
    is_white = (
        sprms.number(found, _INDEXED_COLOR) == _WHITE or found.get(_COLOR, b"")[:4] == b"\xff\xff\xff\0"
    )
    if is_white and not is_shaded:
        yield "word.white_text"
