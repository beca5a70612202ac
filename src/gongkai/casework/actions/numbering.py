"""Numbers without a gap and never used twice, also when several people take one at once."""

from django.db import transaction

from gongkai.agencies.models import Agency
from gongkai.casework.models import NumberSequence

REGISTRATION = "registration"


@transaction.atomic
def take_number(agency: Agency, series: str, year: int) -> int:
    """The next number of a series. Taken inside the transaction of what it numbers, it goes back with it."""
    sequence, _ = NumberSequence.objects.select_for_update().get_or_create(
        agency=agency, series=series, year=year
    )
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return sequence.last
