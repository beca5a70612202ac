"""An account as a PDF in the look of an official paper."""

from functools import lru_cache
from importlib import resources
from typing import Any

from gongkai.documents.proof.account import Account, Line, ProofFacts, answer_account
from gongkai.documents.typesetting import LENIENT, typeset
from gongkai.law.clock.proof import ProofSheet
from gongkai.law.limits import chinese_date


def render(sheet: ProofSheet, facts: ProofFacts) -> bytes:
    """The account of an answer period as a PDF. Raises ``Unwritable`` where no Chinese font is found."""
    return print_account(answer_account(sheet, facts))


def print_account(account: Account) -> bytes:
    """Any account as a PDF. Raises ``Unwritable`` where no Chinese font is found."""
    return typeset(_template(), _data(account), LENIENT)


@lru_cache
def _template() -> bytes:
    return (resources.files("gongkai.documents.proof") / "proof.typ").read_bytes()


def _data(account: Account) -> dict[str, Any]:
    made = account.made
    return {
        "title": account.title,
        "facts": account.facts,
        "steps": [(chinese_date(step.on), step.text, _article(step.article)) for step in account.steps],
        "lines": [_row(line) for line in account.lines],
        "doubts": account.doubts,
        "sources": account.sources,
        "office": made.office,
        "made_on": chinese_date(made.made_on),
        "calendar": f"工作日历版本{account.calendar_version}" + (f"（{made.region}）" if made.region else ""),
    }


def _row(line: Line) -> dict[str, Any]:
    return {
        "number": "" if line.number is None else str(line.number),
        "day": f"{chinese_date(line.day)} {line.weekday}",
        "kind": line.kind,
        "effect": line.effect.label,
        "counts": line.number is not None,
        "reason": line.reason,
        "article": _article(line.article),
        "events": "；".join(line.events),
    }


def _article(article: str) -> str:
    return f"（{article}）" if article else ""
