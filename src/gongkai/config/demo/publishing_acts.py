"""What may be written in a line of the publishing desk: each verb is what people do with an item."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.config.demo.plan import table
from gongkai.config.demo.publishing import YEAR, content_of, node_of, review, reviewer_of, writer_of
from gongkai.config.demo.samples import sample
from gongkai.config.demo.stage import Stage
from gongkai.law.publishing.review import Answer
from gongkai.publishing.actions import drafting, releasing, reviewing
from gongkai.publishing.actions.guides import mark_institution
from gongkai.publishing.actions.linking import link_items
from gongkai.publishing.actions.normative import enter_event
from gongkai.publishing.actions.postings import post_item, take_down
from gongkai.publishing.actions.reassessing import reassess_item
from gongkai.publishing.actions.referring import refer
from gongkai.publishing.actions.scanning import screen_item
from gongkai.publishing.intake import fit
from gongkai.publishing.models import (
    Channel,
    Item,
    NormativeDocument,
    Publication,
    ReviewSheet,
    ValidityEvent,
)
from gongkai.publishing.policies.review import next_step


def item_of(stage: Stage, name: str) -> Item:
    """An item of the plan as it stands now; those of 2020 are known by their titles."""
    if name not in stage.items:
        title = next(entry["title"] for entry in table(YEAR)["items"] if entry["name"] == name)
        standing = Publication.objects.filter(item__agency=stage.agency, title=title)
        stage.items[name] = standing.latest("pk").item_id
    return Item.objects.select_related("agency", "node", "section").get(pk=stage.items[name])


def _hand(stage: Stage, item: Item) -> Account:
    return writer_of(stage, item.section.name if item.section else "")


def write(stage: Stage, entry: Mapping[str, Any]) -> None:
    """The item begins."""
    item = drafting.draft_item(
        agency=stage.agency,
        node=node_of(stage, entry["category"]),
        section=stage.section(entry["section"]),
        content=replace(content_of(entry, stage.day), ends_on=_ends(stage, entry)),
        kind=entry.get("kind", Item.Kind.NOTICE),
        by=writer_of(stage, entry["section"]),
        at=stage.at(),
    )
    stage.items[entry["name"]] = item.pk
    if "institution" in entry:
        mark_institution(item=item, code=entry["institution"], by=_hand(stage, item), at=stage.at())
    for kind in ("interprets", "replaces"):
        if kind in entry:
            other = item_of(stage, entry[kind])
            link_items(item=item, other=other, kind=kind, by=_hand(stage, item), at=stage.at())


def _ends(stage: Stage, entry: Mapping[str, Any]) -> Any:
    return stage.working_day(entry["ends"]) if "ends" in entry else None


def _attach(stage: Stage, item: Item, *, kind: str, title: str) -> None:
    incoming = fit(*sample(kind, title))
    drafting.add_item_file(
        item=item,
        name=incoming.name,
        data=incoming.data,
        media_type=incoming.media_type,
        text=incoming.text,
        by=_hand(stage, item),
        at=stage.at(),
    )


def _screen(stage: Stage, item: Item) -> None:
    screen_item(item=item, by=_hand(stage, item), at=stage.at())


def _change(stage: Stage, item: Item, *, six: Mapping[str, str]) -> None:
    said = item.draft
    content = replace(said, formed_on=stage.day, details={**said.details, **six})
    drafting.edit_item(item=item, content=content, changed_on=stage.day, by=_hand(stage, item), at=stage.at())


def _submit(stage: Stage, item: Item) -> None:
    _screen(stage, item)
    reviewing.submit_item(item=item, by=_hand(stage, item), at=stage.at())


def _review(stage: Stage, item: Item) -> None:
    review(stage, item)


def open_sheet(item: Item) -> ReviewSheet:
    """The sheet that is going round."""
    return item.sheets.select_related("edition", "item__agency").get(state=ReviewSheet.State.OPEN)


def _turn(stage: Stage, item: Item, sheet: ReviewSheet) -> Account:
    step = next_step(sheet)
    assert step is not None
    return reviewer_of(stage, step.code, item.section.name if item.section else "")


def _agree(stage: Stage, item: Item, *, steps: int = 1, unsure: str = "") -> None:
    for _ in range(steps):
        sheet = open_sheet(item)
        step = next_step(sheet)
        assert step is not None
        answers = dict.fromkeys(step.checks, Answer.CLEAR.value)
        reviewing.agree(
            sheet=sheet,
            seen=sheet.edition.sha256,
            answers=answers | ({unsure: Answer.UNSURE.value} if unsure else {}),
            files=[line.sha256 for line in sheet.edition.files.all()],
            by=_turn(stage, item, sheet),
            at=stage.at(),
        )


def _doubt(stage: Stage, item: Item, *, check: str) -> None:
    _agree(stage, item, unsure=check)


def _refer(stage: Stage, item: Item, *, check: str, authority: str, question: str) -> None:
    sheet = open_sheet(item)
    refer(
        sheet=sheet,
        check=check,
        authority=authority,
        question=question,
        sent_on=stage.day,
        by=_turn(stage, item, sheet),
        at=stage.at(),
    )


def _send_back(stage: Stage, item: Item, *, opinion: str) -> None:
    sheet = open_sheet(item)
    by = _turn(stage, item, sheet)
    reviewing.return_item(sheet=sheet, seen=sheet.edition.sha256, opinion=opinion, by=by, at=stage.at())


def _recall(stage: Stage, item: Item) -> None:
    reviewing.recall_item(sheet=open_sheet(item), by=_hand(stage, item), at=stage.at())


def _publish(stage: Stage, item: Item, *, channels: Sequence[str]) -> None:
    releasing.publish_item(item=item, channels=channels, by=_hand(stage, item), at=stage.at())


def _plan(stage: Stage, item: Item, *, channels: Sequence[str], days: int) -> None:
    """For nine in the morning, so many days from today."""
    opens = timezone.make_aware(datetime.combine(stage.today + timedelta(days=days), time(9)))
    releasing.plan_publication(
        item=item, channels=channels, due_at=opens, by=_hand(stage, item), at=stage.at()
    )


def _post(stage: Stage, item: Item, *, channel: str, days: int | None = None, **given: str) -> None:
    on_board = channel == Channel.BULLETIN_BOARD
    post_item(
        item=item,
        channel=channel,
        posted_on=stage.day,
        place=given.get("place", table("publishing")["profile"]["board_place"] if on_board else ""),
        note=given.get("note", ""),
        until_on=None if days is None else stage.working_day(days),
        by=_hand(stage, item),
        at=stage.at(),
    )


def _take_down(stage: Stage, item: Item, *, channel: str) -> None:
    posting = item.postings.filter(channel=channel, removed_on__isnull=True).latest("pk")
    take_down(posting=posting, removed_on=stage.day, by=_hand(stage, item), at=stage.at())


def _withdraw(stage: Stage, item: Item, *, reason: str, note: str) -> None:
    releasing.withdraw_item(item=item, reason=reason, public_note=note, by=_hand(stage, item), at=stage.at())


def _expire(stage: Stage, item: Item) -> None:
    live = item.publications.get(ended_at__isnull=True)
    releasing.expire_item(publication=live, by=None, at=stage.at())


def _drop(stage: Stage, item: Item, *, reason: str) -> None:
    drafting.drop_item(item=item, reason=reason, by=_hand(stage, item), at=stage.at())


def _classify(stage: Stage, item: Item, **given: str) -> None:
    drafting.classify_item(
        item=item,
        disclosure_class=given["as"],
        ground=given.get("ground", ""),
        reason=given.get("reason", ""),
        by=_hand(stage, item),
        at=stage.at(),
    )


def _reassess(stage: Stage, item: Item, *, outcome: str, reason: str) -> None:
    reassess_item(item=item, outcome=outcome, reason=reason, by=stage.person("head"), at=stage.at())


def _repeal(stage: Stage, item: Item, *, other: str) -> None:
    """The item repeals another document."""
    enter_event(
        document=NormativeDocument.objects.get(item=item_of(stage, other)),
        kind=ValidityEvent.Kind.REPEALED,
        on=stage.day,
        by_document=item.draft.document_number,
        by=stage.person("head"),
        at=stage.at(),
    )


Verb = Callable[..., None]
ACTS: Mapping[str, Verb] = {
    "attach": _attach,
    "screen": _screen,
    "change": _change,
    "submit": _submit,
    "review": _review,
    "agree": _agree,
    "doubt": _doubt,
    "refer": _refer,
    "send_back": _send_back,
    "recall": _recall,
    "publish": _publish,
    "plan": _plan,
    "post": _post,
    "take_down": _take_down,
    "withdraw": _withdraw,
    "expire": _expire,
    "drop": _drop,
    "classify": _classify,
    "reassess": _reassess,
    "repeal": _repeal,
}


def act(stage: Stage, name: str, do: str, given: Mapping[str, Any]) -> None:
    """One line of the plan. An error says which."""
    try:
        ACTS[do](stage, item_of(stage, name), **given)
    except Exception as error:
        error.add_note(f"{name}, {timezone.localdate(stage.at())}: {do}")
        raise
