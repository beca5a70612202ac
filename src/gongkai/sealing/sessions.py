"""Sessions lie in the database encrypted: what was searched for, what stands in a draft or in a message
that is still to be shown may name people.

The key is derived from ``SECRET_KEY``, which is no more in the database than the key of personal data;
where it changes everybody signs in anew.
"""

import base64
import hashlib
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as StoreInDatabase

_NONCE = 12


def _cipher() -> AESGCM:
    return AESGCM(hashlib.sha256(f"gongkai sessions {settings.SECRET_KEY}".encode()).digest())


class SessionStore(StoreInDatabase):
    """Django's sessions in the database, sealed as a whole."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        nonce = secrets.token_bytes(_NONCE)
        sealed = _cipher().encrypt(nonce, self.serializer().dumps(session_dict), None)
        return base64.b64encode(nonce + sealed).decode("ascii")

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What was sealed; nothing where it was changed or sealed under another key."""
        try:
            sealed = base64.b64decode(session_data, validate=True)
            opened = _cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
        except (InvalidTag, ValueError):
            return {}
        found: dict[str, Any] = self.serializer().loads(opened)
        return found
