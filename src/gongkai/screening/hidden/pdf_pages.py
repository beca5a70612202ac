"""What the pages of a PDF draw that nobody sees: under boxes, in white, outside of the page, not at all.

A text is unseen if the page looks the same without it. That is tried: candidates are switched off and the
page is drawn twice.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageStat
from pypdfium2 import raw

from gongkai.documents.reading.archives import DAMAGED
from gongkai.documents.reading.content import Unreadable

_MOST_OBJECTS = 20_000
_MOST_PAGES = 500
_SCALE, _MOST_DOTS = 2.0, 6_000_000
_TINIEST = 1.6
_PALE = 0xE8
_COVERED, _ON_PICTURE = 0.5, 0.5
_FEW_LETTERS, _NARROWEST = 2, 4.0
_INK = 12
_DARK = 70
_INVISIBLE = (3, 7)
_STROKED_BOX = 4.0
_CROP = 0.05
_MOST_BOXES = 300
_BAND, _FAR, _THINNEST, _MOST_NEAR = 12.0, 15_000.0, 2.0, 1_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """An object of a page with its box in points."""

    number: int
    item: pdfium.PdfObject
    kind: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        return max(self.right - self.left, 0.01) * max(self.top - self.bottom, 0.01)

    def share_in(self, box: tuple[float, float, float, float]) -> float:
        """Which part of it lies in a box."""
        across = min(self.right, box[2]) - max(self.left, box[0])
        down = min(self.top, box[3]) - max(self.bottom, box[1])
        return across * down / self.area if across > 0 and down > 0 else 0.0

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.left, self.bottom, self.right, self.top


def page_hits(data: bytes) -> Iterator[tuple[int, str, str]]:
    """Page, class and text of what is unseen; of each class of a page only the first."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Unreadable(DAMAGED) from error
    try:
        for number in range(min(len(document), _MOST_PAGES)):
            try:
                page = document[number]
            except pdfium.PdfiumError:
                continue
            seen = set[str]()
            for code, text in _Page(page).hits():
                if code not in seen:
                    seen.add(code)
                    yield number + 1, code, text
            page.close()
    finally:
        document.close()


