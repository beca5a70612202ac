"""From ``notify`` to the far side, through a real mail server."""

import json
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from gongkai.agencies.models import Account
from gongkai.audit.models import Entry
from gongkai.notices import actions
from gongkai.notices.actions import External, UnableToNotify, UnableToRead
from gongkai.notices.models import Delivery, Notice
from gongkai.notices.queries import inbox, unread_count
from tests.agencies.cast import Cast
from tests.notices.mailbox import Mailbox

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
NIGHT = NOON.replace(hour=23)
ADDRESS = "zhen.shifan@example.cn"
APPLICANT = External(email=ADDRESS)


@pytest.fixture(autouse=True)
def noon(clock) -> None:
    clock(NOON)


def tell(cast: Cast, to: Account | External, key: str = "case:1:assigned", at: datetime = NOON, **other):
    told = {
        "kind": "assigned",
        "title": "交您办理：示例登〔2026〕1号",
        "text": "请在7个工作日内提出办理意见。",
        "link": "/office/cases/1/",
    } | other
    return actions.notify(agency=cast.agency, to=to, key=key, by=cast.head, at=at, **told)


def prefer(account: Account, **other):
    wishes = {
        "email": "officer@gongkai.example",
        "mobile": "",
        "wechat": "",
        "channels": ["email"],
        "quiet_from": time(22),
        "quiet_until": time(8),
        "kinds_off": [],
    } | other
    return actions.set_preference(by=account, at=NOON, **wishes)


def states(notice: Notice) -> dict[str, str]:
    return dict(notice.deliveries.values_list("channel", "state"))


def test_without_a_word_about_it_a_clerk_is_told_in_the_desk_only(cast: Cast, work):
    notice = tell(cast, cast.officer)
    assert states(notice) == {"desk": "sent"}
    assert list(inbox(cast.officer)) == [notice] and unread_count(cast.officer) == 1
    assert work() == 0


def test_a_mail_arrives_in_chinese_with_the_headers_it_owes(cast: Cast, mail: Mailbox, work, settings):
    settings.NOTICES_SITE_URL = "https://gongkai.example"
    prefer(cast.officer)
    notice = tell(cast, cast.officer)
    work()
    (letter,) = mail.received
    assert letter["Subject"] == "交您办理：示例登〔2026〕1号"
    assert letter["To"] == "officer@gongkai.example"
    assert letter["From"] == "示例市教育局 <office@gongkai.example>"
    assert letter["Message-ID"] == notice.deliveries.get(channel="email").message_id
    assert letter["Message-ID"].endswith("@gongkai.example>")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"
    assert "请在7个工作日内" in letter.get_content()
    assert "https://gongkai.example/office/cases/1/" in letter.get_content()
    assert states(notice) == {"desk": "sent", "email": "sent"}


def test_the_same_key_twice_is_one_notice_for_each_person(cast: Cast, mail: Mailbox, work):
    prefer(cast.officer)
    first, again = tell(cast, cast.officer), tell(cast, cast.officer, title="另一个标题")
    other = tell(cast, cast.leader)
    work()
    assert first == again != other
    assert len(mail.received) == 1
    assert Entry.objects.filter(act="notified").count() == 2


def test_what_is_rolled_back_is_never_sent(cast: Cast, mail: Mailbox, work):
    prefer(cast.officer)
    with pytest.raises(RuntimeError), transaction.atomic():
        tell(cast, cast.officer)
        raise RuntimeError("the case could not be saved")
    assert work() == 0
    assert mail.received == [] and not Notice.objects.exists()


def test_an_applicant_is_told_by_mail_and_sms(cast: Cast, mail: Mailbox, work, tmp_path: Path):
    notice = tell(cast, External(email=ADDRESS, mobile="13800000000"), kind="case_progress")
    work()
    assert states(notice) == {"email": "sent", "sms": "sent"}
    assert mail.received[0]["To"] == ADDRESS
    line = json.loads((tmp_path / "outbox" / "sms.jsonl").read_text("utf-8"))
    assert line["to"] == "13800000000" and line["text"].startswith("请在7个工作日内")
    assert line["message_id"] == notice.deliveries.get(channel="sms").message_id
    assert (tmp_path / "outbox" / "sms.jsonl").stat().st_mode & 0o077 == 0


def test_somebody_without_an_address_cannot_be_told(cast: Cast):
    with pytest.raises(UnableToNotify, match="请改用邮寄或当面送达"):
        tell(cast, External())


