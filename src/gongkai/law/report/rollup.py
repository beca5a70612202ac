"""Members' reports added up into their superior's, each figure with where it comes from."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongkai.law.report.filled import Doubt, FilledReport, FilledTable, Value
from gongkai.law.report.formats import (
    TABLE_NAMES,
    TABLES,
    ReportFormat,
    format_for,
    load_format,
    split_address,
)
from gongkai.law.report.wording import cell_name

_WHOLE = "otherwise_handled"
_REST = "otherwise_handled.other_handling"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one member gives to one figure.

    ``cells``: the cells of its own report that were added (none where its form has no such cell).
    ``value``: their sum, ``None`` where they are blank or cannot be known. ``doubt``: why not, in
    Chinese; empty for a plain blank.
    """

    member: str
    cells: tuple[str, ...]
    value: Value
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Members:
    """Members' reports by name, with those that cannot be summed named apart.

    ``summed``: agency → report. ``missing``: expected, without a report. ``unexpected``: not on the
    list of those expected. ``repeated``: gave more than one report; the first is summed.
    ``other_years``: agency → the year of its report, which is left out.
    """

    year: int | None
    summed: Mapping[str, FilledReport]
    missing: tuple[str, ...]
    unexpected: tuple[str, ...]
    repeated: tuple[str, ...]
    other_years: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rollup:
    """The sum and its proof.

    ``report``: the sum as a report; a figure that cannot be known is blank there, with a doubt.
    ``contributions``: address → one entry a member, in the order given. ``other_formats``: agency →
    its tables that are in another form than the sum's. ``blanks``: agency → figures of the sum to
    which it gave nothing; the sum counts the others.
    """

    report: FilledReport
    members: Members
    contributions: Mapping[str, tuple[Contribution, ...]]
    other_formats: Mapping[str, tuple[str, ...]]
    blanks: Mapping[str, tuple[str, ...]]


def rollup(  # noqa: PLR0913 - choices, all by keyword
    reports: Sequence[FilledReport],
    *,
    agency: str | None = None,
    year: int | None = None,
    report_format: str | None = None,
    expected: Sequence[str] = (),
    into_other_handling: bool = False,
) -> Rollup:
    """Sum ``reports``, in the form of the year or ``report_format``.

    The year by default is the one most of them report on. A 2021 （六）其他处理 is summed into the one
    row of 2019. The reverse cannot be known unless the row is 0: ``into_other_handling`` puts it all
    under 3.其他, otherwise the three cells stay blank with a doubt. Raises ``ValueError`` (a Chinese
    sentence) when there is nothing to sum.
    """
    members = gather(reports, year=year, expected=expected)
    if not members.summed:
        raise ValueError("没有可以汇总的报告：请至少选一份同一年度的成员报告。")
    target = _target(report_format, members)
    parts = contributions(members.summed, target.cells, into_other_handling=into_other_handling)
    return Rollup(
        report=_sum(agency, members, target, parts),
        members=members,
        contributions=parts,
        other_formats=other_formats(members.summed, dict.fromkeys(TABLES, target)),
        blanks=_blanks(parts),
    )


def gather(
    reports: Sequence[FilledReport], *, year: int | None = None, expected: Sequence[str] = ()
) -> Members:
    """Sort members' reports into those of one year and those that stand apart."""
    year = year or _commonest(report.year for report in reports)
    named: dict[str, FilledReport] = {}
    repeated = []
    for place, report in enumerate(reports, start=1):
        name = report.agency or f"第{place}份报告"
        if name in named:
            repeated.append(name)
        named.setdefault(name, report)
    other = {name: r.year for name, r in named.items() if r.year and year and r.year != year}
    return Members(
        year=year,
        summed={name: report for name, report in named.items() if name not in other},
        missing=tuple(name for name in expected if name not in named),
        unexpected=tuple(name for name in named if expected and name not in expected),
        repeated=tuple(dict.fromkeys(repeated)),
        other_years=other,
    )


