"""One worked example of every document, in every shape it takes. All people and bodies are invented."""

from dataclasses import replace
from datetime import date

from gongkai.documents.letters import Facts, FieldValue, Letter, Office, draft
from gongkai.law.outcomes import DECISIONS

FACTS = Facts(
    issuer="虚构市教育局",
    applicant_name="甄示范",
    registration_number="2026-0031",
    description="2025年全市义务教育阶段学校课后服务收费标准和成本测算材料",
    applied_on=date(2026, 3, 2),
    received_on=date(2026, 3, 3),
    due_on=date(2026, 3, 31),
    new_due_on=date(2026, 4, 29),
    decided_on=date(2026, 3, 9),
    document_number="虚教公〔2026〕31号",
    review_body="虚构市人民政府",
    court="虚构市示例区人民法院",
    online_review="https://fuyi.example.gov.cn/",
    office=Office(
        name="虚构市教育局办公室",
        address="虚构市示例路1号",
        postcode="000000",
        phone="0000-0000000",
        hours="工作日9:00—12:00、14:00—17:30",
    ),
)

Case = tuple[str, str, dict[str, FieldValue]]

SHEETS: dict[str, Case] = {
    "application_form": (
        "application_form",
        "",
        {
            "applicant_kind": "natural_person", "id_type": "居民身份证", "id_number": "000000190001010000",
            "phone": "0000-1111111", "address": "虚构市示例路2号", "postcode": "000000",
            "email": "zhen@example.com", "access_way": "post", "medium": "paper",
            "document_hint": "虚教发〔2025〕12号", "purpose": "了解收费依据", "help_needed": "请用大字",
            "filled_by": "贾样本",
        },
    ),
    "application_form-organization": (
        "application_form",
        "",
        {
            "applicant_kind": "commercial_enterprise", "credit_code": "000000000000000000",
            "legal_representative": "贾样本", "contact_person": "甄示范", "phone": "0000-1111111",
            "address": "虚构市示例路3号", "access_way": "email", "medium": "electronic",
        },
    ),
    "registration_form": (
        "registration_form",
        "",
        {
            "applicant_kind": "natural_person", "channel": "ordinary_mail",
            "evidence": "2026年3月3日收到平信，当日电话与申请人确认", "case_officer": "贾样本",
            "handling_section": "基础教育科", "supplement_due_on": date(2026, 3, 12), "note": "无",
        },
    ),
    "receipt": (
        "receipt",
        "",
        {
            "channel": "in_person", "query_code": "K7QM-3TZV",
            "tracking_address": "https://gongkai.example.gov.cn/chaxun/", "case_officer": "贾样本",
        },
    ),
    "third_party_reply_form": (
        "third_party_reply_form",
        "",
        {
            "third_party_name": "示例有限公司", "information": "课后服务采购合同中的报价明细",
            "inquiry_number": "虚教公函〔2026〕4号",
        },
    ),
    "third_party_reply_form-answered": (
        "third_party_reply_form",
        "",
        {
            "third_party_name": "示例有限公司", "information": "课后服务采购合同中的报价明细",
            "inquiry_number": "虚教公函〔2026〕4号", "opinion": "refuse",
            "reasons": "报价明细反映本公司成本构成，属于商业秘密", "answered_on": date(2026, 3, 20),
        },
    ),
    "service_receipt": (
        "service_receipt",
        "",
        {
            "served_title": "政府信息公开申请答复书", "served_number": "虚教公复〔2026〕31号",
            "recipient": "甄示范", "address": "虚构市示例路2号", "method": "post",
            "served_on": date(2026, 3, 10), "posting_number": "XA00000000000", "served_by": "贾样本",
            "note": "挂号",
        },
    ),
    "review_sheet": (
        "review_sheet",
        "",
        {
            "information": "2025年课后服务收费标准", "document_hint": "虚教发〔2025〕12号",
            "maker": "基础教育科", "drafted_by": "甄示范", "disclosure_class": "proactive",
            "basis": "第二十条第八项，属于行政事业性收费的依据和标准", "file_hash": "0123456789abcdef" * 4,
        },
    ),
    "review_sheet-signed": (
        "review_sheet",
        "",
        {
            "information": "2025年课后服务收费标准", "maker": "基础教育科", "drafted_by": "甄示范",
            "disclosure_class": "on_application", "basis": "第十三条",
            "checks": "国家秘密｜不涉及\n商业秘密|涉及一处，已遮盖",
            "opinions": "初审｜同意｜贾样本｜2026年3月5日\n终审｜同意｜甄示范｜2026年3月6日",
        },
    ),
    "transfer_list": (
        "transfer_list",
        "",
        {
            "receiver": "虚构市图书馆",
            "items": [
                "2025年课后服务收费标准｜虚教发〔2025〕12号｜000000-2025-0012｜2025年8月20日｜2",
                "2025年招生工作方案｜虚教发〔2025〕3号｜000000-2025-0003｜2025年3月1日｜2",
            ],
            "handed_over_by": "贾样本", "handed_over_on": date(2026, 3, 9),
        },
    ),
    "publish_instead_sheet": (
        "publish_instead_sheet",
        "",
        {
            "information": "课后服务收费标准", "origin": "several", "application_count": 7,
            "reason": "三个月内有7名申请人申请同一信息，且可以公开",
            "channel_planned": "门户网站“收费公示”栏目",
            "publish_by": date(2026, 4, 1), "drafted_by": "贾样本",
        },
    ),
    "publish_instead_sheet-signed": (
        "publish_instead_sheet",
        "",
        {
            "information": "课后服务收费标准", "origin": "suggested", "reason": "申请人建议主动公开",
            "channel_planned": "门户网站", "drafted_by": "贾样本",
            "opinions": "终审｜同意｜甄示范｜2026年3月6日",
        },
    ),
}  # fmt: skip

