"""The draft box of an official account, against a stand-in that keeps the platform's contract."""

import http.client
import io
import logging
import socket
import ssl
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.error import URLError

import pytest
from PIL import Image

from gongkai.documents.articles import Article, Paragraph, Picture
from gongkai.documents.wechat import WechatSource, package
from gongkai.publishing.wechat import (
    STATE_LABELS,
    Credentials,
    OfficialDraftBox,
    PublishState,
    WechatError,
    WechatRefused,
    WechatUncertain,
    WechatUnreachable,
    configured_draft_box,
    deliver,
    failures,
    transport,
)
from tests.publishing.wechat.stand_in import APP_ID, APP_SECRET, Platform

TOKEN, UPLOAD, COVER = "/cgi-bin/stable_token", "/cgi-bin/media/uploadimg", "/cgi-bin/material/add_material"
ADD, SUBMIT = "/cgi-bin/draft/add", "/cgi-bin/freepublish/submit"
GET, DELETE = "/cgi-bin/freepublish/get", "/cgi-bin/freepublish/delete"
PICTURE = "a" * 64


def picture(size=(60, 40)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "navy").save(file, "PNG")
    return file.getvalue()


ARTICLE = Article(
    (Paragraph("按照规定，现予公开。[官网](https://gk.example.gov.cn/)"), Picture(PICTURE, "示意图"))
)
PACKAGE = package(
    WechatSource(
        "招生入学“安排”", "示例市教育局", ARTICLE, {PICTURE: picture()}, "https://gk.example.gov.cn/i/1"
    ),
    picture((900, 383)),
)


@pytest.fixture
def platform():
    server = Platform()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def box(platform, pauses):
    return OfficialDraftBox(
        platform.base,
        Credentials(APP_ID, APP_SECRET),
        timeout=5,
        clock=lambda: platform.now,
        pause=pauses.append,
    )


def published(box) -> str:
    """The id of an article that is out."""
    publish_id = box.submit(deliver(box, PACKAGE))
    while (status := box.status(publish_id)).state == PublishState.IN_PROGRESS:
        pass
    return status.article_id


# From the package to the article


def test_a_package_becomes_a_draft_with_its_pictures_and_cover(box, platform):
    draft = platform.drafts[deliver(box, PACKAGE)]
    assert draft["title"] == "招生入学“安排”"  # no \u escapes, which the platform would show
    assert draft["author"] == "示例市教育局" and draft["digest"] == "按照规定，现予公开。官网"
    assert draft["content_source_url"] == "https://gk.example.gov.cn/i/1"
    assert platform.covers[draft["thumb_media_id"]] == PACKAGE.cover
    assert list(platform.pictures.values()) == [PACKAGE.pictures[0].data]
    assert "现予公开" in draft["content"] and "<img" in draft["content"]  # a foreign picture is dropped


def test_nothing_is_published_before_it_is_submitted(box, platform):
    deliver(box, PACKAGE)
    assert not platform.tasks and not platform.articles


def test_a_submitted_draft_is_out_after_a_while(box, platform):
    platform.polls_until_out = 3
    publish_id = box.submit(deliver(box, PACKAGE))
    assert isinstance(publish_id, str)  # the platform gives a number
    states = [box.status(publish_id) for _ in range(3)]
    assert [status.state for status in states] == ["in_progress", "in_progress", "succeeded"]
    assert states[0].article_url == "" and states[2].article_url.startswith("http://mp.weixin.qq.com/s?")
    assert states[2].article_id in platform.articles and not platform.drafts


@pytest.mark.parametrize("number", range(2, 7))
def test_every_way_a_publication_can_end_has_a_word(box, platform, number):
    platform.outcome, platform.polls_until_out = number, 1
    status = box.status(box.submit(deliver(box, PACKAGE)))
    assert status.state == list(PublishState)[number] and not status.article_url and not status.article_id
    assert STATE_LABELS[status.state]


def test_an_article_is_removed(box, platform):
    box.remove(published(box))
    assert not platform.articles


# The access token


def test_one_token_serves_many_calls_and_is_kept_until_shortly_before_its_end(box, platform):
    published(box)
    assert platform.asked[TOKEN] == 1
    platform.now = 6000
    box.upload_picture(picture())
    assert platform.asked[TOKEN] == 1
    platform.now = 7000  # 200 s before the end: the platform hands out the next
    box.upload_picture(picture())
    assert platform.asked[TOKEN] == 2 and platform.tokens == 2


