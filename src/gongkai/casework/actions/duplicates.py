"""Noting which applications look alike. What is found only points; it never blocks anything."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.casework.actions.log import note
from gongkai.casework.models import Application, Likeness
from gongkai.casework.queries.duplicates import Alike, Sketch, alike, register_start, sketches


@transaction.atomic
def compare(*, case: Application, at: datetime) -> list[Likeness]:
    """Lay a case beside the register of the last two years and keep what is like it."""
    register = sketches(case.agency, register_start(case.arrived_on))
    own = next((sketch for sketch in register if sketch.pk == case.pk), None)
    return _keep(case, alike(own, register) if own else [], at)


@transaction.atomic
def compare_all(*, agency: Agency, at: datetime) -> int:
    """Every open case against the register anew, since texts change with a supplement and registers are
    imported. Returns how many cases have something like them."""
    register = sketches(agency, register_start(timezone.localdate(at)))
    still_open = Application.objects.filter(agency=agency).exclude(state="closed").in_bulk()
    found = 0
    for sketch in register:
        case = still_open.get(sketch.pk)
        if case is not None:
            found += bool(_keep(case, alike(sketch, _near(sketch, register)), at))
    return found


def _near(sketch: Sketch, register: Iterable[Sketch]) -> list[Sketch]:
    since = register_start(sketch.arrived_on)
    return [other for other in register if other.arrived_on >= since]


def _keep(case: Application, found: list[Alike], at: datetime) -> list[Likeness]:
    """Replace what was noted before; the trail hears of it only when something changed."""
    wanted = {(one.case_pk, round(one.score, 4), one.same_applicant) for one in found}
    noted = case.likenesses.values_list("other_id", "score", "same_applicant")
    if wanted == {(pk, round(score, 4), same) for pk, score, same in noted}:
        return list(case.likenesses.all())
    case.likenesses.all().delete()
    rows = [
        Likeness(case=case, other_id=one.case_pk, score=one.score, same_applicant=one.same_applicant)
        for one in found
    ]
    Likeness.objects.bulk_create(rows)
    note(case, None, at, "compared", {"number": case.number, "alike": len(rows)})
    return rows
