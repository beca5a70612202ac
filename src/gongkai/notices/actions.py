"""Every write about notices. ``by`` is ``None`` where the system does it by itself."""

import uuid
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from gongkai.agencies.models import Account, Agency, Membership
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.agencies.queries import agencies_of
from gongkai.audit.actions import record
from gongkai.notices import tasks
from gongkai.notices.kinds import Kind, kind_of
from gongkai.notices.models import Delivery, Notice, Preference, ScheduledRun
from gongkai.notices.policies import (
    External,
    addresses_of,
    masked,
    may_notify,
    may_read,
    opens_for,
    wait_after,
    ways_out,
)
from gongkai.notices.queries import preference_of
from gongkai.sealing import blind_index


class UnableToNotify(ActionRefused):
    """There is nobody the notice could reach."""


class UnableToRead(ActionRefused):
    """The notice is somebody else's."""


def _check(refusal: Refusal | None, refused: type[ActionRefused]) -> None:
    if refusal:
        raise refused(refusal)


@transaction.atomic
def notify(
    *,
    agency: Agency,
    to: Account | External,
    kind: str,
    title: str,
    text: str,
    key: str,
    by: Account | None,
    at: datetime,
    link: str = "",
    level: str = "",
    due_at: datetime | None = None,
) -> Notice:
    """Tell a person something, once for each ``key`` and person: the notice stands in the desk at
    once, and goes out by the other channels in the background.

    ``kind`` is a code of ``notices.kinds``, ``link`` a path on this site; ``title`` must be free of
    personal data. Raises ``UnableToNotify``.
    """
    _check(may_notify(to), UnableToNotify)
    if link and (not link.startswith("/") or link.startswith("//")):
        raise ValueError("a notice links to a path on this site")
    about, account = kind_of(kind), to if isinstance(to, Account) else None
    notice, is_new = Notice.objects.get_or_create(
        dedupe_key=_dedupe_key(key, to),
        defaults={
            "agency": agency,
            "recipient": account,
            "email": to.email or None if isinstance(to, External) else None,
            "mobile": to.mobile or None if isinstance(to, External) else None,
            "kind": about.code,
            "level": level or about.level,
            "title": " ".join(title.split())[:120],
            "text": text,
            "link": link,
            "due_at": due_at,
            "created_at": at,
        },
    )
    if is_new:
        _send_out(notice, about, account, at)
        _note(notice, "notified", by, at)
    return notice


def _dedupe_key(key: str, to: Account | External) -> str:
    if isinstance(to, Account):
        return f"{key}:{to.pk}"
    return f"{key}:{blind_index(f'{to.email} {to.mobile}')[:24]}"


def _send_out(notice: Notice, kind: Kind, account: Account | None, at: datetime) -> None:
    preference = preference_of(account) if account else None
    if account:
        notice.deliveries.create(
            channel=Delivery.Channel.DESK,
            state=Delivery.State.SENT,
            not_before=at,
            sent_at=at,
            message_id=_new_message_id(),
        )
    opens = opens_for(preference, at)
    for channel in ways_out(kind, notice, preference):
        state = Delivery.State.HELD if opens > at else Delivery.State.WAITING
        delivery = notice.deliveries.create(
            channel=channel, state=state, not_before=opens, message_id=_new_message_id()
        )
        _enqueue(delivery, opens)


def _new_message_id() -> str:
    domain = settings.NOTICES_SENDER.rpartition("@")[2]
    return f"<{uuid.uuid4().hex}@{domain}>"


def _enqueue(delivery: Delivery, at: datetime) -> None:
    tasks.deliver.using(run_after=at).enqueue(delivery.pk)


def _note(notice: Notice, act: str, by: Account | None, at: datetime, **details: str) -> None:
    record(
        by=by,
        at=at,
        act=act,
        subject=f"notice:{notice.pk}",
        agency=notice.agency,
        details={"name": notice.kind_label, **details},
    )


def _own(by: Account) -> dict[str, Any]:
    return {"subject": f"account:{by.pk}", "agency": agencies_of(by).first()}


@transaction.atomic
def mark_read(*, notice: Notice, by: Account, at: datetime) -> Notice:
    """The recipient has seen it. Raises ``UnableToRead``."""
    _check(may_read(notice, by), UnableToRead)
    if Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at):
        notice.read_at = at
        _note(notice, "read_notice", by, at)
    return notice


@transaction.atomic
def mark_all_read(*, by: Account, at: datetime) -> int:
    """Everything a person has been told by now is seen. Returns how many were not."""
    count = by.notices.filter(read_at=None, created_at__lte=at).update(read_at=at)
    if count:
        record(by=by, at=at, act="read_notice", details={"name": f"{count}条通知"}, **_own(by))
    return count


