"""Small files, small functions."""

import ast
from statistics import median

from tests.house.source import ROOT, modules

FILE_LINES = 400
FUNCTION_LINES = 60
MEDIAN_LINES = 10


def function_lengths():
    return {
        f"{module.name}.{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for module in modules()
        for node in module.functions()
    }


def test_no_file_is_longer_than_a_reader_can_hold():
    long = {m.name: lines for m in modules() if (lines := m.text.count("\n")) > FILE_LINES}
    assert long == {}


def test_no_function_is_longer_than_a_screen():
    assert {name: lines for name, lines in function_lengths().items() if lines > FUNCTION_LINES} == {}


def test_most_functions_are_a_few_lines():
    assert median(function_lengths().values()) <= MEDIAN_LINES


def test_every_module_says_what_it_is_for():
    speaking_for_themselves = {"__main__.py", "apps.py", "urls.py"}
    silent = [
        module.name
        for module in modules()
        if module.text.strip()
        and module.path.name not in speaking_for_themselves
        and not ast.get_docstring(module.tree)
    ]
    assert silent == []


def test_nothing_is_put_off_till_later():
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X ")
    files = [p for folder in ("src", "tests", "scripts", "bench") for p in (ROOT / folder).rglob("*.py")]
    assert [str(p) for p in files if any(word in p.read_text("utf-8") for word in words)] == []
