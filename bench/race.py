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
    """``units``: what one input counts for (pages of a PDF); documents where not given."""

    name: str
    run: Callable[[Any], object]
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    @property
    def cpu_seconds(self) -> float:
        return median(self.cpu)

    @property
    def wall_seconds(self) -> float:
        return median(self.wall)


def race(contenders: Sequence[Contender], inputs: Sequence[Any], rounds: int = ROUNDS) -> None:
    """Run every contender over all inputs ``rounds`` times, after one warm-up on the first input.

    Processor time counts that of child processes too.
    """
    if not inputs:
        raise ValueError("no input on which all contenders agree")
    for contender in contenders:
        contender.run(inputs[0])
    for _ in range(rounds):
        for contender in contenders:
            cpu, wall = _cpu(), time.perf_counter()
            for one in inputs:
                contender.run(one)
            contender.cpu.append(_cpu() - cpu)
            contender.wall.append(time.perf_counter() - wall)


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
