"""Tables in PDF files that have no lines, or lines between their rows alone."""

from documents.reading.pdfs import drawn, lines, rows_of, stroke, text, texts, typeset
from hypothesis import given, settings
from hypothesis import strategies as st

COLUMNS = (250, 300, 350, 400)


def row(y: float, label: str, *figures: str) -> str:
    return text(80, y, label) + "".join(
        text(x, y, figure) for x, figure in zip(COLUMNS, figures, strict=False) if figure
    )


def test_figures_in_columns_are_a_table() -> None:
    page = row(100, "1. first", "1", "2", "3", "6") + row(120, "2. second", "10", "0", "0", "10")
    assert texts(drawn(page)) == [["1. first", "1", "2", "3", "6"], ["2. second", "10", "0", "0", "10"]]


def test_a_column_without_a_figure_in_a_row_is_an_empty_cell_there() -> None:
    page = row(100, "1. first", "1", "2", "3", "6") + row(120, "2. second", "10", "", "", "10")
    assert texts(drawn(page))[1] == ["2. second", "10", "", "", "10"]


def test_a_row_of_one_figure_belongs_to_the_rows_around_it() -> None:
    page = (
        row(100, "1. one", "9")
        + row(120, "2. two", "1", "2", "3", "6")
        + row(140, "3. three", "", "", "", "4")
    )
    assert texts(drawn(page))[0] == ["1. one", "9", "", "", ""]
    assert texts(drawn(page))[2] == ["3. three", "", "", "", "4"]


def test_a_wrapped_label_goes_with_the_figures_in_its_middle() -> None:
    page = (
        row(100, "1. first", "1", "2", "3", "6")
        + text(80, 130, "2. wrapped")
        + row(136, "", "7", "8", "9", "0")
    )
    page += text(80, 142, "label") + row(170, "3. last", "1", "1", "1", "1")
    assert texts(drawn(page))[1] == ["2. wrapped\nlabel", "7", "8", "9", "0"]


def test_a_wrapped_label_goes_with_the_figures_beside_its_first_line() -> None:
    page = row(100, "1. first", "1", "2", "3", "6") + row(120, "2. wrapped", "7", "8", "9", "0")
    page += text(80, 132, "label") + row(150, "3. last", "1", "1", "1", "1") + text(80, 162, "tail")
    assert texts(drawn(page))[1:] == [
        ["2. wrapped\nlabel", "7", "8", "9", "0"],
        ["3. last\ntail", "1", "1", "1", "1"],
    ]


def test_the_first_label_may_start_above_its_figures() -> None:
    page = text(80, 94, "1. wrapped") + row(100, "", "1", "2", "3", "6") + text(80, 106, "label")
    page += row(130, "2. second", "7", "8", "9", "0")
    assert texts(drawn(page))[0] == ["1. wrapped\nlabel", "1", "2", "3", "6"]


def test_labels_without_numbers_part_where_each_has_its_figures() -> None:
    page = row(100, "rules", "1", "2", "3", "6") + row(112, "documents", "7", "8", "9", "0")
    assert [cells[0] for cells in texts(drawn(page))] == ["rules", "documents"]


def test_a_line_between_two_pieces_parts_them() -> None:
    page = row(100, "rules", "1", "2", "3", "6") + stroke(70, 105, 420, 105) + text(80, 117, "empty")
    page += stroke(70, 122, 420, 122) + row(134, "documents", "7", "8", "9", "0")
    assert texts(drawn(page)) == [["rules", "1", "2", "3", "6"], ["empty"], ["documents", "7", "8", "9", "0"]]


def test_a_group_beside_its_items_has_a_cell_of_its_own() -> None:
    page = (
        text(40, 112, "(3)")
        + row(100, "1. first", "1", "2", "3", "6")
        + row(112, "2. second", "7", "8", "9", "0")
    )
    assert texts(drawn(page))[1] == ["(3)", "2. second", "7", "8", "9", "0"]
    assert [(cell.column, cell.colspan) for cell in rows_of(drawn(page))[0].cells[:2]] == [(0, 3), (3, 1)]


