"""One list held against the lists that are out already: masks that undo each other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from gongkai.screening.findings import Listed
from gongkai.screening.names import is_name, shorten_name
from gongkai.screening.reversing import left_together
from gongkai.screening.rules import MaskedPerson
from gongkai.screening.stretch import Hit

_MOST_OF_A_NAME = 30


def hits_across(people: Sequence[Listed], published: Sequence[MaskedPerson]) -> Iterator[Hit]:
    """A find for each person and each list that gives the person away; the list stands in the excerpt, so
    that letting one stand lets no other stand."""
    out: dict[str, list[MaskedPerson]] = defaultdict(list)
    for person in published:
        out[person.name].append(person)
    own: dict[str, list[Listed]] = defaultdict(list)
    for listed in people:
        own[listed.name].append(listed)
    for name, entries in own.items():
        others = out[name][:_MOST_OF_A_NAME]
        each_once = len({other.source for other in others}) == len(others) and len(entries) == 1
        alone = each_once and is_name(name)
        for listed in entries[:_MOST_OF_A_NAME]:
            yield from _against(listed, others, alone)


def _against(listed: Listed, others: Sequence[MaskedPerson], alone: bool) -> Iterator[Hit]:
    told: set[str] = set()
    for other in others:
        left = left_together(MaskedPerson(listed.name, listed.number, listed.birth), other, alone=alone)
        if left is None or other.source in told:
            continue
        told.add(other.source)
        excerpt = f"{shorten_name(listed.name)} {listed.number[:3]}***，合看“{other.source}”"
        note = f"与“{other.source}”合看，" + (
            "只剩一个号码符合" if left == 1 else f"只剩约 {left} 个号码符合"
        )
        yield Hit("personal.reconstruction", True, (), excerpt, note, listed.where)
