"""ZIP packages (Word, Excel, OpenDocument …): their parts parsed, and a copy with some of them changed."""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping

from lxml import etree

from gongkai.documents.reading.archives import BOMB, DAMAGED, ENCRYPTED, Archive, parse_xml
from gongkai.documents.reading.content import Unreadable

MOST_COPIED = 300_000_000
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Package:
    """The parts of a package, and what has been changed of them. ``strict`` are pairs of namespaces: what a
    file may say, and what it is read as."""

    def __init__(self, data: bytes, strict: tuple[tuple[bytes, bytes], ...] = ()) -> None:
        """Raises :class:`Unreadable`."""
        self.archive = Archive(data)
        self._data, self._strict = data, strict
        self.changed: dict[str, bytes] = {}
        self._were_strict: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self.archive

    def names(self, folder: str = "") -> list[str]:
        """The names of the parts in a folder, lower case, ``page2`` before ``page10``."""
        return sorted((name for name in self.archive if name.startswith(folder)), key=_natural)

    def parsed(self, name: str, needed: bytes = b"") -> etree._Element | None:
        """A part as a tree; ``None`` where there is none, or nothing in it that is ``needed``."""
        if name not in self.archive:
            return None
        data = self.archive.read(name)
        if needed not in data:
            return None
        for stated, used in self._strict:
            if stated in data:
                data = data.replace(stated, used)
                self._were_strict.add(name.lower())
        return parse_xml(data)

    def change(self, name: str, root: etree._Element) -> None:
        """Takes a changed tree as the part ``name``."""
        data = _DECLARATION + etree.tostring(root, encoding="UTF-8", xml_declaration=False)
        if name.lower() in self._were_strict:
            for stated, used in self._strict:
                data = data.replace(used, stated)
        self.replace(name, data)

    def replace(self, name: str, data: bytes) -> None:
        self.changed[name.lower()] = data

    def saved(self) -> bytes:
        """The package with its changes; every other part is as it was. Raises :class:`Unreadable`."""
        if not self.changed:
            return self._data
        return copied(self._data, self.changed)


def relations(package: Package, part: str) -> dict[str, str]:
    """The parts a part refers to, by the name it gives them."""
    folder, name = posixpath.split(part)
    root = package.parsed(posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        relation.get("Id", ""): posixpath.normpath(
            posixpath.join("/" + folder, relation.get("Target", ""))
        ).lstrip("/")
        for relation in (root if root is not None else ())
        if relation.get("TargetMode") != "External"
    }


def copied(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """A ZIP file with some parts (by name in lower case) changed."""
    out = io.BytesIO()
    left = MOST_COPIED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as copy:
            for info in source.infolist():
                key = info.filename.replace("\\", "/").lower()
                if key in changed:
                    part = changed[key]
                else:
                    with source.open(info) as opened:
                        part = opened.read(left + 1)
                    left -= len(part)
                if left < 0:
                    raise Unreadable(BOMB)
                copy.writestr(_entry(info), part)
            copy.comment = source.comment
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, struct.error) as error:
        raise Unreadable(DAMAGED) from error
    except (NotImplementedError, RuntimeError) as error:
        raise Unreadable(ENCRYPTED) from error
    return out.getvalue()


def _entry(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The entry of a part in the copy: its name, day and way of packing, not its sizes."""
    entry = zipfile.ZipInfo(entry_name(info), info.date_time)
    stored = info.compress_type == zipfile.ZIP_STORED
    entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    entry.external_attr = info.external_attr
    entry.create_system = info.create_system
    return entry


def entry_name(info: zipfile.ZipInfo) -> str:
    """The name of a file in an archive; what does not say that it is UTF-8 was packed on Windows in GBK."""
    if info.flag_bits & 0x800 or info.orig_filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _natural(name: str) -> tuple[int, str]:
    return len(name), name
