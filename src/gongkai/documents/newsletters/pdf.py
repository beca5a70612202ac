"""The issue as a tagged PDF (PDF/A-2a, PDF/UA-1) in the layout of a red-headed official paper."""

from functools import lru_cache
from importlib import resources
from typing import Any

from gongkai.documents.newsletters.issue import Newsletter, NewsletterItem
from gongkai.documents.posters.blocks import plain, printed
from gongkai.documents.typesetting import ACCESSIBLE, typeset
from gongkai.law.limits import chinese_date

_NAME_ROOM = 400  # points across the page for the name
_NAME_SIZES = (30.0, 64.0)


def newsletter(issue: Newsletter) -> bytes:
    """A PDF file; the same issue gives the same bytes. Raises ``Unwritable`` where no font has a
    character."""
    return typeset(_template(), _data(issue), ACCESSIBLE)


@lru_cache
def _template() -> bytes:
    blocks = (resources.files("gongkai.documents.posters") / "blocks.typ").read_bytes()
    return blocks + (resources.files("gongkai.documents.newsletters") / "newsletter.typ").read_bytes()


def _data(issue: Newsletter) -> dict[str, Any]:
    day = issue.dated
    name = plain(issue.name)
    return {
        "title": issue.title,
        "name": name,
        "name_size": min(max(_NAME_ROOM / max(len(name), 1), _NAME_SIZES[0]), _NAME_SIZES[1]),
        "issue": issue.issue,
        "agency": plain(issue.agency),
        "dated": chinese_date(day),
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "items": [_item(item) for item in issue.items],
        "recipients": issue.recipients,
        "copies": issue.printed_copies,
    }


def _item(item: NewsletterItem) -> dict[str, Any]:
    return {
        "title": " ".join(plain(item.title).split()),
        "section": plain(item.section),
        "source": item.source,
        "blocks": printed(item.article, item.pictures),
    }
