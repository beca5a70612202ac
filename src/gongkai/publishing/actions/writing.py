"""What one press of a button on the editing page does: words, place and class together, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Account, Agency, Section
from gongkai.publishing.actions.drafting import classify_item, draft_item, edit_item
from gongkai.publishing.content import Content
from gongkai.publishing.models import CatalogNode, DisclosureClass, Item


@dataclass(frozen=True, slots=True)
class Marked:
    """公开属性, with its ground and reason where information is withheld."""

    disclosure_class: str
    ground: str = ""
    reason: str = ""
    reassess_on: date | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an item stands and where it comes from."""

    node: CatalogNode
    section: Section | None
    kind: str
    origin: str
    lead_agency: str = ""
    concerned_agencies: str = ""
    agencies_agreed_on: date | None = None

    def as_data(self) -> Mapping[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@transaction.atomic
def begin_item(
    *, agency: Agency, content: Content, placed: Placed, marked: Marked, by: Account, at: datetime
) -> Item:
    """Begin an item as the page of a new draft has it."""
    item = draft_item(
        agency=agency,
        node=placed.node,
        section=placed.section,
        content=content,
        kind=placed.kind,
        origin=placed.origin,
        lead_agency=placed.lead_agency,
        concerned_agencies=placed.concerned_agencies,
        by=by,
        at=at,
    )
    if placed.agencies_agreed_on is not None:
        item = edit_item(item=item, content=content, placed=placed.as_data(), by=by, at=at)
    return _marked(item, marked, by, at)


@transaction.atomic
def write_item(
    *,
    item: Item,
    content: Content,
    placed: Placed,
    marked: Marked,
    by: Account,
    at: datetime,
    revision: int | None = None,
    changed_on: date | None = None,
) -> Item:
    """Change an item as its editing page has it."""
    item = edit_item(
        item=item,
        content=content,
        placed=placed.as_data(),
        changed_on=changed_on,
        by=by,
        at=at,
        revision=revision,
    )
    return _marked(item, marked, by, at)


def _marked(item: Item, marked: Marked, by: Account, at: datetime) -> Item:
    withheld = marked.disclosure_class == DisclosureClass.WITHHELD
    now = (item.disclosure_class, item.ground, item.ground_reason, item.reassess_on)
    wanted = (
        marked.disclosure_class,
        marked.ground if withheld else "",
        marked.reason.strip() if withheld else "",
        marked.reassess_on if withheld else None,
    )
    if now == wanted:
        return item
    return classify_item(
        item=item,
        disclosure_class=wanted[0],
        ground=wanted[1],
        reason=wanted[2],
        reassess_on=wanted[3],
        by=by,
        at=at,
    )
