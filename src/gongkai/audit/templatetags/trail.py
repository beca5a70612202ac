"""The trail in words."""

from django import template

from gongkai.audit.models import Entry

register = template.Library()

ACT_LABELS = {
    "signed_in": "登录",
    "signed_out": "退出登录",
    "sign_in_failed": "登录失败",
    "changed_password": "修改密码",
    "opened_agency": "登记机关",
    "opened_account": "开设账号",
    "appointed": "任命角色",
    "dismissed": "撤销角色",
    "added_section": "增加科室",
    "removed_section": "移除科室",
    "seated": "加入领导小组",
    "unseated": "移出领导小组",
    "started": "开始编制",
    "saved_figures": "保存数据",
    "saved_prose": "保存文字",
    "read_file": "读取文件",
    "took_over": "取用文件内容",
    "waived": "保留提醒",
    "withdrew_waiver": "取消保留",
    "sign": "签发",
    "withdraw_signature": "撤回签发",
    "submit": "报送主管部门",
    "send_back": "退回",
    "publish": "公布",
    "remarked": "写公开说明",
    # An application on its way: the kinds of its events, and looks at what is sealed.
    "arrived": "登记申请",
    "confirmation": "记录联系确认",
    "received": "确定收到之日",
    "supplement_requested": "告知补正",
    "supplemented": "收到补正",
    "consultation_opened": "征求意见",
    "consultation_closed": "征求意见结束",
    "extended": "延长答复期限",
    "fee_noticed": "通知收费",
    "fee_paid": "登记缴费",
    "reasons_requested": "要求说明理由",
    "reasons_given": "登记说明理由",
    "delayed": "确定延迟答复期限",
    "answered": "答复",
    "withdrawn": "登记撤回申请",
    "closed": "办结",
    "assigned": "交办",
    "accepted": "接收交办",
    "sent_back": "退回交办",
    "internal_due": "确定内部期限",
    "searched": "登记检索",
    "decided": "拟定办理结果",
    "letter_signed": "签发文书",
    "served": "送达文书",
    "split": "拆分申请",
    "joined": "并案",
    "transferred": "转送",
    "helped": "提供协助",
    "calendar_changed": "期限随工作日安排变动",
    "archived": "归档",
    "struck": "划销记录",
    "looked_at_identity": "查看申请人身份信息",
    "looked_at_query_code": "查看查询码",
    "drafted_letter": "起草文书",
    "edited_letter": "修改文书",
    "submitted_letter": "提交审批",
    "approved_letter": "审批同意",
    "returned_letter": "审批退回",
    "dropped_letter": "作废草稿",
    "opened_letter": "打开文书",
    "redacted_file": "遮盖文件",
    "queued_redaction": "交后台遮盖文件",
    "enclosed_files": "选定随附的文件",
    "dispatched": "发出文书",
    "logged_service": "登记送达情况",
    "logged_delivery": "登记征求意见书送达",
    "notified": "发通知",
    "delivered_notice": "通知已送出",
    "failed_notice": "通知没有送达",
    "read_notice": "通知标为已读",
    "set_notice_preference": "修改通知设置",
    # Figures from the registers.
    "took_cut": "固定年度台账数据",
    "filled_from_registers": "从台账填数",
    "adjusted": "调整台账数",
    # What applicants do themselves, and the counter: files, words, registers.
    "added_file": "保存案卷文件",
    "opened_file": "打开案卷文件",
    "applicant_wrote": "申请人留言",
    "wrote_applicant": "给申请人留言",
    "applicant_read": "申请人看过留言",
    "applicant_opened_file": "申请人打开文件",
    "took_own_data": "申请人下载本人信息",
    "compared": "比对相似申请",
    "kept_register": "读入登记簿",
    "dropped_register": "放弃导入登记簿",
    "imported_register": "导入登记簿",
    # The desk's own: hands, days, names, lists.
    "added_co_worker": "加协办人",
    "removed_co_worker": "撤下协办人",
    "entered_day": "录入放假或者上班",
    "dropped_day": "删掉待批准的日子",
    "approved_days": "批准工作日安排",
    "settled_year": "标明一年的安排已录全",
    "saved_profile": "修改文书上的机关信息",
    "saved_functions": "修改科室职责",
    "kept_list": "存常用筛选",
    "dropped_list": "删掉常用筛选",
    "opened_feed": "开通日历订阅",
    "closed_feed": "停止日历订阅",
    "exported_list": "导出清单",
    "placed_in_section": "安排到科室",
    # Reconsiderations and suits.
    "remedy_filed": "登记复议、诉讼",
    "remedy_notified": "登记收到副本",
    "remedy_accepted": "登记受理、立案",
    "remedy_extended": "登记延长复议期限",
    "remedy_answered": "登记提交答复和证据",
    "remedy_hearing_set": "登记听证、开庭通知",
    "remedy_hearing": "登记听证、开庭",
    "remedy_decided": "登记决定、裁判",
    "remedy_appealed": "登记上诉",
    "remedy_appeal_decided": "登记二审裁判",
    "remedy_remanded": "登记发回重审",
    "remedy_withdrawn": "登记撤回复议、诉讼",
    "remedy_redone": "登记已按结果办理",
    "remedy_handed": "确定复议、诉讼经办人",
    "remedy_struck": "划销复议、诉讼记录",
    "added_remedy_paper": "保存复议、诉讼文书",
    "opened_remedy_paper": "打开复议、诉讼文书",
    "made_bundle": "制作证据材料",
    # Subscriptions to searches.
    "asked_for_subscription": "申请检索订阅",
    "confirmed_subscription": "确认检索订阅",
    "ended_subscription": "检索订阅终止",
    "sent_subscription_news": "发送检索订阅邮件",
    # Publications on their way: drafting, screening, review, release.
    "drafted_item": "拟稿",
    "edited_item": "修改拟公开的信息",
    "classified_item": "标明公开属性",
    "added_item_file": "添加附件",
    "removed_item_file": "移除附件",
    "renamed_item_file": "附件改名",
    "dropped_item": "作废草稿",
    "screened_item": "筛查",
    "waived_finding": "保留筛查发现",
    "attested_file": "人工核对附件",
    "submitted_item": "提交公开审查",
    "agreed_item": "同意公开",
    "returned_item": "退回修改",
    "recalled_item": "收回审查",
    "completed_review": "审查通过",
    "referred_item": "报请确定",
    "entered_referral_answer": "登记报请的答复",
    "delegated_review": "委托审查",
    "ended_delegation": "终止委托",
    "published_item": "发布",
    "posted_item": "放到网站上",
    "withdrew_item": "撤下",
    "expired_item": "公示期满撤下",
    "planned_publication": "定时发布",
    "cancelled_planned_publication": "取消定时发布",
    # The catalog and its duties, what is withheld, transfers.
    "started_catalog": "采用标准目录",
    "added_catalog_node": "增加目录事项",
    "changed_catalog_node": "修改目录事项",
    "retired_catalog_node": "停用目录事项",
    "revived_catalog_node": "恢复目录事项",
    "added_stage": "增加阶段",
    "changed_stage": "修改阶段",
    "removed_stage": "删去阶段",
    "added_plan_entry": "列入年度计划",
    "changed_plan_entry": "修改年度计划",
    "copied_plan": "照搬上年计划",
    "linked_plan_entry": "填写计划对应的信息",
    "dropped_plan_entry": "取消计划",
    "reassessed_item": "定期评估审查",
    "sent_transfer": "移送档案馆、图书馆",
    "entered_receipt": "登记移送回执",
    "linked_items": "关联信息",
    "unlinked_items": "解除关联",
    "marked_institution": "认定制度",
    "set_publishing_profile": "修改公开设置",
    # The library of normative documents and the registers behind table 2.
    "entered_document": "登记规范性文件",
    "edited_document": "修改规范性文件的登记",
    "struck_document": "注销规范性文件的登记",
    "entered_validity": "登记有效性变化",
    "struck_validity": "划销有效性变化",
    "entered_matter": "登记事项",
    "edited_matter": "修改事项",
    "struck_matter": "注销事项",
    "entered_decision": "登记台账记录",
    "struck_decision": "注销台账记录",
    "linked_decision": "关联公开信息",
    "revoked_decision": "登记决定变更、撤销",
    "took_back_decision": "撤回决定信息并公开说明",
    "kept_register_file": "读入台账文件",
    "dropped_register_file": "放弃导入台账",
    "imported_register_file": "导入台账",
    "suggested_conversion": "建议转为主动公开",
    "decided_conversion": "决定是否转为主动公开",
    "drafted_conversion": "由申请转来拟稿",
    "ran_planned_publication": "到时自动发布",
}


@register.filter
def act_label(entry: Entry) -> str:
    """The act in Chinese; every act that is written has its word."""
    return ACT_LABELS[entry.act]


@register.filter
def gist(entry: Entry) -> str:
    """One line of what the act was about."""
    details = entry.details
    parts = []
    if "cells" in details:
        parts.append(f"{len(details['cells'])}格数据")
    if "file" in details:
        parts.append(f"文件“{details['file']}”")
    if "full_name" in details:
        parts.append(str(details["full_name"]))
    if "name" in details:
        parts.append(str(details["name"]))
    if "code" in details:
        parts.append(str(details["code"]))
    if "reason" in details:
        parts.append(f"理由：{details['reason']}")
    if "content" in details:
        parts.append(f"内容校验值 {details['content'][:12]}…")
    return "，".join(parts)
