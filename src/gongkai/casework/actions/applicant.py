"""What applicants do themselves, with number and query code instead of an account: ``by`` is ``None``."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account, Agency, Membership
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.closing import withdraw
from gongkai.casework.actions.duplicates import compare
from gongkai.casework.actions.files import Attachment, add_file
from gongkai.casework.actions.intake import Filing, Registered, log_confirmation, receive_application
from gongkai.casework.actions.log import locked, note
from gongkai.casework.actions.service import log_service
from gongkai.casework.actions.supplement import receive_supplement
from gongkai.casework.actions.telling import tell
from gongkai.casework.models import Application, CaseFile, Letter, Message, OfficeProfile
from gongkai.casework.policies import applicant as policies
from gongkai.casework.policies.people import may_work_on
from gongkai.casework.queries.applicant import everything_about
from gongkai.law.receipt import Channel, Party
from gongkai.law.service import ServiceKind, ServiceMethod

MOST_PARTS = 10
PRESSED_TWICE = timedelta(minutes=1)
LONGEST_MESSAGE = 2000


class UnableToApply(ActionRefused):
    """The agency takes no applications over the website, or too many at once."""


class UnableToWriteMessage(ActionRefused):
    """Nothing was written, or the case is in the archive."""


class UnableToSupplement(ActionRefused):
    """Nothing was asked for, or nothing was handed in."""


class UnableToTakeBack(ActionRefused):
    """The case cannot be withdrawn over the website now."""


class UnableToConfirmHanding(ActionRefused):
    """The applicant's confirmation is not needed (any more)."""


class UnableToOpenLetter(ActionRefused):
    """The letter was not served online."""


@transaction.atomic
def apply_online(
    *, agency: Agency, filings: Sequence[Filing], attachments: Sequence[Attachment], at: datetime
) -> list[Registered]:
    """One application over the website, or several where the applicant split it (一事一申请).

    Either all of them are registered, each with its number and all attachments, or none is.
    """
    refusal = _unappliable(agency, filings)
    if refusal:
        raise UnableToApply(refusal)
    registered = [receive_application(agency=agency, filing=f, by=None, at=at) for f in filings]
    for each in registered:
        for file in attachments:
            add_file(case=each.case, kind=file.kind, name=file.name, data=file.data, by=None, at=at)
        compare(case=each.case, at=at)
        _tell(each.case, "arrival_unconfirmed", "网上收到一件申请，请确认收到", "arrived", at)
    return registered


def _unappliable(agency: Agency, filings: Sequence[Filing]) -> Refusal | None:
    profile = OfficeProfile.objects.filter(agency=agency).first()
    if profile is None or not profile.accepts_applications:
        return Refusal(
            f"{agency.name}不在本网站接受申请；请当面提交或者邮寄到该机关的政府信息公开工作机构。",
            "《条例》第二十八条",
        )
    if not 1 <= len(filings) <= MOST_PARTS:
        return Refusal(f"一次最多提交{MOST_PARTS}件申请；请分几次提交。")
    if any(filing.channel is not Channel.WEBSITE for filing in filings):
        raise ValueError("only what comes over the website is filed by its applicant")
    return None


@transaction.atomic
def send_message(*, case: Application, text: str, at: datetime) -> Message:
    """Words from the applicant to the office."""
    case = locked(case)
    refusal = policies.may_write(case) or _unwritable(text)
    if refusal:
        raise UnableToWriteMessage(refusal)
    if sent := _just_sent(case, text, at, from_applicant=True):
        return sent
    message = Message.objects.create(case=case, from_applicant=True, text=text.strip(), at=at)
    note(case, None, at, "applicant_wrote", {"number": case.number})
    _tell(case, "applicant_wrote", "申请人留言", f"message:{message.pk}", at)
    return message


@transaction.atomic
def answer_message(*, case: Application, text: str, by: Account, at: datetime) -> Message:
    """Words from the office to the applicant; what the applicant wrote counts as read."""
    case = locked(case)
    refusal = may_work_on(case, by) or _unwritable(text)
    if refusal:
        raise UnableToWriteMessage(refusal)
    if sent := _just_sent(case, text, at, from_applicant=False):
        return sent
    case.messages.filter(from_applicant=True, read_at=None).update(read_at=at)
    message = Message.objects.create(case=case, from_applicant=False, text=text.strip(), by=by, at=at)
    note(case, by, at, "wrote_applicant", {"number": case.number})
    return message


def _just_sent(case: Application, text: str, at: datetime, *, from_applicant: bool) -> Message | None:
    """The same words from the same side a moment ago: the button was pressed twice."""
    last = case.messages.filter(from_applicant=from_applicant).order_by("pk").last()
    again = last is not None and last.text == text.strip() and at - last.at < PRESSED_TWICE
    return last if again else None


