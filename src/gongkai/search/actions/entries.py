"""Putting entries in and taking them out, in the transaction of the desk that publishes or withdraws."""

from datetime import date, datetime

from django.db import transaction

from gongkai.search import index
from gongkai.search.document import Document
from gongkai.search.folding import composed, fold, fold_parts
from gongkai.search.models import Entry, Part, Text, first_id_of, last_id_of
from gongkai.search.policies import grams_of

_PORTION = 500


@transaction.atomic
def put(*, document: Document, at: datetime) -> Entry:
    """Make a document findable, or findable as it is now. The desk's own act is what the trail keeps."""
    index.wait_for_turn()
    before = Entry.objects.filter(kind=document.kind, key=document.key).select_related("text").first()
    if before:
        _forget(before)
    entry = Entry.objects.create(
        id=_id_on(document.published_on, before),
        kind=document.kind,
        key=document.key,
        agency=document.agency,
        title=composed(document.title),
        document_number=composed(document.document_number),
        folded_number=fold(document.document_number)[:240],
        category=document.category,
        section=document.section,
        year=document.year,
        validity=document.validity,
        media=document.media,
        published_on=document.published_on,
        address=document.address,
        summary=composed(document.summary),
        first_put_at=before.first_put_at if before else at,
    )
    parts = [("", document.body), *((each.name, each.text) for each in document.attachments)]
    Part.objects.bulk_create(
        Part(entry=entry, position=position, attachment=composed(name), text=composed(text))
        for position, (name, text) in enumerate(parts)
    )
    _remember(entry, parts)
    return entry


def _id_on(day: date, before: Entry | None) -> int:
    """The next id of a day; an entry whose day has not changed keeps its own."""
    if before and before.published_on == day:
        return before.pk
    last = Entry.objects.filter(id__range=(first_id_of(day), last_id_of(day))).order_by("-id").first()
    return last.pk + 1 if last else first_id_of(day)


def _remember(entry: Entry, parts: list[tuple[str, str]]) -> None:
    head = fold_parts([entry.title, entry.document_number])
    (_, body), *attachments = parts
    rest = fold_parts([body, *(each for attachment in attachments for each in attachment)])
    text = Text.objects.create(entry=entry, head=head, folded=f"{head}\n{rest}")
    index.put(entry.pk, grams_of(entry, text))


def _forget(entry: Entry) -> None:
    index.take_out(entry.pk, grams_of(entry, entry.text))
    Entry.objects.filter(pk=entry.pk).delete()


@transaction.atomic
def take_out(*, kind: str, key: str, at: datetime) -> bool:
    """Nothing finds it any more. Returns whether anything did."""
    index.wait_for_turn()
    entry = Entry.objects.filter(kind=kind, key=key).select_related("text").first()
    if entry:
        _forget(entry)
    return entry is not None


@transaction.atomic
def rebuild(*, at: datetime) -> int:
    """Make the index anew from the texts, as after a change of how texts are folded. Returns how many
    entries it holds."""
    index.wait_for_turn()
    index.clear()
    Text.objects.all().delete()
    count = 0
    entries = Entry.objects.order_by("id").prefetch_related("parts")
    for entry in entries.iterator(_PORTION):
        _remember(entry, [(part.attachment, part.text) for part in entry.parts.all()])
        count += 1
    index.tidy()
    return count
