"""Property tests of the law floor: enough examples to trust, few enough to stay quick."""

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis.strategies import SearchStrategy

Test = Callable[..., None]


def for_all(*strategies: SearchStrategy[Any]) -> Callable[[Test], Test]:
    def decorate(test: Test) -> Test:
        return settings(max_examples=60, deadline=None)(given(*strategies)(test))

    return decorate
