"""Everybody the tests need."""

import pytest

from tests.agencies.cast import cast, quick_settings  # noqa: F401
from tests.publishing.office import Publisher, publisher


@pytest.fixture
def office(cast) -> Publisher:  # noqa: F811
    return publisher(cast)
