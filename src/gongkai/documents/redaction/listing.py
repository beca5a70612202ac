"""The list at the end of a redacted file: what was withheld, under which article, and why."""

import io
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

from PIL import Image

from gongkai.documents.redaction.boxes import Withheld
from gongkai.documents.typesetting import pictures, typeset

TITLE = "不予公开内容清单"
COLUMNS = ("序号", "页码", "依据", "理由")
DPI = 300


def listing(held: Sequence[Withheld], pages: int) -> list[Image.Image]:
    """The pages of the list, in grey. Raises :class:`gongkai.documents.writing.Unwritable` where no font
    has a character of a reason."""
    data = {
        "title": TITLE,
        "columns": COLUMNS,
        "opening": (
            f"本文件共{pages}页。依照《中华人民共和国政府信息公开条例》第三十七条，经区分处理，"
            f"以下{len(held)}处不予公开，已用黑色方框遮盖；其余内容予以公开。"
        ),
        "rows": [[str(one.number), str(one.box.page), one.box.article, one.box.reason] for one in held],
    }
    typeset(_template(), data)  # a picture would show a missing character as an empty frame
    return [Image.open(io.BytesIO(picture)).convert("L") for picture in pictures(_template(), data, DPI)]


@lru_cache
def _template() -> bytes:
    return (resources.files("gongkai.documents.redaction") / "listing.typ").read_bytes()
