"""From the wish on a page to the mail in a real mailbox, and out again."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection

from gongkai.audit.models import Entry as Line
from gongkai.notices.models import Notice
from gongkai.search import actions, queries
from gongkai.search.actions import UnableToConfirm, UnableToSubscribe
from gongkai.search.models import Entry, Subscription
from gongkai.search.tasks import mail_subscribers
from gongkai.search.words import Filters
from tests.agencies.cast import Cast
from tests.notices.mailbox import Mailbox
from tests.search.conftest import NOON

ADDRESS = "zhen.shifan@example.cn"
TOMORROW = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def site(settings, clock, tmp_path) -> None:
    settings.NOTICES_SITE_URL = "https://gongkai.example"
    settings.DATA = tmp_path
    clock(NOON)


@pytest.fixture
def ask(cast: Cast, mail: Mailbox, work, clock) -> Callable[..., str]:
    """Subscribe and return the token that came by mail."""

    def asked(text: str = "招生", email: str = ADDRESS, at=NOON, **filters) -> str:
        clock(at)
        actions.subscribe(email=email, text=text, filters=Filters(**filters), agency=cast.agency, at=at)
        work()
        return token_in(mail)

    return asked


def token_in(mail: Mailbox) -> str:
    """Of the last mail."""
    found = re.findall(
        r"https://gongkai\.example/search/subscriptions/([\w-]+)/", mail.received[-1].get_content()
    )
    assert len(found) == 1
    return found[0]


def news(mail: Mailbox, work, clock, at=TOMORROW) -> list[str]:
    """Let the morning come; what the mails of that morning say."""
    before = len(mail.received)
    clock(at)
    mail_subscribers.func()
    work()
    return [letter.get_content().replace("\r\n", "\n") for letter in mail.received[before:]]


def test_a_subscriber_gets_what_is_new_and_matches(ask, put, mail: Mailbox, work, clock):
    put("关于招生的旧通知", at=NOON - timedelta(days=1))
    actions.confirm(token=ask(), at=NOON)
    put("关于招生的新通知", address="/items/2/", at=NOON + timedelta(hours=1))
    put("关于放假的通知", at=NOON + timedelta(hours=1))
    (letter,) = news(mail, work, clock)
    assert "1. 关于招生的新通知（2026年3月1日公开）\nhttps://gongkai.example/items/2/" in letter
    assert "旧通知" not in letter and "放假" not in letter
    assert mail.received[-1]["To"] == ADDRESS and mail.received[-1]["Subject"] == "您订阅的检索有1条新内容"
    assert news(mail, work, clock, TOMORROW + timedelta(days=1)) == []


def test_nothing_is_sent_before_the_owner_confirms(ask, put, mail: Mailbox, work, clock):
    token = ask()
    put("招生", at=NOON + timedelta(hours=1))
    assert news(mail, work, clock) == []
    actions.confirm(token=token, at=TOMORROW)
    put("招生二", at=TOMORROW + timedelta(hours=1))
    (letter,) = news(mail, work, clock, TOMORROW + timedelta(days=1))
    assert "招生二" in letter and "1条" in mail.received[-1]["Subject"]


def test_what_was_changed_is_not_new_and_what_was_withdrawn_is_not_told(ask, put, mail, work, clock):
    put("招生", key="old", at=NOON - timedelta(days=1))
    actions.confirm(token=ask(), at=NOON)
    put("招生", "改过的正文", key="old", at=NOON + timedelta(hours=1))
    put("招生", key="gone", at=NOON + timedelta(hours=1))
    actions.take_out(kind="item", key="gone", at=NOON + timedelta(hours=2))
    assert news(mail, work, clock) == []


def test_what_is_still_being_published_is_told_the_next_day(ask, put, mail, work, clock):
    actions.confirm(token=ask(), at=NOON)
    put("招生", at=TOMORROW - timedelta(minutes=1))
    assert news(mail, work, clock) == []
    assert len(news(mail, work, clock, TOMORROW + timedelta(days=1))) == 1


def test_the_filters_count_as_in_a_search(ask, put, mail, work, clock):
    wish = Filters(category="20/20-11", section="基础教育科", since=date(2026, 3, 1))
    token = ask("招 “生 通知”", **{name: getattr(wish, name) for name in ("category", "section", "since")})
    actions.confirm(token=token, at=NOON)
    fitting = {"category": "20/20-11/own", "section": "基础教育科", "at": NOON + timedelta(hours=1)}
    put("招生通知甲", **fitting)
    put("招生通知乙", **fitting | {"section": "办公室"})
    put("招生通知丙", **fitting | {"category": "20/20-1"})
    put("招生通知丁", **fitting | {"published_on": date(2026, 2, 28)})
    put("招生的通知戊", **fitting)
    (letter,) = news(mail, work, clock)
    assert "招生通知甲" in letter and "2. " not in letter
    found = queries.search("招 “生 通知”", category=wish.category, section=wish.section, since=wish.since)
    assert [hit.entry.title for hit in found.hits] == ["招生通知甲"]


def test_many_new_ones_are_counted(ask, put, mail, work, clock):
    actions.confirm(token=ask(), at=NOON)
    for _ in range(23):
        put("招生", at=NOON + timedelta(hours=1))
    (letter,) = news(mail, work, clock)
    assert "20. 招生" in letter and "21. " not in letter and "还有3条" in letter


def test_whoever_ends_it_leaves_nothing_behind(ask, put, mail, work, clock):
    token = ask()
    actions.confirm(token=token, at=NOON)
    ended = actions.end(token=token, at=NOON)
    put("招生", at=NOON + timedelta(hours=1))
    assert news(mail, work, clock) == []
    kept = Subscription.objects.get()
    assert ended == kept and kept.ended_at == NOON
    assert (kept.address, kept.wish, kept.token, kept.address_digest) == (None, None, None, "")
    assert not Notice.objects.exists()
    assert actions.end(token=token, at=TOMORROW) == kept
    with pytest.raises(UnableToConfirm, match="已经退订"):
        actions.confirm(token=token, at=NOON)


def test_what_nobody_confirms_is_erased_after_three_days(ask, mail, work, clock):
    token = ask()
    late = NOON + timedelta(days=3, minutes=1)
    with pytest.raises(UnableToConfirm, match="已经过了3天"):
        actions.confirm(token=token, at=late)
    news(mail, work, clock, late)
    assert Subscription.objects.get().address is None and not Notice.objects.exists()


@pytest.mark.parametrize("token", ["", "wrong", "x" * 5000, "\0"])
def test_a_wrong_link_tells_nothing(db, token: str):
    with pytest.raises(UnableToConfirm, match="这个链接不对"):
        actions.confirm(token=token, at=NOON)
    assert actions.end(token=token, at=NOON) is None


def test_asking_again_looks_the_same_and_ends_in_one_mail_a_day(ask, put, mail, work, clock):
    actions.confirm(token=ask(), at=NOON)
    again = ask(email=ADDRESS.upper())
    actions.confirm(token=again, at=NOON)
    assert actions.confirm(token=again, at=TOMORROW).confirmed_at == NOON
    put("招生", at=NOON + timedelta(hours=1))
    assert len(news(mail, work, clock)) == 1


def test_nobody_can_be_flooded_with_mails_to_confirm(cast: Cast, mail, work):
    for number in range(9):
        actions.subscribe(email=ADDRESS, text=f"词{number}", filters=Filters(), agency=cast.agency, at=NOON)
    work()
    assert len(mail.received) == 5


def test_an_address_that_takes_no_mail_gets_no_more(ask, put, mail, work, clock):
    actions.confirm(token=ask(), at=NOON)
    put("招生", at=NOON + timedelta(hours=1))
    mail.refuses = "550 no such mailbox"
    news(mail, work, clock)
    put("招生", at=TOMORROW + timedelta(hours=1))
    mail.refuses = ""
    assert news(mail, work, clock, TOMORROW + timedelta(days=1)) == []
    assert Subscription.objects.get().ended_at == TOMORROW + timedelta(days=1)


@pytest.mark.parametrize(
    ("email", "text", "sentence"),
    [
        ("not an address", "招生", "邮箱地址写得不对"),
        (ADDRESS, "", "没有写检索词"),
        (ADDRESS, " \u200b", "没有写检索词"),
    ],
)
def test_what_cannot_work_is_said(cast: Cast, email: str, text: str, sentence: str):
    with pytest.raises(UnableToSubscribe, match=sentence):
        actions.subscribe(email=email, text=text, filters=Filters(), agency=cast.agency, at=NOON)


def test_without_an_address_of_the_site_no_link_would_work(cast: Cast, settings):
    settings.NOTICES_SITE_URL = ""
    with pytest.raises(UnableToSubscribe, match="没有登记网址"):
        actions.subscribe(email=ADDRESS, text="招生", filters=Filters(), agency=cast.agency, at=NOON)


def test_the_page_of_a_link_shows_the_wish(ask):
    token = ask("招生", section="办公室")
    subscription = queries.subscription_with(token)
    assert subscription and queries.wish_of(subscription) == ("招生", Filters(section="办公室"))
    assert queries.subscription_with("wrong") is None


def test_neither_the_database_nor_the_trail_tells_who_looks_for_what(ask, put, mail, work, clock):
    token = ask("贾样本的事")
    actions.confirm(token=token, at=NOON)
    put("贾样本的事", at=NOON + timedelta(hours=1))
    assert len(news(mail, work, clock)) == 1
    Entry.objects.all().delete()
    for name in connection.introspection.table_names():
        if name.startswith("search_grams"):  # of what is public
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            for row in cursor.fetchall():
                told = " ".join(
                    bytes(v).decode("latin-1") if isinstance(v, memoryview) else str(v) for v in row
                )
                assert ADDRESS not in told and token not in told, name
                assert "贾样本" not in told, name
    acts = set(Line.objects.filter(subject__startswith="subscription:").values_list("act", flat=True))
    assert acts == {"asked_for_subscription", "confirmed_subscription", "sent_subscription_news"}
