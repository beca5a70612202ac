"""Telling search anew of everything that is public."""

from datetime import datetime

from gongkai.publishing.indexing import document_of
from gongkai.publishing.queries.items import public
from gongkai.search.actions import put


def put_all(at: datetime) -> int:
    """Put in every publication on the website. Returns how many."""
    count = 0
    for publication in public().iterator(chunk_size=200):
        put(document=document_of(publication), at=at)
        count += 1
    return count
