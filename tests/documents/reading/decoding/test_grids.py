"""Tables in cells, in the shapes offices give them."""

from collections.abc import Sequence

import pytest

from gongkai.documents.reading.content import Cell, Content, Row, line
from gongkai.documents.reading.decoding import decode
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.formats import load_format

FORM = load_format("fy2021")
COLUMNS = [column.label for column in FORM.table3_columns]
LABELS = [row.label for row in FORM.table3_rows]


def _row(texts: Sequence[str], table: int = 1) -> Row:
    return Row(tuple(Cell(text, column) for column, text in enumerate(texts)), table)


def _figures() -> list[list[str]]:
    """One application of a natural person and two of a company, all granted."""
    rows = [["0"] * 7 for _ in LABELS]
    for index in (0, 2, LABELS.index("（七）总计")):
        rows[index] = ["1", "2", "0", "0", "0", "0", "3"]
    return rows


def _table3(figures: Sequence[Sequence[str]], header: Sequence[str] = COLUMNS) -> list[Row]:
    rows = [_row(["", *header])]
    return rows + [_row([label, *values]) for label, values in zip(LABELS, figures, strict=True)]


def _read(rows: Sequence[Row]) -> FilledReport:
    return decode(Content("test", tuple(rows)))


def _granted(report: FilledReport) -> list[object]:
    return [report[f"table3.granted.{column.code}"] for column in FORM.table3_columns]


def test_a_table_is_read_by_its_labels() -> None:
    report = _read(_table3(_figures()))
    assert _granted(report) == [1, 2, 0, 0, 0, 0, 3]
    assert report.tables["table3"].format == "fy2021"


def test_a_table_that_is_missing_is_in_doubt_as_a_whole() -> None:
    report = _read(_table3(_figures()))
    assert [doubt.message for doubt in report.doubts] == [
        "没有找到表二，请对照原件填写。",
        "没有找到表四，请对照原件填写。",
    ]


def test_the_header_says_where_the_total_stands() -> None:
    figures = [[row[6], *row[:6]] for row in _figures()]
    report = _read(_table3(figures, ["总计", *COLUMNS[:6]]))
    assert _granted(report) == [1, 2, 0, 0, 0, 0, 3]


def test_without_a_header_the_rows_say_where_the_total_stands() -> None:
    figures = [[row[6], *row[:6]] for row in _figures()]
    report = _read(_table3(figures, [""] * 7))
    assert _granted(report) == [1, 2, 0, 0, 0, 0, 3]


@pytest.mark.parametrize("name", ["法人或其他组织小计", "小计"])
def test_a_subtotal_column_is_left_out(name: str) -> None:
    figures = [[*row[:6], str(sum(int(v) for v in row[1:6])), row[6]] for row in _figures()]
    report = _read(_table3(figures, [*COLUMNS[:6], name, "总计"]))
    assert _granted(report) == [1, 2, 0, 0, 0, 0, 3]


def test_a_table_on_its_side_is_turned() -> None:
    figures = _figures()
    rows = [_row(["", *LABELS])]
    rows += [_row([name, *(row[i] for row in figures)]) for i, name in enumerate(COLUMNS)]
    assert _granted(_read(rows)) == [1, 2, 0, 0, 0, 0, 3]


def test_rows_without_labels_are_known_by_their_place() -> None:
    rows = _table3(_figures())
    rows[4] = _row(["", *_figures()[3]])
    report = _read(rows)
    assert report["table3.partly_granted.total"] == 0
    assert "table3.partly_granted.total" not in report.doubtful


def test_figures_that_belong_to_no_row_leave_the_empty_rows_in_doubt() -> None:
    rows = _table3(_figures())
    del rows[4:6]
    rows.insert(4, _row(["看不清的标签", *_figures()[3]]))
    report = _read(rows)
    assert {"table3.partly_granted.total", "table3.denied.state_secret.total"} <= report.doubtful


