"""OpenDocument files: ODT, ODS, ODP."""

import io
import zipfile
from collections.abc import Callable, Iterator
from functools import partial

from lxml import etree

from gongkai.documents.reading.archives import Archive, parse_xml
from gongkai.screening.hidden.hits import Hit, masked
from gongkai.screening.hidden.names import is_local, is_ordinary_name, is_ordinary_remark
from gongkai.screening.hidden.office import PROPERTIES, container_hit
from gongkai.screening.hidden.open_styles import OpenStyles
from gongkai.screening.hidden.open_texts import table_hits, text_hits
from gongkai.screening.hidden.picture import Picture, is_picture
from gongkai.screening.hidden.tree import Element, attribute, drop, drop_all, each, local, unset

_CONTENT, _META, _STYLES, _SETTINGS, _MANIFEST = (
    "content.xml",
    "meta.xml",
    "styles.xml",
    "settings.xml",
    "META-INF/manifest.xml",
)
_ORDINARY = (
    "mimetype", "content.xml", "styles.xml", "meta.xml", "settings.xml", "manifest.rdf", "meta-inf/",
    "pictures/",
    "thumbnails/", "configurations2/", "objectreplacements/", "object ", "layout-cache", "fonts/", "media/",
)  # fmt: skip
_OF_OFFICE = (
    "AppVersion", "DocSecurity", "HyperlinksChanged", "LinksUpToDate", "ScaleCrop", "ShareDoc", "SharedDoc",
    "KSOProductBuildVer", "ICV", "Generator",
)  # fmt: skip
_CHART = b"application/vnd.oasis.opendocument.chart"


