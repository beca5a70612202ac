"""The board on a screen: what hangs, in sheets, without anything that is not public."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.articles import Article, Grid, Heading, Listing, Paragraph
from gongkai.portal.kiosk_sheets import LINE, ROOM, sheets_of, weight
from gongkai.publishing.actions.finder import add_finder_line
from gongkai.publishing.actions.postings import post_item, take_down
from gongkai.publishing.actions.releasing import withdraw_item
from gongkai.publishing.models import Item, Posting, Publication
from tests.agencies.cast import Cast
from tests.publishing.office import Publisher, an_item, content, published, publisher

WORDS = re.compile(r"\s|·|\d+\. ")


@pytest.fixture
def office(cast: Cast) -> Publisher:
    return publisher(cast)


def hung(office: Publisher, title: str, text: str = "请各学校认真落实。", **given) -> Publication:
    """Something public that hangs on the wall."""
    channels = given.pop("channels", ["website"])
    item = an_item(office, content(title, text, **given.pop("said", {})), **given.pop("placed", {}))
    publication = published(office, item, channels=channels, at=timezone.now())
    post(office, publication, **given)
    return publication


def post(office: Publisher, publication: Publication, **given) -> Posting:
    return post_item(
        item=Item.objects.get(pk=publication.item_id), channel="bulletin_board",
        posted_on=timezone.localdate(), by=office.officer, at=timezone.now(), **given,
    )  # fmt: skip


def page() -> str:
    answer = Client().get("/board/edu/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.django_db
class TestTheScreen:
    def test_it_shows_what_hangs_with_a_code_to_its_page(self, office, settings):
        settings.NOTICES_SITE_URL = "https://gk.example.gov.cn"
        publication = hung(office, "关于示例招生的通知")
        shown = page()
        assert "关于示例招生的通知" in shown and "请各学校认真落实" in shown
        assert f'href="/items/{publication.item_id}/"' in shown
        assert "data:image/svg+xml;base64," in shown

    def test_what_is_public_but_does_not_hang_is_not_on_it(self, office):
        published(office, an_item(office, content("不上栏的示例")), at=timezone.now())
        assert "不上栏的示例" not in page()

    def test_what_is_not_on_the_website_is_not_on_this_page_of_it(self, office):
        hung(office, "只在微信的示例", channels=["wechat"])
        published(office, an_item(office, content("网站示例")), at=timezone.now())
        assert "只在微信的示例" not in page()

    def test_a_draft_and_what_is_in_review_are_not_on_it(self, office):
        hung(office, "上栏示例")
        an_item(office, content("草稿示例标题"))
        assert "草稿示例标题" not in page()

    def test_what_was_withdrawn_is_gone_at_once(self, office):
        publication = hung(office, "撤下的示例")
        hung(office, "留下的示例")
        assert "撤下的示例" in page()
        item = Item.objects.get(pk=publication.item_id)
        withdraw_item(item=item, reason="有误", by=office.officer, at=timezone.now())
        assert "撤下的示例" not in page() and "留下的示例" in page()

    def test_a_sheet_that_was_taken_off_or_is_over_is_gone(self, office):
        off, over = hung(office, "取下的示例"), hung(office, "期满的示例")
        take_down(
            posting=off.item.postings.get(channel="bulletin_board"), removed_on=timezone.localdate(),
            by=office.officer, at=timezone.now(),
        )  # fmt: skip
        past = timezone.localdate() - timedelta(days=1)
        over.item.postings.filter(channel="bulletin_board").update(until_on=past)
        assert "取下的示例" not in page() and "期满的示例" not in page()

    def test_guides_stand_there_with_their_six_disclosures(self, office):
        said = {"details": {"basis": "示例依据。", "result": "示例结果。"}}
        item = an_item(office, content("转学办事指南", **said), kind="service_guide")
        published(office, item, at=timezone.now())
        shown = page()
        assert "转学办事指南" in shown and "示例依据" in shown and "示例结果" in shown

    def test_the_finder_comes_first(self, office):
        hung(office, "示例通知")
        values = {
            "matter": "孩子转学", "section": office.section, "person": "窗口值班人员", "room": "203室",
            "phone": "0000-1234567",
        }  # fmt: skip
        add_finder_line(agency=office.agency, values=values, by=office.officer, at=timezone.now())
        shown = page()
        assert shown.index("孩子转学") < shown.index("示例通知")
        assert "窗口值班人员" in shown and "203室" in shown

    def test_a_public_notice_says_until_when(self, office):
        until = timezone.localdate() + timedelta(days=3)
        hung(office, "示例公示", said={"ends_on": until}, placed={"kind": "public_notice"})
        assert f"正在公示，到{until.year}年{until.month}月{until.day}日" in page()

    def test_a_long_text_goes_on_over_several_sheets_and_ends_on_its_page(self, office):
        hung(office, "长示例", "这一句是示例。" * 900)
        shown = page()
        assert shown.count("data-seconds") == 8
        assert "第1页，共8页" in shown and "其余请扫码或者到网站上看" in shown

    def test_words_are_shown_as_words(self, office):
        hung(office, "<script>alert(1)</script>示例", "<img src=x onerror=alert(1)>")
        assert "<script>alert" not in page() and "<img src=x" not in page()

    def test_who_posted_it_and_where_stays_inside(self, office):
        publication = hung(office, "示例通知", place="内部楼道某处", note="内部说明")
        shown = page()
        assert "内部楼道某处" not in shown and "内部说明" not in shown
        assert publication.published_by is not None and publication.published_by.full_name not in shown

    def test_it_reads_without_its_script_and_is_kept_like_every_public_page(self, office):
        hung(office, "示例通知")
        answer = Client().get("/board/edu/")
        source = answer.content.decode()
        assert source.count("<h1") == 1 and "<section" in source and "data-turning hidden" in source
        assert re.search(r"<section[^>]* hidden", source) is None
        assert "public" in answer.headers["Cache-Control"] and answer.headers["ETag"]

    def test_an_agency_without_anything_public_has_no_board(self, office):
        assert Client().get("/board/nowhere/").status_code == 404

    def test_an_empty_board_says_so(self, office):
        published(office, an_item(office), at=timezone.now())
        assert "公开栏上现在没有内容" in page()


TEXTS = st.text(alphabet="示例内容一二三，。；！abc", min_size=1, max_size=900)
BLOCKS = st.one_of(
    TEXTS.map(Paragraph),
    st.text(alphabet="标题示例", min_size=1, max_size=40).map(Heading),
    st.lists(st.text(alphabet="项目示例。", min_size=1, max_size=120), min_size=1, max_size=30).map(
        lambda items: Listing(tuple(items))
    ),
    st.integers(1, 40).map(lambda n: Grid((("甲", "乙"), *((str(row), "示例内容" * 5) for row in range(n))))),
)


def words_of(blocks) -> str:
    found = ""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                found += block.text
            case Listing():
                found += "".join(block.items)
            case Grid():
                found += "".join(cell for row in block.rows[block.header_rows :] for cell in row)
    return WORDS.sub("", found)


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCKS, max_size=8))
def test_sheets_hold_every_word_once_and_in_order(blocks):
    sheets = sheets_of(Article(tuple(blocks)))
    assert words_of(block for sheet in sheets for block in sheet.blocks) == words_of(blocks)


@settings(max_examples=150, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=8))
def test_no_sheet_holds_much_more_than_a_screen(blocks):
    for sheet in sheets_of(Article(tuple(blocks))):
        assert sheet.blocks
        assert len(sheet.blocks) == 1 or sum(map(weight, sheet.blocks)) <= ROOM + 3 * LINE


def test_a_heading_stays_with_what_it_heads():
    blocks = (Paragraph("一" * 300), Heading("标题"), Paragraph("二" * 120))
    first, second = sheets_of(Article(blocks))
    assert first.blocks == blocks[:1] and second.blocks == blocks[1:]


def test_a_table_keeps_its_head_on_every_sheet():
    grid = Grid((("学校", "人数"), *((f"示例{n}校", "10") for n in range(40))))
    sheets = sheets_of(Article((grid,)))
    assert len(sheets) > 3
    assert all(sheet.blocks[0].rows[0] == ("学校", "人数") for sheet in sheets)


def test_an_empty_article_is_one_empty_sheet():
    assert sheets_of(Article()) == [Article()]