def test_a_row_cut_short_is_settled_by_the_columns() -> None:
    rows = _table3(_figures())
    rows[3] = _row([LABELS[2], "1", "2", "3"])
    assert _granted(_read(rows)) == [1, 2, None, None, None, None, 3]


def test_words_among_the_figures_of_a_row_are_doubted_not_dropped() -> None:
    rows = _table3(_figures())
    rows[3] = _row([LABELS[2], "1", "见附件", "0", "0", "0", "0", "3"])
    report = _read(rows)
    assert "table3.granted.commercial_enterprise" in report.doubtful
    assert report["table3.granted.natural_person"] == 1


def test_a_mended_glyph_is_taken_where_rows_and_columns_bear_it_out() -> None:
    rows = _table3(_figures())
    rows[3] = _row([LABELS[2], "l", "2", "O", "0", "0", "0", "3"])
    assert _granted(_read(rows)) == [1, 2, 0, 0, 0, 0, 3]


def test_a_mended_glyph_is_doubted_where_they_do_not() -> None:
    rows = _table3(_figures())
    rows[3] = _row([LABELS[2], "l", "2", "0", "0", "0", "0", "8"])
    assert "table3.granted.natural_person" in _read(rows).doubtful


def test_the_second_report_of_a_file_is_left_alone() -> None:
    other = [["9"] * 7 for _ in LABELS]
    report = _read([*_table3(_figures()), line("一、总体情况"), *_table3(other)])
    assert _granted(report) == [1, 2, 0, 0, 0, 0, 3]


RESULTS = [column.label for column in FORM.table4_columns]
FIFTEEN = ["1", "2", "0", "0", "3", *["0"] * 5, "4", "0", "0", "1", "5"]


def _table4(report: FilledReport) -> list[object]:
    return [report[address] for address in FORM.addresses("table4")]


@pytest.mark.parametrize(
    "rows",
    [
        [_row(RESULTS * 3, 2), _row(FIFTEEN, 2)],
        [_row(RESULTS * 3, 2), _row([""] * 15, 2), _row(FIFTEEN, 2)],
        [
            _row(["类别", *RESULTS], 2),
            _row(["行政复议", *FIFTEEN[:5]], 2),
            _row(["行政诉讼（未经复议直接起诉）", *FIFTEEN[5:10]], 2),
            _row(["行政诉讼（复议后起诉）", *FIFTEEN[10:]], 2),
        ],
        [
            *[_row(["行政复议"], 2), _row(RESULTS, 2), _row(FIFTEEN[:5], 2)],
            *[_row(["未经复议直接起诉"], 3), _row(RESULTS, 3), _row(FIFTEEN[5:10], 3)],
            *[_row(["复议后起诉"], 4), _row(RESULTS, 4), _row(FIFTEEN[10:], 4)],
        ],
        [_row([label, figure], 2) for label, figure in zip(RESULTS * 3, FIFTEEN, strict=True)],
        [line("四、政府信息公开行政复议、行政诉讼情况"), _row(FIFTEEN, 2)],
    ],
    ids=["一行十五格", "先有空行", "三行各五格", "三张小表", "上下成对", "没有表头"],
)
def test_table_4_is_read_in_any_of_its_shapes(rows: list[Row]) -> None:
    assert _table4(_read([*_table3(_figures()), *rows])) == [int(value) for value in FIFTEEN]


def _table2(
    header: Sequence[str], rows: Sequence[Sequence[str]], title: str = "第二十条第（八）项"
) -> FilledReport:
    body = [_row([title], 0), _row(header, 0), *(_row(texts, 0) for texts in rows)]
    return _read([*body, *_table3(_figures())])


def test_a_block_follows_its_own_header_whatever_the_year() -> None:
    report = _table2(
        ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
        [["规章", "0", "0", "7"], ["行政规范性文件", "7", "7", "66"]],
        "第二十条第（一）项",
    )
    assert report["table2.normative_document.disclosed_total"] == 66
    assert report.tables["table2"].format == "fy2019"


