"""A chart with its table, from ``{% chart … %}``."""

from typing import Any

from django import template

from gongkai.pieces.charts import WIDTH, Chart, rows_of

register = template.Library()


@register.inclusion_tag("pieces/chart.html")
def chart(drawn: Chart) -> dict[str, Any]:
    """Draw it; one without any figure says so instead."""
    return {"chart": drawn, "rows": rows_of(drawn), "width": WIDTH}
