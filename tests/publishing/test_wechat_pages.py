"""An item on its way to the official account, against a stand-in that keeps the platform's contract."""

import io
import threading
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.documents.articles import Article, Paragraph, Picture
from gongkai.publishing.actions.drafting import add_item_file
from gongkai.publishing.actions.releasing import withdraw_item
from gongkai.publishing.actions.scanning import attest
from gongkai.publishing.actions.wechat import UnableToDeliver, begin_article, enter_draft, enter_submission
from gongkai.publishing.models import Item, WechatArticle
from gongkai.publishing.queries.postings import articles_to_remove, to_take_down
from gongkai.publishing.queries.today_channels import to_take_off
from gongkai.publishing.wechat import Credentials, OfficialDraftBox
from gongkai.publishing.wechat_tasks import ask_wechat
from tests.portal.pictures import a_picture, digest
from tests.publishing.office import Publisher, an_item, content, published
from tests.publishing.pages import Browser, fresh
from tests.publishing.wechat.stand_in import APP_ID, APP_SECRET, Platform

pytestmark = pytest.mark.django_db
ADD, SUBMIT, GET = "/cgi-bin/draft/add", "/cgi-bin/freepublish/submit", "/cgi-bin/freepublish/get"
LONG = "示例市教育局关于印发《示例市2026年义务教育阶段招生入学工作方案》的通知"
State = WechatArticle.State


@pytest.fixture
def platform(settings):
    """An official account on this machine, set up as an office would."""
    server = Platform()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    settings.WECHAT_API, settings.WECHAT_APP_ID, settings.WECHAT_APP_SECRET = server.base, APP_ID, APP_SECRET
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def item(office: Publisher) -> Item:
    return published(office, an_item(office, content("关于示例招生的通知")), at=timezone.now()).item


@pytest.fixture
def clerk(office: Publisher) -> Browser:
    return Browser(office.officer)


def sent(clerk: Browser, item: Item, **typed):
    return clerk.post("send_wechat", item.pk, **({"title": "示例招生安排", "digest": "请看安排。"} | typed))


def article() -> WechatArticle:
    return WechatArticle.objects.first()


class TestWithoutAnAccount:
    def test_the_page_says_how_to_set_one_up_and_offers_the_package(self, clerk, item):
        page = clerk.get("wechat", item.pk)
        assert page.has("GONGKAI_WECHAT_API", "不设，就没有任何内容送出本机", "下载文章包")
        assert not page.has("存入公众号草稿箱") or page.has("一键存入草稿箱")
        assert "formaction" not in page.source

    def test_the_package_is_a_zip_with_text_cover_and_instructions(self, clerk, item):
        answer = clerk.client.post(
            f"/office/publishing/items/{item.pk}/wechat/package/", {"title": "招生安排", "digest": ""}
        )
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert set(archive.namelist()) == {"说明.txt", "正文.html", "封面.png"}
            told = archive.read("说明.txt").decode("utf-8-sig")
        assert "标题：招生安排" in told and f"/items/{item.pk}/" in told

    def test_pictures_of_the_text_are_in_it(self, office, clerk):
        words = Article((Paragraph("见图。"), Picture(digest(a_picture()), "示意图")))
        item = an_item(office, content(article=words))
        add_item_file(
            item=item, name="图.png", data=a_picture(), media_type="image/png", text="", is_picture=True,
            by=office.clerk, at=timezone.now(),
        )  # fmt: skip
        for person in (office.head, office.secrecy):
            attest(item=item, part=digest(a_picture()), by=person, at=timezone.now())
        published(office, item, at=timezone.now())
        answer = clerk.client.post(f"/office/publishing/items/{item.pk}/wechat/package/", {"title": "图"})
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert "图片/图片1.png" in archive.namelist() or "图片/图片1.jpg" in archive.namelist()

    def test_the_text_to_copy_keeps_its_styles_in_a_sandbox(self, clerk, item):
        answer = clerk.client.get(f"/office/publishing/items/{item.pk}/wechat/text/")
        policy = answer.headers["Content-Security-Policy"]
        assert "sandbox" in policy and "script" not in policy and "default-src 'none'" in policy
        assert "请各学校认真落实" in answer.content.decode() and "style=" in answer.content.decode()

    def test_a_long_title_is_offered_short(self, office, clerk):
        item = published(office, an_item(office, content(LONG)), at=timezone.now()).item
        page = clerk.get("wechat", item.pk)
        assert 'value="关于印发《示例市2026年义务教育阶段招生入学工作方案》的通知"' in page.source

    def test_nothing_of_a_draft_is_packed_or_shown(self, office, clerk):
        item = an_item(office, content("还没审的示例标题", "还没审的正文。"))
        page = clerk.get("wechat", item.pk)
        assert page.has("还没有发布，不能登记到任何渠道") and not page.has("还没审的正文")
        assert clerk.get("wechat_text", item.pk).status == 404
        assert clerk.post("wechat_package", item.pk, title="标题").has("还没有发布")

    def test_half_a_setting_is_told(self, settings, clerk, item):
        settings.WECHAT_API = "https://wechat.example"
        assert clerk.get("wechat", item.pk).has("公众号接口没有设好", "GONGKAI_WECHAT_APP_ID")

    def test_a_stranger_sees_none_of_it(self, office, item):
        stranger = Browser(office.stranger)
        assert stranger.get("wechat", item.pk).status == 404
        assert stranger.get("wechat_text", item.pk).status == 404


