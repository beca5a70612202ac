"""Text in a Word file that is there but not seen."""

from collections.abc import Callable, Iterator
from functools import partial

from gongkai.screening.hidden.hits import Hit, masked
from gongkai.screening.hidden.names import holds_data
from gongkai.screening.hidden.package import Package
from gongkai.screening.hidden.tree import (
    Element,
    attribute,
    child,
    drop,
    drop_all,
    each,
    is_on,
    local,
    space,
    unwrap,
)
from gongkai.screening.hidden.word_styles import Styles, paper_color

_OF_FORMS = frozenset({"窗体顶端", "窗体底端", "Top of Form", "Bottom of Form"})
"""What Word hides in pages copied from a browser."""
_ORDINARY_FIELDS = frozenset(
    [
        "PAGE",
        "NUMPAGES",
        "SECTIONPAGES",
        "SECTION",
        "TOC",
        "HYPERLINK",
        "PAGEREF",
        "REF",
        "SEQ",
        "DATE",
        "TIME",
        "STYLEREF",
        "EQ",
        "=",
        "FORMTEXT",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
        "IF",
        "SYMBOL",
        "EMBED",
        "SHAPE",
        "NOTEREF",
        "CREATEDATE",
        "SAVEDATE",
        "PRINTDATE",
        "FILENAME",
        "AUTONUM",
        "AUTONUMLGL",
        "AUTONUMOUT",
        "LISTNUM",
        "ADVANCE",
        "BIBLIOGRAPHY",
        "CITATION",
        "NUMWORDS",
        "NUMCHARS",
        "FILESIZE",
        "REVNUM",
        "EDITTIME",
        "TITLE",
        "GOTOBUTTON",
        "MACROBUTTON",
        "INDEX",
        "TOA",
        "BARCODE",
        "DISPLAYBARCODE",
        "COMPARE",
    ]
)
_ROW_FLAT = 40
"""Twips (0.7 mm)."""


def text_hits(package: Package, part: str, label: str, styles: Styles) -> Iterator[Hit]:
    """Hidden, white and tiny text, fields and rows of one story of the document."""
    tree = package.xml(part)
    if tree is None:
        return
    yield from _runs(package, part, label, styles, tree)
    yield from _fields(package, part, label, tree)
    yield from _rows(package, part, label, tree)
    yield from _smart_tags(package, part, label, tree)


def _changed(package: Package, part: str, remove: Callable[[], object]) -> None:
    remove()
    package.touch(part)


def _text(run: Element) -> str:
    return "".join(one.text or "" for one in run if local(one) in ("t", "delText"))


def _runs(package: Package, part: str, label: str, styles: Styles, tree: Element) -> Iterator[Hit]:
    paper = paper_color(tree)
    found: dict[str, list[Element]] = {}
    for run in tree.iter(space(tree) + "r"):
        if not _text(run).strip():
            continue
        if styles.is_hidden(run):
            code = "word.vanish" if _text(run).strip() not in _OF_FORMS else ""
        elif styles.is_tiny(run):
            code = "word.tiny_text"
        else:
            code = "word.white_text" if styles.is_unseen(run, paper) else ""
        if code:
            found.setdefault(code, []).append(run)
    for code, runs in found.items():
        excerpt = masked("".join(map(_text, runs)))
        yield Hit(
            code,
            _where(tree, label, runs),
            excerpt,
            partial(_changed, package, part, partial(_drop_runs, runs)),
        )


def _where(tree: Element, label: str, found: list[Element]) -> str:
    """The paragraph of the first, and how many there are."""
    holder = next((up for up in (found[0], *found[0].iterancestors()) if up.tag == space(tree) + "p"), None)
    if holder is None:
        return label
    number = next(n for n, one in enumerate(tree.iter(holder.tag), 1) if one is holder)
    return f"{label}第{number}段" + (f"等{len(found)}处" if len(found) > 1 else "")


def _drop_runs(runs: list[Element]) -> None:
    for run in runs:
        paragraph = next((up for up in run.iterancestors(space(run) + "p")), None)
        for one in [one for one in run if local(one) in ("t", "delText", "tab", "br", "cr", "sym")]:
            run.remove(one)
        if not any(local(one) != "rPr" for one in run):
            drop(run)
        if (
            paragraph is not None
            and _is_hidden_mark(paragraph)
            and not any(True for _ in each(paragraph, "r"))
        ):
            drop_paragraph(paragraph)


def _is_hidden_mark(paragraph: Element) -> bool:
    return is_on(child(paragraph, "pPr", "rPr", "vanish"))


def drop_paragraph(paragraph: Element) -> None:
    """Takes a paragraph out where its place needs none: a cell must end with one."""
    holder = paragraph.getparent()
    if holder is None or child(paragraph, "pPr", "sectPr") is not None:
        return
    if local(holder) != "body" and sum(local(one) == "p" for one in holder) < 2:
        return
    drop(paragraph)