PROCEDURE: dict[str, Case] = {
    "supplement_notice": (
        "supplement_notice",
        "",
        {
            "unclear": "没有写明是哪些学校\n“成本测算材料”指的是哪一类材料不清楚",
            "items": "写明学校名称或者范围\n写明所需材料的名称、文号或者其他特征",
            "supplement_by": date(2026, 3, 24),
        },
    ),
    "reasons_notice": (
        "reasons_notice",
        "",
        {
            "counted": ["2026年1月至2月提出申请86件", "其中内容相近的61件"],
            "explain": ["提出上述数量申请的理由", "内容相近的申请分别提出的原因"],
            "reply_by": "2026-03-24",
        },
    ),
    "extension_notice": (
        "extension_notice",
        "",
        {"reason": "所涉档案共210卷，需要逐卷检索。"},
    ),
    "delay_notice": (
        "delay_notice",
        "",
        {"reason": "同时提出的申请共86件，需要逐件检索。", "until": date(2026, 6, 30)},
    ),
    "third_party_inquiry": (
        "third_party_inquiry",
        "",
        {
            "third_party_name": "示例有限公司", "information": "课后服务采购合同中的报价明细",
            "harm": "报价明细可能属于你（单位）的商业秘密",
        },
    ),
    "consultation_notice": (
        "consultation_notice",
        "",
        {"consulted": "third_party", "sent_on": date(2026, 3, 9)},
    ),
    "consultation_notice-co_maker": (
        "consultation_notice",
        "",
        {"consulted": "co_maker", "sent_on": date(2026, 3, 9)},
    ),
    "consultation_notice-agency": (
        "consultation_notice",
        "",
        {"consulted": "agency", "sent_on": date(2026, 3, 9)},
    ),
    "third_party_disclosure_notice": (
        "third_party_disclosure_notice",
        "",
        {
            "third_party_name": "示例有限公司", "inquiry_on": date(2026, 3, 9),
            "inquiry_number": "虚教公函〔2026〕4号", "opinion": "refuse", "ground": "public_interest",
            "information": "课后服务采购合同的总价和服务内容，不含报价明细",
            "reasons": "课后服务费由学生家庭负担，合同总价关系众多家庭的切身利益",
        },
    ),
    "third_party_disclosure_notice-silent": (
        "third_party_disclosure_notice",
        "",
        {
            "third_party_name": "示例有限公司", "inquiry_on": date(2026, 3, 9), "opinion": "silent",
            "information": "课后服务采购合同的总价", "reasons": "合同总价不属于商业秘密",
        },
    ),
    "co_maker_inquiry": (
        "co_maker_inquiry",
        "",
        {
            "agency_name": "虚构市发展和改革委员会", "information": "关于课后服务收费的通知",
            "opinion_proposed": "予以公开",
        },
    ),
    "assistance_letter": (
        "assistance_letter",
        "",
        {
            "agency_name": "虚构市档案馆", "information": "2015年课后服务收费文件",
            "questions": "该文件是否已经移交\n如已移交，请提供复制件", "reply_by": date(2026, 3, 16),
        },
    ),
    "fee_notice": (
        "fee_notice",
        "",
        {
            "reason": "你在2026年3月内累计提出申请45件", "basis": "case", "quantity": 45,
            "payment": "持本通知书到非税收入代收银行缴纳\n缴款码：00000000000000000000",
        },
    ),
    "fee_notice-page": (
        "fee_notice",
        "",
        {
            "reason": "该申请所涉纸质复制件共250页", "basis": "page", "quantity": 250,
            "calculation": "第12页至第200页已经主动公开，不计费\n其余61页，31页按每页10元计",
            "amount": "310.00",
            "payment": "到政务服务大厅缴纳",
        },
    ),
    "rectification_notice": (
        "rectification_notice",
        "",
        {
            "result": "rectified", "record": "学籍信息中的出生日期", "evidence": "户口簿复印件",
            "detail": "出生日期已按户口簿的记载改正",
        },
    ),
    "rectification_notice-refused": (
        "rectification_notice",
        "",
        {
            "result": "refused", "record": "学籍信息中的出生日期", "evidence": "申请人自述",
            "detail": "申请人没有提供证据证明记录不准确",
        },
    ),
    "rectification_notice-forwarded": (
        "rectification_notice",
        "",
        {
            "result": "forwarded", "record": "社会保险缴费月数", "evidence": "缴费凭证复印件",
            "agency_name": "虚构市社会保险局", "agency_contact": "0000-2222222",
        },
    ),
    "rectification_notice-redirected": (
        "rectification_notice",
        "",
        {
            "result": "redirected", "record": "社会保险缴费月数", "evidence": "缴费凭证复印件",
            "agency_name": "虚构市社会保险局",
        },
    ),
    "rectification_notice-forward_letter": (
        "rectification_notice",
        "",
        {
            "result": "forward_letter", "record": "社会保险缴费月数", "evidence": "缴费凭证复印件",
            "agency_name": "虚构市社会保险局",
        },
    ),
}  # fmt: skip

