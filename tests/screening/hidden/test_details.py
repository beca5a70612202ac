"""Single marks of formats that no planted file has."""
# ruff: noqa: E501 (what is planted is written in one piece)

import io
from random import Random

import pikepdf
import pytest
from lxml import etree
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from gongkai.documents.reading.content import Unreadable
from gongkai.screening.hidden import clean
from gongkai.screening.hidden.opening import look
from gongkai.screening.hidden.segments import segments
from gongkai.screening.hidden.sheet_styles import looks, sections
from tests.documents.reading.olefiles import ole
from tests.screening.hidden.carriers import book, pdf_by_hand, picture, slides, word
from tests.screening.hidden.packages import before, edited, related
from tests.screening.hidden.plant_images import chunk


def codes(data: bytes) -> set[str]:
    return {hit.code for hit in look(data, "")}


@pytest.mark.parametrize(
    ("stream", "code"),
    [("Macros", "part.macro"), ("MBD0001", "part.embedded"), ("_SX_DB_CUR", "book.pivot_cache"), ("Revision Log", "book.revision")],
)  # fmt: skip
def test_storages_of_old_files_tell_what_they_are(stream: str, code: str) -> None:
    assert codes(ole({stream: b"x"})) == {code}


def test_an_old_file_without_its_parts_is_damaged() -> None:
    with pytest.raises(Unreadable):
        codes(ole({"WordDocument": b"x"}))
    with pytest.raises(Unreadable):
        codes(ole({"Workbook": b"x"}))
    with pytest.raises(Unreadable):
        codes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))


STYLES = """<styleSheet><numFmts><numFmt numFmtId="170" formatCode='0;"";"";'/></numFmts>
<fonts><font><sz val="bad"/><color theme="0"/></font><font><sz val="11"/><color theme="0" tint="-0.5"/></font>
<font><color indexed="9"/></font><font><color indexed="8"/></font><font><color theme="1"/></font><font><sz val="1"/></font></fonts>
<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><gradientFill/></fill><fill><patternFill patternType="solid"><fgColor theme="0" tint="x"/></patternFill></fill>
<fill><patternFill patternType="solid"><fgColor indexed="8"/></patternFill></fill></fills>
<cellXfs><xf fontId="0" fillId="0"/><xf fontId="1" fillId="0"/><xf fontId="2" fillId="3"/><xf fontId="3" fillId="4"/>
<xf fontId="4" fillId="0"/><xf fontId="2" fillId="1"/><xf fontId="2" fillId="2"/><xf fontId="5"/><xf numFmtId="170" fontId="99"/></cellXfs></styleSheet>"""


def test_colors_of_cells_by_theme_and_number() -> None:
    found = looks(etree.fromstring(STYLES))
    assert {number: look.code for number, look in found.items()} == {
        0: "cell.white_text",
        2: "cell.white_text",
        3: "cell.white_text",
        7: "cell.tiny_text",
        8: "",
    }
    look = found[8]
    assert [
        look.hides(*one) for one in (("-3", True), ("3", True), ("0", True), ("文", False), ("x", True))
    ] == ["cell.format", "", "", "cell.format", ""]
    assert looks(None) == {}


def test_sections_of_number_formats() -> None:
    assert sections("0.00") == ()
    assert sections('0;"a;b";') == (False, False, True)
    assert sections(";;;") == (True,) * 4
    assert sections("[Red]0;[Blue];") == (False, True, True)
    assert sections("* ;0") == (False, False)


