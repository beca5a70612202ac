"""Finding a text in bytes however it was written down, for tests that look for what must not be there."""

import base64
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from urllib.parse import quote

PACKED = re.compile(rb"eJ[\w-]{20,}")


def shapes(text: str) -> Iterator[bytes]:
    """The bytes by which a text is known, in every encoding and escape a program may have used."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        yield text.encode(encoding)
    escaped = json.dumps(text)[1:-1].encode()
    yield escaped
    yield quote(text).encode()
    for data in (text.encode(), escaped):
        for offset in range(3):
            # Those letters of base64 that depend on nothing but the text itself.
            coded = base64.b64encode(b"\0" * offset + data)
            yield coded[(0, 4, 4)[offset] : len(coded) - 4]


def found_in(data: bytes, texts: Mapping[str, str]) -> set[str]:
    """Labels of the texts that stand in some bytes, archives opened and what was packed unpacked.

    The first character of a text does not count, for it is all that is left of a masked name.
    """
    found = {label for label, text in texts.items() if any(shape in data for shape in shapes(text[1:]))}
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                found |= found_in(archive.read(name), texts)
    for packed in PACKED.findall(data):
        found |= found_in(unpacked(packed), texts)
    return found


def unpacked(packed: bytes) -> bytes:
    """What was compressed and then written in base64, as far as it goes; nothing if it was something else."""
    padded = packed + b"=" * (-len(packed) % 4)
    try:
        return zlib.decompressobj().decompress(base64.urlsafe_b64decode(padded))
    except (ValueError, zlib.error):
        return b""
