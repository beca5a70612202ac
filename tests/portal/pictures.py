"""Pictures for tests."""

import hashlib
from io import BytesIO

from PIL import Image


def a_picture() -> bytes:
    """A small PNG."""
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return out.getvalue()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
