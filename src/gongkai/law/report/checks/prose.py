"""The prose beside the tables: T3-08, T4-05, X-01, X-02.

Prose may differ from a table without being wrong: it may count closed cases only, fold in those
brought forward, or speak of one office. So a difference is only ever a warning, and where it equals
another figure of the table the finding says which.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gongkai.law.report.checks.contract import Check, Context
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.findings import Finding
from gongkai.law.report.formats import TABLE_NAMES, split_address
from gongkai.law.report.narrative import Claim, labels
from gongkai.law.report.wording import row_label
from gongkai.law.rulebook import read_table

Number = int | Decimal

_TOTAL = ("total",)
_PEOPLE = ("natural_person",)
_FEE_YEARS = 2021  # 国办函〔2020〕109号: no fee before 2021-01-01
_FEE_LAPSED = "table3.otherwise_handled.fee_lapsed.total"


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of a table under the words a clerk would use: ``name``, rows (or a group of rows) and
    columns that add up to it."""

    name: str
    table: str
    rows: tuple[str, ...]
    columns: tuple[str, ...] = _TOTAL

    def cells(self, report: FilledReport) -> tuple[str, ...]:
        addresses = _addresses(report, self.table, self.rows)
        return tuple(a for a in addresses if split_address(a)[2] in self.columns)

    def value(self, report: FilledReport) -> Number | None:
        """The sum of its cells; a blank total is made good by its row. ``None`` if nothing is there."""
        values = [_value(report, address) for address in self.cells(report)]
        filled = [value for value in values if value is not None]
        return sum(filled, 0) if filled else None


def _addresses(report: FilledReport, table: str, rows: tuple[str, ...]) -> Iterator[str]:
    filled = report.tables.get(table)
    for address in filled.cells if filled else ():
        row = split_address(address)[1]
        if row in rows or row.partition(".")[0] in rows:
            yield address


def _value(report: FilledReport, address: str) -> Number | None:
    if report[address] is not None or not address.endswith(".total"):
        return report[address]
    row = split_address(address)[1]
    parts = [report[a] for a in _addresses(report, address.partition(".")[0], (row,)) if a != address]
    filled = [part for part in parts if part is not None]
    return sum(filled, 0) if filled else None


@lru_cache
def _figures(table: str) -> Mapping[str, _Figure]:
    """What the prose may count of a table → the figure it should agree with."""
    return {
        entry["what"]: _Figure(
            entry["figure"], table, tuple(entry["rows"]), tuple(entry.get("columns", _TOTAL))
        )
        for entry in read_table("narrative.toml")["claims"]
        if entry.get("table") == table
    }


def applications_agree(check: Check, context: Context) -> Iterator[Finding]:
    """Applications the prose counts are those of table three."""
    return _disagreements(check, context, "table3")


def remedies_agree(check: Check, context: Context) -> Iterator[Finding]:
    """Reconsiderations and suits the prose counts are those of table four."""
    return _disagreements(check, context, "table4")


def _disagreements(check: Check, context: Context, table: str) -> Iterator[Finding]:
    figures = _figures(table)
    for what, figure in figures.items():
        expected = figure.value(context.report)
        claim = _unambiguous(context.claims, what, expected)
        if claim and expected is not None:
            gap = max(claim.value, expected) - min(claim.value, expected)
            why = _why(claim.value, gap, _instead(context.report, figure, figures))
            yield check.finding(
                figure.cells(context.report),
                f"正文写{labels()[what]}{claim.value}件，{TABLE_NAMES[table]}"
                f"{figure.name}是{expected}，相差{gap}{why}",
                expected=expected,
                found=claim.value,
            )


def _unambiguous(claims: tuple[Claim, ...], what: str, expected: Number | None) -> Claim | None:
    """The one claim of its kind, if it differs from the table; several different ones may speak of
    different offices and decide nothing."""
    said = {claim.value: claim for claim in claims if claim.what == what and not claim.approximate}
    return next(iter(said.values())) if len(said) == 1 and expected not in said else None


def _why(said: Number, gap: Number, instead: Iterable[tuple[str, Number | None]]) -> str:
    """The figure that the prose, or its difference from the table, is equal to."""
    others = [(name, value) for name, value in instead if value]
    for name, value in others:
        if value == said:
            return f"；正文的{said}恰等于{name}：如口径如此，请在正文写明。"
    for name, value in others:
        if value == gap:
            return f"，恰等于{name}：可能口径不同，请核对并在正文写明。"
    return "，两处应一致，请核对。"


