"""Taking the evidence of a case out of the house: an act that the trail keeps."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused
from gongkai.audit.actions import record
from gongkai.casework.models import Application
from gongkai.casework.queries.bundle import bundle_of
from gongkai.documents.bundling import Bundle, Part
from gongkai.remedies.models import Remedy, RemedyFile
from gongkai.remedies.policies import may_keep


class UnableToBundle(ActionRefused):
    """The person may not take out the evidence of this case."""


@transaction.atomic
def make_bundle(*, case: Application, by: Account, at: datetime, remedy: Remedy | None = None) -> Bundle:
    """The evidence of a case as one PDF, for a remedy or for nobody in particular.

    Raises ``Unwritable`` where the fonts are missing.
    """
    refusal = may_keep(case, by)
    if refusal:
        raise UnableToBundle(refusal)
    number = remedy.body_number if remedy else ""
    found = bundle_of(case, timezone.localdate(at), number, _earlier(remedy))
    details = {"number": case.number, "pages": found.entries[-1].last, "parts": len(found.entries)}
    subject = remedy.subject if remedy else case.subject
    record(by=by, at=at, act="made_bundle", subject=subject, agency=case.agency, details=details)
    return found


def _earlier(remedy: Remedy | None) -> list[tuple[Part, str]]:
    """In court: what the reconsideration decided."""
    if remedy is None or remedy.preceded_by is None:
        return []
    decisions = remedy.preceded_by.files.filter(kind=RemedyFile.Kind.DECISION)
    return [
        (Part("行政复议决定", bytes(file.content), file.name), "本件经过行政复议，复议机关的决定")
        for file in decisions.defer(None)
    ]
