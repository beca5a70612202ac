"""Blanks between groups of digits: kept where the font makes them narrow and in a ruled cell."""

from tests.documents.reading.pdfs import assembled, drawn, grid, lines, stroke, text, texts

UNEMBEDDED = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
    b"/Supplement 4>>/DW 1000/W[1[207 270 342 467 462 797 710 239 374 374 423 605 238 375 238 334] 17 26 462]"
    b"/FontDescriptor 5 0 R>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
    b"/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
)
"""A font that is not in the file; its blank is a fifth as wide as the font is high."""


def unembedded(words: str) -> bytes:
    content = b"BT /F 10 Tf 80 700 Td <%s> Tj ET" % words.encode("utf-16-be").hex().encode()
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[6 0 R]>>",
            *UNEMBEDDED,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
            b"/Resources<</Font<</F 3 0 R>>>>/Contents 7 0 R>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        ]
    )


def test_a_narrow_blank_between_digits_of_a_font_that_is_not_in_the_file_is_kept() -> None:
    assert lines(unembedded("电话：138 0013 8000")) == ["电话：138 0013 8000"]


def test_a_narrow_blank_between_ideographs_stays_out() -> None:
    assert lines(unembedded("姓 名：甄示范")) == ["姓名：甄示范"]


def ruled(*rows: tuple[str, str]) -> bytes:
    ys = [100 + 20 * number for number in range(len(rows) + 1)]
    page = "".join(stroke(*line) for line in grid((50, 150, 350), ys))
    for y, (left, right) in zip(ys, rows, strict=False):
        page += text(55, y + 14, left) + text(155, y + 14, right)
    return drawn(page)


def test_groups_of_one_number_in_a_ruled_cell_are_no_two_columns() -> None:
    data = ruled(("Zhen", "138 0013 8000"), ("Jia", "1 39001 39000"))
    assert texts(data) == [["Zhen", "138 0013 8000"], ["Jia", "1 39001 39000"]]
