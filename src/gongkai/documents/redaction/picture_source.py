"""A picture as pages of dots, by Pillow. Runs in the child process only."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from gongkai.documents.redaction.pages import MAX_PAGES, POINTS, PageSize, Unredactable
from gongkai.documents.redaction.rasters import Raster

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
MOST_DOTS = 64_000_000
NO_PICTURE = (
    "这个文件不是 PDF，也不是 PNG、JPEG、TIFF、BMP 或 WebP 图片；请先另存为 PDF，或打印后扫描，再上传。"
)
BROKEN = "这张图片已损坏，打不开；请重新扫描或另存后再上传。"
_A4 = (595.276, 841.89)
_PLAUSIBLE = (100, 1700)  # points: sides of a sheet between a ticket and A2
_TURNED = range(5, 9)  # values of EXIF orientation that exchange width and height
_ORIENTATION = 0x0112
_BROKEN_ERRORS = (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError, OverflowError)


class PictureSource:
    """The pages of a picture: one, or as many as a TIFF has."""

    def __init__(self, data: bytes) -> None:
        """Raises :class:`Unredactable`."""
        Image.MAX_IMAGE_PIXELS = None  # each page is measured below, with a sentence of ours
        try:
            self._image = Image.open(io.BytesIO(data), formats=FORMATS)
            self.kind = str(self._image.format).lower()
            count = getattr(self._image, "n_frames", 1) if self.kind == "tiff" else 1
            if count > MAX_PAGES:
                raise Unredactable(
                    f"这个图片文件有 {count} 页，超过 {MAX_PAGES} 页的上限；请分成几个文件再上传。"
                )
            self.sizes = tuple(self._size(place) for place in range(count))
        except UnidentifiedImageError as error:
            raise Unredactable(NO_PICTURE) from error
        except _BROKEN_ERRORS as error:
            raise Unredactable(BROKEN) from error

    def raster(self, place: int, dpi: float) -> Raster:
        """Page ``place`` (from 0) at ``dpi`` dots an inch, or at as many as it has."""
        try:
            self._image.seek(place)
            upright = ImageOps.exif_transpose(self._image)
            image = _plain(upright)
        except _BROKEN_ERRORS as error:
            raise Unredactable(BROKEN) from error
        size = self.sizes[place]
        native = max(image.width / size.width, image.height / size.height) * POINTS
        wanted = size.pixels(min(dpi, native))
        if image.size != wanted:
            image = image.resize(wanted, Image.Resampling.LANCZOS, reducing_gap=3)
        return Raster(image, fine=native > dpi, two_toned=self._image.mode == "1")

    def _size(self, place: int) -> PageSize:
        """The page's size: what the picture says of itself if a sheet can be so large, else within A4."""
        self._image.seek(place)
        across, down = self._image.size
        if across * down > MOST_DOTS:
            raise Unredactable(
                f"第 {place + 1} 页有 {across}×{down} 点，超过 {MOST_DOTS // 10_000} 万点的上限；"
                "请用较低的分辨率（如 300 DPI）重新扫描再上传。"
            )
        dots = _dots_an_inch(self._image)
        if self._image.getexif().get(_ORIENTATION) in _TURNED:
            across, down, dots = down, across, dots[::-1]
        sides = [side / max(dot, 1) * POINTS for side, dot in zip((across, down), dots, strict=True)]
        if all(_PLAUSIBLE[0] <= side <= _PLAUSIBLE[1] for side in sides):
            return PageSize(*sides)
        sheet = _A4 if down >= across else _A4[::-1]
        scale = min(sheet[0] / across, sheet[1] / down)
        return PageSize(max(across * scale, 1), max(down * scale, 1))


def _dots_an_inch(image: Image.Image) -> tuple[float, float]:
    across, down = image.info.get("dpi", (0, 0))
    return float(across), float(down)


def _plain(image: Image.Image) -> Image.Image:
    """In grey or colors without transparency, on white paper."""
    if image.mode.startswith("I") or image.mode == "F":
        _, highest = image.convert("F").getextrema()
        scale = 255 / (65535 if highest > 255 else 255)  # type: ignore[operator]
        return image.convert("F").point(lambda dot: dot * scale).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image).convert("RGB")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")
