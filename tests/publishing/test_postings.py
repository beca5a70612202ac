"""Where an item hangs: recorded with proof, out of date by itself, taken off, counted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.law.publishing.channels import channels
from gongkai.publishing import screened
from gongkai.publishing.actions.drafting import edit_item
from gongkai.publishing.actions.postings import (
    Proof,
    UnableToPost,
    add_proof,
    correct_posting,
    post_item,
    strike_posting,
    take_down,
)
from gongkai.publishing.actions.releasing import publish_item, withdraw_item
from gongkai.publishing.models import Channel, Item, Posting, PostingProof, PublicChange
from gongkai.publishing.policies.posting import PostingState
from gongkai.publishing.queries.board import board_now
from gongkai.publishing.queries.postings import (
    Wanted,
    channel_figures,
    lines_of,
    lines_of_item,
    to_take_down,
)
from gongkai.publishing.queries.today_channels import to_take_off
from gongkai.screening.findings import Finding, Severity
from tests.portal.pictures import a_picture
from tests.publishing.office import (
    TODAY,
    Publisher,
    an_item,
    content,
    moment,
    published,
    reviewed,
)
from tests.publishing.pages import Browser, day, fresh

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7)


def posted(office: Publisher, item: Item, channel: str = "bulletin_board", **given) -> Posting:
    return post_item(
        item=item,
        channel=channel,
        posted_on=given.pop("posted_on", TODAY),
        by=given.pop("by", office.officer),
        at=given.pop("at", moment()),
        **given,
    )


def public_item(office: Publisher, title: str = "关于示例招生的通知", **given) -> Item:
    return published(office, an_item(office, content(title)), **given).item


def renewed(office: Publisher, item: Item, text: str, at=None) -> None:
    """The item is published in a new edition."""
    item = fresh(item)
    edit_item(item=item, content=content(item.title, text), by=office.clerk, at=at or moment())
    reviewed(office, fresh(item), at)
    publish_item(item=fresh(item), channels=["website"], by=office.officer, at=at or moment())


def states(office: Publisher, item: Item, on: date = TODAY) -> dict[str, PostingState]:
    return {line.posting.channel: line.state for line in reversed(lines_of_item(fresh(item), on))}


class TestRecording:
    def test_a_posting_keeps_its_day_its_place_and_its_proof(self, office):
        posting = posted(
            office,
            public_item(office),
            place="一楼大厅",
            proofs=[Proof("照片.png", a_picture(), "image/png")],
        )
        proof = posting.proofs.get()
        assert (posting.place, proof.name, proof.size) == ("一楼大厅", "照片.png", len(a_picture()))
        assert bytes(proof.data) == a_picture()

    def test_a_proof_is_no_file_of_the_item_and_lies_sealed(self, office):
        item = public_item(office)
        posted(office, item, proofs=[Proof("照片.png", a_picture(), "image/png")])
        assert not item.files.exists()
        with connection.cursor() as cursor:
            cursor.execute("select data, name from publishing_postingproof")
            data, name = cursor.fetchone()
        assert a_picture()[:20] not in bytes(data) and "照片" not in str(name)

    @pytest.mark.parametrize("stage", ["draft", "reviewed", "withdrawn"])
    def test_only_what_is_public_now_is_posted(self, office, stage):
        item = an_item(office)
        if stage == "reviewed":
            reviewed(office, item)
        if stage == "withdrawn":
            item = published(office, item).item
            withdraw_item(item=fresh(item), reason="有误", by=office.officer, at=moment())
        with pytest.raises(UnableToPost, match="不能登记到任何渠道"):
            posted(office, fresh(item))
        assert not fresh(item).postings.filter(channel="bulletin_board").exists()

    def test_what_new_rules_of_screening_hold_back_is_posted_nowhere(self, office, monkeypatch):
        item = public_item(office)
        late = Finding("words.old_name", Severity.BLOCK, "正文", "示例", "名称已经改了。")
        screen = screened.screen_contents
        monkeypatch.setattr(screened, "RULES_VERSION", "later")
        monkeypatch.setattr(
            screened, "screen_contents", lambda *given: replace(screen(*given), findings=(late,))
        )
        with pytest.raises(UnableToPost, match="还没有按现行规则筛查"):
            posted(office, item)
        page = Browser(office.officer).post("item_postings", item.pk, channel="media", posted_on=str(TODAY))
        assert page.status == 422 and page.has("筛查发现1处")
        assert not item.postings.filter(channel="media").exists()

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"posted_on": TODAY + timedelta(days=1)}, "公开日期还没有到"),
            ({"posted_on": TODAY - timedelta(days=1)}, "2026年3月2日才发布"),
            ({"until_on": TODAY - timedelta(days=1)}, "早于公开日期"),
            ({"channel": "website"}, "不用登记"),
            ({"channel": "carrier_pigeon"}, "没有这个渠道"),
        ],
    )
    def test_what_cannot_be_is_refused_with_a_sentence(self, office, given, sentence):
        item = public_item(office)
        with pytest.raises(UnableToPost, match=sentence):
            posted(office, item, **given)

    def test_another_section_does_not_record(self, office):
        with pytest.raises(UnableToPost, match="不是您所在科室的"):
            posted(office, public_item(office), by=office.stranger)

    def test_a_reviewer_does_not_record(self, office):
        with pytest.raises(UnableToPost, match="没有这些角色"):
            posted(office, public_item(office), by=office.secrecy)

    def test_the_trail_says_where_and_not_what_is_on_the_photograph(self, office):
        posted(office, public_item(office), proofs=[Proof("甄示范的照片.png", a_picture(), "image/png")])
        line = Entry.objects.get(act="recorded_posting")
        assert line.details["channel"] == "bulletin_board" and line.details["proofs"] == 1
        assert "甄示范" not in str(line.details)

    def test_the_public_board_is_told(self, office):
        item = public_item(office)
        before = PublicChange.objects.count()
        posting = posted(office, item)
        take_down(posting=posting, removed_on=TODAY, by=office.officer, at=moment())
        posted(office, item, "media")
        assert PublicChange.objects.count() == before + 2

    def test_every_channel_of_the_law_can_be_recorded(self, office):
        item = public_item(office)
        for code in channels():
            if code != Channel.WEBSITE:
                posted(office, item, code)
        assert set(states(office, item)) == set(channels())


class TestHowItStands:
    def test_a_new_edition_makes_what_hangs_old_and_what_was_printed_former(self, office):
        item = public_item(office)
        posted(office, item)
        posted(office, item, "newsletter")
        assert set(states(office, item).values()) == {PostingState.CURRENT}
        renewed(office, item, "请各学校认真落实，时间改为下午。")
        now = states(office, item)
        assert now["bulletin_board"] == PostingState.STALE
        assert now["newsletter"] == PostingState.FORMER
        assert now["website"] == PostingState.CURRENT

    def test_a_posting_of_the_new_edition_does_not_hide_the_old_sheet(self, office):
        item = public_item(office)
        old = posted(office, item)
        renewed(office, item, "请各学校认真落实，时间改为下午。")
        posted(office, fresh(item))
        assert [line.posting for line in to_take_down(office.officer, office.agency, TODAY)] == [old]

    def test_a_sheet_has_its_last_day(self, office):
        item = public_item(office)
        posted(office, item, until_on=TODAY + A_WEEK)
        assert states(office, item, TODAY + A_WEEK)["bulletin_board"] == PostingState.CURRENT
        later = TODAY + A_WEEK + timedelta(days=1)
        assert states(office, item, later)["bulletin_board"] == PostingState.OVER

    def test_after_a_withdrawal_every_place_is_a_duty_until_it_is_down(self, office):
        item = public_item(office)
        kept = [posted(office, item, code) for code in ("bulletin_board", "wechat", "newsletter")]
        posted(office, item, "meeting")
        withdraw_item(item=fresh(item), reason="内容有误", by=office.officer, at=moment())
        off = to_take_down(office.officer, office.agency, TODAY)
        assert {line.posting for line in off} == set(kept)
        assert len(to_take_off(office.officer, TODAY).lines) == 3
        for posting in kept:
            take_down(posting=posting, removed_on=TODAY, by=office.officer, at=moment())
        assert to_take_down(office.officer, office.agency, TODAY) == []
        assert to_take_off(office.officer, TODAY).lines == ()

    def test_what_another_section_posted_is_no_duty_of_a_stranger(self, office):
        item = public_item(office)
        posted(office, item)
        withdraw_item(item=fresh(item), reason="内容有误", by=office.officer, at=moment())
        assert to_take_down(office.stranger, office.agency, TODAY) == []

    def test_published_again_it_hangs_in_an_old_edition(self, office):
        item = public_item(office)
        posted(office, item)
        withdraw_item(item=fresh(item), reason="内容有误", by=office.officer, at=moment())
        renewed(office, item, "更正后的内容。")
        assert states(office, item)["bulletin_board"] == PostingState.STALE

    def test_the_board_of_today(self, office):
        hung, old, offered = (public_item(office, f"关于示例{n}的通知") for n in (1, 2, 3))
        posted(office, hung)
        posted(office, old)
        renewed(office, old, "改过的内容。")
        now = board_now(office.officer, office.agency, TODAY)
        assert [line.item for line in now.hanging] == [hung]
        assert [line.item for line in now.off] == [old]
        assert {offer.publication.item for offer in now.offers} == {old, offered}

    def test_what_the_catalog_wants_on_the_board_is_offered_first(self, office):
        first = public_item(office, "关于示例1的通知")
        office.node.channels = ["bulletin_board"]
        office.node.save()
        public_item(office, "关于示例2的通知")
        offers = board_now(office.officer, office.agency, TODAY).offers
        assert len(offers) == 2 and all(offer.is_asked for offer in offers)
        assert first in {offer.publication.item for offer in offers}


class TestPuttingRight:
    def test_a_day_and_a_place_are_corrected(self, office):
        posting = posted(office, public_item(office), at=moment(TODAY + A_WEEK))
        correct_posting(
            posting=posting, posted_on=TODAY + A_WEEK, place="二楼", by=office.officer,
            at=moment(TODAY + A_WEEK),
        )  # fmt: skip
        posting.refresh_from_db()
        assert (posting.posted_on, posting.place) == (TODAY + A_WEEK, "二楼")

    def test_not_to_before_the_edition_was_public(self, office):
        posting = posted(office, public_item(office))
        with pytest.raises(UnableToPost, match="才发布"):
            correct_posting(
                posting=posting, posted_on=TODAY - A_WEEK, place="", by=office.officer, at=moment()
            )

    @pytest.mark.parametrize(
        ("removed_on", "sentence"),
        [(TODAY - timedelta(days=1), "早于公开日期"), (TODAY + timedelta(days=1), "还没有到")],
    )
    def test_a_removal_lies_between_posting_and_today(self, office, removed_on, sentence):
        posting = posted(office, public_item(office))
        with pytest.raises(UnableToPost, match=sentence):
            take_down(posting=posting, removed_on=removed_on, by=office.officer, at=moment())

    def test_it_is_taken_down_once(self, office):
        posting = posted(office, public_item(office))
        take_down(posting=posting, removed_on=TODAY, by=office.officer, at=moment())
        with pytest.raises(UnableToPost, match="已经登记撤下"):
            take_down(posting=posting, removed_on=TODAY, by=office.officer, at=moment())

    def test_a_mistake_is_struck_with_a_reason_and_stays_in_the_trail(self, office):
        posting = posted(office, public_item(office), proofs=[Proof("照.png", a_picture())])
        with pytest.raises(UnableToPost, match="哪里记错了"):
            strike_posting(posting=posting, reason=" ", by=office.officer, at=moment())
        strike_posting(posting=posting, reason="没有贴过", by=office.officer, at=moment())
        assert not Posting.objects.filter(pk=posting.pk).exists() and not PostingProof.objects.exists()
        assert Entry.objects.get(act="struck_posting").details["reason"] == "没有贴过"
        with pytest.raises(UnableToPost, match="已经删去"):
            add_proof(posting=posting, proof=Proof("照.png", b"x"), by=office.officer, at=moment())

    def test_the_website_follows_the_item_alone(self, office):
        posting = public_item(office).postings.get(channel="website")
        for act in (
            lambda: take_down(posting=posting, removed_on=TODAY, by=office.officer, at=moment()),
            lambda: strike_posting(posting=posting, reason="错", by=office.officer, at=moment()),
            lambda: correct_posting(posting=posting, posted_on=TODAY, by=office.officer, at=moment()),
        ):
            with pytest.raises(UnableToPost, match="网站上的"):
                act()


class TestFigures:
    def test_items_and_postings_are_different_figures(self, office):
        """53 = 14 + 39 holds only while no item stands on two channels."""
        for number in range(2):
            public_item(office, f"关于网站示例{number}的通知")
        wechat = [public_item(office, f"关于微信示例{n}的通知", channels=["wechat"]) for n in range(3)]
        figures = channel_figures(office.agency, TODAY.year)
        assert (figures.items, figures.of("website").items, figures.of("wechat").items) == (5, 2, 3)
        assert figures.sums_up and figures.postings == 5
        posted(office, wechat[0])
        figures = channel_figures(office.agency, TODAY.year)
        assert (figures.items, figures.postings, figures.sums_up) == (5, 6, False)
        assert figures.of("bulletin_board").items == 1 and figures.of("media").postings == 0

    def test_a_second_posting_on_a_channel_is_no_second_item(self, office):
        item = public_item(office)
        posted(office, item)
        posted(office, item)
        board = channel_figures(office.agency, TODAY.year).of("bulletin_board")
        assert (board.postings, board.items) == (2, 1)

    def test_what_only_the_office_reads_is_not_counted(self, office):
        item = public_item(office, channels=["wechat"])
        posted(office, item, "internal")
        assert channel_figures(office.agency, TODAY.year).postings == 1

    def test_a_year_counts_what_was_posted_in_it_and_tells_what_is_new(self, office):
        item = public_item(office)
        next_year = date(2027, 1, 15)
        posted(office, item, posted_on=next_year, at=moment(next_year))
        later = channel_figures(office.agency, 2027)
        assert (later.items, later.new_items, later.of("website").items) == (1, 0, 0)
        assert channel_figures(office.agency, 2026).new_items == 1
        assert channel_figures(office.agency, 2025).items == 0

    def test_what_was_taken_down_later_was_public_all_the_same(self, office):
        item = public_item(office)
        withdraw_item(item=fresh(item), reason="有误", by=office.officer, at=moment())
        assert channel_figures(office.agency, TODAY.year).items == 1

    def test_the_list_is_narrowed(self, office):
        item = public_item(office)
        posted(office, item, place="大厅")
        media = posted(office, item, "media")

        def office_lines(**wanted):
            return lines_of(office.officer, office.agency, TODAY, Wanted(**wanted))

        assert len(office_lines()) == 3
        assert [line.posting for line in office_lines(channel="media")] == [media]
        assert [line.posting for line in office_lines(state="unproved")] == [media]
        assert office_lines(year=2025) == [] and office_lines(state="removed") == []
        assert len(office_lines(state="current")) == 3


@pytest.fixture
def today_item(office) -> Item:
    return public_item(office, at=timezone.now())


@pytest.fixture
def clerk(office) -> Browser:
    return Browser(office.officer)


class TestPages:
    def test_a_posting_is_recorded_with_a_photograph_and_taken_off(self, office, clerk, today_item):
        photo = SimpleUploadedFile("大厅.png", a_picture(), "image/png")
        page = clerk.post(
            "item_postings",
            today_item.pk,
            channel="bulletin_board",
            posted_on=day(),
            place="一楼大厅",
            proof=photo,
        )
        assert page.has("已登记这条公开记录", "一楼大厅", "1件")
        posting = today_item.postings.get(channel="bulletin_board")
        page = clerk.get("posting", posting.pk)
        assert page.has("大厅.png", "张贴位置和照片")
        answer = clerk.client.get(f"/office/publishing/proofs/{posting.proofs.get().pk}/")
        assert answer.content == a_picture() and "attachment" in answer.headers["Content-Disposition"]
        assert clerk.post("remove_posting", posting.pk, removed_on=day()).has("已登记撤下")
        posting.refresh_from_db()
        assert posting.removed_on is not None

    def test_wrong_input_says_what_to_mend_and_keeps_nothing(self, office, clerk, today_item):
        page = clerk.post("item_postings", today_item.pk, channel="", posted_on="明天")
        assert page.status == 422 and page.has("请选择“渠道”", "这不是日期")
        broken = SimpleUploadedFile("照片.png", b"MZ\x90\x00", "image/png")
        page = clerk.post("item_postings", today_item.pk, channel="media", posted_on=day(), proof=broken)
        assert page.status == 422 and page.has("没有收下")
        assert not today_item.postings.exclude(channel="website").exists()

    def test_an_unpublished_item_has_a_disabled_button_that_says_why(self, office, clerk):
        page = clerk.get("item_postings", an_item(office).pk)
        assert page.has("还没有发布，不能登记到任何渠道")

    def test_an_item_is_found_by_its_index_number(self, office, clerk, today_item):
        tail = today_item.index_number.rpartition("/")[2]
        assert clerk.post("find_postings", "edu", index_number=tail).has("这条信息的公开记录")
        assert clerk.post("find_postings", "edu", index_number="2099-99999").has("没有这个索引号")

    def test_the_list_tells_the_figures_and_what_must_come_off(self, office, clerk, today_item):
        posted(office, today_item, at=timezone.now(), posted_on=timezone.localdate())
        withdraw_item(item=fresh(today_item), reason="有误", by=office.officer, at=timezone.now())
        page = clerk.get("postings", "edu")
        assert page.has("要撤下或者更换", "信息已撤下，要撤下", "公开的信息1条")
        posting = today_item.postings.get(channel="bulletin_board")
        page = clerk.post("remove_posting", posting.pk, removed_on=day(), back="postings")
        assert page.has("已登记撤下") and not page.has("要撤下或者更换1条")

    @pytest.mark.parametrize("kind", ["xlsx", "csv", "pdf"])
    def test_the_list_is_exported(self, office, clerk, today_item, kind):
        answer = clerk.client.get(f"/office/publishing/postings/edu/export/{kind}/?channel=website")
        assert answer.status_code == 200 and len(answer.content) > 100
        if kind == "csv":
            assert "政府网站" in answer.content.decode("utf-8-sig")

    def test_a_stranger_finds_nothing(self, office, today_item):
        posting = posted(
            office,
            today_item,
            at=timezone.now(),
            posted_on=timezone.localdate(),
            proofs=[Proof("照.png", a_picture())],
        )
        stranger = Browser(office.stranger)
        for name, pk in (
            ("item_postings", today_item.pk),
            ("posting", posting.pk),
            ("posting_proof", posting.proofs.get().pk),
            ("postings", "edu"),
            ("board", "edu"),
            ("finder", "edu"),
            ("newsletters", "edu"),
        ):
            assert stranger.get(name, pk).status == 404, name

    def test_a_mistake_is_corrected_and_struck(self, office, clerk, today_item):
        posting = posted(office, today_item, at=timezone.now(), posted_on=timezone.localdate())
        assert clerk.post("posting", posting.pk, posted_on=day(), place="西门").has("已改正", "西门")
        assert clerk.post("posting", posting.pk, posted_on="x").status == 422
        assert clerk.post("strike_posting", posting.pk, reason="").has("请写明哪里记错了")
        assert clerk.post("strike_posting", posting.pk, reason="没有贴").has("已删去这条公开记录")

    def test_proofs_come_later_too(self, office, clerk, today_item):
        posting = posted(office, today_item, at=timezone.now(), posted_on=timezone.localdate())
        assert clerk.post("add_proof", posting.pk).has("还没有选文件")
        photo = SimpleUploadedFile("补拍.png", a_picture(), "image/png")
        assert clerk.post("add_proof", posting.pk, proof=photo).has("已保存凭证", "补拍.png")


class TestTheBoardPage:
    def test_printing_says_nothing_about_hanging(self, office, clerk, today_item):
        answer = clerk.client.get(f"/office/publishing/items/{today_item.pk}/sheet/A3/")
        assert answer.content.startswith(b"%PDF") and answer.headers["Content-Type"] == "application/pdf"
        page = clerk.get("board", "edu")
        assert page.has("现在栏上有0件") and not today_item.postings.filter(channel="bulletin_board").exists()
        page = clerk.post("hang", "edu", item=today_item.pk, posted_on=day(), place="大厅")
        assert page.has("已登记上栏", "现在栏上有1件")

    def test_what_is_not_public_is_not_printed(self, office, clerk):
        item = an_item(office)
        answer = clerk.client.get(f"/office/publishing/items/{item.pk}/sheet/A3/", follow=True)
        assert "还没有发布" in answer.content.decode()
        assert clerk.get("sheet", item.pk, "A5").status == 404

    def test_a_service_guide_is_printed_by_its_six_disclosures(self, office, clerk):
        details = dict.fromkeys(
            ("basis", "duty", "conditions", "procedure", "discipline", "result"), "示例内容。"
        )
        item = an_item(office, content("转学办事指南", details=details), kind="service_guide")
        published(office, item, at=timezone.now())
        answer = clerk.client.get(f"/office/publishing/items/{item.pk}/sheet/A4/")
        assert answer.content.startswith(b"%PDF")

    def test_a_wrong_day_is_refused_in_a_sentence(self, office, clerk, today_item):
        assert clerk.post("hang", "edu", item=today_item.pk, posted_on="2月30日").has("日期写得不对")
        assert clerk.post("hang", "edu", item=today_item.pk, posted_on=day(1)).has("公开日期还没有到")


class TestTheFinder:
    def line(self, office, **changes):
        return {
            "matter": "孩子转学", "section": str(office.section.pk), "person": "窗口值班人员",
            "room": "二楼203室", "phone": "0000-1234567",
        } | changes  # fmt: skip

    def test_lines_are_added_changed_moved_and_dropped(self, office, clerk):
        assert clerk.get("finder_sheet", "edu", "A3").has("办事指引还是空的")
        assert clerk.post("finder", "edu", **self.line(office)).has("已加上这一条", "孩子转学")
        clerk.post("finder", "edu", **self.line(office, matter="补办证书"))
        first, second = office.agency.finder_lines.all()
        assert clerk.post("finder_line", second.pk, **self.line(office, matter="补办毕业证")).has("已改好")
        assert clerk.post("move_finder_line", second.pk, to="up").has("已调整次序")
        assert [line.matter for line in office.agency.finder_lines.all()] == ["补办毕业证", "孩子转学"]
        assert clerk.post("move_finder_line", second.pk, to="up").has("已经在最前面")
        answer = clerk.client.get("/office/publishing/board/edu/finder/A3/")
        assert answer.content.startswith(b"%PDF")
        assert clerk.post("drop_finder_line", first.pk).has("已去掉这一条")
        assert office.agency.finder_lines.count() == 1

    def test_a_line_that_says_nothing_is_refused(self, office, clerk):
        page = clerk.post("finder", "edu", **self.line(office, person=" ", section=""))
        assert page.status == 422 and page.has("请填写“找谁”", "请选择“科室”")

    def test_a_section_does_not_keep_the_finder_of_the_house(self, office):
        page = Browser(office.clerk).post("finder", "edu", **self.line(office))
        assert page.status == 422 and page.has("政府信息公开工作机构办理")
