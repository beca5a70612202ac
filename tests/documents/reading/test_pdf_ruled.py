"""Ruled tables in PDF files, however their lines are drawn."""

from itertools import pairwise

import pytest
from documents.reading.pdfs import bar, drawn, grid, lines, rows_of, stroke, text, texts, typeset
from hypothesis import given, settings
from hypothesis import strategies as st

XS, YS = (100, 200, 260, 320), (100, 130, 160, 190)
FIGURES = [["a", "1", "20"], ["b", "", "300"], ["c", "4", "5"]]


def written(figures: list[list[str]] = FIGURES, xs: tuple[int, ...] = XS, ys: tuple[int, ...] = YS) -> str:
    """The texts of a table, each at the start of its cell."""
    cells = [
        (x, y, word) for y, row in zip(ys, figures, strict=False) for x, word in zip(xs, row, strict=False)
    ]
    return "".join(text(x + 8, y + 20, word) for x, y, word in cells)


def strokes() -> str:
    return "".join(stroke(*line) for line in grid(XS, YS))


def thin_bars() -> str:
    return "".join(bar(x1, y1, max(x2, x1 + 0.5), max(y2, y1 + 0.5)) for x1, y1, x2, y2 in grid(XS, YS))


def one_path() -> str:
    parts = [f"{x1} {842 - y1} m {x2} {842 - y2} l " for x1, y1, x2, y2 in grid(XS, YS)]
    return "0.5 w " + "".join(parts) + "S\n"


def cell_frames() -> str:
    boxes = [(x1, 842 - y2, x2 - x1, y2 - y1) for y1, y2 in pairwise(YS) for x1, x2 in pairwise(XS)]
    return "".join(f"{x} {y} {w} {h} re S\n" for x, y, w, h in boxes)


def cells_apart() -> str:
    boxes = [
        (x1 + 1, 842 - y2 + 1, x2 - x1 - 2, y2 - y1 - 2) for y1, y2 in pairwise(YS) for x1, x2 in pairwise(XS)
    ]
    return "".join(f"{x} {y} {w} {h} re S\n" for x, y, w, h in boxes)


def dashes() -> str:
    parts = ""
    for x1, y1, x2, y2 in grid(XS, YS):
        steps = int(max(x2 - x1, y2 - y1) // 3)
        for step in range(steps):
            x, y = x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps
            parts += bar(x, y, x + (1.5 if x2 > x1 else 0.5), y + (1.5 if y2 > y1 else 0.5))
    return parts


def double_lines() -> str:
    return "".join(stroke(*line) + stroke(*(place + 1.2 for place in line)) for line in grid(XS, YS))


def painted() -> str:
    black = bar(XS[0] - 1, YS[0] - 1, XS[-1] + 1, YS[-1] + 1)
    boxes = [
        bar(x1 + 0.5, y1 + 0.5, x2 - 0.5, y2 - 0.5) for y1, y2 in pairwise(YS) for x1, x2 in pairwise(XS)
    ]
    return f"0 g {black} 1 g {''.join(boxes)} 0 g\n"


def without_sides() -> str:
    across = [stroke(XS[0], y, XS[-1], y) for y in YS]
    return "".join(across) + "".join(stroke(x, YS[0], x, YS[-1]) for x in XS[1:-1])


def without_top_and_bottom() -> str:
    down = [stroke(x, YS[0], x, YS[-1]) for x in XS]
    return "".join(down) + "".join(stroke(XS[0], y, XS[-1], y) for y in YS[1:-1])


def with_curves() -> str:
    return strokes() + "100 700 m 150 750 200 650 260 700 c 300 720 l h S\n"


DRAWINGS = [
    strokes,
    thin_bars,
    one_path,
    cell_frames,
    cells_apart,
    dashes,
    double_lines,
    painted,
    without_sides,
    without_top_and_bottom,
    with_curves,
]


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.__name__)
def test_cells_are_read_however_the_lines_are_drawn(drawing) -> None:  # type: ignore[no-untyped-def]
    assert texts(drawn(drawing() + written())) == FIGURES


def test_lines_inside_forms_count_where_the_forms_are_placed() -> None:
    moved = "q 1 0 0 1 -50 100 cm /X Do Q\n"
    assert texts(drawn(moved + written(), extra={"X": strokes().encode()})) == FIGURES


