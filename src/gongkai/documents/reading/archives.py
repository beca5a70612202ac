"""Opens the ZIP archives that Word, Excel and OpenDocument files are, without trusting them.

Nothing is inflated beyond a limit, whatever the archive says of itself; XML is parsed without entities,
external files or network.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from gongkai.documents.reading.content import Unreadable

MAX_ENTRIES = 10_000
MAX_DIRECTORY = 4_000_000
MAX_PART = 32_000_000
MAX_TOTAL = 64_000_000
_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
DAMAGED = "文件已损坏或不完整（可能下载、传输中断），打不开；请重新下载，或请对方重新发送。"
ENCRYPTED = "文件设了打开密码，读不了；请先用 Word、WPS 或 Excel 去掉密码另存，再试。"
BOMB = "文件解压后异常巨大，疑似“压缩炸弹”，为安全起见没有读取；请用 Word、WPS 或 Excel 重新另存后再试。"
ENTITIES = "文件里夹带 XML 实体声明，办公软件不会这样写，疑似恶意文件，没有读取；请重新另存后再试。"


class Archive:
    """The parts of a ZIP file by name, whose case does not matter and whose folders may be set off by
    backslashes. Every method raises :class:`Unreadable` with what is wrong."""

    def __init__(self, data: bytes) -> None:
        _check_directory(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
            raise Unreadable(DAMAGED) from error
        self._left = MAX_TOTAL
        self._parts = {_key(info.filename): info for info in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._parts

    def __iter__(self) -> Iterator[str]:
        """The names of the parts, in lower case."""
        return iter(self._parts)

    @property
    def entries(self) -> list[zipfile.ZipInfo]:
        """Every entry of the archive, also where two have one name."""
        return self._zip.infolist()

    def read(self, name: str | zipfile.ZipInfo) -> bytes:
        """A part inflated, at most 32 MB of it and 64 MB of all parts read."""
        limit = min(MAX_PART, self._left)
        try:
            info = self._parts[_key(name)] if isinstance(name, str) else name
            if info.flag_bits & 1:
                raise Unreadable(ENCRYPTED)
            with self._zip.open(info) as part:
                data = part.read(limit + 1)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise Unreadable(DAMAGED) from error
        except (ValueError, struct.error, RuntimeError) as error:
            raise Unreadable(DAMAGED) from error
        if len(data) > limit:
            raise Unreadable(BOMB)
        self._left -= len(data)
        return data

    def xml(self, name: str) -> etree._Element | None:
        """A part parsed, or ``None`` where the archive has no such part."""
        return parse_xml(self.read(name)) if name in self else None


def parse_xml(data: bytes) -> etree._Element:
    """The root of an XML document without DTD, entities or network. Raises :class:`Unreadable`."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True, collect_ids=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(ENTITIES if b"<!DOCTYPE" in data else DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(ENTITIES)
    return root


def _key(name: str) -> str:
    return name.replace("\\", "/").lower()


def _check_directory(data: bytes) -> None:
    """Refuses an archive with too many entries before Python lists them."""
    place = data.rfind(_END_MARK)
    if place < 0 or place + _END.size > len(data):
        raise Unreadable(DAMAGED)
    fields = _END.unpack_from(data, place)
    entries, size = fields[4], fields[5]
    if entries > MAX_ENTRIES or size > MAX_DIRECTORY:
        raise Unreadable(BOMB)
