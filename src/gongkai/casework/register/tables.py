"""The bytes of a spreadsheet or a CSV file → lines of texts, as a register is kept in them."""

from gongkai.documents.reading.lines import MOST_BYTES, Line, read_lines

MOST_ROWS = 1_500
"""So many take a quarter of a minute to import; others who write wait so long."""


def read_table(data: bytes) -> list[Line]:
    """The filled lines of the first table. Raises ``Unreadable`` with one sentence."""
    return read_lines(data, MOST_ROWS)


__all__ = ["MOST_BYTES", "MOST_ROWS", "Line", "read_table"]
