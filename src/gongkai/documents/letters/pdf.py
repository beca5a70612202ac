"""A letter as a tagged PDF (PDF/A-2a, PDF/UA-1) in the layout of GB/T 9704-2012."""

import re
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from gongkai.documents.letters.layout import LINK_LABEL, frame, row_lines
from gongkai.documents.letters.letter import Letter
from gongkai.documents.letters.qr import qr_code
from gongkai.documents.typesetting import ACCESSIBLE, typeset

_LONG_RUN = re.compile(r"[0-9A-Za-z]{24,}|(?=[0-9A-Za-z-]{13})[0-9A-Za-z]+(?:-[0-9A-Za-z]+)+")
_BREAK_AFTER = re.compile(r"-(?=.)|[0-9A-Za-z]{12}(?=.)")
_NO_DATE = date(1980, 1, 1)


def render(letter: Letter) -> bytes:
    """A PDF file. Raises ``Unwritable`` if no Chinese font is found or none has a character."""
    return typeset(_template(), _breakable(_data(letter)), ACCESSIBLE)


@lru_cache
def _template() -> bytes:
    return (resources.files("gongkai.documents.letters") / "letter.typ").read_bytes()


def _breakable(data: dict[str, Any]) -> dict[str, Any]:
    """In the narrow cells of a form long numbers get places to break, and a box stays by its word.

    Elsewhere nothing is added: what is copied from the file is then what was written.
    """
    return data | {"tables": _mapped(data["tables"])}


def _mapped(value: Any) -> Any:
    if isinstance(value, str):
        return _LONG_RUN.sub(_with_breaks, value.replace("□", "□\u2060").replace("☑", "☑\u2060"))
    if isinstance(value, dict):
        return {key: _mapped(entry) for key, entry in value.items()}
    return [_mapped(entry) for entry in value] if isinstance(value, list | tuple) else value


def _with_breaks(run: re.Match[str]) -> str:
    return _BREAK_AFTER.sub("\\g<0>\u200b", run[0])


def _data(letter: Letter) -> dict[str, Any]:
    """What the template prints."""
    day = letter.dated or _NO_DATE
    closing = _closing(letter)
    return {
        "title": letter.title,
        "issuer": letter.issuer,
        "addressee": letter.addressee,
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "frame": asdict(frame(letter)),
        "paragraphs": [
            {"text": paragraph.text, "role": paragraph.role, "closes": number == closing}
            for number, paragraph in enumerate(letter.paragraphs)
        ],
        "tables": [
            asdict(table) | {"heights": [row_lines(table, row) for row in table.rows]}
            for table in letter.tables
        ],
        "qr": qr_code(letter.link).svg if letter.link else None,
        "qr_label": LINK_LABEL,
    }


def _closing(letter: Letter) -> int | None:
    """The number of the paragraph that ends with the signature: the last, if nothing comes between."""
    last = len(letter.paragraphs) - 1
    if letter.tables or letter.attachments or last < 0:
        return None
    return None if letter.paragraphs[last].role in {"heading", "subheading"} else last
