"""Who reports, for which year, when published, and what the six sections say."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache

from rapidfuzz import fuzz

from gongkai.documents.reading.content import Content, Row, line
from gongkai.documents.reading.decoding.folding import core, fold, skeleton
from gongkai.documents.reading.decoding.formtext import prose_of
from gongkai.law.report.formats import all_formats

_YEAR = re.compile(r"(20\d\d)\s*年")
_CHINESE_YEAR = re.compile(r"二[〇○Oo0零]([〇○Oo0零一二三四五六七八九])([〇○Oo0零一二三四五六七八九])年")
_DIGITS = {**dict(zip("一二三四五六七八九", range(1, 10), strict=True)), **dict.fromkeys("〇○Oo0零", 0)}
_REPORT = re.compile(r"(政府)?(信息|政务)公开(工作)?(年度|年)报告")
_DATE = re.compile(r"(20\d\d)\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})\s*日?")
_SIGNED = re.compile(rf"[（(]?{_DATE.pattern}[)）]?|[—\-\s]*\d{{1,3}}[—\-\s]*")
_FURNITURE = re.compile(
    r"(附件下载|附件[:：]?|打印|关闭|收藏|分享到?|返回顶部|上一[篇条].*|下一[篇条].*|扫一扫.*|\s)+$"
)
_PUBLISHED = re.compile(r"(发布|公开|发文|印发)?(时间|日期)\s*[:：]?\s*" + _DATE.pattern)
_NUMBERED = re.compile(r"^\s*[（(]?\s*([一二三四五六七八九十]|\d)\s*[）)]?\s*[、.．,，:：]?\s*")
_AROUND_AGENCY = re.compile(r"^(关于|标题[:：]?|附件\d*[:：]?|.*>)|(关于|[\s,，:：—\-_|《》“”\"]+)$")
_PINYIN = re.compile(r"[(（][a-zāáǎàōóǒòēéěèīíǐìūúǔùüǖǘǚǜ]+[)）]", re.IGNORECASE)
_GAP = re.compile(r"(?<=[\u3000-\u303f\uff00-\uffef])[ \u3000]+(?=\S)|(?<=[一-鿿])[ \u3000]+(?=[一-鿿])")
LONG = 30
MISSING_WORDS = {"", "的"}


@dataclass(frozen=True, slots=True)
class Prose:
    """``sections`` and ``headings``: section code → text, and the heading line as published."""

    agency: str | None = None
    year: int | None = None
    title: str | None = None
    published_on: date | None = None
    sections: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)


@cache
def _titles() -> tuple[tuple[str, str], ...]:
    return tuple((section.code, core(section.title)) for section in all_formats()[-1].sections)


def read_prose(content: Content) -> Prose:
    """Everything of a report that stands outside its tables."""
    filled = (row for row in content.rows if any(cell.text.strip() for cell in row.cells))
    lines = [piece for row in filled for piece in _at_headings(row)]
    spans = _sections(lines)
    first = spans[0][1] if spans else len(lines)
    title = _title([row.text for row in lines[: first or 1]], content.title)
    text = "\n".join(row.text for row in lines)
    published = _published_on(lines)
    year = _year(title, text, published)
    agency = _agency(title, lines, first)
    grids = {row.table for row in lines if sum(bool(cell.text.strip()) for cell in row.cells) > 1}
    sections = {
        code: _unsigned(_text(lines[start + 1 : end], code, grids), agency) for code, start, end in spans
    }
    headings = {code: lines[start].text.strip() for code, start, _ in spans}
    return Prose(agency, year, title, published, sections, headings)


def _at_headings(row: Row) -> list[Row]:
    """A line that runs on through several sections (text copied from a page), cut at the headings."""
    if row.table is not None or len(row.text) <= 120:
        return [row]
    pieces = [piece.strip() for piece in _inline_headings().split(row.text)]
    return [line(piece) for piece in pieces if piece]


@cache
def _inline_headings() -> re.Pattern[str]:
    titles = "|".join(re.escape(section.title.partition("、")[2]) for section in all_formats()[-1].sections)
    return re.compile(rf"([一二三四五六1-6][、.．]\s*(?:{titles}))")


def _sections(lines: Sequence[Row]) -> list[tuple[str, int, int]]:
    """(code, heading line, end line), in the order found; each section once."""
    starts: list[tuple[str, int]] = []
    order = [code for code, _ in _titles()]
    for index, row in enumerate(lines):
        code = heading_of(row)
        if code and (not starts or order.index(code) > order.index(starts[-1][0])):
            starts.append((code, index))
        elif code == order[0] and len(starts) == 1:
            starts = [(code, index)]
    ends = [index for _, index in starts[1:]] + [len(lines)][: len(starts)]
    return [(code, start, end) for (code, start), end in zip(starts, ends, strict=True)]


def heading_of(row: Row) -> str | None:
    """The section a line is the heading of. Headings are short, stand alone in their row, and
    resemble the statutory title."""
    words = [text for cell in row.cells if (text := cell.text.strip())]
    return _section_named(words[0]) if len(words) == 1 and len(words[0]) <= 40 else None


@lru_cache(maxsize=1024)
def _section_named(words: str) -> str | None:
    key = core(_NUMBERED.sub("", words, count=1))
    for code, title in _titles():
        if key == title or (len(key) <= len(title) + 6 and fuzz.ratio(key, title) >= 84):
            return code
        if len(key) >= 6 and len(key) >= len(title) - 6 and (title.endswith(key) or key.endswith(title)):
            return code
    return None


def _text(rows: Sequence[Row], code: str, grids: Set[int | None]) -> list[str]:
    """The prose of a section: its lines and single-cell rows, without the rows of its tables (those
    of ``grids``) and without its title said again, as the caption of a table."""
    kept = []
    least = LONG if code in _tabular() else 0
    for row in rows:
        words = [cell.text.strip() for cell in row.cells if cell.text.strip()]
        loose = row.table is None or row.table not in grids
        if loose and (code, core(row.text)) in _titles():
            continue
        if loose or (len(words) == 1 and len(words[0]) > least):
            kept += [prose for text in words if (prose := prose_of(text))]
    return [_tidy(text) for text in kept]


def _tidy(text: str) -> str:
    """Without the spaces that justified lines leave after a Chinese character or mark."""
    return _GAP.sub("", text)


@cache
def _tabular() -> frozenset[str]:
    """The sections a table is printed in: there a short cell alone in its row is a block's title."""
    return frozenset(section.code for section in all_formats()[-1].sections if section.table)


