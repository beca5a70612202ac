"""What was found in a file, and where."""

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """``block``: the file must not go out like this. ``warn``: a person must look at it."""

    BLOCK = "block"
    WARN = "warn"

    @property
    def label(self) -> str:
        return {"block": "不得发布", "warn": "需要核对"}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    ``kind`` is a dotted code (``personal.id_number``); ``where`` names the place in Chinese, as a reader
    of the file would (``工作表“名单”B3``); ``excerpt`` is masked and never holds the datum itself;
    ``message`` is one Chinese sentence: what it is and what to do. ``article`` names the law, if there is
    one.
    """

    kind: str
    severity: Severity
    where: str
    excerpt: str
    message: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of a list whose number is masked, or whose day of birth is shown: what another list may
    complete. ``number`` and ``birth`` are as in :class:`gongkai.screening.rules.MaskedPerson`."""

    name: str
    number: str
    birth: str
    where: str


@dataclass(frozen=True, slots=True)
class Screening:
    """The result for one file. ``scannable`` is false where content is only a picture: then nobody but
    two people can vouch for it. ``people`` are those of its lists, to be held against other lists."""

    findings: tuple[Finding, ...]
    scannable: bool = True
    people: tuple[Listed, ...] = field(default=(), repr=False)

    @property
    def blocks(self) -> bool:
        """Whether something found must not go out."""
        return any(finding.severity is Severity.BLOCK for finding in self.findings)
