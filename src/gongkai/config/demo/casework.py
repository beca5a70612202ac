"""Plays the plan: three years of a made-up disclosure office, through the actions that people use."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Account, Agency
from gongkai.casework.actions.office import save_functions, save_profile
from gongkai.casework.reckoning import calendar_of
from gongkai.config.demo.office import DemoAccount, begin_report, bring_out, open_demo_office
from gongkai.config.demo.plan import Line, arrival, lines, table
from gongkai.config.demo.publishing_present import put_on_present
from gongkai.config.demo.stage import Stage
from gongkai.config.demo.verbs import VERBS
from gongkai.notices.actions import mark_all_read
from gongkai.reporting import actions as reporting

_LOOKED_AT_NOTICES = 8  # working days ago: what is older was read


@transaction.atomic
def open_demo(now: datetime) -> list[DemoAccount]:
    """The whole demo as it looks at a moment: the office with its people, reports and cases, or nothing."""
    accounts = open_demo_office()
    open_casework(now)
    return accounts


@transaction.atomic
def open_casework(now: datetime) -> Stage:
    """The cases and publications of the plan in the office that is there already.

    What is dated after ``now`` is left out.
    """
    plan = table("casework")
    agency = Agency.objects.get(slug=plan["agency"])
    stage = Stage(agency, calendar_of(agency), now)
    stage.put_on(plan["opened_on"], partial(_say_who_we_are, stage, plan))
    for line in lines(stage.today, stage.calendar):
        stage.put_on(line.on, partial(perform, stage, line))
    for entry in plan["reports"]:
        stage.put_on(entry["cut_on"], partial(_take_cut, stage, entry["year"]))
        stage.put_on(entry["started_on"], partial(begin_report, entry, from_registers=True))
        stage.put_on(entry["finished_on"], partial(bring_out, entry))
    put_on_present(stage)
    looked = arrival(_LOOKED_AT_NOTICES, stage.today, stage.calendar)
    stage.put_on(looked, partial(_everybody_reads, stage))
    stage.play()
    return stage


def perform(stage: Stage, line: Line) -> None:
    """One line of the plan. An error says which."""
    try:
        VERBS[line.do](stage, line.name, **line.given)
    except Exception as error:
        error.add_note(f"{line.name}, {line.on}: {line.do}")
        raise


def _say_who_we_are(stage: Stage, plan: Mapping[str, Any]) -> None:
    head = stage.person("head")
    save_profile(agency=stage.agency, values=plan["profile"], by=head, at=stage.at())
    matters = {stage.section(name).pk: text for name, text in plan["functions"].items()}
    save_functions(agency=stage.agency, matters=matters, by=head, at=stage.at())


def _everybody_reads(stage: Stage) -> None:
    for account in Account.objects.filter(memberships__agency=stage.agency).distinct():
        mark_all_read(by=account, at=stage.at())


def _take_cut(stage: Stage, year: int) -> None:
    reporting.take_cut(agency=stage.agency, year=year, by=stage.person("head"), at=stage.at())
