"""Sums inside a table: T3-01 to T3-03, T4-01 to T4-03, as the forms state them."""

from collections.abc import Iterator

from gongkai.law.report.checks.contract import Check, Context
from gongkai.law.report.findings import Finding
from gongkai.law.report.formats import Sum, all_formats
from gongkai.law.report.relations import Evaluation, evaluate, relations_of
from gongkai.law.report.wording import cell_name, column_name, row_label


def sums_hold(check: Check, context: Context) -> Iterator[Finding]:
    """A sum that is broken. With blanks it is broken only if no number in them could mend it: counts
    are never negative."""
    relations = [r for r in relations_of(context.report) if r.code == check.code]
    for evaluation in evaluate(context.report, relations):
        if is_broken(evaluation):
            yield _finding(check, evaluation, context)


def is_broken(evaluation: Evaluation) -> bool:
    """Whether the relation cannot hold, whatever stands in its blanks."""
    if evaluation.verdict == "undecided":
        relation = evaluation.relation
        smaller = relation.right if evaluation.difference > 0 else relation.left
        return set(smaller).isdisjoint(evaluation.blanks)
    return evaluation.verdict == "broken"


def _finding(check: Check, evaluation: Evaluation, context: Context) -> Finding:
    relation = evaluation.relation
    gap = f"相差{abs(evaluation.difference)}"
    blanks = "（空白格按0计）" if evaluation.blanks else ""
    if len(relation.right) == 1:
        total = relation.right[0]
        return check.finding(
            (total, *relation.left),
            f"{cell_name(total)}写{evaluation.right}，各项相加是{evaluation.left}{blanks}，{gap}。",
            expected=evaluation.left,
            found=evaluation.right,
        )
    return check.finding(
        relation.addresses,
        f"{column_name(relation.left[0])}不平：{_side(relation.left, context)}是{evaluation.left}，"
        f"{_side(relation.right, context)}是{evaluation.right}{blanks}，两边应相等，{gap}。",
        expected=evaluation.left,
        found=evaluation.right,
    )


def _side(addresses: tuple[str, ...], context: Context) -> str:
    """“一、本年新收…”20加“二、上年结转…”0."""
    return "加".join(f"{row_label(a)}{_figure(context.report[a])}" for a in addresses)


def _figure(value: object) -> str:
    return "空白" if value is None else str(value)


def _of_the_forms() -> Iterator[Check]:
    """One check for each relation code of the forms; the forms agree on what a code says."""
    first: dict[str, Sum] = {}
    for report_format in all_formats():
        for relation in report_format.relations:
            first.setdefault(relation.code, relation)
    for code, relation in first.items():
        yield Check(code, relation.statement, "error", relation.article, (), sums_hold)


CHECKS = tuple(_of_the_forms())
