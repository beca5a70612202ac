"""Pictures inside files: looked at before they are taken, and turned into what every browser shows."""

import hashlib
import io
import warnings

from PIL import Image

from gongkai.documents.articles.reading.result import TakenPicture

MOST_PICTURES = 200
MOST_BYTES = 30_000_000
MOST_DOTS = 50_000_000
UNSHOWN = "有图片的格式网页不能显示（如 EMF、WMF），没有取用；请在原文件里把它另存为 PNG 或 JPG，再单独上传。"
TOO_LARGE = "有图片过大（超过 5000 万像素），没有取用；请缩小后单独上传。"
TOO_MANY = f"图片太多（超过 {MOST_PICTURES} 幅或 {MOST_BYTES // 1_000_000} MB），多出的没有取用；请单独上传。"
_SHOWN = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
_TURNED = ("BMP", "TIFF")
_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")


class Untaken(Exception):
    """A picture that cannot be taken over; the message is one Chinese sentence."""


def taken(data: bytes) -> TakenPicture:
    """The picture, as PNG where browsers do not show its format. Raises :class:`Untaken`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[*_SHOWN, *_TURNED]) as picture:
                if picture.width * picture.height > MOST_DOTS:
                    raise Untaken(TOO_LARGE)
                picture.load()
                shown = data if picture.format in _SHOWN else _as_png(picture)
                media_type = _SHOWN.get(picture.format or "", "image/png")
    except Image.DecompressionBombError as error:
        raise Untaken(TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, IndexError) as error:
        raise Untaken(UNSHOWN) from error
    return hashlib.sha256(shown).hexdigest(), shown, media_type


def _as_png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    plain = picture if picture.mode in _MODES else picture.convert("RGB")
    plain.save(out, "PNG")
    return out.getvalue()
