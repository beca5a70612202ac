"""Figures that add up and still look wrong: T2-04, T2-05, T2-07."""

import re
from collections.abc import Iterator

from gongkai.law.report.agency_names import cannot_make_rules
from gongkai.law.report.checks.contract import Check, Context
from gongkai.law.report.findings import Finding
from gongkai.law.report.wording import cell_name, row_name

_DOCUMENTS = ("government_rule", "normative_document")
_RULE_COLUMNS = ("issued", "in_force", "made", "disclosed", "disclosed_total")
_PERMITS = ("table2.permit.decisions", "table2.other_external_service.decisions")
_PERMITS_DISCLOSED = re.compile("(?:审批|审核|许可)[^。；\n]{0,12}(?:办理)?结果")


def disclosed_documents_are_in_the_total(check: Check, context: Context) -> Iterator[Finding]:
    """The 2019 form: documents disclosed in all are no fewer than those of the year, and those of the
    year no more than were made (unless older ones were disclosed)."""
    report = context.report
    for row in _DOCUMENTS:
        made, new, whole = (f"table2.{row}.{column}" for column in ("made", "disclosed", "disclosed_total"))
        n_made, n_new, n_whole = report[made], report[new], report[whole]
        if n_new is not None and n_whole is not None and n_whole < n_new:
            yield check.finding(
                [whole, new],
                f"{cell_name(whole)}写{n_whole}，少于本年新公开的{n_new}：总数应包含本年新公开的。",
                expected=n_new,
                found=n_whole,
            )
        if n_made is not None and n_new is not None and n_new > n_made:
            yield check.finding(
                [new, made],
                f"{cell_name(new)}写{n_new}，多于本年新制作的{n_made}：如补充公开了往年文件，请在正文说明。",
                expected=n_made,
                found=n_new,
                severity="note",
            )


def rules_need_power(check: Check, context: Context) -> Iterator[Finding]:
    """规章 above 0 in the report of a body whose name shows that it makes none."""
    agency = context.report.agency
    cells = [f"table2.government_rule.{column}" for column in _RULE_COLUMNS]
    above = [a for a in cells if context.report[a]]
    if agency and above and cannot_make_rules(agency):
        yield check.finding(
            above,
            f"{row_name(above[0])}写了{context.report[above[0]]}，而{agency}一般没有规章制定权："
            "规章只由国务院部门、省级政府、设区的市和自治州政府制定，请核对是否把规范性文件或转发的规章计入。",
            expected=0,
            found=context.report[above[0]],
        )


def permits_disclosed_were_decided(check: Check, context: Context) -> Iterator[Finding]:
    """Prose that says results of approvals are disclosed, beside a table without one decision."""
    report = context.report
    cells = [address for address in _PERMITS if address in report]
    said = next((m for m in map(_PERMITS_DISCLOSED.search, report.sections.values()) if m), None)
    if said and cells and all(report[address] == 0 for address in cells):
        yield check.finding(
            cells,
            f"正文说公开了“{said[0]}”，而{row_name(cells[0])}处理决定数量是0：请核对数量，或在正文说明没有此类决定。",
            found=0,
        )


CHECKS = (
    Check(
        "T2-04",
        "对外公开总数量不少于本年新公开数量；新公开多于新制作的须有来由（2019年格式）",
        "warning",
        "第二十条第（一）项",
        (),
        disclosed_documents_are_in_the_total,
    ),
    Check(
        "T2-05",
        "没有规章制定权的机关，规章应为0",
        "warning",
        "第二十条第（一）项",
        (),
        rules_need_power,
    ),
    Check(
        "T2-07",
        "正文称公开了审批、审核、许可结果，处理决定数量却是0",
        "note",
        "第二十条第（五）项",
        (),
        permits_disclosed_were_decided,
    ),
)
