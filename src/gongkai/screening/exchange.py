"""Findings as programs exchange them."""

from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.screening.findings import Finding, Listed, Screening, Severity


def finding_to_json(finding: Finding) -> dict[str, str]:
    """``kind``, ``severity``, ``where``, ``excerpt`` (masked), ``message``, ``article``."""
    return {
        "kind": finding.kind,
        "severity": finding.severity.value,
        "where": finding.where,
        "excerpt": finding.excerpt,
        "message": finding.message,
        "article": finding.article,
    }


def finding_from_json(value: Mapping[str, Any]) -> Finding:
    return Finding(
        value["kind"],
        Severity(value["severity"]),
        value["where"],
        value["excerpt"],
        value["message"],
        value.get("article", ""),
    )


def person_to_json(person: Listed) -> list[str]:
    """Name, masked number, day of birth, place: short, because lists are long."""
    return [person.name, person.number, person.birth, person.where]


def person_from_json(value: Sequence[str]) -> Listed:
    name, number, birth, where = value
    return Listed(name, number, birth, where)


def screening_to_json(file: str, found: Screening) -> dict[str, object]:
    """One file's result as ``gongkai screen --json`` prints it."""
    findings = [finding_to_json(finding) for finding in found.findings]
    return {"file": file, "scannable": found.scannable, "findings": findings}
