"""The parts of JPEG, PNG, WebP and GIF files, and the file with only those that are the picture."""

import struct
import zlib
from dataclasses import dataclass, field

JPEG = b"\xff\xd8\xff"
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD",
    b"pHYs", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"ANIM", b"ANMF", b"ALPH", b"ICCP"}
_STANDALONE = {0x01, *range(0xD0, 0xD8)}


@dataclass(slots=True)
class Segments:
    """What stands beside the picture; ``plain`` is the file without it."""

    plain: bytes
    trailing: int = 0
    second: bool = False
    iptc: bool = False
    xmp: bytes = b""
    exif: bytes = b""
    texts: list[str] = field(default_factory=list)


def segments(data: bytes) -> Segments | None:
    """The parts of a file; ``None`` where it is of another format or its parts do not fit together."""
    try:
        if data.startswith(JPEG):
            return _jpeg(data)
        if data.startswith(_PNG):
            return _png(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
        return _gif(data) if data.startswith(b"GIF8") else None
    except (IndexError, struct.error, zlib.error):
        return None


def _jpeg(data: bytes) -> Segments | None:
    found, kept, at = Segments(b""), bytearray(data[:2]), 2
    while True:
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            at += 2
            break
        if marker in _STANDALONE:
            kept += data[at : at + 2]
            at += 2
            continue
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        body = data[at + 4 : end]
        if marker == 0xDA:
            end = _scan_end(data, end)
        if _is_picture(found, marker, body):
            kept += data[at:end]
        at = end
    kept += b"\xff\xd9"
    found.trailing = _substance(data[at:])
    found.plain = bytes(kept)
    return found


def _scan_end(data: bytes, at: int) -> int:
    """Where the dots behind a start of scan end: at a marker that is neither stuffing nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise IndexError
        if data[at + 1] == 0 or data[at + 1] in _STANDALONE or data[at + 1] == 0xFF:
            at += 1 if data[at + 1] == 0xFF else 2
            continue
        return at


def _is_picture(found: Segments, marker: int, body: bytes) -> bool:
    """Whether a segment is needed to draw the picture; what else it is, is written down."""
    if marker == 0xFE:
        found.texts.append(body.decode("utf-8", "replace").strip("\0 \r\n"))
        return False
    if marker == 0xE1 and body.startswith(b"http://ns.adobe.com/x"):
        found.xmp += body
    elif marker == 0xE2 and body.startswith(b"MPF\0"):
        found.second = True
    elif marker == 0xED and b"8BIM\x04\x04" in body:
        place = body.find(b"8BIM\x04\x04")
        found.iptc = body[place + 6 : place + 12].strip(b"\0") != b""
    if 0xE0 <= marker <= 0xEF:
        is_thumbless = marker == 0xE0 and body.startswith(b"JFIF\0") and len(body) == 14
        return (
            is_thumbless
            or (marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"))
            or (marker == 0xEE and body.startswith(b"Adobe"))
        )
    return True


def _png(data: bytes) -> Segments:
    found, kept, at = Segments(b""), bytearray(_PNG), 8
    while True:
        (length,) = struct.unpack_from(">I", data, at)
        name, end = data[at + 4 : at + 8], at + 12 + length
        if len(name) < 4:
            raise IndexError
        if name in _PNG_KEPT:
            kept += data[at:end]
        elif name == b"eXIf":
            found.exif = b"Exif\0\0" + data[at + 8 : end - 4]
        at = end
        if name == b"IEND":
            break
    found.trailing, found.plain = _substance(data[at:]), bytes(kept)
    return found


def _webp(data: bytes) -> Segments:
    found, at = Segments(b""), 12
    end = min(8 + struct.unpack_from("<I", data, 4)[0], len(data))
    kept = bytearray()
    while at + 8 <= end:
        name, (length,) = data[at : at + 4], struct.unpack_from("<I", data, at + 4)
        body, following = data[at + 8 : at + 8 + length], at + 8 + length + (length & 1)
        if name == b"VP8X":
            kept += data[at : at + 8] + bytes([body[0] & ~0x0C]) + body[1:]
        elif name in _WEBP_KEPT:
            kept += data[at:following]
        elif name == b"XMP ":
            found.xmp = body
        at = following
    found.trailing = _substance(data[end:])
    found.plain = b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WEBP" + bytes(kept)
    return found


def _gif(data: bytes) -> Segments:
    """Blocks one after the other; comments and private extensions are left out."""
    found, flags = Segments(b""), data[10]
    at = 13 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    kept = bytearray(data[:at])
    while data[at] != 0x3B:
        start = at
        if data[at] == 0x2C:
            flags = data[at + 9]
            at += 10 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0) + 1
            is_kept = True
        else:
            label, name = data[at + 1], data[at + 3 : at + 14]
            is_kept = label == 0xF9 or (label == 0xFF and name.startswith((b"NETSCAPE", b"ANIMEXTS")))
            at += 2
        first = at
        while data[at]:
            at += data[at] + 1
        at += 1
        if is_kept:
            kept += data[start:at]
        elif data[start + 1] == 0xFE:
            found.texts.append(_blocks(data, first).decode("utf-8", "replace"))
    kept += b";"
    found.trailing, found.plain = _substance(data[at + 1 :]), bytes(kept)
    return found


def _blocks(data: bytes, at: int) -> bytes:
    body = bytearray()
    while data[at]:
        body += data[at + 1 : at + 1 + data[at]]
        at += data[at] + 1
    return bytes(body)


def _substance(rest: bytes) -> int:
    """How many bytes stand behind the end, if they are more than filling."""
    return len(rest) if rest.strip(b"\0\r\n \xff\x1a") else 0
