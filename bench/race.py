"""Contenders over the same inputs, turn by turn, so that a busy moment falls on all of them."""

import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

ROUNDS = 5


@dataclass(slots=True)
class Contender:
    """A way to do the work, and the processor seconds one input took in each round."""

    name: str
    run: Callable[[Any], object]
    cpu: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """Processor seconds an input, the median of the rounds."""
        return median(self.cpu)


def race(contenders: Sequence[Contender], inputs: Sequence[Any]) -> None:
    """Every contender over the inputs, in ``ROUNDS`` rounds after a warm-up on the first of them.

    Each round has inputs of its own: nothing can be remembered from the round before. Processor time
    counts that of child processes too.
    """
    if len(inputs) <= ROUNDS:
        raise ValueError(f"only {len(inputs)} inputs on which all contenders agree")
    first, rest = inputs[0], inputs[1:]
    for contender in contenders:
        contender.run(first)
    for number in range(ROUNDS):
        batch = rest[number::ROUNDS]
        for contender in contenders:
            started = _cpu()
            for one in batch:
                contender.run(one)
            contender.cpu.append((_cpu() - started) / len(batch))


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