def test_a_label_between_two_rows_stands_alone() -> None:
    page = (
        text(40, 115, "group")
        + row(100, "1. first", "1", "2", "3", "6")
        + row(130, "2. last", "7", "8", "9", "0")
    )
    assert texts(drawn(page))[1] == ["group"]


def test_fifteen_figures_alone_are_a_row() -> None:
    figures = [str(number) for number in range(15)]
    page = "".join(text(60 + 30 * place, 100, figure) for place, figure in enumerate(figures))
    assert texts(drawn(page)) == [figures]


def test_a_header_names_the_columns_it_stands_over() -> None:
    page = text(300, 60, "group of two columns") + text(240, 80, "alpha") + text(295, 80, "beta")
    page += text(345, 80, "gamma") + text(395, 80, "total") + row(100, "1. first", "1", "2", "3", "6")
    rows = rows_of(drawn(page + row(120, "2. last", "7", "8", "9", "0")))
    assert [[(c.text, c.column, c.colspan) for c in row.cells] for row in rows[:2]] == [
        [("group of two columns", 4, 2)],
        [("alpha", 3, 1), ("beta", 4, 1), ("gamma", 5, 1), ("total", 6, 1)],
    ]


def test_a_column_that_only_its_header_shows_is_blank() -> None:
    page = "".join(
        text(x - 8, 80, word) for x, word in zip(COLUMNS, ("one", "two", "three", "four"), strict=True)
    )
    page += row(100, "1. first", "1", "", "3", "6") + row(120, "2. last", "7", "", "9", "0")
    assert texts(drawn(page))[1:] == [["1. first", "1", "", "3", "6"], ["2. last", "7", "", "9", "0"]]


def test_a_row_of_one_figure_under_a_header_is_a_table() -> None:
    page = text(80, 80, "what") + text(240, 80, "how many") + row(100, "permits", "550")
    assert texts(drawn(page)) == [["what", "how many"], ["permits", "550"]]


def test_a_figure_at_the_end_of_a_sentence_is_none() -> None:
    page = (
        text(80, 80, "It is said that the number of permits")
        + text(80, 100, "granted this year was")
        + text(300, 100, "550")
    )
    assert texts(drawn(page)) == []


def test_a_figure_alone_on_a_line_is_no_table() -> None:
    assert texts(drawn(text(80, 80, "what") + text(240, 80, "how many") + text(245, 100, "550"))) == []


def test_headings_and_sentences_stay_outside() -> None:
    page = (
        text(80, 60, "A sentence ends here;")
        + text(80, 80, "2. heading")
        + row(100, "3. first", "1", "2", "3", "6")
    )
    page += row(120, "4. last", "7", "8", "9", "0") + text(80, 160, "5. heading")
    assert lines(drawn(page.replace(";", ":"))) == ["A sentence ends here:", "2. heading", "5. heading"]


def test_two_tables_of_other_columns_are_two() -> None:
    page = row(100, "1. first", "1", "2", "3", "6") + row(120, "2. last", "7", "8", "9", "0")
    page += text(80, 160, "heading over the whole of the other table below")
    page += (
        text(80, 200, "9")
        + text(270, 200, "8")
        + text(325, 200, "7")
        + text(375, 200, "6")
        + text(430, 200, "5")
    )
    tables = [row.table for row in rows_of(drawn(page))]
    assert tables == [0, 0, 1, 1]


def test_a_table_goes_on_over_a_page_end() -> None:
    first = row(700, "1. first", "1", "2", "3", "6") + row(720, "2. second", "1", "2", "3", "6")
    second = row(100, "3. third", "1", "2", "3", "6") + row(120, "4. fourth", "1", "2", "3", "6")
    assert [row.table for row in rows_of(drawn(first, second))] == [0, 0, 0, 0]


def test_lines_between_rows_alone_make_the_same_table() -> None:
    rules = "".join(stroke(70, y, 450, y) for y in (86, 106, 126))
    sides = stroke(70, 86, 70, 126) + stroke(450, 86, 450, 126)
    page = row(100, "1. first", "1", "2", "3", "6") + row(120, "2. last", "7", "8", "9", "0")
    expected = [["1. first", "1", "2", "3", "6"], ["2. last", "7", "8", "9", "0"]]
    assert texts(drawn(rules + page)) == expected
    assert texts(drawn(rules + sides + page)) == expected


