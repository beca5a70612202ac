"""Workbooks: XLSX, XLSM, XLTX."""

import re
from collections.abc import Iterator
from functools import partial

from gongkai.screening.hidden.anchors import sheet_anchor_hits
from gongkai.screening.hidden.book_parts import part_hits
from gongkai.screening.hidden.cells import Sheet, strings_of
from gongkai.screening.hidden.drawing import drawing_hits
from gongkai.screening.hidden.freezing import freeze
from gongkai.screening.hidden.hits import Hit, masked
from gongkai.screening.hidden.office import container_hit, drop_titles, office_hits
from gongkai.screening.hidden.package import Package, Relation
from gongkai.screening.hidden.sheet_styles import looks
from gongkai.screening.hidden.tree import (
    Element,
    attribute,
    child,
    children,
    drop,
    drop_all,
    each,
    text_of,
    unset,
)

_OF_WPS = "WpsReserved_CellImgList"
_CELL = re.compile(r"<(?:\w+:)?(?:v|t|f)[ >]")


class Workbook:
    """A workbook, and whether its formulas have to become values."""

    def __init__(self, data: bytes) -> None:
        self._raw = data
        self.package = Package(data)
        self.main = self.package.main()
        self.frozen = False
        self._sheets: list[Sheet] = []

    def hits(self) -> Iterator[Hit]:
        package = self.package
        yield from container_hit(self._raw, lambda _: None)
        yield from office_hits(package)
        yield from drawing_hits(package)
        yield from self._hidden_sheets()
        styles = looks(next((package.xml(one.target) for one in package.related(self.main, "styles")), None))
        shared = next((one for one in package.related(self.main, "sharedStrings")), None)
        strings = strings_of(package.xml(shared.target)) if shared else []
        self._sheets = [Sheet(package, part, name, strings, styles) for part, name, _ in self._parts()]
        for sheet in self._sheets:
            yield from sheet.hits()
            for one in package.related(sheet.part, "drawing"):
                yield from sheet_anchor_hits(package, one.target)
        if shared:
            yield from self._strings(shared, strings)
        yield from part_hits(
            package, self.main, [(part, name) for part, name, _ in self._parts()], self._freeze
        )

    def save(self) -> bytes:
        if self.frozen or any(sheet.frozen for sheet in self._sheets):
            freeze(self.package, self.main)
        drop_titles(self.package)
        return self.package.save()

    def _freeze(self) -> None:
        self.frozen = True

    def _parts(self) -> Iterator[tuple[str, str, Element]]:
        """The worksheets in order: part, name, and what the workbook says of it."""
        tree = self.package.xml(self.main)
        by_key = {one.key: one for one in self.package.relations(self.main)}
        for one in children(child(tree, "sheets")):
            relation = by_key.get(attribute(one, "id"))
            if relation is not None and relation.kind in (
                "worksheet",
                "chartsheet",
                "dialogsheet",
                "xlMacrosheet",
            ):
                yield relation.target, attribute(one, "name"), one

    def _hidden_sheets(self) -> Iterator[Hit]:
        for part, name, entry in self._parts():
            state = attribute(entry, "state", "visible")
            if state == "visible" or (name == _OF_WPS and not self._has_cells(part)):
                continue
            code = "sheet.very_hidden" if state == "veryHidden" else "sheet.hidden"
            yield Hit(code, f"工作表“{name}”", "", partial(self._drop_sheet, name))

    def _has_cells(self, part: str) -> bool:
        return part in self.package and bool(_CELL.search(self.package.read(part).decode("utf-8", "replace")))

    def _drop_sheet(self, name: str) -> None:
        """Takes a sheet out with the names that are of it or lead to it."""
        tree = self.package.xml(self.main)
        entries = list(children(child(tree, "sheets")))
        number = next((n for n, one in enumerate(entries) if attribute(one, "name") == name), -1)
        if number < 0 or tree is None:
            return
        key = attribute(entries[number], "id")
        for relation in [one for one in self.package.relations(self.main) if one.key == key]:
            self.package.drop(relation)
        if entries[number].getparent() is not None:
            drop(entries[number])
        for one in list(each(tree, "definedName")):
            scope = attribute(one, "localSheetId")
            if scope == str(number) or name in (one.text or ""):
                drop(one)
            elif scope.isdigit() and int(scope) > number:
                one.set("localSheetId", str(int(scope) - 1))
        for one in each(tree, "workbookView"):
            unset(one, "activeTab", "firstSheet")
        drop_all([one for one in each(tree, "definedNames") if not len(one)])
        self.package.touch(self.main)
        self._freeze()

    def _strings(self, shared: Relation, strings: list[str]) -> Iterator[Hit]:
        tree = self.package.xml(shared.target)
        if tree is None:
            return
        used = {number for sheet in self._sheets for number in sheet.used}
        left = [one for number, one in enumerate(tree) if number not in used and text_of(one).strip()]
        if left:
            yield Hit(
                "book.orphan_string",
                "工作簿的字符串表",
                masked(text_of(left[0])),
                partial(self._blank, shared.target, left),
            )
        read_aloud = [one for one in each(tree, "rPh") if text_of(one).strip()]
        if read_aloud:
            yield Hit(
                "cell.phonetic",
                "单元格注音",
                masked(text_of(read_aloud[0])),
                partial(self._drop, shared.target, read_aloud),
            )

    def _blank(self, part: str, entries: list[Element]) -> None:
        """The entries stay, since others are counted from the first."""
        for entry in entries:
            kept = entry.makeelement(
                str(entry.tag).rpartition("}")[0] + "}t" if "}" in str(entry.tag) else "t"
            )
            drop_all(list(entry))
            entry.append(kept)
        self.package.touch(part)

    def _drop(self, part: str, elements: list[Element]) -> None:
        drop_all(elements)
        self.package.touch(part)
