"""Which applications look alike, and who applies how often (第三十五条, 第三十六条第六项, 第四十二条)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from gongkai.agencies.models import Agency
from gongkai.casework.models import Application, Likeness
from gongkai.law.breach import LawBreach
from gongkai.law.fees import next_case_fee
from gongkai.law.limits import add_months
from gongkai.law.similar import Profile, form_digest, rank

AT_LEAST = 0.6
MOST_SHOWN = 20
_MONTHS_BACK = 24


@dataclass(frozen=True, slots=True)
class Alike:
    """An earlier case that is like one: ``score`` is 1 for the same text."""

    case_pk: int
    score: float
    same_applicant: bool


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of a case."""

    pk: int
    arrived_on: date
    fingerprint: str
    digest: str
    profile: Profile

    @property
    def when(self) -> tuple[date, int]:
        return self.arrived_on, self.pk


def sketches(agency: Agency, since: date) -> list[Sketch]:
    """Every case of an agency that arrived since a day. A case that was split stands in its parts."""
    rows = (
        Application.objects.filter(agency=agency, arrived_on__gte=since)
        .exclude(disposal=Application.Disposal.SPLIT)
        .values_list("pk", "arrived_on", "applicant__fingerprint", "description", "document_number")
    )
    return [
        Sketch(pk, arrived_on, fingerprint or "", form_digest((text, number)), Profile.of(text))
        for pk, arrived_on, fingerprint, text, number in rows.iterator()
    ]


def register_start(on: date) -> date:
    """The register is searched two years back."""
    return add_months(on, -_MONTHS_BACK)


def alike(case: Sketch, others: Iterable[Sketch]) -> list[Alike]:
    """The cases that arrived or were registered before, with the same text, a text at least ``AT_LEAST``
    like it, or the same applicant.

    The same applicant comes first, then the more alike; at most ``MOST_SHOWN``.
    """
    earlier = [other for other in others if other.when < case.when or other.pk < case.pk]
    scores = {
        match.key: match.likeness
        for match in rank(case.profile, ((other.pk, other.profile) for other in earlier), AT_LEAST)
    }
    scores |= {other.pk: 1.0 for other in earlier if other.digest == case.digest}
    same = {other.pk for other in earlier if case.fingerprint and other.fingerprint == case.fingerprint}
    found = [Alike(pk, scores.get(pk, 0.0), pk in same) for pk in {*scores, *same}]
    ranked = sorted(found, key=lambda one: (-(one.score >= AT_LEAST), not one.same_applicant, -one.score))
    return ranked[:MOST_SHOWN]


def likenesses_of(case: Application) -> QuerySet[Likeness]:
    """What was found, with the earlier cases: alike texts first, the same applicant before others."""
    return case.likenesses.select_related("other", "other__applicant").order_by(
        "-score", "-same_applicant", "-other_id"
    )


@dataclass(frozen=True, slots=True)
class Pattern:
    """How often one applicant applied. ``next_fee`` is what one more case would cost in yuan this month,
    ``None`` where no fee may be charged yet."""

    fingerprint: str
    masked_name: str
    this_month: int
    this_quarter: int
    this_year: int
    repeats: int
    open_cases: int
    next_fee: int | None
    latest: tuple[Application, ...]


def patterns(agency: Agency, on: date, at_least: int = 3) -> list[Pattern]:
    """The applicants with ``at_least`` cases in the year of ``on``, the most frequent first."""
    by_applicant: dict[str, list[Application]] = defaultdict(list)
    for case in _cases_of_year(agency, on):
        by_applicant[case.applicant.fingerprint].append(case)
    frequent = {key: cases for key, cases in by_applicant.items() if len(cases) >= at_least}
    repeated = _repeats([case.pk for cases in frequent.values() for case in cases])
    found = [_pattern(key, cases, repeated, on) for key, cases in frequent.items()]
    return sorted(found, key=lambda one: (-one.this_year, -one.this_month, one.masked_name))


def _cases_of_year(agency: Agency, on: date) -> QuerySet[Application]:
    return (
        Application.objects.filter(agency=agency, counted=True, matter=Application.Matter.DISCLOSURE)
        .annotate(day=Coalesce(F("received_on"), F("arrived_on")))
        .filter(day__year=on.year, day__lte=on)
        .select_related("applicant")
        .defer("applicant__identity", "applicant__query_code", "description")
        .order_by("-day", "-pk")
    )


def _repeats(pks: list[int]) -> Counter[int]:
    """How many of these cases repeat an earlier one of the same applicant."""
    alike_pks = Likeness.objects.filter(case__in=pks, same_applicant=True, score__gte=AT_LEAST)
    return Counter(dict.fromkeys(alike_pks.values_list("case_id", flat=True), 1))


def _pattern(key: str, cases: list[Application], repeated: Counter[int], on: date) -> Pattern:
    days = [case.received_on or case.arrived_on for case in cases]
    this_month = sum((day.year, day.month) == (on.year, on.month) for day in days)
    return Pattern(
        fingerprint=key,
        masked_name=cases[0].applicant.masked_name,
        this_month=this_month,
        this_quarter=sum((day.month - 1) // 3 == (on.month - 1) // 3 for day in days),
        this_year=len(cases),
        repeats=sum(repeated[case.pk] for case in cases),
        open_cases=sum(case.is_open for case in cases),
        next_fee=_next_fee(this_month, on),
        latest=tuple(cases[:5]),
    )


def _next_fee(cases_so_far: int, on: date) -> int | None:
    try:
        return next_case_fee(cases_so_far, on)
    except LawBreach:
        return None
