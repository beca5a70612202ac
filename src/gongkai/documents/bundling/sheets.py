"""The pages of a bundle that we set ourselves: cover, table of contents, pages for absent parts, numbers."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from typing import Any

from gongkai.documents.bundling.parts import Entry, Part
from gongkai.documents.typesetting import LENIENT, typeset

_LONGEST = 120
"""Characters of a title or a name that are printed."""


_MATERIALS = ("序号", "材料名称", "形成日期", "页码")
_EVIDENCE = ("序号", "证据名称", "证明的事实", "形成日期", "页码")


def contents_title(entries: Sequence[Entry]) -> str:
    """What the table of contents is called."""
    return "证据目录" if _are_evidence(entries) else "目录"


def _are_evidence(entries: Sequence[Entry]) -> bool:
    return any(entry.proves for entry in entries)


def front(title: str, facts: Sequence[tuple[str, str]], entries: Sequence[Entry]) -> bytes:
    """The cover and the table of contents; the pages of ``entries`` are counted from behind them."""
    proving = _are_evidence(entries)
    data = {
        "title": _short(title),
        "facts": [(name, _short(value)) for name, value in facts],
        "pages_name": "总页数",
        "total": entries[-1].last if entries else 0,
        "contents": contents_title(entries),
        "columns": _EVIDENCE if proving else _MATERIALS,
        "wide": (1, 2) if proving else (1,),
        "proving": proving,
        "entries": [_line(number, entry) for number, entry in enumerate(entries, 1)],
    }
    return _set("front", data)


def absent(part: Part, why: str) -> bytes:
    """A page for a part that could not be turned into pages, with half a sentence why."""
    facts = [
        ("文件名", _breakable(_short(part.name))),
        ("大小", f"{len(part.data):,} 字节"),
        ("SHA-256", _breakable(sha256(part.data).hexdigest())),
    ]
    sentence = f"{why}。本卷没有收入它的内容，只列明文件信息；需要时请另行提交原件。"
    return _set("absent", {"title": _short(part.title), "sentence": sentence, "facts": facts})


def numbers(total: int) -> bytes:
    """A small page for each page of the bundle, with its number."""
    return _set("numbers", {"total": total})


def day(value: date | None) -> str:
    """A day as it is printed; a dash where none is known."""
    return f"{value.year}年{value.month}月{value.day}日" if value else "—"


def _line(number: int, entry: Entry) -> dict[str, Any]:
    return {
        "number": str(number),
        "title": _short(entry.title),
        "heading": max(entry.heading, 1),
        "proves": _short(entry.proves),
        "dated": day(entry.dated),
        "first": entry.first,
        "last": entry.last,
    }


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


def _breakable(words: str) -> str:
    """With a place to break the line after each character."""
    return "\u200b".join(words)


def _set(name: str, data: dict[str, Any]) -> bytes:
    return typeset(_template(name), data, LENIENT)


@lru_cache
def _template(name: str) -> bytes:
    return (resources.files("gongkai.documents.bundling") / f"{name}.typ").read_bytes()
