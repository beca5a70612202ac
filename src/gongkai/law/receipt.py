"""The day that counts as receipt of an application, by channel (第三十一条)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.breach import LawBreach
from gongkai.law.limits import chinese_date
from gongkai.law.workdays import WorkingCalendar


class Channel(StrEnum):
    """How an application reaches the office. ``misdirected``: to a wrong unit or person inside."""

    IN_PERSON = "in_person"
    ORAL = "oral"
    SIGNED_MAIL = "signed_mail"
    ORDINARY_MAIL = "ordinary_mail"
    MISDIRECTED = "misdirected"
    WEBSITE = "website"
    EMAIL = "email"
    FAX = "fax"

    @property
    def label(self) -> str:
        return _CHANNEL_LABELS[self]


_CHANNEL_LABELS = {
    Channel.IN_PERSON: "当面提交",
    Channel.ORAL: "口头申请、代为填写",
    Channel.SIGNED_MAIL: "挂号信、特快专递（签收）",
    Channel.ORDINARY_MAIL: "平常信函（无需签收）",
    Channel.MISDIRECTED: "误投本机关其他单位或者个人",
    Channel.WEBSITE: "网上提交",
    Channel.EMAIL: "电子邮件",
    Channel.FAX: "传真",
}


class Party(StrEnum):
    """Who confirms."""

    OFFICE = "office"
    APPLICANT = "applicant"

    @property
    def label(self) -> str:
        return {"office": "本机关", "applicant": "申请人"}[self.value]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One logged attempt to confirm receipt: by whom, on what day, and whether it succeeded."""

    by: Party
    on: date
    reached: bool = True


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day of receipt, or ``None`` while a confirmation is missing.

    ``explanation`` says in Chinese why; ``warning`` what the office neglected, else empty.
    ``escalate_on`` is the day from which a missing confirmation is overdue, ``None`` once fixed.
    """

    received_on: date | None
    explanation: str
    article: str
    warning: str = ""
    escalate_on: date | None = None

    @property
    def is_pending(self) -> bool:
        return self.received_on is None


def determine_receipt(
    channel: Channel, arrived_on: date, confirmations: Iterable[Confirmation], calendar: WorkingCalendar
) -> Receipt:
    """The receipt of an application that reached the office on ``arrived_on`` (the day it was
    submitted, signed for, or came in). Raises ``LawBreach`` for a confirmation before arrival."""
    log = sorted(confirmations, key=lambda entry: entry.on)
    if log and log[0].on < arrived_on:
        raise LawBreach(
            f"确认日期（{chinese_date(log[0].on)}）早于到达日期（{chinese_date(arrived_on)}），请核对。",
            "第三十一条",
        )
    if channel in (Channel.IN_PERSON, Channel.ORAL):
        return Receipt(arrived_on, "当面提交的，以提交之日为收到申请之日。", "第三十一条第一项")
    if channel is Channel.SIGNED_MAIL:
        return Receipt(arrived_on, "邮寄方式提交的，以签收之日为收到申请之日。", "第三十一条第二项")
    if channel in (Channel.ORDINARY_MAIL, Channel.MISDIRECTED):
        return _by_mail(arrived_on, log, calendar)
    return _by_mutual_confirmation(arrived_on, log, calendar)


def _by_mail(arrived_on: date, log: list[Confirmation], calendar: WorkingCalendar) -> Receipt:
    article = "第三十一条第二项"
    attempted = any(entry.on == arrived_on and entry.by is Party.OFFICE for entry in log)
    warning = "" if attempted else "应当于收到信函当日与申请人确认，未见当日联系的记录；请补记或者尽快联系。"
    confirmed_on = _first(log, Party.OFFICE)
    if confirmed_on is None:
        return _pending(
            "尚未与申请人确认，收到之日未定；请继续联系并记录每次联系。",
            article,
            warning,
            arrived_on,
            calendar,
        )
    return Receipt(confirmed_on, "无需签收的平常信函，以与申请人确认之日为收到申请之日。", article, warning)


def _by_mutual_confirmation(arrived_on: date, log: list[Confirmation], calendar: WorkingCalendar) -> Receipt:
    article = "第三十一条第三项"
    confirmed = {party: _first(log, party) for party in Party}
    missing = [party.label for party, day in confirmed.items() if day is None]
    if missing:
        text = f"尚缺{'、'.join(missing)}的确认，收到之日未定；请及时确认并记录。"
        return _pending(text, article, "", arrived_on, calendar)
    last = max(day for day in confirmed.values() if day is not None)
    return Receipt(last, "网上或者传真提交的，以双方确认之日为收到申请之日。", article)


def _first(log: list[Confirmation], party: Party) -> date | None:
    return next((entry.on for entry in log if entry.by is party and entry.reached), None)


def _pending(text: str, article: str, warning: str, arrived_on: date, calendar: WorkingCalendar) -> Receipt:
    # A slow confirmation must not stretch the clock unseen, so it is escalated after one working day.
    return Receipt(None, text, article, warning, calendar.add_working_days(arrived_on, 1))
