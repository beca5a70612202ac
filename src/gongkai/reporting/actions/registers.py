"""Figures that come from the registers: frozen at 31 December, put into a report, adjusted."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.documents.writing.figures import value_text
from gongkai.law.report.filled import FilledReport, Value
from gongkai.law.report.wording import cell_name
from gongkai.reporting import policies
from gongkai.reporting.actions.editing import note, open_for_edit, refuse, store
from gongkai.reporting.compiling import changes, with_cells
from gongkai.reporting.counting import year_end
from gongkai.reporting.examination import Figure, differences
from gongkai.reporting.models import Adjustment, AnnualReport, YearCut, digest
from gongkai.reporting.registers import count_year, freeze

_NAMED = 3  # cells that a refusal names before it says how many more there are


class UnableToTakeCut(ActionRefused):
    """The year is not over, is cut already, or there is nothing to cut."""


class UnableToFill(ActionRefused):
    """The registers hold nothing of that year."""


class UnableToAdjust(ActionRefused):
    """A figure differs from the count of the registers, and nobody said why."""


@transaction.atomic
def take_cut(*, agency: Agency, year: int, by: Account, at: datetime) -> YearCut:
    """Freeze what the registers say of a year at 31 December. Later events change the next year."""
    Agency.objects.select_for_update().get(pk=agency.pk)
    refuse(UnableToTakeCut, policies.may_take_cut(agency, year, by, timezone.localdate(at)))
    content = freeze(agency, year)
    cut = YearCut.objects.create(
        agency=agency,
        year=year,
        cut_on=year_end(year),
        taken_at=at,
        by=by,
        content=content,
        sha256=digest(content),
    )
    details = {"year": year, "content": cut.sha256}
    record(by=by, at=at, act="took_cut", subject=f"year_cut:{cut.pk}", agency=agency, details=details)
    return cut


@transaction.atomic
def fill_from_registers(*, report: AnnualReport, revision: int, by: Account, at: datetime) -> AnnualReport:
    """Put the count of the registers into the cells they fill: the frozen one, else the live one."""
    current = open_for_edit(report, revision, by)
    count = count_year(current.agency, current.year)
    if count is None:
        raise UnableToFill(Refusal(f"本机关的台账里没有{current.year}年度及以前的记录，请直接填写各表。"))
    before = current.filled
    after = with_cells(before, {cell: n for cell, n in count.figures.items() if cell in before})
    source = "cut" if count.cut else "live"
    on = count.counted_to(timezone.localdate(at)).isoformat()
    current.adjustments.all().delete()
    store(current, after)
    details = {"cells": changes(before, after), "source": source, "on": on}
    note(current, by, at, "filled_from_registers", details)
    return current


def settle_adjustments(
    report: AnnualReport,
    after: FilledReport,
    changed: Mapping[str, object],
    reason: str,
    by: Account,
    at: datetime,
) -> None:
    """Bring the adjustments of a report up to date with its new figures.

    ``reason`` explains every difference from the count that is not explained yet. Raises
    ``UnableToAdjust`` where there is none and a figure among ``changed`` differs.
    """
    count = count_year(report.agency, report.year)
    differing = differences(after, count.figures if count else {})
    standing = {each.cell: each for each in report.adjustments.all()}
    report.adjustments.exclude(cell__in=differing).delete()
    unexplained = {
        cell: pair
        for cell, pair in differing.items()
        if cell not in standing or (standing[cell].counted, standing[cell].adjusted) != pair
    }
    if reason.strip() and unexplained:
        _adjust(report, unexplained, reason.strip(), by, at)
    elif cells := [cell for cell in unexplained if cell in changed]:
        raise UnableToAdjust(_unexplained({cell: unexplained[cell] for cell in cells}))


def _adjust(
    report: AnnualReport, cells: Mapping[str, tuple[Figure, Figure]], reason: str, by: Account, at: datetime
) -> None:
    for cell, (counted, adjusted) in cells.items():
        said = {"counted": counted, "adjusted": adjusted, "reason": reason, "by": by, "at": at}
        Adjustment.objects.update_or_create(report=report, cell=cell, defaults=said)
    figures = {cell: [value_text(cell, figure) for figure in pair] for cell, pair in cells.items()}
    note(report, by, at, "adjusted", {"cells": figures, "reason": reason})


def _unexplained(cells: Mapping[str, tuple[Figure, Figure]]) -> Refusal:
    said = [
        f"{cell_name(cell)}填{value_text(cell, adjusted)}，台账是{value_text(cell, counted)}"
        for cell, (counted, adjusted) in list(cells.items())[:_NAMED]
    ]
    more = f"……共{len(cells)}格" if len(cells) > _NAMED else ""
    return Refusal(
        f"与台账不同：{'；'.join(said)}{more}。请改回台账数，或者写明调整理由再保存。", "《条例》第五十条"
    )


def counted_value(report: AnnualReport, cell: str) -> Value:
    """The count of the registers for a cell; ``None`` where they have none."""
    count = count_year(report.agency, report.year)
    return count.figures.get(cell) if count else None
