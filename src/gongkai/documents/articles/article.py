"""An article: the words of a publication as blocks, from which every channel makes its own paper."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` 1 to 3, below the title of the article."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``[words](https://…)`` in it is a link; nothing else is markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of short texts."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. Every row has the same number of cells; the first ``header_rows`` rows are headers."""

    rows: tuple[tuple[str, ...], ...]
    header_rows: int = 1
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture among the files of the publication, named by its SHA-256 (hex). ``alternative`` says what
    it shows."""

    sha256: str
    alternative: str
    caption: str = ""


Block = Heading | Paragraph | Listing | Grid | Picture
_KINDS: dict[str, type[Block]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "listing": Listing,
    "grid": Grid,
    "picture": Picture,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Article:
    """The blocks in reading order. The title stands with the publication's other data."""

    blocks: tuple[Block, ...] = ()

    def to_json(self) -> list[dict[str, Any]]:
        """Plain data: a list of blocks, each with its ``kind``."""
        return [{"kind": _NAMES[type(block)], **asdict(block)} for block in self.blocks]

    @classmethod
    def from_json(cls, data: list[Mapping[str, Any]]) -> "Article":
        """The article that ``to_json`` wrote. Raises ``KeyError`` or ``TypeError`` for anything else."""
        return cls(tuple(_block(entry) for entry in data))


def _block(entry: Mapping[str, Any]) -> Block:
    fields = {name: _frozen(value) for name, value in entry.items() if name != "kind"}
    return _KINDS[entry["kind"]](**fields)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(each) for each in value) if isinstance(value, list | tuple) else value
