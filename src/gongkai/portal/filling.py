"""Telling search anew of everything that is public."""

from datetime import datetime

from gongkai.publishing.actions import finding as items
from gongkai.publishing.queries.items import public
from gongkai.reporting.actions import finding as reports
from gongkai.reporting.queries import published
from gongkai.search.models import Entry


def fill_search(at: datetime) -> int:
    """Put in every publication on the website and every published report. Returns how many."""
    return items.put_all(at) + reports.put_all(at)


def lacks_everything() -> bool:
    """Whether something is public and nothing can be found: an office that just began to have search."""
    return not Entry.objects.exists() and (public().exists() or published().exists())
