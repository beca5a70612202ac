"""Model fields that are sealed on their way into the database and opened on their way out."""

import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from gongkai.sealing.cipher import seal, unseal


class SealedBytes(models.BinaryField):  # type: ignore[type-arg]
    """Bytes. Cannot be searched or sorted by the database."""

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        sealed = None if value is None else seal(self.to_bytes(value))
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        return None if value is None else self.from_bytes(unseal(bytes(value)))

    def _check_str_default_value(self) -> list[Any]:
        # The default is the opened value, not what lies in the column.
        return []

    def to_bytes(self, value: Any) -> bytes:
        return bytes(value)

    def from_bytes(self, data: bytes) -> Any:
        return data

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError("a sealed value is not written out")


class SealedText(SealedBytes):
    """A text."""

    def to_bytes(self, value: Any) -> bytes:
        return str(value).encode()

    def from_bytes(self, data: bytes) -> Any:
        return data.decode()

    def get_default(self) -> Any:
        return models.Field.get_default(self)


class SealedJSON(SealedBytes):
    """Anything JSON can say."""

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()

    def from_bytes(self, data: bytes) -> Any:
        return json.loads(data)

    def get_default(self) -> Any:
        return models.Field.get_default(self)
