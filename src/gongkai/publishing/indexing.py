"""What search is told of a publication: the public rendition and nothing else."""

from django.urls import reverse

from gongkai.documents.articles import to_plain
from gongkai.publishing.models import Publication
from gongkai.search.document import Attachment, Document

KIND = "item"


def document_of(publication: Publication) -> Document:
    """A publication on the website, as search keeps it."""
    item, said = publication.item, publication.said
    return Document(
        kind=KIND,
        key=str(item.pk),
        agency=item.agency,
        title=said.title,
        address=reverse("portal:item", args=[item.pk]),
        published_on=publication.published_on,
        body="\n".join(filter(None, (said.summary, to_plain(said.article), *said.details.values()))),
        document_number=said.document_number,
        category=publication.node.path,
        section=publication.section.name if publication.section else "",
        year=said.formed_on.year,
        validity=item.validity,
        media=publication.kind,
        summary=said.summary,
        attachments=tuple(
            Attachment(file.name, file.text)
            for file in publication.files.defer("data")
            if not file.is_picture
        ),
    )
