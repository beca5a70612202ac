"""An article as a paper of its agency: what stands on it, and where (after GB/T 9704-2012)."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urljoin

from PIL import Image, ImageOps

from gongkai.documents.articles.article import Article, Grid
from gongkai.documents.articles.links import spans, words_of
from gongkai.documents.articles.normal import normalized, printable, stepped

CODE_LABEL = "扫码查看网上原文"
TEXT_WIDTH = 156.0
"""Millimetres of 版心."""
TEXT_HEIGHT = 225.0
_TITLE_WIDTH = 20  # characters of 二号 in a line
_DATE_INDENT = 4.0  # characters right of the date
_SIZES = ((6, 12.0), (8, 10.5), (12, 9.0))  # points of a table by its columns
_SMALLEST = 7.5
_POINTS_PER_MM = 72 / 25.4
_NARROWEST, _WIDEST = 2.0, 18.0  # characters a column takes or asks for
_LONGEST_TOKEN = 9.5  # characters of a number that is never broken
_DIGIT = 1.15  # a digit is a little more than half a character
_SHORT = 7.0
_DOTS_PER_MM = 150 / 25.4
_MOST_DOTS = 1_700
_TOKEN = re.compile(r"[0-9A-Za-z.,%:/\-]+")
_TITLE_BREAK = re.compile(
    r"(?<=关于)|(?<=\d年)(?!度)|(?<=年度)|(?<=[、》）])|(?<=阶段)|(?<=工作)(?!的)|(?<=的)(?=[^的]{2,8}$)|(?=《)"
)


@dataclass(frozen=True, slots=True)
class Paper:
    """``pictures`` are the bytes by SHA-256; ``address`` is where the article stands on the web, drawn as a
    QR code, ``None`` for nowhere."""

    title: str
    agency: str
    article: Article
    document_number: str = ""
    formed_on: date | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    index_number: str = ""
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture fit for print: ``kind`` is ``png`` or ``jpeg``, ``width`` and ``height`` are millimetres."""

    data: bytes
    kind: str
    width: float
    height: float


def printed(paper: Paper) -> Article:
    """The article as it is printed: in its normal form, no level of headings left out."""
    return stepped(normalized(paper.article))


def title_lines(title: str) -> tuple[str, ...]:
    """A title of more than one line is broken into lines as even as its sense lets them be."""
    title = " ".join(printable(title).split())
    count = -(-int(2 * measure(title)) // (2 * _TITLE_WIDTH))
    if count < 2:
        return (title,) if title else ()
    length = -(-len(title) // count)
    if count == 2:
        halves = [(title[: found.end()], title[found.end() :]) for found in _TITLE_BREAK.finditer(title)]
        fitting = [pair for pair in halves if max(map(measure, pair)) <= _TITLE_WIDTH]
        even = (title[:length], title[length:])
        return min(fitting, key=lambda pair: abs(measure(pair[0]) - measure(pair[1])), default=even)
    return tuple(title[start : start + length] for start in range(0, len(title), length))


def agency_indent(agency: str, dated: str) -> float:
    """How many characters the agency stands from the right edge, to be centered over the date."""
    return max(0.0, _DATE_INDENT + (measure(dated) - measure(agency)) / 2)


def column_shares(grid: Grid) -> tuple[float, ...]:
    """The width of each column in characters: a number is not broken, and the rest goes to who needs it."""
    columns = [_needs(cells) for cells in zip(*grid.rows, strict=True)]
    least, wanted = (sum(each) for each in zip(*columns, strict=True))
    room = TEXT_WIDTH * _POINTS_PER_MM / table_size(grid) - len(columns)
    part = min(max((room - least) / (wanted - least), 0.0), 1.0) if wanted > least else 0.0
    return tuple(low + (high - low) * part + 1 for low, high in columns)


def table_size(grid: Grid) -> float:
    """The size in points of the words of a table: the more columns, the smaller."""
    return next((size for most, size in _SIZES if len(grid.rows[0]) <= most), _SMALLEST)


def centered_columns(grid: Grid) -> tuple[bool, ...]:
    """Which columns hold nothing but short words and figures, which stand in the middle."""
    body = grid.rows[grid.header_rows :] or grid.rows
    return tuple(max(map(measure, cells)) <= _SHORT for cells in zip(*body, strict=True))


def measure(text: str) -> float:
    """Width in characters: a digit or Latin letter is half of one."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _target(target: str, paper: Paper) -> str:
    """Where a link leads from paper: a place on the site needs the site before it; without it, nowhere."""
    if not target or target.lower().startswith(("https://", "http://", "mailto:")):
        return target
    return urljoin(paper.address, target) if paper.address else ""


def linked(text: str, paper: Paper) -> list[dict[str, str]]:
    """The words of a text, each stretch with where it leads."""
    return [{"text": span.text, "target": _target(span.target, paper)} for span in spans(text)]


def shown(data: bytes | None) -> Shown | None:
    """A picture without what it tells of its making (place, camera), not finer than print; ``None`` where
    it cannot be shown."""
    if data is None:
        return None
    try:
        with Image.open(io.BytesIO(data)) as picture:
            is_photo = picture.format == "JPEG"
            drawn = _on_white(ImageOps.exif_transpose(picture))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    width, height = _size(drawn)
    drawn.thumbnail((_MOST_DOTS, _MOST_DOTS))
    out = io.BytesIO()
    if is_photo:
        drawn.save(out, "JPEG", quality=85)
    else:
        drawn.save(out, "PNG", optimize=True)
    return Shown(out.getvalue(), "jpeg" if is_photo else "png", width, height)


def _needs(cells: tuple[str, ...]) -> tuple[float, float]:
    """The characters a column needs at least, and those in which nothing of it would be broken."""
    plain = [line for cell in cells for line in words_of(cell).split("\n")]
    token = max((measure(token) for line in plain for token in _TOKEN.findall(line)), default=0.0)
    least = max(_NARROWEST, token * _DIGIT if token <= _LONGEST_TOKEN else _NARROWEST)
    return least, max(least, min(max(map(measure, plain)), _WIDEST))


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("L", "RGB"):
        return picture.copy()
    seen = picture.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(ground, seen).convert("RGB")


def _size(picture: Image.Image) -> tuple[float, float]:
    """Millimetres at 150 dots an inch, smaller where the page is smaller than that."""
    width, height = picture.width / _DOTS_PER_MM, picture.height / _DOTS_PER_MM
    scale = min(1.0, TEXT_WIDTH / width, TEXT_HEIGHT * 0.8 / height)
    return round(width * scale, 2), round(height * scale, 2)