@pytest.mark.parametrize(
    "link", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_a_notice_leads_nowhere_but_here(cast: Cast, link: str):
    with pytest.raises(ValueError, match="a path on this site"):
        tell(cast, cast.officer, link=link)


def test_a_title_of_several_lines_cannot_forge_a_header(cast: Cast, mail: Mailbox, work):
    prefer(cast.officer)
    tell(cast, cast.officer, title="一行\r\nBcc: everybody@example.cn")
    work()
    (letter,) = mail.received
    assert letter["Bcc"] is None and letter["Subject"] == "一行 Bcc: everybody@example.cn"


def test_what_a_person_switched_off_stays_in_the_desk(cast: Cast, mail: Mailbox, work):
    prefer(cast.officer, kinds_off=["assigned"])
    assert states(tell(cast, cast.officer)) == {"desk": "sent"}
    assert states(tell(cast, cast.officer, key="other", kind="overdue")) == {
        "desk": "sent",
        "email": "waiting",
    }
    prefer(cast.officer, channels=[])
    assert states(tell(cast, cast.officer, key="third", kind="overdue")) == {"desk": "sent"}


def test_at_night_the_desk_knows_at_once_and_the_mail_waits_for_the_morning(
    cast: Cast, mail: Mailbox, work, clock
):
    prefer(cast.officer)
    clock(NIGHT)
    notice = tell(cast, cast.officer, at=NIGHT, kind="overdue")
    assert states(notice) == {"desk": "sent", "email": "held"}
    assert work() == 0
    clock(NIGHT + timedelta(hours=9, seconds=1))
    work()
    assert states(notice)["email"] == "sent" and len(mail.received) == 1


def test_a_mail_that_was_late_into_the_night_waits_too(cast: Cast, mail: Mailbox, work, clock):
    prefer(cast.officer)
    notice = tell(cast, cast.officer)
    clock(NIGHT)
    work()
    assert mail.received == [] and states(notice)["email"] == "held"
    clock(NIGHT + timedelta(hours=9, seconds=1))
    work()
    assert len(mail.received) == 1


def test_a_server_that_is_down_is_tried_again_until_it_takes_the_mail_once(
    cast: Cast, mail: Mailbox, work, settings, clock
):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    notice = tell(cast, APPLICANT)
    work()
    delivery = notice.deliveries.get()
    assert delivery.state == "waiting" and delivery.attempts == 1
    assert delivery.not_before == NOON + timedelta(minutes=1)
    assert delivery.error == "连不上发送通知的服务器；稍后自动再发。"
    assert work() == 0, "not before its time"
    settings.EMAIL_PORT = port
    clock(NOON + timedelta(minutes=1, seconds=1))
    work()
    work()
    assert mail.ids == [delivery.message_id]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == ("sent", 2, "")


def test_after_five_attempts_the_head_is_told_and_the_address_is_masked(
    cast: Cast, mail: Mailbox, work, settings, clock
):
    settings.EMAIL_PORT = 1
    notice = tell(cast, APPLICANT, title="申请有进展")
    for minutes in (0, 1, 6, 36, 156):
        clock(NOON + timedelta(minutes=minutes, seconds=1 + minutes))
        work()
    delivery = notice.deliveries.get()
    assert (delivery.state, delivery.attempts) == ("failed", 5)
    (told,) = inbox(cast.head)
    assert told.title == "电子邮件没有送达：申请有进展"
    assert told.text == (
        "发给z*****@example.cn的电子邮件没有送达。连发5次都没有成功；最后一次：连不上发送通知的服务器。"
    )
    assert states(told) == {"desk": "sent"}
    assert Entry.objects.filter(act="failed_notice").count() == 1


def test_an_address_that_is_refused_for_good_is_not_tried_again(cast: Cast, mail: Mailbox, work):
    mail.refuses = f"550 no such mailbox {ADDRESS}"
    notice = tell(cast, APPLICANT)
    work()
    delivery = notice.deliveries.get()
    assert (delivery.state, delivery.attempts) == ("failed", 1)
    assert delivery.error.startswith("对方邮件服务器不接受这个邮箱地址")


def test_an_address_that_is_refused_for_now_is_tried_again(cast: Cast, mail: Mailbox, work):
    mail.refuses = "450 greylisted, come back later"
    notice = tell(cast, APPLICANT)
    work()
    assert notice.deliveries.get().error == "邮件服务器暂时不收这封邮件；稍后自动再发。"
    assert notice.deliveries.get().state == "waiting"


class BrokenGateway:
    def send(self, message) -> None:
        raise KeyError(message.to)


def test_a_gateway_that_breaks_breaks_nothing_else(cast: Cast, settings, work, caplog):
    settings.NOTICES_CHANNELS = {**settings.NOTICES_CHANNELS, "sms": f"{__name__}.BrokenGateway"}
    notice = tell(cast, External(mobile="13800000000"))
    work()
    assert notice.deliveries.get().error == "发送通知的程序出错（KeyError）；稍后自动再发。"
    assert "KeyError" in caplog.text and "13800000000" not in caplog.text


def test_no_address_and_no_text_lies_open_in_the_database(cast: Cast, mail: Mailbox, work, caplog):
    """Whatever happens to it: refused, failed, sent, logged."""
    mail.refuses = f"450 {ADDRESS} busy"
    prefer(cast.officer, email=ADDRESS)
    tell(cast, APPLICANT, text="甄示范，您的申请已受理。")
    tell(cast, cast.officer)
    work()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table == "search_grams":  # holds numbers, and does not let itself be read
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = str(cursor.fetchall())
            assert ADDRESS not in rows and "甄示范" not in rows, table
    assert ADDRESS not in caplog.text
    assert ADDRESS not in repr(APPLICANT)
    assert Notice.objects.get(recipient=None).email == ADDRESS


def test_a_delivery_somebody_holds_is_not_sent_twice(cast: Cast, mail: Mailbox, work, clock):
    notice = tell(cast, APPLICANT)
    held = actions.claim(delivery_id=notice.deliveries.get().pk, by=None, at=NOON)
    assert held is not None
    work()
    assert mail.received == [], "in another worker's hands"
    clock(NOON + timedelta(seconds=181))
    work()
    assert mail.ids == [held.message_id], "taken up when the holder did not come back"
    assert work() == 0


def test_the_net_sends_what_lost_its_task(cast: Cast, mail: Mailbox, work, clock):
    from gongkai.notices.tasks import retry_deliveries

    notice = tell(cast, APPLICANT)
    DBTaskResult.objects.all().delete()
    retry_deliveries.enqueue()
    work()
    assert mail.received == [], "not yet overdue"
    clock(NOON + timedelta(minutes=3))
    retry_deliveries.enqueue()
    work()
    assert states(notice) == {"email": "sent"} and len(mail.received) == 1


def test_reading_ones_own_notice_and_nobody_elses(cast: Cast):
    notice = tell(cast, cast.officer)
    with pytest.raises(UnableToRead, match="只有本人"):
        actions.mark_read(notice=notice, by=cast.head, at=NOON)
    actions.mark_read(notice=notice, by=cast.officer, at=NOON)
    actions.mark_read(notice=notice, by=cast.officer, at=NIGHT)
    notice.refresh_from_db()
    assert notice.read_at == NOON and unread_count(cast.officer) == 0
    assert Entry.objects.filter(act="read_notice").count() == 1


def test_unread_notices_come_first_then_the_newest(cast: Cast):
    old, middle, new = (
        tell(cast, cast.officer, key=str(hours), at=NOON + timedelta(hours=hours)) for hours in range(3)
    )
    actions.mark_read(notice=new, by=cast.officer, at=NIGHT)
    assert list(inbox(cast.officer)) == [middle, old, new]
    assert actions.mark_all_read(by=cast.officer, at=NIGHT) == 2
    assert list(inbox(cast.officer)) == [new, middle, old]


def test_the_trail_knows_that_but_never_whom(cast: Cast, mail: Mailbox, work):
    prefer(cast.officer, email=ADDRESS)
    tell(cast, APPLICANT)
    work()
    lines = Entry.objects.filter(act__in=["notified", "delivered_notice", "set_notice_preference"])
    assert [entry.act for entry in lines] == ["set_notice_preference", "notified", "delivered_notice"]
    assert ADDRESS not in str([entry.details for entry in lines])
    assert lines[0].details == {"name": "办公桌、电子邮件"}


def test_finished_tasks_are_forgotten_after_two_weeks(cast: Cast, mail: Mailbox, work, clock):
    from gongkai.notices.tasks import forget_finished_tasks

    tell(cast, APPLICANT)
    work()
    clock(NOON + timedelta(days=15))
    forget_finished_tasks.enqueue()
    work()
    assert [task.task_path for task in DBTaskResult.objects.all()] == [
        "gongkai.notices.tasks.forget_finished_tasks"
    ]
    assert Delivery.objects.count() == 1
