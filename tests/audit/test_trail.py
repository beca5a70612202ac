"""The trail: complete, in order, and nobody's to change."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

import gongkai
from gongkai.audit.actions import record
from gongkai.audit.models import GENESIS, Entry
from gongkai.audit.queries import verify_chain
from gongkai.audit.templatetags.trail import ACT_LABELS
from tests.agencies.cast import MORNING, Cast

PACKAGE = Path(gongkai.__file__).parent
WRITING_DESKS = ("agencies", "reporting")


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


def public_functions(desk: str) -> list[ast.FunctionDef]:
    tree = ast.parse((PACKAGE / desk / "actions.py").read_text("utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return [function for function in functions if not function.name.startswith("_")]


@pytest.mark.parametrize("desk", WRITING_DESKS)
def test_every_write_leaves_a_line(desk: str):
    """Each action calls the trail itself or the one step (``_move``) that does."""
    for function in public_functions(desk):
        called = {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}
        assert called & {"record", "announce", "_note", "_move"}, function.name


@pytest.mark.parametrize("desk", WRITING_DESKS)
def test_every_write_takes_who_and_when_by_keyword_in_one_transaction(desk: str):
    for function in public_functions(desk):
        assert not function.args.args, function.name
        assert {"by", "at"} <= {argument.arg for argument in function.args.kwonlyargs}, function.name
        assert "transaction.atomic" in map(ast.unparse, function.decorator_list), function.name


def test_only_actions_write():
    """Views, queries and policies never save, create, update or delete a record."""
    writing = {
        f"{path.relative_to(PACKAGE)}: {word}"
        for desk in (*WRITING_DESKS, "audit", "portal", "pieces")
        for path in (PACKAGE / desk).rglob("*.py")
        if path.stem != "actions" and "migrations" not in path.parts
        for word in (".save(", ".create(", ".update(", ".delete(", "update_or_create", "get_or_create")
        if word in path.read_text("utf-8")
    }
    assert writing == set()


def test_every_act_has_its_word():
    """``act="x"``, ``_note(…, "x"`` and ``_move(…, "x"`` name the acts."""
    named = re.compile(r'''(?:act="|_note\([^"){]*"|_move\(\w+, ")(\w+)"''')
    sources = (path for path in PACKAGE.rglob("*.py") if path.stem in {"actions", "signals", "views"})
    acts = {act for source in sources for act in named.findall(source.read_text("utf-8"))}
    assert acts == set(ACT_LABELS)
