"""Posters: every word on paper, large enough for two meters, each sheet complete in itself."""

import time
from dataclasses import replace
from datetime import date

import pytest

from gongkai.documents.articles import Article, Grid, Heading, Paragraph, Picture
from gongkai.documents.posters import SIX_DISCLOSURES, SIZES, Board, directory, guide_poster, poster
from gongkai.documents.writing import Unwritable
from tests.documents.posters.board import (
    BOARD,
    PICTURE,
    article,
    finder,
    guide,
    is_tagged,
    pages,
    picture,
    sheet,
    sizes,
    smallest_type,
)

MILLIMETERS = {"A3": (297, 420), "A4": (210, 297)}


@pytest.mark.parametrize("size", SIZES)
def test_a_poster_says_who_what_when_and_whom_to_call(size):
    pdf = poster(sheet(), size)
    text = "".join(pages(pdf))
    for words in (
        "政务公开栏", "示例市教育局", "2026年义务教育阶段招生入学工作安排", "示教〔2026〕12号",
        "成文日期：2026年4月1日", "发布日期：2026年4月8日", "责任科室：基础教育科", "一、总体要求", "第1段。",
        "招生平台", "适龄儿童", "示例第一小学", "图1", "监督电话：0000-0000000", "扫码查看网上原文",
        "https://gk.example.gov.cn/items/2026-00012",
    ):  # fmt: skip
        assert words in text, words
    assert "rx.example.gov.cn" not in text  # paper cannot be clicked
    assert set(sizes(pdf)) == {MILLIMETERS[size]}


def test_every_sheet_of_a_long_publication_hangs_by_itself():
    texts = pages(poster(sheet(article=article(30))))
    assert len(texts) >= 3
    for number, text in enumerate(texts, 1):
        assert f"第{number}张/共{len(texts)}张" in text
        assert "示例市教育局" in text and "监督电话：0000-0000000" in text
        assert ("（续）" in text) == (number > 1)


def test_a_short_publication_is_one_sheet_in_larger_type():
    short, long = (
        poster(sheet(article=Article((Paragraph("示例通知。" * count),)), title="通知"))
        for count in (20, 900)
    )
    assert len(pages(short)) == 1 < len(pages(long))
    assert smallest_type(short, "示例通知") > smallest_type(long, "示例通知")


@pytest.mark.parametrize(("size", "points"), [("A3", 27.9), ("A4", 19.7)])
def test_running_text_is_never_smaller_than_what_is_read_from_two_meters(size, points):
    """Ten millimeters on A3, seven on A4."""
    assert smallest_type(poster(sheet(article=article(30)), size), "就近入学原则") >= points


def test_a_picture_does_not_make_the_words_smaller_than_they_need_be():
    given = {"article": Article((Paragraph("示例通知。"), Picture(PICTURE, "示意图"))), "title": "通知"}
    with_picture, without = (poster(sheet(**given, pictures=p)) for p in ({PICTURE: picture()}, {}))
    assert smallest_type(with_picture, "示例通知") == smallest_type(without, "示例通知")


def test_a_list_of_two_thousand_rows_is_printed_in_a_moment():
    rows = (("序号", "学校"), *((str(n), f"示例第{n}小学") for n in range(2000)))
    start = time.perf_counter()
    texts = pages(poster(sheet(article=Article((Grid(rows),)))))
    assert time.perf_counter() - start < 6 and "示例第1999小学" in texts[-1]
    assert all("序号学校" in text for text in texts)


def test_a_notice_says_from_when_until_when_and_where_to_object():
    text = pages(poster(sheet(notice_until=date(2026, 4, 15))))[0]
    assert "公示期：2026年4月8日至2026年4月15日" in text and "对公示有意见，请拨打0000-0000000" in text
    undated = pages(poster(sheet(notice_until=date(2026, 4, 15), published_on=None, board=Board("示例局"))))[
        0
    ]
    assert "公示期至2026年4月15日" in undated and "请拨打" not in undated


def test_a_board_without_page_or_phone_prints_neither_code_nor_number():
    text = "".join(pages(poster(sheet(board=Board("示例市教育局")))))
    assert "扫码" not in text and "监督电话" not in text and "第1张" in text


