"""The evidence of a case in the order in which it is handed in, bound into one PDF.

Signed letters are in it as they were signed. What was found by a search is not: it may be a secret,
and whoever hands in evidence decides on that for themselves.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from gongkai.casework.models import Application, CaseFile, Letter
from gongkai.casework.queries import evidence
from gongkai.casework.queries.acts import account_of
from gongkai.documents.bundling import Bundle, Part, bundle
from gongkai.documents.ledger import Ledger, print_ledger
from gongkai.documents.proof import print_account
from gongkai.law.letters import letter_kind

FileKind = CaseFile.Kind
_SEARCH_OUTCOMES = ("unable_to_provide.nonexistent",)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One piece of evidence, and what it proves."""

    part: Part
    proves: str


def bundle_of(
    case: Application, on: date, court_number: str = "", more: Sequence[tuple[Part, str]] = ()
) -> Bundle:
    """The evidence of a case, with its list in front. ``court_number`` is the one of the organ or the
    court; ``more`` are pieces that another desk adds, with what they prove.

    Raises ``Unwritable`` where the fonts are missing.
    """
    exhibits = [*exhibits_of(case, on), *(Exhibit(part, proves) for part, proves in more)]
    parts = [replace(exhibit.part, proves=exhibit.proves) for exhibit in exhibits]
    title, concerns = "政府信息公开行政争议证据材料", f"{case.number} {case.title}"
    return bundle(title, case.agency.name, court_number or "（尚未编号）", parts, on, concerns=concerns)


def exhibits_of(case: Application, on: date) -> list[Exhibit]:
    """The pieces of evidence, in order."""
    return [exhibit for of in _ORDER for exhibit in of(case, on)]


def _application(case: Application, on: date) -> Iterator[Exhibit]:
    yield _sheet(evidence.application_sheet(case), case.arrived_on, "申请人申请公开的内容和要求的方式")
    yield from _scans(case, FileKind.APPLICATION, "申请人提交的申请原件")
    yield from _scans(case, FileKind.IDENTITY, "申请人的身份")


def _arrival(case: Application, on: date) -> Iterator[Exhibit]:
    proves = "申请何时到达、何时算收到（《条例》第三十一条）"
    yield _sheet(evidence.arrival_sheet(case), case.received_on or case.arrived_on, proves)


def _deadline(case: Application, on: date) -> Iterator[Exhibit]:
    account = account_of(case, "answer", on)
    if account is not None:
        part = Part(account.title, print_account(account), "deadline.pdf", on)
        yield Exhibit(part, "答复期限逐日怎样计算，答复没有逾期或者逾期多久（《条例》第三十三条）")


def _procedure(case: Application, on: date) -> Iterator[Exhibit]:
    for letter in _signed(case):
        if letter.consultation_id is None and letter.decision_id is None:
            yield _letter(letter, _PROVES.get(letter.kind, "办理过程中依法告知申请人"))
    yield from _scans(case, FileKind.SUPPLEMENT, "申请人补正的内容和日期")


_PROVES = {
    "supplement_notice": "已依法一次性告知补正的内容和期限（《条例》第三十条）",
    "extension_notice": "延长期限经工作机构负责人同意并告知申请人（《条例》第三十三条）",
    "delay_notice": "已确定延迟答复的期限并告知申请人（《条例》第三十五条）",
    "withdrawal_confirmation": "已确认申请人撤回申请，终止办理",
    "reasons_notice": "已要求申请人说明理由（《条例》第三十五条）",
    "fee_notice": "已告知收取信息处理费（《条例》第四十二条）",
}


def _consultations(case: Application, on: date) -> Iterator[Exhibit]:
    letters = _signed(case)
    article = "（《条例》第三十二条至第三十四条）"
    for asked in case.consultations.all():
        for letter in letters:
            if letter.consultation_id == asked.pk:
                yield _letter(letter, f"已书面征求意见或者告知{article}")
        sheet = evidence.consultation_sheet(asked)
        yield _sheet(sheet, asked.answered_on or asked.sent_on, f"征求意见何时送达、对方的意见{article}")
    yield from _scans(case, FileKind.OPINION, "被征求意见方的书面意见")


def _searches(case: Application, on: date) -> Iterator[Exhibit]:
    if not case.searches.exists() and case.decision not in _SEARCH_OUTCOMES:
        return
    last = case.searches.order_by("-on").values_list("on", flat=True).first()
    yield _sheet(evidence.search_sheet(case), last, "已尽到合理检索义务（《条例》第三十六条第四项）")


def _classification(case: Application, on: date) -> Iterator[Exhibit]:
    yield from _scans(case, FileKind.CLASSIFICATION, "定密的依据、密级和期限（《条例》第十四条）")


def _approvals(case: Application, on: date) -> Iterator[Exhibit]:
    letters = [letter for letter in _signed(case) if letter.approvals.all()]
    if letters:
        sheet = evidence.approval_sheet(case, letters)
        yield _sheet(sheet, letters[-1].signed_on, "文书经过审查和批准（《条例》第十七条）")


def _answers(case: Application, on: date) -> Iterator[Exhibit]:
    for letter in _signed(case):
        if letter.decision_id is not None and letter.consultation_id is None:
            yield _letter(letter, "答复的内容、依据、理由和告知的救济途径")
    yield from _scans(case, FileKind.REDACTED, "已作区分处理，公开了可以公开的部分（《条例》第三十七条）")
    yield from _scans(case, FileKind.PROVIDED, "已提供给申请人的信息")


def _service(case: Application, on: date) -> Iterator[Exhibit]:
    letters = [letter for letter in _signed(case) if letter.services.all()]
    if letters:
        sheet = evidence.service_sheet(case, letters)
        yield _sheet(sheet, letters[-1].signed_on, "文书何时怎样送达（国办公开办函〔2016〕235号）")
    yield from _scans(case, FileKind.SERVICE_PROOF, "送达的凭证")


def _course(case: Application, on: date) -> Iterator[Exhibit]:
    yield _sheet(evidence.course_sheet(case), case.closed_on or on, "从收到到办结的全部经过")


_ORDER: tuple[Callable[[Application, date], Iterator[Exhibit]], ...] = (
    _application,
    _arrival,
    _deadline,
    _procedure,
    _consultations,
    _searches,
    _classification,
    _approvals,
    _answers,
    _service,
    _course,
)


def _signed(case: Application) -> list[Letter]:
    """The signed letters with their prints, in the order of signing; an answer that was given for a
    lead case serves those joined to it."""
    lead = case.joined_to or case
    letters = Letter.objects.filter(case=lead, state=Letter.State.SIGNED).defer(None)
    return list(letters.prefetch_related("approvals__by", "services__entries").order_by("signed_at", "pk"))


def _letter(letter: Letter, proves: str) -> Exhibit:
    title = f"{letter_kind(letter.kind).printed_title}{letter.document_number}"
    return Exhibit(Part(title, bytes(letter.pdf), "letter.pdf", letter.signed_on), proves)


def _scans(case: Application, kind: FileKind, proves: str) -> Iterator[Exhibit]:
    for file in case.files.filter(kind=kind, removed_at=None).defer(None):
        title = f"{kind.label}：{file.name}"
        yield Exhibit(Part(title, bytes(file.content), file.name, _added_on(file)), proves)


def _added_on(file: CaseFile) -> date:
    return timezone.localdate(file.at)


def _sheet(ledger: Ledger, dated: date | None, proves: str) -> Exhibit:
    return Exhibit(Part(ledger.title, print_ledger(ledger), "sheet.pdf", dated), proves)
