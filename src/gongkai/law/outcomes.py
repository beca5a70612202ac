"""How a case may end: outcomes as the report counts them, decisions as the reply words them.

An *outcome* is what a row of table 3 counts; its code is the one the report formats list. A
*decision* is one kind of reply under the Regulation; several decisions may share an outcome.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.breach import LawBreach
from gongkai.law.fees import charged_from
from gongkai.law.limits import chinese_date
from gongkai.law.report.formats import ReportFormat, all_formats
from gongkai.law.rulebook import CountingRules

EFFECTIVE = date(2019, 5, 15)


class Precondition(StrEnum):
    """What the file must hold before a decision may be served."""

    ACCESS_WAY = "access_way"
    PROVISION = "provision"
    EXEMPTION_REASON = "exemption_reason"
    SEVERANCE_TEST = "severance_test"
    CLASSIFICATION_PROOF = "classification_proof"
    THIRD_PARTY_CONSULTATION = "third_party_consultation"
    SEARCH_RECORD = "search_record"
    RESPONSIBLE_AGENCY = "responsible_agency"
    SUPPLEMENT_NOTICE = "supplement_notice"
    EARLIER_ANSWER = "earlier_answer"
    REASONS_REQUEST = "reasons_request"
    FEE_NOTICE = "fee_notice"
    PROPER_ROUTE = "proper_route"

    @property
    def label(self) -> str:
        return _PRECONDITION_LABELS[self]


_P = Precondition
_PRECONDITION_LABELS = {
    _P.ACCESS_WAY: "已告知获取的方式、途径",
    _P.PROVISION: "已确定提供的内容、形式和时间",
    _P.EXEMPTION_REASON: "已写明不予公开的依据和理由",
    _P.SEVERANCE_TEST: "已作区分处理的判断（第三十七条）",
    _P.CLASSIFICATION_PROOF: "已附定密依据（密级、保密期限、定密责任人）",
    _P.THIRD_PARTY_CONSULTATION: "已书面征求第三方意见（第三十二条）",
    _P.SEARCH_RECORD: "已有检索记录（何人何时在何处以何词检索）",
    _P.RESPONSIBLE_AGENCY: "能够确定的，已写明负责公开的机关名称和联系方式",
    _P.SUPPLEMENT_NOTICE: "已发补正告知（第三十条）",
    _P.EARLIER_ANSWER: "已写明先前答复或者提供的日期和文号",
    _P.REASONS_REQUEST: "已要求申请人说明理由（第三十五条）",
    _P.FEE_NOTICE: "已发收费通知",
    _P.PROPER_ROUTE: "已告知相应的办理或者获取途径",
}


# The number of a row before its label, an instruction in brackets after it.
_AROUND_LABEL = re.compile(r"^(?:\d+\.|（[^）]*）)|（[^）]*）$")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one row of table 3 counts: its code, its label as the form prints it, without number."""

    code: str
    label: str

    @property
    def group(self) -> str:
        """The part of the code before the dot: ``denied.state_secret`` → ``denied``."""
        return self.code.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Decision:
    """One kind of reply: its article, the outcome it is counted under, what must precede it.

    ``exempt`` holds for refusals under 第十四至十六条, for which reconsideration comes first since
    2024; ``discretionary`` for those the agency *may* withhold (第十六条).
    """

    code: str
    label: str
    article: str
    outcome: str
    preconditions: tuple[Precondition, ...] = ()
    exempt: bool = False
    discretionary: bool = False
    valid_from: date = EFFECTIVE


def _outcomes() -> Iterator[Outcome]:
    """One for each row of the newest form that counts a single outcome, in the order of the rows."""
    for row in all_formats()[-1].table3_rows:
        if len(row.counts) == 1:
            yield Outcome(row.counts[0], _AROUND_LABEL.sub("", row.label))


OUTCOMES = tuple(_outcomes())

_REFUSAL = (_P.EXEMPTION_REASON, _P.SEVERANCE_TEST)


def _refusal(
    reason: str, label: str, article: str, *more: Precondition, discretionary: bool = False
) -> Decision:
    code = f"denied.{reason}"
    return Decision(code, label, article, code, (*_REFUSAL, *more), exempt=True, discretionary=discretionary)


