"""Who approves what, in which order: the approval paths, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from gongkai.law.rulebook import read_table


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """One approver: ``role`` is a role of the office's members."""

    code: str
    role: str
    label: str
    article: str


@dataclass(frozen=True, slots=True)
class ApprovalPath:
    """The approvers a document passes, in order."""

    code: str
    label: str
    steps: tuple[ApprovalStep, ...]


@dataclass(frozen=True, slots=True)
class SuggestedPath:
    """The path a decision or an act should take, and why."""

    path: ApprovalPath
    reason: str


@lru_cache
def paths() -> Mapping[str, ApprovalPath]:
    """Every path by its code, in the order of the file."""
    return {
        entry["code"]: ApprovalPath(
            entry["code"], entry["label"], tuple(ApprovalStep(**step) for step in entry["steps"])
        )
        for entry in read_table("approval_paths.toml")["paths"]
    }


def path(code: str) -> ApprovalPath:
    """A path by its code. Raises ``KeyError`` for an unknown code."""
    return paths()[code]


def suggested(code: str) -> SuggestedPath:
    """The path for a decision (by its code) or for an act inside the procedure (``law.lifecycle.Act``).

    Raises ``KeyError`` for a code that needs no approval or does not exist.
    """
    return _suggestions()[code]


@lru_cache
def _suggestions() -> Mapping[str, SuggestedPath]:
    return {
        code: SuggestedPath(path(entry["path"]), entry["reason"])
        for entry in read_table("approval_paths.toml")["suggestions"]
        for code in (*entry.get("decisions", ()), *entry.get("acts", ()))
    }
