"""The life of a report: started, written, waived, signed, submitted, returned, published."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.law.report.exchange import to_json
from gongkai.law.report.findings import Finding
from gongkai.law.report.formats import format_for
from gongkai.reporting import policies
from gongkai.reporting.actions.editing import UnableToEdit, locked, note, open_for_edit, refuse, store
from gongkai.reporting.compiling import blank_report
from gongkai.reporting.examination import examine
from gongkai.reporting.indexing import follow
from gongkai.reporting.models import AnnualReport, Waiver

State = AnnualReport.State


class UnableToStart(ActionRefused):
    """No report can be opened for this year, or not by this person."""


class UnableToWaive(ActionRefused):
    """The finding cannot stand."""


class UnableToSign(ActionRefused):
    """An error or a blank stands, or the person is not the leader in charge."""


class UnableToSubmit(ActionRefused):
    """The report is not ready for the supervisor."""


class UnableToSendBack(ActionRefused):
    """The report cannot be returned now, or not without a reason."""


class UnableToPublish(ActionRefused):
    """The report is not ready for the public."""


@transaction.atomic
def start_report(*, agency: Agency, year: int, by: Account, at: datetime) -> AnnualReport:
    """Open the report of a year, blank, in the form that year must use."""
    report_format = format_for(year)
    refusal = policies.may_start(agency, by)
    if report_format is None:
        refusal = Refusal(
            f"{year}年没有统一的年度报告格式，统一格式自2019年度起使用。", "国办公开办函〔2019〕60号"
        )
    elif AnnualReport.objects.filter(agency=agency, year=year).exists():
        refusal = Refusal(f"{year}年度报告已经有了，请直接打开。")
    elif year >= timezone.localdate(at).year + 1:
        refusal = Refusal(f"{year}年度还没有开始，不能编制它的报告。", "《条例》第四十九条")
    if refusal or report_format is None:
        raise UnableToStart(refusal or Refusal(""))
    content = to_json(blank_report(agency.name, year, report_format))
    report = AnnualReport.objects.create(agency=agency, year=year, content=content)
    note(report, by, at, "started", {"year": year, "format": report_format.id})
    return report


@transaction.atomic
def save_prose(
    *, report: AnnualReport, sections: Mapping[str, str], revision: int, by: Account, at: datetime
) -> AnnualReport:
    """Write the sections' prose (section code → text)."""
    current = open_for_edit(report, revision, by)
    old = current.content["sections"]
    changed = [code for code, text in sections.items() if text != old.get(code, "")]
    if not changed:
        return current
    current.content = {**current.content, "sections": {**old, **sections}}
    store(current)
    note(current, by, at, "saved_prose", {"sections": changed})
    return current


@transaction.atomic
def put_remark(*, report: AnnualReport, remark: str, by: Account, at: datetime) -> AnnualReport:
    """A line the public reads above the report, for example that its figures are made up."""
    refusal = policies.may_edit(report, by)
    if refusal:
        raise UnableToEdit(refusal)
    report.remark = remark
    report.save(update_fields=["remark"])
    note(report, by, at, "remarked", {"name": remark})
    return report


@transaction.atomic
def waive(*, report: AnnualReport, finding: Finding, reason: str, by: Account, at: datetime) -> Waiver:
    """Let a warning stand, with a reason."""
    refusal = policies.may_waive(report, finding, by)
    if not reason.strip():
        refusal = Refusal("请写明为什么可以保留，例如数据来源或统计口径。")
    if refusal:
        raise UnableToWaive(refusal)
    waiver, _ = Waiver.objects.update_or_create(
        report=report,
        code=finding.code,
        message=finding.message,
        defaults={"cells": list(finding.cells), "reason": reason.strip(), "by": by, "at": at},
    )
    note(
        report, by, at, "waived", {"code": finding.code, "message": finding.message, "reason": waiver.reason}
    )
    return waiver


@transaction.atomic
def withdraw_waiver(*, waiver: Waiver, by: Account, at: datetime) -> None:
    """Open a waived finding again."""
    refusal = policies.may_edit(waiver.report, by)
    if refusal:
        raise UnableToWaive(refusal)
    note(waiver.report, by, at, "withdrew_waiver", {"code": waiver.code, "message": waiver.message})
    waiver.delete()


@transaction.atomic
def sign(*, report: AnnualReport, by: Account, at: datetime) -> AnnualReport:
    """The leader in charge answers for the report; the content is locked and dated."""
    current = locked(report)
    refuse(UnableToSign, policies.may_sign(current, examine(current), by))
    current.content = {**current.content, "published_on": timezone.localdate(at).isoformat()}
    current.signed_by, current.signed_at, current.return_reason = by, at, ""
    return _move(current, "sign", by, at)


@transaction.atomic
def withdraw_signature(*, report: AnnualReport, by: Account, at: datetime) -> AnnualReport:
    """Back to compiling, before the report has left the house."""
    current = locked(report)
    refuse(UnableToSign, policies.may_withdraw_signature(current, by))
    current.signed_by = current.signed_at = None
    return _move(current, "withdraw_signature", by, at)


@transaction.atomic
def submit(*, report: AnnualReport, by: Account, at: datetime) -> AnnualReport:
    """Hand the signed report to the supervisor."""
    current = locked(report)
    refuse(UnableToSubmit, policies.may_submit(current, by))
    current.submitted_at = at
    return _move(current, "submit", by, at)


@transaction.atomic
def send_back(*, report: AnnualReport, reason: str, by: Account, at: datetime) -> AnnualReport:
    """The supervisor returns the report; the signature falls with it."""
    current = locked(report)
    refusal = policies.may_send_back(current, by)
    if not refusal and not reason.strip():
        refusal = Refusal("请写明退回理由：哪一处不对、要怎么改。")
    refuse(UnableToSendBack, refusal)
    current.return_reason = reason.strip()
    current.signed_by = current.signed_at = current.submitted_at = None
    return _move(current, "send_back", by, at, {"reason": current.return_reason})


@transaction.atomic
def publish(*, report: AnnualReport, by: Account, at: datetime) -> AnnualReport:
    """Put the report before the public, on the portal."""
    current = locked(report)
    refuse(UnableToPublish, policies.may_publish(current, examine(current), by))
    current.published_at = at
    return _move(current, "publish", by, at)


def _move(
    report: AnnualReport, act: str, by: Account, at: datetime, details: Mapping[str, Any] | None = None
) -> AnnualReport:
    """Make the move of the table and note which content it was made on."""
    move = policies.transition(report.state, act)
    assert move is not None  # the policy has looked
    report.state = move.then
    report.save()
    follow(report, at)
    note(report, by, at, act, {"content": report.content_hash, **(details or {})})
    return report
