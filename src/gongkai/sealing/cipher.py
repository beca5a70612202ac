"""AES-256-GCM under the newest key; older keys still open what they sealed.

A sealed value is ``key id (4) + nonce (12) + ciphertext and tag``. The key id is the head of the
key's SHA-256, so that a key can be replaced without touching what lies in the database.
"""

import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_ID, _NONCE = 4, 12


class KeyMissing(RuntimeError):
    """No key is set up, or not the one that sealed this value."""


class SealBroken(RuntimeError):
    """The value was changed after it was sealed."""


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"gongkai key id" + key).digest()[:_ID]


@lru_cache(maxsize=8)
def _ring(keys: tuple[bytes, ...]) -> dict[bytes, AESGCM]:
    return {_key_id(key): AESGCM(key) for key in keys}


def _keys() -> tuple[bytes, ...]:
    """Keys of 32 bytes, the newest first. Raises ``KeyMissing``."""
    keys: tuple[bytes, ...] = tuple(settings.IDENTITY_KEYS)
    if not keys:
        raise KeyMissing(
            "没有找到身份信息密钥（数据文件夹里的 identity_key，或环境变量 GONGKAI_IDENTITY_KEY），"
            "不能读写申请人的身份信息；请恢复密钥文件后重试。"
        )
    return keys


def seal(value: bytes) -> bytes:
    """Encrypt. The same value sealed twice gives different bytes."""
    newest = _keys()[0]
    nonce = secrets.token_bytes(_NONCE)
    return _key_id(newest) + nonce + _ring(_keys())[_key_id(newest)].encrypt(nonce, value, None)


def unseal(sealed: bytes) -> bytes:
    """Decrypt. Raises ``KeyMissing`` for an unknown key, ``SealBroken`` for changed bytes."""
    cipher = _ring(_keys()).get(sealed[:_ID])
    if cipher is None:
        raise KeyMissing("封存身份信息所用的密钥不在本机，读不出；请恢复当时的密钥文件。")
    try:
        return cipher.decrypt(sealed[_ID : _ID + _NONCE], sealed[_ID + _NONCE :], None)
    except InvalidTag as error:
        raise SealBroken("封存的身份信息被改动过，读不出；请核对数据库备份。") from error


def blind_index(value: str) -> str:
    """A keyed digest (hex, 64 characters) to find equal values by, without telling what they are.

    Made with the oldest key, so that it stays the same when a newer key is added.
    """
    key = hashlib.sha256(b"gongkai blind index" + _keys()[-1]).digest()
    return hmac.new(key, value.encode(), hashlib.sha256).hexdigest()
