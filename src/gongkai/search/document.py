"""What a desk hands over to be found."""

from dataclasses import dataclass, field
from datetime import date

from gongkai.agencies.models import Agency


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a document: its name and the text one sees in it."""

    name: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """Something public and all its text. ``kind`` and ``key`` name it for its desk; ``address`` is the path
    of its page; ``category`` is a path of catalog codes such as ``20/20-11``."""

    kind: str
    key: str
    agency: Agency
    title: str
    address: str
    published_on: date
    body: str = field(default="", repr=False)
    document_number: str = ""
    category: str = ""
    section: str = ""
    year: int | None = None
    validity: str = ""
    media: str = ""
    summary: str = ""
    attachments: tuple[Attachment, ...] = ()
