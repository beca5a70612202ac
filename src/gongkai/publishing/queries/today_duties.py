"""What the board of duties asks of a person, for the page of today."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.queries import agencies_of
from gongkai.casework.queries.neighbors import NeighborHeap, NeighborLine
from gongkai.law.publishing.cadence import Light
from gongkai.publishing.policies.people import may_draft, sections_of
from gongkai.publishing.queries.duties import DutyLine, board_of
from gongkai.publishing.queries.withheld import Withheld, withheld_of

_ELSEWHERE = {"item"}  # items on their way have a heap of their own


def pressing(account: Account, on: date) -> NeighborHeap:
    """What is late or near in the sections of a person; the disclosure office sees what is late anywhere."""
    lines = [line for agency in agencies_of(account) for line in _of_agency(agency, account, on)]
    return NeighborHeap(
        "publishing-duties",
        "到期要公开的",
        "定期和逐段公开、年度计划、要更换的旧版本、要评估的不予公开信息；全部在“主动公开”的“到期”里。",
        tuple(sorted(lines, key=lambda line: (line.tone != "late", line.due_on))),
    )


def _of_agency(agency: Agency, account: Account, on: date) -> Iterator[NeighborLine]:
    own = sections_of(agency, account)
    if may_draft(agency, account) is not None and not own:
        return
    for duty in board_of(agency, account, on).lines:
        late, mine = duty.shown.light is Light.OVERDUE, duty.section is None or duty.section.pk in own
        if duty.kind not in _ELSEWHERE and duty.shown.light is not Light.GREEN and (mine or not own or late):
            yield _line(duty)
    for look in withheld_of(agency, account, on):
        if look.is_due:
            yield _look(look)


def _line(duty: DutyLine) -> NeighborLine:
    return NeighborLine(duty.title, duty.address, duty.left, duty.due_on, duty.kind_label, duty.tone)


def _look(look: Withheld) -> NeighborLine:
    address = reverse("publishing:reassess", args=[look.item.pk])
    return NeighborLine(look.item.title, address, look.left, look.next_on, "定期评估审查", look.tone)
