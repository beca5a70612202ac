"""Files nobody vouches for: each gets its sentence, in its child and for itself."""

import io
import os
import signal
import struct
import time
import zlib

import numpy as np
import pikepdf
import pytest
from pikepdf import Dictionary, Name, Stream
from PIL import Image

from gongkai.documents.reading.guarded import Child
from gongkai.documents.redaction import PageSize, Unredactable, open_pages, opening, page_image, page_images
from gongkai.documents.redaction.pages import MAX_PIXELS
from gongkai.documents.redaction.rasterizer import Desk, opened
from gongkai.documents.redaction.rasters import from_message, packed, unpacked
from tests.documents.reading.pdfs import assembled, locked
from tests.documents.redaction.papers import HELVETICA, SHEET, Maker, Paper, pdf, saved


def many_pages(count: int) -> bytes:
    document = pikepdf.new()
    for _ in range(count):
        document.add_blank_page()
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A PNG that says it is so large."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    chunks = [
        struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))
        for kind, held in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def sized(width: float, height: float, **entries: object) -> bytes:
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(width, height))
    for key, value in entries.items():
        page.obj[f"/{key}"] = value
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


HOSTILE = {
    "locked": (locked(b"secret"), "设有打开密码"),
    "a lost page": (
        assembled(
            [
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Count 2/Kids[3 0 R 9 0 R]/MediaBox[0 0 9 9]>>",
                b"<</Type/Page/Parent 2 0 R>>",
            ]
        ),
        "损坏",
    ),
    "cut": (pdf([Paper()])[:300], "已损坏"),
    "nonsense": (b"%PDF-1.7 nonsense", "已损坏"),
    "no pages": (assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"]), "已损坏"),
    "too many pages": (many_pages(501), "501 页，超过 500 页"),
    "a thread": (sized(3, 14000), "版面大小不正常"),
    "word": (b"\xd0\xcf\x11\xe0" + bytes(600), "不是 PDF，也不是"),
    "gif": (saved(Image.new("P", (9, 9)), "GIF"), "不是 PDF，也不是"),
    "cut picture": (saved(Image.effect_noise((300, 300), 50), "PNG")[:2000], "图片已损坏"),
    "bomb": (png_claiming(60_000, 60_000), "60000×60000 点，超过 6400 万点"),
    "empty picture": (png_claiming(300, 300), "图片已损坏"),
    "too many pictures": (
        saved(Image.new("1", (8, 8)), "TIFF", save_all=True, append_images=[Image.new("1", (8, 8))] * 500),
        "501 页，超过 500 页",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_drawn_gets_a_sentence_that_says_what_to_do(name: str) -> None:
    data, sentence = HOSTILE[name]
    with pytest.raises(Unredactable, match=sentence) as refused:
        source = opened(data)
        for place in range(len(source.sizes)):
            source.raster(place, 30)
    assert str(refused.value).endswith("。") and "请" in str(refused.value)


@pytest.mark.parametrize("name", ["locked", "cut picture"])
def test_it_gets_the_same_sentence_from_the_child(name: str) -> None:
    data, sentence = HOSTILE[name]
    with pytest.raises(Unredactable, match=sentence):
        page_image(data, 1)


def test_too_much_and_nothing_are_refused_before_any_child_starts() -> None:
    with pytest.raises(Unredactable, match="超过 50 MB"):
        open_pages(bytes(50_000_001))
    with pytest.raises(Unredactable, match="空的"):
        open_pages(b"")


def test_a_page_that_is_not_there_is_refused() -> None:
    with pytest.raises(Unredactable, match="只有 1 页，没有第 2 页"):
        page_image(pdf([Paper()]), 2)
    with pytest.raises(Unredactable, match="没有第 0 页"):
        page_image(pdf([Paper()]), 0)


def test_several_pages_come_from_one_opening() -> None:
    first, second = page_images(pdf([Paper(), Paper(rotate=90)]), [1, 2], 72)
    sizes = [Image.open(io.BytesIO(picture)).size for picture in (first, second)]
    assert sizes == [SHEET, SHEET[::-1]]


def test_a_huge_sheet_gets_fewer_dots() -> None:
    width, height = PageSize(14_400, 14_400).pixels(300)
    assert width * height <= MAX_PIXELS
    assert PageSize(14_400, 15).pixels(9999)[0] <= 60_000
    assert PageSize(595, 842).pixels(200) == (1653, 2339)
    raster = opened(sized(14_000, 14_000)).raster(0, 200)
    assert raster.image.width * raster.image.height <= 1.01 * MAX_PIXELS


def test_a_unit_that_is_none_is_taken_for_a_point() -> None:
    assert opened(sized(400, 600, UserUnit=-3)).sizes == (PageSize(400, 600),)
    assert opened(sized(400, 600, UserUnit=pikepdf.Name.Many)).sizes == (PageSize(400, 600),)
    assert opened(sized(400, 600, UserUnit=2)).sizes == (PageSize(800, 1200),)


def test_a_scan_is_told_from_a_page_with_words() -> None:
    noise = Image.effect_noise((800, 1200), 40)
    scan = opened(saved(noise, "PDF", resolution=150)).raster(0, 200)
    assert scan.weight > 10_000 and not scan.fine and scan.image.size == (800, 1200)
    words = opened(pdf([Paper()])).raster(0, 200)
    assert words.weight == 0 and words.fine
    two = opened(saved(noise.convert("1"), "PDF", resolution=300)).raster(0, 200)
    assert two.two_toned and two.fine


def test_words_read_off_a_scan_do_not_make_it_a_page_of_words() -> None:
    scan = saved(Image.effect_noise((800, 1200), 40), "PDF", resolution=150)
    with pikepdf.open(io.BytesIO(scan)) as document:
        page = document.pages[0]
        page.obj.Resources.Font = Dictionary(F=HELVETICA)
        page.contents_add(b"BT 3 Tr /F 30 Tf 95 390 Td (the words) Tj ET")
        stream = io.BytesIO()
        document.save(stream)
    assert opened(stream.getvalue()).raster(0, 200).weight > 10_000


def test_a_small_picture_on_a_page_is_no_scan() -> None:
    maker = Maker()
    maker.add(Paper())
    page = maker.document.pages[0]
    image = Stream(maker.document, bytes(100), Type=Name.XObject, Subtype=Name.Image)
    image.Width, image.Height, image.ColorSpace, image.BitsPerComponent = 10, 10, Name.DeviceGray, 8
    page.obj.Resources.XObject = Dictionary(I=image)
    page.obj.Contents = Stream(maker.document, b"q 50 0 0 50 10 10 cm /I Do Q")
    assert opened(maker.bytes()).raster(0, 100).weight == 0


def test_the_child_answers_in_messages() -> None:
    desk = Desk()
    assert unpacked(desk.answer(packed({"open": True}, b"%PDF-x")))[0]["unredactable"]
    head, _ = unpacked(desk.answer(packed({"open": True}, pdf([Paper()]))))
    assert head == {"kind": "pdf", "sizes": [[400.0, 600.0]]}
    raster = from_message(*unpacked(desk.answer(packed({"page": 0, "dpi": 72}))))
    assert raster.image.size == SHEET
    assert "Traceback" in unpacked(desk.answer(packed({"page": "x", "dpi": 72})))[0]["fault"]
    desk._source = Hungry()  # type: ignore[assignment]
    assert "内存超过 800 MB" in unpacked(desk.answer(packed({"page": 0, "dpi": 72})))[0]["unredactable"]


class Hungry:
    """A source that eats all memory."""

    def raster(self, place: int, dpi: float) -> None:
        raise MemoryError


def test_a_raster_of_another_size_than_it_says_is_not_taken() -> None:
    head = {"mode": "L", "size": [3, 3], "weight": 0, "fine": True, "two_toned": False}
    with pytest.raises(ValueError, match="another size"):
        from_message(head, bytes(8))


class FromBeyond(Child):
    """A child that does not do what it is told."""

    answers: bytes | Exception = b""

    def ask(self, data: bytes, seconds: float) -> bytes:
        if isinstance(self.answers, Exception):
            raise self.answers
        return self.answers


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (TimeoutError(), "没有在时限内画完"),
        (packed({"fault": "Traceback …"}), "程序出错"),
        (packed({"unredactable": "不行，请另存。"}), "不行"),
    ],
)
def test_whatever_the_child_does_there_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, answer: bytes | Exception, sentence: str
) -> None:
    monkeypatch.setattr(opening, "Child", FromBeyond)
    monkeypatch.setattr(FromBeyond, "answers", answer)
    with pytest.raises(Unredactable, match=sentence):
        open_pages(b"x")


@pytest.mark.parametrize(("ending", "sentence"), [(signal.SIGABRT, "程序中止了"), (signal.SIGXCPU, "时限内")])
def test_a_child_that_dies_takes_only_its_file_along(ending: signal.Signals, sentence: str) -> None:
    with pytest.raises(Unredactable, match=sentence), opening.opened_file(pdf([Paper()])) as file:
        os.kill(file._child._process.pid, ending)
        file.raster(1, 72)
    assert open_pages(pdf([Paper()])).count == 1


def test_a_child_that_ends_in_the_middle_is_gone_when_the_block_is_left() -> None:
    with pytest.raises(KeyError), opening.opened_file(pdf([Paper()])) as file:
        child = file._child
        raise KeyError
    assert not child.is_alive


def test_a_raster_larger_than_any_asked_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with opening.opened_file(pdf([Paper()])) as file:
        monkeypatch.setattr(opening, "MAX_PIXELS", 100)
        with pytest.raises(Unredactable, match="程序中止了"):
            file.raster(1, 72)


def test_a_file_is_open_in_a_second() -> None:
    begun = time.monotonic()
    assert np.asarray(Image.open(io.BytesIO(page_image(pdf([Paper()]), 1)))).min() < 50
    assert time.monotonic() - begun < 5
