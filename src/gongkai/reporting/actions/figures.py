"""Figures put into a report: typed, adjusted, read from a file."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal
from gongkai.law.report.exchange import to_json
from gongkai.law.report.filled import FilledReport, Value
from gongkai.reporting import policies
from gongkai.reporting.actions.editing import UnableToEdit, locked, note, open_for_edit, store
from gongkai.reporting.actions.registers import UnableToAdjust, counted_value, settle_adjustments
from gongkai.reporting.compiling import Step, changes, taken_over, with_cells
from gongkai.reporting.models import AnnualReport, ImportedReading


@transaction.atomic
def save_figures(
    *,
    report: AnnualReport,
    cells: Mapping[str, Value],
    revision: int,
    by: Account,
    at: datetime,
    then: Sequence[Step] = (),
    reason: str = "",
) -> AnnualReport:
    """Put figures into cells, then apply ``then`` (fill totals, fill blanks …), and save once.

    A figure that differs from the count of the registers needs ``reason``. Raises ``EditedMeanwhile``
    when another revision stands, ``UnableToAdjust`` when the reason is missing.
    """
    current = open_for_edit(report, revision, by)
    before = current.filled
    after = with_cells(before, cells)
    for step in then:
        after = step(after)
    changed = changes(before, after)
    settle_adjustments(current, after, changed, reason, by, at)
    if not changed:
        return current
    store(current, after)
    note(current, by, at, "saved_figures", {"cells": changed})
    return current


@transaction.atomic
def adjust(
    *, report: AnnualReport, cell: str, value: Value, reason: str, revision: int, by: Account, at: datetime
) -> AnnualReport:
    """Let one counted cell say another figure than the registers, with the reason; the count itself
    takes the adjustment away."""
    counted = counted_value(report, cell)
    if counted is None:
        raise UnableToAdjust(Refusal("这一格没有台账数，请在数据表里直接填写。"))
    if value != counted and not reason.strip():
        raise UnableToAdjust(
            Refusal("报告数与台账数不同，请写明理由，例如漏登或者统计口径。", "《条例》第五十条")
        )
    return save_figures(report=report, cells={cell: value}, revision=revision, by=by, at=at, reason=reason)


@transaction.atomic
def keep_reading(
    *, report: AnnualReport, read: FilledReport, name: str, sha256: str, by: Account, at: datetime
) -> ImportedReading:
    """Keep what a file said until it is taken over. Earlier readings that were not are dropped."""
    refusal = policies.may_edit(report, by)
    if refusal:
        raise UnableToEdit(refusal)
    report.readings.all().delete()
    reading = ImportedReading.objects.create(
        report=report, name=name[:200], sha256=sha256, content=to_json(read), by=by, at=at
    )
    note(report, by, at, "read_file", {"file": reading.name, "sha256": sha256})
    return reading


@transaction.atomic
def take_over(*, reading: ImportedReading, by: Account, at: datetime) -> AnnualReport:
    """Put what was read into the report. Doubtful cells stay blank and stay marked."""
    report = locked(reading.report)
    report = open_for_edit(report, report.revision, by)
    before = report.filled
    after = taken_over(before, reading.filled)
    store(report, after)
    details = {"file": reading.name, "sha256": reading.sha256, "cells": changes(before, after)}
    note(report, by, at, "took_over", details)
    reading.delete()
    return report