class TestTheDraftBox:
    def test_an_article_is_drafted_submitted_and_becomes_the_posting(self, clerk, item, platform):
        assert sent(clerk, item).has("已存入公众号草稿箱", "提交发布")
        draft = platform.drafts[article().media_id]
        assert (draft["title"], draft["digest"]) == ("示例招生安排", "请看安排。")
        assert draft["content_source_url"].endswith(f"/items/{item.pk}/")
        assert clerk.post("wechat_step", article().pk, do="submit").has("已提交发布")
        assert clerk.post("wechat_step", article().pk, do="ask").has("已提交发布")
        assert article().state == State.SUBMITTED
        ask_wechat.call()
        assert article().state == State.PUBLISHED
        posting = item.postings.get(channel="wechat")
        assert posting.place == article().address and posting.place.startswith("http://mp.weixin.qq.com/")
        assert clerk.get("wechat", item.pk).has("从公众号删除")

    def test_the_posting_of_publishing_gets_the_address(self, office, clerk, platform):
        item = published(office, channels=["website", "wechat"], at=timezone.now()).item
        sent(clerk, item)
        clerk.post("wechat_step", article().pk, do="submit")
        ask_wechat.call(), ask_wechat.call()
        posting = item.postings.get(channel="wechat")
        assert posting.place == article().address != ""

    def test_it_is_sent_once(self, clerk, item, platform):
        sent(clerk, item)
        assert sent(clerk, item).has("这一版已经送过公众号")
        assert platform.asked[ADD] == 1

    def test_a_title_that_is_too_long_never_leaves(self, clerk, item, platform):
        page = sent(clerk, item, title="长" * 33)
        assert page.status == 422 and page.has("接口只收32个字以内的标题")
        assert platform.asked[ADD] == 0 and article() is None

    def test_what_the_platform_refuses_is_told_and_may_be_sent_again(self, clerk, item, platform):
        platform.trouble(ADD, 45166)
        assert sent(clerk, item).has("微信认为正文里有不能发布的内容")
        assert article().state == State.FAILED and not article().uncertain
        assert sent(clerk, item).has("已存入公众号草稿箱")

    def test_after_silence_a_person_looks_first(self, clerk, item, platform):
        platform.trouble(ADD, "lose")
        assert sent(clerk, item).has("不知道这一步做成了没有")
        assert article().uncertain
        assert sent(clerk, item).has("请先到公众平台看草稿箱")
        assert platform.asked[ADD] == 1
        assert sent(clerk, item, looked="on").has("已存入公众号草稿箱")

    def test_a_refused_submission_leaves_the_draft_where_it_is(self, clerk, item, platform):
        sent(clerk, item)
        platform.trouble(SUBMIT, 53503)
        assert clerk.post("wechat_step", article().pk, do="submit").has("没有通过发布前的检查")
        assert article().state == State.DRAFT
        assert clerk.post("wechat_step", article().pk, do="submit").has("已提交发布")

    def test_a_lost_submission_is_not_made_twice(self, clerk, item, platform):
        sent(clerk, item)
        platform.trouble(SUBMIT, "lose")
        assert clerk.post("wechat_step", article().pk, do="submit").has("不知道这一步做成了没有")
        assert (article().state, article().uncertain) == (State.FAILED, True)

    @pytest.mark.parametrize(("outcome", "word"), [(2, "原创"), (4, "审核"), (5, "删除")])
    def test_what_the_platform_turns_down_later_is_told(self, clerk, item, platform, outcome, word):
        platform.outcome = outcome
        sent(clerk, item)
        clerk.post("wechat_step", article().pk, do="submit")
        ask_wechat.call(), ask_wechat.call()
        assert article().state == State.FAILED and word in article().message
        assert not item.postings.filter(channel="wechat").exists()

    def test_a_platform_that_is_silent_is_asked_again_later(self, clerk, item, platform):
        sent(clerk, item)
        clerk.post("wechat_step", article().pk, do="submit")
        platform.trouble(GET, 40001, 40001, 40001)
        ask_wechat.call()
        assert article().state == State.SUBMITTED

    def test_a_step_that_was_cut_off_is_not_forgotten(self, office, item, platform):
        started = begin_article(item=item, title="题", digest="", by=office.officer, at=timezone.now())
        ask_wechat.call()
        assert article().state == State.DRAFT
        WechatArticle.objects.filter(pk=started.pk).update(at=timezone.now() - timedelta(minutes=11))
        ask_wechat.call()
        assert (article().state, article().uncertain) == (State.FAILED, True)


