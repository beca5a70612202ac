"""Where a page of the site stands as a file, and how one file points to another."""

import posixpath
import re
from dataclasses import dataclass
from email.message import Message
from urllib.parse import parse_qsl, quote, unquote, urlsplit

INDEX = "index.html"
_PLAIN = re.compile(r"[A-Za-z0-9_-]{0,60}")
_ENDINGS = {
    "application/pdf": "pdf",
    "application/json": "json",
    "application/zip": "zip",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "text/csv": "csv",
    "text/plain": "txt",
}
PACKED = "zip"
"""What a browser might run, or what we do not know, is handed out packed: a file server cannot say that
it is to be saved and not opened."""


@dataclass(frozen=True, slots=True)
class Place:
    """``path`` of the file below the folder, its words unquoted; ``saved_as`` is the name to save it under,
    empty for what is opened."""

    path: str
    media_type: str
    saved_as: str = ""

    @property
    def is_page(self) -> bool:
        return self.media_type == "text/html" and not self.saved_as

    @property
    def is_packed(self) -> bool:
        return bool(self.saved_as) and self.path.endswith(f".{PACKED}") and self.media_type not in _ENDINGS

    def seen_from(self, other: "Place") -> str:
        """The relative address on the page ``other``."""
        shown = self.path.removesuffix(INDEX) if self.is_page else self.path
        relative = posixpath.relpath(shown or ".", posixpath.dirname(other.path) or ".")
        return quote(f"{relative}/" if self.is_page else relative)

    @property
    def from_root(self) -> str:
        return "/" + quote(self.path.removesuffix(INDEX) if self.is_page else self.path)


def place_of(address: str, content_type: str, disposition: str = "") -> Place | None:
    """Where what is answered under an address (path and query) is written; ``None`` where no file can
    stand for it."""
    parts = urlsplit(address)
    media_type = content_type.partition(";")[0].strip()
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if not all(_PLAIN.fullmatch(text) for pair in pairs for text in pair):
        return None
    marks = [f"{name}-{value}" for name, value in pairs]
    *folders, name = unquote(parts.path).removeprefix("/").split("/")
    if "" in folders or any(each in {".", ".."} or "\\" in each or "\0" in each for each in (*folders, name)):
        return None
    saved_as = _name_in(disposition)
    if name:
        stem, dot, ending = name.rpartition(".")
        return Place("/".join([*folders, ".".join([stem, *marks]) + dot + ending]), media_type, saved_as)
    if media_type == "text/html" and not saved_as:
        return Place("/".join([*folders, *marks, INDEX]), media_type)
    ending = _ENDINGS.get(media_type, PACKED)
    if ending == PACKED and media_type not in _ENDINGS:
        saved_as = f"{saved_as or 'file'}.{PACKED}"
    return Place("/".join([*folders, f"file.{ending}"]), media_type, saved_as)


def _name_in(disposition: str) -> str:
    """The name in a ``Content-Disposition``."""
    if not disposition.startswith("attachment"):
        return ""
    head = Message()
    head["Content-Disposition"] = disposition
    return (head.get_filename() or "file").replace("/", "_")