@transaction.atomic
def set_preference(
    *,
    email: str,
    mobile: str,
    wechat: str,
    channels: Sequence[str],
    quiet_from: time,
    quiet_until: time,
    kinds_off: Sequence[str],
    by: Account,
    at: datetime,
) -> Preference:
    """How one wishes to be told from now on. The trail names the channels, never an address."""
    wishes = {
        "email": email,
        "mobile": mobile,
        "wechat": wechat,
        "channels": list(channels),
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "kinds_off": list(kinds_off),
    }
    preference, _ = Preference.objects.update_or_create(account=by, defaults=wishes)
    names = "、".join(Delivery.Channel(channel).label for channel in ["desk", *channels])
    record(by=by, at=at, act="set_notice_preference", details={"name": names}, **_own(by))
    return preference


@transaction.atomic
def claim(*, delivery_id: int, by: Account | None, at: datetime) -> Delivery | None:
    """Take a delivery in hand for the next minutes; ``None`` where it is not to be sent now.

    One that somebody holds, or that has run into the night, is put down for later.
    """
    delivery = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("notice__agency", "notice__recipient__notice_preference")
        .filter(pk=delivery_id, state__in=Delivery.OPEN, not_before__lte=at)
        .first()
    )
    if delivery is None:
        return None
    if delivery.leased_until and delivery.leased_until > at:
        _enqueue(delivery, delivery.leased_until)
        return None
    opens = opens_for(getattr(delivery.notice.recipient, "notice_preference", None), at)
    if opens > at:
        _put_down(delivery, Delivery.State.HELD, opens)
        return None
    delivery.leased_until = at + timedelta(seconds=settings.NOTICES_LEASE_SECONDS)
    delivery.save(update_fields=["leased_until"])
    return delivery


def _put_down(delivery: Delivery, state: Delivery.State, until: datetime) -> None:
    delivery.state, delivery.not_before, delivery.leased_until = state, until, None
    delivery.save(update_fields=["state", "not_before", "leased_until", "attempts", "error"])
    _enqueue(delivery, until)


@transaction.atomic
def settle(*, delivery: Delivery, by: Account | None, at: datetime) -> Delivery:
    """The channel has taken the message over."""
    delivery.attempts += 1
    delivery.state, delivery.sent_at, delivery.error = Delivery.State.SENT, at, ""
    delivery.save(update_fields=["state", "sent_at", "attempts", "error"])
    _note(delivery.notice, "delivered_notice", by, at, channel=delivery.channel)
    return delivery


@transaction.atomic
def postpone(*, delivery: Delivery, reason: str, by: Account | None, at: datetime) -> Delivery:
    """The channel did not take it: try again later, or, after the last attempt, give up."""
    wait = wait_after(delivery.attempts + 1)
    if wait is None:
        sentence = f"连发{delivery.attempts + 1}次都没有成功；最后一次：{reason.partition('；')[0]}。"
        return give_up(delivery=delivery, reason=sentence, by=by, at=at)
    delivery.attempts += 1
    delivery.error = reason
    preference = getattr(delivery.notice.recipient, "notice_preference", None)
    until = opens_for(preference, at + wait)
    held = until > at + wait
    _put_down(delivery, Delivery.State.HELD if held else Delivery.State.WAITING, until)
    return delivery


@transaction.atomic
def give_up(*, delivery: Delivery, reason: str, by: Account | None, at: datetime) -> Delivery:
    """It will not arrive by this channel: the heads of the disclosure office are told in the desk."""
    delivery.attempts += 1
    delivery.state, delivery.error = Delivery.State.FAILED, reason
    delivery.save(update_fields=["state", "attempts", "error"])
    _note(delivery.notice, "failed_notice", by, at, channel=delivery.channel)
    _tell_heads(delivery, at)
    return delivery


def _tell_heads(delivery: Delivery, at: datetime) -> None:
    notice, channel = delivery.notice, Delivery.Channel(delivery.channel)
    heads = Account.objects.filter(
        memberships__agency=notice.agency, memberships__role=Membership.Role.OFFICE_HEAD, is_active=True
    ).distinct()
    for head in heads:
        notify(
            agency=notice.agency,
            to=head,
            kind="delivery_failed",
            title=f"{channel.label}没有送达：{notice.title}",
            text=f"发给{_whom(delivery)}的{channel.label}没有送达。{delivery.error}",
            link=notice.link,
            key=f"delivery-failed:{delivery.pk}",
            by=None,
            at=at,
        )


def _whom(delivery: Delivery) -> str:
    notice = delivery.notice
    if notice.recipient:
        return notice.recipient.full_name
    return masked(addresses_of(notice, None)[delivery.channel])


@transaction.atomic
def start_run(
    *, name: str, expected: datetime | None, following: datetime, by: Account | None, at: datetime
) -> bool:
    """Start a recurring task unless somebody else has: whoever moves its moment from ``expected`` to
    ``following`` enqueues it. Without ``expected`` the task is new and only put down."""
    if expected is None:
        ScheduledRun.objects.get_or_create(name=name, defaults={"next_run_at": following})
        return False
    moved = ScheduledRun.objects.filter(name=name, next_run_at=expected).update(next_run_at=following)
    if moved and expected <= at:
        import_string(name).enqueue()
        return True
    return False


@transaction.atomic
def forget_tasks(*, before: datetime, by: Account | None, at: datetime) -> int:
    """Drop the records of tasks that finished before a moment."""
    count, _ = DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
    return count
