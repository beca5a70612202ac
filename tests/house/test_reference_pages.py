"""The generated pages say what the tables of the law floor say today."""

import pytest

from scripts.reference import FOLDER, pages


@pytest.mark.parametrize("name", pages())
def test_a_generated_page_is_not_stale(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == pages()[name], "请运行 python scripts/reference.py"
