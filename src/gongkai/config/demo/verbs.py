"""What may be written in a line of the plan: each verb is one thing that people do with a case."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gongkai.agencies.models import Agency
from gongkai.casework.actions import (
    applicant,
    assignment,
    closing,
    consulting,
    fees,
    intake,
    partition,
    reasons,
)
from gongkai.casework.actions.duplicates import compare
from gongkai.casework.actions.extension import propose_extension
from gongkai.casework.actions.intake import Filing, Registered
from gongkai.casework.actions.rectification import propose_rectification
from gongkai.casework.actions.redaction import redact as redact_file
from gongkai.casework.actions.striking import strike_out
from gongkai.casework.actions.supplement import receive_supplement, request_supplement
from gongkai.casework.models import CaseFile
from gongkai.config.demo.answering import answer
from gongkai.config.demo.paperwork import issue, send
from gongkai.config.demo.plan import table
from gongkai.config.demo.remedying import REMEDY_VERBS
from gongkai.config.demo.stage import Stage, identity_of, keep_sample
from gongkai.documents.redaction import Box
from gongkai.law.applicants import ApplicantKind
from gongkai.law.clock.events import Consulted
from gongkai.law.receipt import Channel, Party
from gongkai.law.service import ServiceMethod

_PAYMENT = ("本机关办公室领取缴款通知，到代收银行缴纳（演示，不要付款）",)


def arrive(
    stage: Stage,
    name: str,
    *,
    who: str,
    channel: str,
    **about: Any,
) -> None:
    """An application comes in, over the website or by the hands of the officer."""
    filing = Filing(
        channel=Channel(channel),
        arrived_on=stage.day,
        applicant_kind=ApplicantKind(table("applicants")["applicants"][who]["kind"]),
        identity=identity_of(who),
        **about,
    )
    if filing.channel is Channel.WEBSITE:
        [made] = applicant.apply_online(agency=stage.agency, filings=[filing], attachments=[], at=stage.at())
    else:
        made = _register(stage, filing)
    stage.cases[name] = made.case.pk


def _register(stage: Stage, filing: Filing) -> Registered:
    made = intake.receive_application(
        agency=stage.agency, filing=filing, by=stage.person("officer"), at=stage.at()
    )
    compare(case=made.case, at=stage.at())
    return made


def confirm(
    stage: Stage, name: str, *, party: str = "office", reached: bool = True, how: str = "电话联系"
) -> None:
    intake.log_confirmation(
        case=stage.case(name),
        party=Party(party),
        on=stage.day,
        reached=reached,
        how=how,
        by=stage.person("officer"),
        at=stage.at(),
    )


def assign(stage: Stage, name: str, *, section: str, to: str = "", accept: bool = True) -> None:
    """To a section; with ``to`` to somebody in it, who takes the case over the same day."""
    person = stage.person(to) if to else None
    assignment.assign(
        case=stage.case(name),
        section=stage.section(section),
        person=person,
        by=stage.person("officer"),
        at=stage.at(),
    )
    if person and accept:
        assignment.accept(case=stage.case(name), by=person, at=stage.at())


def claim(stage: Stage, name: str, *, by: str) -> None:
    assignment.claim(case=stage.case(name), by=stage.person(by), at=stage.at())


def send_back(stage: Stage, name: str, *, by: str, reason: str) -> None:
    assignment.send_back(case=stage.case(name), reason=reason, by=stage.person(by), at=stage.at())


def internal_due(stage: Stage, name: str, *, within: int) -> None:
    case = stage.case(name)
    assignment.set_internal_due(
        case=case, until=stage.working_day(within), by=stage.hand(case), at=stage.at()
    )


def ask_supplement(
    stage: Stage, name: str, *, unclear: Sequence[str], items: Sequence[str], within: int = 10, **way: Any
) -> None:
    case = stage.case(name)
    letter = request_supplement(
        case=case,
        unclear=unclear,
        items=items,
        until=stage.working_day(within),
        by=stage.hand(case),
        at=stage.at(),
    )
    issue(stage, letter, **way)


def supplemented(stage: Stage, name: str, *, description: str = "", online: str = "") -> None:
    """What was asked for comes in; ``online`` is what the applicant types on the website."""
    case = stage.case(name)
    if online:
        applicant.supplement(case=case, text=online, attachments=[], at=stage.at())
        return
    receive_supplement(case=case, on=stage.day, description=description, by=stage.hand(case), at=stage.at())


def extend(stage: Stage, name: str, *, days: int, reason: str, **way: Any) -> None:
    case = stage.case(name)
    letter = propose_extension(case=case, days=days, reason=reason, by=stage.hand(case), at=stage.at())
    issue(stage, letter, **way)


def consult(  # noqa: PLR0913 - what the form asks
    stage: Stage,
    name: str,
    *,
    asked: str,
    whom: str,
    information: str,
    person: bool = False,
    harm: str = "",
    questions: Sequence[str] = (),
    within: int = 10,
    proposed: str = "",
    **way: Any,
) -> None:
    """Ask somebody in writing, tell the applicant so, and note the day the letter arrives."""
    case, consulted = stage.case(name), Consulted(asked)
    letter = consulting.open_consultation(
        case=case,
        consulted=consulted,
        name=whom,
        is_person=person,
        contact="示例市示例路2号（虚构）",
        information=information,
        harm=harm,
        questions=questions,
        reply_by=stage.working_day(within) if consulted is Consulted.AGENCY else None,
        opinion_proposed=proposed,
        by=stage.hand(case),
        at=stage.at(),
    )
    issue(stage, letter, **way)
    consultation = letter.consultation
    assert consultation is not None
    consultation.refresh_from_db()
    if consultation.sent_on is None:
        return
    notice = consulting.tell_applicant(consultation=consultation, by=stage.hand(case), at=stage.at())
    issue(stage, notice)
    stage.after(3, lambda: _delivered(stage, name, consultation.pk))


def _delivered(stage: Stage, name: str, pk: int) -> None:
    case = stage.case(name)
    consulting.record_delivery(
        consultation=case.consultations.get(pk=pk), on=stage.day, by=stage.hand(case), at=stage.at()
    )


def opinion(  # noqa: PLR0913 - what the form asks
    stage: Stage,
    name: str,
    *,
    says: str,
    text: str = "",
    accepted: bool | None = None,
    public_interest: str = "",
) -> None:
    case = stage.case(name)
    consulting.record_opinion(
        consultation=case.consultations.get(answer=""),
        answer=says,
        on=stage.day,
        text=text,
        objection_accepted=accepted,
        public_interest=public_interest,
        by=stage.hand(case),
        at=stage.at(),
    )


def tell_third_party(stage: Stage, name: str, *, information: str, reasons: str) -> None:
    case = stage.case(name)
    letter = consulting.tell_third_party(
        consultation=case.consultations.get(kind=Consulted.THIRD_PARTY.value),
        information=information,
        reasons=reasons,
        by=stage.hand(case),
        at=stage.at(),
    )
    issue(stage, letter)


def ask_reasons(
    stage: Stage, name: str, *, counted: Sequence[str], explain: Sequence[str], within: int = 7, **way: Any
) -> None:
    case = stage.case(name)
    letter = reasons.request_reasons(
        case=case,
        counted=counted,
        explain=explain,
        reply_by=stage.working_day(within),
        by=stage.hand(case),
        at=stage.at(),
    )
    issue(stage, letter, **way)


def give_reasons(stage: Stage, name: str, *, reason: str) -> None:
    case = stage.case(name)
    reasons.enter_reasons(case=case, on=stage.day, reason=reason, by=stage.hand(case), at=stage.at())


def delay(stage: Stage, name: str, *, within: int, reason: str, **way: Any) -> None:
    case = stage.case(name)
    letter = reasons.delay(
        case=case, until=stage.working_day(within), reason=reason, by=stage.hand(case), at=stage.at()
    )
    issue(stage, letter, **way)


def charge(stage: Stage, name: str, *, quantity: int, reason: str, basis: str = "page", **way: Any) -> None:
    case = stage.case(name)
    letter = fees.notice_fee(
        case=case,
        basis="page" if basis == "page" else "case",
        quantity=quantity,
        reason=reason,
        payment=_PAYMENT,
        by=stage.hand(case),
        at=stage.at(),
    )
    issue(stage, letter, **way)


def pay(stage: Stage, name: str) -> None:
    case = stage.case(name)
    fees.enter_payment(case=case, on=stage.day, by=stage.hand(case), at=stage.at())


def split(stage: Stage, name: str, *, into: Mapping[str, str]) -> None:
    """``into`` names the new cases of the plan, each with what it asks for."""
    case = stage.case(name)
    made = partition.split(case=case, parts=list(into.values()), by=stage.hand(case), at=stage.at())
    stage.cases |= {child: each.case.pk for child, each in zip(into, made, strict=True)}


def join(stage: Stage, name: str, *, to: str) -> None:
    case = stage.case(name)
    partition.join(case=case, lead=stage.case(to), by=stage.hand(case), at=stage.at())


def transfer(stage: Stage, name: str, *, to: str, reason: str) -> None:
    case = stage.case(name)
    partition.transfer(
        case=case, to=Agency.objects.get(slug=to), reason=reason, by=stage.hand(case), at=stage.at()
    )


def withdraw(stage: Stage, name: str, *, reason: str = "") -> None:
    """With a reason entered by the office; without one the applicant does it on the website."""
    case = stage.case(name)
    if not reason:
        applicant.take_back(case=case, at=stage.at())
        return
    closing.withdraw(case=case, on=stage.day, reason=reason, by=stage.hand(case), at=stage.at())


def search(  # noqa: PLR0913 - what the form asks
    stage: Stage,
    name: str,
    *,
    system: str,
    terms: str,
    result: str,
    period: str = "",
    found: bool = False,
) -> None:
    case = stage.case(name)
    closing.record_search(
        case=case,
        system=system,
        terms=terms,
        period=period,
        result=result,
        found=found,
        searched_by=stage.hand(case).full_name,
        on=stage.day,
        by=stage.hand(case),
        at=stage.at(),
    )


def keep(stage: Stage, name: str, *, kind: str, title: str, lines: Sequence[str]) -> None:
    """A paper is put into the file."""
    keep_sample(stage, stage.case(name), kind, title, lines=list(lines))


def redact(stage: Stage, name: str, *, title: str, box: Mapping[str, str]) -> None:
    """A paper is found and its middle blacked out."""
    case = stage.case(name)
    found = keep_sample(stage, case, CaseFile.Kind.FOUND, title, lines=["姓名：示例", "其余内容：示例"])
    redact_file(file=found, boxes=[Box(1, 0.1, 0.2, 0.9, 0.3, **box)], by=stage.hand(case), at=stage.at())


def send_again(stage: Stage, name: str, *, serve: str) -> None:
    """An answer that came back is served another way."""
    letter = stage.case(name).letters.filter(state="signed", act__kind="answered").get()
    send(stage, letter, ServiceMethod(serve))


def help_(stage: Stage, name: str, *, text: str) -> None:
    case = stage.case(name)
    closing.record_help(case=case, on=stage.day, text=text, by=stage.hand(case), at=stage.at())


def rectify(stage: Stage, name: str, *, result: str, record: str, evidence: str, **way: Any) -> None:
    case = stage.case(name)
    given = {key: way.pop(key) for key in ("detail", "agency_name", "agency_contact") if key in way}
    letter = propose_rectification(
        case=case,
        result=result,
        record=record,
        evidence=evidence,
        by=stage.hand(case),
        at=stage.at(),
        **given,
    )
    issue(stage, letter, **way)


def archive(stage: Stage, name: str, *, number: str) -> None:
    case = stage.case(name)
    closing.archive(case=case, archive_number=number, by=stage.hand(case), at=stage.at())


def write(stage: Stage, name: str, *, text: str) -> None:
    """The applicant writes on the tracking page."""
    applicant.send_message(case=stage.case(name), text=text, at=stage.at())


def reply(stage: Stage, name: str, *, text: str) -> None:
    case = stage.case(name)
    applicant.answer_message(case=case, text=text, by=stage.hand(case), at=stage.at())


def strike(stage: Stage, name: str, *, kind: str, reason: str) -> None:
    """The newest entry of a kind is struck out."""
    event = stage.case(name).events.filter(kind=kind, struck_by=None).last()
    assert event is not None
    strike_out(event=event, reason=reason, by=stage.person("head"), at=stage.at())


Verb = Callable[..., None]
_OF_CASES: tuple[Verb, ...] = (
    arrive, confirm, assign, claim, send_back, internal_due, ask_supplement, supplemented, extend,
    consult, opinion, tell_third_party, ask_reasons, give_reasons, delay, charge, pay, split, join,
    transfer, withdraw, search, keep, redact, send_again, help_, rectify, archive, write, reply, strike,
    answer,
)  # fmt: skip
VERBS: Mapping[str, Verb] = {**REMEDY_VERBS, **{verb.__name__.rstrip("_"): verb for verb in _OF_CASES}}
