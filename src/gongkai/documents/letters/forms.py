"""Documents that are ruled forms: application, registration, receipt, reply, service, approvals."""

from collections.abc import Iterable
from datetime import date

from gongkai.documents.letters.facts import Facts, Office, Values
from gongkai.documents.letters.letter import Cell, Letter, Table, printable
from gongkai.documents.letters.wording import Draft, contact_way, words
from gongkai.law.applicants import ApplicantKind
from gongkai.law.letters import letter_kind
from gongkai.law.limits import chinese_date

Row = tuple[Cell, ...]

_FOUR = (6, 8, 6, 8)
_APPROVALS = (("初审", "承办科室"), ("复审", "政府信息公开工作机构"), ("终审", "分管负责人"))
_CHECKS = ("国家秘密", "工作秘密", "商业秘密", "个人隐私、个人信息", "“三安全一稳定”", "转引不公开的上级文件")
_SIGNATURE = "签名：　　　　　　　　　年　　月　　日"


def application_form(facts: Facts, values: Values) -> Draft:
    kind = values.choice("applicant_kind")
    person = kind == ApplicantKind.NATURAL_PERSON
    name = printable(facts.applicant_name)
    rows = (
        _wide("受理机关", facts.issuer),
        *_applicant(values, kind, name if person else "", "" if person else name),
        *_wanted(values, facts.description),
        _signed("申请人签名或者盖章", facts),
    )
    return _form("政府信息公开申请表", rows)


def blank_application_form(issuer: str, office: Office | None = None) -> Letter:
    """The application form to be filled in by hand."""
    kind = letter_kind("application_form")
    values = Values(kind, "", {})
    facts = Facts(issuer, office=office or Office())
    rows = (
        _wide("受理机关", issuer),
        *_applicant(values, "", "", ""),
        *_wanted(values, ""),
        _signed("申请人签名或者盖章", facts),
    )
    tables = _form(kind.title, rows).tables
    return Letter(kind.code, printable(issuer), kind.printed_title, tables=tables, contact=facts.office.lines)


def _applicant(values: Values, kind: str, person: str, organization: str) -> Iterable[Row]:
    kinds = [(known.value, known.label) for known in ApplicantKind]
    yield _printed("申请人类型", _boxes(kinds, kind))
    yield (_band("公民填写"),)
    yield _pair("姓名", person, "证件名称", values.text("id_type"))
    yield _wide("证件号码", values.text("id_number"))
    yield (_band("法人或者其他组织填写"),)
    yield _wide("名称", organization)
    yield _wide("统一社会信用代码", values.text("credit_code"))
    yield _pair("法定代表人", values.text("legal_representative"), "联系人", values.text("contact_person"))
    yield (_band("联系方式"),)
    yield _pair("联系电话", values.text("phone"), "邮政编码", values.text("postcode"))
    yield _wide("通信地址", values.text("address"))
    yield _wide("电子邮箱", values.text("email"))


def _wanted(values: Values, description: str) -> Iterable[Row]:
    yield (_band("所需政府信息"),)
    yield _wide("名称、文号或者其他特征性描述", _joined(description, values.text("document_hint")), 3)
    yield _printed("获取信息的方式", _boxes_of("access_way", values))
    yield _printed("载体形式", _boxes_of("medium", values))
    yield _wide("用途（选填）", values.text("purpose"))
    yield _wide("需要的帮助", values.text("help_needed"))
    yield _wide("代为填写人", values.text("filled_by"))


def registration_form(facts: Facts, values: Values) -> Draft:
    rows = (
        _pair("登记编号", facts.registration_number, "申请人类型", values.chosen("applicant_kind")),
        _wide("申请人", facts.applicant_name),
        _wide("申请公开的内容", facts.description, 4),
        _pair("申请渠道", values.chosen("channel"), "收到申请之日", _day(facts.received_on)),
        _wide("收到日期的依据", values.text("evidence"), 2),
        _pair("补正告知期限", _day(values.day("supplement_due_on")), "答复期限", _day(facts.due_on)),
        _pair("承办科室", values.text("handling_section"), "经办人", values.text("case_officer")),
        _wide("备注", values.text("note"), 2),
    )
    return _form("政府信息公开申请登记表", rows)