def test_a_token_that_ended_early_is_renewed_and_the_call_made_again(box, platform):
    box.upload_picture(picture())
    platform.let_token_expire()
    media_id = deliver(box, PACKAGE)
    assert media_id in platform.drafts and platform.asked[TOKEN] == 2 and platform.forced == 0


def test_a_token_the_platform_does_not_take_though_it_gives_it_again_is_forced_anew(box, platform):
    box.upload_picture(picture())
    platform.expired.add(platform.token)
    box.upload_picture(picture())
    assert platform.forced == 1 and platform.asked[TOKEN] == 3


def test_a_token_refused_twice_is_said_to_the_administrator(box, platform):
    platform.trouble(ADD, 40001, 40001)
    with pytest.raises(WechatRefused, match="核对 AppID 和 AppSecret") as refused:
        deliver(box, PACKAGE)
    assert refused.value.code == 40001 and not platform.drafts


def test_workers_do_not_make_each_others_token_invalid(box, platform):
    other = OfficialDraftBox(platform.base, Credentials(APP_ID, APP_SECRET), clock=lambda: platform.now)
    for worker in (box, other, box, other):
        worker.upload_picture(picture())
    assert platform.tokens == 1


def test_threads_that_find_the_token_stale_renew_it_once(box, platform):
    box.upload_picture(picture())
    platform.let_token_expire()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(box.upload_picture, [picture()] * 8))
    assert platform.tokens == 2 and platform.forced == 0


@pytest.mark.parametrize(
    ("credentials", "code", "words"),
    [
        (Credentials("wx_other", APP_SECRET), 40013, "GONGKAI_WECHAT_APP_ID"),
        (Credentials(APP_ID, "wrong"), 40125, "GONGKAI_WECHAT_APP_SECRET"),
    ],
)
def test_wrong_credentials_are_told_apart(platform, credentials, code, words):
    with pytest.raises(WechatRefused, match=words) as refused:
        OfficialDraftBox(platform.base, credentials).submit("DRAFT")
    assert refused.value.code == code and platform.asked[SUBMIT] == 0


def test_an_address_that_is_not_on_the_list_is_named(box, platform):
    platform.address_allowed = False
    with pytest.raises(WechatRefused, match=r"（192\.0\.2\.7）不在公众号的 IP 白名单里"):
        box.submit("DRAFT")


def test_an_answer_without_token_is_no_token(box, platform):
    for trouble in ("garble", 0):
        platform.trouble(TOKEN, trouble)
        with pytest.raises(WechatUnreachable, match="过几分钟再试"):
            box.submit("DRAFT")
    assert platform.asked[SUBMIT] == 0


# What the platform refuses


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"title": "长" * 33}, 45003, "32个字以内的标题"),
        ({"author": "长" * 17}, 45110, "作者名太长"),
        ({"digest": "长" * 129}, 45004, "摘要太长"),
        ({"address": "https://gk.example.gov.cn/" + "a" * 1024}, 45005, "原文地址太长"),
        ({"content_html": "长" * 20_000}, 45002, "正文太长"),
        ({"content_html": ""}, 44003, "没有正文"),
    ],
)
def test_a_draft_beyond_a_limit_is_refused_with_what_to_change(box, platform, change, code, words):
    with pytest.raises(WechatRefused, match=words) as refused:
        deliver(box, replace(PACKAGE, **change))
    assert refused.value.code == code and not platform.drafts and not refused.value.may_pass


def test_pictures_of_a_wrong_kind_or_size_are_refused(box):
    with pytest.raises(WechatRefused, match="JPG 或 PNG"):
        box.upload_picture(b"GIF89a")
    with pytest.raises(WechatRefused, match="小于1 MB"):
        box.upload_picture(picture() + b"\0" * 1_000_001)
    with pytest.raises(WechatRefused, match="封面应小于10 MB"):
        box.upload_cover(picture() + b"\0" * 10_000_001)