def changed(change: object) -> bytes:
    with pikepdf.open(io.BytesIO(pdf_by_hand(Random(1), 2).data)) as document:
        change(document)  # type: ignore[operator]
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def test_layers_off_by_default_and_forms_of_them() -> None:
    def change(document: pikepdf.Pdf) -> None:
        group, other = (
            document.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in "甲乙"
        )
        form = document.make_stream(b"0 0 10 10 re f")
        form.Type, form.Subtype, form.BBox, form.OC = (
            Name.XObject,
            Name.Form,
            [0, 0, 10, 10],
            Dictionary(Type=Name.OCMD, OCGs=Array([group])),
        )
        document.pages[1].obj.Resources.XObject = Dictionary(X=form)
        document.pages[1].contents_add(b"/X Do")
        document.Root.OCProperties = Dictionary(
            OCGs=Array([group, other]), D=Dictionary(BaseState=Name.OFF, ON=Array([other]))
        )

    data = changed(change)
    assert codes(data) == {"pdf.layer"}
    with pikepdf.open(io.BytesIO(clean(data, "x"))) as document:
        assert "/OCProperties" not in document.Root
        assert "/F" in document.pages[0].Resources.Font and "/Font" not in document.pages[1].Resources


def test_forms_of_their_own_kind_and_links_into_other_files() -> None:
    def change(document: pikepdf.Pdf) -> None:
        document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String("<x/>"))
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=[1, 1, 9, 9],
            A=Dictionary(S=Name.GoToR, F=String("其他.pdf")),
        )
        document.pages[0].obj.Annots = Array([document.make_indirect(link)])

    data = changed(change)
    assert codes(data) == {"pdf.form_value", "link.local"}
    assert codes(clean(data, "x")) == set()


def test_a_pdf_in_linear_order_has_two_ends_and_no_older_version() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_by_hand(Random(1), 2).data)) as document:
        document.save(out, linearize=True)
    assert codes(out.getvalue()) == set()


def test_a_locked_pdf_is_refused() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_by_hand(Random(1), 1).data)) as document:
        document.save(out, encryption=pikepdf.Encryption(user="x", owner="y"))
    with pytest.raises(Unreadable, match="密码"):
        codes(out.getvalue())


def test_places_of_metadata() -> None:
    packet = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">{0}</rdf:Description></rdf:RDF></x:xmpmeta>'

    def told(inner: str) -> set[str]:
        def change(document: pikepdf.Pdf) -> None:
            document.Root.Metadata = document.make_stream(packet.replace("{0}", inner).encode())

        return codes(changed(change))

    assert told(
        "<dc:description><rdf:Alt><rdf:li>ID 000000200001010000</rdf:li></rdf:Alt></dc:description>"
    ) == {"pdf.xmp"}
    assert told('<photoshop:DocumentAncestors xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"/>') == {
        "pdf.xmp"
    }
    assert told("<dc:title><rdf:Alt><rdf:li>年度报告</rdf:li></rdf:Alt></dc:title>") == set()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_pictures_cut_anywhere_are_no_error(kind: str) -> None:
    data = picture(Random(1), kind, comment="x") if kind in ("JPEG", "GIF") else picture(Random(1), kind)
    for cut in range(12, len(data), 5):
        found = segments(data[:cut])
        assert found is None or isinstance(found.plain, bytes)


def test_a_moving_gif_keeps_its_pictures() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "green", "blue")]
    frames[0].save(
        out, "GIF", save_all=True, append_images=frames[1:], duration=50, loop=0, comment="甄示范".encode()
    )
    data = out.getvalue()
    assert codes(data) == {"image.text"}
    with Image.open(io.BytesIO(clean(data, "x.gif"))) as kept:
        assert kept.n_frames == 3 and kept.info["loop"] == 0


def test_chunks_programs_write_are_kept_out_but_no_finding() -> None:
    data = picture(Random(1), "PNG")
    assert (
        codes(
            data[:33]
            + chunk(b"tIME", b"\x07\xea\x01\x01\0\0\0")
            + chunk(b"tEXt", b"Software\0Demo")
            + data[33:]
        )
        == set()
    )


