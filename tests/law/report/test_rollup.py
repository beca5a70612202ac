"""Members summed into their superior's report."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import strategies as st

from gongkai.law.report.filled import Doubt, FilledReport
from gongkai.law.report.rollup import Contribution, rollup
from tests.law.properties import for_all
from tests.law.report.drawn import reports
from tests.law.report.samples import blanked, sample, with_figures

FIRST, SECOND = (sample(agency=name) for name in ("示例县甲局", "示例县乙局"))
FEE = "table2.administrative_fee.amount"
ONE_ROW = "table3.otherwise_handled.natural_person"
LAPSED, UNPAID, OTHER = (
    f"table3.otherwise_handled.{leaf}.natural_person"
    for leaf in ("supplement_lapsed", "fee_lapsed", "other_handling")
)


def one_row(report: FilledReport, figure: int | None) -> FilledReport:
    """The report with table three in the 2019 form, （六） of natural persons as given."""
    table3 = {"table3": sample("fy2019").tables["table3"]}
    return with_figures(replace(report, tables=dict(report.tables) | table3), {ONE_ROW: figure})


def test_every_figure_is_the_sum_and_says_where_it_comes_from() -> None:
    first = with_figures(FIRST, {FEE: Decimal("0.1")})
    second = with_figures(SECOND, {FEE: Decimal("0.20")})
    total = rollup([first, second], agency="示例县人民政府")
    assert total.report.agency == "示例县人民政府"
    assert total.report.year == 2023
    assert total.report["table3.granted.total"] == 26
    assert total.report[FEE] == Decimal("0.30")
    assert total.contributions[FEE] == (
        Contribution("示例县甲局", (FEE,), Decimal("0.1")),
        Contribution("示例县乙局", (FEE,), Decimal("0.20")),
    )
    assert (total.other_formats, total.blanks, total.report.doubts) == ({}, {}, ())


def test_missing_unexpected_and_repeated_members_are_named() -> None:
    members = rollup([FIRST, FIRST, SECOND], expected=["示例县甲局", "示例县丙局"]).members
    assert members.missing == ("示例县丙局",)
    assert members.unexpected == ("示例县乙局",)
    assert members.repeated == ("示例县甲局",)
    assert list(members.summed) == ["示例县甲局", "示例县乙局"]


def test_a_report_on_another_year_is_left_out_and_named() -> None:
    total = rollup([replace(FIRST, year=2022), SECOND, replace(SECOND, agency=None)])
    assert total.members.other_years == {"示例县甲局": 2022}
    assert total.report.year == 2023
    assert total.report["table3.granted.total"] == 26
    assert list(total.members.summed) == ["示例县乙局", "第3份报告"]


def test_the_later_year_counts_where_as_many_report_on_each() -> None:
    assert rollup([FIRST, replace(SECOND, year=2022)]).report.year == 2023
    assert rollup([FIRST, replace(SECOND, year=2022)], year=2022).report.year == 2022


def test_without_a_year_the_first_members_form_is_used() -> None:
    yearless = replace(sample("fy2019"), year=None)
    assert rollup([yearless]).report.format == "fy2019"
    assert rollup([yearless], report_format="fy2021").report.format == "fy2021"


def test_nothing_to_sum_is_refused() -> None:
    with pytest.raises(ValueError, match="没有可以汇总的报告"):
        rollup([], year=2023)
    with pytest.raises(ValueError, match="没有可以汇总的报告"):
        rollup([FIRST], year=2020)


def test_a_blank_is_named_and_the_others_are_summed() -> None:
    total = rollup([blanked(FIRST, "table2.permit."), SECOND])
    assert total.report["table2.permit.decisions"] == 120
    assert total.blanks == {"示例县甲局": ("table2.permit.decisions",)}


def test_a_figure_all_left_blank_is_blank() -> None:
    assert rollup([blanked(FIRST, "table2.permit.")]).report["table2.permit.decisions"] is None


def test_the_three_rows_of_2021_are_summed_into_the_one_of_2019() -> None:
    member = with_figures(FIRST, {LAPSED: 1, UNPAID: None, OTHER: 4})
    total = rollup([member, one_row(SECOND, 2)], report_format="fy2019")
    assert total.report[ONE_ROW] == 7
    assert total.contributions[ONE_ROW][0] == Contribution("示例县甲局", (LAPSED, UNPAID, OTHER), 5)
    assert total.other_formats == {"示例县甲局": ("表二", "表三"), "示例县乙局": ("表二",)}


def test_the_one_row_of_2019_cannot_be_split_unless_it_is_0() -> None:
    total = rollup([one_row(FIRST, 3), SECOND])
    assert [total.report[a] for a in (LAPSED, UNPAID, OTHER)] == [None, None, None]
    assert total.report.doubts == (
        Doubt((LAPSED, UNPAID, OTHER), "示例县甲局的（六）其他处理只有一行，写3，分不到三行，汇总数没有填。"),
    )
    assert total.other_formats == {"示例县甲局": ("表三",)}
    zero = rollup([one_row(FIRST, 0), SECOND])
    assert [zero.report[a] for a in (LAPSED, UNPAID, OTHER)] == [0, 0, 0]


def test_the_one_row_may_be_put_under_other_handling_on_request() -> None:
    total = rollup([one_row(FIRST, 3), SECOND], into_other_handling=True)
    assert [total.report[a] for a in (LAPSED, UNPAID, OTHER)] == [0, 0, 3]
    assert total.contributions[OTHER][0] == Contribution("示例县甲局", (ONE_ROW,), 3)
    assert total.report.doubts == ()


def test_a_blank_one_row_stays_blank() -> None:
    total = rollup([one_row(FIRST, None)])
    assert total.report[LAPSED] is None
    assert total.report.doubts == ()


def test_a_members_doubt_is_carried_into_the_sum() -> None:
    cell = "table3.granted.natural_person"
    doubtful = replace(with_figures(FIRST, {cell: None}), doubts=(Doubt((cell,), "可读作9或90"),))
    total = rollup([doubtful, SECOND])
    assert total.report[cell] is None
    assert total.report.doubts == (
        Doubt((cell,), "示例县甲局的表三“（一）予以公开”行“自然人”列读数存疑，汇总数没有填。"),
    )


def test_a_member_without_a_table_gives_nothing_to_it() -> None:
    total = rollup([FilledReport(agency="示例县甲局", year=2023), SECOND])
    assert total.report["table4.direct_suit.total"] == 1
    assert len(total.blanks["示例县甲局"]) == len(total.contributions)


@for_all(st.lists(reports(), min_size=1, max_size=3))
def test_a_sum_of_reports_that_add_up_adds_up(members: list[FilledReport]) -> None:
    named = [replace(member, agency=f"示例县{i}局", year=2021) for i, member in enumerate(members)]
    total = rollup(named, report_format="fy2019")
    for address, value in total.report.cells():
        if not address.startswith("table2."):
            given = [
                member[cell]
                for member, part in zip(named, total.contributions[address], strict=True)
                for cell in part.cells
            ]
            assert value == sum(figure or 0 for figure in given)
