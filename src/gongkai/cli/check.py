"""``gongkai check``: what is right and what is wrong with a report."""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.cli import console
from gongkai.cli.files import Reading, each_or_one, exit_status, read_files, read_one
from gongkai.cli.lists import names_in
from gongkai.cli.outcome import FOUND_ERRORS, Refused
from gongkai.cli.printing import print_json
from gongkai.cli.wording import headline
from gongkai.law.report.checks import check
from gongkai.law.report.doubts import settled_by_last_year
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.findings import SEVERITY_LABELS, Finding, Severity, to_json
from gongkai.law.report.formats import TABLE_NAMES
from gongkai.law.report.relations import Evaluation, evaluate
from gongkai.law.report.repair import Repair, repairs

_PROPOSALS = 4  # repairs shown to a person
_STYLES: dict[Severity, str] = {"error": "bold red", "warning": "yellow", "note": "cyan"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A report with what was found in it."""

    reading: Reading
    report: FilledReport
    findings: tuple[Finding, ...]
    repairs: tuple[Repair, ...]

    @property
    def has_error(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)


def run(arguments: argparse.Namespace) -> int:
    readings = read_files(arguments.files, arguments.jobs)
    beside, statuses = _read_beside(arguments, readings)
    verdicts = {
        reading.name: _judge(reading, reading.report, beside, arguments)
        for reading in readings
        if reading.report is not None
    }
    if arguments.json:
        print_json(each_or_one(arguments, readings, lambda reading, _: _as_json(verdicts[reading.name])))
    else:
        _print_all(verdicts)
    found = FOUND_ERRORS if any(verdict.has_error for verdict in verdicts.values()) else 0
    return max(found, exit_status(readings), *statuses)


@dataclass(frozen=True, slots=True)
class Beside:
    """The reports that the files are checked against."""

    previous: tuple[FilledReport, ...]
    members: tuple[FilledReport, ...]
    parent: FilledReport | None

    def year_before(self, report: FilledReport, *, alone: bool) -> FilledReport | None:
        """The report of last year: the only one given for the only file, else by agency and year."""
        if alone and len(self.previous) == 1:
            return self.previous[0]
        wanted = (report.agency, report.year - 1 if report.year else None)
        return next((p for p in self.previous if (p.agency, p.year) == wanted), None)


def _read_beside(arguments: argparse.Namespace, readings: Sequence[Reading]) -> tuple[Beside, list[int]]:
    if len(readings) > 1 and arguments.members:
        raise Refused("--members 是一份汇总报告的各成员单位，只能与一份要核对的报告同用。")
    parent = read_one(arguments.parent) if arguments.parent else None
    groups = [
        read_files(names, arguments.jobs) if names else []
        for names in (arguments.previous, arguments.members)
    ]
    previous, members = (tuple(r.report for r in group if r.report) for group in groups)
    return Beside(previous, members, parent), [exit_status(group) for group in groups]


def _judge(reading: Reading, report: FilledReport, beside: Beside, arguments: argparse.Namespace) -> Verdict:
    previous = beside.year_before(report, alone=len(arguments.files) == 1)
    if previous:
        report = settled_by_last_year(report, previous)
    findings = check(
        report,
        previous=previous,
        members=beside.members,
        expected_members=names_in(arguments.expected),
        parent=beside.parent,
        submitted_on=arguments.submitted,
    )
    return Verdict(reading, report, findings, repairs(report))


def _as_json(verdict: Verdict) -> dict[str, object]:
    report = verdict.report
    return {
        "file": verdict.reading.name,
        "agency": report.agency,
        "year": report.year,
        "format": report.format,
        "findings": [to_json(finding) for finding in verdict.findings],
        "doubts": [{"cells": list(doubt.cells), "message": doubt.message} for doubt in report.doubts],
        "repairs": [_repair_as_json(repair) for repair in verdict.repairs],
    }


def _repair_as_json(repair: Repair) -> dict[str, object]:
    return {
        "changes": [{"cell": c.address, "found": c.found, "proposed": c.proposed} for c in repair.changes],
        "mends": sorted({relation.code for relation in repair.mends}),
        "source": repair.source,
        "message": repair.message,
    }


# --- for people --------------------------------------------------------------------------------------


def _print_all(verdicts: dict[str, Verdict]) -> None:
    for verdict in verdicts.values():
        _print(verdict)
    if len(verdicts) > 1:
        wrong = sum(verdict.has_error for verdict in verdicts.values())
        console.say(f"共核对 {len(verdicts)} 份报告，{wrong} 份有错误。", "bold")


def _print(verdict: Verdict) -> None:
    console.say(verdict.reading.name, "dim")
    console.say(headline(verdict.report), "bold")
    for line, style in _relation_lines(verdict.report):
        console.say(f"  {line}", style)
    for doubt in verdict.report.doubts:
        console.say(f"  存疑　{doubt.message}", "yellow")
    for finding in verdict.findings:
        label = SEVERITY_LABELS[finding.severity]
        console.say(
            f"  {label}　{finding.code}　{finding.message}（{finding.article}）", _STYLES[finding.severity]
        )
    for repair in verdict.repairs[:_PROPOSALS]:
        console.say(f"  改法　{repair.message}", "magenta")
    if len(verdict.repairs) > _PROPOSALS:
        console.say(f"  改法　另有 {len(verdict.repairs) - _PROPOSALS} 种，见 --json。", "magenta")
    console.say(f"  {_count(verdict.findings)}")
    console.say()


def _relation_lines(report: FilledReport) -> Iterator[tuple[str, str]]:
    """For each table how many of its sums hold, and which relations they are."""
    evaluations = evaluate(report)
    for table in report.tables:
        own = [e for e in evaluations if e.relation.left[0].startswith(f"{table}.")]
        if own:
            yield _relations_in_words(TABLE_NAMES[table], own)


def _relations_in_words(name: str, evaluations: Sequence[Evaluation]) -> tuple[str, str]:
    verdicts = Counter(e.verdict for e in evaluations)
    codes = sorted({e.relation.code for e in evaluations})
    shown = f"{codes[0]} 至 {codes[-1]}"
    if verdicts["holds"] == len(evaluations):
        blank = sum(bool(e.blanks) for e in evaluations)
        aside = f"（其中 {blank} 处有空格，按 0 算成立）" if blank else ""
        return f"✔ {name}勾稽关系 {shown}：{len(evaluations)} 处全部成立{aside}", "green"
    parts = [f"{verdicts['holds']} 处成立"]
    parts += [f"{verdicts['broken']} 处不成立"] if verdicts["broken"] else []
    parts += [f"{verdicts['undecided']} 处有空格，不能判定"] if verdicts["undecided"] else []
    style = "red" if verdicts["broken"] else "yellow"
    return f"✘ {name}勾稽关系 {shown}：{'，'.join(parts)}", style


def _count(findings: Sequence[Finding]) -> str:
    counts = Counter(finding.severity for finding in findings)
    if not counts:
        return "没有发现问题。"
    return "，".join(f"{label} {counts[severity]} 项" for severity, label in SEVERITY_LABELS.items()) + "。"
