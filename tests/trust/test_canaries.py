"""Canaries: no personal datum lies in clear on the disk, and none leaves by a side door."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import signing

from tests.trust.finding import found_in, shapes

ROOT = Path(__file__).resolve().parents[2]
OFFICE = Path(__file__).with_name("canary_office.py")


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Path:
    """The folder with everything that a busy office left behind."""
    folder = tmp_path_factory.mktemp("office")
    told = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    told.pop("DATABASE_URL", None)
    told |= {
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
        "GONGKAI_DATA": str(folder / "live"),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    program = [sys.executable, str(OFFICE), str(folder)]
    ran = subprocess.run(program, check=False, cwd=ROOT, env=told, capture_output=True, timeout=240)
    assert ran.returncode == 0, ran.stderr.decode()[-3000:]
    (folder / "printed.txt").write_bytes(ran.stdout + ran.stderr)
    return folder


@pytest.fixture(scope="module")
def canaries(office: Path) -> dict[str, str]:
    return json.loads((office / "canaries.json").read_text("utf-8"))


def on_disk(office: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (office / "data").rglob("*") if path.is_file()}


def came_out(office: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((office / "out").iterdir())}


@pytest.mark.parametrize("shape", range(12))
def test_whoever_looks_finds_a_text_in_every_shape(shape: int):
    text = "甄示范金丝雀姓名101号"
    written = list(shapes(text[1:]))[shape]
    assert found_in(b"\0before " + written + b" after", {"name": text}) == {"name"}
    assert found_in(b"nothing", {"name": text}) == set()


def test_base64_is_seen_through_at_every_offset():
    text = "甄示范金丝雀姓名101号"
    for before in ("", "a", "ab", "abc"):
        coded = base64.b64encode(f"{before}{text}后".encode())
        assert found_in(coded, {"name": text}) == {"name"}


def test_what_was_packed_is_unpacked():
    text = "甄示范金丝雀姓名101号"
    packed = signing.dumps({"searched": text, "and": "x" * 200}, compress=True)
    assert found_in(f"row {packed} row".encode(), {"name": text}) == {"name"}


def test_the_office_was_busy(office: Path, canaries: dict[str, str]):
    assert len(canaries) > 100
    assert len(came_out(office)) > 300
    files = on_disk(office)
    assert {"gongkai.sqlite3", "gongkai.sqlite3-wal", "email.jsonl"} <= set(files)
    assert len(files["gongkai.sqlite3-wal"]) > 100_000, "the write-ahead log was looked at too"
    written = files["gongkai.sqlite3"] + files["gongkai.sqlite3-wal"]
    assert "校舍维修改造项目清单".encode() in written, "what is not personal lies there to be searched"


def test_no_personal_datum_lies_in_clear_on_the_disk(office: Path, canaries: dict[str, str]):
    found = {name: found_in(data, canaries) for name, data in on_disk(office).items()}
    # A gateway has to know where to send: the address stands in its outbox, and nothing else does.
    found["email.jsonl"] -= {"e-mail of a clerk"}
    assert {name: labels for name, labels in found.items() if labels} == {}


def test_none_leaves_in_headers_exports_overviews_errors_logs_notices_or_the_trail(office, canaries):
    found = {name: found_in(data, canaries) for name, data in came_out(office).items()}
    assert {name: labels for name, labels in found.items() if labels} == {}


def test_nothing_is_printed(office: Path, canaries: dict[str, str]):
    assert found_in((office / "printed.txt").read_bytes(), canaries) == set()
