"""The sheets as PDF (tagged, PDF/A-2a and PDF/UA-1), on A3 or A4."""

from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from gongkai.documents.letters.qr import qr_code
from gongkai.documents.posters.blocks import breakable, plain, printed
from gongkai.documents.posters.sheets import (
    SIX_DISCLOSURES,
    DirectoryRow,
    DirectorySheet,
    GuideSheet,
    PosterSheet,
)
from gongkai.documents.typesetting import ACCESSIBLE, typeset
from gongkai.documents.writing import Unwritable
from gongkai.law.limits import chinese_date

_Sheet = PosterSheet | DirectorySheet | GuideSheet
SIZES = ("A3", "A4")
_SCALES = {"A3": 1.0, "A4": 0.7071}
_HALF = 9  # characters of a fact that leave room for another beside it
_NO_DATE = date(1980, 1, 1)
_QR_LABEL = "扫码查看网上原文"
_TITLE_SIZES = ((12, 56), (26, 50), (48, 42))  # up to so many characters, points
_LONGEST_TITLE_SIZE = 36
_LINE_POINTS = 700  # of type across an A3 sheet
_HEADS = ("要办的事", "找谁", "房间", "电话")
_SURELY_LONG = 2500  # characters that no single sheet holds
_NARROW = ((2, "room"), (3, "phone"))  # columns as narrow as their words
_CONTINUED = 18  # characters of a title that stand on its further sheets


def poster(sheet: PosterSheet, size: str = "A3") -> bytes:
    """The publication in type that is read from two meters; a long one goes on over several sheets.

    The same sheet gives the same bytes. Raises ``Unwritable`` for another size, an address too long for a
    QR code, and where no font has a character.
    """
    when = (("成文日期：", sheet.formed_on), ("发布日期：", sheet.published_on))
    meta = [plain(sheet.document_number), *(label + chinese_date(day) for label, day in when if day)]
    section = plain(sheet.section)
    particulars = {
        "meta": [entry for entry in (*meta, section and f"责任科室：{section}") if entry],
        "notice": _notice(sheet),
        "blocks": printed(sheet.article, sheet.pictures),
    }
    day = sheet.published_on or sheet.formed_on
    return _print("poster", sheet, size, day, particulars)


def directory(sheet: DirectorySheet, size: str = "A3") -> bytes:
    """The finder “找哪个人、办哪件事”. Raises as :func:`poster`."""
    rows = [_row(row) for row in sheet.rows]
    particulars = {
        "meta": _updated(sheet.updated_on),
        "heads": _HEADS,
        "widths": _widths(rows),
        "rows": rows,
        **_facts(sheet.facts),
    }
    return _print("directory", sheet, size, sheet.updated_on, particulars)


def guide_poster(sheet: GuideSheet, size: str = "A3") -> bytes:
    """A service guide with its six disclosures; one that is missing says so. Raises as :func:`poster`."""
    panels = [(name, _lines(sheet.disclosures.get(code, ()))) for code, name in SIX_DISCLOSURES]
    particulars = {"meta": _updated(sheet.updated_on), "halves": _halves(panels)}
    particulars |= _facts(sheet.facts)
    return _print("guide", sheet, size, sheet.updated_on, particulars)


def _print(name: str, sheet: _Sheet, size: str, day: date | None, particulars: dict[str, Any]) -> bytes:
    if size not in SIZES:
        raise Unwritable(f"公开栏只印{'、'.join(SIZES)}两种纸，没有“{size}”。请选其中一种。")
    data = _frame(sheet, size, day) | particulars | {"is_long": _length(particulars) > _SURELY_LONG}
    return typeset(_template(name), data, ACCESSIBLE)


def _length(value: Any) -> int:
    """The characters of all texts within."""
    if isinstance(value, str):
        return len(value)
    within = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return sum(map(_length, within))


@lru_cache
def _template(name: str) -> bytes:
    folder = resources.files("gongkai.documents.posters")
    return b"\n".join((folder / f"{part}.typ").read_bytes() for part in ("frame", "blocks", name))


def _frame(sheet: _Sheet, size: str, day: date | None) -> dict[str, Any]:
    board, words = sheet.board, " ".join(plain(sheet.title).split())
    age = day or _NO_DATE
    points = next((points for most, points in _TITLE_SIZES if len(words) <= most), _LONGEST_TITLE_SIZE)
    return {
        "paper": size,
        "scale": _SCALES[size],
        "title": words,
        "lines": _title_lines(words, _LINE_POINTS // points),
        "title_size": points,
        "short_title": words if len(words) <= _CONTINUED else f"{words[:_CONTINUED]}…",
        "board": plain(board.name),
        "agency": plain(board.agency),
        "phone": plain(board.phone),
        "address": breakable(plain(board.address)),
        "qr": qr_code(board.address).svg if board.address else None,
        "qr_label": _QR_LABEL,
        "date": {part: getattr(age, part) for part in ("year", "month", "day")},
    }


def _title_lines(title: str, across: int) -> list[str]:
    """Lines of about the same length; Latin words are left to the typesetter."""
    count = -(-len(title) // across)
    if count < 2 or not all(ord(c) > 0x2E7F for c in title):
        return [title]
    length = -(-len(title) // count)
    return [title[start : start + length] for start in range(0, len(title), length)]


def _notice(sheet: PosterSheet) -> list[str]:
    """Until when the notice hangs, and where to object."""
    if not sheet.notice_until:
        return []
    end = chinese_date(sheet.notice_until)
    first = sheet.published_on
    period = f"公示期：{chinese_date(first)}至{end}" if first else f"公示期至{end}"
    phone = plain(sheet.board.phone)
    return [period, f"对公示有意见，请拨打{phone}"] if phone else [period]


def _updated(day: date | None) -> list[str]:
    return [f"更新日期：{chinese_date(day)}"] if day else []


def _facts(facts: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """The facts, two abreast where each is short."""
    pairs = [(plain(name), plain(value) or "—") for name, value in facts]
    are_short = len(pairs) > 2 and all(_width(value) <= _HALF for _, value in pairs)
    return {"facts": pairs, "abreast": 2 if are_short else 1}


def _halves(panels: list[tuple[str, list[str]]]) -> tuple[list[Any], list[Any]]:
    """The panels in two columns of about the same height, in their order."""
    heights = [3 + sum(-(-_width(line) // 16) for line in lines) for _, lines in panels]
    cut = min(range(1, len(panels)), key=lambda n: max(sum(heights[:n]), sum(heights[n:])))
    return panels[:cut], panels[cut:]


def _lines(paragraphs: tuple[str, ...]) -> list[str]:
    lines = [line for paragraph in paragraphs for line in plain(paragraph).split("\n") if line.strip()]
    return lines or ["（未填写）"]


def _row(row: DirectoryRow) -> dict[str, Any]:
    words = {name: plain(getattr(row, name)) or "—" for name in ("person", "room", "phone")}
    return words | {"section": plain(row.section), "matters": [plain(matter) for matter in row.matters]}


def _widths(rows: list[dict[str, Any]]) -> list[float]:
    """Characters for whom, room and phone; what to do takes the rest."""
    whom = max((_width(text) for row in rows for text in (row["person"], row["section"])), default=0)
    others = (max(map(_width, (_HEADS[n], *(row[name] for row in rows)))) for n, name in _NARROW)
    return [min(max(whom * 0.85, 3), 6.0), *(min(width, 7.5) for width in others)]


def _width(text: str) -> float:
    return sum(0.56 if c.isascii() else 1.0 for c in text)
