"""An office with everybody in it and a case in every state, made through the actions people use.

Each personal datum is a canary: a text that stands nowhere else, so that whoever meets it knows where
it came from.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from gongkai.agencies.actions import add_section, appoint, open_account, open_agency
from gongkai.agencies.models import Account, Agency, Membership, Section
from gongkai.casework.actions import assignment, consulting, importing, intake, office
from gongkai.casework.actions import letters as writing
from gongkai.casework.actions.applicant import answer_message, apply_online, send_message
from gongkai.casework.actions.closing import withdraw
from gongkai.casework.actions.days import enter_day
from gongkai.casework.actions.duplicates import compare
from gongkai.casework.actions.files import Attachment, add_file
from gongkai.casework.actions.intake import Filing, receive_application
from gongkai.casework.actions.log import append
from gongkai.casework.actions.redaction import queue_redaction, redact, redact_queued
from gongkai.casework.actions.service import log_service, serve_letter
from gongkai.casework.actions.supplement import request_supplement
from gongkai.casework.lettering import paper_of
from gongkai.casework.models import Application, CaseFile
from gongkai.casework.register import template
from gongkai.documents.redaction import Box
from gongkai.law.applicants import ApplicantKind
from gongkai.law.clock.events import Consulted
from gongkai.law.receipt import Channel, Party
from gongkai.law.service import ServiceKind, ServiceMethod
from gongkai.notices.actions import notify, set_preference
from gongkai.notices.policies import External
from gongkai.remedies.actions import registering
from gongkai.remedies.actions.files import Paper, add_paper
from gongkai.remedies.policies import Filing as RemedyFiling
from gongkai.reporting.actions import start_report
from tests.casework.answering import FACTS, GRANTED, NOT_FOUND, a_pdf, approve, decided, searched, submit
from tests.casework.cases import moment, profile, signed

PASSWORD = "only-for-tests-7"
MONDAY, TUESDAY, WEDNESDAY = date(2025, 9, 8), date(2025, 9, 9), date(2025, 9, 10)
OPENED = moment(date(2021, 1, 11))
Role = Membership.Role


@dataclass
class Canaries:
    """Every personal datum by where it stands: ``granted name`` → ``金丝雀姓名7号``."""

    texts: dict[str, str] = field(default_factory=dict)

    def new(self, label: str, text: str) -> str:
        assert text not in self.texts.values()
        self.texts[label] = text
        return text

    def put(self, label: str, before: str, after: str = "") -> str:
        """A new one with its own number; what comes ``after``, the ending of a file, is not looked for."""
        return self.new(label, f"{before}{len(self.texts) + 101}号") + after

    def identity(self, label: str) -> dict[str, str]:
        number = len(self.texts) + 101
        return {
            "name": self.put(f"{label} name", "甄示范金丝雀姓名"),
            "id_kind": "居民身份证",
            "id_number": self.new(f"{label} id number", f"000000199001017{number:03d}"),
            "phone": self.new(f"{label} phone", f"000-7{number:03d}771"),
            "address": self.put(f"{label} address", "示例市金丝雀路"),
            "postcode": "000000",
            "email": self.new(f"{label} e-mail", f"canary-{number}@example.invalid"),
        }


@dataclass
class Office:
    """An agency, its people, and its cases by what stands in them."""

    agency: Agency
    officer: Account
    head: Account
    leader: Account
    reviewer: Account
    section: Section
    clerk: Account
    chief: Account
    other_section: Section
    other_clerk: Account
    other_chief: Account
    supervisor: Account
    stranger: Account
    elsewhere: Agency
    canaries: Canaries
    cases: dict[str, Application] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    @property
    def foreign(self) -> Application:
        """The case of the other agency."""
        return Application.objects.get(agency=self.elsewhere)

    def case(self, label: str) -> Application:
        return Application.objects.get(pk=self.cases[label].pk)


def _person(agency: Agency, username: str, *roles: Role, section: Section | None = None) -> Account:
    return open_account(
        agency=agency, username=username, full_name=f"示例{username}", password=PASSWORD, roles=roles,
        by=None, at=OPENED, section=section,
    )  # fmt: skip


def staffed() -> Office:
    """Two agencies below a third, with everybody a page may meet."""
    above = open_agency(name="示例市政府办公室", slug="above", kind="government", by=None, at=OPENED)
    agency = open_agency(name="示例市教育局", slug="edu", supervisor=above, by=None, at=OPENED)
    elsewhere = open_agency(name="示例市农业局", slug="farm", supervisor=above, by=None, at=OPENED)
    one, other = (add_section(agency=agency, name=n, by=None, at=OPENED) for n in ("基础教育科", "人事科"))
    stranger = _person(elsewhere, "stranger", Role.OFFICER)
    for role in (Role.OFFICE_HEAD, Role.LEADER_IN_CHARGE, Role.LEGAL_REVIEWER):
        appoint(agency=elsewhere, account=stranger, role=role, by=None, at=OPENED)
    made = Office(
        agency=agency,
        officer=_person(agency, "officer", Role.OFFICER),
        head=_person(agency, "head", Role.OFFICE_HEAD),
        leader=_person(agency, "leader", Role.LEADER_IN_CHARGE),
        reviewer=_person(agency, "reviewer", Role.LEGAL_REVIEWER),
        section=one,
        clerk=_person(agency, "clerk", Role.OFFICER, section=one),
        chief=_person(agency, "chief", Role.SECTION_HEAD, section=one),
        other_section=other,
        other_clerk=_person(agency, "other_clerk", Role.OFFICER, section=other),
        other_chief=_person(agency, "other_chief", Role.SECTION_HEAD, section=other),
        supervisor=_person(above, "supervisor", Role.SUPERVISOR),
        stranger=stranger,
        elsewhere=elsewhere,
        canaries=Canaries(),
    )
    profile(made)
    return made


def furnished() -> Office:
    """The office with a case in every state and something in every register."""
    made = staffed()
    set_preference(
        email=made.canaries.new("e-mail of a clerk", "canary-clerk@example.invalid"),
        mobile="",
        wechat="",
        channels=["email"],
        quiet_from=moment(MONDAY).time().replace(tzinfo=None),
        quiet_until=moment(MONDAY).time().replace(tzinfo=None),
        kinds_off=[],
        by=made.officer,
        at=moment(MONDAY),
    )
    for label, build in _CASES.items():
        case = build(made, label)
        case.refresh_from_db()
        made.cases[label] = case
        if label != "arrived":
            assignment.assign(
                case=case, section=made.section, person=None, by=made.officer, at=moment(WEDNESDAY)
            ) if case.is_open else Application.objects.filter(pk=case.pk).update(section=made.section)
    _registers(made)
    _elsewhere(made)
    return made


def _received(made: Office, label: str) -> Application:
    """At the counter, with a scan, words both ways, and everything of it looked at."""
    filing = Filing(
        channel=Channel.IN_PERSON,
        arrived_on=MONDAY,
        applicant_kind=ApplicantKind.NATURAL_PERSON,
        identity=made.canaries.identity(label),
        description=f"校舍维修改造项目清单（示例{label}）",
    )
    registered = receive_application(agency=made.agency, filing=filing, by=made.officer, at=moment(MONDAY))
    case = registered.case
    made.codes[label] = made.canaries.new(f"{label} query code", registered.query_code)
    compare(case=case, at=moment(MONDAY))
    _scan(made, case, label, "identity")
    said = made.canaries.put(f"{label} words of the applicant", "金丝雀留言")
    send_message(case=case, text=said, at=moment(MONDAY, 11))
    back = made.canaries.put(f"{label} words of the office", "金丝雀回话")
    answer_message(case=case, text=back, by=made.officer, at=moment(MONDAY, 12))
    intake.look_at_identity(case=case, by=made.officer, at=moment(MONDAY, 13))
    intake.show_query_code(case=case, by=made.officer, at=moment(MONDAY, 13))
    return case


def _scan(made: Office, case: Application, label: str, kind: str) -> CaseFile:
    name = made.canaries.put(f"{label} name of a file ({kind})", "金丝雀文件", ".pdf")
    content = made.canaries.new(f"{label} content of a file ({kind})", f"canary content of {label} {kind}")
    data = a_pdf() + f"\n% {content}\n".encode()
    return add_file(case=case, kind=kind, name=name, data=data, by=made.officer, at=moment(MONDAY, 11))


def _arrived(made: Office, label: str) -> Application:
    """Over the website, with a file, not confirmed."""
    canaries = made.canaries
    filing = Filing(
        channel=Channel.WEBSITE,
        arrived_on=MONDAY,
        applicant_kind=ApplicantKind.NATURAL_PERSON,
        identity=canaries.identity(label),
        description="学校食堂招标文件（示例）",
    )
    scan = Attachment(
        "identity",
        canaries.put(f"{label} name of an attachment", "金丝雀附件", ".png"),
        b"\x89PNG\r\n\x1a\n" + canaries.new(f"{label} content of an attachment", "canary in a scan").encode(),
    )
    (registered,) = apply_online(agency=made.agency, filings=[filing], attachments=[scan], at=moment(MONDAY))
    made.codes[label] = canaries.new(f"{label} query code", registered.query_code)
    intake.log_confirmation(
        case=registered.case, party=Party.OFFICE, on=MONDAY, reached=False, how="电话", by=made.officer,
        at=moment(MONDAY, 15),
    )  # fmt: skip
    return registered.case


def _consulting(made: Office, label: str) -> Application:
    """A third party was asked, has the letter and has answered; another has not."""
    case, canaries = _received(made, label), made.canaries
    for place in ("answered", "waiting"):
        letter = consulting.open_consultation(
            case=case,
            consulted=Consulted.THIRD_PARTY,
            name=canaries.put(f"{label} third party ({place})", "贾样本金丝雀第三方"),
            is_person=True,
            contact=canaries.put(f"{label} contact of a third party ({place})", "金丝雀巷"),
            information="报价明细",
            harm="涉及报价",
            by=made.officer,
            at=moment(TUESDAY),
        )
        asked = signed(letter, made.head, on=TUESDAY).consultation
        consulting.record_delivery(consultation=asked, on=TUESDAY, by=made.officer, at=moment(TUESDAY, 16))
        case.refresh_from_db()
        if place == "answered":
            consulting.record_opinion(
                consultation=asked,
                answer="objected",
                on=TUESDAY,
                objection_accepted=True,
                text=canaries.put(f"{label} opinion of a third party", "金丝雀意见"),
                by=made.officer,
                at=moment(TUESDAY, 17),
            )
    return case


def _supplementing(made: Office, label: str) -> Application:
    """Asked to supplement; the letter lies ready online."""
    case = _received(made, label)
    letter = request_supplement(
        case=case,
        unclear=["没有写明年度"],
        items=["写明要哪一年的清单"],
        until=date(2025, 9, 30),
        by=made.officer,
        at=moment(TUESDAY),
    )
    letter = signed(letter, made.head, on=TUESDAY)
    serve_letter(
        letter=letter, method=ServiceMethod.ONLINE, on=TUESDAY, by=made.officer, at=moment(TUESDAY, 17)
    )
    return case


def _reviewed(made: Office, label: str) -> Application:
    """An answer on its way to the head, with words of its own."""
    case, canaries = _received(made, label), made.canaries
    searched(made, case)
    fact = canaries.put(f"{label} fact of a decision", "金丝雀事实")
    letter = decided(made, case, NOT_FOUND, FACTS["search"] | {"search": [fact]})
    letter.refresh_from_db()
    text = f"{canaries.put(f'{label} text of a letter', '金丝雀正文')}。\n{paper_of(letter).body_text}"
    writing.edit_letter(
        letter=letter, text=text, revision=letter.revision, by=made.officer, at=moment(TUESDAY)
    )
    letter.refresh_from_db()
    submit(letter, TUESDAY)
    return case


def _granted(made: Office, label: str) -> Application:
    """Answered, with a file given and one painted over, sent by post and signed for."""
    case, canaries = _received(made, label), made.canaries
    found = _scan(made, case, label, "found")
    box = Box(1, 0.1, 0.45, 0.6, 0.55, "第十五条", "个人隐私")
    redact(file=found, boxes=[box], by=made.officer, at=moment(TUESDAY))
    queue_redaction(file=found, boxes=[box], by=made.officer, at=moment(TUESDAY))
    found.refresh_from_db()
    assert redact_queued(file=found, by=made.officer, at=moment(TUESDAY))
    _scan(made, case, label, "provided")
    content = canaries.put(f"{label} fact of a decision", "金丝雀清单")
    letter = decided(made, case, GRANTED, FACTS["granted"] | {"content": [content]})
    submit(letter, TUESDAY)
    letter = approve(letter, made.head, TUESDAY)
    service = serve_letter(
        letter=letter, method=ServiceMethod.POSTAL, on=WEDNESDAY, by=made.officer,
        at=moment(WEDNESDAY, 16), tracking_number="EX0000001", carrier="EMS",
    )  # fmt: skip
    later = WEDNESDAY + timedelta(days=2)
    log_service(service=service, kind=ServiceKind.SIGNED, on=later, by=made.officer, at=moment(later, 16))
    return case


def _challenged(made: Office, label: str) -> Application:
    """Answered, and taken to reconsideration with a paper."""
    case = _granted(made, label)
    case.refresh_from_db()
    day = date(2025, 9, 22)
    filing = RemedyFiling(forum="reconsideration", challenged="answer", body="示例市人民政府", filed_on=day)
    remedy = registering.register(case=case, filing=filing, by=made.officer, at=moment(day))
    registering.record_notification(
        remedy=remedy, on=day, procedure="ordinary", by=made.officer, at=moment(day)
    )
    name = made.canaries.put(f"{label} name of a paper", "金丝雀申请书", ".pdf")
    content = made.canaries.new(f"{label} content of a paper", "canary content of a paper")
    paper = Paper(name, b"%PDF-1.7 " + content.encode())
    add_paper(remedy=remedy, kind="papers", paper=paper, by=made.officer, at=moment(day))
    return case


def _withdrawn(made: Office, label: str) -> Application:
    case = _received(made, label)
    withdraw(case=case, on=TUESDAY, reason="当面撤回（示例）", by=made.officer, at=moment(TUESDAY))
    return case


_CASES = {
    "arrived": _arrived,
    "received": _received,
    "consulting": _consulting,
    "supplementing": _supplementing,
    "reviewed": _reviewed,
    "granted": _granted,
    "challenged": _challenged,
    "withdrawn": _withdrawn,
}


def _registers(made: Office) -> None:
    """A register to take over, a day to approve, kept filters, wishes, a message to somebody outside."""
    canaries, by, at = made.canaries, made.officer, moment(WEDNESDAY)
    importing.keep_register(
        agency=made.agency,
        name=canaries.put("name of a register", "金丝雀登记簿", ".xlsx"),
        data=template(),
        by=by,
        at=at,
    )
    enter_day(
        agency=made.agency, day=date(2027, 3, 1), worked=False, scope="local", why="停电", source="示例通知",
        by=by, at=at,
    )  # fmt: skip
    office.keep_list(name="在办", query="state=in_progress", by=by, at=at)
    start_report(agency=made.agency, year=2025, by=by, at=at)
    notify(
        agency=made.agency,
        to=External(email="reader@example.invalid"),
        kind="applicant_wrote",
        title="您的申请有新的文书",
        text="请凭登记编号和查询码在网上查看。",
        key="outside:1",
        by=None,
        at=at,
    )


def _elsewhere(made: Office) -> None:
    """A case of the other agency, with everything a nested address could mix up."""
    profile_of = Office(**{**made.__dict__, "agency": made.elsewhere, "officer": made.stranger})
    profile(profile_of)
    filing = Filing(
        channel=Channel.IN_PERSON,
        arrived_on=MONDAY,
        applicant_kind=ApplicantKind.NATURAL_PERSON,
        identity=made.canaries.identity("elsewhere"),
        description="种子补贴名单（示例）",
    )
    registered = receive_application(
        agency=made.elsewhere, filing=filing, by=made.stranger, at=moment(MONDAY)
    )
    made.codes["elsewhere"] = registered.query_code
    details = {"decision": "granted.provided"}
    append(
        case=registered.case,
        kind="answered",
        on=TUESDAY,
        by=made.stranger,
        at=moment(TUESDAY),
        details=details,
    )
    remedy_filing = RemedyFiling(
        forum="reconsideration", challenged="answer", body="示例市人民政府", filed_on=WEDNESDAY
    )
    registering.register(case=registered.case, filing=remedy_filing, by=made.stranger, at=moment(WEDNESDAY))
    start_report(agency=made.elsewhere, year=2025, by=made.stranger, at=moment(WEDNESDAY))
