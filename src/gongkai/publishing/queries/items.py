"""Items as a person may see them, and what is public."""

from django.db.models import Q, QuerySet

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.queries import agencies_of
from gongkai.publishing.models import Item, Publication
from gongkai.publishing.policies.people import sections_of, sees_all


def items_seen_by(account: Account) -> QuerySet[Item]:
    """The disclosure office and the reviewers see every item of their agency, a section its own."""
    mine = Q(pk__in=[])
    for agency in agencies_of(account):
        if sees_all(agency, account):
            mine |= Q(agency=agency)
        else:
            mine |= Q(agency=agency, section__in=sections_of(agency, account))
    return Item.objects.filter(mine).select_related("agency", "node", "section", "drafted_by")


def find_item(account: Account, pk: int) -> Item | None:
    """An item a person may see."""
    return items_seen_by(account).filter(pk=pk).first()


def public() -> QuerySet[Publication]:
    """What the portal may show. Pages, feeds, exports, counts, suggestions: all begin here."""
    return Publication.objects.on_website().select_related("item__agency", "node", "section")


def public_of(agency: Agency) -> QuerySet[Publication]:
    """What the portal may show of one agency."""
    return public().filter(item__agency=agency)


def find_public(item_pk: int) -> Publication | None:
    """The live publication of an item on the website."""
    return public().filter(item=item_pk).first()
