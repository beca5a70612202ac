"""Opening whatever came out, down to the last layer, and looking for a mark in it."""

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import pikepdf

from gongkai.documents.contents import Unreadable, read_contents
from tests.trust.finding import PACKED, shapes, unpacked

_LAYERS = 6


def opened(data: bytes, layers: int = _LAYERS) -> Iterator[bytes]:
    """The bytes themselves, and everything packed in them."""
    yield data
    if not layers:
        return
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment
            for entry in archive.infolist():
                yield entry.filename.encode() + entry.comment + entry.extra
                yield from opened(archive.read(entry), layers - 1)
    elif data.startswith(b"\x1f\x8b"):
        yield from opened(gzip.decompress(data), layers - 1)
    elif data.startswith(b"%PDF"):
        yield from _of_pdf(data, layers - 1)
    for packed in PACKED.findall(data):
        yield unpacked(packed)


def _of_pdf(data: bytes, layers: int) -> Iterator[bytes]:
    with pikepdf.open(io.BytesIO(data)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream):
                try:
                    yield from opened(thing.read_bytes(), layers)
                except (pikepdf.PdfError, zlib.error):
                    yield thing.read_raw_bytes()
            elif isinstance(thing, pikepdf.Dictionary | pikepdf.Array):
                yield thing.unparse(resolved=True)
    try:
        yield read_contents(data, "x.pdf").text.encode()
    except Unreadable:
        return


class Looker:
    """Looks for marks in everything it is given; ``found`` tells where one was."""

    def __init__(self, *marks: str) -> None:
        pattern = {shape for mark in marks for shape in shapes(mark) if len(shape) > 5}
        self._pattern = re.compile(b"|".join(re.escape(shape) for shape in sorted(pattern)))
        self.found: list[str] = []
        self.bytes = 0

    def look(self, where: str, data: bytes) -> bool:
        """Whether there is one."""
        for layer in opened(data):
            self.bytes += len(layer)
            hit = self._pattern.search(layer)
            if hit:
                around = layer[max(hit.start() - 30, 0) : hit.end() + 40].decode("utf-8", "replace")
                self.found.append(f"{where}: {around!r}")
                return True
        return False
