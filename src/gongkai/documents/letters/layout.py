"""What both writers need to know of a letter's place on the page (GB/T 9704-2012)."""

from dataclasses import dataclass

from gongkai.documents.letters.letter import Cell, Letter, Table
from gongkai.law.letters import letter_kind
from gongkai.law.limits import chinese_date

LINK_LABEL = "查询二维码"
_RED_SERIES = "复"
_HEAD_POINTS = 442  # 版心 156 mm
_HEAD_SIZES = (26.0, 42.0)
_FORM_CHARACTERS = 36  # of 小四 across a form
_DATE_INDENT = 4.0
_TITLE_WIDTH = 20  # characters of 二号 in a line


@dataclass(frozen=True, slots=True)
class Frame:
    """``red`` names the issuer in red over a red line; ``titles`` are the lines of the title."""

    red: str
    head_size: float
    number: str
    titles: tuple[str, ...]
    is_form: bool
    signature: str
    dated: str
    indent: float
    attachments: tuple[str, ...]
    notes: tuple[str, ...]
    copies: str


def frame(letter: Letter) -> Frame:
    red = letter.issuer if letter_kind(letter.kind).series == _RED_SERIES else ""
    is_form = bool(letter.tables)
    titles = (letter.title,) if red or is_form else (letter.issuer, letter.title)
    dated = chinese_date(letter.dated) if letter.dated else ""
    signature = letter.issuer if dated or not is_form else ""
    return Frame(
        red=red,
        head_size=min(max(_HEAD_POINTS / max(_measure(red), 1) - 1, _HEAD_SIZES[0]), _HEAD_SIZES[1]),
        number=letter.document_number,
        titles=tuple(line for title in titles for line in _title_lines(title)),
        is_form=is_form,
        signature=signature,
        dated=dated,
        indent=max(0.0, _DATE_INDENT + (_measure(dated) - _measure(signature)) / 2),
        attachments=_attachments(letter.attachments),
        notes=_notes(letter.contact),
        copies=f"抄送：{'，'.join(letter.copy_to)}。" if letter.copy_to else "",
    )


def _attachments(names: tuple[str, ...]) -> tuple[str, ...]:
    return names if len(names) < 2 else tuple(f"{number}.{name}" for number, name in enumerate(names, 1))


def _notes(contact: tuple[str, ...]) -> tuple[str, ...]:
    """附注: where to ask, in one pair of brackets."""
    return (f"（{'；'.join(contact)}）",) if contact else ()


def _title_lines(title: str) -> tuple[str, ...]:
    """A title of more than one line is broken into even lines."""
    count = -(-len(title) // _TITLE_WIDTH)
    if count < 2:
        return (title,) if title else ()
    length = -(-len(title) // count)
    return tuple(title[start : start + length] for start in range(0, len(title), length))


def _measure(text: str) -> float:
    """Width in characters: a digit or Latin letter is half of one."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def row_lines(table: Table, row: tuple[Cell, ...]) -> int:
    """How many lines a row of a form keeps free for a hand; 0 where its words need more than that."""
    column, needed = 0, 1
    for cell in row:
        share = sum(table.columns[column : column + cell.span]) / sum(table.columns)
        needed = max(
            needed, -(-int(2 * _measure(cell.text)) // max(1, int(2 * (share * _FORM_CHARACTERS - 1))))
        )
        column += cell.span
    room = max(cell.lines for cell in row)
    return room if needed <= room and room > 1 else 0
