"""``gongkai screen``: what in a file must not go out, and copies without it."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gongkai.cli import console
from gongkai.cli.failures import reason
from gongkai.cli.outcome import FOUND_ERRORS, OK, UNREADABLE, Refused
from gongkai.cli.outputs import write_output
from gongkai.cli.printing import print_json
from gongkai.documents.contents import copy_name
from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.guarded import iter_files
from gongkai.screening.exchange import screening_to_json
from gongkai.screening.findings import Finding, Screening, Severity
from gongkai.screening.guarded import ScreeningGuard
from gongkai.screening.hidden import clean_name
from gongkai.screening.kinds import label_of
from gongkai.screening.rules import Rules

STANDARD_INPUT = "-"
_SHOWN = 8  # findings of a kind shown to a person
_STYLES = {Severity.BLOCK: "bold red", Severity.WARN: "yellow"}


@dataclass(frozen=True, slots=True)
class Screened:
    """One file as given and what was found in it, or the sentence why it was not screened."""

    name: str
    found: Screening | None = None
    error: str = ""
    copies: tuple[str, ...] = ()


def run(arguments: argparse.Namespace) -> int:
    rules = Rules(phones=frozenset(arguments.phone), on=arguments.on or date.today())
    names = list(_expand(arguments.files))
    jobs = arguments.jobs or os.cpu_count() or 1
    guard = ScreeningGuard(workers=jobs)
    try:
        with ThreadPoolExecutor(max_workers=max(min(jobs, len(names)), 1)) as threads:
            done = list(threads.map(lambda name: _screened(guard, name, rules, arguments), names))
    finally:
        guard.close()
    _answer(arguments, done)
    if any(one.error for one in done):
        return UNREADABLE
    return FOUND_ERRORS if any(one.found and one.found.findings for one in done) else OK


def _expand(names: Sequence[str]) -> Iterator[str]:
    """Folders opened up; each file once."""
    seen: dict[str, None] = {}
    for name in names:
        if name != STANDARD_INPUT and Path(name).is_dir():
            inside = [str(path) for path in iter_files(Path(name))]
            if not inside:
                raise Refused(f"{name}：文件夹里没有文件。")
            seen |= dict.fromkeys(inside)
        else:
            seen[name] = None
    yield from seen


def _screened(guard: ScreeningGuard, name: str, rules: Rules, arguments: argparse.Namespace) -> Screened:
    try:
        data = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    except OSError as error:
        return Screened(name, error=f"打不开这个文件（{reason(error)}），请核对文件名。")
    called = "" if name == STANDARD_INPUT else Path(name).name
    try:
        found = guard.screen(data, called, rules)
        copies = tuple(_copies(guard, (name, called, data), rules, arguments))
    except (Unreadable, Refused) as error:
        return Screened(name, error=str(error))
    return Screened(name, found, copies=copies)


def _copies(
    guard: ScreeningGuard, file: tuple[str, str, bytes], rules: Rules, arguments: argparse.Namespace
) -> Iterator[str]:
    """The copies asked for. A copy asked to be both cleaned and masked is cleaned first."""
    given, called, data = file
    called = called or "copy"
    if arguments.clean:
        data, called = guard.copy("clean", data, called), clean_name(called)
        yield _write(arguments.clean, called, data, given)
    if arguments.mask:
        data, called = guard.copy("mask", data, called, rules), copy_name(data, called)
        yield _write(arguments.mask, called, data, given)


def _write(folder: Path, called: str, data: bytes, given: str) -> str:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"{folder}：建不了文件夹（{reason(error)}），请检查路径和权限。") from error
    write_output(str(folder / called), data, [given])
    return str(folder / called)


def _answer(arguments: argparse.Namespace, done: Sequence[Screened]) -> None:
    for one in done:
        if one.error:
            console.complain(f"{one.name}：{one.error}")
    if arguments.json:
        listed = [_as_json(one) for one in done]
        single = len(arguments.files) == 1 and not Path(arguments.files[0]).is_dir()
        print_json(listed[0] if single else listed)
    else:
        _print_all(done)


def _as_json(one: Screened) -> dict[str, object]:
    return (
        {"file": one.name, "error": one.error}
        if one.found is None
        else screening_to_json(one.name, one.found)
    )


# --- for people --------------------------------------------------------------------------------------


def _print_all(done: Sequence[Screened]) -> None:
    screened = [one for one in done if one.found is not None]
    for one in screened:
        _print(one)
    if len(done) > 1:
        blocked = sum(one.found is not None and one.found.blocks for one in done)
        console.say(f"共筛查 {len(screened)} 份文件，{blocked} 份不得发布。", "bold")


def _print(one: Screened) -> None:
    assert one.found is not None
    console.say(one.name, "bold")
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in one.found.findings:
        groups.setdefault((finding.severity, finding.kind), []).append(finding)
    for severity in Severity:
        for (own, kind), findings in groups.items():
            if own is severity:
                _print_group(kind, findings)
    for copy in dict.fromkeys(one.copies):
        console.say(f"  副本　{copy}", "green")
    console.say(f"  {_count(one.found)}")
    console.say()


def _print_group(kind: str, findings: Sequence[Finding]) -> None:
    """What it is and what to do, then where it stands."""
    first = findings[0]
    article = f"（{first.article}）" if first.article else ""
    same = len({finding.message for finding in findings}) == 1
    told = f"：{first.message}" if same else "："
    line = f"  {first.severity.label}　{label_of(kind)} {len(findings)} 处{told}{article}"
    console.say(line, _STYLES[first.severity])
    for finding in findings[:_SHOWN]:
        own = "" if same else f"　{finding.message}"
        console.say(f"    {finding.where}　{finding.excerpt}{own}".rstrip())
    if len(findings) > _SHOWN:
        console.say(f"    另有 {len(findings) - _SHOWN} 处，见 --json。", "dim")


def _count(found: Screening) -> str:
    counts = Counter(finding.severity for finding in found.findings)
    if not counts:
        return "没有发现问题。"
    told = "，".join(f"{severity.label} {counts[severity]} 处" for severity in Severity if counts[severity])
    return f"{told}。" if found.scannable else f"{told}；有内容不能筛查，须由两人查看。"
