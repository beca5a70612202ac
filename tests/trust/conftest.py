"""Everybody the tests need, and an office that all tests of a module look at."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from tests.agencies.cast import quick_settings  # noqa: F401
from tests.trust.world import Office, furnished

KEYS = (b"only for tests, 32 bytes of it..",)
PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker) -> Iterator[Office]:
    """Built once; each test takes back what it changes, for it runs in a transaction of its own."""
    from django.conf import settings

    changed = {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "IDENTITY_KEYS": KEYS,
        "STORAGES": {**settings.STORAGES, "staticfiles": PLAIN},
        "MIDDLEWARE": [name for name in settings.MIDDLEWARE if "whitenoise" not in name],
    }
    with override_settings(**changed), django_db_blocker.unblock(), transaction.atomic():
        yield furnished()
        transaction.set_rollback(True)
