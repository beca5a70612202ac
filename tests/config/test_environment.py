"""What the machine says, and what the office makes of it."""

import socket
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from gongkai.agencies.models import Account, Agency
from gongkai.audit.models import Entry
from gongkai.config import environment
from gongkai.config.demo.office import read_accounts

GETPASS = "gongkai.config.management.commands.open_office.getpass"


def test_without_a_word_data_lies_in_var(monkeypatch, tmp_path: Path):
    monkeypatch.delenv("GONGKAI_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    assert environment.data_folder() == tmp_path / "var"
    assert environment.database(None)["NAME"] == tmp_path / "var" / "gongkai.sqlite3"


def test_sqlite_keeps_what_was_acknowledged_and_takes_the_write_lock_at_once():
    options = environment.database(None)["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"] and "synchronous=FULL" in options["init_command"]


def test_a_postgresql_address_is_taken_apart():
    found = environment.database("postgresql://ban:p%40ss@db.example:5433/gongkai?sslmode=require")
    assert {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "gongkai",
        "USER": "ban",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
    }
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_a_sqlite_address_names_its_file():
    assert environment.database("sqlite:////srv/office.sqlite3")["NAME"] == Path("//srv/office.sqlite3")


def test_any_other_database_is_refused_in_one_sentence():
    with pytest.raises(ValueError, match=r"只能是 postgresql:// 或 sqlite:// 开头，现在是“mysql”"):
        environment.database("mysql://root@localhost/x")


def test_the_key_is_made_once_and_kept_for_this_user_alone(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("GONGKAI_DATA", str(tmp_path / "new"))
    monkeypatch.delenv("GONGKAI_SECRET_KEY", raising=False)
    assert environment.secret_key() != environment.secret_key(), "without a file each process has its own"
    environment.ensure_keys()
    key = environment.secret_key()
    environment.ensure_keys()
    assert environment.secret_key() == key
    assert (tmp_path / "new" / "secret_key").stat().st_mode & 0o077 == 0


def test_the_key_of_personal_data_lies_in_a_file_of_its_own(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("GONGKAI_DATA", str(tmp_path / "new"))
    for name in ("GONGKAI_SECRET_KEY", "GONGKAI_IDENTITY_KEY", "GONGKAI_IDENTITY_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    assert environment.identity_keys() == ()
    environment.ensure_keys()
    (key,) = environment.identity_keys()
    environment.ensure_keys()
    assert environment.identity_keys() == (key,) and len(key) == 32
    assert (tmp_path / "new" / "identity_key").stat().st_mode & 0o077 == 0


def test_a_newer_key_stands_before_the_older_ones(monkeypatch):
    monkeypatch.setenv("GONGKAI_IDENTITY_KEY", f"{'a1' * 32}, {'b2' * 32}")
    assert environment.identity_keys() == (b"\xa1" * 32, b"\xb2" * 32)
    monkeypatch.setenv("GONGKAI_IDENTITY_KEY", "a1")
    with pytest.raises(ValueError, match="64位十六进制数"):
        environment.identity_keys()


def test_a_key_that_is_given_wins_and_nothing_is_written(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("GONGKAI_DATA", str(tmp_path / "new"))
    monkeypatch.setenv("GONGKAI_SECRET_KEY", "given")
    monkeypatch.setenv("GONGKAI_IDENTITY_KEY", "c3" * 32)
    environment.ensure_keys()
    assert environment.secret_key() == "given"
    assert not (tmp_path / "new").exists()


def test_hosts_and_switches(monkeypatch):
    monkeypatch.setenv("GONGKAI_HOSTS", "gongkai.example, ")
    assert environment.hosts() == ["localhost", "127.0.0.1", "[::1]", "gongkai.example"]
    monkeypatch.setenv("GONGKAI_HTTPS", "Yes")
    assert environment.switched_on("GONGKAI_HTTPS")
    monkeypatch.delenv("GONGKAI_HTTPS")
    assert not environment.switched_on("GONGKAI_HTTPS")


def test_run_says_which_port_is_taken_and_how_to_take_another(monkeypatch):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(CommandError, match=f"端口 {port} 已被别的程序占用；.*PORT={port + 1} make run"):
            call_command("run")


def test_the_demo_is_never_mixed_with_real_agencies(cast):
    with pytest.raises(CommandError, match="不再写入演示数据"):
        call_command("seed_demo")


def test_the_demo_fills_an_empty_database_and_keeps_its_passwords(db: None, settings, tmp_path: Path):
    settings.DATA = tmp_path
    assert read_accounts() == []
    call_command("seed_demo", "--without-cases")
    accounts = {account.username: account for account in read_accounts()}
    assert set(accounts) == set(Account.objects.values_list("username", flat=True))
    officer = Account.objects.get(username="officer")
    assert officer.check_password(accounts["officer"].password)


def test_a_real_office_is_opened_with_its_head(db: None, monkeypatch, capsys):
    monkeypatch.setattr(
        "gongkai.config.management.commands.open_office.getpass", lambda _: "only-for-tests-7"
    )
    call_command("open_office", "示例市政府办公室", "above", "zhang", "示例丁", "--government")
    call_command("open_office", "示例市教育局", "edu", "li", "示例戊", "--supervisor", "above")
    assert "已登记示例市教育局" in capsys.readouterr().out
    agency = Agency.objects.get(slug="edu")
    assert agency.supervisor == Agency.objects.get(slug="above")
    assert [m.role for m in agency.memberships.all()] == ["office_head"]
    assert Entry.objects.filter(act="opened_agency").count() == 2


@pytest.mark.parametrize(
    ("password", "arguments", "says"),
    [
        ("123", (), "太短"),
        ("only-for-tests-7", ("--supervisor", "nowhere"), "没有代号为“nowhere”的主管部门"),
    ],
)
def test_an_office_that_cannot_be_opened_leaves_nothing(db: None, monkeypatch, password, arguments, says):
    monkeypatch.setattr(GETPASS, lambda _: password)
    with pytest.raises(CommandError, match=says):
        call_command("open_office", "示例市教育局", "edu", "li", "示例戊", *arguments)
    assert not Agency.objects.exists()
