"""What is covered is gone, wherever it lay; what is not covered is still there."""

import io

import numpy as np
import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from gongkai.documents.redaction import Box, Unredactable, open_pages, page_image, redact, verify
from gongkai.documents.redaction.boxes import in_order, paint
from gongkai.documents.redaction.labels import label
from gongkai.documents.redaction.rasterizer import opened
from gongkai.documents.writing import Unwritable
from tests.documents.redaction.papers import EVERY_WAY, SHEET, Maker, Paper, drawn, pdf, saved, words_in

BLACK = 60
WORDY = " ".join(
    f"BT /F 9 Tf 40 {line} Td ({line} the words of a page without a secret in them) Tj ET"
    for line in range(40, 560, 11)
)


def pictures(data: bytes) -> list[np.ndarray]:
    """The pictures in a redacted file, as grey dots."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            picture = pikepdf.PdfImage(page.obj.Resources.XObject["/P"])
            found.append(np.asarray(picture.as_pil_image().convert("L")))
    return found


def inside(dots: np.ndarray, box: Box) -> np.ndarray:
    height, width = dots.shape
    left, top, right, bottom = (
        int(side) for side in (box.x0 * width, box.y0 * height, box.x1 * width + 1, box.y1 * height + 1)
    )
    return dots[top:bottom, left:right]


def without_label(dots: np.ndarray, box: Box, number: int, dpi: float) -> np.ndarray:
    """The dots of a box that its label does not touch."""
    height, width = dots.shape
    left, top, right, bottom = box.dots(width, height)
    mask = label(number, box.article, right - left, bottom - top, dpi)
    area = dots[top:bottom, left:right].copy()
    if mask is not None:
        down, across = (area.shape[0] - mask.height) // 2, (area.shape[1] - mask.width) // 2
        area[down : down + mask.height, across : across + mask.width] = 0
    return area


@pytest.fixture(scope="module")
def every_way() -> tuple[bytes, bytes, list[Box]]:
    source = pdf(EVERY_WAY)
    boxes = [paper.box(page) for page, paper in enumerate(EVERY_WAY, 1)]
    return source, redact(source, "x.pdf", boxes, dpi=130), boxes


def test_no_character_can_be_taken_out(every_way: tuple[bytes, bytes, list[Box]]) -> None:
    source, redacted, _ = every_way
    assert words_in(source).count("SECRET") == len(EVERY_WAY)
    assert words_in(redacted) == ""
    assert verify(redacted) == ()
    for trace in (b"SECRET", b"8846", b"Helvetica", b"/Font", b"/Annot"):
        assert trace not in redacted


def test_every_dot_under_a_box_is_black_however_the_page_lies(
    every_way: tuple[bytes, bytes, list[Box]],
) -> None:
    _, redacted, boxes = every_way
    for number, (dots, box, paper) in enumerate(zip(pictures(redacted), boxes, EVERY_WAY, strict=False), 1):
        dpi = dots.shape[1] / open_width(paper) * 72
        assert without_label(dots, box, number, dpi).max() < BLACK, paper


def open_width(paper: Paper) -> float:
    left, bottom, right, top = paper.crop
    return paper.unit * ((top - bottom) if paper.rotate % 180 else (right - left))


def test_what_is_not_covered_looks_as_before(every_way: tuple[bytes, bytes, list[Box]]) -> None:
    source, redacted, boxes = every_way
    for number, box in enumerate(boxes, 1):
        before, after = (np.asarray(drawn(data, number, 300)).astype(int) for data in (source, redacted))
        assert before.shape == after.shape
        assert inside(before, box).min() < 128 and (inside(before, box) > 200).any()
        height, width = before.shape
        left, top, right, bottom = box.dots(width, height)
        for dots in (before, after):
            dots[top - 2 : bottom + 2, left - 2 : right + 2] = 0
        assert before[before > 0].min() < 128  # there are words outside
        assert np.abs(before - after).max() < 90
        assert np.abs(before - after).mean() < 1.5


def test_the_sheet_keeps_its_size(every_way: tuple[bytes, bytes, list[Box]]) -> None:
    _, redacted, _ = every_way
    document = pypdfium2.PdfDocument(redacted)
    for number, paper in enumerate(EVERY_WAY):
        assert document[number].get_width() == pytest.approx(open_width(paper), abs=0.02)
    assert open_pages(pdf(EVERY_WAY)).count == len(document) - 2


def test_a_note_on_the_page_is_drawn_and_can_be_covered() -> None:
    paper = Paper(90, (50, 60, 380, 560), 1, annotated=True)
    note = paper.box(1, (200, 100, 280, 160))
    shown = redact(pdf([paper]), "", [])
    assert inside(pictures(shown)[0], note).mean() < 30
    covered = redact(pdf([paper]), "", [paper.box()])
    assert words_in(covered) == "" and b"note" not in covered
    assert len(pictures(shown)) == 1 and len(pictures(covered)) == 2


def test_the_list_at_the_end_names_every_box() -> None:
    tops = [0.1 + place / 100 for place in range(60)]
    boxes = [Box(1, 0.1, top, 0.2, top + 0.005, "第十六条", "内部事务信息") for top in tops]
    redacted = redact(pdf([Paper()]), "", boxes)
    assert len(pictures(redacted)) == 1 + 2
    assert all(50 < dots.mean() < 254 for dots in pictures(redacted))


def test_the_same_boxes_give_the_same_bytes() -> None:
    boxes = [Paper().box()]
    assert redact(pdf([Paper()]), "a", boxes) == redact(pdf([Paper()]), "b", boxes)


def test_properties_attachments_and_layers_of_the_source_are_not_taken_over() -> None:
    maker = Maker()
    maker.add(Paper())
    maker.document.docinfo["/Author"] = "AUTHOR 8846"
    maker.document.attachments["secret.txt"] = b"SECRET 8846"
    maker.document.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary())
    redacted = redact(maker.bytes(), "SECRET.pdf", [Paper().box()])
    assert verify(redacted) == ()
    for trace in (b"8846", b"SECRET", b"AUTHOR", b"JavaScript", b"pikepdf"):
        assert trace not in redacted


def test_the_place_where_a_photo_was_taken_is_lost() -> None:
    exif = Image.Exif()
    exif[0x010F] = "CAMERA 8846"
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x0112] = 6
    photo = Image.effect_noise((600, 400), 60).convert("RGB")
    data = saved(photo, "JPEG", exif=exif, comment=b"COMMENT 8846")
    assert b"8846" in data
    pages = open_pages(data)
    assert pages.kind == "jpeg" and pages.sizes[0].height > pages.sizes[0].width
    redacted = redact(data, "", [Box(1, 0.5, 0.5, 1, 1, "第十四条", "国家秘密")])
    assert b"8846" not in redacted and b"Exif" not in redacted and verify(redacted) == ()
    dots = pictures(redacted)[0]
    assert dots.shape[0] > dots.shape[1] and dots[-20:, -20:].max() < BLACK


def test_a_box_on_a_turned_photo_lies_where_it_is_seen() -> None:
    photo = Image.new("RGB", (900, 600), "white")
    ImageDraw.Draw(photo).rectangle((0, 0, 90, 60), fill=(200, 0, 0))
    exif = Image.Exif()
    exif[0x0112] = 6  # what was top left is seen top right
    data = saved(photo, "JPEG", exif=exif)
    assert opened(data).sizes == open_pages(data).sizes
    seen = Image.open(io.BytesIO(page_image(data, 1))).convert("RGB")
    red, _, blue = seen.getpixel((seen.width - 5, 5))  # type: ignore[misc]
    assert red > 150 and blue < 60
    redacted = redact(data, "", [Box(1, 0.85, 0, 1, 0.15, "第十五条", "个人隐私")])
    [picture, _] = pictures(redacted)
    assert picture[:40, -40:].max() < BLACK and picture[-200:, :200].min() > 200


KINDS = [
    ("PNG", "RGBA"), ("PNG", "I;16"), ("TIFF", "CMYK"), ("BMP", "P"), ("WEBP", "RGB"), ("PNG", "LA"),
    ("TIFF", "1"), ("TIFF", "F"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "mode"), KINDS)
def test_pictures_of_every_kind_are_drawn_on_white(kind: str, mode: str) -> None:
    picture = Image.new("L", (300, 200), 255)
    ImageDraw.Draw(picture).rectangle((100, 50, 200, 150), fill=0)
    if mode == "I;16":
        made = Image.fromarray(np.asarray(picture).astype("uint16") * 257)
    elif mode in ("RGBA", "LA"):
        made = Image.new(mode, picture.size)
        made.putalpha(picture.point(lambda dot: 255 - dot))
    else:
        made = picture.convert("RGB" if mode == "CMYK" else mode).convert(mode)
    source = opened(saved(made, kind))
    assert source.kind == kind.lower()
    shown = np.asarray(source.raster(0, 200).image.convert("L"))
    assert shown[:10, :10].min() > 235
    assert shown[shown.shape[0] // 2, shown.shape[1] // 2] < 30


def test_a_fax_of_several_pages_keeps_its_proportions() -> None:
    sheet = Image.new("1", (1728, 1144), 1)
    ImageDraw.Draw(sheet).rectangle((400, 400, 900, 500), fill=0)
    as_fax = {"dpi": (204, 98), "compression": "group4", "save_all": True, "append_images": [sheet, sheet]}
    data = saved(sheet, "TIFF", **as_fax)
    pages = open_pages(data)
    assert pages.count == 3
    assert pages.sizes[2].width == pytest.approx(1728 / 204 * 72)
    assert pages.sizes[2].height == pytest.approx(1144 / 98 * 72)
    redacted = redact(data, "", [Box(3, 0.2, 0.3, 0.6, 0.5, "第十四条", "国家秘密")])
    assert len(pictures(redacted)) == 4


def test_pale_words_are_not_lost_in_black_and_white() -> None:
    pale = pdf([Paper()], "0.62 g BT /F 20 Tf 100 300 Td (pale words) Tj ET")
    dots = pictures(redact(pale, "", []))[0]
    assert 120 < dots.min() < 200


def test_colors_stay() -> None:
    stamp = pdf([Paper()], "1 0 0 RG 6 w 150 200 100 100 re S BT /F 20 Tf 100 400 Td (words) Tj ET")
    image = pypdfium2.PdfDocument(redact(stamp, "", []))[0].render().to_pil().convert("RGB")
    assert any(red > 180 and blue < 90 for _, (red, _, blue) in image.getcolors(1 << 20))  # type: ignore[misc, union-attr]


@pytest.mark.parametrize("quality", [40, 75, 90])
def test_a_scan_does_not_grow(quality: int) -> None:
    rng = np.random.default_rng(quality)
    page = drawn(pdf([Paper()], WORDY), 1, 1600)
    dots = np.clip(np.asarray(page) * 0.85 + 25 + rng.normal(0, 4, (page.height, page.width)), 0, 255)
    scan = Image.fromarray(dots.astype("uint8"))
    data = saved(scan, "PDF", resolution=200, quality=quality)
    assert len(redact(data, "", [])) <= 1.5 * len(data)
    two = saved(scan.point(lambda dot: 255 if dot > 127 else 0, "1"), "PDF", resolution=300)
    assert len(redact(two, "", [])) <= 1.5 * len(two) + 3000


@pytest.mark.parametrize(
    "box",
    [(1, 0, 0, 1.1, 1), (1, 0.5, 0, 0.5, 1), (1, 0, -0.1, 1, 1), (0, 0, 0, 1, 1), (1, float("nan"), 0, 1, 1)],
)
def test_a_box_lies_within_its_page(box: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="a box"):
        Box(int(box[0]), *box[1:], article="第十五条", reason="")
    with pytest.raises(ValueError, match="an article"):
        Box(1, 0, 0, 1, 1, " ", "")


def test_a_box_on_a_page_that_is_not_there_is_refused() -> None:
    with pytest.raises(Unredactable, match="只有 1 页，遮盖框却画在第 2 页"):
        redact(pdf([Paper()]), "", [Paper().box(2)])


def test_a_reason_no_font_can_print_is_refused() -> None:
    with pytest.raises(Unwritable, match="没有这些字"):
        redact(pdf([Paper()]), "", [Box(1, 0, 0, 1, 1, "第十五条", "由\U0002fa1f负责")])


sides = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted).filter(lambda pair: pair[0] < pair[1])


@given(st.lists(st.tuples(sides, sides), min_size=1, max_size=6), st.sampled_from(["L", "RGB"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_dot_under_any_box_survives(places: list[tuple[list[float], list[float]]], mode: str) -> None:
    boxes = [Box(1, x[0], y[0], x[1], y[1], "第十五条", "") for x, y in places]
    grey = np.full((330, 240), 77, "uint8")
    image = Image.fromarray(grey).convert(mode)
    paint(image, in_order(boxes), 40)
    dots = np.asarray(image.convert("L"))
    covered = np.zeros(dots.shape, bool)
    for box in boxes:
        left, top, right, bottom = box.dots(240, 330)
        assert (
            left <= box.x0 * 240 and right >= box.x1 * 240 and top <= box.y0 * 330 and bottom >= box.y1 * 330
        )
        covered[top:bottom, left:right] = True
    assert (dots[~covered] == 77).all()
    other = Image.new(mode, image.size, "white")
    paint(other, in_order(boxes), 40)
    assert (
        np.asarray(other.convert("L"))[covered] == dots[covered]
    ).all()  # nothing depends on what was there


def test_sheet_is_known() -> None:
    [size] = open_pages(pdf([Paper()])).sizes
    assert (size.width, size.height) == SHEET