def test_forms_within_themselves_end() -> None:
    assert texts(drawn("/X Do\n" + strokes() + written(), extra={"X": b"/X Do"})) == FIGURES


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_reads_as_the_text_stands(rotate: int) -> None:
    assert texts(drawn(strokes() + written(), rotate=rotate)) == FIGURES


@pytest.mark.parametrize(
    "turn", ["0 1 -1 0 900 0", "0 -1 1 0 -200 800", "-1 0 0 -1 595 842"], ids=["left", "right", "over"]
)
def test_a_table_laid_on_its_side_reads_as_its_text_stands(turn: str) -> None:
    page = f"q {turn} cm {strokes()}{written()} Q"
    assert texts(drawn(page)) == FIGURES


def test_merged_cells_have_their_spans() -> None:
    data = typeset(
        """#table(columns: (90pt, 90pt, 90pt),
        table.cell(rowspan: 2)[结果], table.cell(colspan: 2)[行政复议], [维持], [纠正], [件数], [3], [4])"""
    )
    cells = [[(c.text, c.column, c.colspan, c.rowspan) for c in row.cells] for row in rows_of(data)]
    assert cells == [
        [("结果", 0, 1, 2), ("行政复议", 1, 2, 1)],
        [("维持", 1, 1, 1), ("纠正", 2, 1, 1)],
        [("件数", 0, 1, 1), ("3", 1, 1, 1), ("4", 2, 1, 1)],
    ]


def test_a_table_goes_on_over_a_page_end_and_its_page_number() -> None:
    rows = ", ".join(f"[第{n}行], [{n}]" for n in range(60))
    data = typeset(f'#set page(numbering: "— 1 —")\n#table(columns: (200pt, 100pt), {rows})')
    assert texts(data) == [[f"第{n}行", str(n)] for n in range(60)]
    assert {row.table for row in rows_of(data)} == {0}


def test_halves_of_a_table_share_the_columns_of_both() -> None:
    first = "".join(stroke(*line) for line in grid((100, 200, 320), (700, 730, 760)))
    first += written([["a", "9"], ["b", "8"]], (100, 200), (700, 730))
    second = strokes() + written()
    rows = rows_of(drawn(first, second))
    assert [[(c.text, c.column, c.colspan) for c in row.cells] for row in rows[1:3]] == [
        [("b", 0, 1), ("8", 1, 2)],
        [("a", 0, 1), ("1", 1, 1), ("20", 2, 1)],
    ]


def test_a_table_of_another_width_is_another_table() -> None:
    second = "".join(stroke(*line) for line in grid((100, 200, 400), (100, 130, 160)))
    rows = rows_of(
        drawn(strokes() + written(), second + written([["d", "6"], ["e", "7"]], (100, 200), (100, 130)))
    )
    assert [row.table for row in rows] == [0, 0, 0, 1, 1]


def test_a_table_that_only_a_frame_or_another_table_surrounds_is_read_alone() -> None:
    frame = "".join(stroke(*line) for line in grid((80, 340), (80, 210)))
    layout = "".join(stroke(*line) for line in grid((60, 360), (60, 230, 300)))
    assert texts(drawn(frame + layout + strokes() + written())) == FIGURES


def test_a_frame_around_text_is_no_table() -> None:
    frame = "".join(stroke(*line) for line in grid((80, 340), (80, 210)))
    assert lines(drawn(frame + text(100, 120, "a notice of 12 words"))) == ["a notice of 12 words"]


def test_an_empty_strip_at_the_page_end_is_no_row() -> None:
    sides = stroke(100, 190, 100, 240) + stroke(320, 190, 320, 240)
    assert texts(drawn(strokes() + sides + written())) == FIGURES


def test_the_side_of_a_cell_that_ends_on_other_pages_is_kept() -> None:
    side = stroke(60, 90, 60, 200)
    cells = [[(c.text, c.column) for c in row.cells] for row in rows_of(drawn(side + strokes() + written()))]
    assert cells[1] == [("b", 1), ("", 2), ("300", 3)]


def test_a_number_wider_than_its_column_stays_whole() -> None:
    data = drawn(strokes() + written([["a", "", "5"]]) + text(208, 120, "1234567890123"))
    assert texts(data)[0] == ["a", "1234567890123", "5"]


