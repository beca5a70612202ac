"""Hidden data: what a file holds that its reader does not see, found and cleaned.

Files nobody vouches for belong in a child process with limits; both functions may be called there.
"""

from pathlib import PurePath

from gongkai.screening.findings import Finding
from gongkai.screening.hidden.classes import CLASSES, HiddenClass
from gongkai.screening.hidden.hits import Uncleanable
from gongkai.screening.hidden.opening import clean_bytes, look

__all__ = ["CLASSES", "HiddenClass", "Uncleanable", "clean", "clean_name", "inspect"]

_WITHOUT_MACROS = {
    ".docm": ".docx", ".dotm": ".dotx", ".xlsm": ".xlsx",
    ".xltm": ".xltx", ".pptm": ".pptx", ".ppsm": ".ppsx",
}  # fmt: skip


def inspect(data: bytes, name: str) -> tuple[Finding, ...]:
    """What is hidden in a file, whatever its name says it is; the same thing at one place only once.

    Raises :class:`gongkai.documents.reading.Unreadable` for a file that cannot be opened.
    """
    return tuple(dict.fromkeys(hit.finding for hit in look(data, name)))


def clean(data: bytes, name: str) -> bytes:
    """A copy that shows what the file shows and hides nothing; the file itself where it hides nothing.

    Raises :class:`Uncleanable`, and :class:`gongkai.documents.reading.Unreadable`.
    """
    return clean_bytes(data, name)


def clean_name(name: str) -> str:
    """The name of the cleaned copy: without macros a workbook is no ``.xlsm`` any more."""
    path = PurePath(name)
    return (
        str(path.with_suffix(_WITHOUT_MACROS.get(path.suffix.lower(), path.suffix))) if path.suffix else name
    )
