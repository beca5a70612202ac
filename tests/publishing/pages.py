"""The desk as a browser sees it: who signs in, what is posted, what stands on the page."""

import html
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.publishing.models import Item
from tests.publishing.office import Publisher

SPACES = re.compile(r"\s+")
TAGS = re.compile(r"<[^>]+>")


@dataclass
class Page:
    status: int
    text: str
    source: str
    address: str
    context: Any

    def has(self, *sentences: str) -> bool:
        return all(sentence in self.text for sentence in sentences)


class Browser:
    """Signed in as one person; follows redirects."""

    def __init__(self, account: Account) -> None:
        self.client = Client()
        self.client.force_login(account)

    def get(self, name: str, *args: Any, query: str = "") -> Page:
        return page_of(self.client.get(reverse(f"publishing:{name}", args=args) + query, follow=True))

    def post(self, name: str, /, *args: Any, **data: Any) -> Page:
        return page_of(self.client.post(reverse(f"publishing:{name}", args=args), data, follow=True))


def page_of(response: Any) -> Page:
    source = response.content.decode("utf-8", "replace")
    text = SPACES.sub("", html.unescape(TAGS.sub("", source)))
    address = response.redirect_chain[-1][0] if getattr(response, "redirect_chain", None) else ""
    return Page(response.status_code, text, source, address, response.context)


def typed(office: Publisher, **changes: Any) -> dict[str, Any]:
    """What a clerk types on the page of an item."""
    return {
        "title": "关于做好示例工作的通知",
        "kind": "notice",
        "node": str(office.node.pk),
        "section": str(office.section.pk),
        "formed_on": day(-2),
        "body": "请各学校认真落实。",
        "disclosure_class": "proactive",
        "origin": "made",
        "token": "",
    } | changes


def day(offset: int = 0) -> str:
    return str(date.fromordinal(timezone.localdate().toordinal() + offset))


def fresh(item: Item) -> Item:
    return Item.objects.get(pk=item.pk)
