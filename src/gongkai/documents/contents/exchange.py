"""Contents as plain data, to be sent from one process to another."""

from typing import Any

from gongkai.documents.contents.holding import Cell, Contents, Passage, Table
from gongkai.documents.reading.content import Unreadable


def to_plain(contents: Contents) -> dict[str, Any]:
    """Lists, texts, numbers only."""
    return {
        "kind": contents.kind,
        "passages": [_plain(each) for each in contents.passages],
        "tables": [
            [table.place, [[_plain(cell) for cell in row] for row in table.rows]] for table in contents.tables
        ],
        "members": [[name, to_plain(member)] for name, member in contents.members],
        "scannable": contents.is_scannable,
        "unscanned": list(contents.unscanned),
        "before": list(contents.before),
    }


def from_plain(data: Any) -> Contents:
    """What :func:`to_plain` made; raises :class:`Unreadable` for anything else, which nobody sends."""
    try:
        return _contents(data)
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable("读这个文件时读取程序给出了异常的结果，没有采用；请另存后再试。") from error


def _contents(data: Any) -> Contents:
    return Contents(
        str(data["kind"]),
        tuple(Passage(str(each[0]), str(each[1]), len(each) > 2) for each in data["passages"]),
        tuple(
            Table(
                str(place), tuple(tuple(Cell(str(c[0]), str(c[1]), len(c) > 2) for c in row) for row in rows)
            )
            for place, rows in data["tables"]
        ),
        tuple((str(name), _contents(member)) for name, member in data["members"]),
        bool(data["scannable"]),
        tuple(map(str, data["unscanned"])),
        tuple(map(int, data["before"])),
    )


def _plain(each: Passage | Cell) -> list[Any]:
    return [each.text, each.place, 1] if each.hidden else [each.text, each.place]
