"""Keeping machines out of the forms without asking people riddles, and without keeping who they are.

A browser with scripts solves a small proof of work (ALTCHA, made and checked here). Without scripts an
application is taken too, but only ``MOST_WITHOUT_PROOF`` a day from one address. The counters lie in
the memory of the process under a keyed digest of the address; no address reaches database or log.
"""

import base64
import hashlib
import ipaddress
import json
from datetime import datetime, timedelta
from typing import Any

from altcha.v1 import ChallengeOptions, create_challenge, verify_solution
from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest

MOST_WITHOUT_PROOF = 3
MOST_WITH_PROOF = 30
A_DAY = 24 * 60 * 60
MOST_WRONG_TRIES = 10
TRY_WINDOW = 15 * 60
STORE = LocMemCache("gate", {"OPTIONS": {"MAX_ENTRIES": 200_000}})
"""The counters, apart from any other cache: what is thrown out of a full one must not open the gate."""
_HARDEST = 60_000
_VALID = timedelta(hours=2)
_LONGEST = 2_000


def _key(purpose: str) -> bytes:
    return hashlib.sha256(f"gongkai {purpose} {settings.SECRET_KEY}".encode()).digest()


def challenge(at: datetime) -> dict[str, Any]:
    """A new task for a browser; good for two hours, once."""
    options = ChallengeOptions(max_number=_HARDEST, hmac_key=_key("proof of work").hex(), expires=at + _VALID)
    made = create_challenge(options)
    return {
        "algorithm": made.algorithm,
        "challenge": made.challenge,
        "maxnumber": made.max_number,
        "salt": made.salt,
        "signature": made.signature,
    }


def is_proven(payload: str) -> bool:
    """Whether a solution is right, in time and not used before. A right one is used up by this."""
    if not payload or len(payload) > _LONGEST:
        return False
    try:
        solution = json.loads(base64.b64decode(payload, validate=True))
        right, _ = verify_solution(solution, _key("proof of work").hex(), check_expires=True)
        seen = f"proof:{hashlib.sha256(str(solution['signature']).encode()).hexdigest()}"
    except (ValueError, TypeError, KeyError, AttributeError, UnicodeError, RecursionError):
        return False
    return bool(right) and STORE.add(seen, 1, int(_VALID.total_seconds()))


def caller(request: HttpRequest) -> str:
    """A digest of where a request comes from, good for counting and nothing else.

    Behind a trusted proxy (the one that also says whether the connection is encrypted) the address is
    the last one the proxy wrote. A network of IPv6 counts as one address.
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        address = forwarded.rpartition(",")[2].strip()
    return hashlib.blake2b(_network(address).encode(), key=_key("caller"), digest_size=16).hexdigest()


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def has_room(what: str, who: str, most: int) -> bool:
    """Whether fewer than ``most`` are counted."""
    return int(STORE.get(f"{what}:{who}", 0)) < most


def count(what: str, who: str, seconds: int) -> None:
    """One more; the counter is forgotten ``seconds`` after the first."""
    key = f"{what}:{who}"
    if not STORE.add(key, 1, seconds):
        try:
            STORE.incr(key)
        except ValueError:  # forgotten between the two calls
            STORE.add(key, 1, seconds)
