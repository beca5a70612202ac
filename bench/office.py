"""An office with 100,000 applications in a database of its own, for ``bench.casework``.

Histories are drawn at random within the law, entered in bulk, and indexed by the same function that
indexes every single event (``actions.log.index``), so that what is measured is what an office would have
after six years. Nobody in it is real.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.actions import appoint, open_account, open_agency
from gongkai.agencies.models import Account, Agency, Membership, Section
from gongkai.audit.models import GENESIS, Entry
from gongkai.casework.actions import log
from gongkai.casework.actions.numbering import REGISTRATION
from gongkai.casework.identity import fingerprint, masked, query_code_digest
from gongkai.casework.lettering import compose, content_hash, facts_of
from gongkai.casework.models import (
    Applicant,
    Application,
    CaseEvent,
    Letter,
    Message,
    NumberSequence,
    OfficeProfile,
    Service,
)
from gongkai.casework.reckoning import calendar_of, clock_events, deadline_of
from gongkai.documents.letters import Letter as Paper
from gongkai.documents.letters import render
from gongkai.law.applicants import ApplicantKind
from gongkai.law.limits import add_months
from gongkai.law.outcomes import DECISIONS
from gongkai.law.workdays import WorkingCalendar
from gongkai.remedies.actions.log import append as append_to_remedy
from gongkai.remedies.models import Remedy
from gongkai.reporting.actions.report import start_report

PASSWORD = "only-for-measuring-7"
YEARS, BATCH, LIKE_ANOTHER = 6, 5000, 0.05
CODE = "ABCD-2345"
Role = Membership.Role
_CHANNELS = ("in_person", "signed_mail", "ordinary_mail", "fax", "email", "website")
_PLACES = ("城东", "城西", "河口", "南山", "北湖", "新桥", "石门", "柳林", "青坪", "白塔", "马集", "双河")
_THINGS = (
    "校舍维修改造", "道路拓宽", "土地征收补偿", "污水处理厂扩建", "农村危房改造", "公交线路调整",
    "医疗设备采购", "老旧小区加装电梯", "河道清淤", "幼儿园普惠补助", "公租房分配", "燃气管网更新",
    "林地流转", "垃圾清运外包",
)  # fmt: skip
_PAPERS = (
    "项目清单",
    "招标公告和中标结果",
    "资金拨付明细",
    "验收报告",
    "会议纪要",
    "评估报告",
    "批复文件",
    "合同文本",
)
_OUTCOMES = [each.code for each in DECISIONS]
_WEIGHTS = [
    30 if code.startswith("granted") else 12 if code.startswith("unable") else 3 for code in _OUTCOMES
]


@dataclass(frozen=True)
class Office:
    """The agency and who works there."""

    agency: Agency
    officer: Account
    head: Account
    worker: Account
    sections: tuple[Section, ...]
    officers: tuple[Account, ...]


def _moment(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def found(on: date) -> Office:
    """An agency with eight sections and the people that the measurements sign in as."""
    at = _moment(add_months(on, -12 * YEARS) - timedelta(days=30))
    agency = open_agency(name="示例市百万件局", slug="large", by=None, at=at)
    sections = tuple(
        Section.objects.create(agency=agency, name=f"示例{number}科", is_disclosure_office=number == 0)
        for number in range(8)
    )
    people = {
        name: open_account(agency=agency, username=name, full_name=f"示例{name}", password=PASSWORD,
                           roles=roles, by=None, at=at)
        for name, roles in {
            "officer": (Role.OFFICER,), "head": (Role.OFFICE_HEAD,), "leader": (Role.LEADER_IN_CHARGE,),
        }.items()
    }  # fmt: skip
    workers = []
    for section in sections[1:]:
        worker = open_account(agency=agency, username=f"worker{section.pk}", full_name=f"示例员{section.pk}",
                              password=PASSWORD, roles=(), by=None, at=at)  # fmt: skip
        appoint(agency=agency, account=worker, role=Role.OFFICER, by=None, at=at)
        Membership.objects.filter(account=worker, role=Role.OFFICER).update(section=section)
        workers.append(worker)
    OfficeProfile.objects.create(
        agency=agency, letter_mark="示百公", address="示例市示例路1号", phone="000-0000000",
        hours="工作日9:00至18:00", review_body="示例市人民政府", court="示例市示例区人民法院",
    )  # fmt: skip
    return Office(agency, people["officer"], people["head"], workers[0], sections, tuple(workers))


class Histories:
    """Random lawful histories, in the order of their arrival."""

    def __init__(self, office: Office, on: date, seed: int) -> None:
        self.office, self.on, self.random = office, on, random.Random(seed)
        self.calendar: WorkingCalendar = calendar_of(office.agency)
        self.texts: list[str] = []
        self.serials: dict[int, int] = {}

    def case(self, pk: int, arrived_on: date) -> Application:
        draw, office = self.random, self.office
        self.serials[arrived_on.year] = serial = self.serials.get(arrived_on.year, 0) + 1
        place = draw.randrange(1, len(office.sections))
        text = self._text()
        number = f"{arrived_on.year}-{serial:04d}"
        return Application(
            pk=pk, agency=office.agency, number=number, query_code=query_code_digest(number, CODE),
            channel=draw.choice(_CHANNELS), arrived_on=arrived_on,
            applicant_kind=draw.choices([kind.value for kind in ApplicantKind],
                                        [90, *[2] * (len(ApplicantKind) - 1)])[0],
            title=text[:39], description=text, section=office.sections[place],
            officer=office.officers[place - 1], accepted_at=_moment(arrived_on, 15),
            recorded_by=office.officer, created_at=_moment(arrived_on),
        )  # fmt: skip

    def _text(self) -> str:
        draw = self.random
        if self.texts and draw.random() < LIKE_ANOTHER:
            return draw.choice(self.texts[-2000:]) + draw.choice(("", "（再次申请）", "及附件"))
        matters = "；".join(
            f"{draw.randrange(2015, 2027)}年{draw.choice(_PLACES)}{draw.randrange(1, 400)}号"
            f"{draw.choice(_THINGS)}的{draw.choice(_PAPERS)}"
            for _ in range(draw.randrange(1, 4))
        )
        self.texts.append(f"请公开{matters}。")
        return self.texts[-1]

    def applicant(self, case: Application) -> Applicant:
        """One in twenty applies often."""
        draw = self.random
        who = draw.randrange(60) if draw.random() < 0.05 else 1000 + case.pk
        identity = {
            "name": f"甄示范{who}",
            "id_kind": "居民身份证",
            "id_number": f"0000001990{who:08d}",
            "phone": "000-0000001",
            "address": f"示例市示例路{who}号",
        }
        return Applicant(
            case=case, masked_name=masked(identity["name"], ApplicantKind(case.applicant_kind)),
            fingerprint=fingerprint(identity), identity=identity, query_code=CODE,
        )  # fmt: skip

    def events(self, case: Application, stays_open: bool) -> list[CaseEvent]:
        """The log of a case up to today; its index is set with it."""
        events: list[CaseEvent] = []
        for kind, on, details in self._steps(case, stays_open):
            if on > self.on:
                break
            event = CaseEvent(case=case, position=len(events) + 1, kind=kind, on=on, details=details,
                              by=self.office.officer, at=_moment(on))  # fmt: skip
            events.append(event)
        is_running = bool(clock_events(events))
        log.index(case, deadline_of(case, events, self.calendar) if is_running else None, events)
        case.revision = 1 + len(events)
        return events

    def _steps(self, case: Application, stays_open: bool) -> Iterator[tuple[str, date, dict[str, object]]]:
        draw, after = self.random, self.calendar.add_working_days
        day = case.arrived_on
        yield "arrived", day, {"channel": case.channel}
        yield "received", day, {}
        day = after(day, draw.randrange(1, 3))
        yield "assigned", day, {"section": case.section.name if case.section else ""}
        yield "accepted", day, {}
        limit = 17
        if draw.random() < 0.12:
            day = after(day, 1)
            yield "supplement_requested", day, {"until": after(day, 10).isoformat()}
            day = after(day, draw.randrange(2, 9))
            yield "supplemented", day, {}
            limit = 19
        if draw.random() < 0.08:
            day = after(day, 1)
            yield "consultation_opened", day, {"with": "third_party"}
            day = after(day, draw.randrange(5, 15))
            yield "consultation_closed", day, {"with": "third_party"}
            limit -= 2
        if draw.random() < 0.1:
            day = after(day, 1)
            yield "extended", day, {"days": 20}
            limit += 15
        day = after(day, draw.randrange(1, 4))
        yield "searched", day, {}
        day = after(day, draw.randrange(1, max(limit - 8, 3)))
        code = draw.choices(_OUTCOMES, _WEIGHTS)[0]
        yield "decided", day, {"decision": code}
        if stays_open:
            return
        late = draw.randrange(15, 30) if draw.random() < 0.02 else 1
        yield "letter_signed", after(day, late), {"kind": "answer_granted"}
        yield "answered", after(day, late), {"decision": code}


class Trail:
    """The lines that the actions would have written, chained; every page looked at adds to them."""

    def __init__(self, agency: Agency) -> None:
        last = Entry.objects.order_by("-number").first()
        self.number, self.hash = (last.number, last.hash) if last else (0, GENESIS)
        self.agency = agency

    def lines(self, said: Iterable[tuple[datetime, Account, str, str, dict[str, str]]]) -> Iterator[Entry]:
        for at, by, act, subject, details in said:
            self.number += 1
            entry = Entry(number=self.number, at=at, by=by, by_name=str(by), agency=self.agency, act=act,
                          subject=subject, details=details, previous_hash=self.hash)  # fmt: skip
            entry.hash = self.hash = entry.computed_hash()
            yield entry


def _arrivals(cases: int, still_open: int, on: date, seed: int) -> list[tuple[date, bool]]:
    """Days of arrival in order, and whether the case is to stay open."""
    draw = random.Random(seed)
    first, last = add_months(on, -12 * YEARS), on - timedelta(days=100)
    span = (last - first).days
    closed = [(first + timedelta(days=draw.randrange(span)), False) for _ in range(cases - still_open)]
    recent = [(on - timedelta(days=draw.randrange(0, 30)), True) for _ in range(still_open)]
    return sorted(closed + recent)


@transaction.atomic
def fill(cases: int, still_open: int, lines: int, on: date, seed: int = 1) -> Office:
    """A whole office. ``lines`` is how many the trail has in the end, at least."""
    office = found(on)
    histories, trail = Histories(office, on, seed), Trail(office.agency)
    arrivals = _arrivals(cases, still_open, on, seed)
    viewed = max(lines // cases - 8, 0)
    for start in range(0, cases, BATCH):
        _enter(histories, trail, arrivals[start : start + BATCH], start + 1, viewed)
    for year, last in histories.serials.items():
        NumberSequence.objects.create(agency=office.agency, series=REGISTRATION, year=year, last=last)
    return office


def _enter(
    histories: Histories, trail: Trail, arrivals: list[tuple[date, bool]], first: int, viewed: int
) -> None:
    made = [(histories.case(first + i, day), is_open) for i, (day, is_open) in enumerate(arrivals)]
    events = [event for case, is_open in made for event in histories.events(case, is_open)]
    cases = [case for case, _ in made]
    Application.objects.bulk_create(cases)
    Applicant.objects.bulk_create([histories.applicant(case) for case in cases])
    CaseEvent.objects.bulk_create(events)
    office = histories.office
    said = [(e.at, office.officer, e.kind, e.case.subject, {"number": e.case.number}) for e in events]
    looks = [(case.created_at, office.head, "opened_letter", case.subject, {}) for case in cases] * viewed
    Entry.objects.bulk_create(list(trail.lines(said + looks)))
    Message.objects.bulk_create(
        Message(case=case, from_applicant=True, text="请问办到哪一步了？", at=case.created_at,
                read_at=None if case.is_open else case.created_at)
        for case in cases[::50]
    )  # fmt: skip


def _printed(office: Office, case: Application) -> tuple[Paper, bytes]:
    """The letter that stands for all: its words and its print are of the size of real ones."""
    assert case.received_on is not None
    later = case.received_on + timedelta(days=60)
    paper = compose("extension_notice", facts_of(case, case.received_on, new_due_on=later),
                    {"reason": "需要征求其他机关意见，并对材料作区分处理"})  # fmt: skip
    return paper, render(paper, "pdf")


@transaction.atomic
def add_letters(office: Office, share: int = 10) -> int:
    """A signed and served letter for every ``share``-th closed case; one in a hundred is not served."""
    serials: dict[int, int] = {}
    closed = list(Application.objects.filter(agency=office.agency, state="closed").order_by("pk")[::share])
    paper, pdf = _printed(office, closed[0])
    content, sha256, made = paper.to_json(), content_hash(paper), []
    for case in closed:
        assert case.closed_on is not None
        year, at = case.closed_on.year, _moment(case.closed_on)
        serials[year] = serial = serials.get(year, 0) + 1
        made.append(Letter(
            agency=office.agency, case=case, kind="extension_notice", state="signed", content=content,
            fields={"reason": "示例"}, path="notice", series="告", year=year, serial=serial,
            document_number=f"示百公告〔{year}〕{serial}号", drafted_by=case.officer, drafted_at=at,
            signed_by=office.head, signed_at=at, signed_on=case.closed_on, sha256=sha256, pdf=pdf,
            effective_on=case.closed_on,
        ))  # fmt: skip
    Letter.objects.bulk_create(made, batch_size=500)
    served = [letter for place, letter in enumerate(made) if place % 100]
    Service.objects.bulk_create(
        Service(letter=letter, method="registered_mail", served_on=letter.signed_on, by=office.officer,
                at=letter.signed_at)
        for letter in served
    )  # fmt: skip
    NumberSequence.objects.bulk_create(
        NumberSequence(agency=office.agency, series="告", year=year, last=last)
        for year, last in serials.items()
    )
    return len(made)


@transaction.atomic
def add_remedies(office: Office, count: int = 500) -> None:
    """Reconsiderations of answers of the last two years, most of them decided."""
    draw = random.Random(count)
    recent = Application.objects.filter(agency=office.agency, state="closed").order_by("-closed_on")
    for place, case in enumerate(recent[: count * 3 : 3]):
        assert case.closed_on is not None
        remedy = Remedy.objects.create(
            agency=office.agency, case=case, forum="reconsideration", body="示例市人民政府",
            challenged="answer", filed_on=case.closed_on + timedelta(days=1), handler=office.officer,
            registered_by=office.officer, created_at=_moment(case.closed_on + timedelta(days=1)),
        )  # fmt: skip
        day = remedy.filed_on
        steps = [("filed", 0, {}), ("notified", 2, {"procedure": "ordinary"})]
        if place % 3:
            steps += [("answered", 5, {}), ("decided", 30, {"result": draw.choice(("upheld", "revoked"))})]
        for kind, days, details in steps:
            append_to_remedy(remedy=remedy, kind=kind, on=day + timedelta(days=days), by=office.officer,
                             at=_moment(day + timedelta(days=days)), details=details)  # fmt: skip


def build(cases: int, still_open: int, lines: int) -> str:
    """Make the office where it is not there yet, and say what there is."""
    on = timezone.localdate()
    if not Agency.objects.filter(slug="large").exists():
        office = fill(cases, still_open, lines, on)
        add_letters(office)
        add_remedies(office, cases // 200)
        start_report(agency=office.agency, year=on.year - 1, by=office.officer, at=timezone.now())
        wrong = differing(min(500, cases))
        assert not wrong, wrong
    counts = [
        (Application.objects.count(), "applications"),
        (Application.objects.exclude(state="closed").count(), "of them open"),
        (CaseEvent.objects.count(), "events"),
        (Letter.objects.count(), "letters"),
        (Remedy.objects.count(), "remedies"),
        (Entry.objects.count(), "lines of the trail"),
    ]
    return ", ".join(f"{number:,} {name}" for number, name in counts) + "; SQLite."


def differing(sample: int, seed: int = 2) -> list[str]:
    """Of some cases drawn at random, those whose index is not what the log says of them."""
    keys = random.Random(seed).sample(list(Application.objects.values_list("pk", flat=True)), sample)
    wrong = []
    for case in Application.objects.filter(pk__in=keys).select_related("agency"):
        kept = [getattr(case, name) for name in log.INDEX_FIELDS]
        events = list(case.events.all())
        log.index(case, deadline_of(case, events), events)
        if kept != [getattr(case, name) for name in log.INDEX_FIELDS]:
            wrong.append(case.number)
    return wrong
