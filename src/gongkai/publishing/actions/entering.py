"""A normative document that is published stands in the library, whoever publishes it."""

from gongkai.publishing.models import Item, NormativeDocument, Publication
from gongkai.publishing.policies.registers import validity_on


def list_document(item: Item, publication: Publication) -> NormativeDocument:
    """The document of an item: its own record, else that of an old document with the same number.

    What the item says of its validity is what the library says. A number that another item's record has
    already is left out here rather than kept twice.
    """
    document = NormativeDocument.objects.filter(item=item).first() or _to_take_over(item, publication)
    said = publication.said
    document.title, document.document_number = said.title, _free_number(item, said.document_number)
    if said.effective_on is not None:
        document.effective_on = said.effective_on
    document.save()
    item.validity = validity_on(document, document.events.all(), publication.published_on)
    item.save(update_fields=["validity"])
    return document


def _to_take_over(item: Item, publication: Publication) -> NormativeDocument:
    number = publication.said.document_number
    standing = NormativeDocument.objects.filter(agency=item.agency, item=None, struck_reason="")
    found = standing.filter(document_number=number).first() if number else None
    if found is None:
        found = NormativeDocument(agency=item.agency, issued_on=publication.said.formed_on)
        found.by, found.at = publication.published_by, publication.published_at
    found.item = item
    return found


def _free_number(item: Item, number: str) -> str:
    others = NormativeDocument.objects.filter(agency=item.agency, document_number=number, struck_reason="")
    return "" if others.exclude(item=item).exclude(item=None).exists() else number
