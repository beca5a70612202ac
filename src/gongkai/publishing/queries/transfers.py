"""What was handed to archives and libraries (第二十五条), and what is still to be."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.queries import agencies_of
from gongkai.publishing.models import Publication, TransferBatch, TransferLine

HEAD = ("序号", "索引号", "名称", "文号", "生成日期", "公开日期", "附件数")


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch with how many publications it holds."""

    record: TransferBatch
    lines: int


def batches_of(agency: Agency) -> list[Batch]:
    """The batches of an agency, the latest first."""
    rows = agency.transfer_batches.order_by("-sent_on", "-pk")
    counts = dict(
        TransferLine.objects.filter(batch__in=rows).values_list("batch").annotate(n=Count("pk")).order_by()
    )
    return [Batch(row, counts.get(row.pk, 0)) for row in rows]


def find_batch(account: Account, pk: int) -> TransferBatch | None:
    """A batch of an agency this person works in."""
    rows = TransferBatch.objects.select_related("agency", "by")
    return rows.filter(pk=pk, agency__in=agencies_of(account)).first()


def receivers_of(agency: Agency) -> list[str]:
    """Where batches went before."""
    return sorted(set(agency.transfer_batches.values_list("receiver", flat=True)))


def not_transferred(agency: Agency, receiver: str = "") -> QuerySet[Publication]:
    """What is public now and was not handed over yet, to this receiver or (empty) to anybody."""
    lines = TransferLine.objects.filter(batch__agency=agency)
    if receiver:
        lines = lines.filter(batch__receiver=receiver)
    return (
        Publication.objects.live()
        .filter(item__agency=agency)
        .exclude(pk__in=lines.values("publication"))
        .select_related("item__node", "item__section")
        .defer("item__content", "item__title")
        .order_by("published_on", "pk")
    )


def publications_of(batch: TransferBatch) -> list[Publication]:
    """What a batch holds, in order."""
    lines = batch.lines.select_related("publication__item").defer(
        "publication__item__content", "publication__item__title"
    )
    return [line.publication for line in lines]


def rows_of(publications: Iterable[Publication]) -> list[tuple[str, ...]]:
    """The lines of the list 主动公开政府信息移送明细表."""
    found = list(publications)
    counts = dict(
        Publication.objects.filter(pk__in=[each.pk for each in found])
        .values_list("pk")
        .annotate(n=Count("files"))
        .order_by()
    )
    return [
        (
            str(number),
            each.item.index_number,
            each.title,
            (said := each.said).document_number,
            said.formed_on.isoformat(),
            each.published_on.isoformat(),
            str(counts.get(each.pk, 0)),
        )
        for number, each in enumerate(found, start=1)
    ]
