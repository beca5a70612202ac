"""What the columns of registers are called, and what stands in them, however an office words it."""

import re
import unicodedata
from collections.abc import Mapping

from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import DECISIONS, OUTCOMES
from gongkai.law.receipt import Channel

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("登记编号", "编号", "登记号", "受理编号", "申请编号", "受理号", "申请号", "登记序号"),
    "name": ("申请人", "申请人姓名", "姓名", "申请人名称", "姓名或者名称", "姓名或名称", "申请人姓名或名称"),
    "kind": ("申请人类别", "申请人类型", "申请人性质", "类别", "申请主体"),
    "id_number": ("证件号码", "身份证号", "身份证号码", "证件号"),
    "credit_code": ("统一社会信用代码", "信用代码", "组织机构代码"),
    "phone": ("联系电话", "电话", "手机", "手机号", "联系方式"),
    "address": ("通信地址", "地址", "联系地址", "通讯地址"),
    "email": ("电子邮箱", "邮箱", "电子邮件"),
    "channel": ("申请方式", "接收渠道", "申请渠道", "来源", "提交方式", "受理方式", "收件方式", "渠道"),
    "arrived_on": ("申请日期", "申请时间", "提交日期", "提交时间", "到达日期", "来件日期"),
    "received_on": ("收到日期", "收到之日", "收到申请日期", "受理日期", "受理时间", "登记日期", "收件日期"),
    "description": (
        "申请内容", "所需政府信息", "所需信息内容", "内容描述", "所需信息的内容描述", "申请事项",
        "申请公开的内容", "申请公开内容", "信息内容", "申请信息",
    ),
    "document_number": ("文号", "所需信息文号"),
    "supplement_requested_on": ("补正告知日期", "补正通知日期", "告知补正日期", "要求补正日期"),
    "supplemented_on": ("收到补正日期", "补正日期", "补正收到日期", "补正时间"),
    "extended_on": ("延期告知日期", "延期日期", "延长告知日期", "延期答复告知日期"),
    "extension_days": ("延长天数", "延期天数", "延长工作日", "延期工作日"),
    "answered_on": ("答复日期", "答复时间", "办结日期", "办结时间", "出具日期"),
    "outcome": ("办理结果", "答复结果", "处理结果", "答复类型", "答复情况", "办理情况", "答复方式"),
}  # fmt: skip
LABELS = {field: names[0] for field, names in COLUMNS.items()}

