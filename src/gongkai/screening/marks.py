"""Marks that a paper is secret, internal or a draft; inner addresses; where something exactly lies."""

import re
from collections.abc import Iterator
from functools import lru_cache

from gongkai.screening.rules import Rules
from gongkai.screening.sheet import Grid, Prose, Sheet
from gongkai.screening.stretch import CELL, Hit, whole
from gongkai.screening.wordlists import words

_EDGE = rf"(?:^|(?<=[\n{CELL}]))[ \t\u3000【\[（(]{{0,6}}"
_END = rf"[ \t\u3000】\]）)。]{{0,6}}(?=$|[\n{CELL}])"
_TERM = r"(?:\d{1,2}\s?(?:年|个月)|长期|[一二三五十]{1,3}年)"
_LEVEL = r"(?:绝\s?密|机\s?密|秘\s?密)"
_SECRET = re.compile(
    rf"{_LEVEL}\s?[★☆⭐✭*＊]\s?(?:{_TERM})?"
    rf"|密\s?级\s?[:：]\s?(?:{_LEVEL}|内部)"
    rf"|{_EDGE}{_LEVEL}[ \u3000]{{0,6}}(?:{_TERM})?{_END}"
    r"|[\u4e00-\u9fff]{1,8}密(?:发|办|电|字|函|通)?\s?[〔\[（(]\s?(?:19|20)\d\d\s?[〕\]）)]\s?\d{1,5}\s?号"
)
_ADDRESS = re.compile(
    r"(?<![\d.])(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})(?![\d.])"
    r"|(?i:https?|ftp|file|smb)://(?:localhost|[\w-]{1,60}(?:\.[\w-]{1,60}){0,4}\.(?:local|lan|intranet|internal|corp|home)|[\w-]{2,60}(?=[:/\s]|$))[^\s\u4e00-\u9fff]{0,80}"
    r"|\\\\[\w.-]{2,60}\\[\w$.-]{1,60}"
)
_LATITUDE = r"(?:(?:1[89]|[2-4]\d|5[0-3])\.\d{4,10})"
_LONGITUDE = r"(?:(?:7[3-9]|[89]\d|1[0-2]\d|13[0-5])\.\d{4,10})"
_COORDINATES = re.compile(
    rf"(?<![\d.]){_LONGITUDE}(?![\d.])[^\d\n]{{1,12}}{_LATITUDE}(?![\d.])"
    rf"|(?<![\d.]){_LATITUDE}(?![\d.])[^\d\n]{{1,12}}{_LONGITUDE}(?![\d.])"
    r"|(?<!\d)\d{1,3}\s?[°度]\s?\d{1,2}\s?[′'’分]\s?\d{1,2}(?:\.\d{1,6})?\s?[″\"”秒]"
)
_FINE_DEGREE = re.compile(r"\.(?<=\d\.)\d{4}|[°′]|度(?=\s?\d)")
_ATTRIBUTE = re.compile(r"公开(?:属性|方式)[:：]\s?(?:不予公开|不公开)")
_HEAD = 3
_VERSION = re.compile(r"(?:版本|[Vv]er\.?|[Vv]ersion|v)\s?$")


@lru_cache
def _listed(key: str) -> str:
    return "|".join(map(re.escape, sorted(words("secrecy", key), key=len, reverse=True)))


@lru_cache
def _any_of(key: str) -> re.Pattern[str]:
    return re.compile(_listed(key))


@lru_cache
def _alone(key: str) -> re.Pattern[str]:
    """A line, or what stands in brackets, that is one of the words of a list and little else."""
    listed = _listed(key)
    return re.compile(
        rf"{_EDGE}(?:{listed})(?:[，,、 \u3000]{{0,3}}(?:{_listed('beside')})){{0,2}}{_END}"
        rf"|[（(【\[](?:{listed})[）)】\]]"
    )


def marks_in(sheet: Sheet, rules: Rules) -> Iterator[Hit]:
    """``secrecy.*`` of one part of a file."""
    text = sheet.stretch.text
    if "密" in text:
        for found in _SECRET.finditer(text):
            yield _hit(sheet, "secrecy.mark", found)
    yield from _internal(sheet)
    if _any_of("draft").search(text):
        for found in _alone("draft").finditer(text):
            yield _hit(sheet, "secrecy.draft", found, blocks=False)
    yield from _inner_addresses(sheet, rules)
    yield from _coordinates(sheet)


def _internal(sheet: Sheet) -> Iterator[Hit]:
    text = sheet.stretch.text
    if _any_of("internal").search(text):
        for found in _alone("internal").finditer(text):
            yield _hit(sheet, "secrecy.internal", found)
    for found in _ATTRIBUTE.finditer(text):
        yield _hit(sheet, "secrecy.internal", found)
    if isinstance(sheet, Prose) and _any_of("edge").search(text):
        units = len(sheet.stretch.units)
        for found in _alone("edge").finditer(text):
            if not _HEAD <= sheet.stretch.index(found.end() - 1) < units - _HEAD:
                yield _hit(sheet, "secrecy.internal", found)


def _inner_addresses(sheet: Sheet, rules: Rules) -> Iterator[Hit]:
    text = sheet.stretch.text
    if not any(sign in text for sign in ("://", "\\\\", "10.", "192.168", "172.")):
        return
    for found in _ADDRESS.finditer(text):
        if _VERSION.search(sheet.stretch.before(found.start())) or not _in_range(found.group()):
            continue
        if not any(domain and domain in found.group() for domain in rules.domains):
            yield _hit(sheet, "secrecy.network", found, blocks=False)


def _in_range(address: str) -> bool:
    parts = address.split(".")
    return not all(part.isdecimal() for part in parts) or all(int(part) < 256 for part in parts)


def _coordinates(sheet: Sheet) -> Iterator[Hit]:
    text = sheet.stretch.text
    if _FINE_DEGREE.search(text):
        for found in _COORDINATES.finditer(text):
            yield _hit(sheet, "secrecy.coordinates", found, blocks=False)
    if isinstance(sheet, Grid):
        yield from _columns(sheet)


def _columns(grid: Grid) -> Iterator[Hit]:
    """A table with columns of coordinates: one hit, from the first value to the last."""
    cells = [cell for cell in grid.people.cells("coordinates") if any(c.isdigit() for c in cell.text)]
    if cells:
        spans = tuple(whole(cell) for cell in cells)
        yield Hit("secrecy.coordinates", False, spans, "经纬度", f"共 {len(cells)} 处")


def _hit(sheet: Sheet, kind: str, found: re.Match[str], *, blocks: bool = True) -> Hit:
    raw = found.group()
    start = found.start() + len(raw) - len(raw.lstrip())
    shown = " ".join(raw.split())
    masked = (
        shown[:12] if kind in {"secrecy.mark", "secrecy.internal", "secrecy.draft"} else f"{shown[:5]}***"
    )
    return Hit(
        kind, blocks, sheet.stretch.spans(start, start + len(raw.strip())), masked.replace(CELL, " ").strip()
    )
