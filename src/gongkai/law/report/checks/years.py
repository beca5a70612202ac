"""This year's report beside last year's: T3-05, T4-04, T2-01, T2-03."""

from collections.abc import Iterator

from gongkai.law.report.checks.contract import Check, Context
from gongkai.law.report.filled import FilledReport, Value
from gongkai.law.report.findings import Finding
from gongkai.law.report.formats import all_formats
from gongkai.law.report.predecessor import objection
from gongkai.law.report.wording import cell_name, row_label, row_name

_DOCUMENTS = ("government_rule", "normative_document")
_SERVICES = ("permit", "other_external_service", "penalty", "coercive_measure", "administrative_fee")
_BLOCKS = ("reconsideration", "direct_suit", "suit_after_reconsideration")


def brought_forward_is_last_years(check: Check, context: Context) -> Iterator[Finding]:
    """Cases brought forward are those last year carried forward, column by column."""
    before = _last_year(context)
    if before is None:
        yield _nothing_compared(check, context)
        return
    for column in all_formats()[-1].table3_columns:
        now, then = f"table3.brought_forward.{column.code}", f"table3.carried_forward.{column.code}"
        found, expected = context.report[now], before[then]
        if found is not None and expected is not None and found != expected:
            yield check.finding(
                [now],
                f"{cell_name(now)}写{found}，上一年度报告结转下年度的是{expected}，两个数应相等，"
                f"相差{abs(found - expected)}。",
                expected=expected,
                found=found,
            )


def _nothing_compared(check: Check, context: Context) -> Finding:
    why = objection(context.report, context.previous or FilledReport())
    return check.finding((), f"{why}，跨年关系没有核对。", severity="warning")


def pending_cases_reappear(check: Check, context: Context) -> Iterator[Finding]:
    """Cases pending at the end of last year are among this year's total."""
    before = _last_year(context)
    for block in _BLOCKS:
        cell = f"table4.{block}.total"
        total, pending = context.report[cell], _figure(before, f"table4.{block}.pending")
        if total is not None and pending is not None and pending > total:
            yield check.finding(
                [cell],
                f"{cell_name(cell)}写{total}，少于上一年度尚未审结的{pending}件：去年没审结的案件今年应再列入。",
                expected=pending,
                found=total,
            )


def stock_of_documents(check: Check, context: Context) -> Iterator[Finding]:
    """Documents in force: last year's, and those issued, less those repealed."""
    before = _last_year(context)
    for row in _DOCUMENTS:
        cell = f"table2.{row}.in_force"
        found, expected = context.report[cell], _stock(context.report, before, row)
        if found is not None and expected is not None and found != expected:
            yield check.finding(
                [cell, f"table2.{row}.issued", f"table2.{row}.repealed"],
                f"{cell_name(cell)}写{found}，按上一年现行有效件数加制发减废止应是{expected}，"
                f"相差{abs(found - expected)}：如系重新清理，请在正文说明。",
                expected=expected,
                found=found,
            )


def _stock(report: FilledReport, before: FilledReport | None, row: str) -> Value:
    issued, repealed = report[f"table2.{row}.issued"], report[f"table2.{row}.repealed"]
    stock = _figure(before, f"table2.{row}.in_force")
    if stock is None or issued is None or repealed is None:
        return None
    return stock + issued - repealed


def items_do_not_vanish(check: Check, context: Context) -> Iterator[Finding]:
    """The 2019 form: last year's items and the change are not below 0, and last year's items are
    those last year's report ended with."""
    report, before = context.report, _last_year(context)
    for row in _SERVICES:
        cell = f"table2.{row}.items_last_year"
        items, ended, found = _items(report, row), _items(before, row), report[cell]
        if items is not None and items < 0:
            yield check.finding(
                [cell, f"table2.{row}.change"],
                f"{row_name(cell)}上一年项目数量加本年增/减是{items}，项目数量不能小于0，请核对增减数。",
                expected=0,
                found=items,
            )
        if found is not None and ended is not None and found != ended:
            yield check.finding(
                [cell],
                f"{cell_name(cell)}写{found}，上一年度报告的{row_label(cell)}项目加增减是{ended}，"
                f"相差{abs(found - ended)}。",
                expected=ended,
                found=found,
            )


def _items(report: FilledReport | None, row: str) -> Value:
    items = _figure(report, f"table2.{row}.items_last_year")
    change = _figure(report, f"table2.{row}.change")
    return None if items is None or change is None else items + change


def _figure(report: FilledReport | None, address: str) -> Value:
    return report[address] if report else None


def _last_year(context: Context) -> FilledReport | None:
    """The report given as last year's, unless it is another year's or another agency's."""
    before = context.previous
    return None if before is None or objection(context.report, before) else before


CHECKS = (
    Check(
        "T3-05",
        "本年“上年结转”等于上一年度报告的“结转下年度继续办理”，逐列相等",
        "error",
        "《年度报告格式》表三",
        ("previous",),
        brought_forward_is_last_years,
    ),
    Check(
        "T4-04",
        "上一年度尚未审结的案件，今年的总计不会少于它",
        "warning",
        "《年度报告格式》表四",
        ("previous",),
        pending_cases_reappear,
    ),
    Check(
        "T2-01",
        "现行有效件数等于上一年现行有效件数加本年制发减本年废止（2021年格式）",
        "warning",
        "第二十条第（一）项",
        ("previous",),
        stock_of_documents,
    ),
    Check(
        "T2-03",
        "上一年项目数量加本年增/减不小于0，并与上一年度报告衔接（2019年格式）",
        "warning",
        "第二十条第（五）（六）（八）项",
        (),
        items_do_not_vanish,
    ),
)
