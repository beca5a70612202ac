"""The page that follows an application through the code names what is there."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.source import ROOT

PAGE = ROOT / "docs" / "explanation" / "trace.md"
TESTS = re.compile(r"`(tests/[\w/]+\.py)`")
NAME = re.compile(r"`([^`]+)`")


def stops() -> Iterator[tuple[str, str]]:
    """Each file of the tables with each name that stands beside it."""
    for line in PAGE.read_text("utf-8").splitlines():
        columns = line.split("|")[1:-1]
        place = next((i for i, text in enumerate(columns) if re.search(r"`[\w/]+\.(py|toml)`", text)), None)
        if place is None:
            continue
        [file] = NAME.findall(columns[place])
        names = NAME.findall(columns[place + 1]) if file.endswith(".py") else []
        yield from ((file, name) for name in names or [""])


def defined_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / "src" / "gongkai" / path).read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.ClassDef)
    return {node.name for node in tree.body if isinstance(node, kinds)}


@pytest.mark.parametrize(("file", "name"), sorted(stops()))
def test_every_stop_is_where_the_page_says(file: str, name: str):
    assert (ROOT / "src" / "gongkai" / file).is_file()
    assert not name or name in defined_in(file)


def test_the_page_has_a_way_there_and_back():
    files = [file for file, _ in stops()]
    assert len(files) >= 35
    assert files[0].startswith("portal/") and files[-1].startswith("casework/")


def test_the_tests_that_are_the_walk_exist():
    named = TESTS.findall(PAGE.read_text("utf-8"))
    assert len(named) == 4
    assert all((ROOT / path).is_file() for path in named)