def test_columns_without_lines_between_rows_make_the_same_table() -> None:
    rules = "".join(stroke(x, 86, x, 146) for x in (70, 240, 290, 340, 390, 450))
    rules += stroke(70, 86, 450, 86) + stroke(70, 146, 450, 146)
    figures = [
        ["1. first", "1", "2", "3", "6"],
        ["2. second", "7", "8", "9", "0"],
        ["3. last", "0", "0", "1", "1"],
    ]
    page = "".join(row(100 + 20 * place, *cells) for place, cells in enumerate(figures))
    assert texts(drawn(rules + page)) == figures


def test_numbers_with_signs_decimals_and_units_are_figures() -> None:
    figures = ("+10", "−18", "1082.36万元", "/")
    cells = "".join(f"[第{n}行], " + ", ".join(f"[{figure}]" for figure in figures) + ", " for n in (1, 2))
    data = typeset(f"#table(stroke: none, columns: (100pt, 50pt, 50pt, 100pt, 40pt), {cells})")
    assert texts(data) == [["第1行", *figures], ["第2行", *figures]]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 99999).map(str), min_size=7, max_size=7), min_size=2, max_size=20),
    st.integers(14, 30),
    st.sampled_from(["left", "right"]),
)
def test_any_seven_columns_keep_every_number_in_order(  # type: ignore[no-untyped-def]
    figures, pitch, side
) -> None:
    page = ""
    for place, cells in enumerate(figures):
        page += text(60, 100 + pitch * place, f"{place + 1}. item")
        for column, figure in enumerate(cells):
            indent = 0 if side == "left" else 30 - 5.56 * len(figure)
            page += text(180 + 45 * column + indent, 100 + pitch * place, figure)
    assert texts(drawn(page)) == [[f"{place + 1}. item", *cells] for place, cells in enumerate(figures)]


def item(y: float, label: str, *cells: str, x: float = 200, step: float = 60) -> str:
    """A typst row: a label and cells centred in columns, their lines parted by ``|`` and centred too."""
    placed = f"#place(dx: 0pt, dy: {y}pt)[#{label!r}]\n".replace("'", '"')
    for number, cell in enumerate(cells):
        lines_of_cell = cell.split("|")
        for line, words in enumerate(lines_of_cell):
            middle = y + 15 * (line - (len(lines_of_cell) - 1) / 2)
            left = x + step * number - 100
            placed += (
                f'#place(dx: {left}pt, dy: {middle}pt)[#box(width: 200pt)[#align(center)[#"{words}"]]]\n'
            )
    return placed


def test_notes_over_several_lines_stay_with_their_figures() -> None:
    page = item(100, "1.本项", "1", "2", "3") + item(
        160, "2.次项", "0（其中|修订16|件）", "5", "0(含上|年结转)"
    )
    page += item(220, "3.末项", "7", "8", "9")
    assert texts(typeset(page)) == [
        ["1.本项", "1", "2", "3"],
        ["2.次项", "0（其中\n修订16\n件）", "5", "0(含上\n年结转)"],
        ["3.末项", "7", "8", "9"],
    ]


def test_notes_may_start_above_the_first_row_and_end_below_the_last() -> None:
    page = item(100, "1.首项", "1（其|中电|子）", "2", "3", "4") + item(
        160, "2.末项", "5", "6", "7（其|中电|子）", "8"
    )
    assert texts(typeset(page)) == [
        ["1.首项", "1（其\n中电\n子）", "2", "3", "4"],
        ["2.末项", "5", "6", "7（其\n中电\n子）", "8"],
    ]


def test_marks_of_notes_are_part_of_figures() -> None:
    page = item(100, "1.本项", "0¹", "2[1]", "3（注1）") + item(130, "2.次项", "1", "5", "6")
    assert texts(typeset(page))[0] == ["1.本项", "0¹", "2[1]", "3（注1）"]


