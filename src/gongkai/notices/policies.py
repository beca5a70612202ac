"""When a message may go out, by which way, how often it is tried, and who may read a notice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal
from gongkai.notices.kinds import Kind
from gongkai.notices.models import NIGHT_FROM, NIGHT_UNTIL, Delivery, Notice, Preference

Channel = Delivery.Channel
_WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))


@dataclass(frozen=True, slots=True)
class External:
    """Somebody without an account. The addresses are never printed."""

    email: str = field(default="", repr=False)
    mobile: str = field(default="", repr=False)


def open_from(at: datetime, quiet_from: time, quiet_until: time) -> datetime:
    """The first moment from ``at`` on that is not in the quiet hours; equal ends mean none.

    The hours are those of the office's own clock and may span midnight.
    """
    local = timezone.localtime(at, timezone.get_default_timezone())
    now = local.time().replace(tzinfo=None)
    spans_midnight = quiet_from > quiet_until
    inside = (now >= quiet_from, now < quiet_until)
    if not (any(inside) if spans_midnight else all(inside)):
        return at
    day = local.date() + timedelta(days=1 if spans_midnight and now >= quiet_from else 0)
    return datetime.combine(day, quiet_until, tzinfo=local.tzinfo)


def opens_for(preference: Preference | None, at: datetime) -> datetime:
    """``open_from`` by a person's own quiet hours; the usual night for everybody else."""
    if preference is None:
        return open_from(at, NIGHT_FROM, NIGHT_UNTIL)
    return open_from(at, preference.quiet_from, preference.quiet_until)


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts in vain; ``None``: give up."""
    return _WAITS[attempts - 1] if attempts <= len(_WAITS) else None


def addresses_of(notice: Notice, preference: Preference | None) -> Mapping[str, str]:
    """Where each channel would send this notice; the desk needs no address."""
    if notice.recipient_id is None:
        return {Channel.EMAIL: notice.email or "", Channel.SMS: notice.mobile or ""}
    if preference is None:
        return {}
    return {
        Channel.EMAIL: preference.email,
        Channel.SMS: preference.mobile,
        Channel.WECHAT: preference.wechat,
    }


def ways_out(kind: Kind, notice: Notice, preference: Preference | None) -> list[str]:
    """The channels that carry a new notice, beside the desk."""
    if kind.desk_only:
        return []
    ways = [channel for channel, address in addresses_of(notice, preference).items() if address]
    if preference is None:
        return ways
    return [way for way in ways if way in preference.channels and kind.code not in preference.kinds_off]


def masked(address: str) -> str:
    """An address as it may be shown: 示*****@example.cn, 138****0000."""
    name, at, domain = address.partition("@")
    if at:
        return f"{name[:1]}*****@{domain}"
    return f"{address[:3]}****{address[-4:]}" if len(address) >= 11 else "****"


def may_notify(to: Account | External) -> Refusal | None:
    """Somebody outside must have left an address."""
    if isinstance(to, External) and not (to.email or to.mobile):
        return Refusal("对方没有留下电子邮箱或手机号，通知发不出去；请改用邮寄或当面送达。")
    return None


def may_read(notice: Notice, by: Account) -> Refusal | None:
    """A notice is its recipient's alone."""
    return None if notice.recipient_id == by.pk else Refusal("这是发给别人的通知，只有本人能标为已读。")
