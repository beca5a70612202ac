"""What a check found: the one shape that every check gives and every screen shows."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from gongkai.law.report.exchange import decimal_text
from gongkai.law.report.filled import Value

Severity = Literal["error", "warning", "note"]

SEVERITY_LABELS: dict[Severity, str] = {"error": "错误", "warning": "提醒", "note": "说明"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a report.

    ``code`` is the relation's id (``T3-01``). ``cells`` are the addresses concerned, the one to look
    at first in front. ``expected`` and ``found`` are figures (or words where the matter is words),
    ``None`` where there is no single one. ``message`` is one Chinese sentence a clerk can act on.
    """

    code: str
    severity: Severity
    cells: tuple[str, ...]
    article: str
    expected: Value | str
    found: Value | str
    message: str


def to_json(finding: Finding) -> dict[str, Any]:
    """A finding as a JSON-ready object, keys as the exchange form names them."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "cells": list(finding.cells),
        "article": finding.article,
        "expected": _plain(finding.expected),
        "found": _plain(finding.found),
        "message": finding.message,
    }


def _plain(value: Value | str) -> int | str | None:
    return decimal_text(value) if isinstance(value, Decimal) else value
