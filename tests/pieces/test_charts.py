"""Charts hold their figures: nothing sticks out, nothing is drawn for what is not known."""

import xml.etree.ElementTree as ET

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from gongkai.pieces.charts import WIDTH, Chart, Series, figure, nice

FIGURES = st.one_of(st.none(), st.integers(0, 10_000), st.floats(0, 500, allow_nan=False))


@st.composite
def charts(draw):
    labels = draw(st.lists(st.text(max_size=8), min_size=1, max_size=14))
    rows = st.lists(FIGURES, min_size=len(labels), max_size=len(labels)).map(tuple)
    series = draw(st.lists(st.builds(Series, st.text(max_size=6), rows), min_size=1, max_size=4))
    kind = draw(st.sampled_from(["columns", "bars", "line"]))
    return Chart("x", kind, "题", "说明。", tuple(labels), tuple(series))


@given(charts())
def test_everything_lies_inside_the_picture(chart):
    for box in chart.boxes:
        assert box.x >= 0 and box.x + box.width <= WIDTH + 0.2
        assert box.y >= 0 and box.y + box.height <= chart.height
    for trace in chart.traces:
        assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= chart.height for dot in trace.dots)


@given(charts())
def test_as_much_is_drawn_as_there_are_figures(chart):
    known = sum(value is not None for row in chart.series for value in row.values)
    if chart.kind == "line":
        assert sum(len(trace.dots) for trace in chart.traces) == known
    else:
        assert len(chart.boxes) == sum(bool(value) for row in chart.series for value in row.values)


@given(st.floats(0, 1e9, allow_nan=False))
def test_the_scale_holds_the_value_and_is_not_much_longer(value):
    assert value <= nice(value) <= max(1, 2.5 * value)


@pytest.mark.parametrize(("value", "text"), [(None, "—"), (3, "3"), (2.0, "2"), (2.5, "2.5")])
def test_a_figure_as_it_is_written(value, text):
    assert figure(value) == text


def test_a_gap_in_a_line_stays_a_gap():
    chart = Chart("x", "line", "题", "", ("a", "b", "c", "d"), (Series("s", (1, None, 2, 3)),))
    assert len(chart.traces[0].pieces) == 1 and len(chart.traces[0].dots) == 3


@pytest.mark.parametrize("series", [(Series("s", (1,)),), tuple(Series("s", (1, 2)) for _ in range(12))])
def test_a_chart_that_cannot_be_read_is_refused(series):
    with pytest.raises(ValueError, match=r"value|told apart"):
        Chart("x", "bars", "题", "", ("a", "b"), series)


def drawn(chart):
    return Template("{% load charts %}{% chart each %}").render(Context({"each": chart}))


@pytest.mark.parametrize("kind", ["columns", "bars", "line"])
def test_the_picture_has_a_name_a_description_and_its_table(kind):
    series = (Series("收到<", (3, 0)), Series("办结", (1, None)))
    page = drawn(Chart("flow", kind, "逐月", "说明。", ("1月", "2月"), series))
    picture = ET.fromstring(page[page.index('<svg viewBox="0 0 440') :].partition("</svg>")[0] + "</svg>")
    assert picture.attrib["aria-labelledby"] == "chart-flow-title chart-flow-desc"
    assert [child.tag for child in picture][:2] == ["title", "desc"]
    assert "<caption" in page and "收到&lt;" in page and "—" in page
    assert "style=" not in page


def test_a_chart_without_figures_says_so():
    page = drawn(Chart("x", "columns", "题", "", ("a",), (Series("s", (0,)),)))
    assert "没有可以画的数字" in page and "<svg" not in page