def _commonest(years: Iterable[int | None]) -> int | None:
    """The year most reports are of, the later of two as frequent."""
    counted = Counter(year for year in years if year)
    return max(counted, key=lambda year: (counted[year], year), default=None)


def _target(report_format: str | None, members: Members) -> ReportFormat:
    """The form of the sum: the one asked for, the year's, or that of the first member."""
    due = format_for(members.year) if members.year else None
    if report_format or not due:
        first = next(iter(members.summed.values())).format
        return load_format(report_format or first or "")
    return due


def contributions(
    summed: Mapping[str, FilledReport], addresses: Iterable[str], *, into_other_handling: bool = False
) -> dict[str, tuple[Contribution, ...]]:
    """For each address what every member gives to it."""
    return {
        address: tuple(_part(name, report, address, into_other_handling) for name, report in summed.items())
        for address in addresses
    }


def _part(name: str, report: FilledReport, address: str, into_other_handling: bool) -> Contribution:
    cells = _sources(report, address)
    if report.doubtful.intersection(cells):
        return Contribution(name, cells, None, f"{name}的{cell_name(cells[0])}读数存疑")
    filled = [value for value in (report[cell] for cell in cells) if value is not None]
    value: Value = sum(filled, 0) if filled else None
    row = split_address(address)[1]
    if not value or address in cells or row == _WHOLE:
        return Contribution(name, cells, value)
    if into_other_handling:
        return Contribution(name, cells, value if row == _REST else 0)
    return Contribution(name, cells, None, f"{name}的（六）其他处理只有一行，写{value}，分不到三行")


def _sources(report: FilledReport, address: str) -> tuple[str, ...]:
    """The cells of a member's report behind a figure: its own, or those of （六） in the other form."""
    if address in report:
        return (address,)
    table, row, column = split_address(address)
    if row.partition(".")[0] != _WHOLE:
        return ()
    tables = report.tables
    rows = tables[table].cells if table in tables else ()
    return tuple(
        a for a in rows if split_address(a)[1].partition(".")[0] == _WHOLE and split_address(a)[2] == column
    )


def _sum(
    agency: str | None,
    members: Members,
    target: ReportFormat,
    parts: Mapping[str, tuple[Contribution, ...]],
) -> FilledReport:
    tables = {
        table: FilledTable(target.id, {a: total(parts[a]) for a in target.addresses(table)})
        for table in TABLES
    }
    reasons: dict[str, list[str]] = defaultdict(list)
    for address, given in parts.items():
        for part in given:
            if part.doubt:
                reasons[part.doubt].append(address)
    doubts = tuple(Doubt(tuple(cells), f"{reason}，汇总数没有填。") for reason, cells in reasons.items())
    return FilledReport(agency=agency, year=members.year, tables=tables, doubts=doubts)


def total(parts: Iterable[Contribution]) -> Value:
    """The sum of what is filled; ``None`` where nothing is or where a part is in doubt."""
    given = tuple(parts)
    filled = [part.value for part in given if part.value is not None]
    return sum(filled, 0) if filled and not any(part.doubt for part in given) else None


def other_formats(
    summed: Mapping[str, FilledReport], wanted: Mapping[str, ReportFormat]
) -> dict[str, tuple[str, ...]]:
    """Agency → the names of its tables whose cells are not those of the wanted form."""
    found: dict[str, tuple[str, ...]] = {}
    for name, report in summed.items():
        odd = tuple(
            TABLE_NAMES[table]
            for table, form in wanted.items()
            if table in report.tables and not form.cells.keys() >= report.tables[table].cells.keys()
        )
        if odd:
            found[name] = odd
    return found


def _blanks(parts: Mapping[str, tuple[Contribution, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for address, given in parts.items():
        for part in given:
            if part.value is None and not part.doubt:
                found[part.member].append(address)
    return {member: tuple(cells) for member, cells in found.items()}
