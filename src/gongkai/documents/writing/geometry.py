"""Where things stand on the page: columns of tables, lines of the title, the signature (GB/T 9704)."""

import re
from functools import lru_cache
from itertools import pairwise

from gongkai.documents.writing.document import Grid
from gongkai.law.report.layout import LaidCell, figures_of, width

_APPLICANT_COLUMNS = 7
_LABEL_SHARES = (0.062, 0.092, 0.288)  # of table 3: group, subgroup, label
_FIRST_SHARE = 0.25  # of table 2: 信息内容
_DATE_INDENT = 4.0  # characters right of the date
_TITLE_WIDTH = 20  # characters of 二号 in a line
_LINE_CHARACTERS = 46  # of 小五 across a table, less what its borders take
FIGURE_SIZE = 9  # points: 小五
_DIGIT = 0.56  # of the size, the width of a digit
_TABLE_POINTS, _INSET_POINTS = 442.2, 4  # the width of a table, and what a cell's margins take
_AFTER_NUMBER = re.compile(r"(?<=^（.）)")
_SUBJECT = "政府信息公开"


@lru_cache
def column_shares(grid: Grid) -> tuple[float, ...]:
    """The share of each grid column in the width of the table; together 1."""
    if grid.name == "table3":
        rest = (1 - sum(_LABEL_SHARES)) / _APPLICANT_COLUMNS
        return (*_LABEL_SHARES, *[rest] * _APPLICANT_COLUMNS)
    if grid.name == "table4":
        return (1 / width(grid.rows),) * width(grid.rows)
    return _block_shares(grid)


def _block_shares(grid: Grid) -> tuple[float, ...]:
    """Each block of table 2 divides the room right of its labels evenly."""
    edges = {1: 0.0}
    for row in grid.rows:
        figures = [cell for cell in row.cells if cell.address]
        for number, cell in enumerate(figures, start=1):
            edges[cell.column + cell.colspan] = number / len(figures)
    room = 1 - _FIRST_SHARE
    columns = sorted(edges)
    return (_FIRST_SHARE, *(room * (edges[end] - edges[start]) for start, end in pairwise(columns)))


def label_lines(grid: Grid, cell: LaidCell) -> str:
    """A label as it is broken into lines: 商业\\n企业 rather than 商业企\\n业, （三）\\n不予公开."""
    if cell.scope == "rowgroup":
        return _AFTER_NUMBER.sub("\n", cell.text)
    if cell.scope != "col" or grid.name == "table2":
        return cell.text
    room = int(column_shares(grid)[cell.column] * _LINE_CHARACTERS)
    lines = -(-len(cell.text) // room)
    length = -(-len(cell.text) // lines)
    return "\n".join(cell.text[start : start + length] for start in range(0, len(cell.text), length))


@lru_cache
def figure_rooms(grid: Grid) -> tuple[float, ...]:
    """How many digits of 小五 each figure's cell has room for, in reading order."""
    shares = column_shares(grid)
    widths = (sum(shares[c.column : c.column + c.colspan]) for c in figures_of(grid.rows))
    return tuple((_TABLE_POINTS * wide - _INSET_POINTS) / (FIGURE_SIZE * _DIGIT) for wide in widths)


def figure_size(text: str, room: float) -> float:
    """The size in points that a figure is printed in: a number is never broken nor cut, so one with
    too many digits for its cell is set smaller. Words wrap."""
    return FIGURE_SIZE if len(text) <= room or not text.isascii() else FIGURE_SIZE * room / len(text)


def title_lines(title: str) -> tuple[str, ...]:
    """A title too long for one line breaks where its sense does: before its subject."""
    body, subject, rest = title.partition(_SUBJECT)
    if not body or not subject or _measure(title) <= _TITLE_WIDTH:
        return (title,)
    return (body, subject + rest)


def agency_indent(agency: str, dated: str) -> float:
    """How many characters the agency's name stands from the right edge, so that it is centred
    over the date, which stands four from it; a name too long for that ends at the edge."""
    return max(0.0, _DATE_INDENT + (_measure(dated) - _measure(agency)) / 2)


def _measure(text: str) -> float:
    """Width in characters: a digit or Latin letter is half of one."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)
