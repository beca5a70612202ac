"""Entries of the catalog and how they came there, as the pages of duties show them."""

from functools import lru_cache

from django import template

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal
from gongkai.law.catalog import statutory_lists
from gongkai.publishing.forms.duties import LinkForm
from gongkai.publishing.models import CatalogNode, Item
from gongkai.publishing.policies.catalog import OWN_SOURCES
from gongkai.publishing.policies.people import may_work_on
from gongkai.publishing.queries.catalog import cycle_of
from gongkai.publishing.queries.linking import Linked, linked_to

register = template.Library()


@lru_cache
def _articles() -> dict[str, str]:
    items = {item.code: item.article for each in statutory_lists() for item in each.items}
    return items | {each.code: each.article for each in statutory_lists()} | OWN_SOURCES


@register.filter
def source_label(node: CatalogNode) -> str:
    """Where an entry comes from, short: the article, or who asked for it."""
    return _articles().get(node.source, node.source)


@register.filter
def cycle_text(node: CatalogNode) -> str:
    """Its cycle in words; empty where it keeps none."""
    cycle = cycle_of(node)
    return cycle.text if cycle else ""


@register.simple_tag
def links_of(item: Item, account: Account) -> list[Linked]:
    """What an item is about and what is about it."""
    return linked_to(item, account)


@register.simple_tag
def link_form(item: Item, account: Account) -> LinkForm:
    """The form that links it to another."""
    return LinkForm(agency=item.agency, by=account)


@register.simple_tag
def link_refusal(item: Item, account: Account) -> Refusal | None:
    """Why a person may not link it, if so."""
    return may_work_on(item, account)
