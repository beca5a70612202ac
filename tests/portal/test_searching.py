"""Searching what is published, being told of it, and how the pages look."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from gongkai.portal import gate
from gongkai.portal.filling import fill_search, lacks_everything
from gongkai.publishing.actions.releasing import withdraw_item
from gongkai.search.models import Entry, Subscription
from tests.publishing.conftest import office  # noqa: F401
from tests.publishing.office import an_item, content, moment, published
from tests.reporting.drafts import published as published_report

TITLE = "关于㛃河中学𠮷林校区招生的通知"


@pytest.fixture(autouse=True)
def empty_gate(settings, tmp_path):
    gate.STORE.clear()
    cache.clear()
    settings.NOTICES_SITE_URL, settings.DATA = "https://gongkai.example.invalid", tmp_path


@pytest.fixture
def found(office):  # noqa: F811
    said = content(TITLE, "片区东至示例河，<b>不另收费</b>。", document_number="示教发〔2026〕１２号")
    return published(office, an_item(office, said))


def text_of(answer) -> str:
    return answer.content.decode()


def ask(client: Client, **given: str):
    return client.post("/search/", given)


@pytest.mark.parametrize(
    "words", ["招", "招生", "㛃河", "𠮷", "示教发〔2026〕12号", "12号", "片区东至", "招生 片区", "不另收费"]
)
def test_every_piece_of_the_text_finds_it(client, found, words):
    assert "共1条" in text_of(ask(client, q=words))


def test_finds_are_marked_and_nothing_else_is_markup(client, found):
    page = text_of(ask(client, q="收费"))
    assert "<mark>收费</mark>" in page
    assert "<b>不另" not in page


def test_nothing_found_says_what_to_do(client, found):
    page = text_of(ask(client, q="完全没有这回事"))
    assert "没有找到" in page
    assert "/apply/" in page


def test_what_is_not_public_is_not_found_nor_counted(client, found, office):  # noqa: F811
    an_item(office, content("另一份招生草稿", "招生草稿"))
    assert "共1条" in text_of(ask(client, q="招生"))
    assert client.post("/search/suggest/", {"q": "另一份"}).json() == {"names": []}


def test_what_is_withdrawn_is_gone_with_the_next_request(client, found, office):  # noqa: F811
    withdraw_item(item=found.item, reason="发错了", by=office.head, at=moment())
    assert "没有找到" in text_of(ask(client, q="招生"))
    assert TITLE not in text_of(client.get("/search/feed.xml", {"q": "招生"}))


def test_words_do_not_come_into_an_address_unless_somebody_wants_one(client, found):
    page = text_of(ask(client, q="招生"))
    assert 'method="post" action="/search/"' in page
    [kept] = re.findall(r'href="(/search/\?[^"]+)"', page)
    assert "共1条" in text_of(client.get(kept.replace("&amp;", "&")))


def test_a_search_may_be_kept_as_a_feed(client, found):
    answer = client.get("/search/feed.xml", {"q": "招生"})
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert TITLE in text_of(answer)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [({"since": "上周"}, "日期写成"), ({"year": "今年"}, "整数"), ({"category": "x"}, "没有“x”这个选项")],
)
def test_a_wrong_filter_is_said_and_the_words_stay(client, found, given, sentence):
    answer = ask(client, q="招生", **given)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert 'value="招生"' in text_of(answer)


def test_a_wrong_filter_is_not_folded_away(client, found):
    assert "<details open>" in text_of(ask(client, q="招生", since="上周"))
    assert "<details>" in text_of(ask(client, q="招生"))


def test_days_in_the_wrong_order_are_told(client, found):
    answer = ask(client, q="招生", since="2026-05-01", until="2026-04-01")
    assert answer.status_code == 422
    assert "早于开始的日期" in text_of(answer)


def test_a_page_behind_the_last_says_that_the_finds_are_before(client, found):
    page = text_of(ask(client, q="招生", page="3"))
    assert "没有第3页" in page
    assert "没有一条" not in page


def test_an_empty_range_is_not_said_of_words(client, found):
    page = text_of(ask(client, kind="service_guide"))
    assert "所选范围里没有公开的信息" in page


def test_a_cut_piece_of_the_text_says_that_there_is_more(client, office):  # noqa: F811
    published(office, an_item(office, content("长文", "前文。" * 40 + "不另收费。" + "后文。" * 60)))
    page = text_of(ask(client, q="不另收费"))
    assert re.search(r"<p>…(前|文|。)[^<]*<mark>不另收费</mark>[^<]*…</p>", page)


def test_the_first_page_of_the_site_searches_too(client, found):
    page = text_of(client.get("/"))
    assert re.search(r'<form[^>]*method="post" action="/search/"', page)


def test_mail_is_not_offered_where_it_cannot_be_sent(client, found, settings):
    assert "用电子邮件订阅" in text_of(ask(client, q="招生"))
    settings.NOTICES_SITE_URL = ""
    assert "用电子邮件订阅" not in text_of(ask(client, q="招生"))


def test_typing_does_not_use_up_the_searches(client, found, monkeypatch):
    monkeypatch.setattr("gongkai.portal.searching.MOST_A_MINUTE", 1)
    for _ in range(3):
        client.post("/search/suggest/", {"q": "招"})
    assert ask(client, q="招生").status_code == 200
    assert client.get("/search/feed.xml", {"q": "招生"}).status_code == 429


def test_filters_narrow(client, found):
    assert "共1条" in text_of(ask(client, q="招生", category="20-11", kind="notice", section="基础教育科"))
    assert "没有找到" in text_of(ask(client, q="招生", kind="service_guide"))


def test_a_title_is_suggested(client, found):
    assert client.post("/search/suggest/", {"q": "关于㛃"}).json() == {"names": [TITLE]}


def test_too_many_searches_are_slowed_down(client, found, monkeypatch):
    monkeypatch.setattr("gongkai.portal.searching.MOST_A_MINUTE", 2)
    statuses = [ask(client, q="招生").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_an_empty_form_asks_nothing(client, found):
    page = text_of(client.get("/search/"))
    assert "检索结果" not in page


def test_a_subscription_begins_when_it_is_confirmed_and_ends_without_a_trace(client, found):
    page = client.post("/search/subscriptions/", {"q": "招生", "email": "reader@example.invalid"})
    assert "请查收确认邮件" in text_of(page)
    asked = Subscription.objects.get()
    address = f"/search/subscriptions/{asked.token}/"
    assert "确认订阅" in text_of(client.get(address))
    assert Subscription.objects.get().confirmed_at is None
    assert "订阅已经开始" in text_of(client.post(address, {"act": "confirm"}))
    assert "订阅已经结束" in text_of(client.post(address, {"act": "end"}))
    ended = Subscription.objects.get()
    assert (ended.address, ended.wish, ended.token) == (None, None, None)


def test_a_subscription_says_all_that_it_looks_for(client, found):
    wish = {"q": "招生", "kind": "notice", "category": "20-11", "agency": found.item.agency.slug}
    asked = text_of(client.post("/search/subscriptions/", wish))
    client.post("/search/subscriptions/", {**wish, "email": "reader@example.invalid"})
    to_confirm = text_of(client.get(f"/search/subscriptions/{Subscription.objects.get().token}/"))
    told = ("招生", "一般信息", found.item.node.title, found.item.agency.name)
    assert [text for text in told if f"<dd>{text}</dd>" not in asked] == []
    assert [text for text in told if f"<dd>{text}</dd>" not in to_confirm] == []


def test_the_answer_is_the_same_whether_an_address_is_known(client, found):
    given = {"q": "招生", "email": "reader@example.invalid"}
    answers = [client.post("/search/subscriptions/", given) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {200}
    assert text_of(answers[0]) == text_of(answers[1])


def test_the_page_of_finds_can_be_shown_again_on_the_way_back(client, found):
    answer = ask(client, q="招生")
    assert "no-store" not in answer.headers["Cache-Control"]
    assert not client.cookies


def test_only_our_own_page_can_have_an_address_mailed(found):
    client = Client(enforce_csrf_checks=True)
    assert client.post("/search/subscriptions/", {"q": "招生"}).status_code == 200
    refused = client.post("/search/subscriptions/", {"q": "招生", "email": "reader@example.invalid"})
    assert refused.status_code == 403
    assert not Subscription.objects.exists()


def test_a_wrong_address_is_said_and_the_wish_stays(client, found):
    page = client.post("/search/subscriptions/", {"q": "招生", "email": "没有"})
    assert page.status_code == 422
    assert 'name="q" value="招生"' in text_of(page)


def test_a_machine_is_kept_out(client, found):
    given = {"q": "招生", "email": "reader@example.invalid", "website": "x"}
    assert client.post("/search/subscriptions/", given).status_code == 429
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("path", "mode"), [("/contrast/?contrast=high", "contrast"), ("/type-size/?size=large", "elder")]
)
def test_a_way_of_showing_is_remembered_and_nothing_else(client, db, path, mode):
    answer = client.get(f"{path}&back=/accessibility/")
    assert answer.headers["Location"] == "/accessibility/"
    assert set(client.cookies) == {mode}
    assert re.search(rf'<html[^>]*class="[^"]*{mode}', text_of(client.get("/accessibility/")), re.S)


def test_nobody_is_sent_elsewhere(client, db):
    answer = client.get("/contrast/?contrast=high&back=https://elsewhere.invalid/")
    assert answer.headers["Location"] == "/"


def test_a_published_report_is_found(client, cast):
    report = published_report(cast)
    page = text_of(ask(client, q=f"{report.year}年政府信息公开工作年度报告"))
    assert f"/reports/{report.agency.slug}/{report.year}/" in page
    assert "没有找到" in text_of(ask(client, q="年度报告", kind="notice"))


def test_everything_public_can_be_put_in_anew(client, found, cast):
    published_report(cast)
    Entry.objects.all().delete()
    assert lacks_everything()
    assert fill_search(moment()) == 2
    assert "共1条" in text_of(ask(client, q="片区东至"))
