"""Text and CSV files: what no window shows."""

import re
from collections.abc import Iterator

from gongkai.documents.reading.charset import BOMS, decode
from gongkai.screening.hidden.hits import Hit, masked
from gongkai.screening.hidden.invisible import invisible, without_invisible

_FAR = re.compile(r"(?:[ \t\u3000]{200}|(?:\r?\n){100}|,{60}|\t{60})(?=[^\s,])")
_SPACES = re.compile(r"[ \t\u3000]{200,}|(?:\r?\n){100,}|,{60,}|\t{60,}")
_END = re.compile("\x1a(?=[^\x1a\\s])|\0(?=[^\0\\s])")


class Plain:
    """A file of text."""

    def __init__(self, data: bytes) -> None:
        self._text = decode(data)
        self._encoding = next((name for bom, name in BOMS if data.startswith(bom)), "")

    def hits(self) -> Iterator[Hit]:
        text = self._text
        if excerpt := invisible(text):
            yield Hit("part.invisible", "正文", excerpt, self._show)
        if (found := _END.search(text)) is not None:
            yield Hit("text.after_end", "文件结束符之后", masked(text[found.end() :][:200]), self._cut)
        if (found := _FAR.search(text)) is not None:
            line = text.count("\n", 0, found.end()) + 1
            yield Hit("text.far_away", f"第{line}行", masked(text[found.end() :][:40]), self._tighten)

    def save(self) -> bytes:
        """In UTF-8, with the mark by which Excel knows it where the file had one."""
        return self._text.encode("utf-8-sig" if self._encoding else "utf-8", "replace")

    def _show(self) -> None:
        self._text = without_invisible(self._text)

    def _cut(self) -> None:
        found = _END.search(self._text)
        if found is not None:
            self._text = self._text[: found.start()]

    def _tighten(self) -> None:
        self._text = _SPACES.sub(lambda found: found[0][0] if found[0][0] != "\r" else "\r\n", self._text)
