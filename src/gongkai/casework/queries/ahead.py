"""What comes next in a case, the pressing first: one sentence each, with the act that does it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.casework.models import Application, CaseEvent, Letter
from gongkai.casework.policies.acts import UNDER_WAY
from gongkai.casework.policies.consulting import INQUIRIES
from gongkai.casework.policies.lapsing import fee_until, supplement_until
from gongkai.casework.policies.withdrawing import unconfirmable
from gongkai.casework.queries.acts import Asked
from gongkai.casework.queries.casehead import title_of
from gongkai.casework.reckoning import calendar_of
from gongkai.law.clock import Deadline
from gongkai.law.clock.events import Consulted
from gongkai.law.letters import letter_kind
from gongkai.law.lifecycle import FEE_RULES, CaseState
from gongkai.law.limits import chinese_date

SOON = 5  # working days


@dataclass(frozen=True, slots=True)
class Ahead:
    """One thing to do. ``act`` is a code of the catalogue, ``decide``, ``letter`` or a part of the page;
    ``pk`` the letter it opens."""

    text: str
    act: str = ""
    article: str = ""
    tone: str = ""
    pk: int | None = None


def ahead_of(
    case: Application, reckoned: Deadline | None, events: list[CaseEvent], asked: list[Asked], on: date
) -> list[Ahead]:
    """Everything that waits for the office in this case on a day."""
    if not case.is_open:
        return list(_after_the_end(case))
    if case.joined_to is not None:
        return [Ahead(f"本件已并入{case.joined_to.number}，请在主案答复。", "linked")]
    return [
        *_messages(case),
        *_lateness(case, reckoned, on),
        *_arrival(case),
        *_awaited(case, events, on),
        *_opinions(asked),
        *_papers(case),
        *_deciding(case),
    ]


def _after_the_end(case: Application) -> Iterator[Ahead]:
    yield from _messages(case)
    yield from _papers(case)
    if unconfirmable(case) is None:
        yield Ahead("申请人已经撤回。出具撤回确认书并送达。", "confirm_withdrawal")
    if case.archived_on is None:
        yield Ahead("已经办结。文书都送达以后，归档。", "archive", "第四十五条")


def _messages(case: Application) -> Iterator[Ahead]:
    unread = case.messages.filter(from_applicant=True, read_at=None).count()
    if unread:
        yield Ahead(f"申请人有{unread}条留言没有看。", "messages", tone="warning")


def _arrival(case: Application) -> Iterator[Ahead]:
    if case.received_on is None:
        yield Ahead(
            "与申请人确认，确定收到之日；期限从收到之日的次日起算。", "arrival", "第三十一条", "warning"
        )
    elif case.section_id is None and case.officer_id is None:
        yield Ahead("还没有交办。交给承办科室或者承办人。", "assignment")


def _lateness(case: Application, reckoned: Deadline | None, on: date) -> Iterator[Ahead]:
    if reckoned is None or reckoned.due_on is None or case.matter != Application.Matter.DISCLOSURE:
        return
    left = calendar_of(case.agency).working_days_between(on, reckoned.due_on)
    if on > reckoned.due_on:
        yield Ahead("答复期限已过。尽快答复，并写明逾期的原因。", "decide", "第三十三条", "error")
    elif left <= SOON:
        word = f"还有{left}个工作日到期" if left else "今天到期"
        yield Ahead(f"{word}。来不及答复的，在到期以前办理延期。", "extension", "第三十三条", "warning")


def _awaited(case: Application, events: list[CaseEvent], on: date) -> Iterator[Ahead]:
    if case.state == CaseState.AWAITING_SUPPLEMENT:
        yield _supplement(supplement_until(events), on)
    elif case.state == CaseState.AWAITING_FEE:
        yield _fee(fee_until(case, events), on)
    elif case.clock == "awaiting_reasons":
        yield Ahead("等申请人说明理由；收到以后登记。", "reasons_given", "第三十五条")


def _supplement(until: date | None, on: date) -> Ahead:
    if until is None or on <= until:
        by = f"在{chinese_date(until)}以前" if until else ""
        return Ahead(f"等申请人{by}补正；收到以后登记。", "supplemented", "第三十条")
    return Ahead(
        f"补正期限已于{chinese_date(until)}届满。没有正当理由的，视为放弃申请，告知不再处理；收到补正的，登记。",
        "supplement_lapsed",
        "第三十条",
        "warning",
    )


def _fee(until: date | None, on: date) -> Ahead:
    if until is None or on <= until:
        by = f"在{chinese_date(until)}以前" if until else ""
        return Ahead(f"等申请人{by}缴费；缴了以后登记。", "payment", FEE_RULES)
    return Ahead(
        f"缴费期限已于{chinese_date(until)}届满。没有缴纳的，视为放弃申请，告知不再处理。",
        "fee_lapsed",
        FEE_RULES,
        "warning",
    )


def _opinions(asked: list[Asked]) -> Iterator[Ahead]:
    for each in asked:
        who = each.consultation
        if not who.is_open:
            continue
        if each.is_over and each.due:
            yield Ahead(
                f"{who}的意见期限已于{chinese_date(each.due.due_on)}届满，登记意见或者“逾期未提出意见”。",
                "opinion", Consulted(who.kind).article, "warning",
            )  # fmt: skip
        elif each.due is None and who.kind != Consulted.AGENCY:
            yield Ahead(f"登记{who}收到征求意见书的日期；15个工作日从那天的次日起算。", "delivery")


def _papers(case: Application) -> Iterator[Ahead]:
    for letter in case.letters.filter(state__in=UNDER_WAY):
        title = title_of(letter)
        todo = "等待审批" if letter.state == Letter.State.IN_REVIEW else "还是草稿，改好后提交审批"
        yield Ahead(f"《{title}》{todo}。", "letter", pk=letter.pk)
    signed = case.letters.filter(state=Letter.State.SIGNED)
    unserved = signed.exclude(services__served_on__isnull=False)
    for letter in unserved.exclude(kind__in=INQUIRIES, consultation__delivered_on__isnull=False):
        if letter_kind(letter.kind).addressee != "internal":
            title = title_of(letter)
            yield Ahead(f"《{title}》已经签发，还没有送达。", "letter", tone="warning", pk=letter.pk)


def _deciding(case: Application) -> Iterator[Ahead]:
    if case.state != CaseState.IN_PROGRESS:
        return
    if case.matter == Application.Matter.RECTIFICATION:
        yield Ahead("核对申请人的证据，起草更正告知书。", "rectify", "第四十一条")
    elif not case.decisions.filter(superseded=False).exists():
        yield Ahead("检索并登记，然后走七步，拟定办理结果。", "decide", "第三十六条")
