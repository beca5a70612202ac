"""Characters to bytes, as servers and editors of the last twenty years do it."""

import random
from collections.abc import Collection

Knobs = Collection[str]


def charset_for(text: str, knobs: Knobs, rng: random.Random) -> str:
    """The charset a file is written in: an old one where a knob asks for it and the text fits."""
    if "utf16" in knobs:
        return "utf-16"
    if "legacy_charset" not in knobs and "lying_charset" not in knobs:
        return rng.choice(("utf-8", "utf-8", "utf-8-sig"))
    charset = rng.choice(("gb18030", "gbk", "gb2312", "big5"))
    return charset if _fits(text, charset) else "gb18030"


def _fits(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def encode(text: str, knobs: Knobs, rng: random.Random) -> bytes:
    return text.encode(charset_for(text, knobs, rng))
