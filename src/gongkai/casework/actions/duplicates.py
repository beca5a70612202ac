"""Noting which applications look alike. What is found only points; it never blocks anything."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.casework.actions.log import note
from gongkai.casework.models import Application, Likeness
from gongkai.casework.queries.duplicates import Alike, Register, alike, noted, register_start, sketches

_PORTION = 100  # cases kept in one transaction


@transaction.atomic
def compare(*, case: Application, at: datetime) -> list[Likeness]:
    """Lay a case beside the register of the last two years and keep what is like it."""
    register = sketches(case.agency, register_start(case.arrived_on))
    own = next((sketch for sketch in register if sketch.pk == case.pk), None)
    return _keep(case, alike(own, register) if own else [], at)


def compare_all(*, agency: Agency, at: datetime) -> int:
    """Every open case against the register anew, since texts change with a supplement and registers are
    imported. Returns how many cases have something like them.

    Nothing is locked while it looks; what changed is kept in portions, so that nobody waits for long.
    """
    all_of_them = sketches(agency, register_start(timezone.localdate(at)))
    register = Register(all_of_them)
    still_open = Application.objects.filter(agency=agency).exclude(state="closed").in_bulk()
    looked_at = [sketch for sketch in all_of_them if sketch.pk in still_open]
    found = 0
    for start in range(0, len(looked_at), _PORTION):
        portion = {
            sketch.pk: alike(sketch, register.beside(sketch)) for sketch in looked_at[start:][:_PORTION]
        }
        found += sum(map(bool, portion.values()))
        _keep_changed({still_open[pk]: what for pk, what in portion.items()}, at)
    return found


@transaction.atomic
def _keep_changed(portion: Mapping[Application, list[Alike]], at: datetime) -> None:
    before = noted(case.pk for case in portion)
    for case, found in portion.items():
        if _facts(found) != before.get(case.pk, set()):
            _keep(case, found, at)


def _facts(found: Iterable[Alike]) -> set[tuple[int, float, bool]]:
    return {(one.case_pk, round(one.score, 4), one.same_applicant) for one in found}


def _keep(case: Application, found: list[Alike], at: datetime) -> list[Likeness]:
    """Replace what was noted before; the trail hears of it only when something changed."""
    if _facts(found) == noted([case.pk]).get(case.pk, set()):
        return list(case.likenesses.all())
    case.likenesses.all().delete()
    rows = [
        Likeness(case=case, other_id=one.case_pk, score=one.score, same_applicant=one.same_applicant)
        for one in found
    ]
    Likeness.objects.bulk_create(rows)
    note(case, None, at, "compared", {"number": case.number, "alike": len(rows)})
    return rows
