"""Document numbers: no gap, no reuse, also when thirty people sign at the same moment."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from gongkai.casework.actions import letters
from gongkai.casework.models import Letter, NumberSequence
from gongkai.casework.queries.letters import ledgers
from tests.casework.answering import TUESDAY, approve, nonexistent, submit
from tests.casework.cases import moment

ROOT = Path(__file__).resolve().parents[2]
SIGNERS = 30


def test_each_series_and_each_year_counts_by_itself_from_one(cast):
    numbers = []
    for on in (TUESDAY, TUESDAY, date(2025, 9, 10)):
        letter = nonexistent(cast, on)
        submit(letter, on)
        numbers.append(approve(letter, cast.head, on).document_number)
    assert numbers == ["示教公复〔2025〕1号", "示教公复〔2025〕2号", "示教公复〔2025〕3号"]
    assert list(NumberSequence.objects.filter(series="复").values_list("year", "last")) == [(2025, 3)]


def test_a_signature_that_fails_gives_its_number_back(cast, monkeypatch):
    letter = nonexistent(cast)
    text = "没有字体能印的字：\U0001f9ff。复议"
    letters.edit_letter(letter=letter, text=text, revision=1, by=cast.officer, at=moment(TUESDAY))
    monkeypatch.setattr(letters, "obstacle", lambda letter, on: None)
    submit(letter, TUESDAY)
    with pytest.raises(letters.UnableToSign):
        approve(letter, cast.head, TUESDAY)
    letter.refresh_from_db()
    assert (letter.state, letter.serial, letter.approvals.count()) == ("in_review", None, 0)
    following = nonexistent(cast)
    monkeypatch.undo()
    submit(following, TUESDAY)
    assert approve(following, cast.head, TUESDAY).serial == 1


def test_a_dropped_draft_takes_no_number_and_a_gap_is_shown(cast):
    dropped = nonexistent(cast)
    letters.drop_letter(letter=dropped, by=cast.officer, at=moment(TUESDAY))
    letter = nonexistent(cast)
    submit(letter, TUESDAY)
    assert approve(letter, cast.head, TUESDAY).serial == 1
    [ledger] = ledgers(cast.officer, [cast.agency], 2025)
    assert (ledger.last, ledger.gaps, [each.serial for each in ledger.letters]) == (1, (), [1])
    NumberSequence.objects.filter(series="复").update(last=3)
    [ledger] = ledgers(cast.officer, [cast.agency], 2025)
    assert ledger.gaps == (2, 3)


def test_the_register_of_numbers_is_a_page(cast, client):
    letter = nonexistent(cast)
    submit(letter, TUESDAY)
    approve(letter, cast.head, TUESDAY)
    client.force_login(cast.officer)
    page = client.get("/office/letters/?year=2025").content.decode()
    assert "示教公复〔2025〕1号" in page and "没有空号" in page
    assert "还没有编过文号" in client.get("/office/letters/?year=2019").content.decode()
    assert client.get("/office/letters/?year=nonsense").status_code == 200
    client.force_login(cast.stranger)
    assert "示教公复" not in client.get("/office/letters/?year=2025").content.decode()


@pytest.mark.slow
def test_thirty_signatures_at_once_get_thirty_numbers_in_a_row(tmp_path):
    """Real threads, each with its own connection to a database in a file, all let go at the same moment."""
    variables = os.environ | {
        "GONGKAI_DATA": str(tmp_path),
        "GONGKAI_SECRET_KEY": "only for tests",
        "GONGKAI_IDENTITY_KEY": "a1" * 32,
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    variables.pop("DATABASE_URL", None)
    command = [sys.executable, str(Path(__file__).with_name("many_signers.py")), str(SIGNERS)]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["refused"] == []
    assert sorted(said["serials"]) == list(range(1, SIGNERS + 1))
    assert said["last"] == SIGNERS and said["hashes"] == SIGNERS


def test_the_database_itself_refuses_a_number_twice(cast):
    from django.db import IntegrityError, transaction

    letter = nonexistent(cast)
    submit(letter, TUESDAY)
    signed = approve(letter, cast.head, TUESDAY)
    other = nonexistent(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=other.pk).update(
            series=signed.series, year=signed.year, serial=signed.serial
        )
