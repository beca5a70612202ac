"""Two at the gate at the same moment, on a database in a file: one passes, the other is told."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.trust.test_at_once import is_one_clear_sentence

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
    program = [sys.executable, "-m", "tests.trust.publishing_at_once"]
    ran = subprocess.run(program, check=False, cwd=ROOT, env=told, capture_output=True, timeout=300)
    assert ran.returncode == 0, ran.stderr.decode()[-3000:]
    return json.loads(ran.stdout.decode().splitlines()[-1])


def test_of_two_who_take_a_step_at_once_one_opinion_is_kept(found):
    of_it = found["agreeing"]
    done, refused = of_it["told"]
    assert done == "done" and is_one_clear_sentence(refused), of_it
    assert (of_it["opinions"], of_it["state"]) == (1, "open")


def test_of_two_who_publish_at_once_one_publication_goes_out(found):
    of_it = found["publishing"]
    done, refused = of_it["told"]
    assert done == "done" and is_one_clear_sentence(refused), of_it
    assert (of_it["publications"], of_it["postings"], of_it["entries"]) == (1, 1, 1)


def test_a_plan_held_by_three_workers_is_carried_out_once_and_not_after_a_withdrawal(found):
    assert found["planned"] == {"told": ["done"] * 3, "publications": 1, "live": 0}


def test_what_is_reviewed_is_what_was_handed_in(found):
    of_it = found["changing"]
    done, refused = of_it["told"]
    assert done == "done" and is_one_clear_sentence(refused), of_it
    assert of_it["same"]


def test_search_agrees_with_the_portal_whoever_was_first(found):
    assert found["leaving"]["agrees"] and found["leaving"]["told"].count("done") >= 1


def test_the_trail_is_whole_afterwards(found):
    assert found["trail broken at"] is None
