"""What texts, tables and slides of OpenDocument files hold unseen."""

from collections.abc import Iterator
from functools import partial

from gongkai.screening.hidden.hits import Hit, masked
from gongkai.screening.hidden.open_styles import OpenStyles
from gongkai.screening.hidden.tree import (
    Element,
    attribute,
    child,
    drop,
    drop_all,
    each,
    local,
    text_of,
    unset,
    unwrap,
)

_CHANGES = ("change", "change-start", "change-end")
_MOST_REPEATED = 2_000


def text_hits(tree: Element, label: str, styles: OpenStyles) -> Iterator[Hit]:
    """Changes, comments, hidden text and fields of a part."""
    for one in each(tree, "tracked-changes"):
        if len(one):
            yield Hit("open.tracked_change", label, masked(text_of(one)), partial(_accept, tree))
    notes = list(each(tree, "annotation", "annotation-end"))
    if notes:
        code = (
            "book.comment"
            if child(tree, "body", "spreadsheet") is not None
            else "slide.comment"
            if child(tree, "body", "presentation") is not None
            else "open.comment"
        )
        yield Hit(code, label, masked(text_of(notes[0])), partial(drop_all, notes))
    yield from _hidden(tree, label)
    yield from _unseen(tree, label, styles)
    yield from _slides(tree)


def _accept(tree: Element) -> None:
    drop_all(each(tree, "tracked-changes"))
    drop_all(each(tree, *_CHANGES))


def _hidden(tree: Element, label: str) -> Iterator[Hit]:
    for one in list(each(tree, "hidden-text", "hidden-paragraph", "section", "conditional-text")):
        name = local(one)
        if name in ("hidden-text", "conditional-text"):
            text = attribute(one, "string-value") or attribute(one, "string-value-if-true") + attribute(
                one, "string-value-if-false"
            )
            yield Hit("open.hidden_text", label, masked(text), partial(unwrap, one))
        elif name == "hidden-paragraph" and attribute(one, "is-hidden") == "true":
            paragraph = next((up for up in one.iterancestors() if local(up) in ("p", "h")), one)
            yield Hit("open.hidden_text", label, masked(text_of(paragraph)), partial(drop, paragraph))
        elif (
            name == "section" and attribute(one, "display") in ("none", "condition") and text_of(one).strip()
        ):
            is_shown = attribute(one, "display") == "condition" and attribute(one, "is-hidden") != "true"
            if not is_shown:
                yield Hit("open.hidden_text", label, masked(text_of(one)), partial(drop, one))
    variables = [
        one
        for one in each(
            tree, "variable-set", "user-field-decl", "user-field-get", "variable-get", "database-display"
        )
        if local(one) == "user-field-decl" or attribute(one, "display") == "none"
    ]
    if variables:
        text = attribute(variables[0], "string-value") or text_of(variables[0])
        yield Hit("open.variable", label, masked(text), partial(_drop_variables, tree, variables))


def _drop_variables(tree: Element, variables: list[Element]) -> None:
    drop_all(variables)
    for one in list(each(tree, "user-field-get", "user-field-input")):
        unwrap(one)
    drop_all([one for one in each(tree, "user-field-decls") if not len(one)])


def _unseen(tree: Element, label: str, styles: OpenStyles) -> Iterator[Hit]:
    found: dict[str, list[Element]] = {}
    for one in each(tree, "span", "p", "h", "a"):
        if not _own_text(one):
            continue
        if styles.is_hidden(one):
            found.setdefault("open.hidden_text", []).append(one)
        elif styles.is_tiny(one):
            found.setdefault("open.tiny_text", []).append(one)
        elif styles.is_unseen(one):
            found.setdefault("open.white_text", []).append(one)
    for code, elements in found.items():
        yield Hit(code, label, masked("".join(map(_own_text, elements))), partial(_blank_all, elements))


def _own_text(element: Element) -> str:
    """The text that has the look of the element itself, not that of spans in it."""
    return "".join([element.text or "", *(one.tail or "" for one in element)]).strip()


def _blank_all(elements: list[Element]) -> None:
    for element in elements:
        element.text = None
        for one in element:
            one.tail = None


