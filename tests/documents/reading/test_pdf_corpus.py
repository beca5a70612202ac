"""Two published reports in PDF: every figure of their tables can be read off the rows, in order."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from gongkai.documents.reading import pdf
from gongkai.documents.reading.content import Content

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
REPORTS = ["hongze-2023", "huaian-2024"]

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of published reports is not here")


def numbers(content: Content, table: int, *, fewest: int) -> list[list[str]]:
    """The figures of each row of a table that has at least so many, blanks left out."""
    rows = [row for row in content.rows if row.table == table]
    figures = [[cell.text for cell in row.cells if re.fullmatch(r"\d+(\.\d+)?", cell.text)] for row in rows]
    return [row for row in figures if len(row) >= fewest]


@pytest.fixture(scope="module", params=REPORTS)
def report(request: pytest.FixtureRequest) -> tuple[Content, dict[str, Any]]:
    data = (CORPUS / "files" / f"{request.param}.pdf").read_bytes()
    figures = json.loads((CORPUS / "figures" / f"{request.param}.json").read_text("utf-8"))
    return pdf.extract(data), figures


def test_the_figures_of_table_2_stand_in_order(report: tuple[Content, dict[str, Any]]) -> None:
    content, figures = report
    expected = [
        [str(value) for value in row.values()] for key, row in figures["table2"].items() if key != "format"
    ]
    assert numbers(content, 0, fewest=1) == expected


def test_every_row_of_table_3_has_its_seven_figures(report: tuple[Content, dict[str, Any]]) -> None:
    content, figures = report
    expected = [[str(value) for value in row] for row in figures["table3"]["rows"].values()]
    assert numbers(content, 1, fewest=2) == expected


def test_table_4_has_its_fifteen_figures(report: tuple[Content, dict[str, Any]]) -> None:
    content, figures = report
    expected = [str(value) for group in figures["table4"].values() for value in group.values()]
    assert numbers(content, 2, fewest=2) == [expected]


def test_labels_and_sections_are_whole_though_wrapped(report: tuple[Content, dict[str, Any]]) -> None:
    content, _ = report
    text = re.sub(r"\s", "", "".join(row.text for row in content.rows))
    labels = "一、总体情况", "5.要求行政机关确认或重新出具已获取信息", "三、本年度办理结果", "行政事业性收费"
    assert [label for label in labels if label not in text] == []


def test_page_numbers_are_gone(report: tuple[Content, dict[str, Any]]) -> None:
    content, _ = report
    assert not [row for row in content.rows if re.fullmatch(r"\W*\d\W*", row.text)]


def test_a_paragraph_over_a_page_end_is_one(report: tuple[Content, dict[str, Any]]) -> None:
    content, _ = report
    prose = [row.text for row in content.rows if row.table is None and len(row.text) > 40]
    assert all(text.endswith("。") for text in prose)
