"""The trail: complete, in order, and nobody's to change."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from gongkai.audit.actions import record
from gongkai.audit.models import GENESIS, Entry
from gongkai.audit.queries import verify_chain
from tests.agencies.cast import MORNING, Cast


def note(number: int) -> Entry:
    details = {"reason": f"示例理由{number}", "cells": {"table3.granted.total": [None, str(number)]}}
    return record(by=None, at=MORNING, act="waived", subject=f"annual_report:{number}", details=details)


@pytest.fixture
def lines(db: None) -> list[Entry]:
    return [note(number) for number in range(5)]


def behind_the_back(sql: str, *values: object) -> None:
    """As somebody with the database in their hands: first the guard is taken away, then the deed."""
    with connection.cursor() as cursor:
        for name in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER IF EXISTS audit_entry_no_{name}")
        cursor.execute(sql, values)


def test_lines_are_numbered_without_a_gap_and_chained(lines: list[Entry]):
    assert [entry.number for entry in lines] == [1, 2, 3, 4, 5]
    assert [entry.previous_hash for entry in lines] == [GENESIS, *(entry.hash for entry in lines[:-1])]
    assert verify_chain().broken_at is None
    assert "共5条" in verify_chain().message


def test_an_empty_trail_is_whole(db: None):
    assert verify_chain().lines == 0


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_a_line(lines: list[Entry], verb: str):
    entries = Entry.objects.filter(number=3)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entries.update(by_name="别人") if verb == "update" else entries.delete()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="takes SQLite's guards away by their names")
@pytest.mark.parametrize(
    ("deed", "noticed_at"),
    [
        ("UPDATE audit_entry SET by_name = '别人' WHERE number = 3", 3),
        ("UPDATE audit_entry SET details = '{}' WHERE number = 1", 1),
        ("UPDATE audit_entry SET at = '2020-01-01 00:00:00' WHERE number = 5", 5),
        ("DELETE FROM audit_entry WHERE number = 2", 2),
        ("UPDATE audit_entry SET number = number + 10 WHERE number = 4", 4),
    ],
)
def test_a_line_changed_or_removed_behind_its_back_is_noticed(lines, deed: str, noticed_at: int):
    behind_the_back(deed)
    assert verify_chain().broken_at == noticed_at


def test_the_command_says_so_and_fails(lines: list[Entry], capsys):
    call_command("verify_trail")
    assert "留痕完整" in capsys.readouterr().out
    if connection.vendor == "sqlite":
        behind_the_back("UPDATE audit_entry SET act = 'publish' WHERE number = 2")
        with pytest.raises(CommandError, match="第2条断开"):
            call_command("verify_trail")


@given(st.text(max_size=20), st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3))
def test_whatever_a_line_says_its_hash_depends_on_all_of_it(name: str, details: dict[str, str]):
    line = Entry(number=1, at=MORNING, by_name=name, act="a", subject="s", details=details, previous_hash="0")
    other = Entry(
        number=1, at=MORNING, by_name=name + "x", act="a", subject="s", details=details, previous_hash="0"
    )
    assert line.computed_hash() != other.computed_hash()
    assert line.computed_hash() == line.computed_hash()


def test_the_hash_survives_the_database(lines: list[Entry]):
    for entry in Entry.objects.all():
        assert entry.hash == entry.computed_hash()


def test_the_page_shows_ones_own_agencies_only(cast: Cast):
    client = Client()
    client.force_login(cast.officer)
    page = client.get("/office/trail/?verify=1").content.decode()
    assert "留痕完整" in page
    assert "示例市教育局" in page
    assert "示例市农业局" not in page
