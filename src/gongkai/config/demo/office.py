"""Builds the demo office through the same actions that people use."""

import json
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.agencies import actions as agencies
from gongkai.agencies.models import Account, Agency, LeadingGroupSeat, Membership
from gongkai.casework.queries.calendars import calendar_of
from gongkai.config.demo.plan import table
from gongkai.config.demo.publishing import put_on_first_year
from gongkai.config.demo.publishing_present import put_on_standing
from gongkai.config.demo.stage import Stage
from gongkai.law.report.filled import Value
from gongkai.reporting import actions as reporting
from gongkai.reporting.compiling import fill_blanks, fill_totals
from gongkai.reporting.models import AnnualReport

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One line of what ``run`` prints."""

    username: str
    password: str
    full_name: str
    agency: str
    roles: str


@lru_cache
def _plan() -> dict[str, Any]:
    return tomllib.loads((resources.files("gongkai.config.demo") / "office.toml").read_text("utf-8"))


def _moment(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


@transaction.atomic
def open_demo_office() -> list[DemoAccount]:
    """Agencies, people and reports of the plan. Passwords are drawn anew for every database."""
    plan, founded = _plan(), _moment(date(2019, 12, 2))
    for entry in plan["agencies"]:
        _open_agency(entry, founded)
    accounts = [_open_account(person, founded) for person in plan["people"]]
    _publish_first_year()
    for entry in plan["reports"]:
        _take_cut(entry)
        begin_report(entry, from_registers=entry.get("from_registers", False))
        bring_out(entry)
    return accounts


def _publish_first_year() -> None:
    agency = Agency.objects.get(slug=table("publishing")["agency"])
    stage = Stage(agency, calendar_of(agency), _moment(date(2020, 12, 31), 20))
    put_on_first_year(stage)
    put_on_standing(stage)
    stage.play()


def _open_agency(entry: Mapping[str, Any], at: datetime) -> None:
    supervisor = Agency.objects.filter(slug=entry.get("supervisor", "")).first()
    agency = agencies.open_agency(
        name=entry["name"],
        slug=entry["slug"],
        kind=entry.get("kind", Agency.Kind.AGENCY),
        region=entry["region"],
        supervisor=supervisor,
        by=None,
        at=at,
    )
    for number, name in enumerate(entry.get("sections", ())):
        agencies.add_section(agency=agency, name=name, is_disclosure_office=number == 0, by=None, at=at)
    for seat in entry.get("leading_group", ()):
        duty = LeadingGroupSeat.Duty(seat["duty"])
        agencies.seat(agency=agency, name=seat["name"], position=seat["position"], duty=duty, by=None, at=at)


def _open_account(person: Mapping[str, Any], at: datetime) -> DemoAccount:
    agency = Agency.objects.get(slug=person["agency"])
    password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    roles = [Membership.Role(role) for role in person["roles"]]
    section = agency.sections.get(name=person["section"]) if "section" in person else None
    agencies.open_account(
        agency=agency,
        username=person["username"],
        full_name=person["full_name"],
        password=password,
        roles=roles,
        section=section,
        by=None,
        at=at,
    )
    where = f"{agency.name}{section or ''}"
    names = "、".join(role.label for role in roles)
    return DemoAccount(person["username"], password, person["full_name"], where, names)


def _take_cut(entry: Mapping[str, Any]) -> None:
    if "cut_on" in entry:
        agency, head = Agency.objects.get(slug=entry["agency"]), Account.objects.get(username=entry["head"])
        reporting.take_cut(agency=agency, year=entry["year"], by=head, at=_moment(entry["cut_on"]))


def begin_report(entry: Mapping[str, Any], *, from_registers: bool = False) -> AnnualReport:
    """Start the report of a year and write into it what the plan says."""
    compiler = Account.objects.get(username=entry["compiler"])
    agency, at = Agency.objects.get(slug=entry["agency"]), _moment(entry["started_on"])
    report = reporting.start_report(agency=agency, year=entry["year"], by=compiler, at=at)
    at += timedelta(hours=1)
    if from_registers:
        report = reporting.fill_from_registers(report=report, revision=report.revision, by=compiler, at=at)
    report = reporting.save_figures(
        report=report,
        cells={address: _value(value) for address, value in entry["cells"].items()},
        revision=report.revision,
        by=compiler,
        at=at,
        then=(fill_totals, fill_blanks) if entry.get("zeros", True) else (),
    )
    sections = {code: text.strip() for code, text in entry["sections"].items()}
    report = reporting.save_prose(
        report=report, sections=sections, revision=report.revision, by=compiler, at=at
    )
    return reporting.put_remark(report=report, remark=entry["remark"], by=compiler, at=at)


def _value(value: int | str) -> Value:
    return Decimal(value) if isinstance(value, str) else value


def bring_out(entry: Mapping[str, Any]) -> None:
    """The report of a year as far along its way as the plan says."""
    until, day = entry["until"], entry["finished_on"]
    if until == "draft":
        return
    report = AnnualReport.objects.get(agency__slug=entry["agency"], year=entry["year"])
    head, leader = (Account.objects.get(username=entry[role]) for role in ("head", "leader"))
    reporting.sign(report=report, by=leader, at=_moment(day, 10))
    reporting.submit(report=report, by=head, at=_moment(day, 11))
    if until == "published":
        reporting.publish(report=report, by=head, at=_moment(day, 16))


def _accounts_file() -> Path:
    path: Path = settings.DATA / "demo_accounts.json"
    return path


def write_accounts(accounts: list[DemoAccount]) -> None:
    """Keep the demo passwords where only this user can read them, for ``run`` to print again."""
    path = _accounts_file()
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump([asdict(account) for account in accounts], file, ensure_ascii=False, indent=1)


def read_accounts() -> list[DemoAccount]:
    """The demo accounts of this data folder; empty where it holds no demo office."""
    path = _accounts_file()
    return [DemoAccount(**line) for line in json.loads(path.read_text("utf-8"))] if path.exists() else []
