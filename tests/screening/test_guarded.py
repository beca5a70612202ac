"""Untrusted files are screened in a child, which a hostile file may cost and nothing else."""

import io
import json
import zipfile
from datetime import date

import pytest

from gongkai.documents.contents import Unreadable
from gongkai.screening import guarded
from gongkai.screening.exchange import finding_from_json, finding_to_json, screening_to_json
from gongkai.screening.guarded import (
    BROKE_DOWN,
    TOO_BIG,
    TOO_SLOW,
    ScreeningGuard,
    clean_guarded,
    mask_guarded,
    screen_guarded,
)
from gongkai.screening.rules import Rules, rules_to_json
from gongkai.screening.screen import screen
from gongkai.screening.worker import COPY, answer
from tests.screening.invented import MOBILE, id_number

DATA = f"公示时间：2024年3月1日至3月7日，甄示范{id_number()}，{MOBILE}".encode()


def test_the_child_says_what_the_function_says():
    rules = Rules(phones=frozenset({MOBILE}), on=date(2024, 4, 1))
    assert screen_guarded(DATA, "公示.txt", rules) == screen(DATA, "公示.txt", rules)


def test_the_child_makes_copies():
    assert "110*************14" in mask_guarded(DATA, "公示.txt").decode()
    assert clean_guarded(DATA, "公示.txt") == DATA


def test_a_file_that_cannot_be_read_is_one_sentence():
    with pytest.raises(Unreadable, match="。"):
        screen_guarded(b"\x00\x01\x02\x03" * 50, "a.bin")


def test_a_bomb_costs_its_child_only():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 300_000_000)
    with pytest.raises(Unreadable):
        screen_guarded(packed.getvalue(), "a.zip")
    assert screen_guarded(b"ok", "a.txt").findings == ()


def test_a_child_that_hangs_or_dies_is_left_behind():
    slow = ScreeningGuard(seconds=0.2, worker="tests.screening.hanging")
    with pytest.raises(Unreadable, match="秒内没有筛查完"):
        slow.screen(b"hang", "a.txt")
    dying = ScreeningGuard(worker="tests.screening.hanging")
    with pytest.raises(Unreadable) as died:
        dying.screen(b"die", "a.txt")
    assert str(died.value) == BROKE_DOWN and TOO_SLOW != BROKE_DOWN
    with pytest.raises(Unreadable, match="已记入日志"):
        dying.screen(b"fault", "a.txt")
    dying.close()


def test_a_child_that_died_between_two_files_is_replaced():
    guard = ScreeningGuard(workers=1)
    assert guard.screen(b"ok", "a.txt").findings == ()
    (child,) = guard._idle
    child.stop()
    assert guard.screen(b"ok", "a.txt").findings == ()
    (child,) = guard._idle
    guard.forget()
    child.stop()
    assert guard._idle == []


def test_a_child_is_not_kept_after_a_large_file(monkeypatch):
    monkeypatch.setattr(guarded, "LARGE", 10)
    guard = ScreeningGuard(workers=1)
    assert guard.screen(b"more than ten bytes", "a.txt").findings == ()
    assert guard._idle == []


def test_a_file_that_is_too_big_is_not_sent(monkeypatch):
    monkeypatch.setattr(guarded, "MAX_BYTES", 10)
    with pytest.raises(Unreadable) as refused:
        screen_guarded(b"x" * 11, "a.txt")
    assert str(refused.value) == TOO_BIG


def asked(act, data, name="a.txt"):
    header = json.dumps({"act": act, "name": name, "rules": rules_to_json(Rules())}).encode()
    return answer(len(header).to_bytes(8, "big") + header + data)


def test_an_answer_is_findings_a_copy_or_a_sentence():
    assert json.loads(asked("screen", DATA)[1:])["findings"]
    assert asked("clean", DATA) == COPY + DATA
    assert asked("mask", DATA).startswith(COPY) and id_number().encode() not in asked("mask", DATA)
    assert "。" in json.loads(asked("screen", b"\x00\x01\x02" * 99)[1:])["unreadable"]


@pytest.mark.parametrize(
    ("error", "key"), [(MemoryError, "spent"), (RecursionError, "unreadable"), (ZeroDivisionError, "fault")]
)
def test_what_goes_wrong_in_the_child_is_an_answer_too(monkeypatch, error, key):
    def broken(*_):
        raise error

    monkeypatch.setattr("gongkai.screening.worker.screen", broken)
    assert key in json.loads(asked("screen", DATA)[1:])


def test_findings_travel_as_json():
    found = screen(DATA, "公示.txt")
    told = screening_to_json("公示.txt", found)
    assert told["file"] == "公示.txt" and told["scannable"] is True
    assert tuple(finding_from_json(finding_to_json(f)) for f in found.findings) == found.findings
    assert {"kind", "severity", "where", "excerpt", "message"} <= told["findings"][0].keys()
