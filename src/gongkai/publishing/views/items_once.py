"""A page that was sent twice, by two clicks or by going back, does its work once.

The page carries a token of its own; what became of it is remembered for an hour.
"""

import secrets

from django.core.cache import cache

_LONGEST = 40
_AN_HOUR = 60 * 60
_UNDER_WAY = 0


def new_token() -> str:
    """For a page that is opened."""
    return secrets.token_urlsafe(16)


def take(token: str) -> bool:
    """Whether this is the first time; a page without a token is taken as it comes."""
    return not token or cache.add(_key(token), _UNDER_WAY, _AN_HOUR)


def give_back(token: str) -> None:
    """Nothing was done: the same page may be sent again."""
    cache.delete(_key(token))


def done(token: str, pk: int) -> None:
    """What was made of it."""
    if token:
        cache.set(_key(token), pk, _AN_HOUR)


def made_of(token: str) -> int | None:
    """The key of what was made the first time; ``None`` while that is under way."""
    return cache.get(_key(token)) or None


def _key(token: str) -> str:
    kept = "".join(each for each in token[:_LONGEST] if each.isalnum() or each in "-_")
    return f"publishing.once.{kept}"