def _instead(
    report: FilledReport, figure: _Figure, figures: Mapping[str, _Figure]
) -> Iterator[tuple[str, Number | None]]:
    """What the prose may have counted instead, likeliest first."""
    rows = ("new_received", "brought_forward")
    if figure.rows == rows[:1]:
        yield f"{figure.name}加上年结转", _Figure("", "table3", rows, figure.columns).value(report)
    for column, name in (("natural_person", "自然人"), ("pending", "尚未审结")):
        yield f"{figure.name}里的{name}", _Figure("", figure.table, figure.rows, (column,)).value(report)
    for row in dict.fromkeys(split_address(address)[1] for address in figure.cells(report)):
        name = row_label(f"{figure.table}.{row}.total")
        yield f"其中{name}", _Figure("", figure.table, (row,)).value(report)
        yield f"其中{name}的自然人", _Figure("", figure.table, (row,), _PEOPLE).value(report)
    for other in figures.values():
        if other is not figure:
            yield other.name, other.value(report)


def channels_add_up(check: Check, context: Context) -> Iterator[Finding]:
    """Items published are the sum of the channels named beside them; one channel alone is at most all."""
    for total, parts in _published(context.claims):
        said = sum(part.value for part in parts)
        if said > total.value or (len(parts) > 1 and said != total.value):
            each = "、".join(f"{part.channel}{part.value}" for part in parts)
            yield check.finding(
                (),
                f"正文写主动公开信息{total.value}条，分渠道相加是{said}条（{each}），"
                f"相差{abs(said - total.value)}：有别的渠道请补列；"
                "同一信息在几个渠道发布的，请分别写明信息条数和发布次数。",
                expected=said,
                found=total.value,
            )


def _published(claims: tuple[Claim, ...]) -> Iterator[tuple[Claim, list[Claim]]]:
    """Each exact total with the exact channel parts that follow it in its sentence."""
    exact = [claim for claim in claims if not claim.approximate]
    for index, claim in enumerate(exact):
        if claim.what == "publication.total":
            parts = []
            for part in exact[index + 1 :]:
                if part.what != "publication.channel" or part.sentence != claim.sentence:
                    break
                parts.append(part)
            if parts:
                yield claim, parts


def fees_are_reported(check: Check, context: Context) -> Iterator[Finding]:
    """Section six speaks of the processing fee where one was charged or applications lapsed over it, and
    says what the ledger says."""
    report = context.report
    if (report.year or _FEE_YEARS) < _FEE_YEARS:
        return
    words = report.sections.get("other_matters", "")
    silent = bool(re.search(r"\w", words)) and "费" not in words
    lapsed = report[_FEE_LAPSED] or 0
    said = max((c.value for c in context.claims if c.what == "fee.collected"), default=0)
    if silent and (lapsed or context.fees or said):
        yield check.finding(
            [_FEE_LAPSED] if lapsed else (),
            f"{_charged(lapsed, context.fees, said)}，第六部分却没有说信息处理费："
            "请在“其他需要报告的事项”写明本年收费情况。",
            found=lapsed or context.fees or said,
        )
    elif context.fees is not None:
        yield from _fees_differ(check, context, context.fees)


def _charged(lapsed: Number, ledger: Decimal | None, said: Number) -> str:
    if lapsed:
        return f"有{lapsed}件申请因逾期未缴费不再处理"
    return f"收费台账里本年收到信息处理费{_yuan(ledger)}元" if ledger else f"正文写收取信息处理费{said}元"


def _fees_differ(check: Check, context: Context, ledger: Decimal) -> Iterator[Finding]:
    claim = _unambiguous(context.claims, "fee.collected", ledger)
    if claim:
        yield check.finding(
            (),
            f"正文写收取信息处理费{claim.value}元，收费台账里本年收到{_yuan(ledger)}元，两处应一致，请核对。",
            expected=ledger,
            found=claim.value,
        )


def _yuan(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


CHECKS = (
    Check(
        "T3-08",
        "正文写的申请收到、结转、办结和各类结果件数与表三一致",
        "warning",
        "第五十条第（二）项",
        (),
        applications_agree,
    ),
    Check(
        "T4-05",
        "正文写的行政复议、行政诉讼件数与表四一致",
        "warning",
        "第五十条第（三）项",
        (),
        remedies_agree,
    ),
    Check(
        "X-01",
        "正文写的主动公开信息总数等于各渠道之和",
        "warning",
        "第五十条第（一）项",
        (),
        channels_add_up,
    ),
    Check(
        "X-02",
        "收取信息处理费或有申请因未缴费不再处理的，第六部分应写明",
        "warning",
        "国办函〔2020〕109号",
        (),
        fees_are_reported,
    ),
)
