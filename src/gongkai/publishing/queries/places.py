"""Where an item may stand: the open leaves of a catalog, the sections a person writes for."""

from collections.abc import Iterable, Iterator

from gongkai.agencies.models import Account, Agency, Section
from gongkai.agencies.policies import Refusal
from gongkai.publishing.models import CatalogNode, PublishingProfile
from gongkai.publishing.policies.people import may_draft

Group = tuple[str, list[tuple[str, str]]]


def leaves_of(agency: Agency, kept: int | None = None) -> list[Group]:
    """What items are filed under, by their top entry, for a choice; ``kept`` is offered though retired."""
    nodes = list(agency.catalog_nodes.order_by("order", "pk"))
    above = {node.parent_id for node in nodes if node.retired_on is None}
    by_pk = {node.pk: node for node in nodes}
    groups: dict[str, list[tuple[str, str]]] = {}
    for node in nodes:
        if (node.retired_on is None and node.pk not in above) or node.pk == kept:
            top = list(_up(node, by_pk))[-1]
            groups.setdefault(top.title, []).append((str(node.pk), f"{node.code} {node.title}"))
    return list(groups.items())


def _up(node: CatalogNode, by_pk: dict[int, CatalogNode]) -> Iterator[CatalogNode]:
    at: CatalogNode | None = node
    while at is not None:
        yield at
        at = by_pk.get(at.parent_id) if at.parent_id else None


def sections_for(agency: Agency, by: Account) -> list[Section]:
    """The sections a person may write for."""
    return [section for section in agency.sections.all() if may_draft(agency, by, section) is None]


def unready(agency: Agency) -> Refusal | None:
    """What an office must set up before the first item."""
    if not PublishingProfile.objects.filter(agency=agency).exists():
        return Refusal("还没有填写统一社会信用代码，不能编索引号；请公开工作机构先到“公开设置”填写。")
    if not agency.catalog_nodes.filter(retired_on__isnull=True).exists():
        return Refusal("公开目录还是空的，没有地方归类；请公开工作机构先建目录。", "《条例》第十二条")
    return None


def drafting_agencies(agencies: Iterable[Agency], by: Account) -> list[Agency]:
    """Where a person may begin an item, for the whole office or for a section."""
    return [agency for agency in agencies if may_draft(agency, by) is None or sections_for(agency, by)]