_CHANNELS: tuple[tuple[str, Channel], ...] = (
    ("口头", Channel.ORAL),
    ("误投", Channel.MISDIRECTED),
    ("电子邮", Channel.EMAIL),
    ("邮箱", Channel.EMAIL),
    ("email", Channel.EMAIL),
    ("传真", Channel.FAX),
    ("平常", Channel.ORDINARY_MAIL),
    ("平信", Channel.ORDINARY_MAIL),
    ("挂号", Channel.SIGNED_MAIL),
    ("特快", Channel.SIGNED_MAIL),
    ("ems", Channel.SIGNED_MAIL),
    ("快递", Channel.SIGNED_MAIL),
    ("信函", Channel.SIGNED_MAIL),
    ("邮寄", Channel.SIGNED_MAIL),
    ("邮政", Channel.SIGNED_MAIL),
    ("网", Channel.WEBSITE),
    ("在线", Channel.WEBSITE),
    ("平台", Channel.WEBSITE),
    ("当面", Channel.IN_PERSON),
    ("现场", Channel.IN_PERSON),
    ("窗口", Channel.IN_PERSON),
    ("面交", Channel.IN_PERSON),
)
_KINDS: tuple[tuple[str, ApplicantKind], ...] = (
    ("自然人", ApplicantKind.NATURAL_PERSON),
    ("公民", ApplicantKind.NATURAL_PERSON),
    ("个人", ApplicantKind.NATURAL_PERSON),
    ("企业", ApplicantKind.COMMERCIAL_ENTERPRISE),
    ("公司", ApplicantKind.COMMERCIAL_ENTERPRISE),
    ("科研", ApplicantKind.RESEARCH_INSTITUTION),
    ("公益", ApplicantKind.PUBLIC_WELFARE_ORGANIZATION),
    ("法律服务", ApplicantKind.LEGAL_SERVICE_ORGANIZATION),
    ("律师", ApplicantKind.LEGAL_SERVICE_ORGANIZATION),
    ("其他", ApplicantKind.OTHER_ORGANIZATION),
)
_WITHDRAWN = "otherwise_handled.other_handling"
# The first word found decides; what is narrower stands above what is wider.
_DECISION_WORDS: tuple[tuple[str, str], ...] = (
    ("逾期不补正", "otherwise_handled.supplement_lapsed"),
    ("逾期未补正", "otherwise_handled.supplement_lapsed"),
    ("视为放弃", "otherwise_handled.supplement_lapsed"),
    ("缴费", "otherwise_handled.fee_lapsed"),
    ("缴纳费用", "otherwise_handled.fee_lapsed"),
    ("撤回", _WITHDRAWN),
    ("撤销申请", _WITHDRAWN),
    ("仍不明确", "unable_to_provide.still_unclear"),
    ("部分公开", "partly_granted"),
    ("国家秘密", "denied.state_secret"),
    ("禁止公开", "denied.barred_by_law"),
    ("三安全", "denied.three_securities_one_stability"),
    ("第三方", "denied.third_party_rights"),
    ("商业秘密", "denied.third_party_rights"),
    ("个人隐私", "denied.third_party_rights"),
    ("内部事务", "denied.internal_affairs"),
    ("过程性", "denied.deliberative"),
    ("案卷", "denied.enforcement_file"),
    ("行政查询", "denied.registry_query"),
    ("不动产登记", "denied.registry_query"),
    ("另行制作", "unable_to_provide.needs_creation"),
    ("加工", "unable_to_provide.needs_creation"),
    ("不存在", "unable_to_provide.nonexistent"),
    ("不掌握", "unable_to_provide.nonexistent"),
    ("非本机关", "unable_to_provide.other_agency"),
    ("不属于本", "unable_to_provide.other_agency"),
    ("信访", "not_processed.petition_or_complaint"),
    ("举报", "not_processed.petition_or_complaint"),
    ("投诉", "not_processed.petition_or_complaint"),
    ("大量", "not_processed.excessive"),
    ("重复", "not_processed.repeated"),
    ("公开出版物", "not_processed.public_publication"),
    ("重新出具", "not_processed.reissue_or_confirm"),
    ("主动公开", "granted.already_public"),
    ("已公开", "granted.already_public"),
)
_GRANTED = {"予以公开", "同意公开", "公开", "提供", "予以提供", "全部公开"}


def folded(text: str) -> str:
    """One width, no blanks, small letters; what stands in brackets and marks of required columns gone."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", plain)
    return re.sub(r"[\s*:.、“”\"']+", "", plain).lower()


_BY_NAME = {folded(name): field for field, names in COLUMNS.items() for name in names}
_BY_LABEL = {
    **{folded(each.label): each.code for each in DECISIONS if each.code != _WITHDRAWN},
    **{folded(each.label): each.code for each in OUTCOMES if each.code in {d.code for d in DECISIONS}},
    folded("其他"): _WITHDRAWN,
    folded("其他处理"): _WITHDRAWN,
}


def field_of(header: str) -> str:
    """The field that a column of this name holds; empty for one that is not taken over."""
    return _BY_NAME.get(folded(header), "")


def channel_of(text: str) -> Channel | None:
    """How it arrived. 邮寄 without more is taken for post that is signed for."""
    exact = next((channel for channel in Channel if folded(channel.label) == folded(text)), None)
    return exact or next((channel for word, channel in _CHANNELS if word in folded(text)), None)


def kind_of_applicant(text: str) -> ApplicantKind | None:
    """Who applied."""
    return next((kind for word, kind in _KINDS if word in folded(text)), None)


def decision_of(text: str) -> str | None:
    """The code of the decision; ``None`` for a word that fits none or several, such as 不予公开 alone."""
    plain = folded(text)
    if plain in _BY_LABEL:
        return _BY_LABEL[plain]
    if plain in _GRANTED:
        return "granted.provided"
    return next((code for word, code in _DECISION_WORDS if word in plain), None)
