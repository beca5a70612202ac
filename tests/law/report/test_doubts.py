"""What last year's report settles of this year's doubts."""

from dataclasses import replace

from gongkai.law.report.doubts import MOST_READINGS, settled_by_last_year
from gongkai.law.report.filled import Doubt, FilledReport, FilledTable, Value
from gongkai.law.report.formats import load_format

CELLS = tuple(f"table2.normative_document.{column}" for column in ("issued", "repealed", "in_force"))


def _report(year: int, values: tuple[Value, Value, Value], doubts: tuple[Doubt, ...] = ()) -> FilledReport:
    form = load_format("fy2021")
    cells: dict[str, Value] = dict.fromkeys(form.addresses("table2"), 0) | dict(
        zip(CELLS, values, strict=True)
    )
    return FilledReport("某县人民政府", year, {"table2": FilledTable(form.id, cells)}, doubts=doubts)


def _cut(*values: int) -> dict[str, Value]:
    return dict(zip(CELLS, values, strict=True))


DOUBT = Doubt(CELLS, "数字连在一起。", (_cut(69, 36, 65), _cut(69, 3, 665), _cut(6, 93, 665)))


def test_the_only_cut_that_fits_last_years_stock_is_taken() -> None:
    report = settled_by_last_year(_report(2022, (None, None, None), (DOUBT,)), _report(2021, (0, 0, 599)))
    assert [report[cell] for cell in CELLS] == [69, 3, 665]
    assert not report.doubts


def test_a_doubt_stays_where_no_cut_fits() -> None:
    doubtful = _report(2022, (None, None, None), (DOUBT,))
    assert settled_by_last_year(doubtful, _report(2021, (0, 0, 1))) == doubtful


def test_a_doubt_stays_where_last_year_says_nothing() -> None:
    doubtful = _report(2022, (None, None, None), (DOUBT,))
    assert settled_by_last_year(doubtful, _report(2021, (0, 0, None))) == doubtful


def test_a_doubt_whose_readings_may_not_all_be_there_stays() -> None:
    many = replace(DOUBT, readings=(_cut(69, 3, 665), *(_cut(0, 0, i) for i in range(MOST_READINGS))))
    doubtful = _report(2022, (None, None, None), (many,))
    assert settled_by_last_year(doubtful, _report(2021, (0, 0, 599))) == doubtful


def test_other_doubts_are_left_alone() -> None:
    other = Doubt(("table3.granted.total",), "没有找到。")
    report = settled_by_last_year(
        _report(2022, (None, None, None), (other, DOUBT)), _report(2021, (0, 0, 599))
    )
    assert report.doubts == (other,)


def test_a_report_of_another_agency_or_year_settles_nothing() -> None:
    doubtful, before = _report(2022, (None, None, None), (DOUBT,)), _report(2021, (0, 0, 599))
    for other in (replace(before, agency="示例市教育局"), replace(before, year=2020)):
        assert settled_by_last_year(doubtful, other) == doubtful
    for silent in (replace(before, agency=None), replace(before, year=None)):
        assert not settled_by_last_year(doubtful, silent).doubts
