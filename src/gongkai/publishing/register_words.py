"""The words of lists people keep: which column is which, what a kind or an amount says."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

Columns = Mapping[str, tuple[str, ...]]

DOCUMENTS: Columns = {
    "title": ("名称", "文件名称", "文件标题", "标题", "规范性文件名称", "规章名称"),
    "document_number": ("文号", "发文字号", "发文文号", "规章文号"),
    "kind": ("类别", "文件类别", "文件类型"),
    "issued_on": ("制发日期", "成文日期", "印发日期", "发文日期", "公布日期", "制定日期"),
    "effective_on": ("施行日期", "生效日期", "实施日期"),
    "expires_on": ("有效期至", "有效期截止", "有效期", "有效期截至"),
    "validity": ("有效性", "效力状态", "时效性", "状态", "效力"),
    "ended_on": ("废止或者失效日期", "废止日期", "失效日期", "废止失效日期", "废止时间"),
    "ended_by": ("废止依据", "废止文件", "依据", "清理文件", "清理记录"),
    "disclosed_on": ("公开日期", "发布日期", "主动公开日期", "首次公开日期"),
}
MATTERS: Columns = {
    "title": ("事项名称", "项目名称", "名称", "收费项目", "收费项目名称", "权力名称"),
    "basis": ("依据", "设定依据", "实施依据", "收费依据"),
    "from_on": ("开始日期", "设立日期", "实施日期", "列入日期", "开始时间"),
    "until_on": ("取消日期", "停止日期", "调出日期", "取消时间"),
}
ENTRIES: Columns = {
    "number": (
        "编号", "行政处罚决定文书号", "行政处罚决定书文号", "处罚决定书文号", "行政许可决定文书号",
        "行政许可决定书文号", "行政强制决定书文号", "决定文书号", "决定书文号", "文书号", "文号", "项目编号",
        "采购编号", "采购项目编号", "合同编号", "票据号",
    ),
    "title": (
        "名称", "案件名称", "行政许可决定文书名称", "许可文书名称", "行政处罚名称", "采购项目名称",
        "项目名称", "收费项目", "许可内容", "违法行为类型", "处罚事由", "处罚内容", "强制措施", "标题",
    ),
    "party": (
        "相对人或者供应商", "相对人", "行政相对人名称", "相对人名称", "当事人", "当事人名称", "被处罚人",
        "供应商", "中标供应商", "成交供应商", "供应商名称", "缴费单位", "缴费人",
    ),
    "party_kind": ("行政相对人类别", "相对人类别", "当事人类别"),
    "decided_on": (
        "日期", "决定日期", "处罚决定日期", "行政处罚决定日期", "许可决定日期", "行政许可决定日期",
        "强制决定日期", "作出决定日期", "收费日期", "缴费日期", "成交日期", "中标日期", "合同签订日期",
        "合同日期", "采购日期",
    ),
    "amount": (
        "金额", "成交金额", "中标金额", "合同金额", "采购金额", "收费金额", "缴费金额", "实收金额",
        "罚款金额",
    ),
    "matter": ("事项", "事项名称", "许可事项", "许可类别"),
    "revoked_on": ("变更撤销日期", "撤销日期", "变更日期"),
    "revoked_reason": ("变更撤销情况", "撤销情况", "撤销原因"),
    "source": ("来源", "数据来源单位", "数据来源"),
}  # fmt: skip
REGISTERS: Mapping[str, Columns] = {"documents": DOCUMENTS, "matters": MATTERS, "entries": ENTRIES}
NEEDED: Mapping[str, tuple[str, ...]] = {
    "documents": ("title", "issued_on"),
    "matters": ("title", "from_on"),
    "entries": ("title", "decided_on"),
}

_ORGANIZATION = re.compile(
    r"公司|企业|厂|店|院|校|园|所|局|厅|部|委|会|社|中心|集团|银行|合作|机构|有限|商行|经营|超市|馆|站|政府|学"
)
_SHORT_NAME = 4
_MOST = Decimal(10) ** 13  # yuan; a register keeps no more digits
_YUAN = re.compile(r"[\s,，￥¥元]")


def folded(text: str) -> str:
    """One width, no blanks and marks; what stands in brackets gone."""
    plain = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"[\s*:.、,，“”\"']+", "", plain)


def columns_in(cells: Sequence[str], register: str) -> dict[str, int]:
    """Field → place of the column that holds it; of several names the one that stands first in the list."""
    found: dict[str, int] = {}
    names = [folded(cell) for cell in cells]
    for field, synonyms in REGISTERS[register].items():
        place = next((names.index(word) for word in map(folded, synonyms) if word in names), None)
        if place is not None:
            found[field] = place
    return found


def is_person(name: str, kind: str) -> bool:
    """Whether a party is a natural person: its kind says so, else a short name without a word for a body."""
    if kind:
        return "自然人" in kind or "个人" in kind
    return len(name.strip()) <= _SHORT_NAME and not _ORGANIZATION.search(name)


def amount_of(text: str, header: str) -> Decimal:
    """Yuan, whether the heading or the cell says 万元. Raises ``ValueError``."""
    plain = unicodedata.normalize("NFKC", text)
    in_ten_thousand = "万" in plain or "万元" in header
    try:
        value = Decimal(_YUAN.sub("", plain.replace("万", "")))
    except InvalidOperation:
        raise ValueError(text) from None
    factor = 10_000 if in_ten_thousand else 1
    if not value.is_finite() or abs(value) >= _MOST / factor:
        raise ValueError(text)
    return (value * factor).quantize(Decimal("0.01"))
