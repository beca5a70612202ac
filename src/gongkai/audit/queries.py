"""Reading the trail, and proving it whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from gongkai.agencies.models import Agency
from gongkai.audit.models import GENESIS, Entry


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the chain is whole. ``broken_at`` is the number of the first line that does not fit."""

    lines: int
    last_hash: str
    broken_at: int | None = None

    @property
    def message(self) -> str:
        if self.broken_at is not None:
            return (
                f"留痕在第{self.broken_at}条断开：该条或它前面的记录被改动、删除或插入过，"
                "请立即封存数据库并查明原因。"
            )
        return f"留痕完整：共{self.lines}条，逐条核对无误。末条校验值 {self.last_hash[:16]}…"


def verify_chain() -> Verdict:
    """Walk the whole trail and recompute every hash.

    A cut tail leaves no trace in the chain itself: keep the last hash elsewhere to notice it.
    """
    previous, count = GENESIS, 0
    for entry in Entry.objects.order_by("number").iterator(chunk_size=2000):
        count += 1
        fits = entry.number == count and entry.previous_hash == previous
        if not fits or entry.hash != entry.computed_hash():
            return Verdict(count, previous, broken_at=count)
        previous = entry.hash
    return Verdict(count, previous)


def history(subject: str) -> QuerySet[Entry]:
    """What happened to one record, in order."""
    return Entry.objects.filter(subject=subject).order_by("number")


def trail_of(agencies: Sequence[Agency]) -> QuerySet[Entry]:
    """What happened in these agencies, newest first."""
    return Entry.objects.filter(agency__in=agencies).order_by("-number")
