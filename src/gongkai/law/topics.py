"""Finds the separate matters in the draft of an application (一事一申请).

Four ways of writing several are known: a numbered list, several titles, several years, several
records joined by commas and conjunctions. What may as well be one matter is left whole.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from gongkai.law.rulebook import read_table

_NUMERALS = "一二三四五六七八九十"
_MARK = re.compile(
    rf"(?:(?:^|(?<=[\n。；;：:，,\s]))\s*(?:(\d{{1,2}})(?:[)）、]|[.．](?!\d))|([{_NUMERALS}])[、.．])"
    rf"|(?<!第)[（(](?:(\d{{1,2}})|([{_NUMERALS}]))[)）]|([①-⑩]))\s*"
)
_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_CLAUSE = re.compile(r"[^，,。；;\n]+")
_TITLES = re.compile(
    r"《[^《》]+》[^，,。；;《》]{0,12}?(?:(?:、|和|与|及|以及|，)\s*《[^《》]+》[^，,。；;《》、]{0,4})+"
)
_YEARS = re.compile(
    r"(?:(?:19|20)\d\d(?:学年|年)?度?(?:、|，|,|和|与|及|以及)\s*)+(?:19|20)\d\d(?:年度?|学年度?)"
)
_JOINT = re.compile(r"(，?(?:以及|及|和|与|还有|并)|、|，)")
_LIST_WORDS = re.compile(
    r"^(?:现|特|兹)?申请"
    r"|(?:以下|下列|如下)?[\d一二两三四五六]*[项个份条]?(?:政府)?(?:信息|材料|文件|资料|内容)?[：:\s]*$"
)
_EDGES = " \t\r\n，,。；;：:、"


def topics(draft: str) -> tuple[str, ...]:
    """The separate matters of a draft, as they could be applied for one by one; empty for a single one."""
    for find in (_numbered, _titled, _by_year, _joined):
        parts = tuple(find(draft))
        if len(parts) > 1:
            return parts
    return ()


def _numbered(draft: str) -> Iterator[str]:
    """The items of a list numbered from one."""
    marks: list[re.Match[str]] = []
    for mark in _MARK.finditer(draft):
        if _value(mark) == len(marks) + 1:
            marks.append(mark)
    ends = [*(mark.start() for mark in marks[1:]), len(draft)][: len(marks)]
    items = [_without_asides(draft[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    if len(items) < 2 or any(_length(item) < 4 for item in items):
        return
    head = _subject(draft[: marks[0].start()])
    for item in items:
        yield _with_head(head, item)


def _value(mark: re.Match[str]) -> int:
    found = next(group for group in mark.groups() if group)
    if found.isdecimal():
        return int(found)
    return _NUMERALS.index(found) + 1 if found in _NUMERALS else ord(found) - ord("①") + 1


def _subject(head: str) -> str:
    """What stands before a list, without the asking and without 以下材料."""
    sentences = _SENTENCE.findall(head)
    bare = _bare(sentences[-1]) if sentences else ""
    return _LIST_WORDS.sub("", bare)


def _titled(draft: str) -> Iterator[str]:
    """Several titles in a row, unless they are only what the writer relies on."""
    for sentence in _matters(draft):
        found = _TITLES.search(sentence)
        if found:
            yield from re.findall(r"《[^《》]+》", found[0])
            return


def _by_year(draft: str) -> Iterator[str]:
    for sentence in _matters(draft):
        found = _YEARS.search(sentence)
        if found:
            unit = "学年" if "学年" in found[0] else "年"
            for year in re.findall(r"(?:19|20)\d\d", found[0]):
                yield _bare(f"{sentence[: found.start()]}{year}{unit}{sentence[found.end() :]}")
            return


def _joined(draft: str) -> Iterator[str]:
    """Records joined in one sentence, and those of several sentences."""
    for sentence in _matters(draft):
        bare = _bare(sentence)
        if _is_record(bare):
            yield from _records(bare)


def _records(text: str) -> list[str]:
    """The records a phrase joins; the phrase itself where they may be one matter."""
    pieces = _pieces(text)
    first, rest = pieces[0], pieces[1:]
    head = first[: first.rfind("的") + 1]
    apart = 99 if head else 6
    if rest and all(_stands_alone(piece, apart) for piece in rest):
        return pieces
    if len(pieces) > 2:
        return [first, *(_with_head(head, piece) for piece in rest)]
    return [text]


def _stands_alone(piece: str, apart: int) -> bool:
    if _has_subject(piece):
        return True
    return not _JOINT.search(piece) and _length(piece) >= (7 if "的" in piece else apart)


def _pieces(text: str) -> list[str]:
    """The phrase cut at the joints that have a record on both sides."""
    words = _JOINT.split(text)
    pieces = [words[0]]
    for joint, word in zip(words[1::2], words[2::2], strict=True):
        if _is_record(pieces[-1]) and word:
            pieces.append(word)
        else:
            pieces[-1] += joint + word
    # What does not end as a record belongs to the piece before it.
    if not all(map(_is_record, pieces)):
        return [text]
    return [piece.strip(_EDGES) for piece in pieces]


def _matters(draft: str) -> Iterator[str]:
    """The sentences without clauses on basis, condition and form of provision."""
    for sentence in _SENTENCE.findall(draft):
        if clean := _without_asides(sentence):
            yield clean


def _without_asides(text: str) -> str:
    aside = _pattern("aside")
    clauses = (clause.strip() for clause in _CLAUSE.findall(text))
    return "，".join(clause for clause in clauses if not aside.search(clause)).strip(_EDGES)


def _bare(sentence: str) -> str:
    """The sentence without the words of asking, form and politeness."""
    return _pattern("lead").sub("", sentence, count=1).strip(_EDGES)


def _is_record(text: str) -> bool:
    bare = _pattern("trailing").sub("", text.strip(_EDGES))
    return re.search(f"{_table()['nouns']}$", bare) is not None


def _has_subject(text: str) -> bool:
    return _pattern("subjects").search(text) is not None


def _with_head(head: str, item: str) -> str:
    return item if not head or _has_subject(item) or head in item else head + item


def _length(text: str) -> int:
    return sum(map(str.isalnum, text))


def _table() -> dict[str, Any]:
    table: dict[str, Any] = read_table("draft_help.toml")["split"]
    return table


@lru_cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_table()[name])