def test_a_picture_that_is_missing_or_broken_is_printed_as_its_words():
    for pictures in ({}, {"a" * 64: b"no picture"}):
        assert "图片：学区划分示意图" in "".join(pages(poster(sheet(pictures=pictures))))


def test_a_wide_table_keeps_every_cell():
    rows = tuple(tuple(f"格{row}之{column}" for column in range(12)) for row in range(5))
    text = "".join(pages(poster(sheet(article=Article((Grid(rows),))))))
    assert all(cell in text for row in rows for cell in row)


def test_a_table_of_heads_alone_or_without_heads_is_printed():
    for grid in (Grid((("甲", "乙"),)), Grid((("甲", "乙"), ("丙", "丁")), 0)):
        assert "甲" in pages(poster(sheet(article=Article((grid,)))))[0]


def test_an_article_as_offices_write_them_is_printed_all_the_same():
    """Levels left out, rows of unequal length, a picture nobody described."""
    odd = Article((Heading("（1）三级", 3), Grid((("甲",), ("乙", "丙"))), Picture(PICTURE, "")))
    assert "丙" in pages(poster(sheet(article=odd)))[0]
    assert "没有说明的图片" in pages(poster(sheet(article=odd, pictures={})))[0]


def test_what_looks_like_markup_is_printed_as_it_stands():
    odd = '#let x = 1 *粗* $x$ @y <z> \\ [甲](javascript:alert) "'
    text = "".join(pages(poster(sheet(title=odd, section=odd, article=Article((Paragraph(odd),))))))
    assert text.count("#letx=1*粗*$x$@y<z>\\[甲](javascript:alert)") >= 3


def test_a_title_of_any_length_is_printed_whole():
    for count in (1, 13, 27, 60, 200):
        assert "示" * count in "".join(pages(poster(sheet(title="示" * count))))


def test_sheets_can_be_read_aloud():
    for pdf in (poster(sheet()), directory(finder()), guide_poster(guide())):
        assert is_tagged(pdf)


def test_the_same_sheet_gives_the_same_bytes():
    assert poster(sheet()) == poster(sheet())


def test_another_paper_and_an_endless_address_are_refused_in_one_sentence():
    with pytest.raises(Unwritable, match="A3、A4"):
        poster(sheet(), "A2")
    endless = replace(BOARD, address="https://gk.example.gov.cn/" + "a" * 4000)
    with pytest.raises(Unwritable, match="网址太长"):
        poster(sheet(board=endless))


def test_a_character_no_font_has_is_refused_rather_than_left_out():
    with pytest.raises(Unwritable, match="没有这些字"):
        poster(sheet(section="\ue123科"))


def test_the_finder_says_what_for_whom_where():
    text = "".join(pages(directory(finder())))
    for words in (
        "找哪个人、办哪件事",
        "教师资格认定",
        "甄示范1",
        "行政审批科",
        "302室",
        "0000-0000001",
        "周一至周五",
    ):
        assert words in text, words
    assert "更新日期：2026年3月2日" in text


def test_a_finder_of_a_large_office_goes_on_with_its_heads():
    texts = pages(directory(finder(40), "A4"))
    assert len(texts) > 1 and all("要办的事找谁房间电话" in text for text in texts)
    assert sum(text.count("教师资格认定") for text in texts) == 40


def test_an_empty_finder_and_empty_cells_are_printed():
    empty = finder(0)
    assert "要办的事" in pages(directory(empty))[0]
    row = replace(finder(1).rows[0], person="", section="", matters=())
    assert "—" in pages(directory(replace(empty, rows=(row,))))[0]


def test_a_guide_shows_the_six_disclosures_on_one_sheet():
    for size in SIZES:
        [text] = pages(guide_poster(guide(updated_on=date(2026, 3, 2)), size))
        assert all(name in text for _, name in SIX_DISCLOSURES)
        assert "《教师资格条例》第十三条。" in text and "4.领证。" in text and "30个工作日" in text


def test_a_disclosure_that_is_missing_says_so():
    [text] = pages(guide_poster(guide(disclosures={"basis": ("依据在此。",)}, facts=())))
    assert text.count("（未填写）") == 5
