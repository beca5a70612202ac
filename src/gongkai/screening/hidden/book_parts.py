"""What a workbook keeps beside its cells: caches, names, comments, connections, logs, views."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from gongkai.screening.hidden.hits import Hit, all_of, masked
from gongkai.screening.hidden.names import gives_user_away
from gongkai.screening.hidden.package import Package, Relation
from gongkai.screening.hidden.tree import (
    Element,
    attribute,
    child,
    children,
    drop,
    drop_all,
    each,
    local,
    text_of,
)

_PARTS: dict[str, tuple[str, str]] = {
    "pivotCacheDefinition": ("book.pivot_cache", "数据透视表"),
    "pivotTable": ("book.pivot_cache", "数据透视表"),
    "slicer": ("book.pivot_cache", "切片器"),
    "timeline": ("book.pivot_cache", "日程表"),
    "powerPivotData": ("book.data_model", "数据模型"),
    "externalLink": ("book.external_link", "别的工作簿"),
    "connections": ("book.connection", "数据连接"),
    "queryTable": ("book.connection", "查询"),
    "xmlMaps": ("book.connection", "XML 映射"),
    "revisionHeaders": ("book.revision", "修订记录"),
    "usernames": ("book.revision", "共享用户"),
    "threadedComment": ("book.threaded_comment", "批注对话"),
}
_OWN_NAMES = ("_xlnm.", "_xlchart.", "_xlpm.", "_xlfn.", "_xlcn.", "_xleta.")
_CODES = re.compile(r"&(?:\"[^\"]*\"|\d+|K[0-9A-Fa-f]{6}|.)")
_NUMBERING = re.compile(r"[\s\d\-—–－·第页共/]*")


def part_hits(
    package: Package, main: str, sheets: list[tuple[str, str]], freeze: Callable[[], object]
) -> Iterator[Hit]:
    """``sheets`` are parts and names; ``freeze`` turns formulas into what they show."""
    names = dict(sheets)
    seen: set[str] = set()
    for one in [one for part in (main, *names, *_caches(package, main)) for one in package.relations(part)]:
        if one.kind in _PARTS and not (one.is_external or one.target in seen):
            seen.add(one.target)
            code, label = _PARTS[one.kind]
            yield Hit(code, label, "", all_of(partial(package.drop, one), freeze))
        elif one.kind == "comments":
            yield from _comments(package, one, names)
    yield from _names(package, main, freeze)
    yield from _of_the_book(package, main)
    for part, name in sheets:
        yield from _of_a_sheet(package, part, name)


def _caches(package: Package, main: str) -> list[str]:
    return [one.target for one in package.related(main, "table")]


def _comments(package: Package, part: Relation, names: dict[str, str]) -> Iterator[Hit]:
    tree = package.xml(part.target)
    found = list(each(tree, "comment")) if tree is not None else []
    if found:
        first = attribute(found[0], "ref")
        where = f"工作表“{names.get(part.source, '')}”{first}" + (
            f"等{len(found)}处" if len(found) > 1 else ""
        )
        yield Hit("book.comment", where, masked(text_of(found[0])), partial(_drop_comments, package, part))


def _drop_comments(package: Package, part: Relation) -> None:
    """The drawing of the boxes goes with them."""
    package.drop(part)
    for one in list(package.related(part.source, "vmlDrawing")):
        tree = package.xml(one.target)
        notes = (
            [
                up
                for note in each(tree, "ClientData")
                if attribute(note, "ObjectType") == "Note" and (up := note.getparent()) is not None
            ]
            if tree is not None
            else []
        )
        drop_all(notes)
        package.touch(one.target)
        if tree is not None and not any(local(shape) == "shape" for shape in tree):
            package.drop(one)


def _names(package: Package, main: str, freeze: Callable[[], object]) -> Iterator[Hit]:
    tree = package.xml(main)
    for one in list(each(tree, "definedName")) if tree is not None else ():
        name, text = attribute(one, "name"), (one.text or "").strip()
        if name.startswith(_OWN_NAMES) and not (name.startswith("_xlnm.") and "[" in text):
            continue
        is_text = text.startswith(('"', '="', "{"))
        if (
            attribute(one, "hidden") in ("1", "true")
            or "#REF!" in text
            or "[" in text
            or is_text
            or attribute(one, "comment")
        ):
            yield Hit(
                "book.name",
                f"名称“{name}”",
                masked(text),
                all_of(partial(_drop_name, package, main, one), freeze),
            )


def _drop_name(package: Package, main: str, name: Element) -> None:
    holder = name.getparent()
    drop(name)
    if holder is not None and not len(holder):
        drop(holder)
    package.touch(main)


def _of_the_book(package: Package, main: str) -> Iterator[Hit]:
    tree = package.xml(main)
    if tree is None:
        return
    for one in each(tree, "absPath"):
        if gives_user_away(attribute(one, "url")):
            yield Hit("props.path", "文件属性", "", partial(_drop_path, package, main, one))
    for one in each(tree, "fileSharing"):
        if attribute(one, "userName"):
            yield Hit(
                "props.author",
                "文件属性",
                masked(attribute(one, "userName")),
                partial(_drop, package, main, [one]),
            )
    views = list(each(tree, "customWorkbookViews"))
    if views:
        yield Hit("book.custom_view", "自定义视图", "", partial(_drop, package, main, views))


def _drop_path(package: Package, main: str, path: Element) -> None:
    drop(next((up for up in path.iterancestors() if local(up) == "AlternateContent"), path))
    package.touch(main)


def _drop(package: Package, part: str, elements: list[Element]) -> None:
    drop_all(elements)
    package.touch(part)


def _of_a_sheet(package: Package, part: str, name: str) -> Iterator[Hit]:
    tree = package.xml(part)
    if tree is None:
        return
    label = f"工作表“{name}”"
    for wanted, code in (
        ("customSheetViews", "book.custom_view"),
        ("scenarios", "book.scenario"),
        ("smartTags", "part.custom_xml"),
    ):
        if (found := child(tree, wanted)) is not None:
            yield Hit(code, label, "", partial(_drop, package, part, [found]))
    own = list(children(child(tree, "customProperties")))
    if own:
        yield Hit("part.custom_xml", label, "", partial(_drop_custom, package, part, own))
    header = child(tree, "headerFooter")
    if header is not None:
        yield from _headers(package, part, label, header)


def _drop_custom(package: Package, part: str, own: list[Element]) -> None:
    holder = own[0].getparent()
    for one in list(package.related(part, "customProperty")):
        package.drop(one)
    _drop(package, part, [holder] if holder is not None else [])


def _headers(package: Package, part: str, label: str, header: Element) -> Iterator[Hit]:
    odd, first = attribute(header, "differentOddEven", "0"), attribute(header, "differentFirst", "0")
    shown = {_words(one) for one in header if local(one).startswith("odd")}
    for one in list(header):
        is_shown = local(one).startswith("odd") or (
            odd in ("1", "true") if local(one).startswith("even") else first in ("1", "true")
        )
        words = _words(one)
        if not is_shown and words and words not in shown:
            yield Hit(
                "book.unused_header",
                f"{label}不显示的页眉页脚",
                masked(words),
                partial(_drop, package, part, [one]),
            )


def _words(header: Element) -> str:
    text = _CODES.sub("", header.text or "").strip()
    return "" if _NUMBERING.fullmatch(text) else text