def test_unknown_drafts_covers_tasks_and_articles_are_refused(box):
    for call, code in (
        (lambda: box.submit("NONE"), 40007),
        (lambda: box.add_draft(PACKAGE, "NONE", {PICTURE: "http://mmbiz.qpic.cn/1"}), 40007),
        (lambda: box.status("1"), 53502),
        (lambda: box.remove("NONE"), 53600),
    ):
        with pytest.raises(WechatRefused) as refused:
            call()
        assert refused.value.code == code


def test_every_known_code_has_a_sentence_that_says_what_to_do():
    for code in failures._SENTENCES:
        text = str(WechatRefused(code, "invalid ip 192.0.2.7"))
        assert text.endswith("。") and "；" in text and "{" not in text and str(code) not in text


def test_an_unknown_code_is_given_with_where_to_look_it_up_and_its_trace(box, platform):
    platform.trouble(SUBMIT, 99999)
    with pytest.raises(WechatRefused, match="返回码99999") as refused:
        box.submit("DRAFT")
    assert refused.value.trace == "6564fd9e-56fbbc7e-310e0214"


@pytest.mark.parametrize("code", [45009, 45011, 53501])
def test_a_limit_of_calls_is_not_asked_again_at_once_but_may_pass(box, platform, pauses, code):
    platform.trouble(UPLOAD, code)
    with pytest.raises(WechatRefused) as refused:
        box.upload_picture(picture())
    assert refused.value.may_pass and platform.asked[UPLOAD] == 1


# What is tried again, and what never


@pytest.mark.parametrize("trouble", ["drop", "lose", "garble", "502", -1])
def test_what_changes_nothing_is_tried_again(box, platform, pauses, trouble):
    publish_id = box.submit(deliver(box, PACKAGE))
    platform.trouble(GET, trouble, trouble)
    platform.trouble(UPLOAD, trouble)
    assert box.status(publish_id).state in PublishState and platform.asked[GET] == 3
    assert box.upload_picture(picture()).startswith("http://mmbiz.qpic.cn/")
    assert [pause for pause in pauses if pause] == [0.5, 2.0, 0.5]


@pytest.mark.parametrize("trouble", ["drop", "garble", "502", -1])
def test_after_three_tries_it_says_to_come_back(box, platform, trouble):
    platform.trouble(GET, *[trouble] * 9)
    with pytest.raises((WechatUnreachable, WechatRefused), match="过几分钟再试"):
        box.status("1")
    assert platform.asked[GET] == 3


@pytest.mark.parametrize("trouble", ["drop", "lose", "garble", "502"])
@pytest.mark.parametrize("step", ["cover", "draft", "submit"])
def test_what_would_be_there_twice_is_never_asked_again(box, platform, trouble, step):
    draft = deliver(box, PACKAGE)
    path, call = {
        "cover": (COVER, lambda: box.upload_cover(picture())),
        "draft": (ADD, lambda: deliver(box, PACKAGE)),
        "submit": (SUBMIT, lambda: box.submit(draft)),
    }[step]
    before = platform.asked[path]
    platform.trouble(path, trouble)
    with pytest.raises(WechatUncertain, match="先到公众平台看一看"):
        call()
    assert platform.asked[path] == before + 1


def test_a_busy_platform_has_not_published(box, platform):
    draft = deliver(box, PACKAGE)
    platform.trouble(SUBMIT, -1)
    with pytest.raises(WechatRefused, match="没有处理") as refused:
        box.submit(draft)
    assert refused.value.may_pass and not platform.tasks


def test_a_removal_whose_answer_was_lost_is_made_good(box, platform):
    article = published(box)
    platform.trouble(DELETE, "lose")
    box.remove(article)
    assert not platform.articles and platform.asked[DELETE] == 2


def test_an_answer_that_lacks_the_id_leaves_the_matter_open(box, platform, monkeypatch):
    box.upload_cover(picture())
    monkeypatch.setattr(transport, "_understood", lambda _: {"errcode": 0, "media_id": ""})
    with pytest.raises(WechatUncertain, match="少了应有的内容"):
        box.upload_cover(picture())
    for odd in ({"publish_status": 9}, {"publish_status": "0"}, {}):
        monkeypatch.setattr(transport, "_understood", lambda _, odd=odd: odd)
        with pytest.raises(WechatUnreachable):
            box.status("1")
    for odd in ({}, {"article_detail": {"item": []}}, {"article_detail": {"item": ["x"]}}):
        monkeypatch.setattr(transport, "_understood", lambda _, odd=odd: {"publish_status": 0, **odd})
        assert box.status("1").article_url == ""


