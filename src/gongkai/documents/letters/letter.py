"""A letter as the office keeps it: words a clerk may edit until it is signed, and the frame around them."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Literal

Role = Literal["heading", "subheading", "item", "body"]

_NUMERAL = "[一二三四五六七八九十]{1,3}"
# A numbered line is a heading unless it runs on like a sentence.
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("heading", re.compile(rf"{_NUMERAL}、[^。；]{{1,36}}")),
    ("subheading", re.compile(rf"（{_NUMERAL}）[^。；]{{1,36}}")),
    ("item", re.compile(r"(?:（\d{1,3}）|\d{1,3}[.．](?!\d)).+")),
)
_UNPRINTABLE = re.compile("[^\t\x20-\x7e\xa0-\u2027\u202f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


class LetterIncomplete(ValueError):
    """A letter that cannot be worded: the message is a Chinese sentence, ``missing`` the codes."""

    def __init__(self, message: str, missing: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the letter. Its role follows from how it is numbered, so that text stays text."""

    text: str

    @property
    def role(self) -> Role:
        return next((role for role, form in _ROLES if form.fullmatch(self.text)), "body")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a form: ``span`` columns wide; ``label`` for what the form prints itself; ``lines``
    the room it keeps for writing by hand."""

    text: str
    span: int = 1
    label: bool = False
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled form: the shares of its columns, its rows, how many of them head the others."""

    caption: str
    columns: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: int = 0

    @staticmethod
    def from_json(data: dict[str, Any]) -> "Table":
        rows = tuple(tuple(Cell(**cell) for cell in row) for row in data["rows"])
        return Table(data["caption"], tuple(data["columns"]), rows, data["head"])


@dataclass(frozen=True, slots=True)
class Letter:
    """One document of a case.

    ``kind`` is a code of the catalogue; ``dated`` is the 成文日期; ``contact`` the lines that say where
    to ask; ``link`` an address that is also drawn as a QR code, empty for none.
    """

    kind: str
    issuer: str
    title: str
    document_number: str = ""
    addressee: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[Table, ...] = ()
    attachments: tuple[str, ...] = ()
    dated: date | None = None
    contact: tuple[str, ...] = ()
    copy_to: tuple[str, ...] = ()
    link: str = ""

    @property
    def body_text(self) -> str:
        """The words between addressee and signature, a paragraph a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    def with_body_text(self, text: str) -> "Letter":
        """The letter with other words; blank lines fall away."""
        return replace(self, paragraphs=paragraphs_of(lines_of(text)))

    def to_json(self) -> dict[str, Any]:
        """Everything as JSON values; :meth:`from_json` gives the same letter back."""
        data = {field.name: getattr(self, field.name) for field in fields(self)}
        return data | {
            "paragraphs": [paragraph.text for paragraph in self.paragraphs],
            "tables": [_plain(asdict(table)) for table in self.tables],
            "attachments": list(self.attachments),
            "dated": self.dated.isoformat() if self.dated else None,
            "contact": list(self.contact),
            "copy_to": list(self.copy_to),
        }

    @staticmethod
    def from_json(data: dict[str, Any]) -> "Letter":
        """Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what no letter wrote."""
        return Letter(
            **data
            | {
                "paragraphs": paragraphs_of(data["paragraphs"]),
                "tables": tuple(Table.from_json(table) for table in data["tables"]),
                "attachments": tuple(data["attachments"]),
                "dated": date.fromisoformat(data["dated"]) if data["dated"] else None,
                "contact": tuple(data["contact"]),
                "copy_to": tuple(data["copy_to"]),
            }
        )


def canonical_bytes(letter: Letter) -> bytes:
    """The letter as bytes to be hashed: the same letter gives the same bytes, always."""
    text = json.dumps(letter.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def paragraphs_of(lines: Iterable[str]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line) for line in lines)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that say something, without what cannot be printed."""
    lines = (printable(line) for line in _LINE_ENDS.split(text))
    return tuple(line for line in lines if line)


def printable(text: str) -> str:
    """A line without control characters, its blanks single."""
    return " ".join(_UNPRINTABLE.sub("", _LINE_ENDS.sub(" ", text)).split())


def _plain(value: Any) -> Any:
    """Tuples as lists, all the way down."""
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return [_plain(entry) for entry in value] if isinstance(value, list | tuple) else value
