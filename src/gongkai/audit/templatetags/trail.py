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
