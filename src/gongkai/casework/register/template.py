"""A workbook to fill in: the columns that are understood, two rows that are visibly made up."""

from collections.abc import Mapping

from gongkai.casework.exporting import Sheet, as_xlsx
from gongkai.casework.register.words import LABELS
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import DECISIONS
from gongkai.law.receipt import Channel

_EXAMPLES: tuple[Mapping[str, str], ...] = (
    {
        "number": "2024-0001",
        "name": "甄示范",
        "kind": "自然人",
        "channel": "当面提交",
        "received_on": "2024年3月4日",
        "description": "（示例行，导入前请删去）2023年度校舍维修项目清单",
        "answered_on": "2024-03-20",
        "outcome": "予以公开",
    },
    {
        "number": "2024-0002",
        "name": "示例有限公司",
        "kind": "商业企业",
        "channel": "邮寄",
        "received_on": "2024/3/5",
        "description": "（示例行，导入前请删去）采购合同",
        "supplement_requested_on": "2024/3/8",
        "supplemented_on": "2024/3/15",
        "answered_on": "2024/4/10",
        "outcome": "部分公开",
    },
)


def template() -> bytes:
    """The workbook as XLSX."""
    rows = tuple(tuple(example.get(field, "") for field in LABELS) for example in _EXAMPLES)
    words = max(len(Channel), len(ApplicantKind), len(DECISIONS))
    lists = ([c.label for c in Channel], [k.label for k in ApplicantKind], [d.label for d in DECISIONS])
    columns = [[*labels, *[""] * (words - len(labels))] for labels in lists]
    return as_xlsx(
        [
            Sheet("登记簿", tuple(LABELS.values()), rows),
            Sheet("可以写的词", ("申请方式", "申请人类别", "办理结果"), tuple(zip(*columns, strict=True))),
        ]
    )