def _fields(package: Package, part: str, label: str, tree: Element) -> Iterator[Hit]:
    for one in each(tree, "fldSimple"):
        if _gives_away(attribute(one, "instr")):
            removal = partial(_changed, package, part, partial(unwrap, one))
            yield Hit("word.field_code", _where(tree, label, [one]), masked(attribute(one, "instr")), removal)
    for begin, code, marks in _complex_fields(tree):
        if _gives_away(code):
            removal = partial(_changed, package, part, partial(_drop_marks, marks))
            yield Hit("word.field_code", _where(tree, label, [begin]), masked(code), removal)
    for one in each(tree, "ffData"):
        texts = [
            attribute(two, "val") for two in each(one, "helpText", "statusText", "entryMacro", "exitMacro")
        ]
        if any(holds_data(text) for text in texts):
            removal = partial(
                _changed,
                package,
                part,
                partial(drop_all, list(each(one, "helpText", "statusText", "entryMacro", "exitMacro"))),
            )
            yield Hit("word.field_code", _where(tree, label, [one]), masked("".join(texts)), removal)


def _gives_away(code: str) -> bool:
    """Whether a field is none of those every document has, or one with data in its switches."""
    words = code.split()
    name = words[0].upper().lstrip("\\") if words else ""
    if not name or name.startswith("="):
        return False
    if name not in _ORDINARY_FIELDS:
        return True
    return name not in ("HYPERLINK", "EQ", "SEQ", "EMBED") and holds_data(code)


def _complex_fields(tree: Element) -> Iterator[tuple[Element, str, list[Element]]]:
    """Fields spread over runs: where each begins, its code, and the pieces that are not its result."""
    open_fields: list[tuple[Element, list[str], list[Element], list[bool]]] = []
    for one in tree.iter("{*}fldChar", "{*}instrText", "{*}delInstrText"):
        kind = attribute(one, "fldCharType")
        if local(one) == "fldChar" and kind == "begin":
            open_fields.append((one, [], [one], [False]))
        elif not open_fields:
            continue
        elif local(one) != "fldChar":
            if not open_fields[-1][3][0]:
                open_fields[-1][1].append(one.text or "")
                open_fields[-1][2].append(one)
        elif kind == "separate":
            open_fields[-1][2].append(one)
            open_fields[-1][3][0] = True
        elif kind == "end":
            begin, code, marks, _ = open_fields.pop()
            yield begin, "".join(code), [*marks, one]


def _drop_marks(marks: list[Element]) -> None:
    for one in marks:
        run = one.getparent()
        drop(one)
        if run is not None and not any(local(two) != "rPr" for two in run):
            drop(run)


def _rows(package: Package, part: str, label: str, tree: Element) -> Iterator[Hit]:
    for number, table in enumerate(tree.iter(space(tree) + "tbl"), 1):
        found = [row for row in table if local(row) == "tr" and _is_unseen(row) and _row_text(row)]
        if found:
            removal = partial(_changed, package, part, partial(_drop_rows, table, found))
            yield Hit("word.hidden_row", f"{label}表{number}", masked(_row_text(found[0])), removal)


def _row_text(row: Element) -> str:
    return "".join(one.text or "" for one in each(row, "t")).strip()


def _is_unseen(row: Element) -> bool:
    properties = child(row, "trPr")
    if is_on(child(properties, "hidden")):
        return True
    height = child(properties, "trHeight")
    if height is None or attribute(height, "hRule") != "exact":
        return False
    return attribute(height, "val", "1000").isdigit() and int(attribute(height, "val", "1000")) <= _ROW_FLAT


def _drop_rows(table: Element, rows: list[Element]) -> None:
    drop_all(rows)
    if not any(local(one) == "tr" for one in table):
        drop(table)


_AUTOMATIC_TAGS = frozenset(
    {
        "chsdate",
        "chmetcnv",
        "time",
        "date",
        "place",
        "country-region",
        "State",
        "City",
        "PlaceName",
        "PlaceType",
    }
)


def _smart_tags(package: Package, part: str, label: str, tree: Element) -> Iterator[Hit]:
    """Tags that hold more than the numbers Word reads off dates and measures by itself."""
    found = [
        one
        for one in tree.iter(space(tree) + "smartTag", space(tree) + "customXml")
        if not _is_automatic(one)
    ]
    if found:
        removal = partial(_changed, package, part, partial(_unwrap_all, found))
        yield Hit(
            "word.smart_tag", _where(tree, label, found), masked(attribute(found[0], "element")), removal
        )


def _is_automatic(tag: Element) -> bool:
    values = [attribute(one, "val") for one in each(tag, "attr")]
    return attribute(tag, "element") in _AUTOMATIC_TAGS and not any(
        holds_data(value) or len(value) > 12 for value in values
    )


def _unwrap_all(tags: list[Element]) -> None:
    for tag in reversed(tags):
        drop_all([one for one in tag if local(one) in ("smartTagPr", "customXmlPr")])
        unwrap(tag)
