"""Lists of an office held against each other: two masks of one person may undo each other.

What is out changes every day, so nothing of this is kept: it is asked whenever findings are.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from gongkai.publishing.models import Item, Publication, Scan
from gongkai.publishing.policies.parts import Part, parts_of
from gongkai.screening.exchange import person_from_json
from gongkai.screening.findings import Finding
from gongkai.screening.rules import MaskedPerson
from gongkai.screening.screen import findings_across

_TAKEN_BACK = {Publication.End.WITHDRAWN, Publication.End.EXPIRED}


@dataclass(frozen=True, slots=True)
class _Out:
    """A part that is public: how it is called, and the publication with which it came."""

    source: str
    since: int


def found_across(item: Item, scans: Mapping[Part, Scan]) -> dict[Part, list[dict[str, Any]]]:
    """For the lists of an item what other lists of the agency that are out give away, and its own among
    each other. A list that was out first is not held against those that followed: they answer for it."""
    lists = {part: scan for part, scan in scans.items() if scan.people}
    if not lists:
        return {}
    mine, theirs = _out_of([item]).get(item.pk, {}), list(_public_lists(item))
    found = {}
    for part, scan in lists.items():
        since = mine[part.scanned_as].since if part.scanned_as in mine else None
        others = [person for out, people in theirs if since is None or out.since < since for person in people]
        for other, beside in lists.items():
            others += _people(beside, f"本条信息的{other.name}") if other != part else []
        people = tuple(map(person_from_json, scan.people))
        found[part] = [_as_json(each) for each in findings_across(people, others)]
    return found


def _as_json(finding: Finding) -> dict[str, Any]:
    return asdict(finding) | {"severity": finding.severity.value}


def _people(scan: Scan, source: str) -> list[MaskedPerson]:
    listed = map(person_from_json, scan.people)
    return [MaskedPerson(each.name, each.number, each.birth, source) for each in listed]


def _public_lists(item: Item) -> Iterator[tuple[_Out, list[MaskedPerson]]]:
    """The people of every other list of the agency that is public now."""
    live = Publication.objects.live().filter(item__agency=item.agency_id).exclude(item=item)
    scans = Scan.objects.filter(item__in=live.values("item"), people__isnull=False).order_by("pk")
    latest = {(scan.item_id, scan.part): scan for scan in scans}
    out = _out_of({pk for pk, _ in latest})
    for (pk, part), scan in latest.items():
        if part in out.get(pk, {}):
            yield out[pk][part], _people(scan, out[pk][part].source)


def _out_of(items: Iterable[Item | int]) -> dict[int, dict[str, _Out]]:
    """Of each item what is public of it now. A part keeps its first publication through new editions, and
    loses it when the item is taken back."""
    found: dict[int, dict[str, _Out]] = {}
    rows = Publication.objects.filter(item__in=items).order_by("pk").prefetch_related("files")
    for publication in rows:
        before = found.get(publication.item_id, {})
        found[publication.item_id] = {
            part.scanned_as: before.get(part.scanned_as, _Out(_source(publication, part), publication.pk))
            for part in parts_of(publication)
            if publication.end not in _TAKEN_BACK
        }
    return found


def _source(publication: Publication, part: Part) -> str:
    return publication.title if part.is_words else f"{publication.title}（{part.name}）"
