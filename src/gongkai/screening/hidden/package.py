"""An Office Open XML package that parts can be taken out of.

Parts nobody touched are written back byte for byte; parts nothing refers to any more are not written.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from gongkai.documents.reading.archives import Archive, parse_xml
from gongkai.documents.reading.content import Unreadable
from gongkai.screening.hidden.tree import Element, attribute, drop, local, unset, unwrap

TYPES = "[Content_Types].xml"
ROOT = ""
_MACRO_TYPES = {
    "application/vnd.ms-word.document.macroEnabled.main+xml":
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml":
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml":
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "application/vnd.ms-excel.template.macroEnabled.main+xml":
        "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
    "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml":
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml":
        "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
}  # fmt: skip
_RELATED = ("id", "embed", "link", "pict", "dm", "lo", "qs", "cs", "relid")


@dataclass(frozen=True, slots=True)
class Relation:
    """That the part ``source`` refers to ``target``: a part, or something outside of the package."""

    source: str
    key: str
    kind: str
    target: str
    is_external: bool
    element: Element


class Package:
    """The parts by name, and what they refer to."""

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            names = [info.filename for info in file.infolist() if not info.is_dir()]
        self.names = list(dict.fromkeys(name.replace("\\", "/").lstrip("/") for name in names))
        self._spelled = dict(zip((name.lower() for name in self.names), names, strict=False))
        self._known = {name.lower(): name for name in self.names}
        self._bytes: dict[str, bytes] = {}
        self._trees: dict[str, Element] = {}
        self._relations: dict[str, list[Relation]] = {}
        self._touched: set[str] = set()
        self.changed = False

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._known

    def read(self, name: str) -> bytes:
        """The bytes of a part as they were."""
        key = name.lower()
        if key not in self._bytes:
            spelled = self._spelled.get(key, name)
            self._bytes[key] = self._archive.read(spelled)
        return self._bytes[key]

    def write(self, name: str, data: bytes) -> None:
        """Another content for a part."""
        self._bytes[name.lower()] = data
        self._trees.pop(name.lower(), None)
        self._touched.discard(name.lower())
        self.changed = True

    def xml(self, name: str) -> Element | None:
        """A part parsed, or ``None`` where there is no such part."""
        if name not in self:
            return None
        key = name.lower()
        if key not in self._trees:
            self._trees[key] = parse_xml(self.read(name))
        return self._trees[key]

    def touch(self, name: str) -> None:
        """The tree of the part was changed."""
        self._touched.add(name.lower())
        self.changed = True

    def relations(self, source: str = ROOT) -> list[Relation]:
        """What a part refers to."""
        if source not in self._relations:
            tree = self.xml(relations_of(source))
            found = (
                []
                if tree is None
                else [_relation(source, one) for one in tree if local(one) == "Relationship"]
            )
            self._relations[source] = found
        return self._relations[source]

    def related(self, source: str, *kinds: str) -> Iterator[Relation]:
        return (one for one in self.relations(source) if one.kind in kinds)

    def all_relations(self) -> Iterator[Relation]:
        """Of all parts that can be reached."""
        yield from self.relations(ROOT)
        for name in self.reachable():
            yield from self.relations(name)

    def reachable(self) -> list[str]:
        """The parts something refers to, directly or not."""
        found: dict[str, None] = {}
        waiting = [ROOT]
        while waiting:
            for one in self.relations(waiting.pop()):
                name = self._known.get(one.target.lower())
                if not one.is_external and name and name not in found:
                    found[name] = None
                    waiting.append(name)
        return list(found)

    def main(self) -> str:
        """The name of the document, workbook or presentation itself."""
        for one in self.related(ROOT, "officeDocument"):
            if name := self._known.get(one.target.lower()):
                return name
        for name in ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"):
            if name in self:
                return self._known[name]
        raise Unreadable("文件缺少正文部分，可能已损坏；请用原来的软件打开后另存，再试。")

    def drop(self, relation: Relation) -> None:
        """Takes a reference out, with the element that uses it; the part goes if it was the last one."""
        if not any(relation is one for one in self.relations(relation.source)):
            return
        drop(relation.element)
        self.relations(relation.source)[:] = [
            one for one in self.relations(relation.source) if one is not relation
        ]
        self.touch(relations_of(relation.source))
        if relation.source == ROOT or not relation.key:
            return
        tree = self.xml(relation.source) if relation.source.lower().endswith((".xml", ".vml")) else None
        if tree is not None and _detach(tree, relation.key):
            self.touch(relation.source)

    def save(self) -> bytes:
        """The package as it is now."""
        relations = relations_of(ROOT)
        kept = [name for name in self.names if name in (TYPES, relations)]
        if self.relations(ROOT):
            for one in list(self.related(ROOT, "origin")):
                self.drop(one)
            wanted = {name.lower() for name in self.reachable()}
            wanted |= {relations_of(name).lower() for name in wanted}
            kept = [name for name in self.names if name in kept or name.lower() in wanted]
        else:
            kept = self.names
        self._settle_types({name.lower() for name in kept})
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
            for name in kept:
                info = zipfile.ZipInfo(name)
                info.compress_type = zipfile.ZIP_DEFLATED
                file.writestr(info, self._current(name))
        return stream.getvalue()

    def _current(self, name: str) -> bytes:
        if name.lower() in self._touched:
            return etree.tostring(
                self._trees[name.lower()], xml_declaration=True, encoding="UTF-8", standalone=True
            )
        return self.read(name)

    def _settle_types(self, kept: set[str]) -> None:
        tree = self.xml(TYPES)
        if tree is None:
            return
        for one in list(tree):
            part = one.get("PartName", "").lstrip("/").lower()
            if local(one) == "Override" and part not in kept:
                tree.remove(one)
            elif (plain := _MACRO_TYPES.get(one.get("ContentType", ""))) is not None:
                one.set("ContentType", plain)
        self.touch(TYPES)


def relations_of(source: str) -> str:
    """The name of the part that lists what ``source`` refers to."""
    folder, _, base = source.rpartition("/")
    return f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"


def _relation(source: str, element: Element) -> Relation:
    target, is_external = element.get("Target", ""), element.get("TargetMode") == "External"
    if not is_external:
        inside = unquote(target.replace("\\", "/").partition("#")[0])
        folder = "/" if inside.startswith("/") else "/" + posixpath.dirname(source)
        target = posixpath.normpath(posixpath.join(folder, inside)).lstrip("/")
    kind = element.get("Type", "").rpartition("/")[2]
    return Relation(source, element.get("Id", ""), kind, target, is_external, element)


def _detach(tree: Element, key: str) -> bool:
    """Takes what uses a reference out of a part: links lose only the link, pictures their source."""
    using = [
        element
        for element in tree.iter()
        if any(value == key and _is_reference(str(name)) for name, value in element.attrib.items())
    ]
    for element in using:
        if local(element) == "hyperlink" and len(element):
            unwrap(element)
        elif local(element) in ("blip", "imagedata", "videoFile", "audioFile"):
            unset(element, "link", "href", "embed") if attribute(element, "link") == key else drop(element)
        else:
            drop(element)
    return bool(using)


def _is_reference(name: str) -> bool:
    space, _, plain = name.rpartition("}")
    return plain in _RELATED and "relationships" in space
