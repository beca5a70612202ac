"""The cells of a worksheet that are there but not seen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from gongkai.screening.hidden.hits import Hit, masked
from gongkai.screening.hidden.package import Package
from gongkai.screening.hidden.sheet_styles import Look
from gongkai.screening.hidden.tree import (
    Element,
    attribute,
    child,
    children,
    each,
    local,
    space,
    text_of,
    unset,
)

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")
_FLAT_ROW, _FLAT_COLUMN = 1.5, 0.3
_MOST_MERGED = 20_000


@dataclass(slots=True)
class Column:
    """Columns from ``first`` to ``last`` that are not seen, and why."""

    first: int
    last: int
    code: str


@dataclass(slots=True)
class Sheet:
    """A worksheet: its part, its name, and the numbers of the shared strings it uses."""

    package: Package
    part: str
    name: str
    strings: list[str]
    looks: dict[int, Look]
    used: set[int] = field(default_factory=set)
    frozen: bool = False

    @property
    def tree(self) -> Element | None:
        return self.package.xml(self.part)

    def hits(self) -> Iterator[Hit]:
        """Cells that are not seen, a hit for each class; removing any blanks them."""
        tree = self.tree
        found: dict[str, list[Element]] = {}
        if tree is None:
            return
        columns, filtered, merged = list(_columns(tree)), _filtered(tree), _merged(tree)
        headed = _table_heads(self.package, self.part)
        for row in tree.iter(space(tree) + "row"):
            code, number = _row_code(row, filtered), _whole(attribute(row, "r"))
            place = 0
            for cell in row:
                place = _column(attribute(cell, "r")) or place + 1
                if not self._has_value(cell):
                    continue
                held = code or _column_code(columns, place) or self._look(cell, (number, place) in headed)
                if not held and (number, place) in merged:
                    held = "cell.under_merge"
                if held:
                    found.setdefault(held, []).append(cell)
        for code, cells in found.items():
            yield Hit(code, self._where(cells), masked(self.text(cells[0])), partial(self._blank, cells))

    def _where(self, cells: list[Element]) -> str:
        first = attribute(cells[0], "r")
        return f"工作表“{self.name}”{first}" + (f"等{len(cells)}格" if len(cells) > 1 else "")

    def _has_value(self, cell: Element) -> bool:
        """Whether a cell shows something; the shared strings it uses are noted."""
        value = None
        for one in cell:
            name = local(one)
            if name == "v":
                value = one
            elif (name == "is" and text_of(one).strip()) or (name == "f" and not len(cell) > 1):
                return True
        if value is None or not value.text:
            return False
        if cell.get("t") == "s":
            number = _whole(value.text)
            self.used.add(number)
            return number < len(self.strings) and bool(self.strings[number].strip())
        return bool(value.text.strip())

    def text(self, cell: Element) -> str:
        """What a cell holds."""
        value = child(cell, "v")
        if value is None or value.text is None:
            return text_of(cell)
        if cell.get("t") == "s":
            number = _whole(value.text)
            return self.strings[number] if number < len(self.strings) else ""
        return value.text

    def _look(self, cell: Element, is_head: bool) -> str:
        look = self.looks.get(_whole(attribute(cell, "s", "0")))
        if look is None or (is_head and look.code == "cell.white_text"):
            return ""
        return look.hides(self.text(cell), cell.get("t", "n") == "n")

    def _blank(self, cells: list[Element]) -> None:
        blanked = set()
        for cell in cells:
            for one in list(cell):
                cell.remove(one)
            unset(cell, "t")
            blanked.add(_place(attribute(cell, "r")))
        self.frozen = True
        if blanked & _table_heads(self.package, self.part):
            for relation in list(self.package.related(self.part, "table")):
                self.package.drop(relation)
        self.package.touch(self.part)


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _column(reference: str) -> int:
    number = 0
    for letter in reference.rstrip("0123456789").upper():
        number = number * 26 + ord(letter) - 64
    return number


def _place(reference: str) -> tuple[int, int]:
    """Row and column of ``B3``."""
    found = _REFERENCE.fullmatch(reference.replace("$", ""))
    return (int(found[2]), _column(found[1])) if found else (0, 0)


def _area(reference: str) -> tuple[int, int, int, int]:
    """First row and column, last row and column of ``A1:B3``."""
    first, _, last = reference.partition(":")
    return (*_place(first), *_place(last or first))


def _columns(tree: Element) -> Iterator[Column]:
    for one in children(child(tree, "cols")):
        hidden = attribute(one, "hidden") in ("1", "true")
        level = _whole(attribute(one, "outlineLevel"))
        width = attribute(one, "width", "9")
        code = ("column.collapsed" if level else "column.hidden") if hidden else ""
        if not code and _number(width) <= _FLAT_COLUMN:
            code = "column.flat"
        if code:
            yield Column(_whole(attribute(one, "min")), _whole(attribute(one, "max")), code)


def _column_code(columns: list[Column], place: int) -> str:
    return next((one.code for one in columns if one.first <= place <= one.last), "")


def _row_code(row: Element, filtered: set[int] | range) -> str:
    if row.get("hidden") in ("1", "true"):
        if _whole(row.get("r", "")) in filtered:
            return "row.filtered"
        return "row.collapsed" if _whole(row.get("outlineLevel", "")) else "row.hidden"
    height = row.get("ht")
    return "row.flat" if height is not None and _number(height) <= _FLAT_ROW else ""


def _filtered(tree: Element) -> range:
    """The rows an active filter looks at."""
    found = child(tree, "autoFilter")
    if found is None or not len(found):
        return range(0)
    first, _, last, _ = _area(attribute(found, "ref"))
    return range(first + 1, last + 1)


def _merged(tree: Element) -> set[tuple[int, int]]:
    """The cells other cells reach over."""
    found: set[tuple[int, int]] = set()
    for one in children(child(tree, "mergeCells")):
        top, left, bottom, right = _area(attribute(one, "ref"))
        if (bottom - top + 1) * (right - left + 1) + len(found) > _MOST_MERGED:
            continue
        found |= {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)} - {
            (top, left)
        }
    return found


def _table_heads(package: Package, part: str) -> set[tuple[int, int]]:
    """The head cells of tables, which their style paints."""
    found: set[tuple[int, int]] = set()
    for relation in package.related(part, "table"):
        tree = package.xml(relation.target)
        if tree is not None:
            top, left, _, right = _area(attribute(tree, "ref"))
            found |= {(top, column) for column in range(left, min(right, left + 1000) + 1)}
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 99.0


def strings_of(tree: Element | None) -> list[str]:
    """The shared strings as they are shown."""
    found = []
    for one in children(tree):
        pieces = [piece for piece in each(one, "t") if not _is_phonetic(piece)]
        found.append("".join(piece.text or "" for piece in pieces))
    return found


def _is_phonetic(piece: Element) -> bool:
    holder = piece.getparent()
    return holder is not None and local(holder) == "rPh"
