"""``gongkai due``: when an answer is due, and why."""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from gongkai.cli import console
from gongkai.cli.failures import reason
from gongkai.cli.outcome import Refused
from gongkai.cli.printing import print_json
from gongkai.law.breach import LawBreach
from gongkai.law.clock import Deadline, DueDates, Step, due_dates
from gongkai.law.clock.exchange import Answer, answer_case, steps_json
from gongkai.law.lifecycle import CaseState, state_label
from gongkai.law.limits import TimeLimits, chinese_date
from gongkai.law.workdays import WorkingCalendar


def run(arguments: argparse.Namespace) -> int:
    if arguments.events is not None:
        return _answer_cases(arguments)
    try:
        calendar = WorkingCalendar.load(arguments.region, arguments.notice)
        found = due_dates(arguments.date, TimeLimits.load(), calendar)
    except LawBreach as breach:
        raise Refused(str(breach)) from breach
    if arguments.json:
        print_json(_as_json(found, arguments.region))
    else:
        _print_dates(found)
    return 0


def _as_json(found: DueDates, region: str | None) -> dict[str, object]:
    return {
        "received_on": found.received_on.isoformat(),
        "region": region,
        "supplement_notice_on": found.supplement_notice_on.isoformat(),
        "due_on": found.due_on.isoformat(),
        "extended_due_on": found.extended_due_on.isoformat(),
        "estimated": found.estimated,
        "steps": steps_json(found.steps),
    }


def _print_dates(found: DueDates) -> None:
    console.say(f"{chinese_date(found.received_on)}收到申请", "bold")
    _print_steps(found.steps)
    for doubt in found.doubts:
        console.say(f"  估算：{doubt}", "yellow")


def _print_steps(steps: Iterable[Step]) -> None:
    for step in steps:
        article = f"（{step.article}）" if step.article else ""
        console.say(f"  {step.on.isoformat()}  {step.text}{article}")


def _answer_cases(arguments: argparse.Namespace) -> int:
    """One answer a line, in order; a line that breaks the law does not stop the others."""
    failed = False
    for line in _lines(arguments.events):
        answer = answer_case(line, arguments.notice)
        failed |= answer.breach is not None
        if arguments.json:
            print(json.dumps(answer.to_json(), ensure_ascii=False))
        else:
            _print_answer(answer)
    return int(failed)


def _lines(name: str) -> Iterable[str]:
    try:
        text = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return [line for line in text.decode("utf-8-sig").split("\n") if line.strip()]
    except OSError as error:
        raise Refused(f"{name}：打不开这个文件（{reason(error)}），请核对文件名。") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{name}：不是 UTF-8 文本，请另存为 UTF-8 后重试。") from error


def _print_answer(answer: Answer) -> None:
    if answer.breach is not None:
        console.say(f"{answer.id}：{answer.breach}", "red")
        return
    assert answer.deadline is not None
    console.say(f"{answer.id}：{standing(answer.deadline)}", "bold")
    _print_steps(answer.deadline.steps)


def standing(found: Deadline) -> str:
    """How a case stands: closed, due by a day, or what its clock waits for."""
    if found.state == CaseState.CLOSED:
        return CaseState.CLOSED.label
    if found.due_on:
        return f"最迟{chinese_date(found.due_on)}答复"
    return f"{state_label(found.state)}，期限停计"
