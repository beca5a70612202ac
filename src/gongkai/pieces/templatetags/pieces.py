"""Dates and sizes as a clerk writes them."""

from datetime import date, datetime

from django import template
from django.utils import timezone

register = template.Library()
_WEEKDAYS = "一二三四五六日"


@register.filter
def day(value: date | str | None) -> str:
    """2026年3月1日（周日）; empty for no date (a template gives "" for what is not there)."""
    if not isinstance(value, date):
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return f"{value.year}年{value.month}月{value.day}日（周{_WEEKDAYS[value.weekday()]}）"


@register.filter
def moment(value: datetime) -> str:
    """2026年3月1日 09:05."""
    local = timezone.localtime(value)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


@register.filter
def paragraphs(text: str) -> list[str]:
    """The paragraphs of a section's prose, one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
