"""Suggestions to publish what was given on application, and what several applicants asked for."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.queries import agencies_of
from gongkai.casework.models import Application, CaseFile, Likeness
from gongkai.casework.queries.neighbors import CaseLink
from gongkai.publishing.models import Publication, Suggestion
from gongkai.publishing.policies.conversion import may_suggest, was_provided

_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class AskedTogether:
    """Applications of different people for the same information; ``case`` is the last that was granted."""

    case: Application
    cases: tuple[Application, ...]
    applicants: int


@dataclass(frozen=True, slots=True)
class SuggestionLine:
    """A suggestion with what became of it."""

    suggestion: Suggestion
    live: Publication | None

    @property
    def state(self) -> str:
        if self.live is not None:
            return "已公开"
        if self.suggestion.item is not None:
            return self.suggestion.item.get_state_display()
        return self.suggestion.get_outcome_display() or "等待决定"


def suggestions_of(agency: Agency) -> list[SuggestionLine]:
    """Every suggestion, those still to be decided first."""
    found = Suggestion.objects.filter(agency=agency).select_related("case", "item", "by", "agency")
    lines = list(found)
    live = {
        publication.item_id: publication
        for publication in Publication.objects.live().filter(item__in=[line.item_id for line in lines])
    }
    ordered = sorted(lines, key=lambda line: (bool(line.outcome), -line.pk))
    return [SuggestionLine(line, live.get(line.item_id) if line.item_id else None) for line in ordered]


def find_suggestion(account: Account, pk: int) -> Suggestion | None:
    """A suggestion of an agency the person works in."""
    found = Suggestion.objects.filter(agency__in=agencies_of(account), pk=pk)
    return found.select_related("agency", "case__agency", "item").first()


def asked_by_several(agency: Agency) -> list[AskedTogether]:
    """What different applicants asked for and was given at least once, without a suggestion yet; what most
    asked for first."""
    groups = [group for group in _groups(agency) if len(group) > 1]
    wanted = {pk for group in groups for pk in group}
    cases = Application.objects.select_related("applicant", "agency").in_bulk(wanted)
    suggested = set(Suggestion.objects.filter(case__in=wanted).values_list("case_id", flat=True))
    found = [
        _together([cases[pk] for pk in sorted(group) if pk in cases])
        for group in groups
        if not group & suggested
    ]
    return sorted((one for one in found if one is not None), key=lambda one: (-one.applicants, -one.case.pk))


def _together(cases: list[Application]) -> AskedTogether | None:
    granted = [case for case in cases if was_provided(case)]
    applicants = len({case.applicant.fingerprint for case in cases})
    if not granted or applicants < 2:
        return None
    return AskedTogether(granted[-1], tuple(cases), applicants)


def _groups(agency: Agency) -> list[set[int]]:
    """The cases of an agency that are alike, directly or through others."""
    neighbors: defaultdict[int, set[int]] = defaultdict(set)
    pairs = Likeness.objects.filter(case__agency=agency, score__gte=_ALIKE)
    for one, other in pairs.values_list("case_id", "other_id"):
        neighbors[one].add(other)
        neighbors[other].add(one)
    groups, seen = [], set[int]()
    for start in neighbors:
        if start not in seen:
            groups.append(_reached(start, neighbors))
            seen |= groups[-1]
    return groups


def _reached(start: int, neighbors: defaultdict[int, set[int]]) -> set[int]:
    found, ahead = set[int](), {start}
    while ahead:
        now = ahead.pop()
        found.add(now)
        ahead |= neighbors[now] - found
    return found


def asked_with(case: Application) -> int:
    """How many applications for the same information there are, this one among them."""
    return next((len(group) for group in _groups(case.agency) if case.pk in group), 1)


def provided_files(case: Application) -> QuerySet[CaseFile]:
    """What the applicant got: of a redacted file the redacted copy, not the original."""
    kinds = (CaseFile.Kind.PROVIDED, CaseFile.Kind.REDACTED)
    files = case.files.filter(kind__in=kinds, removed_at__isnull=True)
    originals = files.filter(redacted_from__isnull=False).values("redacted_from")
    return files.exclude(pk__in=originals)


def conversion_of(case: Application, account: Account) -> CaseLink | None:
    """For the page of a case: suggest publishing what was given, or see what became of it."""
    found = Suggestion.objects.filter(case=case).select_related("item").first()
    if found is None:
        refusal = may_suggest(case, account)
        address = reverse("publishing:convert", args=[case.pk])
        return CaseLink("转为主动公开", address, str(refusal or "")) if was_provided(case) else None
    if found.item is not None:
        said = f"已转为主动公开，{found.item.get_state_display()}"
        return CaseLink("看那条公开信息", reverse("publishing:item", args=[found.item.pk]), said=said)
    said = f"已建议转为主动公开，{found.get_outcome_display() or '等待决定'}"
    return CaseLink("看建议", reverse("publishing:suggestions", args=[case.agency.slug]), said=said)
