"""The printed tables, square by square."""

import pytest

from gongkai.law.report.filled import FilledTable, blank_table
from gongkai.law.report.formats import TABLES, all_formats, load_format
from gongkai.law.report.layout import LaidRow, figures_of, headers_of, layout, layout_of, width

FORMS = [(form.id, table) for form in all_formats() for table in TABLES]


def rows_of(form: str, table: str) -> tuple[LaidRow, ...]:
    return layout(load_format(form), table)


def spans(form: str, table: str) -> dict[str, tuple[int, int]]:
    """Label → (rowspan, colspan); the first of equal labels."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows_of(form, table):
        for cell in row.cells:
            found.setdefault(cell.text, (cell.rowspan, cell.colspan))
    return found


@pytest.mark.parametrize(("form", "table"), FORMS)
def test_every_square_of_the_grid_is_covered_exactly_once(form: str, table: str) -> None:
    rows = rows_of(form, table)
    covered = [
        (cell.row + down, cell.column + right)
        for row in rows
        for cell in row.cells
        for down in range(cell.rowspan)
        for right in range(cell.colspan)
    ]
    assert sorted(covered) == [(r, c) for r in range(len(rows)) for c in range(width(rows))]


@pytest.mark.parametrize(("form", "table"), FORMS)
def test_every_cell_of_the_form_is_printed_once_in_reading_order(form: str, table: str) -> None:
    rows = rows_of(form, table)
    assert tuple(cell.address for cell in figures_of(rows)) == load_format(form).addresses(table)
    assert all(cell.row == number for number, row in enumerate(rows) for cell in row.cells)


@pytest.mark.parametrize(
    ("form", "table", "height", "columns"),
    [
        ("fy2019", "table2", 18, 5),
        ("fy2021", "table2", 14, 4),
        ("fy2019", "table3", 3 + 23, 10),
        ("fy2021", "table3", 3 + 25, 10),
        ("fy2019", "table4", 4, 15),
        ("fy2021", "table4", 4, 15),
    ],
)
def test_the_grids_have_the_size_of_the_printed_form(
    form: str, table: str, height: int, columns: int
) -> None:
    rows = rows_of(form, table)
    assert (len(rows), width(rows)) == (height, columns)


def test_one_value_column_of_the_2021_table_2_spans_three() -> None:
    found = spans("fy2021", "table2")
    assert found["第二十条第（一）项"] == (1, 4)
    assert found["本年制发件数"] == (1, 1)
    assert found["本年处理决定数量"] == (1, 3)
    assert found["本年收费金额（单位：万元）"] == (1, 3)


def test_two_value_columns_of_the_2019_table_2_stand_evenly_under_three() -> None:
    found = spans("fy2019", "table2")
    assert found["第二十条第（九）项"] == (1, 5)
    assert [found[label][1] for label in ("上一年项目数量", "本年增/减", "处理决定数量")] == [1, 2, 1]
    assert [found[label][1] for label in ("采购项目数量", "采购总金额")] == [2, 2]


@pytest.mark.parametrize(("form", "outcomes"), [("fy2019", 20), ("fy2021", 22)])
def test_the_merged_labels_of_table_3(form: str, outcomes: int) -> None:
    found = spans(form, "table3")
    assert found["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"] == (3, 3)
    assert found["申请人情况"] == (1, 7)
    assert found["自然人"] == found["总计"] == (2, 1)
    assert found["法人或其他组织"] == (1, 5)
    assert found["三、本年度办理结果"] == (outcomes, 1)
    assert found["（三）不予公开"] == (8, 1)
    assert found["（四）无法提供"] == (3, 1)
    assert found["（五）不予处理"] == (5, 1)
    assert found["（六）其他处理"] == ((1, 2) if form == "fy2019" else (3, 1))
    assert found["一、本年新收政府信息公开申请数量"] == found["四、结转下年度继续办理"] == (1, 3)
    assert found["（一）予以公开"] == found["（七）总计"] == (1, 2)


def test_the_merged_labels_of_table_4() -> None:
    found = spans("fy2021", "table4")
    assert found["行政复议"] == (1, 5)
    assert found["行政诉讼"] == (1, 10)
    assert found["结果维持"] == (2, 1)
    assert found["未经复议直接起诉"] == found["复议后起诉"] == (1, 5)
    assert [cell.rowspan for cell in rows_of("fy2021", "table4")[2].cells] == [1] * 10


@pytest.mark.parametrize(
    ("form", "address", "labels"),
    [
        (
            "fy2021",
            "table2.penalty.decisions",
            ["第二十条第（六）项", "本年处理决定数量", "行政处罚"],
        ),
        (
            "fy2021",
            "table3.denied.third_party_rights.legal_service_organization",
            [
                "申请人情况",
                "法人或其他组织",
                "法律服务机构",
                "三、本年度办理结果",
                "（三）不予公开",
                "4.保护第三方合法权益",
            ],
        ),
        ("fy2021", "table4.direct_suit.upheld", ["行政诉讼", "未经复议直接起诉", "结果维持"]),
        ("fy2021", "table4.reconsideration.total", ["行政复议", "总计"]),
    ],
)
def test_a_figure_knows_the_labels_that_head_it(form: str, address: str, labels: list[str]) -> None:
    rows = rows_of(form, address.partition(".")[0])
    cell = next(cell for cell in figures_of(rows) if cell.address == address)
    assert [label.text for label in headers_of(rows, cell)] == labels


def test_the_headers_of_tables_3_and_4_repeat_over_pages_and_those_of_blocks_do_not() -> None:
    assert [row.repeats for row in rows_of("fy2021", "table3")] == [True] * 3 + [False] * 25
    assert [row.repeats for row in rows_of("fy2021", "table4")] == [True] * 3 + [False]
    assert not any(row.repeats for row in rows_of("fy2021", "table2"))


def test_a_block_of_another_form_is_drawn_by_its_own_form() -> None:
    mixed = FilledTable(format="fy2021", cells={}, block_formats={"20-1": "fy2019", "20-9": "fy2019"})
    rows = layout_of("table2", mixed)
    texts = [cell.text for row in rows for cell in row.cells]
    assert "本年新制作数量" in texts and "本年制发件数" not in texts
    assert [row.block for row in rows if row.cells[0].scope == "colgroup"] == [
        "20-1",
        "20-5",
        "20-6",
        "20-8",
        "20-9",
    ]


def test_a_filled_table_of_one_form_is_drawn_as_the_form() -> None:
    form = load_format("fy2019")
    assert all(layout_of(table, blank_table(table, form)) == layout(form, table) for table in TABLES)


def test_a_table_that_no_form_has_is_a_programmers_fault() -> None:
    with pytest.raises(KeyError):
        layout(load_format("fy2019"), "table5")
