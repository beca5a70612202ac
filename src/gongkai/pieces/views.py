"""Every piece with its states on one page, for those who build pages and for the tests."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.agencies.policies import Refusal
from gongkai.law.report.filled import Doubt, FilledReport, FilledTable, Value, blank_table
from gongkai.law.report.findings import Finding
from gongkai.law.report.formats import load_format
from gongkai.pieces.charts import Chart, Series
from gongkai.pieces.sheets import draw, marks, questions

_TOTAL = "table4.reconsideration.total"
_CHANGE = "table2.permit.change"
_WANTED = "“二”不能填在这里：这一格填整数，增加写+、减少写-，没有变化填0。"


def _example() -> FilledReport:
    """Table 4 with a broken total, a blank, a doubt and a note."""
    blank = blank_table("table4", load_format("fy2021"))
    cells: dict[str, Value] = dict.fromkeys(blank.cells, 0)
    cells |= {"table4.reconsideration.upheld": 3, _TOTAL: 2}
    cells |= {"table4.direct_suit.pending": None, "table4.direct_suit.total": None}
    table = FilledTable("fy2021", cells, notes={"table4.reconsideration.upheld": "其中示例1件"})
    report = FilledReport(agency="示例单位", year=2021, tables={"table4": table})
    doubt = Doubt(("table4.direct_suit.pending",), "这一格有两种读法，请对照原件。")
    return replace(report, doubts=(doubt,))


def _blank() -> FilledReport:
    """Table 2 of the older form, nothing in it."""
    return FilledReport(tables={"table2": blank_table("table2", load_format("fy2019"))})


def _charts() -> list[Chart]:
    """Each kind, and one without figures."""
    months = ("1月", "2月", "3月", "4月")
    flow = (Series("办结", (3, 5, 2, None)), Series("月末在办", (4, 6, 9, None)))
    steps = tuple(Series(f"第{step}步", (step, 2, 1.5)) for step in range(1, 12))
    return [
        Chart(
            "columns", "columns", "逐月收到", "柱形。", months, (Series("收到", (3, 0, 12, 7)),), axis="月份"
        ),
        Chart("line", "line", "办结和在办", "折线，4月还没有到。", months, flow, axis="月份"),
        Chart("bars", "bars", "日子花在哪一步", "分段的横条。", ("全部", "甲科", "乙科"), steps, unit="日"),
        Chart("blank", "columns", "没有数字", "还没有申请。", months, (Series("收到", (0, 0, 0, 0)),)),
    ]


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    findings = (
        Finding(
            "T4-01", "error", (_TOTAL,), "《年度报告格式》表四", 3, 2, "行政复议总计写2，各项相加是3，相差1。"
        ),
        Finding(
            "T3-04", "warning", ("table4.direct_suit.total",), "", None, None, "这一格空着，没有发生请填0。"
        ),
        Finding("X-00", "note", (), "", None, None, "一条不指向单元格的说明。"),
    )
    found, report = marks(findings), _example()
    context = {
        "marks": found,
        "sheets": draw(report, found),
        "inputs": draw(_blank(), typed={_CHANGE: "二"}, errors={_CHANGE: _WANTED}, for_input=True),
        "error": (_CHANGE, _WANTED),
        "doubts": questions(report),
        "charts": _charts(),
        "refusal": Refusal("还有1处错误没有改正，不能签发。", "《年度报告格式》"),
    }
    return render(request, "pieces/gallery.html", context)
