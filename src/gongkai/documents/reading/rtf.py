"""Rich text files (.rtf), which are often named .doc."""

from gongkai.documents.reading import office
from gongkai.documents.reading.content import Content


def extract(data: bytes) -> Content:
    """The rows of a rich text file. Raises :class:`Unreadable`."""
    return office.extract(data, "rtf", "RTF 文件")