def _unwritable(text: str) -> Refusal | None:
    if not text.strip():
        return Refusal("还没有写内容，没有发出；请写好再发。")
    if len(text) > LONGEST_MESSAGE:
        return Refusal(f"内容有{len(text)}字，超过{LONGEST_MESSAGE}字；请写短一些，或者作为附件提交。")
    return None


@transaction.atomic
def mark_messages_read(*, case: Application, at: datetime) -> None:
    """The applicant has seen what the office wrote."""
    if case.messages.filter(from_applicant=False, read_at=None).update(read_at=at):
        note(case, None, at, "applicant_read", {"number": case.number})


@transaction.atomic
def supplement(
    *, case: Application, text: str, attachments: Sequence[Attachment], at: datetime
) -> Application:
    """The applicant supplements the application; the period begins anew (第三十条)."""
    case = locked(case)
    refusal = policies.may_supplement(case)
    if refusal is None and not text.strip() and not attachments:
        refusal = Refusal("还没有写补正内容，也没有选文件；请至少提供一样。", "《条例》第三十条")
    if refusal is None and len(text) > LONGEST_MESSAGE:
        refusal = _unwritable(text)
    if refusal:
        raise UnableToSupplement(refusal)
    for file in attachments:
        add_file(case=case, kind=file.kind, name=file.name, data=file.data, by=None, at=at)
    if text.strip():
        Message.objects.create(case=case, from_applicant=True, text=f"补正：{text.strip()}", at=at)
    case = receive_supplement(case=case, on=timezone.localdate(at), description="", by=None, at=at)
    _tell(case, "applicant_wrote", "申请人已经补正", f"supplemented:{case.revision}", at)
    return case


@transaction.atomic
def take_back(*, case: Application, at: datetime) -> Application:
    """The applicant withdraws the application over the website."""
    refusal = policies.may_withdraw(locked(case))
    if refusal:
        raise UnableToTakeBack(refusal)
    day = timezone.localdate(at)
    case = withdraw(case=case, on=day, reason="申请人凭查询码在网上撤回", by=None, at=at)
    _tell(case, "applicant_wrote", "申请人撤回了申请", "withdrawn", at)
    return case


@transaction.atomic
def confirm_handing_in(*, case: Application, at: datetime) -> Application:
    """The applicant's part of the mutual confirmation (第三十一条第三项)."""
    refusal = policies.may_confirm(locked(case))
    if refusal:
        raise UnableToConfirmHanding(refusal)
    day = timezone.localdate(at)
    return log_confirmation(
        case=case, party=Party.APPLICANT, on=day, reached=True, how="申请人凭查询码在网上确认", by=None, at=at
    )


@transaction.atomic
def read_letter(*, letter: Letter, at: datetime) -> bytes:
    """The print of a letter. Opening what was served online is its service (送达)."""
    if not policies.may_read_online(letter) or letter.pdf is None:
        raise UnableToOpenLetter(Refusal("这份文书没有通过本网站送达，不能在这里打开。"))
    for service in letter.services.filter(method=ServiceMethod.ONLINE, served_on=None):
        log_service(
            service=service,
            kind=ServiceKind.READ_ONLINE,
            on=timezone.localdate(at),
            by=None,
            at=at,
            text="申请人凭查询码在网上打开",
        )
    return bytes(letter.pdf)


@transaction.atomic
def read_file(*, file: CaseFile, at: datetime) -> bytes:
    """A file that the office shows to the applicant."""
    if not file.shown_to_applicant or file.removed_at is not None:
        raise UnableToOpenLetter(Refusal("这份文件没有提供给申请人查看。"))
    note(file.case, None, at, "applicant_opened_file", {"number": file.case.number, "content": file.sha256})
    return bytes(file.content)


@transaction.atomic
def take_own_data(*, case: Application, at: datetime) -> dict[str, Any]:
    """Everything that is kept about the applicant in this case (个人信息保护法第四十五条)."""
    note(case, None, at, "took_own_data", {"number": case.number})
    return everything_about(case)


def _tell(case: Application, kind: str, what: str, key: str, at: datetime) -> None:
    """A notice to whoever handles the case, else to the officers of the disclosure office."""
    tell(
        case=case,
        to=_handlers(case),
        kind=kind,
        title=f"{case.number}：{what}",
        text=f"{what}（登记编号{case.number}）。请打开案件查看。",
        key=f"case:{case.pk}:{key}",
        by=None,
        at=at,
    )


def _handlers(case: Application) -> list[Account]:
    if case.officer is not None:
        return [case.officer]
    members = Membership.objects.filter(agency=case.agency, role=Membership.Role.OFFICER).select_related(
        "account", "section"
    )
    return [m.account for m in members if m.section is None or m.section.is_disclosure_office]
