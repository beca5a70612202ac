"""Reading annual reports as offices publish them: HTML, Word, PDF, spreadsheets, text."""

import json

from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.decoding import decode
from gongkai.documents.reading.opening import open_content
from gongkai.law.report.exchange import NotAReport, from_json
from gongkai.law.report.filled import FilledReport

__all__ = ["Unreadable", "read"]


def read(data: bytes) -> FilledReport:
    """The annual report in a file, whatever its format.

    Untrusted files belong in :mod:`gongkai.documents.reading.guarded`, which calls this in a
    child process. Raises :class:`Unreadable` with one Chinese sentence.
    """
    exchanged = _exchanged(data)
    return decode(open_content(data)) if exchanged is None else exchanged


def _exchanged(data: bytes) -> FilledReport | None:
    """The report in the product's own JSON form; ``None`` if the file is no JSON object."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        parsed = json.loads(data)
    except (ValueError, RecursionError):
        return None
    try:
        return from_json(parsed)
    except NotAReport as error:
        raise Unreadable(str(error)) from error