_REFUSAL: dict[str, FieldValue] = {"severance": "该信息各部分均属上述情形，没有可以单独公开的内容"}
_DISCRETION = {"discretion": "公开会影响内部工作的正常开展，且不涉及申请人的权利义务"}

DECIDED: dict[str, Case] = {
    "answer_granted-already_public": (
        "answer_granted",
        "granted.already_public",
        {"access_ways": "门户网站“收费公示”栏目：https://jyj.example.gov.cn/sfgs/\n虚构市图书馆政府信息查阅点"},
    ),
    "answer_granted-attached": (
        "answer_granted",
        "granted.provided",
        {
            "content": "《关于课后服务收费的通知》（虚教发〔2025〕12号）\n课后服务成本测算表",
            "provision_form": "纸质复制件", "provision": "attached",
            "deviation": "你要求提供原件，提供原件可能危及档案安全",
        },
    ),
    "answer_granted-later": (
        "answer_granted",
        "granted.provided",
        {
            "content": "课后服务成本测算表", "provision_form": "现场查阅", "provision": "later",
            "way": "持本答复书和身份证件到本机关档案室查阅", "time": "2026年3月16日起的工作日",
        },
    ),
    "answer_partly_granted": (
        "answer_partly_granted",
        "partly_granted",
        {
            "content": "课后服务采购合同（遮盖报价明细）\n会议纪要摘要",
            "provision_form": "遮盖后的纸质复制件",
            "withheld": "合同第4页报价明细｜第十五条｜属于商业秘密，第三方不同意公开且理由合理\n"
            "会议纪要第3部分|第十四条|属于国家秘密",
            "classification": "秘密级，保密期限10年，派生自上级机关的秘密文件",
        },
    ),
    "answer_denied-state_secret": (
        "answer_denied",
        "denied.state_secret",
        _REFUSAL
        | {
            "reason": "该材料摘自上级机关的秘密级文件", "secrecy_level": "confidential",
            "secrecy_term": "10年，自2024年5月6日起", "classified_by": "派生自虚密发〔2024〕1号",
        },
    ),
    "answer_denied-barred_by_law": (
        "answer_denied",
        "denied.barred_by_law",
        _REFUSAL
        | {
            "reason": "该材料含有学生个人的统计调查原始资料",
            "barring_law": "《中华人民共和国统计法》关于个人资料保密的规定",
        },
    ),
    "answer_denied-three_securities_one_stability": (
        "answer_denied",
        "denied.three_securities_one_stability",
        _REFUSAL | {"reason": "该材料载有考点安保部署", "harm": "公开会使安保部署失效，可能危及公共安全"},
    ),
    "answer_denied-third_party_rights": (
        "answer_denied",
        "denied.third_party_rights",
        _REFUSAL | {"reason": "该材料是示例有限公司的报价明细", "opinion": "refuse"},
    ),
    "answer_denied-internal_affairs": (
        "answer_denied",
        "denied.internal_affairs",
        _REFUSAL | _DISCRETION | {"reason": "该材料是本机关的值班安排"},
    ),
    "answer_denied-deliberative": (
        "answer_denied",
        "denied.deliberative",
        _REFUSAL | _DISCRETION | {"reason": "该材料是尚未定稿的征求意见稿"},
    ),
    "answer_denied-enforcement_file": (
        "answer_denied",
        "denied.enforcement_file",
        _REFUSAL | _DISCRETION | {"reason": "该材料是对校外培训机构作出处罚的案卷"},
    ),
    "answer_not_held-nonexistent": (
        "answer_not_held",
        "unable_to_provide.nonexistent",
        {
            "search": "2026年3月5日，贾样本在档案室以“课后服务”“成本测算”检索2020年至2025年目录，无结果\n"
            "2026年3月6日，甄示范在办公系统以相同词检索，无结果",
            "explanation": "本机关没有制作过成本测算材料",
        },
    ),
    "answer_not_held-never_made": (
        "answer_not_held",
        "unable_to_provide.nonexistent",
        {"search": "2026年3月5日，贾样本在档案室以“课后服务”检索2020年至2025年目录，无结果"},
    ),
    "answer_not_held-other_agency": (
        "answer_not_held",
        "unable_to_provide.other_agency",
        {
            "reason": "该信息由虚构市发展和改革委员会制作，依照第十条由制作机关负责公开",
            "agency_name": "虚构市发展和改革委员会", "agency_contact": "虚构市示例路5号，0000-3333333",
        },
    ),
    "answer_not_held-unknown_agency": (
        "answer_not_held",
        "unable_to_provide.other_agency",
        {"reason": "该信息不是本机关制作，也没有保存"},
    ),
    "answer_needs_creation": (
        "answer_needs_creation",
        "unable_to_provide.needs_creation",
        {
            "reason": "现有记录按学校保存，没有按班级汇总；需要逐校加工、分析才能得到",
            "available": "各校课后服务收费备案表，可以另行申请",
        },
    ),
    "answer_still_unclear": (
        "answer_still_unclear",
        "unable_to_provide.still_unclear",
        {
            "notice_on": date(2026, 3, 5), "notice_number": "虚教公告〔2026〕9号",
            "supplemented_on": date(2026, 3, 8), "supplemented": "所有“有关”材料",
            "reason": "仍没有写明材料的名称、文号或者其他特征，无法据以检索",
        },
    ),
    "notice_petition": (
        "notice_petition",
        "not_processed.petition_or_complaint",
        {
            "reason": "申请内容是要求查处某校违规收费，没有指向具体的政府信息",
            "route": "虚构市教育局信访接待室，虚构市示例路1号，0000-4444444",
        },
    ),
    "notice_repeated": (
        "notice_repeated",
        "not_processed.repeated",
        {
            "earlier_number": "虚教公复〔2026〕7号", "earlier_on": date(2026, 1, 20),
            "reason": "两次申请均指向同一份通知",
        },
    ),
    "notice_public_publication": (
        "notice_public_publication",
        "not_processed.public_publication",
        {"publication": "《虚构市教育年鉴（2025）》", "where": "虚构市图书馆地方文献室\n新华书店"},
    ),
    "notice_excessive": (
        "notice_excessive",
        "not_processed.excessive",
        {
            "counted": "2026年1月至2月提出申请86件\n其中内容相近的61件", "notice_on": date(2026, 3, 4),
            "notice_number": "虚教公告〔2026〕8号", "given_reasons": "想要全面了解",
            "finding": "所说理由不能说明为什么需要就相近内容分别提出申请",
        },
    ),
    "notice_excessive-no_reasons": (
        "notice_excessive",
        "not_processed.excessive",
        {"counted": "1个月内提出申请50件", "notice_on": date(2026, 3, 4), "finding": "期限内没有说明理由"},
    ),
    "notice_reissue": (
        "notice_reissue",
        "not_processed.reissue_or_confirm",
        {
            "earlier_number": "虚教公复〔2026〕7号", "earlier_on": date(2026, 1, 20),
            "earlier_content": "《关于课后服务收费的通知》纸质复制件一份",
        },
    ),
    "notice_registry_query": (
        "notice_registry_query",
        "denied.registry_query",
        {
            "special_rule": "《不动产登记暂行条例》关于登记资料查询的规定",
            "window": "虚构市不动产登记中心查询窗口，虚构市示例路6号，请带身份证件",
        },
    ),
    "notice_lapsed-supplement": (
        "notice_lapsed",
        "otherwise_handled.supplement_lapsed",
        {
            "notice_on": date(2026, 2, 3), "notice_number": "虚教公告〔2026〕5号",
            "served_on": date(2026, 2, 4), "expired_on": date(2026, 3, 4),
        },
    ),
    "notice_lapsed-fee": (
        "notice_lapsed",
        "otherwise_handled.fee_lapsed",
        {
            "notice_on": date(2026, 2, 3), "served_on": date(2026, 2, 4),
            "expired_on": date(2026, 3, 6), "amount": 5500,
        },
    ),
    "withdrawal_confirmation": (
        "withdrawal_confirmation",
        "otherwise_handled.other_handling",
        {"ending": "withdrawn", "withdrawn_on": date(2026, 3, 8), "manner": "书面"},
    ),
    "withdrawal_confirmation-consultation": (
        "withdrawal_confirmation",
        "otherwise_handled.other_handling",
        {
            "ending": "consultation", "reason": "所问的是入学条件怎样解释，没有指向已经记录的信息",
            "route": "虚构市教育局基础教育科，0000-5555555",
        },
    ),
    "withdrawal_confirmation-not_government_information": (
        "withdrawal_confirmation",
        "otherwise_handled.other_handling",
        {"ending": "not_government_information", "reason": "该材料是本机关工会的活动安排"},
    ),
    "withdrawal_confirmation-ended": (
        "withdrawal_confirmation",
        "otherwise_handled.other_handling",
        {"ending": "ended", "reason": "申请单位已于2026年3月1日注销，没有承受其权利义务的单位"},
    ),
}  # fmt: skip

CASES = SHEETS | PROCEDURE | DECIDED
_DECISIONS = {decision.code: decision for decision in DECISIONS}


def facts_of(name: str) -> Facts:
    return replace(FACTS, decision=_DECISIONS.get(CASES[name][1]))


def letter_of(name: str) -> Letter:
    kind, _, values = CASES[name]
    return draft(kind, facts_of(name), values)
