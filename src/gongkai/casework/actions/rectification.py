"""更正 (第四十一条): an inaccurate record about the applicant is amended, or the matter goes elsewhere."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.lawful import require_none_under_way
from gongkai.casework.actions.letters import draft_letter
from gongkai.casework.actions.log import locked
from gongkai.casework.models import Application, CaseEvent, Letter
from gongkai.casework.policies.acts import may_rectify
from gongkai.law.letters import letter_kind

Disposal = Application.Disposal
_ENDS: Mapping[str, str] = {
    "rectified": Disposal.RECTIFIED.value,
    "refused": Disposal.NOT_RECTIFIED.value,
    "forwarded": Disposal.TRANSFERRED.value,
    "redirected": Disposal.TRANSFERRED.value,
}
"""How the case ends once the notice is served; the letter to the other agency ends nothing."""


class UnableToRectify(ActionRefused):
    """No application for rectification, or the notice would not say what it must."""


@transaction.atomic
def propose_rectification(
    *,
    case: Application,
    result: str,
    record: str,
    evidence: str,
    by: Account,
    at: datetime,
    detail: str = "",
    agency_name: str = "",
    agency_contact: str = "",
    revision: int | None = None,
) -> Letter:
    """Draft the notice of the result (or the letter that forwards it); served, it closes the case."""
    case = locked(case, revision)
    refusal = may_rectify(case, by)
    if refusal is None and result not in dict(letter_kind("rectification_notice").field("result").choices):
        refusal = Refusal("请选一种办理结果。", "《条例》第四十一条")
    if refusal:
        raise UnableToRectify(refusal)
    if result in _ENDS:
        require_none_under_way(case, "rectification_notice", UnableToRectify)
    given = {
        "result": result,
        "record": record.strip(),
        "evidence": evidence.strip(),
        "detail": detail.strip(),
        "agency_name": agency_name.strip(),
        "agency_contact": agency_contact.strip(),
    }
    ends = _ENDS.get(result)
    return draft_letter(
        case=case,
        kind="rectification_notice",
        fields=given,
        act={"kind": CaseEvent.Kind.CLOSED.value, "disposal": ends} if ends else None,
        path="standard",
        by=by,
        at=at,
    )
