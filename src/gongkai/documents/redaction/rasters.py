"""A page as dots, and how it crosses from the child process to ours."""

import json
from dataclasses import dataclass
from typing import Any

from PIL import Image

_MODES = {"L": 1, "RGB": 3}


@dataclass(frozen=True, slots=True)
class Raster:
    """A page as dots. Of a page that is only a scan, ``weight`` is the scan's bytes in the file, ``fine``
    whether it holds more dots than were asked for, and ``two_toned`` whether it is of two tones."""

    image: Image.Image
    weight: int = 0
    fine: bool = True
    two_toned: bool = False


def packed(head: dict[str, Any], body: bytes = b"") -> bytes:
    """A message: a line of JSON, then bytes."""
    return json.dumps(head, ensure_ascii=False).encode("utf-8", "replace") + b"\n" + body


def unpacked(message: bytes) -> tuple[dict[str, Any], bytes]:
    """What :func:`packed` put together."""
    head, _, body = message.partition(b"\n")
    return json.loads(head), body


def to_message(raster: Raster) -> bytes:
    """A raster as a message."""
    image = raster.image
    scan = {"weight": raster.weight, "fine": raster.fine, "two_toned": raster.two_toned}
    return packed({"mode": image.mode, "size": image.size} | scan, image.tobytes())


def from_message(head: dict[str, Any], body: bytes) -> Raster:
    """The raster in a message. Raises :class:`ValueError` for what is none."""
    width, height = (int(side) for side in head["size"])
    if len(body) != width * height * _MODES[head["mode"]]:
        raise ValueError("the raster has another size than it says")
    image = Image.frombytes(head["mode"], (width, height), body)
    return Raster(image, int(head["weight"]), bool(head["fine"]), bool(head["two_toned"]))
