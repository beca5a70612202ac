"""Word documents of before 2007 (.doc, .wps)."""

from gongkai.documents.reading import office
from gongkai.documents.reading.content import Content


def extract(data: bytes) -> Content:
    """The rows of an old Word document. Raises :class:`Unreadable`."""
    return office.extract(data, "doc", "老版 Word 文件（.doc）")
