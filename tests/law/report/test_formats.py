"""The forms of the annual report, and the sums they state."""

import pytest

from gongkai.law.outcomes import DECISIONS, counted_outcome
from gongkai.law.report.filled import FilledReport, blank_table
from gongkai.law.report.formats import (
    ReportFormat,
    all_formats,
    cell_kind,
    describe,
    format_for,
    load_format,
    split_address,
)
from gongkai.law.report.relations import evaluate, relations_of
from gongkai.law.report.wording import cell_name, column_name, row_label, row_name
from tests.law.report.samples import sample, with_figures

FORMS = pytest.mark.parametrize("form", all_formats(), ids=lambda form: form.id)


@pytest.mark.parametrize(
    ("year", "form"), [(2018, None), (2019, "fy2019"), (2020, "fy2019"), (2021, "fy2021"), (2030, "fy2021")]
)
def test_a_report_year_has_its_form(year: int, form: str | None) -> None:
    found = format_for(year)
    assert (found.id if found else None) == form


def test_an_unknown_form_or_cell_is_the_callers_mistake() -> None:
    with pytest.raises(KeyError):
        load_format("fy1999")
    with pytest.raises(KeyError):
        cell_kind("table3.granted.nobody")


@FORMS
def test_every_outcome_is_counted_in_exactly_one_row(form: ReportFormat) -> None:
    counted = [outcome for row in form.table3_rows for outcome in row.counts]
    assert len(counted) == len(set(counted))
    assert {counted_outcome(decision).code for decision in DECISIONS} == set(counted)


@FORMS
def test_every_cell_of_tables_three_and_four_stands_in_a_sum(form: ReportFormat) -> None:
    summed = {address for relation in form.relations for address in relation.addresses}
    assert summed == {*form.addresses("table3"), *form.addresses("table4")}


@FORMS
def test_an_address_falls_into_table_row_and_column(form: ReportFormat) -> None:
    for address, (row, column) in form.cells.items():
        assert split_address(address) == (address[:6], row.code, column.code)
        assert cell_kind(address) in ("count", "signed", "amount")


def test_the_two_forms_have_the_rows_the_law_gives_them() -> None:
    assert [len(form.table3_rows) for form in all_formats()] == [23, 25]
    assert [len(form.addresses("table2")) for form in all_formats()] == [22, 10]


def test_a_block_is_found_by_its_row() -> None:
    block = load_format("fy2019").block_of("central_procurement")
    assert block is not None
    assert block.code == "20-9"
    assert load_format("fy2021").block_of("central_procurement") is None


def test_a_cell_is_named_in_the_words_of_the_form() -> None:
    cell = "table3.partly_granted.natural_person"
    assert describe(cell).startswith("表三“（二）部分公开（区分处理的，只计这一情形")
    assert describe("table9.x.y") == "table9.x.y"
    assert cell_name(cell) == "表三“（二）部分公开”行“自然人”列"
    assert row_name(cell) == "表三“（二）部分公开”行"
    assert column_name(cell) == "表三“自然人”列"
    assert cell_name("table9.x.y") == "table9.x.y"


def test_a_short_name_says_the_group_and_quotes_inside_quotes() -> None:
    assert row_label("table3.otherwise_handled.other_handling.total") == "“（六）其他处理3.其他”"
    assert "危及‘三安全一稳定’" in cell_name("table3.denied.three_securities_one_stability.total")
    assert "“本年收费金额”列" in cell_name("table2.administrative_fee.amount")


def test_a_blank_form_has_every_cell_blank() -> None:
    report = FilledReport(tables={"table3": blank_table("table3", load_format("fy2021"))})
    assert len(dict(report.cells())) == 175
    assert set(dict(report.cells()).values()) == {None}
    assert report.format_of("table3") is load_format("fy2021")
    assert report.format_of("table2") is None
    assert report["table2.permit.decisions"] is None
    assert ("table3.granted.total" in report, "table2.permit.decisions" in report) == (True, False)
    assert FilledReport().format is None


def test_a_sum_holds_is_broken_or_cannot_be_decided() -> None:
    figures = {"table4.reconsideration.total": 0, "table4.direct_suit.upheld": None}
    report = with_figures(sample(), figures | {"table4.suit_after_reconsideration.upheld": None})
    found = {e.relation.code: e for e in evaluate(report) if e.relation.code.startswith("T4")}
    assert {code: e.verdict for code, e in found.items()} == {
        "T4-01": "broken",
        "T4-02": "undecided",
        "T4-03": "holds",
    }
    assert (found["T4-01"].left, found["T4-01"].right, found["T4-01"].difference) == (5, 0, 5)
    assert found["T4-02"].blanks == ("table4.direct_suit.upheld",)


def test_each_table_brings_the_sums_of_its_own_form() -> None:
    mixed = FilledReport(
        tables={"table3": sample("fy2019").tables["table3"], "table4": sample().tables["table4"]}
    )
    assert len(list(relations_of(mixed))) == 7 + 7 + 23 + 3
    assert len(evaluate(mixed, list(relations_of(mixed))[:2])) == 2
