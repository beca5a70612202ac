"""Plays what the publishing desk is doing now: items at every step, the plan of the year, transfers."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from gongkai.config.demo.plan import arrival, table
from gongkai.config.demo.publishing import node_of
from gongkai.config.demo.publishing_acts import act, item_of, write
from gongkai.config.demo.stage import Stage
from gongkai.publishing.actions.catalog import add_node
from gongkai.publishing.actions.conversion import decide_conversion, draft_conversion, suggest_conversion
from gongkai.publishing.actions.delegating import delegate
from gongkai.publishing.actions.newsletters import add_entries, start_issue
from gongkai.publishing.actions.planning import add_plan_entry, add_stage, change_stage, link_plan_entry
from gongkai.publishing.actions.transfers import enter_receipt, send_transfer
from gongkai.publishing.models import CatalogNode, Item, PlanEntry, Publication

NOW = "publications_now"
_NOT_SAID = {"on", "do"}
_OWN_NODE = "2"
_SIGNED_FOR_AFTER = 5  # working days


def put_on_standing(stage: Stage) -> None:
    """The guide and the institutions, there before the first year began."""
    stage.put_on(table("publishing")["opened_on"], partial(_own_entry, stage))
    for entry in table(NOW)["standing"]:
        _put_on(stage, entry)


def put_on_present(stage: Stage) -> None:
    """What is on its way now, and what belongs to the year."""
    plan = table(NOW)
    for entry in plan["items"]:
        _put_on(stage, entry)
    _put_on_plan_of_the_year(stage, plan["plan"])
    for line in plan["stages"]:
        stage.put_on(_ago(stage, line["ago"]), partial(_reach, stage, line))
    for line in plan["conversions"]:
        stage.put_on(_ago(stage, line["ago"]), partial(_convert, stage, line))
    for line in plan["transfers"]:
        stage.put_on(_ago(stage, line["ago"]), partial(_hand_over, stage, line))
    stage.put_on(_ago(stage, plan["newsletter"]["ago"]), partial(_begin_issue, stage, plan["newsletter"]))
    stage.put_on(_ago(stage, plan["delegation"]["ago"]), partial(_delegate, stage, plan["delegation"]))


def _ago(stage: Stage, working_days: int) -> date:
    return arrival(working_days, stage.today, stage.calendar)


def _own_entry(stage: Stage) -> CatalogNode:
    values = {
        "title": "政府信息公开指南和制度",
        "source": "own",
        "section": stage.section("办公室"),
        "channels": ["website", "bulletin_board"],
    }
    return add_node(
        agency=stage.agency,
        values=values,
        reason="指南和制度单列",
        code=_OWN_NODE,
        by=stage.person("head"),
        at=stage.at(),
    )


def _put_on(stage: Stage, entry: Mapping[str, Any]) -> None:
    arrived = arrival(entry["arrived"], stage.today, stage.calendar)
    if "title" in entry:
        stage.put_on(arrived, partial(write, stage, entry))
    for line in entry["lines"]:
        given = {key: value for key, value in line.items() if key not in _NOT_SAID}
        day = stage.calendar.add_working_days(arrived, line["on"])
        stage.put_on(day, partial(act, stage, entry["name"], line["do"], given))


def _put_on_plan_of_the_year(stage: Stage, lines: list[dict[str, Any]]) -> None:
    begins = stage.calendar.add_working_days(date(stage.today.year, 1, 1), 1)
    for line in lines:
        stage.put_on(begins, partial(_plan, stage, line, stage.today.year))


def _plan(stage: Stage, line: Mapping[str, Any], year: int) -> PlanEntry:
    entry = add_plan_entry(
        node=node_of(stage, line["category"]),
        year=year,
        title=line["title"],
        section=stage.section(line["section"]),
        due_on=date(year, line["month"], line["day"]),
        by=stage.person("head"),
        at=stage.at(),
    )
    if "item" in line:
        stage.put_on(_ago(stage, 0), partial(_carry_out, stage, entry, line["item"]))
    return entry


def _carry_out(stage: Stage, entry: PlanEntry, name: str) -> None:
    link_plan_entry(entry=entry, item=item_of(stage, name), by=stage.person("head"), at=stage.at())


def _reach(stage: Stage, line: Mapping[str, Any]) -> None:
    head = stage.person("head")
    reached = add_stage(
        node=node_of(stage, line["category"]), title=line["title"], on=stage.day, by=head, at=stage.at()
    )
    if "item" in line:
        change_stage(stage=reached, item=item_of(stage, line["item"]), by=head, at=stage.at())


def _convert(stage: Stage, line: Mapping[str, Any]) -> None:
    head = stage.person("head")
    case = stage.case(line["case"])
    suggestion = suggest_conversion(case=case, source=line["source"], by=head, at=stage.at())
    if "agreed" not in line:
        return
    suggestion = decide_conversion(
        suggestion=suggestion, outcome="agreed", reason=line["agreed"], by=head, at=stage.at()
    )
    draft_conversion(
        suggestion=suggestion,
        title=line["title"],
        node=node_of(stage, line["category"]),
        section=stage.section(line["section"]),
        by=head,
        at=stage.at(),
    )


def _live(item: Item) -> Publication:
    return item.publications.get(ended_at__isnull=True)


def _hand_over(stage: Stage, line: Mapping[str, Any]) -> None:
    officer = stage.person("officer")
    batch = send_transfer(
        agency=stage.agency,
        receiver=line["receiver"],
        publications=[_live(item_of(stage, name)) for name in line["items"]],
        sent_on=stage.day,
        by=officer,
        at=stage.at(),
    )
    if "received_by" in line:

        def sign() -> None:
            enter_receipt(
                batch=batch,
                received_on=stage.day,
                received_by=line["received_by"],
                by=officer,
                at=stage.at(),
            )

        stage.after(_SIGNED_FOR_AFTER, sign)


def _begin_issue(stage: Stage, line: Mapping[str, Any]) -> None:
    head = stage.person("head")
    values = {name: line[name] for name in ("reported_to", "sent_to", "distributed_to", "copies")}
    issue = start_issue(
        agency=stage.agency,
        name=table("publishing")["profile"]["newsletter_name"],
        values={"issued_on": stage.day, **values},
        by=head,
        at=stage.at(),
    )
    publications = [_live(item_of(stage, name)) for name in line["items"]]
    add_entries(issue=issue, publications=publications, by=head, at=stage.at())


def _delegate(stage: Stage, line: Mapping[str, Any]) -> None:
    delegate(
        agency=stage.agency,
        role=line["role"],
        taker=stage.person(line["taker"]),
        from_on=stage.day,
        until_on=stage.today + timedelta(days=line["days"]),
        reason=line["reason"],
        by=stage.person(line["giver"]),
        at=stage.at(),
    )
