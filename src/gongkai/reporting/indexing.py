"""What search is told of a published report: its title and its prose."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from gongkai.reporting.models import AnnualReport
from gongkai.search.actions import put, take_out
from gongkai.search.document import Document

KIND = "annual_report"


def document_of(report: AnnualReport) -> Document:
    """A published report, as search keeps it."""
    assert report.published_at is not None
    sections = report.filled.sections.values()
    return Document(
        kind=KIND,
        key=str(report.pk),
        agency=report.agency,
        title=f"{report.agency.name}{report.year}年政府信息公开工作年度报告",
        address=reverse("portal:report", args=[report.agency.slug, report.year]),
        published_on=timezone.localdate(report.published_at),
        body="\n".join(text for text in sections if text),
        year=report.year,
        media=KIND,
    )


def follow(report: AnnualReport, at: datetime) -> None:
    """Search finds a report exactly while it is published."""
    if report.state == AnnualReport.State.PUBLISHED:
        put(document=document_of(report), at=at)
    else:
        take_out(kind=KIND, key=str(report.pk), at=at)
