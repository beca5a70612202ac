"""A page of dots in few bytes: black and white as CCITT G4, flat colors as a palette, the rest as JPEG."""

import io
import struct
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, ImageChops, ImageFilter, TiffImagePlugin

_COLORFUL = 48
_COLORED_SHARE = 0.00002
_DARK, _PAPER = 110, 244
_STRAY_SHARE, _EDGE_SHARE, _INK_SHARE = 0.0003, 0.15, 0.25
_PALETTE_ERROR, _ERROR_SHARE = 28, 0.0005
_QUALITIES = (78, 68, 58, 48, 40)
_ALLOWED = 1.3
"""Of a scan's bytes in its file: what its redacted page may weigh before its quality is lowered."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """The bytes of a picture and how a PDF names their form."""

    size: tuple[int, int]
    data: bytes
    entries: dict[str, Any] = field(default_factory=dict)


def in_grey(image: Image.Image) -> Image.Image:
    """The picture in grey, if no more than a trace of it has a color."""
    if image.mode == "L":
        return image
    red, green, blue = image.split()
    apart = ImageChops.lighter(ImageChops.difference(red, green), ImageChops.difference(green, blue))
    colored = sum(apart.histogram()[_COLORFUL:])
    return image if colored > _COLORED_SHARE * image.width * image.height else image.convert("L")


def is_black_and_white(image: Image.Image) -> bool:
    """Whether every grey dot is but the edge of a black one: nothing pale would be lost."""
    dots = image.width * image.height
    if image.mode != "L" or sum(image.histogram()[_DARK + 1 : _PAPER]) > _EDGE_SHARE * dots:
        return False
    near = image.filter(ImageFilter.MinFilter(5)).point(lambda dot: 255 if dot > _DARK else 0)
    grey = image.point(lambda dot: 255 if dot < _PAPER else 0)
    stray = ImageChops.multiply(near, grey).histogram()[255]
    return stray <= _STRAY_SHARE * dots


def is_mostly_black(image: Image.Image) -> bool:
    """Whether what is on the paper of a scan of two tones is black: then grey dots are drawn edges."""
    counts = image.histogram()
    return image.mode == "L" and sum(counts[: _DARK + 1]) >= _INK_SHARE * sum(counts[:_PAPER])


def bilevel(image: Image.Image) -> Encoded:
    """In black and white, as CCITT group 4."""
    dots = image.convert("L").point(lambda dot: 255 if dot > 127 else 0, "1")
    stream = io.BytesIO()
    one_strip = TiffImagePlugin.ImageFileDirectory_v2()
    one_strip[TiffImagePlugin.ROWSPERSTRIP] = dots.height
    dots.save(stream, "TIFF", compression="group4", tiffinfo=one_strip, strip_size=1 << 30)
    with Image.open(stream) as saved:
        tags = saved.tag_v2  # type: ignore[attr-defined]
        [start], [length] = tags[TiffImagePlugin.STRIPOFFSETS], tags[TiffImagePlugin.STRIPBYTECOUNTS]
        black_is_one = tags[TiffImagePlugin.PHOTOMETRIC_INTERPRETATION] == 1
    parameters = {"/K": -1, "/Columns": dots.width, "/Rows": dots.height, "/BlackIs1": black_is_one}
    entries = {"/ColorSpace": "/DeviceGray", "/BitsPerComponent": 1, "/Filter": "/CCITTFaxDecode"}
    data = stream.getvalue()[start : start + length]
    return Encoded(dots.size, data, entries | {"/DecodeParms": parameters})


def toned(image: Image.Image, weight: int = 0) -> Encoded:
    """In greys or colors: as a palette where that is true to it and smaller, else as JPEG, of lower quality
    where it would weigh more than the scan it was made from."""
    jpeg = _jpeg(image, weight)
    flat = None if weight else _palette(image)
    return flat if flat is not None and len(flat.data) < len(jpeg.data) else jpeg


def _jpeg(image: Image.Image, weight: int) -> Encoded:
    space = "/DeviceGray" if image.mode == "L" else "/DeviceRGB"
    entries = {"/ColorSpace": space, "/BitsPerComponent": 8, "/Filter": "/DCTDecode"}
    data = b""
    for quality in _QUALITIES:
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=quality, optimize=True)
        data = stream.getvalue()
        if not weight or len(data) <= _ALLOWED * weight:
            break
    return Encoded(image.size, data, entries)


def _palette(image: Image.Image) -> Encoded | None:
    few = image.quantize(16 if image.mode == "L" else 64, dither=Image.Dither.NONE)
    apart = ImageChops.difference(image, few.convert(image.mode)).convert("L").histogram()
    if sum(apart[_PALETTE_ERROR:]) > _ERROR_SHARE * image.width * image.height:
        return None
    depth = 4 if image.mode == "L" else 8
    stream = io.BytesIO()
    few.save(stream, "PNG", bits=depth, optimize=True)
    chunks = _chunks(stream.getvalue())
    palette = b"".join(data for kind, data in chunks if kind == b"PLTE")
    pixels = b"".join(data for kind, data in chunks if kind == b"IDAT")
    depth = next(data[8] for kind, data in chunks if kind == b"IHDR")
    parameters = {"/Predictor": 15, "/Colors": 1, "/BitsPerComponent": depth, "/Columns": few.width}
    space = ["/Indexed", "/DeviceRGB", len(palette) // 3 - 1, palette]
    entries = {"/ColorSpace": space, "/BitsPerComponent": depth, "/Filter": "/FlateDecode"}
    return Encoded(few.size, pixels, entries | {"/DecodeParms": parameters})


def _chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    chunks, at = [], 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        chunks.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + length]))
        at += length + 12
    return chunks
