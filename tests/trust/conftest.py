"""Everybody the tests need."""

from tests.agencies.cast import cast, quick_settings  # noqa: F401
