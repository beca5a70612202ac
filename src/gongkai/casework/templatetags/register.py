"""A case in the words of a list."""

from django import template

from gongkai.agencies.models import Agency
from gongkai.casework.models import Application
from gongkai.casework.queries.lists import clock_label, result_label

register = template.Library()


@register.filter
def standing(case: Application) -> str:
    """Where the case stands."""
    return clock_label(case)


@register.filter
def result(case: Application) -> str:
    """How it ended."""
    return result_label(case)


@register.filter
def has_profile(agency: Agency) -> bool:
    """Whether letters know what to print of the agency."""
    return hasattr(agency, "profile")