class OpenDocument:
    """The parts of a file, those read as XML, and those that go."""

    def __init__(self, data: bytes) -> None:
        self._raw = data
        self._archive = Archive(data)
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            self._names = [info.filename for info in file.infolist() if not info.is_dir()]
        self._trees: dict[str, Element] = {}
        self._gone: set[str] = set()
        self._bytes: dict[str, bytes] = {}

    def hits(self) -> Iterator[Hit]:
        yield from container_hit(self._raw, lambda _: None)
        yield from self._properties()
        yield from self._parts()
        styles = OpenStyles([self._xml(_STYLES), self._xml(_CONTENT)])
        for name, label in ((_CONTENT, "正文"), (_STYLES, "页眉页脚")):
            tree = self._xml(name)
            if tree is not None:
                yield from text_hits(tree, label, styles)
                yield from self._links(tree, label)
        content = self._xml(_CONTENT)
        if content is not None:
            yield from table_hits(content, styles)
        for name in (*self._trees, _META, _STYLES, _CONTENT):
            if name in self._archive and b"<!--" in self._archive.read(name):
                yield Hit("part.xml_comment", f"文件内部的“{name}”", "", _nothing)

    def _xml(self, name: str) -> Element | None:
        if name not in self._archive:
            return None
        if name not in self._trees:
            self._trees[name] = parse_xml(self._read(name))
        return self._trees[name]

    def _read(self, name: str) -> bytes:
        if name not in self._bytes:
            self._bytes[name] = self._archive.read(name)
        return self._bytes[name]

    def _properties(self) -> Iterator[Hit]:
        tree = self._xml(_META)
        for one in list(each(tree, "*")) if tree is not None else ():
            text, name = (one.text or "").strip(), local(one)
            if name in ("creator", "initial-creator", "printed-by") and not is_ordinary_name(text):
                yield Hit("props.author", PROPERTIES, masked(text), partial(drop, one))
            elif name == "user-defined" and text and attribute(one, "name") not in _OF_OFFICE:
                yield Hit("props.custom", PROPERTIES, masked(text), partial(drop, one))
            elif name == "description" and not is_ordinary_remark(text):
                yield Hit("props.description", PROPERTIES, masked(text), partial(drop, one))
            elif name == "template" and is_local(attribute(one, "href")):
                yield Hit("link.local", PROPERTIES, masked(attribute(one, "href")), partial(drop, one))

    def _parts(self) -> Iterator[Hit]:
        kinds = self._kinds()
        for name in self._names:
            low = name.lower()
            if low.startswith(("basic/", "scripts/", "dialogs/")):
                if not low.endswith(("script-lc.xml", "dialog-lc.xml", "script-lb.xml", "dialog-lb.xml")):
                    yield Hit("part.macro", f"宏（{name}）", "", self._without(name.partition("/")[0] + "/"))
            elif low.startswith("versions/") or low == "versionlist.xml":
                yield Hit("open.version", "旧版本", "", self._without("Versions/", "VersionList.xml"))
            elif low.startswith("object "):
                folder = name.partition("/")[0]
                if kinds.get(folder + "/", _CHART) != _CHART:
                    yield Hit("part.embedded", f"嵌入对象“{folder}”", "", self._without(folder))
            elif not low.startswith(_ORDINARY):
                yield Hit("part.embedded", f"文件内部的“{name}”", "", self._without(name))
            elif low.startswith("pictures/") and is_picture(self._read(name)):
                yield from self._picture(name)

    def _kinds(self) -> dict[str, bytes]:
        tree = self._xml(_MANIFEST)
        entries = each(tree, "file-entry") if tree is not None else ()
        return {attribute(one, "full-path"): attribute(one, "media-type").encode() for one in entries}

    def _without(self, *starts: str) -> Callable[[], None]:
        def remove() -> None:
            gone = {name for name in self._names if name.startswith(starts)}
            self._gone |= gone
            content = self._xml(_CONTENT)
            for one in (
                list(each(content, "object", "object-ole", "event-listener", "scripts"))
                if content is not None
                else ()
            ):
                target = attribute(one, "href").removeprefix("./")
                if target.startswith(starts) or local(one) in ("event-listener", "scripts"):
                    drop(one)

        return remove

    def _picture(self, name: str) -> Iterator[Hit]:
        picture = Picture(self._read(name))
        codes = {hit.code for hit in picture.hits()}
        for code in dict.fromkeys(
            "picture.location" if one == "image.location" else "picture.properties" for one in sorted(codes)
        ):
            yield Hit(
                code, f"插图（{name.rpartition('/')[2]}）", "", partial(self._save_picture, name, picture)
            )

    def _save_picture(self, name: str, picture: Picture) -> None:
        self._bytes[name] = picture.save()

    def _links(self, tree: Element, label: str) -> Iterator[Hit]:
        found = [one for one in tree.iter() if is_local(attribute(one, "href"))]
        if found:
            yield Hit("link.local", label, masked(attribute(found[0], "href")), partial(_unlink, found))

    def save(self) -> bytes:
        """The file without thumbnails and printers; what was not parsed stays byte for byte."""
        self._gone |= {
            name for name in self._names if name.lower().startswith(("thumbnails/", "configurations2/"))
        }
        manifest = self._xml(_MANIFEST)
        gone = set(self._gone) | {name.partition("/")[0] + "/" for name in self._gone}
        for one in list(each(manifest, "file-entry")) if manifest is not None else ():
            if attribute(one, "full-path") in gone:
                drop(one)
        settings = self._xml(_SETTINGS)
        if settings is not None:
            drop_all(
                [one for one in each(settings, "config-item") if attribute(one, "name").startswith("Printer")]
            )
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
            for name in dict.fromkeys(self._names):
                if name not in self._gone:
                    info = zipfile.ZipInfo(name)
                    info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                    file.writestr(info, self._current(name))
        return stream.getvalue()

    def _current(self, name: str) -> bytes:
        if name in self._trees:
            return etree.tostring(self._trees[name], xml_declaration=True, encoding="UTF-8")
        return self._read(name)


def _unlink(found: list[Element]) -> None:
    for one in found:
        unset(one, "href")


def _nothing() -> None:
    """Comments are gone as soon as a part is parsed."""
