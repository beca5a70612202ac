"""Plays what the demo office publishes: written by its sections, reviewed step by step, put in its place."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from gongkai.agencies.models import Account
from gongkai.config.demo.plan import table
from gongkai.config.demo.stage import Stage
from gongkai.documents.articles.editing import from_text
from gongkai.publishing.actions.catalog import assign_below, change_node, start_catalog
from gongkai.publishing.actions.drafting import draft_item
from gongkai.publishing.actions.finder import add_finder_line
from gongkai.publishing.actions.linking import link_items
from gongkai.publishing.actions.newsletters import add_entries, release_issue, start_issue
from gongkai.publishing.actions.postings import post_item, take_down
from gongkai.publishing.actions.profile import set_profile
from gongkai.publishing.actions.registers import enter_decision, enter_matter
from gongkai.publishing.actions.releasing import publish_item
from gongkai.publishing.actions.reviewing import agree, submit_item
from gongkai.publishing.actions.scanning import screen_item
from gongkai.publishing.content import Content
from gongkai.publishing.entered import EnteredDecision, EnteredMatter
from gongkai.publishing.models import CatalogNode, Channel, Item, Posting, ReviewSheet
from gongkai.publishing.policies.review import next_step

_ON_THE_BOARD = 10  # days for which an ordinary sheet hangs
YEAR = "publications_2020"


def put_on_first_year(stage: Stage) -> None:
    """The office begins to publish, and what it published in its first full year."""
    plan = table("publishing")
    stage.put_on(plan["opened_on"], partial(_begin, stage, plan))
    for entry in table(YEAR)["items"]:
        stage.put_on(entry["formed"], partial(_write, stage, entry))
        stage.put_on(entry["on"], partial(_bring_out, stage, entry))
    for line in plan["procurement"]:
        stage.put_on(max(line["on"], plan["opened_on"]), partial(_procure, stage, line))
    stage.put_on(plan["newsletter"]["issued_on"], partial(_send_newsletter, stage, plan["newsletter"]))


def _begin(stage: Stage, plan: Mapping[str, Any]) -> None:
    agency, head = stage.agency, stage.person("head")
    set_profile(agency=agency, values=plan["profile"], by=head, at=stage.at())
    start_catalog(agency=agency, beginning=plan["beginning"], by=head, at=stage.at())
    for row, name in plan["sections"].items():
        node = node_of(stage, row)
        assign_below(node=node, section=stage.section(name), by=head, at=stage.at())
    for row, days in plan["renewed_within"].items():
        node = node_of(stage, row)
        values = {"max_age_days": days}
        change_node(node=node, values=values, reason="栏目的更新要求", by=head, at=stage.at())
    for line in plan["finder"]:
        values = {**line, "section": stage.section(line["section"])}
        add_finder_line(agency=agency, values=values, by=head, at=stage.at())
    for entered in _matters(plan["matters"]):
        enter_matter(agency=agency, entered=entered, by=head, at=stage.at())


def _matters(plan: Mapping[str, Any]) -> Iterator[EnteredMatter]:
    for kind, names, on in (
        ("other_external_service", plan["other_external_service_before"], date(2018, 1, 2)),
        ("other_external_service", plan["other_external_service_2020"], date(2020, 1, 2)),
        ("administrative_fee", plan["administrative_fee"], date(2018, 1, 2)),
    ):
        yield from (EnteredMatter(kind=kind, title=name, from_on=on) for name in names)


def node_of(stage: Stage, row: str) -> CatalogNode:
    """The entry of the catalog that a row of the standard catalog became, or one the office added."""
    own = stage.agency.catalog_nodes.filter(code=row).first()
    return own or stage.agency.catalog_nodes.get(template_row=f"{table('publishing')['beginning']}/{row}")


def writer_of(stage: Stage, section: str) -> Account:
    """Who writes for a section."""
    return stage.person(table("publishing")["writers"][section])


def content_of(entry: Mapping[str, Any], formed: date) -> Content:
    """What a line of the plan says."""
    return Content(
        title=entry["title"],
        formed_on=formed,
        document_number=entry.get("document_number", ""),
        summary=entry.get("summary", ""),
        effective_on=entry.get("effective_on"),
        ends_on=entry.get("ends_on"),
        article=from_text(entry.get("text", "")),
        details=entry.get("six", entry.get("details", {})),
    )


def _write(stage: Stage, entry: Mapping[str, Any]) -> Item:
    item = draft_item(
        agency=stage.agency,
        node=node_of(stage, entry["category"]),
        section=stage.section(entry["section"]),
        content=content_of(entry, entry.get("formed", stage.day)),
        kind=entry.get("kind", Item.Kind.NOTICE),
        by=writer_of(stage, entry["section"]),
        at=stage.at(),
    )
    stage.items[entry["name"]] = item.pk
    return item


def review(stage: Stage, item: Item, *, steps: int = 9) -> ReviewSheet:
    """Hand an item in and let so many reviewers agree, each having looked at everything."""
    item.refresh_from_db()
    section = item.section.name if item.section else ""
    screen_item(item=item, by=writer_of(stage, section), at=stage.at())
    sheet = submit_item(item=item, by=writer_of(stage, section), at=stage.at())
    for _ in range(steps):
        sheet = ReviewSheet.objects.select_related("edition", "item__agency").get(pk=sheet.pk)
        step = next_step(sheet)
        if step is None:
            break
        agree(
            sheet=sheet,
            seen=sheet.edition.sha256,
            answers=dict.fromkeys(step.checks, "clear"),
            files=[line.sha256 for line in sheet.edition.files.all()],
            by=reviewer_of(stage, step.code, section),
            at=stage.at(),
        )
    return sheet


def reviewer_of(stage: Stage, step: str, section: str) -> Account:
    """Who takes a step for a section."""
    found: str | Mapping[str, str] = table("publishing")["reviewers"][step]
    return stage.person(found if isinstance(found, str) else found[section])


def _bring_out(stage: Stage, entry: Mapping[str, Any]) -> None:
    item = Item.objects.get(pk=stage.items[entry["name"]])
    review(stage, item)
    item.refresh_from_db()
    by = writer_of(stage, entry["section"])
    publish_item(item=item, channels=[entry["channel"]], by=by, at=stage.at())
    if entry["channel"] == Channel.WEBSITE:
        _hang_up(stage, item, by)
    if "interprets" in entry:
        other = Item.objects.get(pk=stage.items[entry["interprets"]])
        link_items(item=item, other=other, kind="interprets", by=by, at=stage.at())
    if "matter" in entry:
        entered = EnteredMatter(
            kind="other_external_service", title=entry["matter"], from_on=stage.day, item=item
        )
        enter_matter(agency=stage.agency, entered=entered, by=stage.person("head"), at=stage.at())


def _hang_up(stage: Stage, item: Item, by: Account) -> None:
    """What is on the website hangs on the board too; guides stay, the rest comes off after a while."""
    item.refresh_from_db()
    stays = item.kind == Item.Kind.SERVICE_GUIDE
    until = None if stays else stage.working_day(_ON_THE_BOARD)
    posting = post_item(
        item=item,
        channel=Channel.BULLETIN_BOARD,
        posted_on=stage.day,
        place=table("publishing")["profile"]["board_place"],
        until_on=until,
        by=by,
        at=stage.at(),
    )
    if until is not None:
        stage.put_on(min(until, stage.today), partial(_take_off, stage, posting, by))


def _take_off(stage: Stage, posting: Posting, by: Account) -> None:
    take_down(posting=posting, removed_on=stage.day, by=by, at=stage.at())


def _procure(stage: Stage, line: Mapping[str, Any]) -> None:
    entered = EnteredDecision(
        kind="central_procurement",
        title=line["title"],
        decided_on=line["on"],
        number=line["number"],
        amount=Decimal(line["amount"]),
    )
    enter_decision(agency=stage.agency, entered=entered, by=stage.person("head"), at=stage.at())


def _send_newsletter(stage: Stage, plan: Mapping[str, Any]) -> None:
    head = stage.person("head")
    values = {
        name: plan[name] for name in ("issued_on", "reported_to", "sent_to", "distributed_to", "copies")
    }
    issue = start_issue(
        agency=stage.agency,
        name=table("publishing")["profile"]["newsletter_name"],
        values=values,
        number=plan["number"],
        total_number=plan["total_number"],
        by=head,
        at=stage.at(),
    )
    items = [Item.objects.get(pk=stage.items[name]) for name in plan["items"]]
    publications = [item.publications.get(ended_at__isnull=True) for item in items]
    add_entries(issue=issue, publications=publications, by=head, at=stage.at())
    release_issue(issue=issue, by=head, at=stage.at())
