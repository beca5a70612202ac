"""Bytes of a ZIP file that belong to none of its members: before, between or behind them, in comments."""

import io
import struct
import zipfile

from gongkai.documents.reading.archives import DAMAGED, Archive
from gongkai.documents.reading.content import Unreadable

_LOCAL = struct.Struct("<4s5H3L2H")
_SLACK = 64
"""Bytes between members that alignment may take."""


def outside(data: bytes) -> int:
    """How many bytes stand outside of the members; 0 where none do."""
    Archive(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            infos, comment, start = file.infolist(), file.comment, file.start_dir
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
        raise Unreadable(DAMAGED) from error
    doubles = len(infos) - len({info.filename.lower() for info in infos})
    if doubles or comment.strip(b"\0 "):
        return len(comment) or sum(info.compress_size for info in infos[-doubles:])
    place, gaps = 0, 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        gap = info.header_offset - place
        gaps += gap if gap > _SLACK else 0
        place = _end(data, info)
    gap = start - place
    gaps += gap if gap > _SLACK else 0
    tail = len(data) - (data.rfind(b"PK\x05\x06") + 22 + len(comment))
    return gaps + max(tail, 0)


def _end(data: bytes, info: zipfile.ZipInfo) -> int:
    """Where a member ends, with the sizes that may be written behind it."""
    try:
        fields = _LOCAL.unpack_from(data, info.header_offset)
    except struct.error as error:
        raise Unreadable(DAMAGED) from error
    end = info.header_offset + _LOCAL.size + fields[-2] + fields[-1] + info.compress_size
    return int(end) + (24 if info.flag_bits & 8 else 0)


def without_outside(data: bytes) -> bytes:
    """The last of each member, written anew."""
    archive = Archive(data)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        infos = {info.filename.lower(): info for info in old.infolist()}
        for info in infos.values():
            plain = zipfile.ZipInfo(info.filename, info.date_time)
            plain.compress_type = zipfile.ZIP_STORED if info.filename == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(plain, b"" if info.is_dir() else archive.read(info.filename))
    return stream.getvalue()
