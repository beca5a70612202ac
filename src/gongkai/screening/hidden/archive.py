"""ZIP archives: their members one by one, as deep as three archives in each other."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Protocol

from gongkai.documents.reading.archives import Archive
from gongkai.documents.reading.content import Unreadable
from gongkai.screening.hidden.container import outside
from gongkai.screening.hidden.hits import Hit, unclean

DEEPEST = 3
MOST = 1_000
TOO_DEEP = f"压缩包套了超过 {DEEPEST} 层，无法逐个检查；请解压后重新打包，再试。"
TOO_MANY = f"压缩包里超过 {MOST} 个文件，无法逐个检查；请分成几个压缩包，再试。"
_STRAY = ("thumbs.db", ".ds_store", "desktop.ini", "ehthumbs.db")
_PACKED = (b"7z\xbc\xaf'\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


class Opened(Protocol):
    """A file opened: what it hides, and itself without what was removed."""

    def hits(self) -> Iterator[Hit]: ...

    def save(self) -> bytes: ...


Clean = Callable[[bytes, str], bytes]
Look = Callable[[bytes, str, int], Iterator[Hit]]


class Members:
    """An archive; ``look`` and ``clean`` are for what is in it."""

    def __init__(self, data: bytes, depth: int, look: Look, clean: Clean) -> None:
        if depth > DEEPEST:
            raise Unreadable(TOO_DEEP)
        self._archive, self._depth, self._look, self._clean = Archive(data), depth, look, clean
        self._outside = outside(data)
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            self._infos = [info for info in file.infolist() if not info.is_dir()]
        if len(self._infos) > MOST:
            raise Unreadable(TOO_MANY)
        self._changed: dict[str, bytes] = {}
        self._gone: set[str] = set()

    def hits(self) -> Iterator[Hit]:
        if self._outside:
            yield Hit("zip.outside", "压缩包末尾或开头", f"共 {self._outside} 字节", _nothing)
        for info in {info.filename.lower(): info for info in self._infos}.values():
            yield from self._member(info)

    def _member(self, info: zipfile.ZipInfo) -> Iterator[Hit]:
        name = spelled(info)
        label = f"压缩包中的“{name}”"
        base = name.rpartition("/")[2].lower()
        if base in _STRAY or base.startswith(("~$", "._", ".~lock")) or "__macosx/" in name.lower():
            yield Hit("zip.stray", label, "", partial(self._gone.add, info.filename))
            return
        if info.flag_bits & 1:
            yield Hit("zip.locked", label, "", unclean(f"{label}设了密码"))
            return
        data = self._archive.read(info.filename)
        if data.startswith(_PACKED):
            yield Hit("zip.locked", label, "", unclean(f"{label}是另一种压缩包，打不开"))
            return
        try:
            for hit in self._look(data, name, self._depth + 1):
                yield replace(
                    hit, where=f"{label}{hit.where}", remove=partial(self._cleaned, info.filename, data, name)
                )
        except Unreadable as error:
            if str(error) == TOO_DEEP:
                raise
            yield Hit("zip.locked", label, "", unclean(f"{label}打不开"))

    def _cleaned(self, member: str, data: bytes, name: str) -> None:
        if member not in self._changed:
            self._changed[member] = self._clean(data, name)

    def save(self) -> bytes:
        """Each member once, cleaned where something was found in it."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
            for info in {info.filename.lower(): info for info in self._infos}.values():
                if info.filename in self._gone:
                    continue
                plain = zipfile.ZipInfo(spelled(info), info.date_time)
                plain.compress_type = zipfile.ZIP_DEFLATED
                data = self._changed.get(info.filename)
                file.writestr(plain, self._archive.read(info.filename) if data is None else data)
        return stream.getvalue()


def spelled(info: zipfile.ZipInfo) -> str:
    """The name of a member; those of Windows in Chinese do not say that they are in GBK."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _nothing() -> None:
    """Saving is the removal."""
