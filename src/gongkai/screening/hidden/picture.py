"""What pictures say besides what they show: where, when, with what and by whom they were taken."""

import io
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from gongkai.documents.reading.content import Unreadable
from gongkai.screening.hidden.hits import Hit, Uncleanable, masked, unclean
from gongkai.screening.hidden.names import is_ordinary_name
from gongkai.screening.hidden.segments import JPEG, Segments, segments

PLACE = "图片属性"
_SIGNATURES = (JPEG, b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*")
_HEIC = (b"heic", b"heix", b"mif1", b"heim", b"hevc", b"avif")
_PERSON = (0x010E, 0x013B, 0x8298, 0x013C, 0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F)
_PERSON_EXIF = (0x9286, 0xA430, 0xA436, 0xA437, 0xA438)
_DEVICE_EXIF = (0x927C, 0xA431, 0xA435, 0xA420)
_ORDINARY_TEXT = re.compile(
    r"software|creation time|creation_time|date:\w+|dpi|gamma|comment|exif:\w+|icc_profile|interlace|srgb|"
    r"background|transparency|duration|loop|version|timestamp|extension",
    re.IGNORECASE,
)
_PROGRAM_NOTE = re.compile(
    r"creator: gd-jpeg.*|.*lavc[\d.]*|lead technologies.*|file written by adobe.*|created with.*|"
    r"optimized by.*|"
    r"handmade software.*|intel\(r\).*|made with.*|compressed.*|imagemagick.*|ezgif.*|gifsicle.*|"
    r".*photoshop.*|"
    r"ulead.*|acd ?systems.*|processed.*|\s*",
    re.IGNORECASE | re.DOTALL,
)
_HISTORY = re.compile(
    rb"dc:creator|History|DocumentAncestors|Author|photoshop:|Iptc4xmp|exif:GPS|SerialNumber|OwnerName|"
    rb"dc:description|dc:rights|DerivedFrom|pdf:Keywords|crs:",
)
_SAVED = {
    "JPEG": {"quality": 92, "subsampling": -1}, "PNG": {}, "TIFF": {}, "WEBP": {"quality": 90}, "GIF": {},
    "BMP": {}, "MPO": {"quality": 92},
}  # fmt: skip


def is_picture(data: bytes) -> bool:
    """Whether bytes are a picture this module looks into."""
    return data.startswith(_SIGNATURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or is_heic(data)


def is_heic(data: bytes) -> bool:
    """Whether bytes are a picture of a telephone nothing here can draw."""
    return data[4:8] == b"ftyp" and data[8:12] in _HEIC


class Picture:
    """A picture, and whether it has to be written anew."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._parts: Segments | None = segments(data)

    @cached_property
    def _image(self) -> Image.Image | None:
        if is_heic(self._data):
            return None
        try:
            return Image.open(io.BytesIO(self._data))
        except (
            UnidentifiedImageError,
            OSError,
            ValueError,
            SyntaxError,
            Image.DecompressionBombError,
        ) as error:
            raise Unreadable("图片已损坏，打不开；请重新保存这张图片再试。") from error

    def hits(self) -> Iterator[Hit]:
        """What the picture says; every removal is part of :meth:`save`."""
        seen: set[str] = set()
        for code, excerpt in (*self._of_exif(), *self._of_texts(), *self._of_parts()):
            if code not in seen:
                seen.add(code)
                yield Hit(code, PLACE, excerpt, _nothing)

    @cached_property
    def _exif(self) -> Image.Exif:
        if self._parts is not None and self._parts.exif:
            return _loaded(self._parts.exif)
        if self._image is not None:
            try:
                return self._image.getexif()
            except (OSError, ValueError, SyntaxError, TypeError, KeyError):
                return Image.Exif()
        place = self._data.find(b"Exif\0\0")
        return _loaded(self._data[place : place + 65_536]) if place >= 0 else Image.Exif()

    def _of_exif(self) -> Iterator[tuple[str, str]]:
        exif = self._exif
        try:
            gps, details = dict(exif.get_ifd(ExifTags.IFD.GPSInfo)), dict(exif.get_ifd(ExifTags.IFD.Exif))
            thumbnail = dict(exif.get_ifd(ExifTags.IFD.IFD1))
        except (OSError, ValueError, SyntaxError, TypeError, KeyError):
            gps, details, thumbnail = {}, {}, {}
        if any(key in gps for key in (1, 2, 3, 4, 27, 28, 29)):
            yield "image.location", ""
        for value in [*(exif.get(key) for key in _PERSON), *(details.get(key) for key in _PERSON_EXIF)]:
            text = _readable(value)
            if text and not is_ordinary_name(text) and not _PROGRAM_NOTE.fullmatch(text):
                yield "image.person", masked(text)
        if any(details.get(key) not in (None, "", b"") for key in _DEVICE_EXIF):
            yield "image.device", ""
        if 513 in thumbnail or 0x0201 in thumbnail:
            yield "image.thumbnail", ""

    def _of_texts(self) -> Iterator[tuple[str, str]]:
        """What Pillow found in chunks and comments of the file."""
        info: dict[Any, Any] = self._image.info if self._image is not None else {}
        try:
            if self._image is not None and self._image.format == "PNG":
                info = info | getattr(self._image, "text", {})
        except (OSError, ValueError, SyntaxError):
            info = dict(info)
        for key, value in info.items():
            text = _readable(value)
            if key in ("xmp", "XML:com.adobe.xmp", "photoshop", "iptc"):
                raw = value if isinstance(value, bytes) else str(value).encode()
                if key in ("photoshop", "iptc") or _HISTORY.search(raw):
                    yield "image.xmp", ""
            elif (key == "comment" and not _PROGRAM_NOTE.fullmatch(text)) or (
                isinstance(value, str) and not _ORDINARY_TEXT.fullmatch(str(key)) and text and self._is_png
            ):
                yield "image.text", masked(text)

    @property
    def _is_png(self) -> bool:
        return self._data.startswith(b"\x89PNG")

    def _of_parts(self) -> Iterator[tuple[str, str]]:
        if self._parts is None:
            return
        if self._parts.trailing:
            yield "file.trailing", f"共 {self._parts.trailing} 字节"
        if self._parts.second:
            yield "image.second", ""
        if self._parts.iptc or (self._parts.xmp and _HISTORY.search(self._parts.xmp)):
            yield "image.xmp", ""
        if self._parts.texts and any(not _PROGRAM_NOTE.fullmatch(text) for text in self._parts.texts):
            yield "image.text", masked(self._parts.texts[0])

    def save(self) -> bytes:
        """The picture as it is seen, turned as its properties say, and nothing else. A picture that need
        not be turned keeps its dots to the bit."""
        if is_heic(self._data):
            unclean("这种手机照片格式（HEIC）打不开")()
        turned = self._exif.get(ExifTags.Base.Orientation, 1) not in (1, 0, None)
        if not turned and self._parts is not None:
            return self._parts.plain
        return self._anew()

    def _anew(self) -> bytes:
        image = self._image
        assert image is not None
        kind = "JPEG" if image.format == "MPO" else image.format or ""
        if kind not in _SAVED:
            raise Uncleanable("这种图片格式无法代为清理；请另存为 JPEG 或 PNG 再上传。")
        try:
            frames = [
                self._frame(image, number)
                for number in range(getattr(image, "n_frames", 1) if kind != "JPEG" else 1)
            ]
            stream = io.BytesIO()
            options: dict[str, Any] = dict(_SAVED[kind]) | ({} if kind != "JPEG" else {"subsampling": 0})
            if len(frames) > 1:
                options |= {"save_all": True, "append_images": frames[1:]}
            frames[0].save(stream, kind, **options)
        except (OSError, ValueError, SyntaxError, KeyError, Image.DecompressionBombError):
            unclean("图片已损坏")()
        return stream.getvalue()

    def _frame(self, image: Image.Image, number: int) -> Image.Image:
        if number or getattr(image, "n_frames", 1) > 1:
            image.seek(number)
        resolution = image.info.get("dpi")
        turned = ImageOps.exif_transpose(image.copy())
        plain = turned.copy()
        plain.info = {
            key: turned.info[key]
            for key in ("transparency", "icc_profile", "duration", "loop")
            if key in turned.info
        }
        if resolution:
            plain.info["dpi"] = resolution
        if hasattr(plain, "_exif"):
            plain._exif = None  # what is saved is taken from there
        if hasattr(plain, "tag_v2"):
            del plain.tag_v2
        return plain


def _loaded(block: bytes) -> Image.Exif:
    exif = Image.Exif()
    try:
        exif.load(block)
    except (OSError, ValueError, SyntaxError, TypeError, KeyError):
        return Image.Exif()
    return exif


def _readable(value: object) -> str:
    if isinstance(value, bytes):
        if value[:8] in (b"ASCII\0\0\0", b"\0" * 8):
            value = value[8:]
        elif value[:8] == b"UNICODE\0":
            return value[8:].decode("utf-16-be", "replace").strip("\0 ")
        wide = len(value) > 1 and b"\0" in value[:2]
        return value.decode("utf-16-le" if wide else "utf-8", "replace").replace("\0", "").strip()
    return value.strip("\0 ") if isinstance(value, str) else ""


def _nothing() -> None:
    """Saving is the removal."""
