"""AGG-01: a superior's report is the sum of its members' reports."""

from collections.abc import Iterator

from gongkai.law.report.checks.contract import Check, Context
from gongkai.law.report.filled import FilledReport, Value
from gongkai.law.report.findings import Finding
from gongkai.law.report.formats import cell_kind, load_format
from gongkai.law.report.rollup import Contribution, Members, contributions, gather, other_formats
from gongkai.law.report.wording import cell_name


def members_add_up(check: Check, context: Context) -> Iterator[Finding]:
    """Every figure is the members' sum. Where a member is missing or blank the sum is only a least."""
    report = context.report
    members = gather(context.members, year=report.year, expected=context.expected_members)
    yield from _members_amiss(check, context, members)
    whole = not (members.missing or members.other_years)
    parts = contributions(members.summed, [address for address, _ in report.cells()])
    for address, given in parts.items():
        yield from _difference(check, address, report[address], given, whole)


def _difference(
    check: Check, address: str, found: Value, given: tuple[Contribution, ...], whole: bool
) -> Iterator[Finding]:
    filled = [part.value for part in given if part.value is not None]
    if found is None or not filled or found == sum(filled):
        return
    expected = sum(filled)
    known = whole and len(filled) == len(given)
    if known or (expected > found and cell_kind(address) != "signed"):
        least = "" if known else "至少"
        yield check.finding(
            [address],
            f"{cell_name(address)}写{found}，{len(filled)}个成员单位相加{least}是{expected}，"
            f"相差{abs(expected - found)}。",
            expected=expected,
            found=found,
        )


def _members_amiss(check: Check, context: Context, members: Members) -> Iterator[Finding]:
    if members.missing:
        yield check.finding((), f"缺少{'、'.join(members.missing)}的报告，汇总数还不能核实：请催报后再核。")
    if members.unexpected:
        yield check.finding(
            (), f"{'、'.join(members.unexpected)}不在成员名单里，请核对是否应计入汇总。", severity="warning"
        )
    if members.repeated:
        yield check.finding(
            (), f"{'、'.join(members.repeated)}交了不止一份报告，只按第一份核对，请删去重复的。"
        )
    for name, year in members.other_years.items():
        yield check.finding((), f"{name}交的是{year}年度的报告，不是{members.year}年度的，没有计入。")
    forms = {name: load_format(table.format) for name, table in context.report.tables.items()}
    for name, tables in other_formats(members.summed, forms).items():
        message = f"{name}的{'、'.join(tables)}用的格式与汇总报告不同，不能逐格对应的没有核对。"
        yield check.finding((), message, severity="warning")


def part_is_in_the_whole(check: Check, context: Context) -> Iterator[Finding]:
    """No figure of a member is above that of the superior's total it is part of."""
    report, parent = context.report, context.parent or FilledReport()
    if report.year and parent.year and report.year != parent.year:
        message = f"汇总报告是{parent.year}年度的，本报告是{report.year}年度的，没有核对。"
        yield check.finding((), message, severity="warning")
        return
    for address, value in report.cells():
        whole = parent[address]
        if value is not None and whole is not None and value > whole and cell_kind(address) != "signed":
            yield check.finding(
                [address],
                f"{cell_name(address)}写{value}，汇总报告只有{whole}：汇总漏计，或本报告写多了。",
                expected=whole,
                found=value,
            )


CHECKS = (
    Check(
        "AGG-01",
        "汇总报告每格等于各成员单位之和，成员齐全、年度和格式相同",
        "error",
        "第五十条、《年度报告格式》",
        ("members",),
        members_add_up,
    ),
    Check(
        "AGG-01",
        "成员单位的每格不大于汇总报告",
        "error",
        "第五十条、《年度报告格式》",
        ("parent",),
        part_is_in_the_whole,
    ),
)
