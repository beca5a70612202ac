"""Whole reports, drawn at random, laid out in rows and as text, and decoded."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.reading.content import Content, Unreadable, line
from gongkai.documents.reading.decoding import decode
from gongkai.law.report.filled import FilledReport
from tests.documents.reading.decoding.rendering import grid, running_text
from tests.messy.truth import draw_truth

seeds = st.integers(min_value=0, max_value=10**6)


def _wrong(report: FilledReport, truth: FilledReport) -> list[tuple[str, object, object]]:
    return [(a, v, report[a]) for a, v in truth.cells() if report[a] != v and a not in report.doubtful]


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_a_report_in_cells_reads_to_exactly_its_figures(seed: int) -> None:
    truth = draw_truth(random.Random(seed)).report
    if "table4" not in truth.tables:
        return
    report = decode(grid(truth))
    assert not _wrong(report, truth)
    assert not report.doubts
    assert {n: t.format for n, t in report.tables.items() if n != "table4"} == {
        n: t.format for n, t in truth.tables.items() if n != "table4"
    }


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_one_value_a_line_is_never_read_wrong(seed: int) -> None:
    truth = draw_truth(random.Random(seed), errors=False).report
    report = decode(running_text(truth, "\n"))
    assert not _wrong(report, truth)
    assert not report.doubts


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_text_without_separators_is_read_rightly_or_doubted(seed: int) -> None:
    truth = draw_truth(random.Random(seed), errors=False).report
    report = decode(running_text(truth, ""))
    assert not _wrong(report, truth)


def test_most_of_a_text_without_separators_is_read() -> None:
    cells = right = 0
    for seed in range(60):
        truth = draw_truth(random.Random(seed), errors=False).report
        report = decode(running_text(truth, ""))
        cells += sum(1 for _ in truth.cells())
        right += sum(report[a] == v for a, v in truth.cells())
    assert right / cells >= 0.9


def test_a_text_that_is_no_report_is_refused_in_one_sentence() -> None:
    with pytest.raises(Unreadable, match="没有找到年度报告的表格"):
        decode(Content("text", (line("关于召开会议的通知"), line("各科室：定于明日召开会议。"))))


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(Unreadable):
        decode(Content("text", ()))
