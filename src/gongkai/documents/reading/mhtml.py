"""Web archives (.mht, and .doc files that Word saved as 单个文件网页): the page inside."""

from email import message_from_bytes
from email.message import Message

from gongkai.documents.reading import html
from gongkai.documents.reading.archives import DAMAGED
from gongkai.documents.reading.charset import BOMS
from gongkai.documents.reading.content import Content, Unreadable


def extract(data: bytes) -> Content:
    """The rows of the first page in a web archive that has any. Raises :class:`Unreadable`."""
    for bom, _ in BOMS[:1]:
        data = data.removeprefix(bom)
    for part in message_from_bytes(data.lstrip()).walk():
        if part.get_content_type() == "text/html":
            content = html.extract(_payload(part))
            if content.rows:
                return Content("mhtml", content.rows, content.title)
    raise Unreadable(DAMAGED)


def _payload(part: Message) -> bytes:
    """The page's bytes, with the encoding its envelope states where the page states none."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
