"""Notices entered in bulk into the database that is set up: texts and grams as ``actions.put`` makes them."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction

from bench.published import AGENCIES
from gongkai.agencies.models import Agency
from gongkai.search import index
from gongkai.search.folding import fold, fold_parts
from gongkai.search.models import Entry, Part, Text
from gongkai.search.policies import grams_of

if TYPE_CHECKING:
    from bench.finders import Folded

_AT = datetime(2026, 11, 1, tzinfo=UTC)


def enter(notices: "Iterable[Folded]", portion: int) -> None:
    agencies = [
        Agency.objects.get_or_create(name=f"示例{number}局", slug=f"example{number}")[0]
        for number in range(AGENCIES)
    ]
    left = iter(notices)
    while batch := list(islice(left, portion)):
        entries = [_entry(each, agencies) for each in batch]
        texts = [_text(entry, each.notice.body) for entry, each in zip(entries, batch, strict=True)]
        with transaction.atomic():
            Entry.objects.bulk_create(entries)
            Part.objects.bulk_create(
                Part(entry=entry, position=0, text=each.notice.body)
                for entry, each in zip(entries, batch, strict=True)
            )
            Text.objects.bulk_create(texts)
            for entry, text in zip(entries, texts, strict=True):
                index.put(entry.pk, grams_of(entry, text))
    index.tidy()


def _entry(each: "Folded", agencies: list[Agency]) -> Entry:
    notice = each.notice
    return Entry(
        id=each.id, kind="item", key=str(notice.number), agency=agencies[notice.agency], title=notice.title,
        document_number=notice.document_number, folded_number=fold(notice.document_number),
        category=notice.category, section=notice.section, year=notice.year, validity="in_force",
        published_on=notice.published_on, address=f"/items/{notice.number}/", first_put_at=_AT,
    )  # fmt: skip


def _text(entry: Entry, body: str) -> Text:
    head = fold_parts([entry.title, entry.document_number])
    return Text(entry=entry, head=head, folded=f"{head}\n{fold(body)}")
