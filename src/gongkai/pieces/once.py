"""A form that was sent twice, by two clicks or by going back, does its work once.

The page carries a token of its own. What became of it lies in the memory of the process for an hour.
"""

import secrets

from django.core.cache.backends.locmem import LocMemCache

LONGEST_TOKEN = 40
_AN_HOUR = 60 * 60
_UNDER_WAY = 0
_STORE = LocMemCache("once", {"OPTIONS": {"MAX_ENTRIES": 20_000}})


def new_token() -> str:
    """For a page that is opened."""
    return secrets.token_urlsafe(16)


def take(token: str) -> bool:
    """Whether this is the first time; a page without a token is taken as it comes."""
    return not token or _STORE.add(token[:LONGEST_TOKEN], _UNDER_WAY, _AN_HOUR)


def give_back(token: str) -> None:
    """Nothing was done: the same page may be sent again."""
    _STORE.delete(token[:LONGEST_TOKEN])


def done(token: str, pk: int) -> None:
    """What was made of it."""
    if token:
        _STORE.set(token[:LONGEST_TOKEN], pk, _AN_HOUR)


def made_of(token: str) -> int | None:
    """The key of what was made the first time; ``None`` while that is under way."""
    return _STORE.get(token[:LONGEST_TOKEN]) or None
