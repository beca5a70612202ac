"""What packages of any office program may hide: properties, unused or embedded parts, local links."""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256

from gongkai.documents.reading.archives import parse_xml
from gongkai.documents.reading.content import Unreadable
from gongkai.screening.hidden.container import outside, without_outside
from gongkai.screening.hidden.hits import Hit, masked
from gongkai.screening.hidden.invisible import invisible, without_invisible
from gongkai.screening.hidden.names import is_local, is_ordinary_name, is_ordinary_remark
from gongkai.screening.hidden.package import ROOT, Package, Relation
from gongkai.screening.hidden.tree import Element, children, drop, each, local, text_of

PROPERTIES = "文件属性"
_TEMPLATE_PICTURES = frozenset({"96367138dc44ce09bf2c8f0f8e49348a1478d2c5c0af69bbc2bbc38b63cdcead"})
"""SHA-256 of the small picture in the template python-docx brings along."""
_PROGRAM_PROPERTIES = ("KSOProductBuildVer", "ICV", "KSOReadingLayout", "WorkbookGuid", "GrammarlyDocumentId")
_EMPTY_XML = (
    "http://schemas.openxmlformats.org/officeDocument/2006/bibliography",
    "http://purl.oclc.org/ooxml/officeDocument/bibliography",
)
_WPS_XML = "wps.cn"
_PARTS: dict[str, tuple[str, str]] = {
    "vbaProject": ("part.macro", "宏"),
    "wordVbaData": ("part.macro", "宏"),
    "xlMacrosheet": ("part.macro", "宏表"),
    "xlIntlMacrosheet": ("part.macro", "宏表"),
    "control": ("part.macro", "控件"),
    "activeXControlBinary": ("part.macro", "控件"),
    "attachedToolbars": ("part.macro", "工具栏"),
    "keyMapCustomizations": ("part.macro", "快捷键"),
    "oleObject": ("part.embedded", "嵌入对象"),
    "package": ("part.embedded", "嵌入文件"),
    "ink": ("part.ink", "墨迹"),
    "slicerCache": ("book.pivot_cache", "切片器"),
    "timelineCache": ("book.pivot_cache", "日程表"),
}


def office_hits(package: Package) -> Iterator[Hit]:
    """Whatever is not peculiar to documents, workbooks or slides."""
    yield from _properties(package)
    yield from _custom_xml(package)
    yield from _by_relation(package)
    yield from _orphans(package)
    yield from _codes(package)


def container_hit(data: bytes, put: Callable[[bytes], object]) -> Iterator[Hit]:
    """Bytes of a ZIP file that belong to none of its members."""
    if size := outside(data):
        yield Hit("zip.outside", "文件末尾或开头", f"共 {size} 字节", lambda: put(without_outside(data)))


def _properties(package: Package) -> Iterator[Hit]:
    for one in list(package.relations(ROOT)):
        if one.kind == "core-properties":
            yield from _core(package, one)
        elif one.kind == "extended-properties":
            yield from _extended(package, one)
        elif one.kind == "custom-properties":
            yield from _custom(package, one)
        elif one.kind == "thumbnail" and _is_own_thumbnail(package, one):
            yield Hit("props.thumbnail", "缩略图", "", partial(package.drop, one))


def _is_own_thumbnail(package: Package, part: Relation) -> bool:
    """Whether somebody had it saved: PowerPoint keeps one of every file."""
    if package.main().lower().startswith("ppt/") or part.target not in package:
        return False
    return sha256(package.read(part.target)).hexdigest() not in _TEMPLATE_PICTURES


def _core(package: Package, part: Relation) -> Iterator[Hit]:
    tree = package.xml(part.target)
    for one in children(tree):
        text, removal = (one.text or "").strip(), partial(_drop_from, package, part.target, one)
        if local(one) in ("creator", "lastModifiedBy") and not is_ordinary_name(text):
            yield Hit("props.author", PROPERTIES, masked(text), removal)
        elif local(one) == "description" and not is_ordinary_remark(text):
            yield Hit("props.description", PROPERTIES, masked(text), removal)


def _extended(package: Package, part: Relation) -> Iterator[Hit]:
    tree = package.xml(part.target)
    for one in children(tree):
        text, name = (one.text or "").strip(), local(one)
        names_people = name in ("Company", "Manager") and not is_ordinary_name(text)
        names_place = name in ("HyperlinkBase", "Template") and ("\\" in text or is_local(text))
        if names_people or names_place:
            yield Hit(
                "props.company", PROPERTIES, masked(text), partial(_drop_from, package, part.target, one)
            )


def drop_titles(package: Package) -> None:
    """Takes the names of sheets, slides and fonts out of the properties: some may be of what is gone."""
    for one in package.related(ROOT, "extended-properties"):
        tree = package.xml(one.target)
        for element in children(tree):
            if local(element) in ("TitlesOfParts", "HeadingPairs"):
                _drop_from(package, one.target, element)


