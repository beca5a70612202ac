"""RTF files, as far as marks in their text tell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongkai.screening.hidden.hits import Hit, Uncleanable, masked
from gongkai.screening.hidden.names import is_ordinary_name, is_ordinary_remark

_TOKEN = re.compile(
    r"\\(?:([a-z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|(.))|([{}])|([^\\{}\r\n]+)", re.DOTALL
)
_GROUPS = {"annotation": "word.comment", "objdata": "part.embedded"}
_INFO = {
    "author": "props.author", "operator": "props.author", "company": "props.company",
    "manager": "props.company",
    "doccomm": "props.description",
}  # fmt: skip
_SKIPPED = frozenset(
    [
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "objdata",
        "themedata",
        "datastore",
        "listtable",
        "generator",
        "xmlnstbl",
        "rsidtbl",
        "latentstyles",
        "pntext",
        "fldinst",
        "bkmkstart",
        "bkmkend",
    ]
)
_TINIEST = 5
SAVE_AS = "这是 RTF 文件，无法代为清理；请用 WPS 或 Office 打开，另存为 .docx，再上传。"


@dataclass(slots=True)
class _State:
    """What holds inside a group."""

    hidden: bool = False
    deleted: bool = False
    revised: bool = False
    size: int = 24
    color: int = 0
    shaded: bool = False
    in_table: bool = False
    group: str = ""

    def copy(self) -> "_State":
        return replace(self)


class Rich:
    """A file of rich text."""

    def __init__(self, data: bytes) -> None:
        self._text = data.decode("latin-1")
        self._whites = _whites(self._text)
        self._has_shaded_cells = "\\clcbpat" in self._text or "\\clshdng" in self._text

    def hits(self) -> Iterator[Hit]:
        found: dict[str, list[str]] = {}
        for state, text in self._texts():
            code = self._code(state)
            if code and text.strip():
                found.setdefault(code, []).append(text)
        for code, texts in found.items():
            written = "".join(texts)
            if code == "props.description" and is_ordinary_remark(written.rstrip("} ")):
                continue
            if (
                code.startswith("props.")
                and code != "props.description"
                and is_ordinary_name(written.rstrip("} "))
            ):
                continue
            where = "文件属性" if code.startswith("props.") else "正文"
            yield Hit(
                code, where, masked(written) if written.isascii() else f"（共 {len(written)} 字）", _refuse
            )

    def _code(self, state: _State) -> str:
        if state.group in _GROUPS or state.group in _INFO:
            return _GROUPS.get(state.group) or _INFO[state.group]
        if state.group in _SKIPPED:
            return ""
        if state.deleted or state.revised:
            return "word.deletion" if state.deleted else "word.insertion"
        if state.hidden:
            return "word.vanish"
        if 0 < state.size <= _TINIEST:
            return "word.tiny_text"
        is_shaded = state.shaded or (state.in_table and self._has_shaded_cells)
        return "word.white_text" if state.color in self._whites and not is_shaded else ""

    def _texts(self) -> Iterator[tuple[_State, str]]:
        """Every stretch of text with what holds for it."""
        stack, state = list[_State](), _State()
        for word, number, code, _, brace, text in _TOKEN.findall(self._text):
            if brace == "{":
                stack.append(state)
                state = state.copy()
            elif brace == "}":
                state = stack.pop() if stack else state
            elif word:
                _apply(state, word, number)
                if word == "u" and number:
                    yield state, chr(int(number) % 65_536)
            elif text or code:
                yield state, text or "□"

    def save(self) -> bytes:
        """Nothing can be taken out."""
        _refuse()
        return b""


def _apply(state: _State, word: str, number: str) -> None:
    on = number != "0"
    if word == "v":
        state.hidden = on
    elif word == "deleted":
        state.deleted = on
    elif word == "revised":
        state.revised = on
    elif word == "fs":
        state.size = int(number or 24)
    elif word == "cf":
        state.color = int(number or 0)
    elif word in ("highlight", "chcbpat", "cbpat", "clcbpat", "chshdng", "shading"):
        state.shaded = on
    elif word == "plain":
        state.hidden, state.deleted, state.revised, state.size, state.color, state.shaded = (
            False,
            False,
            False,
            24,
            0,
            False,
        )
    elif word == "pard":
        state.shaded = state.in_table = False
    elif word in ("intbl", "itap"):
        state.in_table = on
    elif word in _GROUPS or word in _INFO or word in _SKIPPED:
        state.group = word


def _whites(text: str) -> set[int]:
    """The numbers of colors that are white."""
    start = text.find("{\\colortbl")
    if start < 0:
        return set()
    entries = text[start + 10 : text.find("}", start)].split(";")
    return {
        number
        for number, entry in enumerate(entries)
        if re.sub(r"\s", "", entry).startswith("\\red255\\green255\\blue255")
    }


def _refuse() -> None:
    raise Uncleanable(SAVE_AS)
