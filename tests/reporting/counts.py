"""Cases, remedies and cuts for tests of counting, and what a count says in short."""

from dataclasses import replace
from datetime import date

from gongkai.law.report.filled import FilledReport, FilledTable
from gongkai.law.report.formats import ReportFormat, format_for, split_address
from gongkai.law.report.relations import evaluate
from gongkai.law.rulebook import CountingRules
from gongkai.reporting.counting import (
    Counted,
    CountedCase,
    CountedRemedy,
    Cut,
    count_table3,
    count_table4,
    cut_after,
    passed_over,
)
from gongkai.reporting.eligibility import CaseLine

PERSON, LAWYERS = "natural_person", "legal_service_organization"
OTHER = "otherwise_handled.other_handling"
RULES = CountingRules.load()


def form(year: int) -> ReportFormat:
    found = format_for(year)
    assert found is not None
    return found


def counted(
    year: int, cases=(), remedies=(), previous: Cut | None = None, rules: CountingRules | None = None
) -> Counted:
    return count_table3(cases, year, form(year), previous) | count_table4(
        remedies, year, form(year), previous, rules=rules
    )


def cut(year: int, cases=(), remedies=(), previous: Cut | None = None, **more) -> Cut:
    found = counted(year, cases, remedies, previous, **more)
    return cut_after(found, year, previous, passed_over(cases, remedies, found, year))


def rows(found: Counted, kind: str = "total") -> dict[str, int]:
    """The rows of table 3 that are not 0, in one column."""
    return {
        split_address(address)[1]: len(ids)
        for address, ids in found.cells.items()
        if ids and address.startswith("table3.") and address.endswith(f".{kind}")
    }


def block(found: Counted, name: str) -> dict[str, int]:
    return {
        split_address(address)[2]: len(ids)
        for address, ids in found.cells.items()
        if ids and address.startswith(f"table4.{name}.")
    }


def case(received: str, closed: str = "", outcome: str = "granted", **changes) -> CountedCase:
    plain = CountedCase(1, PERSON, date.fromisoformat(received))
    if closed:
        plain = replace(plain, closed_on=date.fromisoformat(closed), outcome=outcome)
    return replace(plain, **changes)


def line(received: str, closed: str = "", decision: str = "granted.provided", **changes) -> CaseLine:
    plain = CaseLine(1, PERSON, date.fromisoformat(received))
    if closed:
        plain = replace(plain, closed_on=date.fromisoformat(closed), decision=decision)
    return replace(plain, **changes)


def remedy(filed: str, *results: tuple[str, str | None], **changes) -> CountedRemedy:
    given = tuple((date.fromisoformat(on), code) for on, code in results)
    return replace(CountedRemedy(1, "litigation", False, date.fromisoformat(filed), given), **changes)


def report_of(found: Counted, year: int) -> FilledReport:
    tables = {
        name: FilledTable(
            form(year).id, {a: len(ids) for a, ids in found.cells.items() if a.startswith(name)}
        )
        for name in ("table3", "table4")
    }
    return FilledReport(year=year, tables=tables)


def holds(found: Counted, year: int) -> bool:
    report = report_of(found, year)
    assert set(found.cells) == {a for a in form(year).cells if not a.startswith("table2.")}
    return all(each.verdict == "holds" and not each.blanks for each in evaluate(report))
