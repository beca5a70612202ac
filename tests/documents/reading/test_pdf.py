"""Paragraphs, characters and page furniture of PDF files, and files that cannot be read."""

import time

import pytest
from documents.reading.pdfs import assembled, drawn, lines, locked, stroke, text, texts, typeset
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.reading import pdf
from gongkai.documents.reading.content import Unreadable

SENTENCE = "本机关全年主动公开政府信息一千二百三十四条，均在规定期限内通过政府网站公开。"


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        pdf.extract(data)
    return str(refusal.value)


def test_a_file_gives_its_kind_and_the_title_of_its_properties() -> None:
    content = pdf.extract(typeset('#set document(title: "样例县年度报告")\n样例县年度报告'))
    assert (content.kind, content.title) == ("pdf", "样例县年度报告")


def test_lines_of_a_paragraph_are_joined_and_indents_part_paragraphs() -> None:
    data = typeset(f"#set par(first-line-indent: (amount: 2em, all: true))\n{SENTENCE * 3}\n\n{SENTENCE * 2}")
    assert lines(data) == [SENTENCE * 3, SENTENCE * 2]


def test_a_paragraph_goes_on_over_a_page_end() -> None:
    data = typeset(
        f'#set page(numbering: "1")\n#set par(first-line-indent: (amount: 2em, all: true))\n{SENTENCE * 60}'
    )
    assert lines(data) == [SENTENCE * 60]


def test_paragraphs_of_one_full_line_each_stay_apart() -> None:
    width = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五。"
    data = typeset(f"#set par(first-line-indent: (amount: 2em, all: true))\n{width[:-4]}。\n\n{width[:-4]}。")
    assert len(lines(data)) == 2


def test_margins_that_change_sides_do_not_part_paragraphs() -> None:
    data = typeset(
        "#set page(margin: (inside: 110pt, outside: 60pt))\n"
        f"#set par(first-line-indent: (amount: 2em, all: true))\n{SENTENCE * 60}"
    )
    assert lines(data) == [SENTENCE * 60]


def test_headings_stay_lines_of_their_own() -> None:
    data = typeset(f"一、总体情况\n\n{SENTENCE * 2}\n\n（一）主动公开\n\n{SENTENCE * 2}")
    assert lines(data) == ["一、总体情况", SENTENCE * 2, "（一）主动公开", SENTENCE * 2]


def test_a_heading_below_a_full_line_starts_anew() -> None:
    full = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四。"
    assert lines(typeset(f"{full} \\ 二、主动公开政府信息情况")) == [full, "二、主动公开政府信息情况"]


def test_text_of_another_size_is_another_paragraph() -> None:
    full = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八"
    assert len(lines(typeset(f"#text(size: 10pt)[{full}一二三四五] \\ #text(size: 16pt)[一二三]"))) == 2


def test_text_far_below_is_another_paragraph() -> None:
    full = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八"
    assert len(lines(typeset(f"{full}\n#v(40pt)\n下文"))) == 2


def test_an_address_too_long_for_a_line_does_not_part_a_paragraph() -> None:
    words = "如对本报告有疑问，请与样例县政务公开办公室联系，电子邮箱："
    assert lines(typeset(f'{words} #"openness-office-of-sample-county@example.org"')) == [
        f"{words}openness-office-of-sample-county@example.org"
    ]


def test_latin_words_over_a_line_end_keep_their_blank() -> None:
    first, last = (
        "the quick brown fox jumps over the lazy dog and the",
        "other lazy dogs as well and once again at nightfall",
    )
    assert lines(drawn(text(80, 100, first) + text(80, 112, last))) == [f"{first} {last}"]


def test_a_short_line_ends_its_paragraph() -> None:
    first, last = "the quick brown fox jumps over the lazy dog and the", "other lazy dogs"
    assert lines(drawn(text(80, 100, last) + text(80, 112, first))) == [last, first]


@pytest.mark.parametrize("numbering", ["— 1 —", "- 1 -", "1", "1 / 1", "第1页 共1页"])
def test_page_numbers_are_dropped(numbering: str) -> None:
    bodies = ["甲县年度报告。", "乙县年度报告。", "丙县年度报告。"]
    pages = "\n#pagebreak()\n".join(bodies)
    assert lines(typeset(f'#set page(numbering: "{numbering}")\n{pages}')) == bodies


def test_a_number_alone_that_counts_nothing_stays() -> None:
    assert lines(drawn(text(80, 100, "Report of the year") + text(80, 700, "7"))) == [
        "Report of the year",
        "7",
    ]


def test_lines_that_stand_on_every_page_are_dropped() -> None:
    pages = [
        text(80, 20, "report.html") + text(80, 100, f"Body {word}") for word in ("alpha", "beta", "gamma")
    ]
    assert lines(drawn(*pages)) == ["Body alpha", "Body beta", "Body gamma"]


def test_a_page_without_text_changes_nothing() -> None:
    assert lines(drawn(text(80, 100, "Report of the year"), "", text(80, 100, "More of it"))) == [
        "Report of the year",
        "More of it",
    ]


def test_radicals_and_rare_characters_are_kept() -> None:
    said = "".join(lines(typeset("主任 喆堃 䶮 𬭎 ⼀ ⾏")))
    assert all(character in said for character in "喆堃䶮𬭎")


