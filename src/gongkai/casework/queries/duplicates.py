"""Which applications look alike, and who applies how often (第三十五条, 第三十六条第六项, 第四十二条)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from gongkai.agencies.models import Agency
from gongkai.casework.models import Application, Likeness
from gongkai.law.breach import LawBreach
from gongkai.law.fees import next_case_fee
from gongkai.law.limits import add_months
from gongkai.law.similar import Haystack, Profile, digest_of_normalised, may_be_alike, normalised, rank

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
    clean: str

    @property
    def when(self) -> tuple[date, int]:
        return self.arrived_on, self.pk


def sketches(agency: Agency, since: date) -> list[Sketch]:
    """Every case of an agency that arrived since a day. A case that was split stands in its parts.

    Their texts are kept ``normalised``; the pairs of so many would not fit.
    """
    rows = (
        Application.objects.filter(agency=agency, arrived_on__gte=since)
        .exclude(disposal=Application.Disposal.SPLIT)
        .values_list("pk", "arrived_on", "applicant__fingerprint", "description", "document_number")
    )
    return [_sketch(*row) for row in rows.iterator()]


def _sketch(pk: int, arrived_on: date, fingerprint: str | None, text: str, number: str) -> Sketch:
    clean = normalised(text)
    digest = digest_of_normalised((clean, normalised(number)))
    return Sketch(pk, arrived_on, fingerprint or "", digest, clean)


def register_start(on: date) -> date:
    """The register is searched two years back."""
    return add_months(on, -_MONTHS_BACK)


def alike(case: Sketch, others: Iterable[Sketch]) -> list[Alike]:
    """The cases that arrived or were registered before, with the same text, a text at least ``AT_LEAST``
    like it, or the same applicant.

    The same applicant comes first, then the more alike; at most ``MOST_SHOWN``.
    """
    profile = Profile.of_normalised(case.clean)
    earlier = [other for other in others if other.when < case.when or other.pk < case.pk]
    near = [other for other in earlier if may_be_alike(profile, other.clean, AT_LEAST)]
    profiles = ((other.pk, Profile.of_normalised(other.clean)) for other in near)
    scores = {match.key: match.likeness for match in rank(profile, profiles, AT_LEAST)}
    scores |= {other.pk: 1.0 for other in earlier if other.digest == case.digest}
    same = {other.pk for other in earlier if case.fingerprint and other.fingerprint == case.fingerprint}
    found = [Alike(pk, scores.get(pk, 0.0), pk in same) for pk in {*scores, *same}]
    ranked = sorted(found, key=lambda one: (-(one.score >= AT_LEAST), not one.same_applicant, -one.score))
    return ranked[:MOST_SHOWN]


class Register:
    """Many cases, to find for each the few that are worth a look: of the same applicant, with the same
    text, or with one that can be alike."""

    def __init__(self, all_of_them: Sequence[Sketch]) -> None:
        self._by_mark: dict[str, list[Sketch]] = defaultdict(list)
        for sketch in all_of_them:
            self._by_mark[sketch.digest].append(sketch)
            if sketch.fingerprint:
                self._by_mark[sketch.fingerprint].append(sketch)
        self._by_text = Haystack((sketch, sketch.clean) for sketch in all_of_them)

    def beside(self, case: Sketch) -> list[Sketch]:
        """The cases of the two years before it that may be like it, each once."""
        since = register_start(case.arrived_on)
        marked = [*self._by_mark[case.digest], *self._by_mark.get(case.fingerprint, ())]
        near = self._by_text.near(Profile.of_normalised(case.clean), AT_LEAST)
        found = {other.pk: other for other in chain(marked, near) if other.arrived_on >= since}
        return list(found.values())


def noted(cases: Iterable[int]) -> dict[int, set[tuple[int, float, bool]]]:
    """What was found of these cases before: the other case, its score, whether the applicant is the same."""
    found: dict[int, set[tuple[int, float, bool]]] = defaultdict(set)
    rows = Likeness.objects.filter(case__in=cases).values_list(
        "case_id", "other_id", "score", "same_applicant"
    )
    for pk, other, score, same in rows:
        found[pk].add((other, round(score, 4), same))
    return found


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
    of_year, frequent = _cases_of_year(agency, on), defaultdict(list)
    counts = Counter(of_year.values_list("applicant__fingerprint", flat=True))
    often = [key for key, count in counts.items() if count >= at_least]
    for case in of_year.filter(applicant__fingerprint__in=often):
        frequent[case.applicant.fingerprint].append(case)
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
