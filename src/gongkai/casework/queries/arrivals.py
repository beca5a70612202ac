"""How long nothing has arrived: a channel that broke makes no noise."""

from datetime import date, timedelta
from itertools import pairwise

from gongkai.agencies.models import Agency
from gongkai.casework.models import Application

_LOOKED_AT = timedelta(days=730)
_ENOUGH = 6  # days on which something arrived, to know what is usual
_NEVER_BEFORE = 30  # days


def gone_quiet(agency: Agency, on: date) -> int | None:
    """For how many days nothing arrived, where that is out of the ordinary: more than a month, and
    more than twice what nine of ten gaps of the last two years were. ``None`` where it is not."""
    arrived = Application.objects.filter(agency=agency, arrived_on__gte=on - _LOOKED_AT)
    days = sorted(set(arrived.values_list("arrived_on", flat=True)))
    if len(days) < _ENOUGH:
        return None
    gaps = sorted((after - before).days for before, after in pairwise(days))
    silent = (on - days[-1]).days
    return silent if silent > max(_NEVER_BEFORE, 2 * gaps[len(gaps) * 9 // 10]) else None
