"""Numbers cut up over neighboring cells: a box for each digit, or six and eight and four."""

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import normalize

from gongkai.documents.contents import Cell
from gongkai.screening import numbers
from gongkai.screening.identifying import mask_for
from gongkai.screening.labels import label_before
from gongkai.screening.rules import Rules
from gongkai.screening.sheet import Grid, role_label
from gongkai.screening.stretch import Hit, whole

_LONGEST_PIECE = 17
_MOST_ROWS = 5_000  # of a table that is also read downwards
_LONGEST_LABEL = 40


def split_numbers(grid: Grid, rules: Rules) -> Iterator[Hit]:
    """Along each row, and down each column where every cell is one digit."""
    rows = grid.people.table.rows
    for number, row in enumerate(rows):
        for start, pieces in _strings(row):
            labels = [_label(grid, row, number, start + at) for at in range(len(pieces))]
            yield from _in_string(pieces, labels, rules)
    if len(rows) <= _MOST_ROWS:
        for column in range(max((len(row) for row in rows), default=0)):
            down = [row[column] for row in rows if column < len(row)]
            for _, pieces in _strings(down):
                if all(len(piece.text.strip()) == 1 for piece in pieces):
                    yield from _in_string(pieces, [""] * len(pieces), rules)


def _strings(cells: Sequence[Cell]) -> Iterator[tuple[int, list[Cell]]]:
    """Runs of two and more cells that hold digits only, each with the number of its first cell."""
    run: list[Cell] = []
    for number, cell in enumerate(cells):
        text = cell.text.strip()
        if 0 < len(text) <= _LONGEST_PIECE and _is_piece(text):
            run.append(cell)
            continue
        if len(run) > 1:
            yield number - len(run), run
        run = []
    if len(run) > 1:
        yield len(cells) - len(run), run


def _is_piece(text: str) -> bool:
    """Digits, perhaps with the ``X`` that a citizen's number may end with."""
    return text.isdecimal() or (text[-1] in "XxＸｘ" and (len(text) == 1 or text[:-1].isdecimal()))


def _label(grid: Grid, row: Sequence[Cell], number: int, start: int) -> str:
    """What the header over the first piece, or the cell at its left, announces."""
    if number in grid.people.body and (role := role_label(grid.people, start)):
        return role
    left = next((cell.text for cell in reversed(row[:start]) if cell.text.strip()), "")
    return label_before(left) if len(left) <= _LONGEST_LABEL else ""


def _in_string(pieces: Sequence[Cell], labels: Sequence[str], rules: Rules) -> Iterator[Hit]:
    if sum(len(piece.text) for piece in pieces) < numbers.MOBILE_DIGITS:
        return
    texts = [_plain(piece.text.strip()) for piece in pieces]
    number = 0
    while number < len(pieces):
        kind, count = _begins(texts, number, labels[number])
        if kind:
            yield _hit(kind, pieces[number : number + count], rules)
        number += max(count, 1)


def _plain(text: str) -> str:
    return normalize("NFKC", text).upper()


def _begins(texts: Sequence[str], first: int, label: str) -> tuple[str, int]:
    """The kind of number that begins at a piece, and how many pieces it takes; of a card's the most."""
    digits, card = "", 0
    for count, text in enumerate(texts[first : first + 19], 1):
        digits += text
        if len(digits) > 19:
            break
        if count > 1 and (kind := _kind(digits, [len(t) for t in texts[first : first + count]], label)):
            if kind != "personal.bank_card":
                return kind, count
            card = count
    return ("personal.bank_card" if card else ""), card


def _kind(digits: str, shape: Sequence[int], label: str) -> str:
    spelled = set(shape) == {1}
    if len(digits) == 18 and numbers.is_id_number(digits):
        return "personal.id_number" if spelled or label == "id_number" or tuple(shape) in _ID_SHAPES else ""
    if label == "phone" and numbers.is_mobile(digits):
        return "personal.mobile"
    if label == "bank_card" and digits.isdecimal() and (spelled or set(shape[:-1]) == {4}):
        return "personal.bank_card" if numbers.is_bank_card(digits) else ""
    return ""


_ID_SHAPES = {(6, 8, 4), (6, 12), (14, 4), (10, 8), (6, 4, 4, 4), (6, 4, 2, 2, 4), (9, 9), (17, 1), (6, 6, 6)}


def _hit(kind: str, pieces: Iterable[Cell], rules: Rules) -> Hit:
    held = list(pieces)
    masked, spans, at = mask_for(kind, "".join(piece.text for piece in held), rules), [], 0
    for piece in held:
        spans.append(whole(piece, masked[at : at + len(piece.text)]))
        at += len(piece.text)
    return Hit(kind, True, tuple(spans), masked.replace(" ", ""), "分写在相邻的几格里")
