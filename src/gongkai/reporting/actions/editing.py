"""Holding a report open for a change, and the refusals of those who may not."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.law.report.exchange import to_json
from gongkai.law.report.filled import FilledReport
from gongkai.reporting import policies
from gongkai.reporting.models import AnnualReport


class UnableToEdit(ActionRefused):
    """The content is locked, or the person has no say in it."""


class EditedMeanwhile(UnableToEdit):
    """Somebody else saved since the page was opened."""


def note(
    report: AnnualReport, by: Account | None, at: datetime, act: str, details: Mapping[str, Any] | None = None
) -> None:
    """A line in the trail about a report."""
    record(by=by, at=at, act=act, subject=report.subject, agency=report.agency, details=details)


def locked(report: AnnualReport) -> AnnualReport:
    """The record as it stands now, held until the end of the transaction."""
    return (
        AnnualReport.objects.select_for_update(of=("self",))
        .select_related("agency__supervisor")
        .get(pk=report.pk)
    )


def open_for_edit(report: AnnualReport, revision: int, by: Account) -> AnnualReport:
    """The record held for a change. Raises ``EditedMeanwhile`` when another revision stands."""
    current = locked(report)
    refuse(UnableToEdit, policies.may_edit(current, by))
    if current.revision != revision:
        raise EditedMeanwhile(
            Refusal("您打开本页之后，别人已经保存过这份报告。您填的内容还在下面；请对照后再保存一次。")
        )
    return current


def store(report: AnnualReport, filled: FilledReport | None = None) -> None:
    """Save one change; ``filled`` is the new content where that is what changed."""
    if filled is not None:
        report.content = to_json(filled)
    report.revision += 1
    report.save()


def refuse(error: Callable[[Refusal], ActionRefused], refusal: Refusal | None) -> None:
    """Raise the error of an act where there is something against it."""
    if refusal:
        raise error(refusal)
