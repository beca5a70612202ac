"""Everybody the tests need."""

import pytest

from gongkai.portal import gate
from tests.agencies.cast import cast, quick_settings  # noqa: F401


@pytest.fixture(autouse=True)
def nobody_was_here_before() -> None:
    """Counters of one test do not weigh on the next."""
    gate.STORE.clear()
