"""PDF files: the document is looked at by pikepdf, the drawing of its pages by pdfium."""

import io
from collections.abc import Iterator
from functools import partial

import pikepdf
from pikepdf import Name

from gongkai.documents.reading.archives import DAMAGED, ENCRYPTED
from gongkai.documents.reading.content import Unreadable
from gongkai.documents.redaction.assembling import assembled
from gongkai.documents.redaction.encoding import bilevel, in_grey, is_black_and_white, toned
from gongkai.documents.redaction.pages import Unredactable
from gongkai.documents.redaction.pdf_source import PdfSource
from gongkai.screening.hidden.hits import Hit, Uncleanable, masked
from gongkai.screening.hidden.pdf_history import entries_of, orphans, superseded, trailing, unused_pictures
from gongkai.screening.hidden.pdf_objects import object_hits
from gongkai.screening.hidden.pdf_pages import page_hits
from gongkai.screening.hidden.pdf_properties import property_hits

DPI = 200
_MARKS = ("/Link", "/Widget", "/PrinterMark", "/TrapNet")
_ERRORS = (
    pikepdf.PdfError,
    RecursionError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    NotImplementedError,
    OverflowError,
)


class Portable:
    """A document, and the pages that have to become pictures."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._document = pikepdf.open(io.BytesIO(data))
            self._count = len(self._document.pages)
        except pikepdf.PasswordError as error:
            raise Unreadable(ENCRYPTED) from error
        except _ERRORS as error:
            raise Unreadable(DAMAGED) from error
        self._pictured: set[int] = set()
        self._flatten = False

    def hits(self) -> Iterator[Hit]:
        try:
            found = list(self._hits())
        except _ERRORS as error:
            raise Unreadable(DAMAGED) from error
        yield from found

    def _hits(self) -> Iterator[Hit]:
        document = self._document
        yield from property_hits(document)
        yield from self._history()
        yield from self._annotations()
        yield from self._form()
        yield from object_hits(document, self._data)
        yield from self._layers()
        for number, code, text in page_hits(self._data):
            yield Hit(code, f"第{number}页", masked(text), partial(self._pictured.add, number - 1))

    def _history(self) -> Iterator[Hit]:
        if size := trailing(self._data):
            yield Hit("file.trailing", "文件末尾", f"共 {size} 字节", _nothing)
        if superseded(self._data):
            yield Hit("pdf.old_revision", "文件", "", _nothing)
        elif orphans(self._document):
            yield Hit("pdf.orphan", "文件", "", _nothing)
        for removal in unused_pictures(self._document):
            yield Hit("pdf.unused", "页面资源", "", removal)

    def _annotations(self) -> Iterator[Hit]:
        for number, page in enumerate(self._document.pages, 1):
            marks = [one for one in page.obj.get("/Annots", []) if isinstance(one, pikepdf.Dictionary)]
            own = [one for one in marks if str(one.get("/Subtype", "")) not in _MARKS]
            attached = [one for one in own if one.get("/Subtype") == Name.FileAttachment]
            if attached:
                yield Hit("pdf.attachment", f"第{number}页", "", self._flattened)
            if len(own) > len(attached):
                words = next((str(one.get("/Contents")) for one in own if "/Contents" in one), "")
                yield Hit("pdf.annotation", f"第{number}页", masked(words), self._flattened)

    def _form(self) -> Iterator[Hit]:
        form = self._document.Root.get("/AcroForm")
        if not isinstance(form, pikepdf.Dictionary):
            return
        if "/XFA" in form:
            yield Hit("pdf.form_value", "表单（XFA）", "", self._flattened)
        filled = [value for value in _values(form.get("/Fields", []), 0) if value]
        if filled:
            yield Hit("pdf.form_value", "表单", masked(filled[0]), self._flattened)

    def _flattened(self) -> None:
        self._flatten = True

    def _layers(self) -> Iterator[Hit]:
        """Layers that are off. What pages draw of them is only left out by drawing the pages anew."""
        layers = self._document.Root.get("/OCProperties")
        default = layers.get("/D") if isinstance(layers, pikepdf.Dictionary) else None
        if not isinstance(layers, pikepdf.Dictionary) or not isinstance(default, pikepdf.Dictionary):
            return
        off = list(default.get("/OFF", []))
        if default.get("/BaseState") == Name.OFF:
            on = {one.objgen for one in default.get("/ON", [])}
            off += [one for one in layers.get("/OCGs", []) if one.objgen not in on]
        if not off:
            return
        keys = {one.objgen for one in off}
        pages = [number for number, page in enumerate(self._document.pages) if _uses(page.obj, keys)]
        yield Hit(
            "pdf.layer", f"图层“{str(off[0].get('/Name', ''))[:20]}”", "", partial(self._drop_layers, pages)
        )

    def _drop_layers(self, pages: list[int]) -> None:
        self._pictured |= set(pages)
        if "/OCProperties" in self._document.Root:
            del self._document.Root.OCProperties

    def save(self) -> bytes:
        """The last version of each page; those with something unseen in their drawing as pictures."""
        try:
            if self._pictured and not self._flatten:
                self._replace(self._data)
            if self._flatten:
                self._draw_marks()
            self._document.remove_unreferenced_resources()
            stream = io.BytesIO()
            self._document.save(stream, deterministic_id=True, encryption=False, linearize=False)
        except _ERRORS as error:
            raise Uncleanable(
                "这个 PDF 有损坏之处，无法代为清理；请打印后扫描，或重新导出再上传。"
            ) from error
        return stream.getvalue()

    def _draw_marks(self) -> None:
        """What is seen of annotations and fields becomes part of the page; notes nobody opened go."""
        document = self._document
        form = document.Root.get("/AcroForm")
        if isinstance(form, pikepdf.Dictionary) and form.get("/NeedAppearances", False):
            document.generate_appearance_streams()
        for page in document.pages:
            marks = page.obj.get("/Annots")
            if marks is not None:
                kept = [
                    one
                    for one in marks
                    if str(one.get("/Subtype", "")) not in ("/Text", "/Popup", "/FileAttachment")
                ]
                page.obj.Annots = pikepdf.Array(kept)
        document.flatten_annotations("screen")
        for page in document.pages:
            marks = page.obj.get("/Annots")
            if marks is not None:
                links = [one for one in marks if str(one.get("/Subtype", "")) == "/Link"]
                page.obj.Annots = pikepdf.Array(links)
        if "/AcroForm" in document.Root:
            del document.Root.AcroForm

    def _replace(self, data: bytes) -> None:
        try:
            source = PdfSource(data)
            for number in sorted(self._pictured):
                image = in_grey(source.raster(number, DPI).image)
                encoded = bilevel(image) if is_black_and_white(image) else toned(image)
                with pikepdf.open(io.BytesIO(assembled([(source.sizes[number], encoded)]))) as drawn:
                    self._document.pages[number] = drawn.pages[0]
        except Unredactable as error:
            raise Uncleanable(str(error)) from error
        if "/StructTreeRoot" in self._document.Root:
            del self._document.Root.StructTreeRoot


def _values(fields: object, depth: int) -> Iterator[str]:
    """What stands in the fields of a form; switches that are off are nothing."""
    if depth > 20 or not isinstance(fields, pikepdf.Array | list):
        return
    for field in fields:
        if not isinstance(field, pikepdf.Dictionary):
            continue
        for key in ("/V", "/DV"):
            value = field.get(key)
            if value is not None and not isinstance(value, pikepdf.Dictionary | pikepdf.Array):
                text = str(value)
                yield "" if text in ("/Off", "Off", "None") else text.strip()
        yield from _values(field.get("/Kids", []), depth + 1)


def _uses(page: pikepdf.Object, keys: set[tuple[int, int]]) -> bool:
    """Whether a page draws anything of these layers."""
    resources = page.get("/Resources")
    if not isinstance(resources, pikepdf.Dictionary):
        return False
    named, drawn = entries_of(resources.get("/Properties")), entries_of(resources.get("/XObject"))
    layers = [*named, *(one["/OC"] for one in drawn if "/OC" in one)]
    members = [one.get("/OCGs", one) if isinstance(one, pikepdf.Dictionary) else one for one in layers]
    flat = [two for one in members for two in (one if isinstance(one, pikepdf.Array) else [one])]
    deeper = any(_uses(one, keys) for one in drawn if one.get("/Subtype") == "/Form" and "/Resources" in one)
    return deeper or any(one.objgen in keys for one in flat)


def _nothing() -> None:
    """Saving is the removal."""
