"""The yearly plan and the stages of a matter. Both are done once an item of theirs was published."""

from datetime import date, datetime

from django.db import transaction

from gongkai.agencies.models import Account, Agency, Section
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.publishing.models import CatalogNode, Item, Milestone, PlanEntry
from gongkai.publishing.policies.people import may_run_desk
from gongkai.publishing.policies.planning import link_refusal, moved_to, place_refusal


class UnableToPlan(ActionRefused):
    """The entry of the plan, or the stage, cannot be kept as it is given."""


def _check(refusal: Refusal | None) -> None:
    if refusal:
        raise UnableToPlan(refusal)


def _note(what: PlanEntry | Milestone, by: Account, at: datetime, act: str, reason: str = "") -> None:
    if isinstance(what, Milestone):
        agency, subject, place = what.node.agency, what.node.subject, {"code": what.node.code}
    else:
        agency, subject, place = what.agency, f"plan_entry:{what.pk}", {"year": str(what.year)}
    details = place | {"name": what.title} | ({"reason": reason} if reason else {})
    record(by=by, at=at, act=act, subject=subject, agency=agency, details=details)


@transaction.atomic
def add_plan_entry(
    *, node: CatalogNode, year: int, title: str, section: Section, due_on: date, by: Account, at: datetime
) -> PlanEntry:
    """Put something into the plan of a year."""
    _check(may_run_desk(node.agency, by))
    _check(place_refusal(node, section, year, due_on))
    if not title.strip():
        raise UnableToPlan(Refusal("请写明计划公开什么。"))
    entry = PlanEntry.objects.create(
        agency=node.agency,
        year=year,
        node=node,
        title=title.strip(),
        section=section,
        due_on=due_on,
        by=by,
        at=at,
    )
    _note(entry, by, at, "added_plan_entry")
    return entry


@transaction.atomic
def change_plan_entry(
    *, entry: PlanEntry, title: str, section: Section, due_on: date, by: Account, at: datetime
) -> PlanEntry:
    """Another title, section or day; the trail keeps that it changed."""
    _check(may_run_desk(entry.agency, by))
    _check(place_refusal(entry.node, section, entry.year, due_on))
    entry.title, entry.section, entry.due_on = title.strip() or entry.title, section, due_on
    entry.save(update_fields=["title", "section", "due_on"])
    _note(entry, by, at, "changed_plan_entry")
    return entry


@transaction.atomic
def copy_plan(*, agency: Agency, year: int, by: Account, at: datetime) -> list[PlanEntry]:
    """What the plan of the year before held and this one does not, a year later; entries that were given
    up stay behind."""
    _check(may_run_desk(agency, by))
    there = set(PlanEntry.objects.filter(agency=agency, year=year).values_list("node_id", "title"))
    before = PlanEntry.objects.filter(
        agency=agency, year=year - 1, dropped_reason="", node__retired_on__isnull=True
    )
    added = [
        PlanEntry.objects.create(
            agency=agency,
            year=year,
            node=old.node,
            title=old.title,
            section=old.section,
            due_on=moved_to(old.due_on, year),
            by=by,
            at=at,
        )
        for old in before.select_related("node", "section")
        if (old.node_id, old.title) not in there
    ]
    if not added:
        raise UnableToPlan(Refusal(f"{year - 1}年的计划里没有可以照搬的内容，或者已经全部照搬过。"))
    details = {"year": year, "lines": len(added)}
    record(by=by, at=at, act="copied_plan", subject=f"agency:{agency.pk}", agency=agency, details=details)
    return added


@transaction.atomic
def link_plan_entry(*, entry: PlanEntry, item: Item | None, by: Account, at: datetime) -> PlanEntry:
    """Say which item carries an entry out (``None``: none yet)."""
    _check(link_refusal(entry.agency, entry.section_id, item, by))
    entry.item = item
    entry.save(update_fields=["item"])
    _note(entry, by, at, "linked_plan_entry")
    return entry


@transaction.atomic
def drop_plan_entry(*, entry: PlanEntry, reason: str, by: Account, at: datetime) -> PlanEntry:
    """Give an entry up, with the reason; it stays in the plan as given up."""
    _check(may_run_desk(entry.agency, by))
    if not reason.strip():
        raise UnableToPlan(Refusal("请写明为什么不再公开。"))
    if entry.item is not None and entry.item.publications.exists():
        raise UnableToPlan(Refusal("这一项已经公开，不能再取消。"))
    entry.dropped_reason = reason.strip()
    entry.save(update_fields=["dropped_reason"])
    _note(entry, by, at, "dropped_plan_entry", reason.strip())
    return entry


@transaction.atomic
def add_stage(*, node: CatalogNode, title: str, on: date, by: Account, at: datetime) -> Milestone:
    """A stage of a matter that is published stage by stage (逐段公开); ``on`` is when it is done."""
    _check(may_run_desk(node.agency, by))
    if node.cadence != "staged":
        raise UnableToPlan(Refusal("只有逐段公开的事项才分阶段，请先把公开节奏改为逐段公开。"))
    if not title.strip():
        raise UnableToPlan(Refusal("请写明是哪个阶段。"))
    stage = Milestone.objects.create(node=node, title=title.strip(), on=on)
    _note(stage, by, at, "added_stage")
    return stage


@transaction.atomic
def change_stage(
    *, stage: Milestone, by: Account, at: datetime, on: date | None = None, item: Item | None = None
) -> Milestone:
    """Another day, or the item that publishes it."""
    if on is not None:
        _check(may_run_desk(stage.node.agency, by))
        stage.on = on
    if item is not None:
        _check(link_refusal(stage.node.agency, stage.node.section_id, item, by))
        stage.item = item
    stage.save(update_fields=["on", "item"])
    _note(stage, by, at, "changed_stage")
    return stage


@transaction.atomic
def remove_stage(*, stage: Milestone, by: Account, at: datetime) -> None:
    """Take away a stage that no item belongs to."""
    _check(may_run_desk(stage.node.agency, by))
    if stage.item_id is not None:
        raise UnableToPlan(Refusal("这个阶段已经有公开信息，不能删去。"))
    _note(stage, by, at, "removed_stage")
    stage.delete()
