"""What an applicant has written so far: in the session, sealed, and gone once it is handed in."""

import base64
import json
from typing import Any

from django.http import HttpRequest

from gongkai.sealing import KeyMissing, SealBroken, seal, unseal

DRAFT = "application_draft"
RECEIPTS = "application_receipts"
FOLLOWED = "followed_case"


def keep(request: HttpRequest, place: str, value: Any) -> None:
    """Put something personal into the session; in the database it lies sealed."""
    sealed = seal(json.dumps(value, ensure_ascii=False).encode())
    request.session[place] = base64.b64encode(sealed).decode("ascii")


def recall(request: HttpRequest, place: str) -> Any:
    """What was kept, or ``None``."""
    kept = request.session.get(place)
    if not kept:
        return None
    try:
        return json.loads(unseal(base64.b64decode(kept)))
    except (KeyMissing, SealBroken, ValueError):
        forget(request, place)
        return None


def forget(request: HttpRequest, *places: str) -> None:
    """Remove what was kept."""
    for place in places:
        request.session.pop(place, None)
