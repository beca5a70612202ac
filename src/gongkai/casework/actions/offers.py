"""Counting what was offered to those about to apply. Sums without persons: no line of the trail, which a
stranger could otherwise fill at will."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.casework.models import OfferTally


@transaction.atomic
def count_offer(*, agency: Agency, satisfied: bool, at: datetime) -> None:
    """Something published was offered; ``satisfied``: the person needed no application any more."""
    tally, _ = OfferTally.objects.get_or_create(agency=agency, on=timezone.localdate(at))
    OfferTally.objects.filter(pk=tally.pk).update(
        offered=F("offered") + 1, satisfied=F("satisfied") + int(satisfied)
    )
