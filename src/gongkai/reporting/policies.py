"""May it, may they: the life of an annual report in one table, and what stands against each step."""

from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import Refusal, Role, holds, needs, roles_in
from gongkai.law.report.findings import Finding
from gongkai.law.report.formats import load_format
from gongkai.law.report.wording import cell_name
from gongkai.reporting.examination import Examination
from gongkai.reporting.models import AnnualReport, YearCut
from gongkai.reporting.registers import are_begun_by

State = AnnualReport.State


@dataclass(frozen=True, slots=True)
class Transition:
    """One lawful move: in ``state``, ``act`` leads to ``then``."""

    state: State
    act: str
    then: State
    article: str


TRANSITIONS = (
    Transition(State.DRAFT, "sign", State.SIGNED, "《条例》第五十条"),
    Transition(State.RETURNED, "sign", State.SIGNED, "《条例》第五十条"),
    Transition(State.SIGNED, "withdraw_signature", State.DRAFT, ""),
    Transition(State.SIGNED, "submit", State.SUBMITTED, "《条例》第四十九条"),
    Transition(State.SUBMITTED, "send_back", State.RETURNED, "《条例》第四十九条"),
    Transition(State.SUBMITTED, "publish", State.PUBLISHED, "《条例》第四十九条"),
    Transition(State.SIGNED, "publish", State.PUBLISHED, "《条例》第四十九条"),
)
_MOVES = {(move.state, move.act): move for move in TRANSITIONS}

WHOSE_TURN: dict[str, str] = {
    State.DRAFT: f"{Role.OFFICER.label}填齐，{Role.LEADER_IN_CHARGE.label}签发",
    State.RETURNED: f"{Role.OFFICER.label}按退回理由改，{Role.LEADER_IN_CHARGE.label}重新签发",
    State.SIGNED: f"{Role.OFFICE_HEAD.label}报送",
    State.SUBMITTED: f"{Role.OFFICE_HEAD.label}公布",
    State.PUBLISHED: "已办完",
}
"""Who does what next with a report, for the list of reports."""

_NOT_NOW = {
    "sign": "报告{state}，不需要再签发。",
    "withdraw_signature": "报告{state}，没有可以撤回的签发。",
    "submit": "报告{state}；先由分管领导签发，再报送主管部门。",
    "send_back": "报告{state}，只有已报送、尚未公布的报告可以退回。",
    "publish": "报告{state}；先签发并报送主管部门，再向社会公布。",
}


def transition(state: str, act: str) -> Transition | None:
    """The move an act makes in a state, if it may."""
    return _MOVES.get((State(state), act))


def _movable(report: AnnualReport, act: str) -> Refusal | None:
    if transition(report.state, act):
        return None
    article = next(move.article for move in TRANSITIONS if move.act == act)
    return Refusal(_NOT_NOW[act].format(state=report.get_state_display()), article)


def may_start(agency: Agency, by: Account) -> Refusal | None:
    """Who may open a year's report."""
    return needs(agency, by, Role.OFFICER, Role.OFFICE_HEAD)


def may_edit(report: AnnualReport, by: Account) -> Refusal | None:
    """Figures and prose change only while the report is being compiled or was returned."""
    if report.state not in {State.DRAFT, State.RETURNED}:
        state = report.get_state_display()
        return Refusal(f"报告{state}，内容已经锁定；要修改，须先撤回签发，或由主管部门退回。")
    return needs(report.agency, by, Role.OFFICER, Role.OFFICE_HEAD)


def may_waive(report: AnnualReport, finding: Finding, by: Account) -> Refusal | None:
    """A warning may stand with a reason; an error may not."""
    if finding.severity == "error":
        return Refusal("这是错误，不能保留；请改正数字后再签发。", finding.article)
    return may_edit(report, by) or needs(report.agency, by, Role.OFFICE_HEAD)


def may_sign(report: AnnualReport, examination: Examination, by: Account) -> Refusal | None:
    """The leader in charge signs a report that has no error and no blank."""
    return (
        _movable(report, "sign")
        or needs(report.agency, by, Role.LEADER_IN_CHARGE)
        or _frozen(report, examination)
        or _complete(report, examination)
    )


