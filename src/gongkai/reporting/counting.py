"""Tables 3 and 4 counted from the registers: every cell with the cases behind it. Pure functions.

A *cut* is what the years up to one say for good. Counting a year on from a cut, what was carried out
of last year is brought into this one, the same cases in the same columns; nothing that was counted as
handled is counted again; a case that no cut has seen is new, however early it was received. So what
is learnt after a cut changes the next year, never the one that was cut.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from gongkai.law.applicants import TOTAL, ApplicantKind
from gongkai.law.remedies import Forum, table4_cell
from gongkai.law.report.formats import ReportFormat, split_address
from gongkai.law.rulebook import CountingRules

KINDS = tuple(kind.value for kind in ApplicantKind)
NEW, BROUGHT, HANDLED, CARRIED = "new_received", "brought_forward", "handled_total", "carried_forward"
PENDING = "pending"
LEFT_THE_COUNT = "otherwise_handled.other_handling"
"""The outcome of a case that was carried forward and is no longer counted here (split, transferred):
last year's table says it is under way, so this year's has to say how it ended."""
LEFT_TABLE4 = "other_result"


@dataclass(frozen=True, slots=True)
class CountedCase:
    """An application that table 3 counts. ``outcome`` is the code of ``law.outcomes``; both it and
    ``closed_on`` are ``None`` while the case is open."""

    id: int
    applicant_kind: str
    received_on: date
    closed_on: date | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class CountedRemedy:
    """A reconsideration or a suit. ``results``: (day, code of ``law.remedies``) in the order they
    were given; the code ``None`` says that the case is pending again, as after an appeal."""

    id: int
    forum: Forum
    reconsidered_before: bool
    filed_on: date
    results: tuple[tuple[date, str | None], ...] = ()

    def result_on(self, day: date) -> str | None:
        """The latest result up to a day; ``None`` while pending."""
        given = sorted((entry for entry in self.results if entry[0] <= day), key=lambda entry: entry[0])
        return given[-1][1] if given else None


@dataclass(frozen=True, slots=True)
class Cut:
    """What the years up to ``year`` say for good.

    ``carried``: case → column in which it is carried forward. ``closed``: cases that no later year
    counts. ``pending``: remedy → block. ``settled``: remedies that are over; ``pending`` goes before it.
    """

    year: int
    carried: Mapping[int, str] = field(default_factory=dict)
    closed: frozenset[int] = frozenset()
    pending: Mapping[int, str] = field(default_factory=dict)
    settled: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Cases and remedies that the registers held at a cut and that no year counts from then on: those
    that were over before the first year counted, and those that the counting rules left out. Another
    choice later does not bring them back as new."""

    cases: frozenset[int] = frozenset()
    remedies: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Counted:
    """Cell address → the ids behind it, for every cell of the tables counted, totals included."""

    cells: Mapping[str, tuple[int, ...]]

    @property
    def figures(self) -> dict[str, int]:
        return {address: len(ids) for address, ids in self.cells.items()}

    def __or__(self, other: "Counted") -> "Counted":
        return Counted({**self.cells, **other.cells})


def year_end(year: int) -> date:
    return date(year, 12, 31)


def count_table3(
    cases: Iterable[CountedCase],
    year: int,
    report_format: ReportFormat,
    previous: Cut | None = None,
    on: date | None = None,
) -> Counted:
    """Table 3 of a year as it stands on a day (default: 31 December).

    ``previous`` is the cut of the year before; without one the dates of the cases alone decide.
    """
    last = min(on or year_end(year), year_end(year))
    rows = {code: row.code for row in report_format.table3_rows for code in row.counts}
    found: dict[tuple[str, str], list[int]] = {}
    for case_id, entry, column, outcome in _entries(cases, year, last, previous):
        found.setdefault((entry, column), []).append(case_id)
        found.setdefault((rows[outcome] if outcome else CARRIED, column), []).append(case_id)
    cells = {f"table3.{row}.{column}": ids for (row, column), ids in found.items()}
    return table3_with_totals(cells, report_format)


Entry = tuple[int, str, str, str | None]
"""A case, the row and the column it comes in by, and its outcome (``None``: carried forward)."""


def _entries(cases: Iterable[CountedCase], year: int, last: date, previous: Cut | None) -> Iterator[Entry]:
    waiting = dict(previous.carried) if previous else {}
    first = date(year, 1, 1)
    for case in cases:
        column = waiting.pop(case.id, None)
        if column is not None:
            row = BROUGHT
        elif case.received_on > last or _is_done_with(case, first, previous):
            continue
        else:
            column = case.applicant_kind
            row = BROUGHT if previous is None and case.received_on < first else NEW
        is_closed = case.closed_on is not None and case.closed_on <= last
        yield case.id, row, column, case.outcome if is_closed else None
    yield from ((case_id, BROUGHT, column, LEFT_THE_COUNT) for case_id, column in waiting.items())


