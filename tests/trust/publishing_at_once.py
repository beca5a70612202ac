"""A program for a test: people at the gate at the same moment. Prints as JSON what came of it."""

# ruff: noqa: I001 (models can be imported only once the settings are loaded)

import json
from collections.abc import Callable

from tests.trust.at_once import at_once, fresh  # sets everything up

from django.core.management import call_command

from gongkai.agencies.actions import open_account
from gongkai.agencies.models import Account
from gongkai.audit.queries import verify_chain
from gongkai.publishing.actions.drafting import edit_item
from gongkai.publishing.actions.releasing import plan_publication, publish_item, run_planned, withdraw_item
from gongkai.publishing.actions.reviewing import agree, submit_item
from gongkai.publishing.actions.scanning import screen_item
from gongkai.publishing.models import Item, Planned, Posting, Publication, ReviewSheet
from gongkai.publishing.policies.release import hash_of
from gongkai.publishing.policies.review import next_step
from gongkai.publishing.queries.items import public
from gongkai.search.models import Entry
from tests.agencies.cast import MORNING, PASSWORD
from tests.publishing.alone import Role, alone
from tests.publishing.office import Publisher, an_item, content, moment, reviewed, submitted

AT = moment()


def now(item: Item) -> Item:
    return Item.objects.select_related("agency", "node", "section").get(pk=item.pk)


def agreeing(office: Publisher, other: Account) -> dict[str, object]:
    """Two heads of the section take one step."""
    pk = submitted(office, an_item(office)).pk

    def take(by: Account) -> Callable[[], object]:
        def deed() -> None:
            sheet = ReviewSheet.objects.select_related("item__agency", "edition").get(pk=pk)
            step = next_step(sheet)
            assert step is not None
            answers = dict.fromkeys(step.checks, "clear")
            agree(sheet=sheet, seen=sheet.edition.sha256, answers=answers, files=[], by=fresh(by), at=AT)

        return deed

    told = at_once([take(office.chief), take(other)])
    sheet = ReviewSheet.objects.get(pk=pk)
    return {"told": told, "opinions": sheet.opinions.count(), "state": sheet.state}


def publishing(office: Publisher) -> dict[str, object]:
    """Two publish one item."""
    item = an_item(office)
    reviewed(office, item)

    def publish(by: Account) -> Callable[[], object]:
        return lambda: publish_item(item=now(item), channels=["website"], by=fresh(by), at=AT)

    told = at_once([publish(office.officer), publish(office.head)])
    return {
        "told": told,
        "publications": Publication.objects.filter(item=item).count(),
        "postings": Posting.objects.filter(item=item).count(),
        "entries": Entry.objects.filter(key=str(item.pk)).count(),
    }


def planned(office: Publisher) -> dict[str, object]:
    """Two workers hold one plan, and somebody withdraws."""
    item = an_item(office)
    reviewed(office, item)
    pk = plan_publication(
        item=now(item), channels=["website"], due_at=moment(hour=3), by=office.officer, at=AT
    ).pk

    def run() -> None:
        run_planned(planned=Planned.objects.get(pk=pk), by=None, at=moment(hour=3))

    told = at_once([run, run, run])
    withdraw_item(item=now(item), reason="发错了", by=office.officer, at=moment(hour=4))
    run()
    return {
        "told": told,
        "publications": Publication.objects.filter(item=item).count(),
        "live": public().filter(item=item).count(),
    }


def changing(office: Publisher) -> dict[str, object]:
    """One hands in while another writes: what is reviewed is what was handed in."""
    item = an_item(office)
    screen_item(item=item, by=office.clerk, at=AT)
    revision = now(item).revision

    def submit() -> None:
        submit_item(item=now(item), by=fresh(office.clerk), at=AT, revision=revision)

    def edit() -> None:
        edit_item(
            item=now(item),
            content=content(text="同时改的。"),
            by=fresh(office.officer),
            at=AT,
            revision=revision,
        )

    told = at_once([submit, edit])
    sheet = item.sheets.first()
    same = sheet is None or sheet.edition.sha256 == hash_of(now(item))
    return {"told": told, "same": same, "state": now(item).state}


def leaving(office: Publisher) -> dict[str, object]:
    """One withdraws while another publishes the next edition."""
    item = an_item(office)
    reviewed(office, item)
    publish_item(item=now(item), channels=["website"], by=office.officer, at=AT)
    edit_item(item=now(item), content=content(text="下一稿。"), by=office.clerk, at=AT)
    reviewed(office, now(item))
    told = at_once(
        [
            lambda: publish_item(item=now(item), channels=["website"], by=fresh(office.officer), at=AT),
            lambda: withdraw_item(item=now(item), reason="发错了", by=fresh(office.head), at=AT),
        ]
    )
    live = public().filter(item=item).count()
    return {"told": told, "agrees": live == Entry.objects.filter(key=str(item.pk)).count()}


def main() -> None:
    call_command("migrate", verbosity=0)
    office = alone()
    other = open_account(
        agency=office.agency, username="chief_too", full_name="示例chief_too", password=PASSWORD,
        roles=[Role.SECTION_HEAD], by=None, at=MORNING, section=office.section,
    )  # fmt: skip
    found = {
        "agreeing": agreeing(office, other),
        "publishing": publishing(office),
        "planned": planned(office),
        "changing": changing(office),
        "leaving": leaving(office),
        "trail broken at": verify_chain().broken_at,
    }
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
