"""The finder of the board: 找哪个人、办哪件事."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.publishing.models import FinderLine, PublicChange
from gongkai.publishing.policies.people import may_run_desk

FIELDS = ("matter", "section", "person", "room", "phone")


class UnableToKeepFinder(ActionRefused):
    """Somebody else's finder, or a line that says nothing."""


def _check(agency: Agency, by: Account, values: Mapping[str, Any] | None = None) -> None:
    refusal = may_run_desk(agency, by)
    if values is not None and not refusal:
        refusal = _lacking(agency, values)
    if refusal:
        raise UnableToKeepFinder(refusal)


def _lacking(agency: Agency, values: Mapping[str, Any]) -> Refusal | None:
    if values["section"].agency_id != agency.pk:
        return Refusal("科室不是本机关的，请另选。")
    if not all(str(values[name]).strip() for name in ("matter", "person", "room")):
        return Refusal("办什么事、找谁、在哪里，都要填写。")
    return None


def _say(line: FinderLine, by: Account, at: datetime, act: str) -> None:
    PublicChange.objects.create(agency=line.agency, what="finder", at=at)
    record(
        by=by,
        at=at,
        act=act,
        subject=f"agency:{line.agency_id}",
        agency=line.agency,
        details={"name": line.matter},
    )


def _write(line: FinderLine, values: Mapping[str, Any], at: datetime) -> None:
    for name in FIELDS:
        value = values[name]
        setattr(line, name, value.strip() if isinstance(value, str) else value)
    line.changed_on = timezone.localdate(at)
    line.save()


@transaction.atomic
def add_finder_line(*, agency: Agency, values: Mapping[str, Any], by: Account, at: datetime) -> FinderLine:
    """One more matter and whom to see; ``values`` are :data:`FIELDS`."""
    _check(agency, by, values)
    last = agency.finder_lines.aggregate(last=Max("order"))["last"] or 0
    line = FinderLine(agency=agency, order=last + 1)
    _write(line, values, at)
    _say(line, by, at, "added_finder_line")
    return line


@transaction.atomic
def edit_finder_line(*, line: FinderLine, values: Mapping[str, Any], by: Account, at: datetime) -> FinderLine:
    """Somebody else, another room, another phone."""
    _check(line.agency, by, values)
    _write(line, values, at)
    _say(line, by, at, "edited_finder_line")
    return line


@transaction.atomic
def drop_finder_line(*, line: FinderLine, by: Account, at: datetime) -> None:
    """A matter that is no longer done here."""
    _check(line.agency, by)
    _say(line, by, at, "dropped_finder_line")
    others = line.agency.finder_lines.exclude(pk=line.pk)
    last = others.order_by("-changed_on").first()
    line.delete()
    if last is not None:  # The sheet on the wall is older than the list now.
        last.changed_on = timezone.localdate(at)
        last.save(update_fields=["changed_on"])


@transaction.atomic
def move_finder_line(*, line: FinderLine, up: bool, by: Account, at: datetime) -> None:
    """One place up or down."""
    _check(line.agency, by)
    lines = list(line.agency.finder_lines.select_for_update().order_by("order", "pk"))
    place = next(number for number, each in enumerate(lines) if each.pk == line.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(lines):
        raise UnableToKeepFinder(Refusal("已经在最" + ("前面。" if up else "后面。")))
    lines[place], lines[other] = lines[other], lines[place]
    for number, each in enumerate(lines, 1):
        each.order = number
        each.save(update_fields=["order"])
    _say(line, by, at, "moved_finder_line")
