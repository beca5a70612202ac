"""Figures in prose: what is read as which, and what is left alone."""

from decimal import Decimal

import pytest
from hypothesis import strategies as st

from gongkai.law.report.narrative import chinese_number, claims, labels, plain
from tests.law.properties import for_all


def read(text: str, year: int | None = None) -> list[tuple[str, object]]:
    return [(claim.what, claim.value) for claim in claims({"overview": text}, year)]


SENTENCES = {
    "2023年全区受理政府信息公开申请21件，均在法定期限答复。": [("application.received", 21)],
    "共收到依申请公开0件。": [("application.received", 0)],
    "全年新收政府信息公开申请１，２３４件。": [("application.received", 1234)],
    "我局收到依申请公开三件。": [("application.received", 3)],
    "收到政府信息公开申请一百零三件。": [("application.received", 103)],
    "受理政府信息公开申请 749 件，其中自然人申请 741 件，法人或其他组织申请 8 件；共办理 718 件，"
    "结转下一年 31 件。": [
        ("application.received", 749),
        ("application.natural_person", 741),
        ("application.organizations", 8),
        ("application.handled", 718),
        ("application.carried_forward", 31),
    ],
    "答复政府信息公开申请3050件（含上年度结转申请34件，另有103件顺延到下年度答复）。": [
        ("application.handled", 3050),
        ("application.brought_forward", 34),
        ("application.carried_forward", 103),
    ],
    "予以公开及部分公开258件；不予公开35件；因不掌握等原因无法提供265件；不予处理158件；其他处理0件。": [
        ("application.granted_or_partly", 258),
        ("application.denied", 35),
        ("application.unable_to_provide", 265),
        ("application.not_processed", 158),
        ("application.otherwise_handled", 0),
    ],
    "本年度予以公开12件，部分公开3件。": [("application.granted", 12), ("application.partly_granted", 3)],
    "政府信息公开行政复议351件，其中结果维持72件，结果纠正64件，其他结果178件，尚未审结37件；行政诉讼46件，"
    "其中未经复议直接起诉26件，复议后起诉20件。": [
        ("reconsideration.total", 351),
        ("reconsideration.upheld", 72),
        ("reconsideration.overturned", 64),
        ("reconsideration.other_result", 178),
        ("reconsideration.pending", 37),
        ("litigation.total", 46),
        ("litigation.direct_suit", 26),
        ("litigation.suit_after_reconsideration", 20),
    ],
    "主动公开政府信息53条，其中通过政府网站公开政府信息14条，微信公开政府信息39条。": [
        ("publication.total", 53),
        ("publication.channel", 14),
        ("publication.channel", 39),
    ],
    "主动公开政府信息53条。其中网站14条，微信39条。": [
        ("publication.total", 53),
        ("publication.channel", 14),
        ("publication.channel", 39),
    ],
    "公开政府信息53条，制作政策解读21个，网站和微信各发布20条。": [("publication.total", 53)],
    "实际收取信息处理费共计400元。": [("fee.collected", 400)],
    "全年收取1.25万元信息处理费。": [("fee.collected", 12500)],
    "全年收取信息处理费99.5元。": [("fee.collected", Decimal("99.5"))],
    "2021年，无收取信息处理费情况。": [("fee.collected", 0)],
    "全年未收到政府信息公开申请，未发生因政府信息公开引起的行政复议、行政诉讼。": [
        ("application.received", 0),
        ("reconsideration.total", 0),
        ("litigation.total", 0),
    ],
}

LEFT_ALONE = [
    "根据《条例》（国令第711号）第二十条、国办公开办函〔2019〕60号文件，公开率100%。",
    "较上年增加5件申请，同比收到申请减少3件。",
    "全县共办理相关案件74件。",
    "其中收到网上申请20件。",
    "全年行政复议、行政诉讼案件共3件。",
    "组织新闻发布会12场，公开政府公报6期。",
    "未出现被复议机关纠正的情况。",
    "申请人提出咨询30件。",
    "政务新媒体共计95个。",
    "依申请公开政府信息3件。",
    "无。",
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES.items(), ids=SENTENCES)
def test_figures_are_read_as_what_they_count(sentence: str, expected: list[tuple[str, object]]) -> None:
    assert read(sentence) == expected


@pytest.mark.parametrize("sentence", LEFT_ALONE)
def test_numbers_that_count_nothing_known_are_left_alone(sentence: str) -> None:
    assert read(sentence) == []


def test_a_figure_of_another_year_is_left_alone() -> None:
    text = "2023年收到申请12件，2022年收到申请7件。"
    assert read(text, 2023) == [("application.received", 12)]
    assert read(text) == [("application.received", 12), ("application.received", 7)]


def test_rounded_figures_are_marked() -> None:
    text = "公开信息5500余条。收到申请近百件。公开信息1.2万条。收到申请12件。"
    found = claims({"overview": text})
    assert [(claim.value, claim.approximate) for claim in found] == [
        (5500, True),
        (100, True),
        (12000, True),
        (12, False),
    ]


def test_a_channel_keeps_its_name_and_a_claim_its_sentence() -> None:
    found = claims({"overview": "公开信息 3 条，其中网站 3 条。"})
    assert [claim.channel for claim in found] == ["", "网站"]
    assert found[0].sentence == "公开信息3条，其中网站3条"
    assert found[0].section == "overview"


def test_lines_wrapped_by_a_page_are_joined_but_not_paragraphs() -> None:
    assert plain("公开政\n府信息 12\n条。\n（二）依申请\n公开") == "公开政府信息12条。\n（二）依申请公开"
    wrapped = "2023年收到政府信息公\n开申请 3 \n件，结转下\n年度1件。"
    assert read(wrapped) == [("application.received", 3), ("application.carried_forward", 1)]


NUMBERS = {"零": 0, "三": 3, "十": 10, "十二": 12, "两百": 200, "一百零三": 103, "二〇": 20, "三千零五": 3005}


@pytest.mark.parametrize(("words", "number"), NUMBERS.items(), ids=NUMBERS)
def test_chinese_numbers(words: str, number: int) -> None:
    assert chinese_number(words) == number


def test_chinese_numbers_above_ten_thousand() -> None:
    assert chinese_number("一万两千") == 12000
    assert chinese_number("三亿") == 300_000_000


@for_all(st.integers(0, 99_999), st.sampled_from(["", " ", "\n"]))
def test_any_count_is_read_however_it_is_spaced(count: int, space: str) -> None:
    assert read(f"共收到政府信息公开申请{space}{count}{space}件。") == [("application.received", count)]


@for_all(
    st.text(
        alphabet="收到公开申请信息复议诉讼结转年度，。；（）0123456789件条十百万元第〔〕% \n", max_size=60
    )
)
def test_no_text_is_too_strange_to_read(text: str) -> None:
    for claim in claims({"overview": text}):
        assert claim.what in labels() or claim.what == "publication.channel"
        assert claim.value >= 0
