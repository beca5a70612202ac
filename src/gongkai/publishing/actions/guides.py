"""Which of the usual institutions (制度) an item is."""

from datetime import datetime

from django.db import transaction

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.law.publishing.completeness import required_parts
from gongkai.publishing.models import Institution, Item
from gongkai.publishing.policies.people import may_work_on


class UnableToMarkInstitution(ActionRefused):
    """The item is no institution, or there is no such institution."""


@transaction.atomic
def mark_institution(*, item: Item, code: str, by: Account, at: datetime) -> Institution | None:
    """Say which of the usual set an item is; an empty code says none of them."""
    refusal = may_work_on(item, by)
    labels = {part.code: part.label for part in required_parts("institutions")}
    if item.kind != Item.Kind.INSTITUTION:
        refusal = Refusal("这条信息的体裁不是制度，请先改体裁。")
    if code and code not in labels:
        refusal = Refusal("没有这一项制度，请另选。")
    if refusal:
        raise UnableToMarkInstitution(refusal)
    record(
        by=by,
        at=at,
        act="marked_institution",
        subject=item.subject,
        agency=item.agency,
        details={"index_number": item.index_number, "name": labels.get(code, "其他制度")},
    )
    if not code:
        Institution.objects.filter(item=item).delete()
        return None
    marked, _ = Institution.objects.update_or_create(item=item, defaults={"code": code, "by": by, "at": at})
    return marked
