"""The words in charts, diagrams and shapes of Office packages."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from gongkai.documents.contents.holding import Collector
from gongkai.documents.contents.packages import Package
from gongkai.documents.contents.pieces import Mark, Node, Piece, put, text_of

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_KINDS = (
    ("charts/chart", "图表{}", False),
    ("diagrams/data", "图示{}", False),
    ("diagrams/drawing", "图示{}的图形", True),
    ("drawings/drawing", "绘图{}", False),
)
"""Parts, their names, and whether they only repeat what stands in another."""


def walk(package: Package, folder: str, collector: Collector, changes: Mapping[str, str]) -> set[str]:
    """Collects the words of the drawings in a package and changes some; gives the places changed."""
    done = set[str]()
    for start, name, hidden in _KINDS:
        paths = [path for path in package.names(posixpath.join(folder, start)) if path.endswith(".xml")]
        for number, path in enumerate(paths, 1):
            root = package.parsed(path)
            touched = False
            for count, pieces in enumerate(_texts(root) if root is not None else (), 1):
                place = f"{name.format(number)}第{count}段"
                collector.passage(text_of(pieces), place, hidden=hidden)
                if place in changes:
                    put(pieces, changes[place])
                    done.add(place)
                    touched = True
            if touched and root is not None:
                package.change(path, root)
    return done


def _texts(root: etree._Element) -> Iterator[Sequence[Piece]]:
    for element in root.iter(A + "p", _CHART + "strCache"):
        if element.tag == A + "p":
            yield paragraph(element)
        else:
            yield from ([Node(value)] for value in element.iter(_CHART + "v"))


def paragraph(element: etree._Element) -> list[Piece]:
    """The text of a paragraph of DrawingML."""
    return [
        Node(child) if child.tag == A + "t" else Mark("\n", child)
        for child in element.iter(A + "t", A + "br")
    ]
