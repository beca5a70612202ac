"""Tables that are no grid: running text in which labels and figures follow each other.

The text is searched for the labels of a table in the order of the form; what stands between two
labels are the figures of the first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from gongkai.documents.reading.content import Row
from gongkai.documents.reading.decoding.figures import NOTE_MARKS
from gongkai.documents.reading.decoding.folding import fold, is_ideograph, skeleton_with_positions

_PAGE_NUMBER = re.compile(r"^[ \t\u3000]*[—–\-－]+[ \t]*\d{1,3}[ \t]*[—–\-－]+[ \t]*$", re.MULTILINE)
_NUMBERING = re.compile(r"(?:[（(]\d[)）]|\d[.．、,，])\s*$")
_NOTE = re.compile(r"(?<=\d)\s*[（(][^（）()\n]*[\u4e00-\u9fff][^（）()\n]*[)）]")
_PUNCTUATION = re.compile(r"[件条项个份次宗元\s.,:()、，。．：；（）“”‘’\"']+")
_TWO_FIGURES = re.compile(r"(?<=\d)[\s|]+(?=\d)")
SPACED = 60
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A label in the text: ``start`` and ``end`` are indexes into the text."""

    code: str
    start: int
    end: int


class Stream:
    """The text of a file with its Chinese characters indexed for the search of labels."""

    def __init__(self, rows: Sequence[Row]) -> None:
        joined = "\n".join(row.text for row in rows)
        self.text = _BOOKMARK.sub("", _PAGE_NUMBER.sub("", joined))
        found, self.positions = skeleton_with_positions(self.text)
        self.skeleton = found.replace("合计", "总计")
        self.spaced = len(_TWO_FIGURES.findall(self.text)) >= SPACED
        """Whether figures stand apart from each other, as cells on lines of their own do."""

    def occurrences(self, label: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """Where a core stands in the skeleton, without a digit inside: pairs of skeleton indexes."""
        found = []
        at = self.skeleton.find(label, start, end)
        while at >= 0:
            if not self._digit_inside(at, at + len(label)):
                found.append((at, at + len(label)))
            at = self.skeleton.find(label, at + 1, end)
        return found

    def _digit_inside(self, start: int, end: int) -> bool:
        inside = self.text[self.positions[start] : self.positions[end - 1]]
        return any(char.isdigit() for char in inside)

    def chain(self, labels: Sequence[tuple[str, str]], start: int = 0, end: int | None = None) -> list[Found]:
        """The labels (core, code) that stand in the text in this order: the chain with the most
        characters. Labels lost or damaged are then looked for between their neighbours."""
        exact = self._best_chain(labels, start, len(self.skeleton) if end is None else end)
        return [self._found(code, a, b) for code, a, b in self._mended(labels, exact, start, end)]

    def _best_chain(
        self, labels: Sequence[tuple[str, str]], start: int, end: int
    ) -> list[tuple[str, int, int]]:
        # best[i]: chains that end with one of the first i labels, as (skeleton end, weight, chain)
        best: list[tuple[int, int, tuple[tuple[str, int, int], ...]]] = [(start, 0, ())]
        for label, code in labels:
            fresh = []
            for a, b in self.occurrences(label, start, end):
                before = [entry for entry in best if entry[0] <= a]
                if before:
                    _, weight, chain = max(before, key=lambda entry: (entry[1], entry[0]))
                    gain = 2 * len(label) + self._has_figures_after(b)
                    fresh.append((b, weight + gain, (*chain, (code, a, b))))
            best = _undominated([*best, *fresh])
        return list(max(best, key=lambda entry: (entry[1], -entry[0]))[2])

    def _has_figures_after(self, end: int) -> bool:
        """Whether a figure follows the label that ends at a skeleton index."""
        rest = self.text[self.positions[end - 1] + 1 :][:12].lstrip(' \t\n\r|:：)）”"')
        return rest[:1].isdigit()

    def _mended(
        self,
        labels: Sequence[tuple[str, str]],
        exact: list[tuple[str, int, int]],
        start: int,
        end: int | None,
    ) -> list[tuple[str, int, int]]:
        have = {code: (a, b) for code, a, b in exact}
        result: list[tuple[str, int, int]] = []
        position = start
        for index, (label, code) in enumerate(labels):
            if code in have:
                span: tuple[int, int] | None = have[code]
            else:
                following = [have[c][0] for _, c in labels[index + 1 :] if c in have]
                limit = min(following, default=position + 120 if end is None else end)
                span = self._damaged(label, position, limit) if exact else None
            if span:
                result.append((code, *span))
                position = span[1]
        return result

    def _damaged(self, label: str, start: int, end: int) -> tuple[int, int] | None:
        """The label with a glyph lost or wrong, between two skeleton indexes."""
        window = self.skeleton[start:end]
        if len(label) < 4 or len(window) < len(label) - 1:
            return None
        match = fuzz.partial_ratio_alignment(
            label, window, score_cutoff=100 - max(120, 20 * len(label)) / len(label)
        )
        if match is None:
            return None
        a, b = start + match.dest_start, start + match.dest_end
        return None if self._digit_inside(a, b) else (a, b)

    def _found(self, code: str, start: int, end: int) -> Found:
        return Found(code, self.positions[start], self.positions[end - 1] + 1)

    def skeleton_index(self, position: int) -> int:
        """The first skeleton index at or after a position of the text."""
        low, high = 0, len(self.positions)
        while low < high:
            middle = (low + high) // 2
            if self.positions[middle] < position:
                low = middle + 1
            else:
                high = middle
        return low


def _undominated(
    entries: list[tuple[int, int, tuple[tuple[str, int, int], ...]]],
) -> list[tuple[int, int, tuple[tuple[str, int, int], ...]]]:
    """Of chains, those that no other beats by both ending earlier and weighing more."""
    kept: list[tuple[int, int, tuple[tuple[str, int, int], ...]]] = []
    for entry in sorted(entries, key=lambda e: (e[0], -e[1])):
        if not kept or entry[1] > kept[-1][1]:
            kept.append(entry)
    return kept


def figures_part(segment: str, passing: frozenset[str] = frozenset()) -> str:
    """A segment up to the first Chinese words that are no unit: there something else begins.

    ``passing``: characters of group labels that may stand scattered between the figures (a
    merged cell set vertically); they are dropped.
    """
    kept: list[str] = []
    for index, char in enumerate(segment):
        if not is_ideograph(char) or _unit_or_blank(segment, index):
            kept.append(char)
        elif fold(char) in passing:
            kept.append(" ")
        else:
            break
    return _NUMBERING.sub("", "".join(kept))


def _unit_or_blank(segment: str, index: int) -> bool:
    """件, 元 … straight after a digit; 无 and 零 for a cell of their own."""
    char = segment[index]
    before = segment[:index].rstrip()[-1:]
    if char in "件条项个元万":
        return before.isdigit() or before in {"万", "亿"}
    following = segment[index + 1 : index + 2]
    return char in "零〇增减" or (char == "无" and not (following and is_ideograph(following)))


def tokens_of(segment: str, passing: frozenset[str] = frozenset()) -> list[str]:
    """The cells of a segment as far as separators tell: ``""`` for a cell marked blank."""
    bare = NOTE_MARKS.sub("", _NOTE.sub("", segment))
    text = fold(figures_part(bare, passing))
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    lines = text.split("\n")
    if any(line.startswith("\t") for line in lines):
        kept = [line.strip() for line in lines if line.startswith("\t")]
    else:
        kept = [piece for piece in re.split(r"[\s|｜、;；]+", text) if piece]
    return _without_trailing_blanks([_bare(piece) for piece in kept if not _PUNCTUATION.fullmatch(piece)])


def _without_trailing_blanks(tokens: list[str]) -> list[str]:
    while tokens and not tokens[-1]:
        tokens.pop()
    return tokens


def _bare(token: str) -> str:
    bare = re.sub(r"[件条项个份次]$", "", token).strip("()（）.。:：、，,“”‘’\"'")
    if bare in {"/", "-", "--", "无", "—", "——", "\\"}:
        return ""
    return re.sub("^(增加|增)", "+", re.sub("^(减少|减)", "-", bare)).replace("零", "0").replace("〇", "0")


def strip_number(tokens: Sequence[str], prefix: str | None) -> list[list[str]]:
    """The tokens without the number printed before the next label (``2.`` of 2.重复申请).

    Where that number ran into the figures (``00000002``) it is cut off the last token; as it may
    also have been left out, the tokens as they stand are returned as well.
    """
    whole = list(tokens)
    if prefix is None or not whole or not whole[-1].endswith(prefix):
        return [whole]
    last = whole[-1].removesuffix(prefix)
    return [_without_trailing_blanks(whole[:-1] + ([last] if last else [])), whole]
