"""Figures that the prose of a report claims.

A number counts only where it stands with a counting word (件、条、份、元 …), so years, document
numbers, dates and percentages never do. The words around it say what it counts
(``law/data/narrative.toml``); a number whose words say nothing known, or that speaks of another
year, is left alone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gongkai.law.rulebook import read_table

_CHINESE = "零〇一二两三四五六七八九十百千万亿"
_NUMBER = re.compile(
    rf"(?P<about>[数几近约超逾]过?)?(?<![\d.第{_CHINESE}])"
    rf"(?P<number>\d+(?:\.\d+)?|[{_CHINESE}]+)(?P<scale>万)?(?P<more>[余多])?"
    r"(?P<unit>元|件次|件|条次|条|份|宗|起|例|项|篇|则|个)"
)
_SENTENCE_END = re.compile(r"[。！？!?\n](?!其中)")
_CLAUSE_MARKS = "，；：（）"
_FOLDED = str.maketrans("０１２３４５６７８９．,;:()", "0123456789.，；：（）")
_WRAPPED = re.compile(r"(?<=[^。！？：；\s])[^\S\n]*\n[^\S\n]*(?![（(]?[一二三四五六七八九十]+[）)、])")
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_YEAR = re.compile(r"(\d{4})年")


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of the prose.

    ``what``: a key of :func:`labels` (``application.received``), or ``publication.channel`` with
    the channel's name in ``channel``. ``value``: a count, or 元 for fees. ``approximate``: the prose
    says 余, 约, 近 or counts in 万. ``sentence``: where it stands, without spaces.
    """

    what: str
    value: int | Decimal
    sentence: str
    section: str
    approximate: bool = False
    channel: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    what: str
    pattern: re.Pattern[str]
    also_after: bool
    whole: bool


def claims(sections: Mapping[str, str], year: int | None = None) -> tuple[Claim, ...]:
    """All figures of the sections' prose, in reading order. ``year``: the report year; a figure in a
    clause that names another year is left out."""
    return tuple(
        claim for code, text in sections.items() for s in _sentences(text) for claim in _read(s, code, year)
    )


@lru_cache
def labels() -> Mapping[str, str]:
    """What a claim can be of → in Chinese words."""
    return {entry["what"]: entry["label"] for entry in read_table("narrative.toml")["claims"]}


def plain(text: str) -> str:
    """Prose with half-width digits, full-width punctuation, no spaces, wrapped lines joined."""
    joined = _WRAPPED.sub("", text.translate(_FOLDED))
    return _THOUSANDS.sub("", re.sub(r"[^\S\n]+", "", joined))


def chinese_number(words: str) -> int:
    """十二 → 12, 一百零三 → 103, 二〇 → 20."""
    total = section = digit = 0
    for character in words:
        if character in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
        elif character in "万亿":
            total = (total + section + digit) * {"万": 10**4, "亿": 10**8}[character]
            section = digit = 0
        else:
            digit = digit * 10 + "零一二三四五六七八九".find(character.translate(_DIGIT_NAMES))
    return total + section + digit


_DIGIT_NAMES = str.maketrans("〇两", "零二")


def _sentences(text: str) -> Iterator[str]:
    return filter(None, _SENTENCE_END.split(plain(text)))


def _read(sentence: str, section: str, year: int | None) -> Iterator[Claim]:
    """The claims of one sentence. Its subject lasts until another is named."""
    found: list[Claim] = []
    subject, start = "", 0
    for match in _NUMBER.finditer(sentence):
        before, after = sentence[start : match.start()], _clause_after(sentence, match.end())
        start = match.end()
        subject = _subject(before, subject) or _subject(after, "")
        clause = _last_clause(before)
        if _of_this_year(clause, year):
            what, channel = _what(subject, clause, before, after, found)
            if what:
                found.append(_claim(match, what, channel, sentence, section))
    yield from found
    counted = {claim.what for claim in found}
    yield from (Claim(what, 0, sentence, section) for what in _nones(sentence) if what not in counted)


def _claim(match: re.Match[str], what: str, channel: str, sentence: str, section: str) -> Claim:
    digits = match["number"]
    value: int | Decimal
    if digits[0].isdigit():
        value = Decimal(digits) * (10_000 if match["scale"] else 1)
    else:
        value = Decimal(chinese_number(digits + (match["scale"] or "")))
    if value == value.to_integral_value():
        value = int(value)
    rounded = bool(match["about"] or match["more"] or (match["scale"] and match["unit"] != "元"))
    return Claim(what, value, sentence, section, rounded, channel)


def _last_clause(before: str) -> str:
    """The words of the number's own clause: after the last comma that has words behind it."""
    return re.split(f"[{_CLAUSE_MARKS}]", before.rstrip(_CLAUSE_MARKS))[-1]


def _clause_after(sentence: str, position: int) -> str:
    return re.split(f"[{_CLAUSE_MARKS}]", sentence[position : position + 24])[0]


def _subject(words: str, otherwise: str) -> str:
    last = {name: max((m.end() for m in p.finditer(words)), default=-1) for name, p in _subjects().items()}
    name = max(last, key=lambda key: last[key])
    return name if last[name] >= 0 else otherwise


def _of_this_year(clause: str, year: int | None) -> bool:
    named = _YEAR.findall(clause)
    if named and year is not None and int(named[-1]) != year:
        return False
    return not _pattern("not_of_this_year").search(clause)


def _what(subject: str, clause: str, before: str, after: str, found: list[Claim]) -> tuple[str, str]:
    """What the number counts and, for a part of a publication, through which channel."""
    if subject == "publication" and any(claim.what == "publication.total" for claim in found):
        channels = set(_pattern("channels").findall(clause))
        return ("publication.channel", channels.pop()) if len(channels) == 1 else ("", "")
    if "复议" in clause and "诉讼" in clause:
        return "", ""
    part = _pattern("parts").search(clause)
    for words in _claim_words(subject):
        if words.pattern.search(clause):
            return ("" if words.whole and part else words.what), ""
    return next((w.what for w in _claim_words(subject) if w.also_after and w.pattern.search(after)), ""), ""


def _nones(sentence: str) -> Iterator[str]:
    for what, words in read_table("narrative.toml")["none"].items():
        if any(re.search(words, clause) for clause in re.split(f"[{_CLAUSE_MARKS}]", sentence)):
            yield what


@lru_cache
def _subjects() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(words) for name, words in read_table("narrative.toml")["subjects"].items()}


@lru_cache
def _claim_words(subject: str) -> tuple[_Words, ...]:
    return tuple(
        _Words(
            entry["what"],
            re.compile(entry["words"]),
            entry.get("also_after", False),
            entry.get("whole", False),
        )
        for entry in read_table("narrative.toml")["claims"]
        if entry["what"].startswith(subject + ".")
    )


@lru_cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(read_table("narrative.toml")[name]["words"])
