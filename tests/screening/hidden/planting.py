"""The register of planters: each class of hidden data, and who plants it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Planted:
    """A file in which something is hidden, and the words a reader sees all the same."""

    name: str
    data: bytes
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Planter:
    code: str
    make: Callable[[Random], Planted]
    is_cleanable: bool


PLANTERS: list[Planter] = []


def plant(
    code: str, cleanable: bool = True
) -> Callable[[Callable[[Random], Planted]], Callable[[Random], Planted]]:
    def register(make: Callable[[Random], Planted]) -> Callable[[Random], Planted]:
        PLANTERS.append(Planter(code, make, cleanable))
        return make

    return register
