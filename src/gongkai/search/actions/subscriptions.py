"""Subscribing by e-mail: asked for on a page, confirmed by a button behind a link that only the owner of
the address gets, ended by another. Nothing that is answered tells whether an address is known."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.law.limits import chinese_date
from gongkai.notices.actions import notify
from gongkai.notices.models import Delivery, Notice
from gongkai.notices.policies import External
from gongkai.sealing import blind_index
from gongkai.search.models import Entry, Subscription
from gongkai.search.policies import (
    MAILS_A_DAY,
    TO_CONFIRM_WITHIN,
    may_confirm,
    may_subscribe,
    page_of_subscription,
    token_digest,
)
from gongkai.search.queries import (
    put_in_between,
    subscription_with,
    subscriptions_awaiting_news,
    wish_of,
)
from gongkai.search.words import Filters, parse

_LISTED = 20
_UNDER_WAY = timedelta(minutes=10)  # a transaction that publishes may take so long to be seen
_BY_NAME = "订阅人"


class UnableToSubscribe(ActionRefused):
    """No words, no real address, or no page the mail could point to."""


class UnableToConfirm(ActionRefused):
    """The link is wrong, too old or of an ended subscription."""


def _check(refusal: Refusal | None, refused: type[ActionRefused]) -> None:
    if refusal:
        raise refused(refusal)


@transaction.atomic
def subscribe(*, email: str, text: str, filters: Filters, agency: Agency, at: datetime) -> None:
    """Mail a link by which the wish can be confirmed within three days. Whether anything was known of the
    address, or it was mailed too often today already, is not told. Raises ``UnableToSubscribe``."""
    _check(may_subscribe(email, parse(text, filters)), UnableToSubscribe)
    digest = blind_index(email.strip().lower())
    asked = Subscription.objects.filter(address_digest=digest, asked_at__gt=at - timedelta(days=1))
    if asked.filter(confirmed_at=None).count() >= MAILS_A_DAY:
        return
    token = secrets.token_urlsafe(24)
    subscription = Subscription.objects.create(
        agency=agency,
        address=email.strip(),
        address_digest=digest,
        wish={"text": text, "filters": filters.as_json()},
        token=token,
        token_digest=token_digest(token),
        asked_at=at,
        looked_until=at,
    )
    _mail(subscription, "subscription_to_confirm", "请确认检索订阅", _TO_CONFIRM, at)
    _note(subscription, "asked_for_subscription", at)


@transaction.atomic
def confirm(*, token: str, at: datetime) -> Subscription:
    """From now on new finds are mailed. Raises ``UnableToConfirm``."""
    subscription = subscription_with(token)
    _check(may_confirm(subscription, at), UnableToConfirm)
    assert subscription
    if subscription.confirmed_at is None:
        for other in _same_wish(subscription):
            _erase(other, at)
        subscription.confirmed_at = subscription.looked_until = at
        subscription.save(update_fields=["confirmed_at", "looked_until"])
        _note(subscription, "confirmed_subscription", at)
    return subscription


def _same_wish(subscription: Subscription) -> list[Subscription]:
    """Others of this address that ask for the same: one mail is enough."""
    digest = subscription.address_digest
    others = Subscription.objects.filter(address_digest=digest, ended_at=None).exclude(pk=subscription.pk)
    return [other for other in others if other.wish == subscription.wish]


@transaction.atomic
def end(*, token: str, at: datetime) -> Subscription | None:
    """No more mails: address, words and the last mail are erased. Ending twice is no mistake."""
    subscription = subscription_with(token)
    if subscription and not subscription.ended_at:
        _erase(subscription, at)
    return subscription


def _erase(subscription: Subscription, at: datetime) -> None:
    _drop_mail(subscription)
    subscription.ended_at = at
    subscription.address = subscription.wish = subscription.token = None
    subscription.address_digest = ""
    subscription.save()
    _note(subscription, "ended_subscription", at)


def send_due(*, by: Account | None, at: datetime) -> int:
    """Mail everybody what is new for them, each in a transaction of its own; returns how many were mailed.
    What was never confirmed is erased."""
    erase_unconfirmed(by=by, at=at)
    return sum(send_news(subscription_id=pk, by=by, at=at) for pk in subscriptions_awaiting_news())


@transaction.atomic
def erase_unconfirmed(*, by: Account | None, at: datetime) -> int:
    """Addresses whose owners did not confirm are not kept."""
    asked_before = at - TO_CONFIRM_WITHIN
    stale = Subscription.objects.filter(confirmed_at=None, ended_at=None, asked_at__lt=asked_before)
    for subscription in list(stale):
        _erase(subscription, at)
    return len(stale)


@transaction.atomic
def send_news(*, subscription_id: int, by: Account | None, at: datetime) -> bool:
    """Mail a subscriber what was put in since the last time; whether there was anything. An address that
    took no mail the last time gets none again."""
    locked = Subscription.objects.select_for_update(of=("self",)).select_related("agency", "last_notice")
    subscription = locked.filter(pk=subscription_id, ended_at=None).first()
    if subscription is None:
        return False
    if _came_back(subscription.last_notice):
        _erase(subscription, at)
        return False
    since, until = subscription.looked_until, at - _UNDER_WAY
    entries = put_in_between(parse(*wish_of(subscription)), since, until) if until > since else []
    subscription.looked_until = max(since, until)
    subscription.save(update_fields=["looked_until"])
    if entries:
        _mail(subscription, "subscription_news", f"您订阅的检索有{len(entries)}条新内容", _news(entries), at)
        _note(subscription, "sent_subscription_news", at, count=len(entries))
    return bool(entries)


def _came_back(notice: Notice | None) -> bool:
    return bool(notice and notice.deliveries.filter(state=Delivery.State.FAILED).exists())


def _mail(subscription: Subscription, kind: str, title: str, text: str, at: datetime) -> None:
    assert subscription.address and subscription.token
    page = page_of_subscription(subscription.token)
    _drop_mail(subscription)
    subscription.last_notice = notify(
        agency=subscription.agency,
        to=External(email=subscription.address),
        kind=kind,
        title=title,
        text=f"{text}\n\n查看检索词、确认或者退订，请打开：\n{page}",
        key=f"subscription:{subscription.pk}:{at.isoformat()}",
        by=None,
        at=at,
    )
    subscription.save(update_fields=["last_notice"])


def _drop_mail(subscription: Subscription) -> None:
    """A mail that is out is not kept: it tells an address and a wish."""
    notice = subscription.last_notice
    if notice:
        subscription.last_notice = None
        subscription.save(update_fields=["last_notice"])
        notice.delete()


def _news(entries: Sequence[Entry]) -> str:
    lines = [
        f"{number}. {entry.title}（{chinese_date(entry.published_on)}公开）\n{_address(entry)}"
        for number, entry in enumerate(entries[:_LISTED], start=1)
    ]
    more = len(entries) - _LISTED
    rest = [f"还有{more}条，请到网站检索查看。"] if more > 0 else []
    return "\n\n".join(["您订阅的检索有新公开的内容：", *lines, *rest])


def _address(entry: Entry) -> str:
    return f"{settings.NOTICES_SITE_URL}{entry.address}"


def _note(subscription: Subscription, act: str, at: datetime, **details: int) -> None:
    record(
        by=None,
        at=at,
        act=act,
        subject=f"subscription:{subscription.pk}",
        agency=subscription.agency,
        details=details,
        by_name=_BY_NAME if act != "sent_subscription_news" else "",
    )


_TO_CONFIRM = (
    "有人用这个邮箱在本机关网站订阅检索更新，可能就是您。\n\n"
    "请在3天内打开下面的页面，核对检索词，按“确认订阅”。确认后，每天有新公开的内容符合检索词时，给您发一封邮件。\n\n"
    "不是您订阅的，不用理会：不确认就不会再收到邮件，这个邮箱3天后从系统里删掉。"
)
