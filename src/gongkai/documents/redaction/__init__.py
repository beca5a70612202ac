"""Redaction for release in part (Art. 37): pages become pictures with what is withheld painted over.

What a redacted file holds is only dots: there is no text, no layer, no annotation, attachment or property
of the source that could be recovered. What is withheld is chosen by a person, box by box, never found by
comparing words.
"""

import io
from collections.abc import Iterable, Iterator, Sequence

from gongkai.documents.redaction.assembling import assembled
from gongkai.documents.redaction.boxes import Box, Withheld, in_order, paint
from gongkai.documents.redaction.encoding import (
    Encoded,
    bilevel,
    in_grey,
    is_black_and_white,
    is_mostly_black,
    toned,
)
from gongkai.documents.redaction.listing import DPI, listing
from gongkai.documents.redaction.opening import OpenFile, opened_file
from gongkai.documents.redaction.pages import POINTS, Pages, PageSize, Unredactable
from gongkai.documents.redaction.verifying import verify

__all__ = [
    "Box", "PageSize", "Pages", "Unredactable", "open_pages", "page_image", "page_images", "redact", "verify",
]  # fmt: skip

_FINER = 1.5
"""Black and white shows no half tones: such a page gets more dots instead."""


def open_pages(data: bytes, name: str = "") -> Pages:
    """The pages of a PDF or a picture. Raises :class:`Unredactable`."""
    with opened_file(data, name) as file:
        return file.pages


def page_image(data: bytes, page: int, dpi: float = 110) -> bytes:
    """A page (from 1) as a PNG picture, to draw boxes on. Raises :class:`Unredactable`."""
    [picture] = page_images(data, [page], dpi)
    return picture


def page_images(data: bytes, pages: Iterable[int], dpi: float = 110) -> Iterator[bytes]:
    """As :func:`page_image`, of several pages, opening the file only once."""
    with opened_file(data) as file:
        for page in pages:
            stream = io.BytesIO()
            in_grey(file.raster(page, dpi).image).save(stream, "PNG")
            yield stream.getvalue()


def redact(data: bytes, name: str, boxes: Iterable[Box], *, dpi: float = 200) -> bytes:
    """A PDF of the file's pages as pictures at about ``dpi`` dots an inch, the boxes painted over, and the
    list of them at the end; ``name`` is for the log and is not in the file.

    Raises :class:`Unredactable`, and :class:`gongkai.documents.writing.Unwritable` where no font has a
    character of a reason.
    """
    held = in_order(boxes)
    with opened_file(data, name) as file:
        count, last = file.pages.count, max((one.box.page for one in held), default=1)
        if last > count:
            raise Unredactable(f"这个文件只有 {count} 页，遮盖框却画在第 {last} 页；请在这个文件上重新画框。")
        listed = listing(held, count) if held else []
        pages = [
            (size, _page(file, number, [one for one in held if one.box.page == number], dpi))
            for number, size in enumerate(file.pages.sizes, 1)
        ]
    for sheet in listed:
        size = PageSize(sheet.width * POINTS / DPI, sheet.height * POINTS / DPI)
        pages.append((size, bilevel(sheet)))
    redacted = assembled(pages)
    if found := verify(redacted):
        raise AssertionError(f"a redacted file holds more than pictures: {found}")
    return redacted


def _page(file: OpenFile, number: int, held: Sequence[Withheld], dpi: float) -> Encoded:
    raster = file.raster(number, dpi)
    image = in_grey(raster.image)
    black = is_mostly_black(image) if raster.two_toned else is_black_and_white(image)
    if not black:
        paint(image, held, _dots_an_inch(file, number, image.width))
        return toned(image, raster.weight)
    if raster.fine:
        image = file.raster(number, dpi * _FINER).image.convert("L")
    paint(image, held, _dots_an_inch(file, number, image.width))
    return bilevel(image)


def _dots_an_inch(file: OpenFile, number: int, width: int) -> float:
    return width / file.pages.sizes[number - 1].width * POINTS
