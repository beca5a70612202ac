"""Pages from several files bound into one: each under its number, with bookmarks."""

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Page, Rectangle, String

from gongkai.documents.bundling.leaves import displayed, layers
from gongkai.documents.bundling.parts import Entry

_SMALLEST = (300.0, 200.0)
_STAMP = (150.0, 16.0)
_FOOT = 12.0  # points from the edge of A4 to the number
_A4_WIDTH = 595.0


def page_count(data: bytes) -> int:
    """How many pages a file of ours has."""
    with pikepdf.open(io.BytesIO(data)) as document:
        return len(document.pages)


def bound(files: Sequence[bytes], numbers: bytes, title: str, author: str, entries: Sequence[Entry]) -> bytes:
    """One file of the pages of all, upright and stamped with the pages of ``numbers``, with a bookmark for
    each entry. The same files give the same bytes."""
    document, layers = pikepdf.new(), _Layers()
    with pikepdf.open(io.BytesIO(numbers)) as stamps:
        for data in files:
            with pikepdf.open(io.BytesIO(data)) as source:
                for page in source.pages:
                    _add(document, page, stamps.pages[len(document.pages)])
                layers.take(document, source)
    layers.put(document)
    _bookmark(document, entries)
    document.docinfo["/Title"], document.docinfo["/Author"] = title, author
    document.Root.Lang = String("zh-CN")
    document.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    document.Root.PageMode = Name.UseOutlines
    stream = io.BytesIO()
    document.save(stream, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return stream.getvalue()


def _add(document: pikepdf.Pdf, page: Page, stamp: Page) -> None:
    width, height = displayed(page)
    sheet = (max(width, _SMALLEST[0]), max(height, _SMALLEST[1]))
    laid = document.add_blank_page(page_size=sheet)
    left, bottom = (sheet[0] - width) / 2, (sheet[1] - height) / 2
    _place(document, laid, page, "/P", Rectangle(left, bottom, left + width, bottom + height))
    scale = max(min(sheet) / _A4_WIDTH, 1)
    across, high = (side * scale for side in _STAMP)
    left, bottom = (sheet[0] - across) / 2, _FOOT * scale
    _place(document, laid, stamp, "/N", Rectangle(left, bottom, left + across, bottom + high))


def _place(document: pikepdf.Pdf, sheet: Page, page: Page, name: str, place: Rectangle) -> None:
    """Draws a page of another file on the sheet. Its drawing is shut in, whatever state it ends in."""
    drawing = document.copy_foreign(page.as_form_xobject())
    sheet.add_resource(drawing, Name.XObject, Name(name))
    sheet.contents_add(
        sheet.calc_form_xobject_placement(drawing, Name(name), place, allow_shrink=True, allow_expand=True)
    )


class _Layers:
    """Which layers the files have and which of them are hidden: hidden ones stay so."""

    def __init__(self) -> None:
        self._all: list[pikepdf.Object] = []
        self._hidden: list[pikepdf.Object] = []

    def take(self, document: pikepdf.Pdf, source: pikepdf.Pdf) -> None:
        for held, found in zip((self._all, self._hidden), layers(source), strict=True):
            held += [document.copy_foreign(layer) for layer in found]

    def put(self, document: pikepdf.Pdf) -> None:
        if self._all:
            settings = Dictionary(OFF=Array(self._hidden), Order=Array([]))
            document.Root.OCProperties = Dictionary(OCGs=Array(self._all), D=settings)


def _bookmark(document: pikepdf.Pdf, entries: Sequence[Entry]) -> None:
    with document.open_outline() as outline:
        path: list[OutlineItem] = []
        for entry in entries:
            item = OutlineItem(entry.title, entry.first - 1)
            del path[max(entry.heading, 1) - 1 :]
            (path[-1].children if path else outline.root).append(item)
            path.append(item)
