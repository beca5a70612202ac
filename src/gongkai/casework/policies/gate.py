"""The gate before a signature: what the file must hold, each lack with its article."""

from datetime import date

from gongkai.agencies.policies import Refusal
from gongkai.casework.models import Letter


def obstacle(letter: Letter, on: date) -> Refusal | None:
    """The first thing that stands against signing a letter on a day."""
    return next(iter(obstacles(letter, on)), None)


def obstacles(letter: Letter, on: date) -> list[Refusal]:
    """Everything that stands against signing a letter on a day, all at once."""
    if not letter.case.is_open and letter.act:
        return [Refusal("案件已经办结，不能再签发影响办理的文书。")]
    return []