@pytest.mark.parametrize(
    ("header", "cell", "amount"),
    [
        ("本年收费金额（单位：万元）", "282.10", "282.1"),
        ("本年收费金额（单位：元）", "251000元", "25.1"),
        ("本年收费金额", "5元", "0.0005"),
    ],
)
def test_an_amount_is_read_in_its_unit(header: str, cell: str, amount: str) -> None:
    report = _table2(["信息内容", header], [["行政事业性收费", cell]])
    assert str(report["table2.administrative_fee.amount"]) == amount


def test_an_amount_without_a_unit_is_in_doubt() -> None:
    report = _table2(["信息内容", "本年收费金额"], [["行政事业性收费", "500"]])
    doubt = next(d for d in report.doubts if d.cells == ("table2.administrative_fee.amount",))
    assert [str(r["table2.administrative_fee.amount"]) for r in doubt.readings] == ["500", "0.05"]


def test_a_column_the_form_does_not_have_is_left_out() -> None:
    report = _table2(["信息内容", "本年收费金额（单位：万元）", "上年数"], [["行政事业性收费", "7", "1024"]])
    assert report["table2.administrative_fee.amount"] == 7


def test_label_and_figure_may_share_a_cell() -> None:
    report = _table2(["信息内容", "本年收费金额（单位：万元）"], [["行政事业性收费：7万元"]])
    assert report["table2.administrative_fee.amount"] == 7


def test_a_damaged_header_leaves_its_figures_in_doubt() -> None:
    report = _table2(["信息内容", "不认识的表头", "另一个"], [["行政事业性收费", "7", "8"]])
    assert "table2.administrative_fee.amount" in report.doubtful


def test_a_unit_other_than_the_forms_is_in_doubt_as_a_glyph_may_be_lost() -> None:
    report = _table2(["信息内容", "本年收费金额（单位：元）"], [["行政事业性收费", "251000"]])
    doubt = next(d for d in report.doubts if d.cells == ("table2.administrative_fee.amount",))
    assert [str(r["table2.administrative_fee.amount"]) for r in doubt.readings] == ["251000", "25.1"]


def test_a_number_broken_over_two_rows_is_in_doubt() -> None:
    rows = _table3(_figures())
    rows[3] = _row([LABELS[2], "1", "25", "0", "0", "0", "0", "259"])
    rows.insert(4, _row(["", "", "8"]))
    report = _read(rows)
    assert "table3.granted.commercial_enterprise" in report.doubtful
    assert report["table3.granted.natural_person"] == 1


def test_a_blank_row_does_not_end_a_table_on_its_side() -> None:
    figures = _figures()
    rows = [_row(["", *LABELS])]
    for i, name in enumerate(COLUMNS):
        rows += [_row([name, *(row[i] for row in figures)]), _row([""] * (len(LABELS) + 1))]
    assert _granted(_read(rows)) == [1, 2, 0, 0, 0, 0, 3]


def test_the_halves_of_a_table_may_have_grids_of_their_own() -> None:
    figures = [[*row[:6], ""] for row in _figures()]
    above, below = (1, 3, 6, 7, 8, 9, 10), (1, 5, 6, 7, 8, 9, 10)
    rows = [_placed(label, values, above, above) for label, values in zip(LABELS[:12], figures, strict=False)]
    rows += [
        _placed(label, values, below, range(1, 11))
        for label, values in zip(LABELS[12:], figures[12:], strict=True)
    ]
    report = _read(rows)
    assert _granted(report) == [1, 2, 0, 0, 0, 0, None]
    assert report["table3.handled_total.commercial_enterprise"] == 2


def _placed(label: str, values: Sequence[str], columns: Sequence[int], cells: Sequence[int]) -> Row:
    """A row with cells in the grid columns ``cells`` and its values in ``columns``."""
    by_column = dict(zip(columns, values, strict=True))
    return Row((Cell(label, 0), *(Cell(by_column.get(column, ""), column) for column in cells)), 1)
