"""Personal data at rest: encrypted under a key that is not in the database."""

from gongkai.sealing.cipher import KeyMissing, SealBroken, blind_index, seal, unseal
from gongkai.sealing.fields import SealedBytes, SealedJSON, SealedText

__all__ = [
    "KeyMissing",
    "SealBroken",
    "SealedBytes",
    "SealedJSON",
    "SealedText",
    "blind_index",
    "seal",
    "unseal",
]
