"""What was entered stays: the database refuses to change it, and whoever breaks in is noticed."""

import random
from collections.abc import Callable
from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from gongkai.audit.models import Entry
from gongkai.audit.queries import verify_chain
from gongkai.casework.models import Approval, CaseEvent, Letter, ServiceEntry
from gongkai.remedies.models import RemedyEvent
from gongkai.reporting.actions import take_cut
from gongkai.reporting.models import YearCut
from tests.casework.cases import moment
from tests.trust.guards import check_constraints_at_once, take_away, triggers_of
from tests.trust.publishing_guards import GUARDS_OF_THE_DESK
from tests.trust.world import MONDAY

pytestmark = pytest.mark.django_db
LOGS: tuple[type[models.Model], ...] = (Entry, CaseEvent, ServiceEntry, Approval, RemedyEvent, YearCut)
EMPTYING = {
    "sqlite": ("DELETE FROM {}",),
    "postgresql": ("DELETE FROM {}", "TRUNCATE {} CASCADE"),
}
SIGNED = {
    "content", "kind", "series", "year", "serial", "document_number", "signed_on", "sha256", "pdf", "case",
    "state",
}  # fmt: skip


def refused(
    deed: Callable[[], object], said: tuple[str, ...] = ("append-only", "frozen", "signed letter")
) -> bool:
    try:
        with transaction.atomic():
            deed()
    except DatabaseError as error:
        return any(words in str(error) for words in said)
    return False


def test_after_all_migrations_each_log_has_its_guards():
    guarded = {model._meta.db_table for model in apps.get_models() if triggers_of(model._meta.db_table)}
    logs = {*(model._meta.db_table for model in LOGS), Letter._meta.db_table}
    assert guarded == logs | set(GUARDS_OF_THE_DESK)
    assert {table: len(triggers_of(table)) for table in guarded} == dict.fromkeys(
        logs, 2
    ) | GUARDS_OF_THE_DESK


def test_no_line_of_a_log_is_changed_in_any_column_or_deleted(office):
    take_cut(agency=office.agency, year=2025, by=office.head, at=moment(date(2026, 1, 5)))
    check_constraints_at_once()
    for model in LOGS:
        row = model._default_manager.last()
        assert row, model
        rows = model._default_manager.filter(pk=row.pk)
        for field in model._meta.concrete_fields:
            if not field.primary_key:
                to_itself = {field.attname: models.F(field.attname)}
                assert refused(lambda rows=rows, change=to_itself: rows.update(**change)), field
        assert refused(rows.delete), model
        table = model._meta.db_table
        with connection.cursor() as cursor:
            for sql in EMPTYING[connection.vendor]:
                deed = sql.format(table)
                assert refused(lambda cursor=cursor, deed=deed: cursor.execute(deed)), deed


def test_of_a_signed_letter_nothing_that_was_signed_changes(office):
    letter = Letter.objects.filter(state=Letter.State.SIGNED).exclude(series="").first()
    rows = Letter.objects.filter(pk=letter.pk)
    other = {
        "content": {}, "pdf": b"x", "kind": "x", "series": "x", "year": 1999, "serial": 9999,
        "document_number": "x", "signed_on": MONDAY.replace(year=1999), "sha256": "x",
        "case": office.case("withdrawn"), "state": Letter.State.DROPPED,
    }  # fmt: skip
    assert set(other) == SIGNED
    for name, value in other.items():
        assert refused(lambda name=name, value=value: rows.update(**{name: value})), name
    assert refused(lambda: rows._raw_delete(rows.db))
    rows.update(effective_on=MONDAY)


def test_a_draft_may_still_change(office):
    assert Letter.objects.filter(state=Letter.State.IN_REVIEW).update(kind="answer_not_held") == 1


def edits(entries: list[Entry], dice: random.Random) -> Callable[[], str]:
    """One way to falsify the trail: the deed, which tells what it did."""
    one, other = dice.sample(entries[:-1], 2)  # the tail is guarded by keeping its hash elsewhere
    row = Entry.objects.filter(pk=one.pk)

    def change() -> str:
        name, value = dice.choice(
            [
                ("at", one.at.replace(year=1999 + dice.randrange(20))),
                ("by_name", f"别人{dice.randrange(99)}"),
                ("by", None if one.by_id else other.by_id or entries[-1].by_id),
                ("agency", None if one.agency_id else entries[-1].agency_id),
                ("act", "publish" if one.act != "publish" else "sign"),
                ("subject", f"application:{10_000 + dice.randrange(99)}"),
                ("details", {"reason": f"改过{dice.randrange(99)}"}),
                ("previous_hash", f"{dice.getrandbits(256):064x}"),
                ("hash", f"{dice.getrandbits(256):064x}"),
            ]
        )
        row.update(**{name: value})
        return name

    def remove() -> str:
        row.delete()
        return "removed"

    def renumber() -> str:
        row.update(number=10_000 + one.number)
        return "renumbered"

    def swap() -> str:
        row.update(number=10_000)
        Entry.objects.filter(pk=other.pk).update(number=one.number)
        row.update(number=other.number)
        return "swapped"

    def rewrite() -> str:
        """With a hash that fits the line itself."""
        one.by_name = "别人"
        row.update(by_name=one.by_name, hash=one.computed_hash())
        return "rewritten"

    def forge() -> str:
        Entry.objects.filter(pk=other.pk).delete()
        forged = Entry(
            number=other.number, at=other.at, by_name="别人", act="publish", subject=other.subject,
            previous_hash=other.previous_hash,
        )  # fmt: skip
        forged.hash = forged.computed_hash()
        forged.save()
        return "forged"

    return dice.choice([change, change, change, remove, renumber, swap, rewrite, forge])


def test_of_two_hundred_random_falsifications_none_goes_unnoticed(office):
    dice, entries = random.Random(711), list(Entry.objects.order_by("number"))
    assert verify_chain().broken_at is None and len(entries) > 100
    take_away(Entry._meta.db_table)
    missed = []
    for _ in range(200):
        with transaction.atomic():
            told = edits(entries, dice)()
            if verify_chain().broken_at is None:
                missed.append(told)
            transaction.set_rollback(True)
        entries = list(Entry.objects.order_by("number"))
    assert missed == []


def test_a_tail_that_was_cut_off_shows_in_the_last_hash(office):
    before = verify_chain()
    take_away(Entry._meta.db_table)
    Entry.objects.order_by("number").last().delete()
    after = verify_chain()
    assert after.broken_at is None, "the chain alone cannot tell: this is why its end is kept elsewhere"
    assert (after.lines, after.last_hash) != (before.lines, before.last_hash)