def _unsigned(lines: list[str], agency: str | None) -> str:
    """Prose without the signature that ends a report (the agency's name, the date, a page number) and
    without the links a page puts below it."""
    lines = [_FURNITURE.sub("", text) for text in lines]
    end = len(lines)
    while end and (lines[end - 1] in {"", agency} or _SIGNED.fullmatch(fold(lines[end - 1]))):
        end -= 1
    return "\n".join(lines[:end])


def _title(head: Sequence[str], own: str) -> str | None:
    """The report's title: the line before section one that calls itself an annual report; two
    lines where the agency stands on a line of its own."""
    found = [i for i, text in enumerate(head) if _REPORT.search(_squeezed(text)) and len(text.strip()) <= 80]
    named = [i for i in found if _YEAR.search(head[i]) or _CHINESE_YEAR.search(_squeezed(head[i]))]
    if not found:
        return own.strip() if _REPORT.search(_squeezed(own)) else None
    index = (named or found)[-1]
    title = head[index].strip()
    before = head[index - 1].strip() if index else ""
    if not _before_report(title) and 2 < len(_squeezed(before)) <= 30 and not re.search(r"[。:：>]", before):
        title = before + title
    return re.sub(r"\s+", "", title.removeprefix("标题").lstrip(":：# ").rstrip())


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _before_report(title: str) -> str:
    """What a title says before the year and the words of the report: the agency."""
    text = _PINYIN.sub("", _squeezed(title)).lstrip("#")
    match = _REPORT.search(text)
    head = text[: match.start()] if match else text
    head = re.sub(r"(20\d\d|二[〇○Oo0零].{2})年(度)?", "", re.split(r"[。；;：:]", head)[-1])
    for _ in range(3):
        head = _AROUND_AGENCY.sub("", head)
    return head


def _agency(title: str | None, lines: Sequence[Row], first: int) -> str | None:
    """The reporting body: in the title, else the last line of the report (its signature)."""
    named = _before_report(title) if title else ""
    if named not in MISSING_WORDS:
        return named
    for row in reversed(lines[max(first, len(lines) - 6) :]):
        words = row.text.strip()
        if 3 <= len(words) <= 30 and re.search(
            r"(局|委|办|政府|厅|院|署|中心|会|处|办公室)$", skeleton(words)
        ):
            return words
    return None


def _published_on(lines: Sequence[Row]) -> date | None:
    """A date marked as that of publication, else the last date that stands alone (signature)."""
    for row in lines:
        match = _PUBLISHED.search(row.text)
        if match and len(row.text) < 120:
            found = _as_date(match.groups()[-3:])
            if found:
                return found
    for row in reversed(lines):
        match = _DATE.fullmatch(fold(row.text).strip("（）() \t\u3000"))
        if match:
            return _as_date(match.groups())
    return None


def _as_date(parts: Sequence[str | None]) -> date | None:
    try:
        year, month, day = (int(part or 0) for part in parts)
        return date(year, month, day)
    except ValueError:
        return None


def _year(title: str | None, text: str, published: date | None) -> int | None:
    """The report year: in the title, else the year the text speaks of most, not later than the
    year before publication."""
    if title:
        named = _years(title)
        if named:
            return named[0]
    spoken = [year for year in _years(text) if published is None or year < published.year]
    if spoken:
        return max(set(spoken), key=lambda year: (spoken.count(year), year))
    return published.year - 1 if published else None


def _years(text: str) -> list[int]:
    folded = fold(text)
    years = [int(match[1]) for match in _YEAR.finditer(folded)]
    return years + [
        2000 + 10 * _DIGITS[m[1]] + _DIGITS[m[2]] for m in _CHINESE_YEAR.finditer(_squeezed(folded))
    ]