class TestTakingBack:
    def out(self, clerk, item) -> WechatArticle:
        sent(clerk, item)
        clerk.post("wechat_step", article().pk, do="submit")
        ask_wechat.call(), ask_wechat.call()
        return article()

    def test_a_withdrawn_item_has_to_leave_the_account(self, office, clerk, item, platform):
        out = self.out(clerk, item)
        withdraw_item(item=fresh(item), reason="有误", by=office.officer, at=timezone.now())
        assert list(articles_to_remove(office.agency)) == [out]
        assert to_take_down(office.officer, office.agency, timezone.localdate()) == []
        assert len(to_take_off(office.officer, timezone.localdate()).lines) == 1
        assert clerk.get("postings", "edu").has("还要在公众号删除")
        assert clerk.post("wechat_step", out.pk, do="remove").has("已从公众号删除")
        assert platform.articles == {} and article().state == State.REMOVED
        assert item.postings.get(channel="wechat").removed_on is not None
        assert to_take_off(office.officer, timezone.localdate()).lines == ()

    def test_a_draft_of_a_withdrawn_item_is_not_submitted(self, office, clerk, item, platform):
        sent(clerk, item)
        withdraw_item(item=fresh(item), reason="有误", by=office.officer, at=timezone.now())
        assert clerk.post("wechat_step", article().pk, do="submit").has("已经撤下，不能登记")
        assert platform.asked[SUBMIT] == 0
        assert list(articles_to_remove(office.agency)) == [article()]

    def test_what_was_deleted_or_published_on_the_platform_is_entered(self, clerk, item, platform):
        sent(clerk, item)
        assert clerk.post("wechat_published", article().pk, address="没有").has("请填写文章的网址")
        page = clerk.post("wechat_published", article().pk, address="https://mp.weixin.qq.com/s/example")
        assert page.has("已登记发布")
        assert item.postings.get(channel="wechat").place == "https://mp.weixin.qq.com/s/example"
        assert clerk.post("wechat_removed", article().pk).has("已登记删除")
        assert item.postings.get(channel="wechat").removed_on is not None

    def test_an_article_the_platform_no_longer_has_counts_as_removed(self, clerk, item, platform):
        out = self.out(clerk, item)
        platform.articles.clear()
        assert clerk.post("wechat_step", out.pk, do="remove").has("已从公众号删除")

    def test_a_reviewer_removes_nothing(self, office, clerk, item, platform):
        out = self.out(clerk, item)
        assert Browser(office.secrecy).post("wechat_step", out.pk, do="remove").has("没有这些角色")
        assert platform.articles and article().state == State.PUBLISHED


def test_a_step_out_of_turn_is_refused(office, item):
    begun = begin_article(item=item, title="题", digest="", by=office.officer, at=timezone.now())
    enter_draft(article=begun, media_id="DRAFT_1", by=office.officer, at=timezone.now())
    with pytest.raises(UnableToDeliver, match="这一步不用办"):
        enter_submission(article=begun, publish_id="1", by=None, at=timezone.now())


def test_a_box_is_a_real_client(platform):
    assert OfficialDraftBox(platform.base, Credentials(APP_ID, APP_SECRET)).upload_cover(a_picture())
