"""The one contract of all checks: a context in, findings out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from gongkai.law.limits import ReportKind
from gongkai.law.report.filled import FilledReport, Value
from gongkai.law.report.findings import Finding, Severity
from gongkai.law.report.narrative import Claim, claims

Need = Literal["previous", "members", "parent", "register", "transfers"]

NEED_LABELS: dict[Need, str] = {
    "previous": "上一年度的报告",
    "members": "各成员单位的报告",
    "parent": "汇总后的上级报告",
    "register": "本机关的申请台账、执法台账",
    "transfers": "成员单位之间的转办记录",
}


@dataclass(frozen=True)
class Context:
    """What a report is checked against. ``register``: cell address → count or amount from the agency's
    own registers. ``fees``: yuan that its ledger has as paid in the year. ``expected_members``: names of
    all agencies that owe a report to this total."""

    report: FilledReport
    previous: FilledReport | None = None
    members: tuple[FilledReport, ...] = ()
    expected_members: tuple[str, ...] = ()
    parent: FilledReport | None = None
    submitted_on: date | None = None
    kind: ReportKind | None = None
    register: Mapping[str, int | Decimal] | None = None
    fees: Decimal | None = None

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The figures of the report's prose."""
        return claims(self.report.sections, self.report.year)

    @property
    def provided(self) -> frozenset[Need]:
        """What there is besides the report itself."""
        given: dict[Need, bool] = {
            "previous": self.previous is not None,
            "members": bool(self.members or self.expected_members),
            "parent": self.parent is not None,
            "register": self.register is not None,
        }
        return frozenset(need for need, there in given.items() if there)


@dataclass(frozen=True, slots=True)
class Check:
    """One relation of the report: what it says, how grave a breach is, what it needs besides the
    report, and the function that decides it (``None``: only the desk that keeps ``needs`` can)."""

    code: str
    title: str
    severity: Severity
    article: str
    needs: tuple[Need, ...]
    decide: Callable[["Check", Context], Iterable[Finding]] | None

    def run(self, context: Context) -> Iterable[Finding]:
        """The findings of this check; none where what it needs is not there."""
        if self.decide is None or not context.provided.issuperset(self.needs):
            return ()
        return self.decide(self, context)

    def finding(
        self,
        cells: Iterable[str],
        message: str,
        *,
        expected: Value | str = None,
        found: Value | str = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding under this check's code and article (and severity, unless another is given)."""
        return Finding(
            self.code, severity or self.severity, tuple(cells), self.article, expected, found, message
        )
