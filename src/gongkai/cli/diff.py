"""``gongkai diff``: two reports beside each other, usually two years of one agency."""

import argparse
from decimal import Decimal

from gongkai.cli import console
from gongkai.cli.files import read_one
from gongkai.cli.printing import print_json
from gongkai.cli.wording import BLANK, headline, section_titles
from gongkai.documents.writing.figures import value_text
from gongkai.law.report.comparison import Change, Comparison, SectionLikeness, compare
from gongkai.law.report.exchange import decimal_text
from gongkai.law.report.filled import FilledReport, Value
from gongkai.law.report.wording import cell_name


def run(arguments: argparse.Namespace) -> int:
    before, after = read_one(arguments.before), read_one(arguments.after)
    found = compare(before, after)
    if arguments.json:
        print_json(_as_json(before, after, found))
    else:
        _print(before, after, found)
    return 0


def _print(before: FilledReport, after: FilledReport, found: Comparison) -> None:
    console.say(f"甲　{headline(before)}")
    console.say(f"乙　{headline(after)}")
    changed = _changed(before, after, found)
    console.say(f"共有 {len(found.changes)} 格，{len(changed)} 格不同", "bold")
    if changed:
        rows = [
            [
                cell_name(change.address),
                _text(change.address, change.before),
                _text(change.address, change.after),
                _signed(change.difference),
                _percent(change),
            ]
            for change in changed
        ]
        console.table(["", "甲", "乙", "增减", "增幅"], rows)
    for name, cells in (("甲", found.only_before), ("乙", found.only_after)):
        if cells:
            console.say(f"只有{name}有的单元格 {len(cells)} 个（两份报告的格式不同）")
    for section in found.sections:
        _print_section(section)


def _changed(before: FilledReport, after: FilledReport, found: Comparison) -> list[Change]:
    """The figures that differ, in the order of a form that has all of them: a row that one form has
    in parts was compared as the other has it."""
    changed = [change for change in found.changes if change.before != change.after]
    whole = next(r for r in (after, before) if all(change.address in r for change in changed))
    places = {address: place for place, address in enumerate(dict(whole.cells()))}
    return sorted(changed, key=lambda change: places[change.address])


def _print_section(section: SectionLikeness) -> None:
    title = section_titles().get(section.section, section.section)
    share = f"{section.similarity.contained:.0%}"
    if section.copied:
        console.say(f"{title}：乙有 {share} 的文字与甲相同，内容雷同", "yellow")
    else:
        console.say(f"{title}：乙有 {share} 的文字与甲相同")


def _text(address: str, value: Value) -> str:
    return BLANK if value is None else value_text(address, value)


def _signed(value: Value) -> str:
    return "" if value is None else f"{value:+f}" if isinstance(value, Decimal) else f"{value:+}"


def _percent(change: Change) -> str:
    return "" if change.percent is None else f"{change.percent:+}%"


def _as_json(before: FilledReport, after: FilledReport, found: Comparison) -> dict[str, object]:
    return {
        "before": {"agency": before.agency, "year": before.year, "format": before.format},
        "after": {"agency": after.agency, "year": after.year, "format": after.format},
        "changes": [
            {
                "cell": change.address,
                "before": _plain(change.before),
                "after": _plain(change.after),
                "difference": _plain(change.difference),
                "percent": _plain(change.percent),
            }
            for change in _changed(before, after, found)
        ],
        "only_before": list(found.only_before),
        "only_after": list(found.only_after),
        "sections": [
            {
                "section": section.section,
                "jaccard": round(section.similarity.jaccard, 4),
                "contained": round(section.similarity.contained, 4),
                "copied": section.copied,
                "paragraphs": list(section.paragraphs),
            }
            for section in found.sections
        ],
    }


def _plain(value: Value) -> int | str | None:
    return decimal_text(value) if isinstance(value, Decimal) else value