def receipt(facts: Facts, values: Values) -> Draft:
    rows = (
        _pair("登记编号", facts.registration_number, "查询码", values.text("query_code")),
        _pair("申请人", facts.applicant_name, "经办人", values.text("case_officer")),
        _wide("申请公开的内容", facts.description, 3),
        _pair("申请渠道", values.chosen("channel"), "收到申请之日", _day(facts.received_on)),
        _wide("答复期限", f"{_day(facts.due_on)}前（含当日）"),
    )
    link = values.text("tracking_address")
    where = (
        f"凭登记编号和查询码可以查询办理进度，网址：{link} 。"
        if link
        else "凭登记编号和查询码可以查询办理进度。"
    )
    notes = (
        f"{where}查询码请自行保管，不要告诉他人。",
        "需要补正、征求意见、延长期限或者缴纳信息处理费的，答复期限会有变化，本机关将另行告知。",
    )
    drawn = _form("政府信息公开申请接收回执", rows)
    return Draft(words(notes), drawn.tables, addressee=facts.applicant_name, link=link)


def third_party_reply(facts: Facts, values: Values) -> Draft:
    rows = (
        _pair("登记编号", facts.registration_number, "征求意见书文号", values.text("inquiry_number")),
        _wide("第三方姓名或者名称", values.text("third_party_name")),
        _wide("征求意见的政府信息", values.text("information"), 3),
        _printed("第三方的意见", _boxes_of("opinion", values)),
        _wide("不同意公开的部分和理由", values.text("reasons"), 6),
        _printed(
            "第三方签名或者盖章", _day(values.day("answered_on")) or "　　　　　　　　　　年　　月　　日", 3
        ),
    )
    notes = (
        "请在征求意见书写明的期限内填写本函，当面提交或者邮寄至"
        f"{printable(facts.issuer)}{contact_way(facts)}。逾期未提出意见的，由行政机关依照"
        "《中华人民共和国政府信息公开条例》的规定决定是否公开。",
    )
    drawn = _form("政府信息公开第三方意见确认函", rows)
    return Draft(words(notes), drawn.tables, addressee=facts.issuer)


def service_receipt(facts: Facts, values: Values) -> Draft:
    rows = (
        _pair("登记编号", facts.registration_number, "文书文号", values.text("served_number")),
        _wide("送达文书名称", values.text("served_title")),
        _wide("受送达人", values.text("recipient")),
        _wide("送达地址", values.text("address")),
        _printed("送达方式", _boxes_of("method", values)),
        _pair("送达日期", _day(values.day("served_on")), "邮件号码", values.text("posting_number")),
        _printed("受送达人签名或者盖章", _SIGNATURE, 3),
        _printed("代收人签名及与受送达人的关系", _SIGNATURE, 3),
        _pair("送达人", values.text("served_by"), "备注", values.text("note"), 2),
    )
    notes = ("直接送达、委托送达的，以签收之日为送达之日；邮寄送达的，以交邮之日为送达之日。",)
    return Draft(words(notes), _form("政府信息公开文书送达回证", rows).tables)


def review_sheet(_: Facts, values: Values) -> Draft:
    rows = (
        _wide("拟公开信息的名称", values.text("information"), 2),
        _pair("文号", values.text("document_hint"), "制作机关或者科室", values.text("maker")),
        _printed("拟定公开属性", _boxes_of("disclosure_class", values)),
        _wide("依据和理由", values.text("basis"), 3),
        _pair("呈批人", values.text("drafted_by"), "日期", ""),
        *((_wide("送审文件校验值", values.text("file_hash")),) if values.text("file_hash") else ()),
        (_band("逐项审查（先审查、后公开）"),),
        *_checked(values),
        (_band("审查意见"),),
        *_opinions(values),
    )
    return _form("政府信息公开审查呈批单", rows)


