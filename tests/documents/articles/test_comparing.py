"""What changed since the last review, block by block."""

import time
from collections import Counter

from hypothesis import given

from gongkai.documents.articles import Article, Difference, Grid, Heading, Paragraph, differences
from tests.documents.articles.examples import ARTICLES, WHOLE

A, B, C = (
    Paragraph("招生范围是本县户籍儿童。"),
    Paragraph("报名时间是六月一日。"),
    Paragraph("咨询电话见附件。"),
)


def test_the_same_article_has_no_differences():
    assert differences(WHOLE, WHOLE) == ()


def test_a_changed_figure_is_a_changed_block_with_before_and_after():
    old = Article((Heading("一、时间"), A, B))
    now = Paragraph("报名时间是七月一日。")
    assert differences(old, Article((Heading("一、时间"), A, now))) == (
        Difference("changed", B, now, "一、时间"),
    )


def test_what_came_and_what_went_is_told_under_its_heading():
    old, new = Article((Heading("甲"), A, B)), Article((Heading("甲"), A, Heading("乙"), C))
    assert differences(old, new) == (
        Difference("removed", B, None, "甲"),
        Difference("added", None, Heading("乙"), "甲"),
        Difference("added", None, C, "乙"),
    )


def test_new_words_before_a_changed_block_are_told_first():
    changed = Paragraph("报名时间是七月二日。")
    assert differences(Article((B,)), Article((Heading("新"), changed))) == (
        Difference("added", None, Heading("新")),
        Difference("changed", B, changed, "新"),
    )


def test_a_changed_heading_heads_what_follows():
    found = differences(Article((Heading("一、招生范围"), A)), Article((Heading("一、招生的范围"), C, A)))
    assert [(d.kind, d.under) for d in found] == [("changed", ""), ("added", "一、招生的范围")]


def test_a_changed_cell_is_a_changed_table():
    old, new = Grid((("学校", "计划"), ("甲", "120"))), Grid((("学校", "计划"), ("甲", "130")))
    assert [d.kind for d in differences(Article((old,)), Article((new,)))] == ["changed"]


@given(ARTICLES, ARTICLES)
def test_what_is_told_turns_the_old_article_into_the_new(old, new):
    found = differences(old, new)
    gone = [d.before for d in found if d.before is not None]
    came = [d.after for d in found if d.after is not None]
    assert Counter(old.blocks) - Counter(gone) == Counter(new.blocks) - Counter(came)
    assert stands_in(gone, old.blocks)
    assert stands_in(came, new.blocks)


def stands_in(part, whole):
    """Whether the blocks come in the whole, in this order."""
    rest = iter(whole)
    return all(block in rest for block in part)


def test_two_long_articles_with_nothing_in_common_are_compared_in_time():
    old = Article(tuple(Paragraph(f"{n}甲乙丙丁" * 100) for n in range(300)))
    new = Article(tuple(Paragraph(f"{n}戊己庚辛" * 100) for n in range(300)))
    began = time.process_time()
    assert len(differences(old, new)) == 600
    assert time.process_time() - began < 8