def _custom(package: Package, part: Relation) -> Iterator[Hit]:
    tree = package.xml(part.target)
    own = [
        one
        for one in tree if local(one) == "property"
        and one.get("name") not in _PROGRAM_PROPERTIES and text_of(one).strip()
    ] if tree is not None else []  # fmt: skip
    if own:
        yield Hit("props.custom", PROPERTIES, masked(text_of(own[0])), partial(package.drop, part))


def _drop_from(package: Package, name: str, element: Element) -> None:
    drop(element)
    package.touch(name)


def _custom_xml(package: Package) -> Iterator[Hit]:
    for one in list(package.all_relations()):
        if one.kind != "customXml" or one.target not in package:
            continue
        if _has_own_xml(package.read(one.target)):
            code = (
                "book.connection" if b"DataMashup" in package.read(one.target)[:4096] else "part.custom_xml"
            )
            yield Hit(code, f"自定义 XML（{one.target}）", "", partial(package.drop, one))


def _has_own_xml(data: bytes) -> bool:
    """Whether a custom part holds more than the empty shells Word and WPS put into every file."""
    try:
        tree = parse_xml(data)
    except Unreadable:
        return True
    text = text_of(tree).strip()
    if any(name in str(tree.tag) for name in _EMPTY_XML):
        return bool(text)
    if _WPS_XML in str(tree.tag):
        return bool(text) or any(
            len(value) > 200 for one in tree.iter() for value in map(str, one.attrib.values())
        )
    return bool(text) or any(one.attrib for one in tree.iter())


def _by_relation(package: Package) -> Iterator[Hit]:
    for one in list(package.all_relations()):
        removal = partial(package.drop, one)
        if one.kind in _PARTS and not one.is_external:
            code, label = _PARTS[one.kind]
            if "/charts/" in f"/{one.source}":
                code, label = "chart.workbook", "图表"
            yield Hit(code, f"{label}（{one.target}）", "", removal)
        elif (
            one.is_external
            and is_local(one.target)
            and one.kind not in ("externalLinkPath", "mailMergeSource")
        ):
            yield Hit("link.local", f"链接（{_name(one.source)}）", masked(one.target), removal)
        elif one.kind == "printerSettings" and _names_a_share(package, one):
            yield Hit("part.printer", "打印设置", "", removal)
        elif one.kind in ("people", "person", "commentAuthors", "authors", "usernames") and _people(
            package, one
        ):
            yield Hit("props.people", "人员名单", "", removal)


def _name(source: str) -> str:
    return source.rpartition("/")[2] or "文件"


def _names_a_share(package: Package, part: Relation) -> bool:
    data = package.read(part.target) if part.target in package else b""
    return "\\\\".encode("utf-16-le") in data or b"\\\\" in data or b"smb:" in data or b"ipp:" in data


def _people(package: Package, part: Relation) -> bool:
    tree = package.xml(part.target)
    return tree is not None and any(True for _ in each(tree, "person", "cmAuthor", "author", "userInfo"))


def _orphans(package: Package) -> Iterator[Hit]:
    if not package.relations(ROOT):
        return
    reached = {name.lower() for name in package.reachable()}
    for name in package.names:
        low = name.lower()
        if low in reached or low == "[content_types].xml" or low.endswith(".rels"):
            continue
        yield Hit("part.orphan", f"文件内部的“{name}”", "", partial(package.touch, "[Content_Types].xml"))


_BASE64 = re.compile(r"[A-Za-z0-9+/=]{16,}")


def _codes(package: Package) -> Iterator[Hit]:
    """Comments and invisible characters in the XML itself."""
    for name in package.names:
        if not name.lower().endswith((".xml", ".rels", ".vml")):
            continue
        data = package.read(name)
        if b"<!--" in data:
            yield Hit("part.xml_comment", f"文件内部的“{name}”", "", partial(_parse_again, package, name))
        if (excerpt := invisible(data.decode("utf-8", "replace"))) and not data.startswith(b"\xff\xfe"):
            yield Hit(
                "part.invisible", f"文件内部的“{name}”", excerpt, partial(_without_invisible, package, name)
            )


def _parse_again(package: Package, name: str) -> None:
    if package.xml(name) is not None:
        package.touch(name)


def _without_invisible(package: Package, name: str) -> None:
    tree = package.xml(name)
    for one in tree.iter() if tree is not None else ():
        one.text = without_invisible(one.text) if one.text else one.text
        one.tail = without_invisible(one.tail) if one.tail else one.tail
        for key, value in one.attrib.items():
            one.attrib[key] = without_invisible(str(value))
    package.touch(name)


def is_machine_number(text: str) -> bool:
    """Whether a variable is the mark WPS leaves of the computer, and nothing else."""
    if not _BASE64.fullmatch(text):
        return False
    try:
        return base64.b64decode(text, validate=True).startswith(b'{"hdid":')
    except (binascii.Error, ValueError):
        return False
