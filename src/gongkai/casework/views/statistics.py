"""The figures of a year as charts and tables, and as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.agencies.queries import agencies_of
from gongkai.casework.actions.office import note_export
from gongkai.casework.exporting import as_csv, as_xlsx
from gongkai.casework.queries.statistics import MONTHS, Row, Statistics, years_of
from gongkai.casework.views.person import person
from gongkai.pieces.charts import Chart, Series
from gongkai.pieces.downloads import MEDIA_TYPES, attachment

_MEDIA = {"xlsx": MEDIA_TYPES["xlsx"], "csv": "text/csv; charset=utf-8"}


def _statistics(request: HttpRequest) -> Statistics | None:
    by, on = person(request), timezone.localdate()
    agencies = agencies_of(by)
    slug = request.GET.get("agency", "")
    agency = get_object_or_404(agencies, slug=slug) if slug else agencies.first()
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and len(text) == 4 else on.year
    return Statistics(by, agency, min(max(year, 2019), on.year), on) if agency else None


@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """One agency, one year."""
    found, by = _statistics(request), person(request)
    context = {
        "found": found,
        "charts": _charts(found) if found else [],
        "years": years_of(by, timezone.localdate()),
        "agencies": agencies_of(by),
        "section": "statistics",
    }
    return render(request, "casework/statistics.html", context)


def _charts(found: Statistics) -> list[Chart]:
    received, closed, left = found.by_month()
    months = tuple(f"{month}月" for month in MONTHS)
    bands, outcomes = found.bands(), found.outcomes()
    names, steps = found.steps_by_section()
    return [
        Chart(
            "received",
            "columns",
            "逐月收到",
            f"{found.year}年每月收到的申请。",
            months,
            (Series("收到", tuple(received)),),
            axis="月份",
        ),
        Chart(
            "flow",
            "line",
            "办结和在办",
            f"{found.year}年每月办结的件数，和月末还在办的件数。",
            months,
            (Series("办结", tuple(closed)), Series("月末在办", tuple(left))),
            axis="月份",
        ),
        Chart(
            "days",
            "columns",
            "办理用了多少个工作日",
            "从收到之日的次日算到答复之日；征求意见和等补正的日子也在内。",
            tuple(label for label, _ in bands),
            (Series("件数", tuple(count for _, count in bands)),),
            axis="工作日",
        ),
        Chart(
            "outcomes",
            "bars",
            "办理结果",
            f"{found.year}年办结的案件。",
            tuple(label for label, _ in outcomes),
            (Series("件数", tuple(count for _, count in outcomes)),),
            axis="结果",
        ),
        Chart(
            "steps",
            "bars",
            "日子花在哪一步",
            "每个办结的案件在各步平均用的工作日。",
            tuple(names),
            tuple(Series(step.label, tuple(values)) for step, values in steps.items()),
            unit="日",
            axis="科室",
        ),
        _of_rows("kinds", "申请人类别", found.kinds()),
        _of_rows("channels", "接收渠道", found.channels()),
    ]


def _of_rows(code: str, title: str, rows: list[Row]) -> Chart:
    return Chart(
        code,
        "bars",
        title,
        "本年收到的申请。",
        tuple(row.label for row in rows),
        (Series("收到", tuple(row.received for row in rows)),),
        axis=title,
    )


@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The same figures as a file."""
    found = _statistics(request)
    if found is None or kind not in _MEDIA:
        raise Http404
    sheets = found.sheets()
    rows = sum(len(sheet.rows) for sheet in sheets)
    note_export(what="统计数字", kind=kind, rows=rows, by=person(request), at=timezone.now())
    data = as_xlsx(sheets) if kind == "xlsx" else as_csv(sheets)
    return attachment(data, f"{found.agency.name}{found.year}年申请统计.{kind}", _MEDIA[kind])
