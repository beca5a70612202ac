"""By when an item must be public, with the calendar of its agency."""

from datetime import date

from gongkai.agencies.models import Agency
from gongkai.casework.queries.calendars import calendar_of
from gongkai.law.catalog import publication_due
from gongkai.law.limits import Due, TimeLimits
from gongkai.publishing.models import CatalogNode

LIMITS = TimeLimits.load()
IN_FORCE_FROM = date(2019, 5, 15)


def due_of(agency: Agency, node: CatalogNode, changed_on: date) -> Due | None:
    """The last day for publishing what was formed or changed on a day (第二十六条); ``None`` before the
    Regulation of 2019 was in force."""
    if changed_on < IN_FORCE_FROM:
        return None
    override = (node.limit_days, node.limit_article) if node.limit_days is not None else None
    return publication_due(changed_on, LIMITS, calendar_of(agency), override)
