"""The acts of a case: what each button says, what it rests on, which document it makes."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.law.clock.events import Consulted
from gongkai.law.lifecycle import FEE_RULES, Act

GROUPS: Mapping[str, str] = {
    "usual": "常用",
    "consulting": "征求意见",
    "charging": "收费和说明理由",
    "other": "其他",
}


@dataclass(frozen=True, slots=True)
class ActKind:
    """One verb of the desk.

    ``rule`` is what the law says, in our words. ``clock`` is what the act is to the clock, ``letter``
    the kind of document it drafts, ``consulted`` whom it asks. ``once`` says that no second letter of
    this kind may be drafted while one is on its way. ``decides`` is the answer to the first of the
    seven questions that the act stands for: it has no form of its own, the path begins there.
    """

    code: str
    verb: str
    group: str
    article: str
    rule: str
    clock: Act | None = None
    letter: str = ""
    consulted: Consulted | None = None
    once: bool = True
    decides: str = ""


ACTS = (
    ActKind(
        "supplement", "起草补正告知书", "usual", "第三十条",
        "申请内容不明确的，自收到申请之日起7个工作日内一次性告知补正的事项和合理期限。"
        "答复期限自收到补正的申请之日起计算；无正当理由逾期不补正的，视为放弃申请。",
        Act.SUPPLEMENT_REQUESTED, "supplement_notice",
    ),
    ActKind(
        "supplemented", "登记收到补正", "usual", "第三十条",
        "答复期限自收到补正的申请之日起重新计算。过了补正期限才补正的，有正当理由就继续办理。",
        Act.SUPPLEMENTED,
    ),
    ActKind(
        "supplement_lapsed", "逾期不补正，不再处理", "usual", "第三十条",
        "无正当理由逾期不补正的，视为放弃申请，行政机关不再处理。先看有没有正当理由，再告知。",
        decides="supplement_lapsed",
    ),
    ActKind(
        "search", "登记检索", "usual", "第三十六条第四项",
        "答复“不存在”以前，要有检索记录：何人、何时、在哪个系统或者处所、用什么词检索，结果如何。",
    ),
    ActKind(
        "extension", "起草延期告知书", "usual", "第三十三条第二款",
        "需要延长答复期限的，经政府信息公开工作机构负责人同意并在到期以前告知申请人，最多延长20个工作日，只能一次。",
        Act.EXTENDED, "extension_notice",
    ),
    ActKind(
        "rectify", "起草更正告知书", "usual", "第四十一条",
        "有证据证明与自身相关的记录不准确的，可以要求更正。有权更正并审核属实的，予以更正并告知；"
        "不属于本机关职能范围的，可以转送有权更正的机关并告知，或者告知申请人向它提出。",
        letter="rectification_notice",
    ),
    ActKind(
        "withdraw", "登记撤回申请", "usual", "",
        "申请人撤回的，案件办结，年度报告计入“其他处理”。保存申请人表示撤回的材料。",
        Act.WITHDRAWN,
    ),
    ActKind(
        "confirm_withdrawal", "起草撤回确认书", "usual", "",
        "申请人撤回以后，出具撤回确认书并送达，写明哪一天、以什么方式撤回。",
        letter="withdrawal_confirmation",
    ),
    ActKind(
        "third_party", "起草征求第三方意见书", "consulting", "第三十二条",
        "公开会损害第三方合法权益的，书面征求意见。第三方自收到征求意见书之日起15个工作日内提出意见；"
        "逾期未提出的，由本机关决定是否公开。征求意见的时间不计算在答复期限内。",
        Act.CONSULTATION_OPENED, "third_party_inquiry", Consulted.THIRD_PARTY, once=False,
    ),
    ActKind(
        "co_maker", "起草征求共同制作机关意见书", "consulting", "第三十四条",
        "由几个机关共同制作的，牵头机关可以征求其他机关的意见。被征求的机关自收到之日起15个工作日内提出意见；"
        "逾期未提出的，视为同意公开。",
        Act.CONSULTATION_OPENED, "co_maker_inquiry", Consulted.CO_MAKER, once=False,
    ),
    ActKind(
        "agency", "起草协办函", "consulting", "第三十三条第三款",
        "征求其他机关意见的时间不计算在答复期限内。法律没有规定对方答复的期限，由函件写明。",
        Act.CONSULTATION_OPENED, "assistance_letter", Consulted.AGENCY, once=False,
    ),
    ActKind(
        "delivery", "登记对方收到的日期", "consulting", "第三十二条、第三十四条",
        "15个工作日自对方收到征求意见书之日起算，收到当日不计。",
    ),
    ActKind(
        "opinion", "登记对方的意见", "consulting", "第三十二条至第三十四条",
        "第三方逾期未提出意见的，不视为同意，由本机关决定；共同制作机关逾期未提出意见的，视为同意公开。",
        Act.CONSULTATION_CLOSED,
    ),
    ActKind(
        "tell_applicant", "起草征求意见告知书", "consulting", "第三十三条第三款",
        "征求意见所需的时间不计算在答复期限内。告知申请人正在征求意见，申请人才知道期限为什么停计。",
        letter="consultation_notice",
    ),
    ActKind(
        "tell_third_party", "起草告知第三方公开决定", "consulting", "第三十二条",
        "认为不公开可能对公共利益造成重大影响而决定公开的，把决定公开的内容和理由书面告知第三方。",
        letter="third_party_disclosure_notice", once=False,
    ),
    ActKind(
        "reasons", "起草说明理由告知书", "charging", "第三十五条",
        "申请的数量、频次明显超过合理范围的，可以要求申请人说明理由。",
        Act.REASONS_REQUESTED, "reasons_notice",
    ),
    ActKind(
        "reasons_given", "登记申请人说明的理由", "charging", "第三十五条",
        "理由不合理的，告知不予处理；理由合理但不能按期答复的，可以确定延迟答复的合理期限。",
        Act.REASONS_GIVEN,
    ),
    ActKind(
        "delay", "起草延迟答复告知书", "charging", "第三十五条",
        "理由合理，但无法在规定期限内答复的，可以确定延迟答复的合理期限并告知申请人。",
        Act.DELAYED, "delay_notice",
    ),
    ActKind(
        "fee", "起草收费通知书", "charging", f"第四十二条、{FEE_RULES}",
        "数量、频次明显超过合理范围的，可以收取信息处理费。按件或者按量选一种，不能并用。"
        "申请人自收到通知次日起20个工作日内缴费，逾期未缴的视为放弃申请。",
        Act.FEE_NOTICED, "fee_notice",
    ),
    ActKind(
        "payment", "登记缴费", "charging", FEE_RULES,
        "自缴费次日起，答复期限重新计算。",
        Act.FEE_PAID,
    ),
    ActKind(
        "fee_lapsed", "逾期不缴费，不再处理", "charging", FEE_RULES,
        "申请人自收到收费通知次日起20个工作日内没有缴费的，视为放弃申请，告知不再处理。",
        decides="fee_lapsed",
    ),
    ActKind(
        "split", "拆分申请", "other", "一事一申请",
        "一份申请里有几件不相关的信息的，拆成几件分别办理。每件有自己的登记编号，收到之日不变，各计一件；原件不再计数。",
    ),
    ActKind(
        "join", "并案办理", "other", "",
        "同一申请人的几件申请可以一并答复。各件的期限分别计算，答复不能晚于最早到期的那一件；年度报告各计一件。",
    ),
    ActKind(
        "transfer", "转送其他机关", "other", "第三十六条第五项",
        "不属于本机关负责公开的，一般是告知申请人并说明理由。经申请人同意，可以转给本系统内负责的机关登记，由它计数。",
    ),
    ActKind(
        "help", "登记协助", "other", "第四十三条",
        "申请人阅读困难或者有视听障碍的，提供必要的帮助，并记下做了什么。",
    ),
    ActKind(
        "archive", "归档", "other", "第四十五条",
        "登记、审核、办理、答复、归档各有制度；办结并且文书都已办完，才能归档。",
    ),
)  # fmt: skip
_BY_CODE = {act.code: act for act in ACTS}


def act_kind(code: str) -> ActKind:
    """An act by its code. Raises ``KeyError``."""
    return _BY_CODE[code]
