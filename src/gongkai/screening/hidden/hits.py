"""What a look into a file found, each with how to take it out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from gongkai.screening.findings import Finding, Severity
from gongkai.screening.hidden.classes import BY_CODE

BY_HAND = "请用原来的软件去掉后另存，再上传。"


class Uncleanable(Exception):
    """A file of which no cleaned copy can be made. The message is one Chinese sentence: why, what to do."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something of the class ``code`` at ``where``; ``remove`` takes it out of the opened file."""

    code: str
    where: str
    excerpt: str
    remove: Callable[[], object]

    @property
    def finding(self) -> Finding:
        found = BY_CODE[self.code]
        return Finding(found.kind, found.severity, self.where, self.excerpt, _message(self.code))


def _message(code: str) -> str:
    found = BY_CODE[code]
    if found.severity is Severity.BLOCK:
        return f"文件里有{found.label}，别人打开文件就能取出来；请生成清理后的副本再发布。"
    return f"文件里有{found.label}，会随文件一起公开；请核对，不需要公开的就生成清理后的副本。"


def masked(text: str) -> str:
    """The first character of what was found and how long it is: enough to find it, not to read it."""
    plain = "".join(text.split())
    return f"{plain[0]}…（共 {len(plain)} 字）" if plain else ""


def unclean(reason: str) -> Callable[[], NoReturn]:
    """A removal that cannot be done; ``reason`` is half a sentence."""

    def refuse() -> NoReturn:
        raise Uncleanable(f"{reason}，无法代为清理；{BY_HAND}")

    return refuse


def all_of(*removals: Callable[[], object]) -> Callable[[], None]:
    """Several removals as one."""

    def remove() -> None:
        for one in removals:
            one()

    return remove