def may_take_cut(agency: Agency, year: int, by: Account, on: date) -> Refusal | None:
    """The head of the office freezes a year once, when it is over, the earlier years first."""
    if on.year <= year:
        return Refusal(f"{year}年度还没有结束，{year + 1}年1月1日起才能固定台账数据。", "《条例》第四十九条")
    later = YearCut.objects.filter(agency=agency, year__gte=year).order_by("year").first()
    if later is not None and later.year == year:
        return Refusal(f"{year}年度的台账数据已经固定，不能改动；之后的变动计入下一年度。")
    if later is not None:
        return Refusal(f"{later.year}年度的台账数据已经固定，不能再固定更早的年度。")
    if not are_begun_by(agency, year):
        return Refusal(f"台账里没有{year}年度及以前的记录，没有可以固定的数据。")
    return needs(agency, by, Role.OFFICE_HEAD)


def may_fill(report: AnnualReport, examination: Examination, by: Account) -> Refusal | None:
    """What the registers count is filled from them while the report may be edited."""
    if examination.count is None:
        return Refusal(f"台账里没有{report.year}年度及以前的记录，请直接填写各表。")
    return may_edit(report, by)


def _frozen(report: AnnualReport, examination: Examination) -> Refusal | None:
    """What is signed has to rest on figures that no longer move."""
    if examination.count is None or examination.count.cut is not None:
        return None
    return Refusal(
        f"台账数据还没有固定：先由工作机构负责人固定截至{report.year}年12月31日的台账数据，再签发。",
        "《条例》第五十条",
    )


def _complete(report: AnnualReport, examination: Examination) -> Refusal | None:
    if examination.blocking:
        count, first = len(examination.blocking), examination.blocking[0]
        return Refusal(f"还有{count}处错误没有改正。第一处：{first.message}", first.article)
    if examination.blanks:
        count, first_cell = len(examination.blanks), cell_name(examination.blanks[0])
        return Refusal(f"还有{count}格空白：没有发生的也要填0。第一格：{first_cell}。", "《年度报告格式》")
    return _prose_written(report)


def _prose_written(report: AnnualReport) -> Refusal | None:
    filled = report.filled
    for section in load_format(filled.format or "fy2021").sections:
        if section.table is None and not filled.sections.get(section.code, "").strip():
            return Refusal(f"“{section.title}”还没有写；确实没有内容的写“无。”。", "《条例》第五十条")
    return None


def may_withdraw_signature(report: AnnualReport, by: Account) -> Refusal | None:
    """The leader in charge takes the signature back before the report has left the house."""
    return _movable(report, "withdraw_signature") or needs(report.agency, by, Role.LEADER_IN_CHARGE)


def may_submit(report: AnnualReport, by: Account) -> Refusal | None:
    """The head of the office hands the signed report to the supervisor."""
    if report.agency.supervisor is None:
        return Refusal("本机关没有登记主管部门，签发后可以直接公布。", "《条例》第四十九条")
    return _movable(report, "submit") or needs(report.agency, by, Role.OFFICE_HEAD)


def may_send_back(report: AnnualReport, by: Account) -> Refusal | None:
    """The supervisor returns a submitted report with a reason."""
    if report.agency.supervisor is None:
        return Refusal("该机关没有登记主管部门。", "《条例》第四十九条")
    return _movable(report, "send_back") or needs(report.agency.supervisor, by, Role.SUPERVISOR)


def may_publish(report: AnnualReport, examination: Examination, by: Account) -> Refusal | None:
    """A submitted report goes to the public; without a supervisor above, a signed one does."""
    if report.state == State.SIGNED and report.agency.supervisor is not None:
        return Refusal("报告已签发，还没有报送主管部门；先报送，再公布。", "《条例》第四十九条")
    return (
        _movable(report, "publish")
        or needs(report.agency, by, Role.OFFICE_HEAD)
        or _complete(report, examination)
    )


def supervises(report: AnnualReport, by: Account) -> bool:
    """Whether the person looks at this report from above."""
    above = report.agency.supervisor
    return above is not None and holds(above, by, Role.SUPERVISOR)


def works_in(report: AnnualReport, by: Account) -> bool:
    """Whether the person works in the agency itself; the cases behind the figures are for them."""
    return bool(roles_in(report.agency, by))
