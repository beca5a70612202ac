"""What may be done to a report's figures before it is saved."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.report.filled import Doubt, FilledReport
from gongkai.law.report.formats import all_formats, format_for, load_format
from gongkai.law.report.relations import evaluate
from gongkai.reporting.compiling import (
    blank_report,
    blanks,
    bring_forward,
    carry_over,
    changes,
    fill_blanks,
    fill_totals,
    taken_over,
    with_cells,
)
from gongkai.reporting.forms import NotAFigure, parse_figure, read_figures

FORMS = [report_format.id for report_format in all_formats()]
TOTAL = "table3.new_received.total"


def blank(year: int = 2021) -> FilledReport:
    report_format = format_for(year)
    assert report_format is not None
    return blank_report("示例市教育局", year, report_format)


def test_a_new_report_is_blank_in_the_form_of_its_year():
    assert blank(2020).format == "fy2019"
    assert blank(2021).format == "fy2021"
    assert len(blanks(blank(2021))) == len(list(blank(2021).cells()))
    assert blank(2021).title == "示例市教育局2021年政府信息公开工作年度报告"


def test_filling_blanks_leaves_none_and_changes_no_figure():
    report = with_cells(blank(), {"table3.granted.natural_person": 3, TOTAL: 9})
    filled = fill_blanks(report)
    assert blanks(filled) == ()
    assert filled["table3.granted.natural_person"] == 3
    assert filled[TOTAL] == 9, "a printed total stays, right or wrong"
    assert filled["table3.granted.total"] == 3, "a blank total is summed, not set to 0"


@pytest.mark.parametrize("form", FORMS)
@given(st.data())
def test_totals_that_were_computed_agree_with_their_parts(form: str, data: st.DataObject):
    report_format = load_format(form)
    report = blank_report("示例市教育局", report_format.applies_from, report_format)
    parts = [a for a in report_format.cells if not a.endswith(".total") and "handled_total" not in a]
    chosen = data.draw(st.dictionaries(st.sampled_from(parts), st.integers(0, 999), max_size=12))
    filled = fill_blanks(fill_totals(with_cells(report, dict(chosen))))
    broken = {found.relation.code for found in evaluate(filled) if found.verdict != "holds"}
    assert broken <= {"T3-01"}, "only the clerk can make received and handled meet"


def test_totals_are_computed_anew_where_they_were_wrong():
    report = with_cells(blank(), {"table3.granted.natural_person": 3, "table3.granted.total": 8})
    assert fill_totals(report)["table3.granted.total"] == 3


def test_a_total_without_any_part_stays_blank():
    assert fill_totals(blank())[TOTAL] is None


def test_last_years_open_cases_come_forward_column_by_column():
    last = with_cells(blank(2020), {"table3.carried_forward.natural_person": 4})
    this = bring_forward(last)(blank(2021))
    assert this["table3.brought_forward.natural_person"] == 4
    assert this["table3.brought_forward.total"] is None, "a blank is not carried as 0"
    assert set(carry_over(blank(2021), last)) == {a for a in this.tables["table3"].cells if "brought" in a}


def test_taking_a_file_over_keeps_agency_year_title_and_the_tables_it_lacks():
    mine = with_cells(blank(2020), {"table4.direct_suit.pending": 1})
    theirs = FilledReport(
        agency="别的机关",
        year=2019,
        tables={"table3": fill_blanks(blank(2020)).tables["table3"]},
        sections={"overview": "读出的文字"},
        doubts=(Doubt(("table3.granted.total",), "读不准"),),
    )
    after = taken_over(mine, theirs)
    assert (after.agency, after.year, after.title) == (mine.agency, mine.year, mine.title)
    assert after["table3.granted.total"] == 0
    assert after["table4.direct_suit.pending"] == 1
    assert after.sections["overview"] == "读出的文字"
    assert after.doubts == theirs.doubts


def test_a_doubt_ends_when_its_cell_is_filled():
    doubtful = FilledReport(tables=blank().tables, doubts=(Doubt((TOTAL,), "读不准"), Doubt((), "缺表")))
    assert len(with_cells(doubtful, {"table3.granted.total": 1}).doubts) == 2
    assert [doubt.message for doubt in with_cells(doubtful, {TOTAL: 1}).doubts] == ["缺表"]


def test_words_beside_a_figure_go_with_it():
    table = replace(blank().tables["table3"], notes={TOTAL: "其中示例1件"})
    report = replace(blank(), tables={"table3": table})
    assert with_cells(report, {"table3.granted.total": 1}).tables["table3"].notes == {TOTAL: "其中示例1件"}
    assert with_cells(report, {TOTAL: 3}).tables["table3"].notes == {}


def test_changes_name_each_cell_with_its_figure_before_and_after():
    after = with_cells(blank(), {TOTAL: 3, "table2.administrative_fee.amount": Decimal("1.50")})
    assert changes(blank(), after) == {
        "table2.administrative_fee.amount": [None, "1.50"],
        TOTAL: [None, "3"],
    }


@pytest.mark.parametrize(
    ("typed", "kind", "figure"),
    [
        ("", "count", None),
        ("  ", "amount", None),
        ("12", "count", 12),
        ("１２", "count", 12),
        ("1,082", "count", 1082),
        ("0", "count", 0),
        ("+10", "signed", 10),
        ("-35", "signed", -35),
        ("−35", "signed", -35),
        ("增10", "signed", 10),
        ("减5", "signed", -5),
        ("1082.36", "amount", Decimal("1082.36")),
        ("1082.36万元", "amount", Decimal("1082.36")),
        ("251000元", "amount", Decimal("25.1")),
    ],
)
def test_figures_are_understood_as_people_type_them(typed: str, kind, figure):
    assert parse_figure(typed, kind) == figure


@pytest.mark.parametrize(
    ("typed", "kind", "wanted"),
    [
        ("-1", "count", "正整数"),
        ("1.5", "count", "正整数"),
        ("三", "count", "正整数"),
        ("1234567890", "count", "正整数"),
        ("+-3", "signed", "增加写+"),
        ("约5", "amount", "万元"),
        ("1.2345678", "amount", "万元"),
    ],
)
def test_what_is_no_figure_is_told_what_is_wanted(typed: str, kind, wanted: str):
    with pytest.raises(NotAFigure, match=wanted):
        parse_figure(typed, kind)


@given(st.text(max_size=12))
def test_no_text_at_all_breaks_the_reading(text: str):
    typed = read_figures(blank(), {TOTAL: text, "no.such.cell": "1"})
    assert set(typed.cells) | set(typed.errors) == {TOTAL}
    assert typed.typed == {TOTAL: text}