class _Page:
    def __init__(self, page: pdfium.PdfPage) -> None:
        self.page = page
        self.box = page.get_cropbox()
        self.words = page.get_textpage()
        self.items = [
            one
            for number, item in enumerate(islice(page.get_objects(max_depth=6), _MOST_OBJECTS))
            if (one := _drawn(number, item)) is not None
        ]
        self.texts = [one for one in self.items if one.kind == raw.FPDF_PAGEOBJ_TEXT]
        self.pictures = [one for one in self.items if one.kind == raw.FPDF_PAGEOBJ_IMAGE]
        self.boxes = [one for one in self.items if one.kind == raw.FPDF_PAGEOBJ_PATH and _is_filled(one.item)]

    def hits(self) -> Iterator[tuple[str, str]]:
        candidates: list[tuple[str, Drawn]] = []
        covers = _Covers([*self.boxes, *self.pictures])
        for one in self.texts:
            code = self._suspicion(one, covers)
            if code in ("pdf.off_page", "pdf.tiny_text") and self._text(one).strip():
                yield code, self._text(one)
            elif code:
                candidates.append((code, one))
        candidates = [(code, one) for code, one in candidates if self._text(one).strip()]
        yield from self._unseen(candidates, covers)
        yield from self._under_boxes()
        yield from self._cropped()

    def _suspicion(self, one: Drawn, covers: "_Covers") -> str:
        if one.share_in(self.box) == 0:
            return "pdf.off_page"
        if raw.FPDFTextObj_GetTextRenderMode(one.item) in _INVISIBLE:
            return "pdf.invisible_text"
        if covers.over(one):
            return "pdf.under_box"
        if min(_color(one.item, raw.FPDFPageObj_GetFillColor)) >= _PALE:
            return "pdf.white_text"
        if _points(one.item) <= _TINIEST:
            return "pdf.tiny_text"
        return "pdf.under_box" if covers.over_a_part(one) else ""

    def _text(self, one: Drawn) -> str:
        size = raw.FPDFTextObj_GetText(one.item, self.words, None, 0)
        buffer = ctypes.create_string_buffer(max(size, 2))
        raw.FPDFTextObj_GetText(
            one.item, self.words, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size
        )
        return buffer.raw[:size].decode("utf-16-le", "ignore").strip("\0")

    def _unseen(self, candidates: list[tuple[str, Drawn]], covers: "_Covers") -> Iterator[tuple[str, str]]:
        """Those of the candidates, or of their letters, without which the page looks the same."""
        if not candidates:
            return
        shown = self._picture()
        for _, one in candidates:
            raw.FPDFPageObj_SetIsActive(one.item, False)
        without = self._picture()
        for _, one in candidates:
            raw.FPDFPageObj_SetIsActive(one.item, True)
        for code, one in candidates:
            if self._is_seen(one, shown, without):
                hidden = self._letters_under(one, covers, shown, without) if code == "pdf.under_box" else ""
                if len(hidden) >= _FEW_LETTERS:
                    yield code, hidden
                continue
            place = self._dots(one, shown.size)
            if code == "pdf.invisible_text" and place and self._is_read_off(one, shown.crop(place)):
                continue
            yield code, self._text(one)

    def _is_seen(self, one: Drawn, shown: Image.Image, without: Image.Image) -> bool:
        """Whether the page looks different without it where it stands."""
        place = self._dots(one, shown.size)
        if place is None:
            return True
        changed = ImageChops.difference(shown.crop(place), without.crop(place))
        return ImageStat.Stat(changed).extrema[0][1] > _INK

    def _letters_under(self, one: Drawn, covers: "_Covers", shown: Image.Image, without: Image.Image) -> str:
        """The letters of a line that is seen in part: a box over the number leaves the words before it."""
        letters = self._letters.get(_address(one.item.raw), [])
        placed = [(letter, replace(one, left=x0, bottom=y0, right=x1, top=y1))
                  for letter, (x0, y0, x1, y1) in letters]  # fmt: skip
        return "".join(
            letter
            for letter, at in placed
            if covers.under_a_shape(at) and not self._is_seen(at, shown, without)
        )

    @cached_property
    def _letters(self) -> dict[int, list[tuple[str, tuple[float, float, float, float]]]]:
        """The letters of each text of the page with their boxes, blanks left out."""
        found: dict[int, list[tuple[str, tuple[float, float, float, float]]]] = {}
        for number in range(self.words.count_chars()):
            letter = chr(raw.FPDFText_GetUnicode(self.words, number))
            left, bottom, right, top = self.words.get_charbox(number)
            if letter.isprintable() and not letter.isspace() and right > left and top > bottom:
                owner = _address(raw.FPDFText_GetTextObject(self.words, number))
                found.setdefault(owner, []).append((letter, (left, bottom, right, top)))
        return found

    def _is_read_off(self, one: Drawn, shown: Image.Image) -> bool:
        """Whether unseen words belong to the scan they lie on: there is something to read, or blank paper."""
        if not any(one.share_in(picture.box) >= _ON_PICTURE for picture in self.pictures):
            return False
        [(lowest, highest)] = ImageStat.Stat(shown).extrema
        return highest - lowest > 60 or lowest > _DARK

    def _under_boxes(self) -> Iterator[tuple[str, str]]:
        """Boxes of one color over a picture that has something where they lie."""
        over = [
            one for one in self.boxes[:_MOST_BOXES]
            if one.right - one.left > _STROKED_BOX and one.top - one.bottom > _STROKED_BOX
            and any(_lies_on(one, picture) for picture in self.pictures)
            and not any(text.number > one.number and text.share_in(one.box) > 0.5 for text in self.texts)
        ]  # fmt: skip
        if not over:
            return
        shown = self._picture()
        for one in over:
            raw.FPDFPageObj_SetIsActive(one.item, False)
        without = self._picture()
        for one in over:
            raw.FPDFPageObj_SetIsActive(one.item, True)
        for one in over:
            place = self._dots(one, shown.size)
            if place is None or place[2] - place[0] < 6 or place[3] - place[1] < 6:
                continue
            inner = (place[0] + 2, place[1] + 2, place[2] - 2, place[3] - 2)
            above, below = (ImageStat.Stat(image.crop(inner)) for image in (shown, without))
            if (
                above.extrema[0][1] - above.extrema[0][0] <= _INK
                and below.extrema[0][1] - below.extrema[0][0] > 100
            ):
                yield "pdf.picture_under_box", ""
                return

    def _cropped(self) -> Iterator[tuple[str, str]]:
        """Pictures that reach beyond what is shown of the page."""
        for one in self.pictures:
            if one.share_in(self.box) < 1 - _CROP and one.area > 100:
                yield "pdf.cropped", ""
                return

    def _picture(self) -> Image.Image:
        """The page in grey, unturned and without annotations."""
        width, height = self.page.get_size()
        scale = min(_SCALE, (_MOST_DOTS / max(width * height, 1)) ** 0.5)
        turn = -self.page.get_rotation() % 360
        bitmap = self.page.render(
            scale=scale, grayscale=True, rotation=turn, may_draw_forms=False, draw_annots=False
        )
        image: Image.Image = bitmap.to_pil().convert("L")
        return image

    def _dots(self, one: Drawn, size: tuple[int, int]) -> tuple[int, int, int, int] | None:
        """Where the box of an object is in the picture of the page, drawn unturned."""
        left, bottom, right, top = self.box
        across, down = size[0] / max(right - left, 1), size[1] / max(top - bottom, 1)
        x0, x1 = (one.left - left) * across - 1, (one.right - left) * across + 1
        y0, y1 = (top - one.top) * down - 1, (top - one.bottom) * down + 1
        place = (max(int(x0), 0), max(int(y0), 0), min(int(x1) + 1, size[0]), min(int(y1) + 1, size[1]))
        return place if place[0] < place[2] and place[1] < place[3] else None


