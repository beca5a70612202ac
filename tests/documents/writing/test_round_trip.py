"""What is written reads back to the same report, whatever the kind."""

from datetime import timedelta

import pytest
from documents.writing.reports import a_report, reports
from hypothesis import HealthCheck, Phase, given, settings

from gongkai.documents.reading import read
from gongkai.documents.writing import KINDS, write
from gongkai.documents.writing.document import document, title_of
from gongkai.law.report.filled import FilledReport

PRINTED = tuple(kind for kind in KINDS if kind != "json")
EXAMPLES = {"docx": 20, "html": 20, "xlsx": 20, "pdf": 12}


def prose(report: FilledReport) -> dict[str, list[str]]:
    """The paragraphs of each section that has any."""
    sections = document(report).sections
    return {s.code: [p.text for p in s.paragraphs] for s in sections if s.paragraphs}


def assert_same(found: FilledReport, report: FilledReport) -> None:
    assert found.doubts == ()
    for name, table in report.tables.items():
        assert dict(found.tables[name].cells) == dict(table.cells)
        assert found.tables[name].format == table.format or name == "table4"
        assert dict(found.tables[name].block_formats) == dict(table.block_formats)
        assert dict(found.tables[name].notes) == dict(table.notes)
    assert found.agency == report.agency
    assert found.year == report.year
    assert found.title == title_of(report)
    assert found.published_on == report.published_on
    assert prose(found) == prose(report)


@pytest.mark.parametrize("form", ["fy2019", "fy2021"])
@pytest.mark.parametrize("kind", PRINTED)
def test_a_report_with_every_peculiarity_reads_back_the_same(kind: str, form: str) -> None:
    report = a_report(form)
    assert_same(read(write(report, kind)), report)


@pytest.mark.parametrize("kind", PRINTED)
def test_any_report_reads_back_the_same(kind: str) -> None:
    @settings(
        max_examples=EXAMPLES[kind],
        deadline=timedelta(seconds=10),
        phases=[phase for phase in Phase if kind != "pdf" or phase is not Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(reports())
    def reads_back(report: FilledReport) -> None:
        assert_same(read(write(report, kind)), report)

    reads_back()


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(reports())
def test_json_reads_back_to_the_very_same_report(report: FilledReport) -> None:
    assert read(write(report, "json")) == report