# The wire


def test_a_server_that_never_answers_is_given_up_on(platform):
    box = OfficialDraftBox(platform.base, Credentials(APP_ID, APP_SECRET), timeout=0.2, pause=lambda _: None)
    platform.trouble(COVER, "silence")
    with pytest.raises(WechatUncertain):
        box.upload_cover(picture())


def test_a_closed_door_is_told_from_a_lost_answer():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = OfficialDraftBox(f"http://127.0.0.1:{port}", Credentials(APP_ID, APP_SECRET), pause=lambda _: None)
    for call in (lambda: box.submit("DRAFT"), lambda: box.status("1")):
        with pytest.raises(WechatUnreachable, match="什么都没有送出去"):
            call()


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (URLError(socket.gaierror(-2, "Name or service not known")), WechatUnreachable),
        (URLError(ssl.SSLCertVerificationError("self-signed")), WechatUnreachable),
        (URLError(TimeoutError()), WechatUncertain),
        (ConnectionResetError(), WechatUncertain),
        (http.client.IncompleteRead(b""), WechatUncertain),
    ],
)
def test_only_what_never_left_counts_as_not_done(error, kind):
    assert type(transport._failure(error)) is kind


def test_a_redirect_is_not_followed_with_the_token(box, platform):
    platform.trouble(COVER, "elsewhere")
    with pytest.raises(WechatUnreachable, match="HTTP 302"):
        box.upload_cover(picture())
    assert platform.asked["/elsewhere"] == 0


@pytest.mark.parametrize(
    "base",
    ["http://api.weixin.qq.com", "ftp://127.0.0.1", "api.weixin.qq.com", "https://", "http://192.0.2.7"],
)
def test_only_an_encrypted_address_is_taken(base):
    with pytest.raises(ValueError, match="https://"):
        OfficialDraftBox(base, Credentials(APP_ID, APP_SECRET))


def test_no_secret_and_no_token_is_ever_shown(box, platform, caplog):
    caplog.set_level(logging.DEBUG)
    shown = [repr(Credentials(APP_ID, APP_SECRET)), repr(box)]
    draft = deliver(box, PACKAGE)
    token = platform.token
    for path in (TOKEN, UPLOAD, COVER, ADD, SUBMIT, GET, DELETE):
        for trouble in ("drop", "garble", "502", "404", "elsewhere", 40001, 40125, 99999):
            if path == TOKEN:
                platform.let_token_expire()
            platform.trouble(path, *[trouble] * 3)
            for call in (
                lambda: deliver(box, PACKAGE),
                lambda: box.submit(draft),
                lambda: box.status("1"),
                lambda: box.remove("1"),
            ):
                try:
                    call()
                except WechatError as error:
                    shown += [str(error), repr(error), "".join(traceback.format_exception(error))]
            platform.troubles.clear()
    everything = "\n".join((*shown, caplog.text))
    assert len(shown) > 100
    for secret in (APP_SECRET, token, "TOKEN_", "access_token=TOK"):
        assert secret not in everything


def test_a_stand_in_on_this_machine_needs_no_certificate():
    assert OfficialDraftBox("http://localhost:1", Credentials(APP_ID, APP_SECRET))


# Set up, or not


def test_without_a_setting_there_is_no_draft_box(settings):
    for value in ("", None):
        settings.WECHAT_API = value
        assert configured_draft_box() is None


def test_a_setting_without_credentials_is_said(settings):
    settings.WECHAT_API, settings.WECHAT_APP_ID = "https://api.weixin.qq.com", APP_ID
    with pytest.raises(ValueError, match="GONGKAI_WECHAT_APP_SECRET"):
        configured_draft_box()


def test_an_office_that_set_it_up_has_one_draft_box_a_process(settings, platform):
    settings.WECHAT_API, settings.WECHAT_APP_ID = platform.base, APP_ID
    settings.WECHAT_APP_SECRET = APP_SECRET
    box = configured_draft_box()
    assert box is configured_draft_box() and deliver(box, PACKAGE) in platform.drafts