def _checked(values: Values) -> Iterable[Row]:
    """What was found on each point; before that, the points two in a row with room to write."""
    given = values.parts("checks", 2)
    yield from (_wide(item, found) for item, found in given)
    if not given:
        yield from (
            _pair(left, "", right, "") for left, right in zip(_CHECKS[::2], _CHECKS[1::2], strict=True)
        )


def transfer_list(facts: Facts, values: Values) -> Draft:
    head = ("序号", "名称", "文号", "索引号", "成文日期", "份数")
    items = values.parts("items", 5)
    listing = Table(
        "移送的主动公开政府信息",
        (3, 11, 7, 7, 6, 3),
        (
            tuple(Cell(label, label=True) for label in head),
            *((Cell(str(n)), *(Cell(part) for part in item)) for n, item in enumerate(items, 1)),
        ),
        head=1,
    )
    handed = _day(values.day("handed_over_on"))
    signing = (
        _pair("移送单位", facts.issuer, "接收单位", values.text("receiver")),
        _pair("移送人", values.text("handed_over_by"), "接收人签名", "", 2),
        _pair("移送日期", handed, "接收日期", ""),
        _wide("合计", f"{len(items)}件"),
    )
    return Draft(tables=(listing, Table("移送和接收", _FOUR, signing)))


def publish_instead(_: Facts, values: Values) -> Draft:
    count = values.number("application_count")
    rows = (
        _wide("拟转为主动公开的政府信息", values.text("information"), 2),
        _pair("由来", values.chosen("origin"), "申请件数", f"{count}件" if count else ""),
        _wide("理由", values.text("reason"), 4),
        _pair(
            "拟公开的渠道和栏目",
            values.text("channel_planned"),
            "拟公开的日期",
            _day(values.day("publish_by")),
        ),
        _pair("呈批人", values.text("drafted_by"), "日期", ""),
        (_band("审批意见"),),
        *_opinions(values),
    )
    return _form("政府信息转为主动公开审批单", rows)


def _opinions(values: Values) -> Iterable[Row]:
    given = values.parts("opinions", 4)
    for step, opinion, name, day in given:
        yield _printed(step, "　".join(part for part in (opinion, name, day) if part), 2)
    if not given:
        yield from (_printed(f"{step}意见（{who}）", _SIGNATURE, 3) for step, who in _APPROVALS)


def _form(caption: str, rows: Iterable[Row]) -> Draft:
    return Draft(tables=(Table(caption, _FOUR, tuple(rows)),))


def _pair(first: str, value: str, second: str, other: str, lines: int = 1) -> Row:
    return (
        Cell(first, label=True, lines=lines),
        Cell(printable(value)),
        Cell(second, label=True),
        Cell(printable(other)),
    )


def _wide(label: str, value: str, lines: int = 1) -> Row:
    return _printed(label, printable(value), lines)


def _printed(label: str, text: str, lines: int = 1) -> Row:
    """A row whose text the form prints itself, wide blanks and all."""
    return (Cell(printable(label), label=True, lines=lines), Cell(text, span=3))


def _band(text: str) -> Cell:
    return Cell(text, span=4, label=True)


def _signed(label: str, facts: Facts) -> Row:
    day = _day(facts.applied_on) or "年　　月　　日"
    return _printed(label, f"　　　　　　　　　　　　　{day}", 2)


def _boxes(choices: Iterable[tuple[str, str]], chosen: str) -> str:
    return "　".join(f"{'☑' if code == chosen else '□'}{label}" for code, label in choices)


def _boxes_of(code: str, values: Values) -> str:
    return _boxes(values.field(code).choices, values.choice(code))


def _joined(*texts: str) -> str:
    return "；".join(filter(None, map(printable, texts)))


def _day(day: date | None) -> str:
    return chinese_date(day) if day else ""
