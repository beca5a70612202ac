"""Articles, findings and sizes as the pages of the desk show them."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from gongkai.agencies.models import Account
from gongkai.documents.articles import Article, Block, to_html, to_plain
from gongkai.law.publishing.classes import exemptions
from gongkai.law.publishing.review import review_checks, review_paths
from gongkai.publishing.models import Channel, Item
from gongkai.publishing.queries.working import DETAILS, Checked
from gongkai.screening.findings import Severity

register = template.Library()
_KINDS = {"added": "增加", "removed": "删去", "changed": "改动"}
_TONES = {
    Item.State.DRAFT: "state-draft",
    Item.State.IN_REVIEW: "waiting",
    Item.State.READY: "state-signed",
    Item.State.PUBLISHED: "state-published",
    Item.State.WITHDRAWN: "state-returned",
    Item.State.KEPT: "note",
    Item.State.DROPPED: "note",
}
_SEVERITIES = {Severity.BLOCK: "error", Severity.WARN: "warning"}


@register.simple_tag
def article_html(article: Article, pictures: Mapping[str, str], level: int = 3) -> SafeString:
    """The text with headings from this level down; ``to_html`` writes every tag and escapes every word."""
    return SafeString(to_html(article, lambda sha256: pictures.get(sha256, ""), level))  # nosec B703


@register.filter
def in_words(block: Block) -> str:
    """A block of a text, for a list of what changed."""
    return to_plain(Article((block,)))


@register.filter
def change_label(kind: str) -> str:
    return _KINDS[kind]


@register.filter
def state_tone(item: Item) -> str:
    """The class of the tag of its state."""
    return _TONES[Item.State(item.state)]


@register.filter
def severity_label(severity: str) -> str:
    return Severity(severity).label


@register.filter
def severity_tone(severity: str) -> str:
    return _SEVERITIES[Severity(severity)]


@register.filter
def detail_lines(details: Mapping[str, str]) -> list[tuple[str, str]]:
    """What only some kinds have, labeled, in the order of the law."""
    return [(label, details[code]) for code, label in DETAILS.items() if details.get(code)]


@register.filter
def ground_label(code: str) -> str:
    """A ground for withholding with its article."""
    found = exemptions().get(code)
    return f"{found.label}（《条例》{found.article}）" if found else code


@register.filter
def check_label(code: str) -> str:
    return review_checks()[code].label


@register.filter
def path_label(code: str) -> str:
    return review_paths()[code].label


@register.filter
def file_size(size: int) -> str:
    """12 KB, 3.4 MB."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(size // 1024, 1)} KB"


@register.filter
def channel_labels(codes: Any) -> str:
    """Channels by their codes, in words."""
    return "、".join(Channel(code).label for code in codes if code in Channel.values)


@register.filter
def vouched_by(check: Checked, account: Account) -> bool:
    """Whether a person has vouched for a part already."""
    return check.vouched_by(account)
