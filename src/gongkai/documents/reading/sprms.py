"""The properties of paragraphs, rows and characters in Word 97–2003 files ([MS-DOC] 2.2.5, 2.6)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

IN_TABLE, ROW_END, DEPTH, INNER_CELL, INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_ELSEWHERE = frozenset({0x6645, 0x6646, 0x646B})
_TABLE_DEFINITION, _MERGE, _VERTICAL_MERGE = 0xD608, 0x5624, 0xD62B
_TAB_CHANGES = 0xC615
_DELETED, _HIDDEN = 0x0800, 0x083C
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
"""Bytes of an operand by the top three bits of its code; 0: its first byte says."""
_CELL_BYTES = 20

Properties = dict[int, bytes]
"""Operands by code; of several with one code the last counts."""


@dataclass(frozen=True, slots=True)
class RowShape:
    """The edges of a row's cells, in twips from the left, one more than there are cells; which cells go on
    from the cell above, may go on below, or belong to the cell before."""

    edges: tuple[int, ...]
    from_above: frozenset[int] = frozenset()
    from_left: frozenset[int] = frozenset()


def properties(sprms: bytes, data: bytes = b"") -> Properties:
    """The operands in ``sprms``; ``data`` is the stream where long lists are kept. Raises
    :class:`struct.error` where they are cut off."""
    found: Properties = {}
    for code, operand in _each(sprms):
        if code in _ELSEWHERE:
            place = int.from_bytes(operand, "little")
            size = int.from_bytes(data[place : place + 2], "little")
            found |= dict(_each(data[place + 2 : place + 2 + size]))
        else:
            found[code] = operand
    return found


def _each(sprms: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 2 < len(sprms):
        code = int.from_bytes(sprms[at : at + 2], "little")
        at += 2
        size = _SIZES[code >> 13]
        if code == _TABLE_DEFINITION:
            size = int.from_bytes(sprms[at : at + 2], "little") - 1
            at += 2
        elif size == 0:
            size = sprms[at]
            at += 1
            if code == _TAB_CHANGES and size == 255:
                return
        yield code, sprms[at : at + size]
        at += size


def number(found: Properties, code: int) -> int:
    """An operand as a whole number, 0 where it is not there."""
    return int.from_bytes(found.get(code, b""), "little")


def is_unprinted(found: Properties) -> bool:
    """Whether characters with these properties are a tracked deletion or hidden."""
    return number(found, _DELETED) == 1 or number(found, _HIDDEN) == 1


def row_shape(found: Properties) -> RowShape | None:
    """The shape of the row whose end has these properties."""
    definition = found.get(_TABLE_DEFINITION)
    if not definition:
        return None
    count = definition[0]
    edges = struct.unpack_from(f"<{count + 1}h", definition, 1)
    flags = definition[1 + 2 * (count + 1) :]
    from_above, from_left = set[int](), set[int]()
    for cell in range(min(count, (len(flags) + 1) // _CELL_BYTES)):
        bits = int.from_bytes(flags[cell * _CELL_BYTES : cell * _CELL_BYTES + 2], "little")
        if bits & 2:
            from_left.add(cell)
        if bits >> 5 & 3 == 1:
            from_above.add(cell)
    if (merge := found.get(_MERGE)) and len(merge) == 2:
        from_left.update(range(merge[0] + 1, merge[1]))
    if (merge := found.get(_VERTICAL_MERGE)) and len(merge) == 2 and merge[1] == 1:
        from_above.add(merge[0])
    return RowShape(edges, frozenset(from_above), frozenset(from_left))
