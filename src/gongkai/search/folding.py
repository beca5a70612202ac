"""One spelling for what reads alike, so that a search is a search for a substring.

Full-width and half-width, capital and small, traditional and simplified, one kind of bracket, quotation
mark or dash and another fold together; what cannot be seen goes; white space stays, as one space,
between Latin letters or digits only. Each character is folded by itself, so that a piece of a text folds
to a piece of the folded text.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

import opencc

PART_END = "\n"  # between the parts of a text; no folded text holds it, so no match crosses it

_ALIKE = {
    **dict.fromkeys("〔［【〖〘〚｛{[❨❲⟦", "("),
    **dict.fromkeys("〕］】〗〙〛｝}]❩❳⟧", ")"),
    **dict.fromkeys("《〈⟨＜‹«", "<"),
    **dict.fromkeys("》〉⟩＞›»", ">"),
    **dict.fromkeys('"„‟”″〝〞〟＂「」『』﹁﹂﹃﹄', "“"),
    **dict.fromkeys("'‘‚‛′＇`´", "’"),
    **dict.fromkeys("‐‑‒–—―−－─━", "-"),
    **dict.fromkeys("•‧∙⋅・●", "·"),
    **dict.fromkeys("○◯", "〇"),  # 二○二○年
}
_UNSEEN = {"Cc", "Cf", "Cs"}
_SPACES = {"Zs", "Zl", "Zp"}
_WHITE = "\t\n\v\f\r\x85"
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_UNKEPT = re.compile("[\0\ud800-\udfff]")  # what no database keeps as text
_RUN = re.compile(r"  +")
_GAP = re.compile(r"(?<![0-9a-z]) | (?![0-9a-z])")


class _Folded(dict[int, str]):
    """For ``str.translate``: what each character becomes, found out when it is first met."""

    def __init__(self) -> None:
        super().__init__()
        self._simplified = opencc.OpenCC("t2s")
        self.uneven: set[str] = set()  # those met that become none or several

    def __missing__(self, code: int) -> str:
        self[code] = folded = self._fold(chr(code))
        if len(folded) != 1:
            self.uneven.add(chr(code))
        return folded

    def _fold(self, char: str) -> str:
        category = unicodedata.category(char)
        if char in _WHITE or category in _SPACES:
            return " "
        if category in _UNSEEN or _VARIATION.match(char):
            return ""
        plain = _ALIKE.get(char) or unicodedata.normalize("NFKC", char).lower()
        return "".join(_ALIKE.get(each) or self._simple(each) for each in plain)

    def _simple(self, char: str) -> str:
        simple: str = self._simplified.convert(char) if char > "\u2e7f" else char
        return simple if len(simple) == 1 else char


_FOLDED = _Folded()


def composed(text: str) -> str:
    """The form in which texts are kept and shown: letters and their marks as one character."""
    return unicodedata.normalize("NFC", _UNKEPT.sub("", text))


def fold(text: str) -> str:
    """The spelling that is searched."""
    return _GAP.sub("", _RUN.sub(" ", composed(text).translate(_FOLDED)))


def fold_parts(parts: Iterable[str]) -> str:
    """Several texts as one, in which nothing is found across their borders."""
    return PART_END.join(map(fold, parts))


def fold_with_origin(text: str) -> tuple[str, Sequence[int]]:
    """``fold`` of a composed text, and for each of its characters where in the text it comes from."""
    folded = fold(text)
    if len(folded) == len(text) and _FOLDED.uneven.isdisjoint(text):
        return folded, range(len(text))
    spaced = [(each, place) for place, char in enumerate(text) for each in _FOLDED[ord(char)]]
    runs = [pair for pair, before in zip(spaced, [None, *spaced], strict=False) if not _goes_on(pair, before)]
    joined = "".join(each for each, _ in runs)
    gone = {found.start() for found in _GAP.finditer(joined)}
    return folded, [place for number, (_, place) in enumerate(runs) if number not in gone]


def _goes_on(pair: tuple[str, int], before: tuple[str, int] | None) -> bool:
    """Whether it is the second space of a run."""
    return pair[0] == " " and before is not None and before[0] == " "
