"""Tracked changes and comments in a Word file."""

from collections.abc import Iterator
from functools import partial

from gongkai.screening.hidden.hits import Hit, masked
from gongkai.screening.hidden.package import Package
from gongkai.screening.hidden.tree import Element, child, drop, drop_all, each, local, space, text_of, unwrap
from gongkai.screening.hidden.word_text import drop_paragraph

_CODES = {
    "ins": "word.insertion", "cellIns": "word.insertion", "del": "word.deletion", "cellDel": "word.deletion",
    "moveFrom": "word.move", "moveTo": "word.move",
}  # fmt: skip
_FORMATS = (
    "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "tblPrExChange", "tcPrChange",
    "trPrChange", "numberingChange", "cellMerge",
)  # fmt: skip
_RANGES = (
    "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart",
    "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart",
    "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd",
)  # fmt: skip
_REMARKS = ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")
_COMMENTS = ("comments", "commentsExtended", "commentsIds", "commentsExtensible")


def change_hits(package: Package, part: str, label: str) -> Iterator[Hit]:
    """Tracked changes of one story; removing any accepts all."""
    tree = package.xml(part)
    if tree is None:
        return
    word = space(tree)
    removal = partial(_accept, package, part)
    found: dict[str, Element] = {}
    for one in tree.iter(*(word + name for name in _CODES), *(word + name for name in _FORMATS)):
        found.setdefault(_CODES.get(local(one), "word.format_change"), one)
    for code, one in found.items():
        yield Hit(code, label, masked(text_of(one)), removal)


def comment_hits(package: Package, main: str) -> Iterator[Hit]:
    parts = list(package.related(main, *_COMMENTS))
    texts = [package.xml(one.target) for one in parts if one.kind == "comments"]
    if any(tree is not None and any(True for _ in each(tree, "comment")) for tree in texts):
        written = next(text_of(tree) for tree in texts if tree is not None)
        yield Hit("word.comment", "批注", masked(written), partial(_drop_comments, package, main))


def _drop_comments(package: Package, main: str) -> None:
    for one in list(package.related(main, *_COMMENTS)):
        package.drop(one)
    for name in package.reachable():
        tree = package.xml(name) if name.lower().startswith("word/") and name.endswith(".xml") else None
        marks = list(each(tree, *_REMARKS)) if tree is not None else []
        for mark in marks:
            run = mark.getparent()
            drop(mark)
            if run is not None and local(run) == "r" and not any(local(two) != "rPr" for two in run):
                drop(run)
        if marks:
            package.touch(name)


def _accept(package: Package, part: str) -> None:
    """As if somebody had accepted every change."""
    tree = package.xml(part)
    if tree is None:
        return
    word = space(tree)
    _accept_rows_and_cells(tree, word)
    marks = [one for one in tree.iter(word + "del", word + "moveFrom") if _is_mark(one)]
    joined = [up for one in marks if (up := _paragraph(one, word)) is not None]
    for one in list(tree.iter(word + "del", word + "moveFrom")):
        drop(one)
    for one in list(tree.iter(word + "ins", word + "moveTo")):
        drop(one) if _is_mark(one) else unwrap(one)
    drop_all(each(tree, *_RANGES))
    drop_all(tree.iter(*(word + name for name in _FORMATS)))
    for paragraph in reversed(joined):
        _join(paragraph)
    package.touch(part)


def _is_mark(change: Element) -> bool:
    """Whether a change is of the end of a paragraph, not of what it holds."""
    holder = change.getparent()
    return holder is not None and local(holder) in ("rPr", "numPr")


def _paragraph(change: Element, word: str) -> Element | None:
    return next(change.iterancestors(word + "p"), None)


def _accept_rows_and_cells(tree: Element, word: str) -> None:
    for row in list(tree.iter(word + "tr")):
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            table = row.getparent()
            drop(row)
            if table is not None and not any(local(one) == "tr" for one in table):
                drop(table)
        elif (added := child(properties, "ins")) is not None:
            drop(added)
    for cell in list(tree.iter(word + "tc")):
        if child(cell, "tcPr", "cellDel") is not None:
            drop(cell)
        elif (added := child(cell, "tcPr", "cellIns")) is not None:
            drop(added)


def _join(paragraph: Element) -> None:
    """A paragraph whose end was deleted runs on into the next; an empty one goes."""
    contents = [one for one in paragraph if local(one) != "pPr"]
    following = paragraph.getnext()
    if following is None or local(following) != "p":
        if not any(local(one) in ("r", "hyperlink") for one in contents):
            drop_paragraph(paragraph)
        return
    place = 1 if child(following, "pPr") is not None else 0
    for offset, one in enumerate(contents):
        following.insert(place + offset, one)
    if child(paragraph, "pPr", "sectPr") is None:
        drop(paragraph)
