"""At the same moment, on a database in a file: one wins, the other is told, nothing is half done."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict[str, Any]:
    told = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    told.pop("DATABASE_URL", None)
    told |= {
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
        "GONGKAI_DATA": str(tmp_path_factory.mktemp("office")),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    program = [sys.executable, str(Path(__file__).with_name("at_once.py"))]
    ran = subprocess.run(program, check=False, cwd=ROOT, env=told, capture_output=True, timeout=240)
    assert ran.returncode == 0, ran.stderr.decode()[-3000:]
    return json.loads(ran.stdout.decode().splitlines()[-1])


def is_one_clear_sentence(told: str) -> bool:
    said = told.removeprefix("refused: ")
    return told != said and len(said) > 10 and said.isascii() is False and said[-1] in "。）"


def test_thirty_who_register_at_once_get_thirty_numbers_in_a_row(found):
    of_it = found["registering"]
    assert of_it["told"] == ["done"] * 30
    assert of_it["numbers"] == [f"2025-{number:04d}" for number in range(1, 31)]


def test_of_two_who_decide_at_once_one_decision_stands_with_its_letter(found):
    of_it = found["deciding"]
    done, refused = of_it["told"]
    assert done == "done" and is_one_clear_sentence(refused), of_it
    assert (of_it["standing"], of_it["letters"], of_it["of it"], of_it["entered"]) == (1, 1, 1, 1)


def test_of_two_who_sign_at_once_one_signs_and_one_number_is_used(found):
    of_it = found["signing"]
    done, refused = of_it["told"]
    assert done == "done" and is_one_clear_sentence(refused), of_it
    assert (of_it["state"], of_it["serial"], of_it["last"]) == ("signed", 1, 1)
    assert (of_it["approvals"], of_it["entered"]) == (1, 1)


def test_of_two_who_claim_at_once_one_has_the_case(found):
    of_it = found["claiming"]
    done, refused = of_it["told"]
    assert done == "done" and is_one_clear_sentence(refused), of_it
    assert "已经由示例" in refused
    assert of_it["has one"] and of_it["entered"] == 1


def test_the_trail_is_whole_afterwards(found):
    assert found["trail broken at"] is None