def test_a_page_number_between_rows_is_no_row() -> None:
    page = (
        item(100, "1.本项", "1", "2", "3")
        + '#place(dx: 190pt, dy: 130pt)[#"- 3 -"]'
        + item(160, "2.次项", "1", "5", "6")
    )
    assert len(texts(typeset(page))) == 2


def test_figures_close_behind_their_labels_are_still_a_column() -> None:
    page = "".join(
        text(80, y, label) + text(80 + width, y, first) + text(200, y, "5") + text(260, y, "6")
        for y, label, width, first in ((100, "one", 20, "77"), (120, "two", 20, "88"), (140, "six", 20, "99"))
    )
    assert texts(drawn(page)) == [["one", "77", "5", "6"], ["two", "88", "5", "6"], ["six", "99", "5", "6"]]


def test_a_row_without_figures_below_the_last_belongs_to_the_table() -> None:
    page = row(100, "1. first", "1", "2", "3", "6") + row(120, "2. second", "7", "8", "9", "0")
    page += text(80, 140, "3. last")
    assert texts(drawn(page))[2] == ["3. last"]


def test_a_table_that_goes_on_keeps_the_columns_of_the_page_before() -> None:
    first = row(700, "1. first", "1", "2", "3", "6") + row(720, "2. second", "1", "2", "3", "6")
    second = row(100, "3. third", "1", "", "", "6") + row(120, "4. fourth", "1", "", "", "6")
    assert texts(drawn(first, second))[2:] == [
        ["3. third", "1", "", "", "6"],
        ["4. fourth", "1", "", "", "6"],
    ]


def test_a_table_of_other_columns_does_not_go_on() -> None:
    first = row(700, "1. first", "1", "2", "3", "6") + row(720, "2. second", "1", "2", "3", "6")
    second = text(80, 100, "3. third") + text(275, 100, "8") + text(325, 100, "9")
    second += text(80, 120, "4. fourth") + text(275, 120, "8") + text(325, 120, "9")
    assert [(cells.table, len(cells.cells)) for cells in rows_of(drawn(first, second))] == [(0, 5)] * 2 + [
        (1, 3)
    ] * 2


def test_a_head_over_several_lines_is_one_and_a_title_above_it_another() -> None:
    page = item(45, "", "", "第二十条") + item(85, "内容", "", "本年制|发件数", "总计", "合计")
    page += item(120, "规章", "", "1", "2", "3") + item(140, "文件", "", "4", "5", "6")
    assert texts(typeset(page.replace('#place(dx: 0pt, dy: 45pt)[#""]', "")))[:2] == [
        ["第二十条"],
        ["内容", "本年制\n发件数", "总计", "合计"],
    ]


def test_more_labels_than_columns_for_them_share_the_last() -> None:
    page = text(20, 100, "a") + text(35, 100, "b") + text(50, 100, "c") + row(100, "d", "1", "2", "3", "6")
    assert texts(drawn(page + row(120, "e", "1", "2", "3", "6")))[0] == ["a", "b", "c d", "1", "2", "3", "6"]


def test_a_row_of_figures_with_notes_alone_is_a_row() -> None:
    page = item(100, "1.本项", "1", "2", "3") + item(
        130, "2.次项", "0（见附件）", "5（见附件）", "6（见附件）"
    )
    page += item(160, "3.末项", "7", "8", "9")
    assert texts(typeset(page))[1] == ["2.次项", "0（见附件）", "5（见附件）", "6（见附件）"]


def test_a_number_that_belongs_to_no_row_is_kept() -> None:
    page = row(100, "1. first", "1", "2", "3", "6") + row(120, "2. second", "10", "20", "30", "60")
    assert ["", "", "5", "", ""] in texts(drawn(page + text(300, 132, "5")))


def test_figures_drawn_over_each_other_are_no_row() -> None:
    page = text(300, 100, "12") + text(305, 102, "345") + text(350, 100, "6")
    assert texts(drawn(page)) == []


def test_a_page_of_numbers_without_end_is_given_line_by_line() -> None:
    page = "".join(
        text(60 + column, 20 + 1.4 * row, "5", size=1.2) for row in range(550) for column in (0, 50)
    )
    assert texts(drawn(page)) == []
