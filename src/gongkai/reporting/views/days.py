"""The tables as they stand on any day, from the registers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.agencies.models import Agency
from gongkai.agencies.queries import agencies_of
from gongkai.pieces.sheets import draw
from gongkai.reporting.compiling import counted_report
from gongkai.reporting.forms import parse_day
from gongkai.reporting.registers import count_on
from gongkai.reporting.views.report import person


@require_GET
def count(request: HttpRequest, slug: str) -> HttpResponse:
    """The count of the year of a day, from 1 January to that day (default: today)."""
    agency = get_object_or_404(agencies_of(person(request)), slug=slug)
    today = timezone.localdate()
    typed = request.GET.get("on", "")
    day = parse_day(typed) if typed else today
    if day is None or day > today:
        error = f"“{typed}”不是可以统计的日期：写今天或者以前的一天，例如2025年6月30日。"
        return _page(request, agency, {"typed": typed, "error": error})
    found = count_on(agency, day)
    sheets = draw(counted_report(agency.name, found.year, found.figures)) if found else ()
    return _page(request, agency, {"typed": typed, "day": day, "found": found, "sheets": sheets})


def _page(request: HttpRequest, agency: Agency, said: dict[str, object]) -> HttpResponse:
    context = {"section": "reports", "agency": agency, **said}
    return render(request, "reporting/count.html", context, status=422 if "error" in said else 200)
