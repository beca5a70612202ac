"""Telling search anew of every published report."""

from datetime import datetime

from gongkai.reporting.indexing import follow
from gongkai.reporting.queries import published


def put_all(at: datetime) -> int:
    """Put in every published report. Returns how many."""
    count = 0
    for report in published().iterator(chunk_size=200):
        follow(report, at)
        count += 1
    return count
