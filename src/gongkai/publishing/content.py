"""What a publication says: its data, its words, its files, and the hash that binds a review to them."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from gongkai.documents.articles import Article

_DAYS = ("formed_on", "effective_on", "ends_on")


@dataclass(frozen=True, slots=True)
class Content:
    """The words of a publication, as they are edited, reviewed and shown.

    ``formed_on`` is the day the information was formed or last changed (第二十六条), ``ends_on`` the last
    day of a public notice (公示). ``details`` holds what only some kinds have: the six disclosures of a
    service guide, the fields of the disclosure guide.
    """

    title: str
    formed_on: date
    document_number: str = ""
    issuer: str = ""
    summary: str = ""
    keywords: tuple[str, ...] = ()
    effective_on: date | None = None
    ends_on: date | None = None
    article: Article = field(default_factory=Article)
    details: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain data, the same for the same content."""
        data = asdict(replace(self, article=Article()))
        data |= {name: value.isoformat() if (value := data[name]) else None for name in _DAYS}
        return data | {
            "keywords": list(self.keywords),
            "article": self.article.to_json(),
            "details": dict(self.details),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Content":
        """The content that ``to_json`` wrote."""
        days = {name: date.fromisoformat(data[name]) if data[name] else None for name in _DAYS}
        return cls(
            **{
                **data,
                **days,
                "keywords": tuple(data["keywords"]),
                "article": Article.from_json(data["article"]),
            }
        )


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of a publication: its name as the public sees it, and the SHA-256 (hex) of its bytes."""

    name: str
    sha256: str
    is_picture: bool = False


def content_hash(
    content: Content, files: Iterable[FileLine], disclosure_class: str = "", place: Iterable[str] = ()
) -> str:
    """SHA-256 (hex) over every word, every byte of every file, the order of the files, the class and the
    ``place`` (kind, entry of the catalog, section): whatever changes in what would go out changes it."""
    data = {
        "content": content.to_json(),
        "files": [asdict(line) for line in files],
        "class": disclosure_class,
        "place": list(place),
    }
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def file_part(name: str, sha256: str) -> str:
    """SHA-256 (hex) of a file under a name: what screening says of it holds for no other name."""
    return hashlib.sha256(f"{sha256}\n{name}".encode()).hexdigest()


def words_hash(content: Content) -> str:
    """SHA-256 (hex) of the words alone, for what screening says of them."""
    text = json.dumps(content.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
