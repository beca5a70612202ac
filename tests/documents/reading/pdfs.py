"""PDF files made for tests: drawn mark by mark, or set by typst."""

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence

import typst

from gongkai.documents.reading import pdf
from gongkai.documents.reading.content import Row

HEIGHT = 842

_SET = """
#set page(width: 595pt, height: 842pt, margin: 80pt)
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: 12pt, lang: "zh")
"""


def typeset(body: str) -> bytes:
    """A file set by typst: A4, margins of 80 points, 12-point text."""
    return typst.compile((_SET + body).encode())


def drawn(*pages: str, rotate: int = 0, extra: Mapping[str, bytes] | None = None) -> bytes:
    """A file of A4 pages with these content streams. Font ``/F`` is Helvetica, form ``/X`` whatever
    ``extra`` holds as ``X``; ``rotate`` turns the pages."""
    contents = [_stream(page.encode()) for page in pages]
    forms = {name: _stream(data, _FORM) for name, data in (extra or {}).items()}
    first = 4 + len(forms)
    resources = b"/Font<</F 3 0 R>>/XObject<<%s>>" % b" ".join(
        b"/%s %d 0 R" % (name.encode(), 4 + place) for place, name in enumerate(forms)
    )
    kids = [first + 2 * place for place in range(len(contents))]
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        *forms.values(),
    ]
    for kid, content in zip(kids, contents, strict=True):
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate %d/Resources<<%s>>/Contents %d 0 R>>"
            % (rotate, resources, kid + 1),
            content,
        ]
    return assembled(objects)


_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Matrix[1 0 0 1 50 -100]"


def _stream(data: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(data)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), entries, packed)


def assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects, numbered from 1; the first is the catalogue."""
    data = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, end)


def locked(open_password: bytes, owner_password: bytes = b"owner") -> bytes:
    """A file of one empty page, encrypted with 40-bit RC4 and these passwords."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    pad = lambda password: (password + padding)[:32]  # noqa: E731
    owner = _rc4(hashlib.md5(pad(owner_password)).digest()[:5], pad(open_password))
    permissions = (0xFFFFFFFC).to_bytes(4, "little")
    key = hashlib.md5(pad(open_password) + owner + permissions + b"id").digest()[:5]
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>"
        % (owner.hex().encode(), _rc4(key, padding).hex().encode()),
    ]
    return assembled(objects, b"/Encrypt 4 0 R/ID[<6964><6964>]")


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def text(x: float, y: float, words: str, size: float = 10) -> str:
    """Draws words at ``x``, ``y`` points from the left and the *top* of the page."""
    return f"BT /F {size} Tf {x} {HEIGHT - y} Td ({words}) Tj ET\n"


def stroke(x1: float, y1: float, x2: float, y2: float) -> str:
    """Draws a line of half a point between two places, from the top left."""
    return f"0.5 w {x1} {HEIGHT - y1} m {x2} {HEIGHT - y2} l S\n"


def bar(x1: float, y1: float, x2: float, y2: float) -> str:
    """Draws a filled rectangle between two corners, from the top left."""
    return f"{x1} {HEIGHT - y2} {x2 - x1} {y2 - y1} re f\n"


def texts(data: bytes) -> list[list[str]]:
    """The cells' texts of all table rows of a file."""
    return [[cell.text for cell in row.cells] for row in rows_of(data) if row.table is not None]


def lines(data: bytes) -> list[str]:
    """The paragraphs of a file."""
    return [row.text for row in rows_of(data) if row.table is None]


def rows_of(data: bytes) -> tuple[Row, ...]:
    return pdf.extract(data).rows


def grid(xs: Sequence[float], ys: Sequence[float]) -> Iterable[tuple[float, float, float, float]]:
    """The lines of a grid from end to end, each as the places of its two ends."""
    yield from ((x, ys[0], x, ys[-1]) for x in xs)
    yield from ((xs[0], y, xs[-1], y) for y in ys)
