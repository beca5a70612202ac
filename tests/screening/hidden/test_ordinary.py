"""Ordinary files are not flagged: programs leave much in them that tells nobody anything."""
# ruff: noqa: E501 (what is planted is written in one piece)

import io
import struct
from random import Random

import docx
import openpyxl
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from gongkai.documents.writing import KINDS, write
from gongkai.screening.hidden import clean, inspect
from gongkai.screening.hidden.names import holds_data, is_local, is_ordinary_name
from gongkai.screening.hidden.opening import look
from tests.documents.writing.reports import a_report
from tests.screening.hidden.carriers import CARRIERS, pdf_by_hand, picture, word
from tests.screening.hidden.packages import before, edited, related
from tests.screening.hidden.plant_images import photograph


@pytest.mark.parametrize("number", range(2 * len(CARRIERS)))
def test_a_file_nobody_hid_anything_in_is_clean_and_stays_as_it_is(number: int) -> None:
    carrier = CARRIERS[number % len(CARRIERS)](Random(number))
    assert inspect(carrier.data, carrier.name) == ()
    assert clean(carrier.data, carrier.name) == carrier.data


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "json"])
def test_what_we_write_ourselves_is_clean(kind: str) -> None:
    assert inspect(write(a_report("fy2021"), kind), f"年报.{kind}") == ()


def codes(data: bytes) -> set[str]:
    return {hit.code for hit in look(data, "")}


def changed(change: object, pages: int = 1) -> bytes:
    with pikepdf.open(io.BytesIO(pdf_by_hand(Random(1), pages).data)) as document:
        change(document)  # type: ignore[operator]
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def image(document: pikepdf.Pdf, shown: Image.Image, mask: Image.Image | None = None) -> pikepdf.Object:
    stream = document.make_stream(shown.convert("RGB").tobytes())
    stream.Type, stream.Subtype, stream.Width, stream.Height = Name.XObject, Name.Image, *shown.size
    stream.ColorSpace, stream.BitsPerComponent = Name.DeviceRGB, 8
    if mask is not None:
        soft = document.make_stream(mask.convert("L").tobytes())
        soft.Type, soft.Subtype, soft.Width, soft.Height = Name.XObject, Name.Image, *mask.size
        soft.ColorSpace, soft.BitsPerComponent = Name.DeviceGray, 8
        stream.SMask = soft
    return stream


def sealed(document: pikepdf.Pdf) -> None:
    """A seal with a clear ground over words."""
    seal, mask = Image.new("RGB", (60, 60), "red"), Image.new("L", (60, 60), 0)
    mask.paste(255, (25, 0, 35, 60))
    page = document.pages[0]
    page.obj.Resources.XObject = Dictionary(S=image(document, seal, mask))
    page.contents_add(b"q 120 0 0 120 60 660 cm /S Do Q")


def scanned(black: bool) -> bytes:
    """A scan with the words a program read off it, unseen; half of them under a black bar in the scan."""

    def change(document: pikepdf.Pdf) -> None:
        paper = Image.effect_noise((300, 400), 90).convert("RGB")
        if black:
            paper.paste("black", (0, 150, 300, 250))
        page = document.pages[0]
        page.obj.Resources.XObject = Dictionary(S=image(document, paper))
        page.obj.Contents = document.make_stream(
            b"q 595 0 0 842 0 0 cm /S Do Q BT 3 Tr /F 12 Tf 100 420 Td (Read off) Tj ET"
        )

    return changed(change)


def test_a_seal_over_words_hides_none() -> None:
    assert codes(changed(sealed)) == set()


def test_words_read_off_a_scan_are_no_finding_unless_the_scan_was_blackened_there() -> None:
    assert codes(scanned(black=False)) == set()
    assert codes(scanned(black=True)) == {"pdf.invisible_text"}


def test_an_empty_form_and_links_to_the_web_are_no_finding() -> None:
    def change(document: pikepdf.Pdf) -> None:
        field = document.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), Rect=[9, 9, 99, 30]
            )
        )
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=[9, 9, 99, 30],
            A=Dictionary(S=Name.URI, URI=String("https://www.example.gov.cn/")),
        )
        document.pages[0].obj.Annots = Array([field, document.make_indirect(link)])
        document.Root.AcroForm = Dictionary(Fields=Array([field]))

    assert codes(changed(change)) == set()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_white_words_on_a_dark_ground_are_seen_however_the_page_lies(turn: int) -> None:
    def change(document: pikepdf.Pdf) -> None:
        for page in document.pages:
            page.obj.Rotate = turn

    assert codes(changed(change)) == set()

    def hide(document: pikepdf.Pdf) -> None:
        change(document)
        document.pages[0].obj.CropBox = Array([20, 30, 500, 800])
        document.pages[0].contents_add(b"BT 1 1 1 rg /F 12 Tf 80 100 Td (Secret) Tj ET")

    assert codes(changed(hide)) == {"pdf.white_text"}


def test_the_second_end_of_a_pdf_by_word_is_no_older_version() -> None:
    data = pdf_by_hand(Random(1), 1).data
    place = data[data.rindex(b"startxref") :].split()[1]
    again = data + b"\nxref\n0 0\ntrailer\n<</Size 1>>\nstartxref\n" + place + b"\n%%EOF\n"
    assert "pdf.old_revision" not in codes(again)


