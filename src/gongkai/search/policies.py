"""What stands in the index of an entry, and what a subscription needs."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from gongkai.agencies.policies import Refusal
from gongkai.search import grams
from gongkai.search.models import Entry, Subscription, Text
from gongkai.search.words import Query

TO_CONFIRM_WITHIN = timedelta(days=3)
MAILS_A_DAY = 5  # to confirm, to one address; whoever asks sees no difference
SUBSCRIPTION_PAGE = "/search/subscriptions/"  # the portal's page, followed by the token


def marks_of(entry: Entry) -> set[str]:
    """By what lists are narrowed."""
    values = {
        "a": entry.agency_id,
        "k": entry.kind,
        "m": entry.media,
        "s": entry.section,
        "v": entry.validity,
        "y": entry.year,
    }
    categories = {grams.mark("c", path) for path in grams.ancestors(entry.category)}
    return categories | {grams.mark(facet, value) for facet, value in values.items() if value} | {grams.EVERY}


def grams_of(entry: Entry, text: Text) -> set[str]:
    """All that the index holds of an entry. Made from what is stored, so that it can be taken out again."""
    return grams.of_text(text.folded) | grams.of_head(text.head) | marks_of(entry)


def may_subscribe(email: str, query: Query) -> Refusal | None:
    """There must be words, a real address, and an address of this site for the links in the mail."""
    if not settings.NOTICES_SITE_URL:
        return Refusal("本网站还没有登记网址，邮件里的链接打不开，不能用邮件订阅；请改用网页订阅（Atom）。")
    if not query.words and not query.filters.narrows:
        return Refusal("没有写检索词，也没有选范围，不知道要给您发什么；请至少填一项再订阅。")
    try:
        validate_email(email)
    except ValidationError:
        return Refusal("邮箱地址写得不对，确认邮件送不到；请写成 name@example.cn 的样子。")
    return None


def may_confirm(subscription: Subscription | None, at: datetime) -> Refusal | None:
    """Within three days, unless it was ended. Whoever has no such link learns nothing."""
    if subscription is None or is_stale(subscription, at):
        return Refusal("这个链接不对，或者已经过了3天，没有订阅成功；请回到检索页重新订阅。")
    if subscription.ended_at:
        return Refusal("这个订阅已经退订，不会再发邮件；还需要的话，请回到检索页重新订阅。")
    return None


def is_stale(subscription: Subscription, at: datetime) -> bool:
    """Asked for and never confirmed."""
    return not subscription.confirmed_at and subscription.asked_at + TO_CONFIRM_WITHIN < at


def page_of_subscription(token: str) -> str:
    """The whole address of the page that confirms and ends it, each by a button."""
    return f"{settings.NOTICES_SITE_URL}{SUBSCRIPTION_PAGE}{token}/"


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