def _slides(tree: Element) -> Iterator[Hit]:
    hidden = {
        attribute(one, "name")
        for one in each(tree, "style")
        if any(attribute(two, "visibility") == "hidden" for two in each(one, "drawing-page-properties"))
    }
    for number, page in enumerate(list(tree.iter("{*}page")), 1):
        if local(page) != "page" or "drawing" not in str(page.tag):
            continue
        label = f"第{number}页幻灯片"
        if attribute(page, "style-name") in hidden:
            yield Hit("slide.hidden", label, masked(text_of(page)), partial(drop, page))
        for notes in [one for one in page if local(one) == "notes"]:
            text = "".join(text_of(one) for one in each(notes, "p")).strip()
            if text and text not in ("<编号>", "<number>"):
                yield Hit("slide.notes", f"{label}的备注", masked(text), partial(drop, notes))


def table_hits(tree: Element, styles: OpenStyles) -> Iterator[Hit]:
    """Hidden sheets, rows and columns, and what tables keep of their sources."""
    book = child(tree, "body", "spreadsheet")
    if book is None:
        return
    for table in [one for one in book if local(one) == "table"]:
        name = attribute(table, "name")
        if styles.property("table", attribute(table, "style-name"), "table-properties", "display") == "false":
            yield Hit("sheet.hidden", f"工作表“{name}”", "", partial(_drop_sheet, book, table))
        elif "'file:" in name or child(table, "table-source") is not None:
            yield Hit("book.external_link", f"工作表“{name[:40]}”", "", partial(_drop_sheet, book, table))
        else:
            yield from _rows(book, table, name)
            yield from _columns(book, table, name)
    for pilots in [one for one in book if local(one) in ("data-pilot-tables", "dde-links")]:
        code = "book.pivot_cache" if local(pilots) == "data-pilot-tables" else "book.external_link"
        yield Hit(code, "工作簿", "", partial(drop, pilots))


def _rows(book: Element, table: Element, name: str) -> Iterator[Hit]:
    for code, states in (("row.hidden", ("collapse",)), ("row.filtered", ("filter",))):
        cells = [
            cell
            for row in each(table, "table-row")
            if attribute(row, "visibility") in states
            for cell in row
            if text_of(cell).strip()
        ]
        if cells:
            yield Hit(code, f"工作表“{name}”", masked(text_of(cells[0])), partial(_blank_cells, book, cells))


def _columns(book: Element, table: Element, name: str) -> Iterator[Hit]:
    hidden: set[int] = set()
    place = 0
    for column in each(table, "table-column"):
        count = _count(column, "number-columns-repeated")
        if attribute(column, "visibility") in ("collapse", "filter"):
            hidden |= set(range(place, place + min(count, _MOST_REPEATED)))
        place += count
    if not hidden:
        return
    cells = []
    for row in each(table, "table-row"):
        place = 0
        for cell in row:
            count = _count(cell, "number-columns-repeated")
            if text_of(cell).strip() and hidden & set(range(place, place + min(count, _MOST_REPEATED))):
                cells.append(cell)
            place += count
    if cells:
        yield Hit(
            "column.hidden", f"工作表“{name}”", masked(text_of(cells[0])), partial(_blank_cells, book, cells)
        )


def _count(element: Element, name: str) -> int:
    text = attribute(element, name, "1")
    return int(text) if text.isdigit() else 1


def _blank_cells(book: Element, cells: list[Element]) -> None:
    for cell in cells:
        drop_all(list(cell))
        unset(
            cell,
            "value",
            "value-type",
            "string-value",
            "date-value",
            "time-value",
            "boolean-value",
            "formula",
            "currency",
        )
    _freeze(book)


def _drop_sheet(book: Element, table: Element) -> None:
    name = attribute(table, "name")
    drop(table)
    for one in list(each(book, "named-range", "named-expression", "database-range", "content-validation")):
        if any(name in str(value) for value in one.attrib.values()):
            drop(one)
    _freeze(book)


def _freeze(book: Element) -> None:
    """Formulas become what they show."""
    for cell in each(book, "table-cell"):
        if attribute(cell, "formula"):
            unset(cell, "formula")
