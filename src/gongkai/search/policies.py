"""What stands in the index of an entry, and what a subscription needs."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from gongkai.agencies.policies import Refusal
from gongkai.search import grams
from gongkai.search.models import Entry, Subscription, Text
from gongkai.search.words import Query

TO_CONFIRM_WITHIN = timedelta(days=3)
MAILS_A_DAY = 5  # to confirm, to one address; whoever asks sees no difference
MAX_SUBSCRIPTIONS = 20  # of one address


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
        return Refusal(
            "本网站还没有登记网址，邮件里的确认链接打不开，暂时不能用邮件订阅；请改用网页订阅（Atom）。"
        )
    if not query.words and not query.filters.narrows:
        return Refusal("没有写检索词，也没有选范围；请至少填一项再订阅。")
    try:
        validate_email(email)
    except ValidationError:
        return Refusal("邮箱地址写得不对，收不到邮件；请写成 name@example.cn 的样子。")
    return None


def may_confirm(subscription: Subscription, at: object) -> Refusal | None:
    if subscription.ended_at:
        return Refusal("这个订阅已经退订，不会再发邮件；需要时请重新订阅。")
    return None
