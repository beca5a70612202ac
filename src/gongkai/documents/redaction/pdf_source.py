"""A PDF as pages of dots, by pdfium. Runs in the child process only."""

import io
from collections.abc import Iterator
from itertools import islice
from math import sqrt

import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import raw

from gongkai.documents.redaction.pages import MAX_PAGES, POINTS, PageSize, Unredactable
from gongkai.documents.redaction.rasters import Raster

LOCKED = "这个 PDF 设有打开密码，打不开；请取得密码，另存为不加密的 PDF 后再上传。"
BROKEN = "这个 PDF 已损坏，打不开；请用原来的软件重新导出，或打印后扫描再上传。"
_MOST_OBJECTS = 500
_COVERING = 0.8
_INVISIBLE = 3


class PdfSource:
    """The pages of a PDF file, drawn as a reader sees them: turned, cropped, with annotations and forms."""

    kind = "pdf"

    def __init__(self, data: bytes) -> None:
        """Raises :class:`Unredactable`."""
        try:
            self._document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
            raise Unredactable(LOCKED if locked else BROKEN) from error
        count = len(self._document)
        if not count:
            raise Unredactable(BROKEN)
        if count > MAX_PAGES:
            raise Unredactable(f"这个 PDF 有 {count} 页，超过 {MAX_PAGES} 页的上限；请分成几个文件再上传。")
        self._document.init_forms()
        self._units = _user_units(data, count)
        self.sizes = tuple(self._size(number) for number in range(count))

    def raster(self, place: int, dpi: float) -> Raster:
        """Page ``place`` (from 0) at ``dpi`` dots an inch; a scan at no more dots than it has."""
        try:
            page = self._document[place]
        except pdfium.PdfiumError as error:
            raise Unredactable(f"第 {place + 1} 页已损坏，画不出来；请重新导出这个 PDF 再上传。") from error
        native, weight, two_toned = _scan(page, self._units[place])
        fine = not native or native > dpi
        wanted = self.sizes[place].pixels(dpi if fine else max(native, POINTS))
        width, height = page.get_size()
        scale = max(wanted[0] / width, wanted[1] / height)
        image = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
        page.close()
        return Raster(image, weight, fine, two_toned)

    def _size(self, place: int) -> PageSize:
        try:
            width, height = self._document.get_page_size(place)
        except pdfium.PdfiumError as error:
            raise Unredactable(BROKEN) from error
        if min(width, height) < 1 or max(width, height) > 1000 * min(width, height):
            raise Unredactable(f"第 {place + 1} 页的版面大小不正常，画不出来；请重新导出这个 PDF 再上传。")
        return PageSize(width * self._units[place], height * self._units[place])


def _user_units(data: bytes, count: int) -> list[float]:
    """How many points a unit of each page is. pdfium does not say; what cannot be told is 1."""
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            units = [float(page.obj.get("/UserUnit", 1)) for page in document.pages]
    except (pikepdf.PdfError, AttributeError, TypeError, ValueError):
        units = []
    return [unit if 0.01 <= unit <= 100 else 1.0 for unit in units] if len(units) == count else [1.0] * count


def _scan(page: pdfium.PdfPage, unit: float) -> tuple[float, int, bool]:
    """Dots an inch and bytes of a page that is only pictures (and the unseen words read off them), and
    whether they are of two tones; of any other page zeros."""
    images = []
    for drawn in islice(_objects(page), _MOST_OBJECTS):
        if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
            images.append(drawn)
        elif not _is_invisible(drawn):
            return 0, 0, False
    width, height = page.get_size()
    area = sum(_area(image) for image in images)
    if area < _COVERING * width * height:
        return 0, 0, False
    dots = sum(across * down for across, down in (image.get_px_size() for image in images))
    weight = sum(raw.FPDFImageObj_GetImageDataRaw(image, None, 0) for image in images)
    two_toned = all(image.get_metadata().bits_per_pixel == 1 for image in images)
    return sqrt(dots / area) * POINTS / unit, weight, two_toned


def _objects(page: pdfium.PdfPage) -> Iterator[pdfium.PdfObject]:
    for drawn in page.get_objects(max_depth=4):
        if drawn.type != raw.FPDF_PAGEOBJ_FORM:
            yield drawn


def _is_invisible(drawn: pdfium.PdfObject) -> bool:
    is_text = drawn.type == raw.FPDF_PAGEOBJ_TEXT
    return is_text and bool(raw.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE)


def _area(image: pdfium.PdfImage) -> float:
    left, bottom, right, top = image.get_bounds()
    return float(right - left) * float(top - bottom)
