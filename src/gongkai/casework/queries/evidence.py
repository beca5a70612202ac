"""The record of a case as sheets of paper, where no paper of its own is kept: what was applied for, how
it was received, who was asked, where was searched, who approved, how it was served."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from gongkai.casework.models import Applicant, Application, Approval, CaseEvent, Consultation, Letter
from gongkai.casework.queries.timeline import Happening, timeline_of
from gongkai.casework.reckoning import events_of
from gongkai.documents.ledger import Column, Ledger
from gongkai.law.approval import paths
from gongkai.law.clock.events import Consulted
from gongkai.law.letters import letter_kind
from gongkai.law.limits import chinese_date
from gongkai.law.service import ServiceKind, ServiceMethod

Kind = CaseEvent.Kind


def application_sheet(case: Application) -> Ledger:
    """What was applied for and by whom, as the register holds it."""
    identity = case.applicant.identity
    who = [(label, identity[key]) for key, label in Applicant.IDENTITY_LABELS.items() if identity.get(key)]
    facts = [
        ("受理机关", case.agency.name),
        ("登记编号", case.number),
        ("申请事项", case.get_matter_display()),
        ("申请人类别", case.get_applicant_kind_display()),
        *who,
        ("所需政府信息的描述", case.description),
        ("文号", case.document_number or "没有写明"),
        ("获取方式", case.get_access_display()),
        ("载体形式", case.get_carrier_display()),
        ("提交方式", case.get_channel_display()),
        ("到达日期", chinese_date(case.arrived_on)),
    ]
    note = "以上按登记簿的记录印出；申请人提交的原件有扫描件的，附在后面。"
    return Ledger("政府信息公开申请（登记内容）", facts, notes=[note])


def arrival_sheet(case: Application) -> Ledger:
    """How the application came in, who confirmed, and which day counts as its receipt."""
    events = events_of(case)
    wanted = {Kind.ARRIVED, Kind.CONFIRMATION, Kind.RECEIVED}
    happened = [each for each in _happenings(events) if each.event.kind in wanted]
    received = next((event for event in events if event.kind == Kind.RECEIVED), None)
    facts = [
        ("登记编号", case.number),
        ("提交方式", case.get_channel_display()),
        ("到达日期", chinese_date(case.arrived_on)),
        ("收到之日", chinese_date(received.on) if received else "尚未确定"),
        ("确定的依据", received.reason if received else ""),
    ]
    return Ledger("申请登记和收到日期", facts, _HAPPENED, list(map(_happening, happened)))


_HAPPENED = (
    Column("日期", 3, True),
    Column("事项", 3),
    Column("内容", 6),
    Column("经手人", 2, True),
    Column("录入时间", 3, True),
)


def course_sheet(case: Application) -> Ledger:
    """Everything the log of the case holds, what was struck out too."""
    happened = [_happening(each) for each in _happenings(list(case.events.all()))]
    note = "本表由办理系统按记录生成；记录只增不改，划销的记录仍然保留。"
    return Ledger("办理经过", [("登记编号", case.number)], _HAPPENED, happened, [note])


def _happenings(events: list[CaseEvent]) -> list[Happening]:
    return [each for each in timeline_of(events, None) if isinstance(each, Happening)]


def _happening(each: Happening) -> tuple[str, ...]:
    article = f"（{each.article}）" if each.article else ""
    struck = f"【已划销：{each.struck.reason}】" if each.struck else ""
    text = "；".join(filter(None, (each.text, each.event.reason)))
    by = str(each.event.by) if each.event.by else "系统"
    return chinese_date(each.on), each.title + article, struck + text, by, _moment(each.event.at)


def consultation_sheet(asked: Consultation) -> Ledger:
    """Who was asked, when it was delivered, what was said."""
    facts = [
        ("登记编号", asked.case.number),
        ("对象", Consulted(asked.kind).label),
        ("被征求意见方", asked.name),
        ("征求意见的事项", asked.question),
        ("发出日期", _day(asked.sent_on)),
        ("收到征求意见书的日期", _day(asked.delivered_on)),
        ("意见", asked.get_answer_display() or "尚未回复"),
        ("答复日期", _day(asked.answered_on)),
        ("意见的内容", asked.answer_text),
    ]
    if asked.objection_accepted is not None:
        facts.append(("异议理由", "成立" if asked.objection_accepted else "不成立"))
    if asked.public_interest:
        facts.append(("对公共利益可能造成重大影响的理由", asked.public_interest))
    return Ledger(f"征求{Consulted(asked.kind).label}意见的情况", facts)


def search_sheet(case: Application) -> Ledger:
    """Where was searched, for what, by whom, with what result."""
    rows = [
        (
            chinese_date(each.on),
            each.system,
            each.terms + (f"（{each.period}）" if each.period else ""),
            ("检索到：" if each.found else "没有检索到：") + each.result,
            each.searched_by,
        )
        for each in case.searches.all()
    ]
    columns = (
        Column("检索日期", 3, True),
        Column("系统或者处所", 3),
        Column("检索词和范围", 4),
        Column("结果", 5),
        Column("检索人", 2, True),
    )
    return Ledger("检索记录", [("登记编号", case.number)], columns, rows)


def approval_sheet(case: Application, letters: Iterable[Letter]) -> Ledger:
    """Every step by which the signed letters were approved."""
    rows = [_approval(letter, each) for letter in letters for each in letter.approvals.all()]
    columns = (
        Column("文书", 4),
        Column("环节", 3, True),
        Column("意见", 4),
        Column("审批人", 2, True),
        Column("时间", 3, True),
        Column("内容校验值", 3),
    )
    note = "内容校验值是审批时文书内容的SHA-256（前16位），证明审批的就是这份内容。"
    return Ledger("文书审批记录", [("登记编号", case.number)], columns, rows, [note])


def _approval(letter: Letter, each: Approval) -> tuple[str, ...]:
    path = paths().get(letter.path)
    step = (
        next((step.label for step in path.steps if step.code == each.step), each.step) if path else each.step
    )
    said = each.get_verdict_display() + (f"：{each.opinion}" if each.opinion else "")
    return _named(letter), step, said, str(each.by), _moment(each.at), _breakable(each.content_sha256[:16])


def service_sheet(case: Application, letters: Iterable[Letter]) -> Ledger:
    """How each signed letter went out and when it arrived."""
    rows = [
        (
            _named(letter),
            ServiceMethod(service.method).label
            + (f"\n{service.tracking_number}" if service.tracking_number else ""),
            ServiceKind(entry.kind).label,
            chinese_date(entry.on),
            entry.note,
            _day(service.served_on),
        )
        for letter in letters
        for service in letter.services.all()
        for entry in service.entries.all()
    ]
    columns = (
        Column("文书", 4),
        Column("送达方式、邮件号", 3),
        Column("情况", 2, True),
        Column("日期", 3, True),
        Column("说明", 3),
        Column("送达之日", 3, True),
    )
    return Ledger("送达记录", [("登记编号", case.number)], columns, rows)


def _named(letter: Letter) -> str:
    return f"{letter_kind(letter.kind).printed_title}{letter.document_number}"


def _day(day: date | None) -> str:
    return chinese_date(day) if day else ""


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def _breakable(code: str) -> str:
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))
