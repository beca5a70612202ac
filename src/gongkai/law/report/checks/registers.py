"""The report beside the agency's own registers: T3-06, T3-07, T4-06, T2-06, AGG-02."""

from collections.abc import Callable, Iterator

from gongkai.law.report.checks.contract import Check, Context
from gongkai.law.report.findings import Finding
from gongkai.law.report.wording import cell_name

_CARRIED_FORWARD = "table3.carried_forward."


def closed_cases_are_counted(check: Check, context: Context) -> Iterator[Finding]:
    """Every cell of table three but the last row is the count of the register."""
    return _differences(
        check, context, lambda a: a.startswith("table3.") and not a.startswith(_CARRIED_FORWARD)
    )


def open_cases_are_carried_forward(check: Check, context: Context) -> Iterator[Finding]:
    """The last row of table three is the count of cases received by 31 December and not answered."""
    return _differences(check, context, lambda a: a.startswith(_CARRIED_FORWARD))


def remedies_are_counted(check: Check, context: Context) -> Iterator[Finding]:
    """Every cell of table four is the count of the register of remedies."""
    return _differences(check, context, lambda a: a.startswith("table4."))


def decisions_are_registered(check: Check, context: Context) -> Iterator[Finding]:
    """Permits, penalties and coercive measures are those of their registers."""
    return _differences(check, context, lambda a: a.startswith("table2."))


def _differences(check: Check, context: Context, concerns: Callable[[str], bool]) -> Iterator[Finding]:
    for address, expected in (context.register or {}).items():
        found = context.report[address]
        if concerns(address) and address in context.report and found != expected:
            written = "空白" if found is None else f"写{found}"
            yield check.finding(
                [address],
                f"{cell_name(address)}{written}，台账里是{expected}：请以台账为准改正，或先改正台账。",
                expected=expected,
                found=found,
            )


CHECKS = (
    Check(
        "T3-06",
        "表三每格等于申请台账里办结案件的数量",
        "error",
        "第四十五条",
        ("register",),
        closed_cases_are_counted,
    ),
    Check(
        "T3-07",
        "结转下年度继续办理等于12月31日前收到、当日仍未答复的案件数",
        "error",
        "《年度报告格式》表三",
        ("register",),
        open_cases_are_carried_forward,
    ),
    Check(
        "T4-06",
        "表四每格等于复议诉讼台账里年末状态的案件数",
        "error",
        "第五十条第（三）项",
        ("register",),
        remedies_are_counted,
    ),
    Check(
        "T2-06",
        "行政许可、行政处罚、行政强制的数量与执法台账或双公示数据一致",
        "warning",
        "第二十条第（五）（六）项",
        ("register",),
        decisions_are_registered,
    ),
    Check(
        "AGG-02",
        "成员单位之间转办的案件只由作出答复的单位统计一次",
        "error",
        "第五十条第（二）项",
        ("transfers",),
        None,
    ),
)
