"""The check relations of the annual report (勾稽关系), and the one call that runs them all."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from gongkai.law.limits import ReportKind
from gongkai.law.report.checks import (
    cells,
    deadline,
    form,
    likeness,
    plausibility,
    prose,
    registers,
    sums,
    totals,
    years,
)
from gongkai.law.report.checks.contract import Check, Context
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.findings import Finding

_FAMILIES = (sums, cells, years, plausibility, prose, likeness, registers, totals, deadline, form)

CHECKS: tuple[Check, ...] = tuple(
    sorted((check for family in _FAMILIES for check in family.CHECKS), key=lambda check: check.code)
)

_GRAVITY = ("error", "warning", "note")


def check(  # noqa: PLR0913 - what there is to check against, all by keyword
    report: FilledReport,
    *,
    previous: FilledReport | None = None,
    members: Sequence[FilledReport] = (),
    expected_members: Sequence[str] = (),
    parent: FilledReport | None = None,
    submitted_on: date | None = None,
    kind: ReportKind | None = None,
    register: Mapping[str, int | Decimal] | None = None,
    fees: Decimal | None = None,
) -> tuple[Finding, ...]:
    """Everything wrong with ``report``, errors first, then by code.

    ``previous``: last year's report of the same agency. ``members``: the reports ``report`` sums up,
    and ``expected_members`` the names of all that should be there. ``parent``: the total ``report``
    is part of. ``kind``: ``agency`` or ``government``, guessed from the name where not given.
    ``register``: cell address → count or amount from the agency's own registers. ``fees``: yuan of
    信息处理费 that its ledger has as paid in the year. Checks whose material is not given are left out.
    """
    context = Context(
        report=report,
        previous=previous,
        members=tuple(members),
        expected_members=tuple(expected_members),
        parent=parent,
        submitted_on=submitted_on,
        kind=kind,
        register=register,
        fees=fees,
    )
    found = (finding for each in CHECKS for finding in each.run(context))
    return tuple(sorted(found, key=lambda finding: _GRAVITY.index(finding.severity)))


__all__ = ["CHECKS", "Check", "Context", "check"]
