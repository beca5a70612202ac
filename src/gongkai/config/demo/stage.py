"""The stage on which the plan is played: who is there, what time it is, what comes next."""

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count

from django.utils import timezone

from gongkai.agencies.models import Account, Agency, Section
from gongkai.casework.actions.files import add_file
from gongkai.casework.models import Application, CaseFile, Letter
from gongkai.config.demo.plan import table
from gongkai.documents.ledger import Ledger, print_ledger
from gongkai.law.workdays import WorkingCalendar

Scene = Callable[[], object]
_OPENS = time(9)


@dataclass
class Stage:
    """Scenes are played in the order of their days, those of one day in the order they were put on.

    ``day`` is the day that is being played; nothing that lies after ``now`` is.
    """

    agency: Agency
    calendar: WorkingCalendar
    now: datetime
    day: date = date.min
    cases: dict[str, int] = field(default_factory=dict)
    remedies: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)
    _scenes: list[tuple[date, int, Scene]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)
    _minutes: int = 0

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def put_on(self, day: date, scene: Scene) -> None:
        """Play a scene on a day, unless it is still to come."""
        if day <= self.today:
            heapq.heappush(self._scenes, (day, next(self._order), scene))

    def after(self, working_days: int, scene: Scene) -> None:
        """Play a scene so many working days after the one being played."""
        self.put_on(self.calendar.add_working_days(self.day, working_days), scene)

    def play(self) -> None:
        """Everything, in order."""
        while self._scenes:
            day, _, scene = heapq.heappop(self._scenes)
            if day != self.day:
                self.day, self._minutes = day, 0
            scene()

    def at(self) -> datetime:
        """The next minute of the day being played."""
        opens = timezone.make_aware(datetime.combine(self.day, _OPENS))
        self._minutes += 1
        return min(opens + timedelta(minutes=self._minutes), self.now)

    def person(self, username: str) -> Account:
        """Somebody of the demo office by login name."""
        if username not in self.people:
            found = Account.objects.prefetch_related("memberships").get(username=username)
            self.people[username] = found
        return self.people[username]

    def section(self, name: str) -> Section:
        return self.agency.sections.get(name=name)

    def case(self, name: str) -> Application:
        """A case of the plan as it stands now."""
        return Application.objects.select_related("agency", "section", "officer").get(pk=self.cases[name])

    def hand(self, case: Application) -> Account:
        """Who works on a case."""
        return self.person(case.officer.username if case.officer else "officer")

    def working_day(self, days: int) -> date:
        """The day so many working days after the one being played."""
        return self.calendar.add_working_days(self.day, days)


def identity_of(name: str) -> Mapping[str, str]:
    """An applicant of the plan. Telephone, address and the rest are invented like the name."""
    entry = table("applicants")["applicants"][name]
    return {
        "phone": "000-0000000",
        "address": "示例市示例路1号（虚构）",
        "postcode": "000000",
        "email": f"{name}@example.invalid",
    } | {key: value for key, value in entry.items() if key != "kind"}


def letter_of(case: Application, *kinds: str) -> Letter:
    """The newest letter of one of these kinds that was not given up."""
    found = case.letters.filter(kind__in=kinds).exclude(state=Letter.State.DROPPED).last()
    assert found is not None, f"{case} has no letter of the kind {kinds}"
    return found


def keep_sample(stage: Stage, case: Application, kind: str, title: str, *, lines: list[str]) -> CaseFile:
    """Put an invented paper into the file."""
    notes = [*lines, "本件是演示材料，内容全部虚构。"]
    data = print_ledger(Ledger(title=title, facts=[("说明", "演示材料（虚构）")], notes=notes))
    return add_file(
        case=case,
        kind=kind,
        name=f"{title}.pdf",
        data=data,
        by=stage.hand(case),
        at=stage.at(),
    )
