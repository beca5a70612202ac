"""A picture made fit for print and for sending: upright, of a known format, without what a camera wrote."""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

_MOST_PIXELS = 60_000_000
_COLORS_OF_A_DRAWING = 200
_QUALITIES = (88, 80, 70, 60)


class UnusablePicture(ValueError):
    """Bytes that are no picture we can read. The text is one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A PNG or JPEG picture; sizes in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int

    @property
    def extension(self) -> str:
        return "png" if self.media_type == "image/png" else "jpg"


def prepared(data: bytes, longest: int = 1600, at_most: int | None = None) -> Prepared:
    """The picture at no more than ``longest`` pixels a side and, if asked for, ``at_most`` bytes.

    EXIF, GPS, comments and further frames stay behind. Raises :class:`UnusablePicture`.
    """
    picture = _opened(data, longest)
    while True:
        for written in _written(picture):
            if at_most is None or len(written.data) <= at_most:
                return written
        picture = picture.resize((max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)))


def _opened(data: bytes, longest: int) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF"))
            if picture.width * picture.height > _MOST_PIXELS:
                raise UnusablePicture("图片的像素太多，无法处理；请先缩小图片。")
            picture.draft("RGB", (longest, longest))
            picture.load()
            upright = ImageOps.exif_transpose(picture)
    except UnusablePicture:
        raise
    except UnidentifiedImageError as error:
        raise UnusablePicture("这个文件不是能识别的图片；请换成 PNG 或 JPG 图片。") from error
    except Exception as error:  # Pillow raises of every kind for broken files
        raise UnusablePicture("图片文件已损坏，读不出来；请换一个文件。") from error
    mode = "RGBA" if _is_transparent(upright) else "RGB"
    plain = upright.convert(mode)
    plain.thumbnail((longest, longest))
    return plain


def _is_transparent(picture: Image.Image) -> bool:
    return picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info


def _written(picture: Image.Image) -> Iterator[Prepared]:
    """Every way to write the picture, the truest first."""
    flat = _flattened(picture)
    is_drawing = flat.getcolors(_COLORS_OF_A_DRAWING) is not None
    if is_drawing or picture.mode == "RGBA":
        yield _saved(picture, "PNG")
    for quality in _QUALITIES:
        yield _saved(flat, "JPEG", quality=quality, optimize=True)


def _flattened(picture: Image.Image) -> Image.Image:
    """On white paper."""
    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _saved(picture: Image.Image, kind: str, **options: int | bool) -> Prepared:
    file = io.BytesIO()
    clean = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    clean.save(file, kind, **options)
    return Prepared(file.getvalue(), f"image/{kind.lower()}", picture.width, picture.height)