def _lies_on(box: Drawn, picture: Drawn) -> bool:
    return picture.number < box.number and box.share_in(picture.box) >= 0.9 and box.area < 0.7 * picture.area


class _Covers:
    """What is drawn over others, by bands across the page, so that a text is held against few of them."""

    def __init__(self, items: list[Drawn]) -> None:
        self._bands: dict[int, list[Drawn]] = {}
        for one in items:
            if min(one.right - one.left, one.top - one.bottom) > _THINNEST:
                for band in _bands(one):
                    self._bands.setdefault(band, []).append(one)

    def over(self, text: Drawn) -> bool:
        """Whether something drawn later lies on half of a text or more."""
        return any(text.share_in(one.box) >= _COVERED for one in self._later(text))

    def under_a_shape(self, text: Drawn) -> bool:
        """Whether a shape, no picture such as a seal, drawn later lies on half of a text or more."""
        return any(text.share_in(one.box) >= _COVERED and not _is_picture(one) for one in self._later(text))

    def over_a_part(self, text: Drawn) -> bool:
        """Whether a shape drawn later lies on some of its letters; a seal does so and hides nothing."""
        high = _COVERED * (text.top - text.bottom)
        return any(
            not _is_picture(one)
            and min(text.right, one.right) - max(text.left, one.left) >= _NARROWEST
            and min(text.top, one.top) - max(text.bottom, one.bottom) >= high
            for one in self._later(text)
        )

    def _later(self, text: Drawn) -> Iterator[Drawn]:
        middle = int((text.bottom + text.top) / 2 // _BAND)
        near = self._bands.get(middle, [])[-_MOST_NEAR:]
        return (one for one in near if one.number > text.number)


def _bands(one: Drawn) -> range:
    first, last = max(one.bottom, -_FAR) // _BAND, min(one.top, _FAR) // _BAND
    return range(int(first), int(last) + 1)


def _drawn(number: int, item: pdfium.PdfObject) -> Drawn | None:
    if item.type not in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
        return None
    try:
        return Drawn(number, item, item.type, *_on_page(item))
    except pdfium.PdfiumError:
        return None


def _on_page(item: pdfium.PdfObject) -> tuple[float, float, float, float]:
    """The bounds of an object on the page, through the forms it stands in."""
    left, bottom, right, top = item.get_bounds()
    corners = [(left, bottom), (left, top), (right, bottom), (right, top)]
    holder = item.container
    while holder is not None:
        matrix = holder.get_matrix()
        corners = [matrix.on_point(x, y) for x, y in corners]
        holder = holder.container
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(down), max(across), max(down)


def _is_picture(one: Drawn) -> bool:
    return bool(raw.FPDFPageObj_GetType(one.item) == raw.FPDF_PAGEOBJ_IMAGE)


def _address(pointer: object) -> int:
    """Of a text, by whatever way pdfium leads to it."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def _color(item: pdfium.PdfObject, getter: object) -> tuple[int, int, int]:
    values = [ctypes.c_uint() for _ in range(4)]
    if not getter(item, *values):  # type: ignore[operator]
        return 0, 0, 0
    return values[0].value, values[1].value, values[2].value


def _is_filled(item: pdfium.PdfObject) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(item, mode, stroke) or mode.value == 0:
        return False
    values = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(item, *values)
    return values[3].value > 200


def _points(item: pdfium.PdfObject) -> float:
    """The size of letters as they are drawn."""
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(item, size)
    points, one = size.value, item
    while one is not None:
        matrix = one.get_matrix()
        points *= abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
        one = one.container
    return float(points)
