"""Published reports read to exactly their figures, and their published errors are found.

The reports lie in a folder ``shared`` beside the repository; without it these tests are skipped.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.documents.reading import read
from gongkai.law.report.checks import check
from gongkai.law.report.exchange import from_json
from gongkai.law.report.filled import FilledReport

SHARED = Path(__file__).resolve().parents[3] / "shared"
CORPUS = SHARED / "corpus"

SEPARATED = {
    "tacheng-edu-2020": SHARED / "seed" / "000_18824da13ecba4ff.txt",
    "shanghai-office-2019": CORPUS / "files" / "shanghai-office-2019.rebuilt.html",
    "pingtan-2020": CORPUS / "files" / "pingtan-2020.rebuilt.html",
    "pingtan-2025": CORPUS / "files" / "pingtan-2025.rebuilt.html",
    "hangzhou-style-2025": CORPUS / "files" / "hangzhou-style-2025.rebuilt.html",
    "hongze-2023": CORPUS / "files" / "hongze-2023.pdf",
    "huaian-2024": CORPUS / "files" / "huaian-2024.pdf",
    "shuyang-county-2025": CORPUS / "files" / "shuyang-county-2025.md",
}
UNSEPARATED = {
    name: CORPUS / "files" / f"{name}.page.txt" for name in ("pingtan-2020", "pingtan-2021", "pingtan-2025")
}

NAMES = {
    "tacheng-edu-2020": {"塔城地区教育局"},
    "shanghai-office-2019": {"上海市人民政府办公厅"},
    "pingtan-2020": {"平潭综合实验区", "平潭综合实验区管理委员会"},
    "pingtan-2021": {"平潭综合实验区", "平潭综合实验区管理委员会"},
    "pingtan-2025": {"平潭综合实验区", "平潭综合实验区管理委员会"},
    "hangzhou-style-2025": {"测试市", "测试市人民政府"},
    "hongze-2023": {"淮安市洪泽区人民政府", "洪泽区人民政府"},
    "huaian-2024": {"淮安市人民政府"},
    "shuyang-county-2025": {"沐阳县人民政府", "沭阳县人民政府"},
}
"""The names a report goes by in its own words; a title may name the place only."""

BROKEN = {
    "pingtan-2020": {
        ("T3-02", "table3.handled_total.natural_person"),
        ("T3-02", "table3.handled_total.total"),
    },
    "hongze-2023": {
        ("T4-01", "table4.reconsideration.total"),
        ("T4-03", "table4.suit_after_reconsideration.total"),
    },
}
"""The relations that published figures break: code, and the total it was found at."""

pytestmark = pytest.mark.skipif(
    not CORPUS.exists(), reason="no folder of published reports beside the repository"
)


def figures(name: str) -> FilledReport:
    return from_json(json.loads((CORPUS / "figures" / f"{name}.json").read_text("utf-8")))


def read_file(path: Path) -> FilledReport:
    return read(path.read_bytes())


def differences(expected: FilledReport, got: FilledReport) -> dict[str, tuple[object, object]]:
    return {a: (value, got[a]) for a, value in expected.cells() if a not in got or got[a] != value}


def broken_relations(got: FilledReport) -> Iterator[tuple[str, str]]:
    """Each error: its code and the cell it is told of first, the total of a sum."""
    for finding in check(got):
        if finding.severity == "error":
            yield finding.code, finding.cells[0]


@pytest.mark.parametrize("name", SEPARATED)
def test_a_report_with_separate_cells_reads_to_exactly_its_figures(name: str) -> None:
    expected, got = figures(name), read_file(SEPARATED[name])
    assert not differences(expected, got)
    assert not [a for a, v in got.cells() if a not in expected], "cells of a form the report does not use"
    assert {t: f.format for t, f in got.tables.items()} | {"table4": ""} == {
        t: f.format for t, f in expected.tables.items()
    } | {"table4": ""}


@pytest.mark.parametrize("name", UNSEPARATED)
def test_run_together_text_is_read_right_or_doubted(name: str) -> None:
    expected, got = figures(name), read_file(UNSEPARATED[name])
    different = differences(expected, got)
    assert not {a: values for a, values in different.items() if a not in got.doubtful}
    assert len(different) <= 0.1 * len(list(expected.cells())), f"doubted: {sorted(different)}"


@pytest.mark.parametrize("path", [*SEPARATED.items(), *UNSEPARATED.items()], ids=lambda item: item[1].name)
def test_a_report_says_whose_it_is_and_of_which_year(path: tuple[str, Path]) -> None:
    name, file = path
    got = read_file(file)
    assert (got.agency in NAMES[name], got.year) == (True, figures(name).year), got.agency


@pytest.mark.parametrize("name", SEPARATED)
def test_every_published_error_is_found_and_nothing_else_is_called_one(name: str) -> None:
    assert set(broken_relations(read_file(SEPARATED[name]))) == BROKEN.get(name, set())


def test_the_blank_form_reads_as_three_blank_tables() -> None:
    got = read_file(CORPUS / "files" / "template-2021-blank.docx")
    assert {name: table.format for name, table in got.tables.items()} == dict.fromkeys(
        ("table2", "table3", "table4"), "fy2021"
    )
    assert {value for _, value in got.cells()} == {None}
