"""The look at what is withheld (第十八条): it stays, is given on application, or goes out."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.casework.queries.calendars import calendar_of
from gongkai.law.publishing import classes
from gongkai.publishing.actions.drafting import classify_item, edit_item
from gongkai.publishing.models import Item, Reassessment
from gongkai.publishing.policies.reassessing import may_reassess
from gongkai.publishing.reckoning import LIMITS


class UnableToReassess(ActionRefused):
    """The item is not withheld, or no reason was given."""


@transaction.atomic
def reassess_item(*, item: Item, outcome: str, reason: str, by: Account, at: datetime) -> Reassessment:
    """Note the outcome and let the item follow it: kept items get the day of the next look, those that
    may go out become a draft with 20 working days from today."""
    refusal = may_reassess(item, by)
    if refusal is None and not reason.strip():
        refusal = Refusal(
            "请写明评估的理由；维持不公开的，写明依据的条款现在为什么仍然适用。", "《条例》第十八条"
        )
    if refusal:
        raise UnableToReassess(refusal)
    on = timezone.localdate(at)
    law = classes.reassessed(classes.Reassessment(outcome), on, LIMITS, calendar_of(item.agency))
    looked = Reassessment.objects.create(
        item=item, on=on, outcome=outcome, reason=reason.strip(), by=by, at=at
    )
    kept = law.disclosure_class == classes.DisclosureClass.WITHHELD
    item = classify_item(
        item=item,
        disclosure_class=law.disclosure_class.value,
        ground=item.ground if kept else "",
        reason=item.ground_reason if kept else "",
        reassess_on=law.due.due_on if kept and law.due else None,
        by=by,
        at=at,
    )
    if law.disclosure_class == classes.DisclosureClass.PROACTIVE:
        edit_item(item=item, content=item.draft, by=by, at=at, changed_on=on)
    record(
        by=by,
        at=at,
        act="reassessed_item",
        subject=item.subject,
        agency=item.agency,
        details={"index_number": item.index_number, "name": looked.get_outcome_display()},
    )
    return looked