DECISIONS = (
    Decision("granted.already_public", "已经主动公开", "第三十六条第一项", "granted", (_P.ACCESS_WAY,)),
    Decision("granted.provided", "予以公开", "第三十六条第二项", "granted", (_P.PROVISION,)),
    Decision("partly_granted", "部分公开", "第三十七条", "partly_granted", (_P.PROVISION, *_REFUSAL)),
    _refusal("state_secret", "属于国家秘密", "第十四条", _P.CLASSIFICATION_PROOF),
    _refusal("barred_by_law", "法律、行政法规禁止公开", "第十四条"),
    _refusal("three_securities_one_stability", "公开后可能危及“三安全一稳定”", "第十四条"),
    _refusal(
        "third_party_rights", "公开会损害第三方合法权益", "第十五条、第三十二条", _P.THIRD_PARTY_CONSULTATION
    ),
    _refusal("internal_affairs", "属于内部事务信息", "第十六条第一款", discretionary=True),
    _refusal("deliberative", "属于过程性信息", "第十六条第二款", discretionary=True),
    _refusal("enforcement_file", "属于行政执法案卷信息", "第十六条第二款", discretionary=True),
    Decision(
        "denied.registry_query",
        "属于行政查询事项",
        "第三十六条第七项",
        "denied.registry_query",
        (_P.PROPER_ROUTE,),
    ),
    Decision(
        "unable_to_provide.nonexistent",
        "经检索，所申请的政府信息不存在",
        "第三十六条第四项",
        "unable_to_provide.not_held",
        (_P.SEARCH_RECORD,),
    ),
    Decision(
        "unable_to_provide.other_agency",
        "不属于本机关负责公开",
        "第三十六条第五项",
        "unable_to_provide.not_held",
        (_P.RESPONSIBLE_AGENCY,),
    ),
    Decision(
        "unable_to_provide.needs_creation",
        "没有现成信息，需要另行制作",
        "第三十八条",
        "unable_to_provide.needs_creation",
    ),
    Decision(
        "unable_to_provide.still_unclear",
        "补正后申请内容仍不明确",
        "第三十条",
        "unable_to_provide.still_unclear",
        (_P.SUPPLEMENT_NOTICE,),
    ),
    Decision(
        "not_processed.petition_or_complaint",
        "以信息公开申请的形式进行信访、投诉、举报",
        "第三十九条第一款",
        "not_processed.petition_or_complaint",
        (_P.PROPER_ROUTE,),
    ),
    Decision(
        "not_processed.repeated",
        "重复申请",
        "第三十六条第六项",
        "not_processed.repeated",
        (_P.EARLIER_ANSWER,),
    ),
    Decision(
        "not_processed.public_publication",
        "要求提供公开出版物",
        "第三十九条第二款",
        "not_processed.public_publication",
        (_P.PROPER_ROUTE,),
    ),
    Decision(
        "not_processed.excessive",
        "无正当理由大量反复申请",
        "第三十五条",
        "not_processed.excessive",
        (_P.REASONS_REQUEST,),
    ),
    # No article names it; practice alone does.
    Decision(
        "not_processed.reissue_or_confirm",
        "要求确认或者重新出具已获取信息",
        "",
        "not_processed.reissue_or_confirm",
        (_P.EARLIER_ANSWER,),
    ),
    Decision(
        "otherwise_handled.supplement_lapsed",
        "无正当理由逾期不补正，不再处理",
        "第三十条",
        "otherwise_handled.supplement_lapsed",
        (_P.SUPPLEMENT_NOTICE,),
    ),
    Decision(
        "otherwise_handled.fee_lapsed",
        "逾期未按收费通知缴费，不再处理",
        "《政府信息公开信息处理费管理办法》",
        "otherwise_handled.fee_lapsed",
        (_P.FEE_NOTICE,),
        valid_from=charged_from(),
    ),
    Decision("otherwise_handled.other_handling", "撤回等其他处理", "", "otherwise_handled.other_handling"),
)

_OUTCOMES = {outcome.code: outcome for outcome in OUTCOMES}
_DECISIONS = {decision.code: decision for decision in DECISIONS}


def outcome(code: str) -> Outcome:
    """An outcome by its code. Raises ``KeyError``."""
    return _OUTCOMES[code]


def decision(code: str, on: date) -> Decision:
    """A decision by its code, as it may be taken on a day.

    Raises ``KeyError`` for an unknown code, ``LawBreach`` before the decision existed.
    """
    found = _DECISIONS[code]
    if on < found.valid_from:
        raise LawBreach(
            f"“{found.label}”自{chinese_date(found.valid_from)}起才有依据，{chinese_date(on)}不能作出。",
            found.article,
        )
    return found


def counted_outcome(found: Decision, rules: CountingRules | None = None) -> Outcome:
    """The outcome a decision is counted under; the row for 已主动公开 is a switch."""
    if found.code == "granted.already_public":
        return _OUTCOMES[(rules or CountingRules.load()).already_public_row]
    return _OUTCOMES[found.outcome]


def row_for(counted: Outcome, report_format: ReportFormat) -> str:
    """The code of the row of table 3 that counts an outcome in a form of the annual report."""
    return next(row.code for row in report_format.table3_rows if counted.code in row.counts)
