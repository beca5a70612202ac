"""What stands before a number and says what it is: a phone, a card, a document."""

import re

_LABELS = re.compile(
    r"(?P<phone>手机|电话|联系方式|联系人|联系我|热线|传真|微信号?|(?i:tel|phone|mobile|mob))"
    r"|(?P<id_number>身份证|证件号|证件|公民身份|身份号|学籍)"
    r"|(?P<bank_card>银行卡|卡号|账号|帐号|一卡通|社保卡|社会保障卡|账户|帐户|开户|户名|存折|储蓄)"
    r"|(?P<other>订单|单号|流水|编号|文号|编码|代码|条码|条形码|书号|(?i:isbn|issn|http|www\.|doi)|刊号|票号|发票|合同|招标"
    r"|采购|批次|证书|凭证|资产|序列|信用|纳税|受理|索引|备案|许可|回执|档案|批号|项目|登记|版权|专利|设备|车架|金额|[¥￥$]"
    r"|合计|面积|数量|版本|统计|执照|注册号|税号|机构)"
)
_AFTER = re.compile(
    r"(?:[.．]\d{1,2}(?!\d))?(?:元|万|亿|平方|公里|%|％|人次|册|吨|千瓦|[.／/](?:html?|jpg|png|pdf|docx?|xlsx?))"
)
_AMOUNT = re.compile(
    r"支出|收入|总计|小计|预算|决算|资金|经费|产值|价|元|税|余额|数量?$|额$|费$|款$|率$|分$|年$|月$|日期|时间|序号|科目|比例|长度|重量"
)
_ORGANIZATION = re.compile(
    r"公司|中心|学校|中学|小学|幼儿园|局|委员会|财政|单位|保证金|医院|厂|合作社|协会|对公"
)
_OFFICE = re.compile(
    r"(?:监督|举报|咨询|服务|办公|值班|投诉|受理|报名|单位)(?:电话|热线)[:：\s]{0,3}$|传真[:：\s]{0,3}$|热线[:：\s]{0,3}$"
)
_OWN_HOME = re.compile(r"家庭电话|住宅电话|宅电|家长|监护人|本人|申请人|户主|家里|住户")


def label_before(text: str) -> str:
    """The kind of number that the last label of a text announces; ``other`` for no personal datum."""
    last = ""
    for found in _LABELS.finditer(text):
        last = found.lastgroup or ""
    return last


def header_label(text: str) -> str:
    """As :func:`label_before`, of the header of a column: there a word for an amount counts too."""
    return label_before(text) or ("other" if _AMOUNT.search(text) else "")


def is_measured(after: str) -> bool:
    """Whether what follows a number makes it an amount or the name of a file."""
    return bool(_AFTER.match(after))


def names_organization(text: str) -> bool:
    return bool(_ORGANIZATION.search(text))


def is_of_office(text: str) -> bool:
    """Whether the words just before a phone say that an office is rung up."""
    return bool(_OFFICE.search(text))


def is_of_home(text: str) -> bool:
    return bool(_OWN_HOME.search(text))