def _is_done_with(case: CountedCase, first: date, previous: Cut | None) -> bool:
    if previous is not None:
        return case.id in previous.closed
    return case.received_on < first and case.closed_on is not None and case.closed_on < first


def count_table4(  # noqa: PLR0913 - as for table 3, and the choices
    remedies: Iterable[CountedRemedy],
    year: int,
    report_format: ReportFormat,
    previous: Cut | None = None,
    on: date | None = None,
    *,
    rules: CountingRules | None = None,
) -> Counted:
    """Table 4 of a year as it stands on a day (default: 31 December): each remedy once, by its latest
    result."""
    last = min(on or year_end(year), year_end(year))
    again = (rules or CountingRules.load()).appeal_count == "counted_again"
    waiting = dict(previous.pending) if previous else {}
    found: dict[str, list[int]] = {}
    for remedy in remedies:
        kept_block = waiting.pop(remedy.id, None)
        if kept_block is None and not _is_before_table4(remedy, year, last, previous, again):
            continue
        block, column = table4_cell(
            remedy.forum, remedy.result_on(last), reconsidered_before=remedy.reconsidered_before
        )
        found.setdefault(f"table4.{kept_block or block}.{column}", []).append(remedy.id)
    for remedy_id, block in waiting.items():
        found.setdefault(f"table4.{block}.{LEFT_TABLE4}", []).append(remedy_id)
    return table4_with_totals(found, report_format)


def _is_before_table4(
    remedy: CountedRemedy, year: int, last: date, previous: Cut | None, again: bool
) -> bool:
    """Whether the year counts a remedy that no cut carries into it."""
    if remedy.filed_on > last:
        return False
    if again and any(year_end(year - 1) < day <= last for day, _ in remedy.results):
        return True
    if previous is not None:
        return remedy.id not in previous.settled
    earlier = range(remedy.filed_on.year, year)
    if again:
        earlier = earlier[-1:]
    return all(remedy.result_on(year_end(each)) is None for each in earlier)


def table3_with_totals(cells: Mapping[str, Iterable[int]], report_format: ReportFormat) -> Counted:
    """Every cell of table 3, from those by row and kind of applicant."""
    kinds = {address: tuple(ids) for address, ids in cells.items()}
    results = [row.code for row in report_format.table3_rows if row.counts]
    for kind in KINDS:
        handled = (kinds.get(f"table3.{row}.{kind}", ()) for row in results)
        kinds[f"table3.{HANDLED}.{kind}"] = tuple(chain.from_iterable(handled))
    return _summed("table3", kinds, report_format)


def table4_with_totals(cells: Mapping[str, Iterable[int]], report_format: ReportFormat) -> Counted:
    """Every cell of table 4, from those by block and result."""
    return _summed("table4", {address: tuple(ids) for address, ids in cells.items()}, report_format)


def _summed(table: str, parts: Mapping[str, tuple[int, ...]], report_format: ReportFormat) -> Counted:
    """The cells in reading order; the last one of each row is the sum of the others."""
    cells: dict[str, tuple[int, ...]] = {}
    row: list[tuple[int, ...]] = []
    for address in report_format.addresses(table):
        if split_address(address)[2] == TOTAL:
            cells[address], row = tuple(chain.from_iterable(row)), []
        else:
            cells[address] = parts.get(address, ())
            row.append(cells[address])
    return Counted(cells)


def passed_over(
    cases: Iterable[CountedCase], remedies: Iterable[CountedRemedy], counted: Counted, year: int
) -> PassedOver:
    """What the registers hold of a year and its past that the year does not count, being over before."""
    there: dict[str, set[int]] = {"table3": set(), "table4": set()}
    for address, ids in counted.cells.items():
        there[split_address(address)[0]].update(ids)
    last = year_end(year)
    return PassedOver(
        frozenset(c.id for c in cases if c.received_on <= last and c.id not in there["table3"]),
        frozenset(r.id for r in remedies if r.filed_on <= last and r.id not in there["table4"]),
    )


def cut_after(counted: Counted, year: int, previous: Cut | None, passed: PassedOver) -> Cut:
    """What the next year counts on from."""
    before = previous or Cut(year - 1)
    carried: dict[int, str] = {}
    closed, pending, settled = set(passed.cases), dict[int, str](), set(passed.remedies)
    for address, ids in counted.cells.items():
        table, row, column = split_address(address)
        if column == TOTAL:
            continue
        if row == CARRIED:
            carried |= dict.fromkeys(ids, column)
        elif row == HANDLED:
            closed.update(ids)
        elif column == PENDING:
            pending |= dict.fromkeys(ids, row)
        elif table == "table4":
            settled.update(ids)
    return Cut(year, carried, before.closed.union(closed), pending, before.settled.union(settled))
