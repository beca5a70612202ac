"""Text smuggled in characters that show nothing: tags of Unicode, runs of zero-width characters."""

import re

_SMUGGLED = re.compile(
    "[\U000e0020-\U000e007e]{3,}|[\u200b-\u200f\u2060-\u2064\ufeff]{4,}|"
    "[\ufe00-\ufe0f]{4,}|[\U000e0100-\U000e01ef]{4,}"
)
_ONE = re.compile(
    "[\U000e0001-\U000e007f]|[\u200b-\u200f\u2060-\u2064\ufeff]{2,}|"
    "[\ufe00-\ufe0f]{2,}|[\U000e0100-\U000e01ef]{2,}"
)
_FLAG = "\U0001f3f4"


def invisible(text: str) -> str:
    """How many characters of the first such stretch there are, as an excerpt; empty where there is none."""
    if text.isascii():
        return ""
    for found in _SMUGGLED.finditer(text):
        if text[found.start() - 1 : found.start()] != _FLAG:
            return f"不可见字符 {len(found[0])} 个"
    return ""


def without_invisible(text: str) -> str:
    """The text without them; single joiners, which some scripts need, stay."""
    return text if text.isascii() else _ONE.sub("", text)
