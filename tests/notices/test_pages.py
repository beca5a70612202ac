"""One's notices, and how one wishes to be told."""

from datetime import time, timedelta

import pytest
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.notices.actions import notify
from gongkai.notices.models import Notice, Preference
from gongkai.notices.queries import preference_of, unread_count
from tests.agencies.cast import Cast

pytestmark = pytest.mark.urls("tests.notices.addresses")
INBOX, WISHES = "/office/notices/", "/office/notices/preferences/"
TYPED = {
    "channels": ["email"],
    "email": "officer@gongkai.example",
    "mobile": "",
    "wechat": "",
    "quiet_from": "22:00",
    "quiet_until": "8:00",
    "kinds_off": ["assigned"],
}


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def tell(cast: Cast, to: Account, number: int = 1, **other) -> Notice:
    told = {
        "kind": "overdue",
        "title": f"第{number}件已经逾期",
        "text": "请今天办结。",
        "link": "/office/trail/",
    } | other
    return notify(agency=cast.agency, to=to, key=f"case:{number}", by=None, at=timezone.now(), **told)


def test_an_empty_inbox_says_what_will_come(cast: Cast):
    page = signed_in(cast.officer).get(INBOX).content.decode()
    assert "还没有通知" in page and "没有未读通知" in page


def test_a_notice_is_opened_where_it_leads_and_is_read_then(cast: Cast):
    client, notice = signed_in(cast.officer), tell(cast, cast.officer)
    page = client.get(INBOX).content.decode()
    assert "1条未读" in page and "第1件已经逾期" in page and "紧急" in page
    answer = client.post(f"{INBOX}{notice.pk}/read/", {"open": "1"})
    assert answer.headers["Location"] == "/office/trail/"
    assert "没有未读通知" in client.get(INBOX).content.decode()


def test_a_notice_is_marked_read_without_going_anywhere(cast: Cast):
    client, notice = signed_in(cast.officer), tell(cast, cast.officer)
    assert client.post(f"{INBOX}{notice.pk}/read/").headers["Location"] == INBOX
    assert unread_count(cast.officer) == 0


def test_other_peoples_notices_are_not_found(cast: Cast):
    notice = tell(cast, cast.head)
    client = signed_in(cast.officer)
    assert "第1件" not in client.get(INBOX).content.decode()
    assert client.post(f"{INBOX}{notice.pk}/read/").status_code == 404
    assert unread_count(cast.head) == 1


def test_a_plain_link_reads_nothing(cast: Cast):
    notice = tell(cast, cast.officer)
    assert signed_in(cast.officer).get(f"{INBOX}{notice.pk}/read/").status_code == 405
    assert unread_count(cast.officer) == 1


def test_all_are_marked_read_at_once(cast: Cast):
    for number in range(3):
        tell(cast, cast.officer, number)
    page = signed_in(cast.officer).post(f"{INBOX}read/", follow=True).content.decode()
    assert "3条通知已标为已读" in page


def test_a_long_inbox_has_pages(cast: Cast):
    for number in range(31):
        tell(cast, cast.officer, number)
    client = signed_in(cast.officer)
    assert "第1页，共2页" in client.get(INBOX).content.decode()
    assert "上一页" in client.get(f"{INBOX}?page=2").content.decode()


def test_nobody_sees_it_without_signing_in(cast: Cast):
    for address in (INBOX, WISHES):
        assert Client().get(address).headers["Location"].startswith("/accounts/sign-in/")


def test_wishes_are_kept_and_shown_again(cast: Cast):
    client = signed_in(cast.officer)
    page = client.post(WISHES, TYPED, follow=True).content.decode()
    assert "通知设置已保存" in page
    assert 'value="officer@gongkai.example"' in page and 'value="08:00"' in page
    preference = preference_of(cast.officer)
    assert preference is not None
    assert (preference.channels, preference.kinds_off) == (["email"], ["assigned"])
    assert (preference.quiet_from, preference.quiet_until) == (time(22), time(8))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"quiet_from": "２１：３０"}, {"quiet_from": time(21, 30)}),
        ({"quiet_from": "21点"}, {"quiet_from": time(21)}),
        ({"quiet_from": "21点05分"}, {"quiet_from": time(21, 5)}),
        ({"mobile": "+86 138-0000-0000"}, {"mobile": "13800000000"}),
        ({"email": " Ｏfficer@gongkai.example "}, {"email": "Officer@gongkai.example"}),
    ],
)
def test_people_type_as_they_are_used_to(cast: Cast, typed: dict, kept: dict):
    signed_in(cast.officer).post(WISHES, TYPED | typed)
    preference = Preference.objects.get()
    assert {name: getattr(preference, name) for name in kept} == kept


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"email": ""}, "要收电子邮件，请填电子邮箱"),
        ({"channels": ["sms"]}, "要收短信，请填手机号"),
        ({"channels": ["wechat"]}, "要收微信，请填"),
        ({"email": "not an address"}, "这不像电子邮箱"),
        ({"mobile": "12345"}, "1开头的11位数字"),
        ({"quiet_from": "25:00"}, "“25:00”不是一天里的时刻"),
        ({"quiet_until": "早上"}, "“早上”不是一天里的时刻"),
        ({"quiet_until": ""}, "这一项还没有填"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_as_typed(cast: Cast, typed: dict, says: str):
    page = signed_in(cast.officer).post(WISHES, TYPED | typed)
    assert page.status_code == 422
    assert says in page.content.decode() and "请先改好下面几处" in page.content.decode()
    assert not Preference.objects.exists()


def test_the_page_says_which_channels_reach_nobody_yet(cast: Cast, settings):
    client = signed_in(cast.officer)
    assert "还没有接通电子邮件、短信、微信" in client.get(WISHES).content.decode()
    for name in ("email", "sms", "wechat"):
        path = "gongkai.notices.channels.EmailChannel"
        settings.NOTICES_CHANNELS = {**settings.NOTICES_CHANNELS, name: path}
    assert "还没有接通" not in client.get(WISHES).content.decode()


def test_what_only_applicants_are_told_is_no_wish_of_a_clerk(cast: Cast):
    page = signed_in(cast.officer).get(WISHES).content.decode()
    assert "待您审批" in page and "申请办理进展" not in page and "通知没有送达" not in page


def test_the_head_of_a_page_counts_once_and_only_where_it_is_shown(cast: Cast, django_assert_num_queries):
    tell(cast, cast.officer)
    request = RequestFactory().get("/")
    request.user, request.COOKIES = cast.officer, {}
    shows = engines["django"].from_string("{% if unread_notices %}{{ unread_notices }}{% endif %}")
    silent = engines["django"].from_string("nothing")
    with django_assert_num_queries(1):
        assert shows.render({}, request) == "1"
    with django_assert_num_queries(0):
        assert silent.render({}, request) == "nothing"
        del request.user
        assert shows.render({}, request) == ""


def test_what_must_be_done_by_when_is_shown(cast: Cast):
    tell(cast, cast.officer, due_at=timezone.now() + timedelta(days=1))
    assert "以前办理" in signed_in(cast.officer).get(INBOX).content.decode()