def test_bold_made_by_drawing_twice_is_read_once() -> None:
    page = text(80, 100, "Total") + text(80.3, 100, "Total") + text(200, 100, "11") + text(200.3, 100, "11")
    twice = "BT /F 10 Tf 80 700 Td (A) Tj 0.3 0 Td (A) Tj 6.7 0 Td (B) Tj ET"
    assert lines(drawn(page + twice)) == ["Total 11", "AB"]


def test_text_written_from_top_to_bottom_is_read_downwards() -> None:
    letters = "".join(
        f"1 0 0 1 110 {700 - 12 * place} Tm ({letter}) Tj " for place, letter in enumerate("WORD")
    )
    box = "".join(
        stroke(*line) for line in ((100, 120, 160, 120), (100, 220, 160, 220), (100, 120, 100, 220))
    )
    box += stroke(130, 120, 130, 220) + stroke(160, 120, 160, 220)
    assert texts(drawn(f"{box}BT /F 10 Tf {letters}ET {text(140, 170, '5')}")) == [["WORD", "5"]]


def test_glyphs_of_no_height_are_mended() -> None:
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[0.001 0 0 0.001 0 0]"
        b"/FirstChar 97/LastChar 97"
        b"/Widths[1000]/Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<<>>>>"
    )
    ink = b"1000 0 0 0 900 100 d1 0 0 900 100 re f"
    page = b"BT /F 10 Tf 80 700 Td (aaaa) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>",
        font,
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Length %d>>stream\n%s\nendstream" % (len(ink), ink),
    ]
    assert lines(assembled(objects)) == ["aaaa"]


def test_a_file_that_needs_a_password_is_refused() -> None:
    assert "密码" in refused(locked(b"secret"))


def test_a_file_locked_against_changes_alone_is_opened() -> None:
    assert "没有文字" in refused(locked(b""))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no PDF at all", drawn(text(80, 100, "x"))[:300]])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    assert "重新下载" in refused(data)


def test_a_file_with_a_broken_table_of_objects_is_mended() -> None:
    whole = drawn(text(80, 100, "Report of the year"))
    assert lines(whole.replace(b"startxref\n", b"startxref\n9")) == ["Report of the year"]


def test_a_file_without_pages_is_refused() -> None:
    no_pages = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"]
    assert "重新下载" in refused(assembled(no_pages))


def test_a_page_that_is_none_is_refused() -> None:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", b"(nothing)"]
    assert "第1页已损坏" in refused(assembled(objects))


def test_a_file_of_too_many_pages_is_refused() -> None:
    assert "501页" in refused(drawn(*([""] * 501)))


PICTURE = "q 500 0 0 700 40 60 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q\n"


def test_a_scan_is_refused() -> None:
    assert "扫描件" in refused(drawn(PICTURE, PICTURE, text(80, 100, "Covering letter of some words")))


def test_a_scanned_annex_does_not_matter() -> None:
    page = text(80, 100, "Report of the year")
    assert lines(drawn(page, PICTURE)) == ["Report of the year"]


def test_a_file_whose_font_names_no_characters_is_refused() -> None:
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[5 0 R]>>"
    descendant = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor 7 0 R>>"
    )
    page = b"BT /F 12 Tf 80 700 Td <00010002000300040005000600070008> Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 4 0 R>>>>/Contents 6 0 R>>",
        font,
        descendant,
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200>>",
    ]
    assert "字体" in refused(assembled(objects))


def test_a_watermark_at_a_slant_is_left_out() -> None:
    mark = "BT /F 50 Tf 0.87 0.5 -0.5 0.87 100 700 Tm (DRAFT) Tj ET\n"
    assert lines(drawn(mark + text(80, 100, "Report of the year"))) == ["Report of the year"]


def test_large_upright_text_is_kept() -> None:
    assert lines(drawn(text(80, 100, "Report", size=50))) == ["Report"]


def test_a_page_of_many_thousand_marks_is_read_in_time() -> None:
    dots = "".join(f"{x % 500} {x % 700} 1 1 re f\n" for x in range(60_000))
    started = time.monotonic()
    assert lines(drawn(text(80, 30, "Report of the year") + dots)) == ["Report of the year"]
    assert time.monotonic() - started < 10


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(1, 10), st.integers(1, 45)),
        st.sampled_from(["12", "7", "345", "a", "bcd", "3.", "-", "x9", "8%", "(2)", "5 (n"]),
        min_size=1,
        max_size=60,
    ),
    st.lists(
        st.tuples(st.integers(1, 11), st.integers(1, 11), st.integers(1, 50), st.integers(1, 50)), max_size=12
    ),
)
def test_nothing_is_lost_or_doubled_wherever_it_stands(  # type: ignore[no-untyped-def]
    words, boxes
) -> None:
    page = "".join(
        text(50 * x, 60 + 15 * y, word.replace("(", r"\(").replace(")", r"\)"))
        for (x, y), word in words.items()
    )
    for left, right, top, bottom in boxes:
        page += f"{50 * left - 5} {777 - 15 * top} {50 * (right - left)} {-15 * (bottom - top)} re S\n"
    content = pdf.extract(drawn(text(50, 30, "First line of the page") + page))
    read = "".join(cell.text for each in content.rows for cell in each.cells)
    drawn_words = "First line of the page" + "".join(words.values())
    assert sorted("".join(read.split())) == sorted("".join(drawn_words.split()))
