"""What may stand in a cell: T3-04 for tables three and four, T2-02 for table two."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from gongkai.law.report.agency_names import kind_of
from gongkai.law.report.checks.contract import Check, Context
from gongkai.law.report.filled import FilledReport, Value
from gongkai.law.report.findings import Finding
from gongkai.law.report.formats import cell_kind, split_address
from gongkai.law.report.wording import cell_name, column_name, row_label, table_name
from gongkai.law.rulebook import read_table

_FEE = "table2.administrative_fee.amount"


def counts_are_filled(check: Check, context: Context) -> Iterator[Finding]:
    """Blanks (a warning each for whole rows, the totals and the rest of a table) and figures that are
    no count (an error each)."""
    for name in ("table3", "table4"):
        yield from _unfit(check, context.report, name)
        yield from _blanks(check, context.report, name)


def table2_is_fit(check: Check, context: Context) -> Iterator[Finding]:
    """Table two: counts whole and not negative, amounts not negative and likely 万元, no blanks."""
    yield from _unfit(check, context.report, "table2")
    yield from _blanks(check, context.report, "table2")
    yield from _doubtful_unit(check, context)


def _unfit(check: Check, report: FilledReport, name: str) -> Iterator[Finding]:
    for address, value in _cells(report, name).items():
        problem = _problem(address, value)
        if problem:
            message = f"{cell_name(address)}写{value}，{problem}，请改正。"
            severity = check.severity if name == "table2" else "error"
            yield check.finding([address], message, found=value, severity=severity)


def _problem(address: str, value: Value) -> str:
    kind = cell_kind(address)
    if value is None:
        return ""
    if kind != "amount" and value != int(value):
        return "件数只能是整数"
    if kind != "signed" and value < 0:
        return "金额不能小于0" if kind == "amount" else "件数不能小于0"
    return ""


def _blanks(check: Check, report: FilledReport, name: str) -> Iterator[Finding]:
    """The blanks of one table, told in as few sentences as say it all."""
    cells = _cells(report, name)
    blank = [a for a, value in cells.items() if value is None and a not in report.doubtful]
    if blank and len(blank) == len(cells):
        yield check.finding(blank, f"{table_name(blank[0])}整张没有填数：空白不等于0，没有发生的也要填0。")
        return
    rows = _whole_rows(cells, blank)
    totals = [a for a in blank if a not in rows and a.endswith(".total")]
    others = [a for a in blank if a not in rows and a not in totals]
    if rows:
        names = "、".join(dict.fromkeys(row_label(a) for a in rows))
        yield check.finding(
            rows, f"{table_name(rows[0])}{names}整行空白，共{len(rows)}格：空白不等于0，没有的应填0。"
        )
    if totals:
        yield check.finding(
            totals, f"{column_name(totals[0])}有{len(totals)}格空白：总计应逐行填写，把各项相加填入。"
        )
    if others:
        also = f"等{len(others)}格空白" if len(others) > 1 else "空白"
        yield check.finding(others, f"{cell_name(others[0])}{also}：空白不等于0，没有的应填0。")


def _whole_rows(cells: Mapping[str, Value], blank: list[str]) -> list[str]:
    """The blanks that fill a row of more than one cell, or a row of one."""
    rows: dict[str, list[str]] = defaultdict(list)
    for address in cells:
        rows[split_address(address)[1]].append(address)
    gone = set(blank)
    return [a for row in rows.values() if gone.issuperset(row) for a in row]


def _cells(report: FilledReport, name: str) -> Mapping[str, Value]:
    return report.tables[name].cells if name in report.tables else {}


def _doubtful_unit(check: Check, context: Context) -> Iterator[Finding]:
    """A department's fee so large that it was probably written in 元."""
    report = context.report
    fee = report[_FEE]
    limit = read_table("report_checks.toml")["fee"]["doubtful_above"]
    kind = context.kind or (kind_of(report.agency) if report.agency else "government")
    if fee is not None and fee > limit and kind == "agency":
        yield check.finding(
            [_FEE],
            f"{cell_name(_FEE)}写{fee}，单位是万元，即{fee / 10_000:.2f}亿元，部门收费很少到此数："
            "请核对是否把元当成了万元。",
            found=fee,
        )


CHECKS = (
    Check(
        "T3-04",
        "表三、表四每格都是不小于0的整数，没有的填0，不留空白",
        "warning",
        "《年度报告格式》表三、表四",
        (),
        counts_are_filled,
    ),
    Check(
        "T2-02",
        "表二件数是整数，金额不小于0，以万元为单位，不留空白",
        "warning",
        "《年度报告格式》表二",
        (),
        table2_is_fit,
    ),
)
