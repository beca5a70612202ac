"""What an item is about and what is about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.agencies.models import Account
from gongkai.publishing.models import Item, ItemLink, Publication
from gongkai.publishing.queries.items import items_seen_by

_FORWARD: Mapping[str, str] = {"interprets": "解读的文件", "replaces": "替代的文件", "relates": "相关信息"}
_BACKWARD: Mapping[str, str] = {"interprets": "解读材料", "replaces": "被它替代", "relates": "相关信息"}


@dataclass(frozen=True, slots=True)
class Linked:
    """The other end of a link; ``label`` says what it is to the item one looks at. ``own``: the link was
    made on this item, and can be taken away here."""

    link: ItemLink
    other: Item
    label: str
    own: bool
    is_public: bool


def linked_to(item: Item, account: Account) -> list[Linked]:
    """Both directions, as far as a person may see the other end."""
    made = list(item.links.select_related("other", "item"))
    met = list(item.linked_from.select_related("item", "other"))
    others = [link.other_id for link in made] + [link.item_id for link in met]
    seen = {each.pk: each for each in items_seen_by(account).filter(pk__in=others).defer("content")}
    live = set(Publication.objects.live().filter(item__in=seen).values_list("item_id", flat=True))
    ends = [(link, link.other, _FORWARD, True) for link in made]
    ends += [(link, link.item, _BACKWARD, False) for link in met]
    return [
        Linked(link, seen[other.pk], labels[link.kind], own, other.pk in live)
        for link, other, labels, own in ends
        if other.pk in seen
    ]