def test_two_numbers_that_nearly_touch_at_a_line_are_two() -> None:
    data = drawn(strokes() + text(237, 120, "1234") + text(260.4, 120, "5678"))
    assert texts(data)[0] == ["", "1234", "5678"]


def test_words_that_touch_at_a_line_go_to_their_cells() -> None:
    data = typeset("#table(columns: (24pt, 24pt), inset: 0pt, [维持], [纠正], [1], [2])")
    assert texts(data) == [["维持", "纠正"], ["1", "2"]]


def test_a_number_broken_in_a_narrow_column_is_one() -> None:
    data = drawn(strokes() + text(202, 115, "1234567890") + text(202, 127, "12"))
    assert texts(data)[0][1] == "123456789012"


def test_two_numbers_in_two_lines_stay_two_lines() -> None:
    data = drawn(strokes() + text(208, 115, "12") + text(208, 127, "34"))
    assert texts(data)[0][1] == "12\n34"


def test_a_missing_line_between_columns_is_found_by_its_figures() -> None:
    xs = (100, 200, 320)
    page = "".join(stroke(*line) for line in grid(xs, YS)) + stroke(260, 130, 260, 160)
    assert texts(drawn(page + written([["a", "1", "20"], ["b", "", "300"], ["c", "4", "5"]]))) == FIGURES


def test_a_side_missing_from_cells_that_stand_apart_is_found() -> None:
    data = drawn(
        cells_apart_without_right_sides() + written([["a", "x", "20"], ["b", "y", "3"], ["c", "4", "5"]])
    )
    assert texts(data) == [["a", "x", "20"], ["b", "y", "3"], ["c", "4", "5"]]


def cells_apart_without_right_sides() -> str:
    page = "".join(stroke(*line) for line in grid((XS[0], XS[-1]), (YS[0], YS[-1])))
    for y1, y2 in pairwise(YS):
        for x1, x2 in pairwise(XS):
            page += stroke(x1 + 1, y1 + 1, x2 - 1, y1 + 1) + stroke(x1 + 1, y2 - 1, x2 - 1, y2 - 1)
    return page


def test_upright_words_in_a_column_are_one_word() -> None:
    data = typeset("#table(columns: (30pt, 60pt), [三 \\ 、 \\ 本 \\ 年], [1])")
    assert texts(data) == [["三、本年", "1"]]


def test_wrapped_words_keep_their_lines() -> None:
    data = typeset("#table(columns: (50pt, 60pt), [结果 \\ 维持], [1])")
    assert texts(data) == [["结果\n维持", "1"]]


def test_a_drawing_of_thousands_of_lines_is_no_table() -> None:
    maze = "".join(stroke(x, 300, x, 500) for x in range(50, 550, 5))
    maze += "".join(stroke(50, 300 + y / 8, 550, 300 + y / 8) for y in range(0, 1600))
    maze += "".join(stroke(x * 2, 520 + (x % 900) * 1.7, x * 2, 528 + (x % 900) * 1.7) for x in range(1800))
    assert texts(drawn(maze + text(100, 200, "plain words"))) == []


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.one_of(st.just(""), st.integers(0, 99999).map(str)), min_size=5, max_size=5),
        min_size=3,
        max_size=12,
    ),
    st.lists(st.integers(32, 90), min_size=5, max_size=5),
    st.sampled_from([stroke, bar]),
)
def test_any_grid_of_figures_is_read_cell_by_cell(figures, widths, pen) -> None:  # type: ignore[no-untyped-def]
    xs = tuple(100 + sum(widths[:place]) for place in range(6))
    ys = tuple(100 + 24 * place for place in range(len(figures) + 1))
    rules = "".join(
        pen(x1, y1, x2 + 0.4, y2 + 0.4) if pen is bar else pen(x1, y1, x2, y2)
        for x1, y1, x2, y2 in grid(xs, ys)
    )
    words = "".join(
        text(xs[c] + 2, ys[r] + 16, word)
        for r, row in enumerate(figures)
        for c, word in enumerate(row)
        if word
    )
    assert texts(drawn(rules + words + text(100, 50, "A table"))) == (figures if words else [])
