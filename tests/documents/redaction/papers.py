"""Papers made for tests, with a secret in a known place."""

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from gongkai.documents.redaction import Box

SHEET = (400, 600)
SECRET = (90, 380, 270, 420)  # left, bottom, right, top in the page's own units


@dataclass(frozen=True)
class Paper:
    """How a page lies: turned, cropped (left, bottom, right, top), in larger units; in a form or not."""

    rotate: int = 0
    crop: tuple[int, int, int, int] = (0, 0, *SHEET)
    unit: float = 1
    as_form: bool = False
    annotated: bool = False

    def box(self, page: int = 1, area: tuple[float, float, float, float] = SECRET) -> Box:
        """The box over an area of the page, reckoned here from how the page lies."""
        left, bottom, right, top = self.crop
        width, height = right - left, top - bottom
        corners = [
            self._turned((x - left) / width, (top - y) / height)
            for x, y in ((area[0], area[1]), (area[2], area[3]))
        ]
        (x0, x1), (y0, y1) = (sorted(side) for side in zip(*corners, strict=True))
        return Box(page, x0, y0, x1, y1, "第十五条", "个人隐私")

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        return {0: (x, y), 90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}[self.rotate]


HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
EVERY_WAY = [
    Paper(rotate, crop, unit, as_form)
    for rotate, crop, unit, as_form in product(
        (0, 90, 180, 270), ((0, 0, *SHEET), (50, 120, 380, 560)), (1, 1.4), (False, True)
    )
]
WORDS = (
    "BT /F 30 Tf 95 390 Td (SECRET 8846) Tj ET BT /F 16 Tf 100 300 Td (public words) Tj ET "
    "BT /F 16 Tf 100 480 Td (more of them) Tj ET 100 250 m 300 250 l S"
)


@dataclass
class Maker:
    """A PDF under construction."""

    document: pikepdf.Pdf = field(default_factory=pikepdf.new)

    def add(self, paper: Paper, words: str = WORDS) -> None:
        resources = Dictionary(Font=Dictionary(F=HELVETICA))
        page = self.document.add_blank_page(page_size=SHEET)
        content = words.encode()
        if paper.as_form:
            form = Stream(self.document, content)
            form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, *SHEET])
            form.Resources = resources
            resources, content = Dictionary(XObject=Dictionary(X=form)), b"/X Do"
        page.obj.Resources, page.obj.Contents = resources, Stream(self.document, content)
        page.obj.CropBox, page.obj.Rotate, page.obj.UserUnit = Array(paper.crop), paper.rotate, paper.unit
        if paper.annotated:
            page.obj.Annots = Array([self._annotation()])

    def _annotation(self) -> pikepdf.Object:
        look = Stream(self.document, b"0 0 80 60 re f")
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 80, 60])
        return self.document.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([200, 100, 280, 160]), F=4,
                Contents="the note 8846", AP=Dictionary(N=look),
            )
        )  # fmt: skip

    def bytes(self) -> bytes:
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()


def pdf(papers: Iterable[Paper], words: str = WORDS) -> bytes:
    """A file of these papers."""
    maker = Maker()
    for paper in papers:
        maker.add(paper, words)
    return maker.bytes()


def drawn(data: bytes, page: int, width: int) -> Image.Image:
    """A page (from 1) as a reader sees it, so many dots wide."""
    leaf = pypdfium2.PdfDocument(data)[page - 1]
    height = round(width * leaf.get_height() / leaf.get_width())
    image = leaf.render(scale=4, may_draw_forms=False).to_pil().convert("L")
    return image.resize((width, height), Image.Resampling.BOX)


def words_in(data: bytes) -> str:
    """All text that can be taken out of a file."""
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """A picture as a file."""
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()