def test_a_letter_of_wps_is_clean() -> None:
    """With its mark of the computer, the shell of its own XML and its version."""
    data = word(Random(1)).data
    variables = '<w:docVars><w:docVar w:name="commondata" w:val="eyJoZGlkIjoiMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAifQ=="/></w:docVars>'
    data = before(data, "word/settings.xml", "</w:settings>", variables)
    shell = b'<s:customData xmlns="http://www.wps.cn/officeDocument/2013/wpsCustomData" xmlns:s="http://www.wps.cn/officeDocument/2013/wpsCustomData"><customSectProps><customSectPr/></customSectProps></s:customData>'
    data, _ = related(data, "word/document.xml", "customXml", "customXml/item1.xml", shell)
    sources = b'<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography" SelectedStyle="\\APA.XSL"/>'
    data, _ = related(data, "word/document.xml", "customXml", "customXml/item2.xml", sources)
    properties = b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property name="KSOProductBuildVer"><vt:lpwstr>2052-12.1.0</vt:lpwstr></property></Properties>'
    data, _ = related(data, "", "custom-properties", "docProps/custom.xml", properties)
    assert codes(data) == set()


def test_page_numbers_of_even_pages_that_never_come_are_no_finding() -> None:
    data = word(Random(1)).data
    footer = b'<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>- 2 -</w:t></w:r></w:p></w:ftr>'
    data, key = related(data, "word/document.xml", "footer", "word/footer9.xml", footer)
    data = edited(
        data,
        "word/document.xml",
        lambda text: text.replace("<w:pgSz", f'<w:footerReference w:type="even" r:id="{key}"/><w:pgSz', 1),
    )
    assert codes(data) == set()


def test_numbers_that_hide_only_zero_are_seen() -> None:
    book = openpyxl.Workbook()
    for row, (value, code) in enumerate(((5, "0;;"), (0, "0;-0;;@"), (-3, "0;-0;"), ("文", "0;;;@")), 1):
        cell = book.active.cell(row, 1, value)
        cell.number_format = code
    out = io.BytesIO()
    book.save(out)
    assert codes(out.getvalue()) == set()


def test_names_of_programs_are_no_authors() -> None:
    assert all(
        map(is_ordinary_name, ("", " ", "openpyxl", "微软用户", "Administrator", "user1", "WPS Office", "\0"))
    )
    assert not any(map(is_ordinary_name, ("甄示范", "zhenshifan", "示例有限公司")))


def test_a_description_that_only_describes_is_no_data() -> None:
    plain = (
        "微信图片_20230516143322.jpg",
        "mmexport1684219462000.jpg",
        "会议室里坐着三排人",
        "图片1",
        "IMG_0001.png",
        "",
    )
    assert not any(map(holds_data, plain))
    assert all(
        map(holds_data, ("身份证000000200001010000", "C:\\Users\\x\\1.png", "a@example.com", "字" * 200))
    )


def test_links_to_the_web_are_not_local() -> None:
    assert not any(
        map(is_local, ("https://www.gov.cn/", "#top", "附件.docx", "mailto:x@example.com", "/files/1.pdf"))
    )
    assert all(map(is_local, ("file:///C:/x", "\\\\server\\x", "D:\\x.doc", "c:/x", "/home/x/1")))


def test_a_cleaned_photograph_stands_upright() -> None:
    data = photograph(Random(1), gps=True, orientation=6)
    cleaned = clean(data, "照片.jpg")
    with Image.open(io.BytesIO(data)) as old, Image.open(io.BytesIO(cleaned)) as new:
        assert new.size == old.size[::-1]
        assert dict(new.getexif()) == {}


def test_a_cleaned_picture_keeps_its_dots_to_the_bit() -> None:
    for kind in ("JPEG", "PNG", "WEBP"):
        data = photograph(Random(2), artist=True, kind=kind)
        with Image.open(io.BytesIO(data)) as old, Image.open(io.BytesIO(clean(data, "图"))) as new:
            assert old.convert("RGB").tobytes() == new.convert("RGB").tobytes()


def test_a_telephone_picture_says_where_it_was_taken_and_cannot_be_cleaned() -> None:
    from gongkai.screening.hidden import Uncleanable

    exif = Image.Exif()
    exif[0x0131] = "Demo"
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 1.0, 2.0)})
    block = exif.tobytes()
    data = struct.pack(">I", 24) + b"ftypheic" + bytes(12) + block
    assert codes(data) == {"image.location"}
    with pytest.raises(Uncleanable):
        clean(data, "图.heic")


def test_cropping_keeps_what_is_shown() -> None:
    document = docx.Document()
    document.add_picture(io.BytesIO(picture(Random(1), "PNG", (200, 100))))
    out = io.BytesIO()
    document.save(out)
    data = edited(
        out.getvalue(),
        "word/document.xml",
        lambda text: text.replace("<a:stretch>", '<a:srcRect l="25000" b="50000"/><a:stretch>'),
    )
    kept = docx.Document(io.BytesIO(clean(data, "文.docx")))
    [part] = [one.target_part for one in kept.part.rels.values() if "image" in one.reltype]
    with Image.open(io.BytesIO(part.blob)) as shown:
        assert shown.size == (150, 50)