def test_what_sheets_keep_beside_their_cells() -> None:
    carrier = book(Random(1))
    sheet = "xl/worksheets/sheet1.xml"
    tags = "<smartTags><cellSmartTags r='A1'/></smartTags>"
    assert codes(
        edited(carrier.data, sheet, lambda text: text.replace("</worksheet>", tags + "</worksheet>"))
    ) == {"part.custom_xml"}
    data, key = related(carrier.data, sheet, "customProperty", "xl/customProperty1.bin", b"x")
    own = f'<customProperties><customPr name="x" r:id="{key}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></customProperties>'
    data = before(data, sheet, "</worksheet>", own)
    assert codes(data) == {"part.custom_xml"} and codes(clean(data, "x")) == set()
    shared = before(carrier.data, "xl/workbook.xml", "<bookViews", '<fileSharing userName="甄示范"/>')
    assert codes(shared) == {"props.author"} and codes(clean(shared, "x")) == set()
    printer, _ = related(
        carrier.data,
        sheet,
        "printerSettings",
        "xl/printerSettings/p.bin",
        "HP".encode("utf-16-le") + bytes(90),
    )
    assert codes(printer) == set()


@pytest.mark.parametrize(
    ("change", "expected"),
    [('<p:bg><p:bgPr><a:solidFill><a:srgbClr val="000000"/></a:solidFill></p:bgPr></p:bg>', set()), ("", {"slide.white_text"})],
)  # fmt: skip
def test_white_words_on_slides_with_a_ground(change: str, expected: set[str]) -> None:
    carrier = slides(Random(1))
    part = "ppt/slides/slide1.xml"
    data = edited(
        carrier.data,
        part,
        lambda text: text.replace(
            'sz="1800"></a:rPr>', 'sz="1800"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:rPr>', 1
        ).replace("<p:spTree>", change + "<p:spTree>", 1),
    )
    assert codes(data) == expected


def test_a_shape_of_vml_that_is_invisible() -> None:
    xml = '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="visibility:hidden"><v:textbox><w:txbxContent><w:p><w:r><w:t>甄示范</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>'
    data = before(word(Random(1)).data, "word/document.xml", "<w:sectPr", xml)
    assert codes(data) == {"shape.hidden"}
    assert codes(clean(data, "x")) == set()


def test_objects_and_links_in_rich_text() -> None:
    assert codes(rb"{\rtf1{\info{\author Zhen Shifan}{\company WPS}}{\object{\objdata 0105}}\cf1 x\par{\v hidden}{\deleted gone}{\revised new}{\fs2 tiny}}") == {
        "props.author", "part.embedded", "word.vanish", "word.deletion", "word.insertion", "word.tiny_text",
    }  # fmt: skip
    assert codes(rb"{\rtf1{\colortbl;\red255\green255\blue255;}\cf1 white\plain black}") == {
        "word.white_text"
    }


HALF_COVERED = (
    "BT /F 12 Tf 60 400 Td (Name and number 000000199001011234) Tj ET {color} 150 396 120 16 re f {after}"
)


@pytest.mark.parametrize("color", ["0 g", "1 g", "0.6 0.1 0.1 rg"])
def test_a_box_over_the_end_of_a_line_hides_only_that_and_is_told(color: str) -> None:
    data = drawn(HALF_COVERED.format(color=color, after=""))
    [hit] = [hit for hit in look(data, "") if hit.code == "pdf.under_box"]
    assert "9001" not in hit.excerpt  # an excerpt is masked
    assert codes(clean(data, "x.pdf")) == set()


@pytest.mark.parametrize(
    "content",
    [
        "0.9 g 150 396 120 16 re f 0 g BT /F 12 Tf 60 400 Td (Name and number 000000199001011234) Tj ET",
        HALF_COVERED.format(color="/Pale gs 1 1 0 rg", after=""),
        "BT /F 12 Tf 60 400 Td (Name and number) Tj ET 0 g 60 398 120 1 re f 150 380 120 16 re f",
    ],
    ids=["box first", "see-through", "rule under it and a box below"],
)
def test_a_box_that_hides_no_letter_is_none(content: str) -> None:
    assert codes(drawn(content)) == set()


def drawn(content: str) -> bytes:
    """A page with this added to what it draws."""
    with pikepdf.open(io.BytesIO(pdf_by_hand(Random(1), 1).data)) as document:
        pale = Dictionary(Type=Name.ExtGState, ca=0.4)
        document.pages[0].obj.Resources.ExtGState = Dictionary(Pale=document.make_indirect(pale))
        document.pages[0].contents_add(f"q {content} Q".encode())
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
