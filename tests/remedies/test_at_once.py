"""Two people at one remedy at the same moment: one of them is told, nothing is entered twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.remedies.actions.registering import UnableToRegister
from tests.remedies.remedies import answered_case, reconsideration

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_of_two_who_enter_the_same_at_once_one_is_told_and_nothing_is_there_twice(tmp_path):
    variables = os.environ | {
        "GONGKAI_DATA": str(tmp_path),
        "GONGKAI_SECRET_KEY": "only for tests",
        "GONGKAI_IDENTITY_KEY": "a1" * 32,
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    variables.pop("DATABASE_URL", None)
    command = [sys.executable, str(Path(__file__).with_name("two_keepers.py"))]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["rounds"] == [[302, 409]] * 3
    assert said["remedies"] == 1 and said["papers"] == 1
    assert said["kinds"] == ["filed", "notified", "answered"]


@pytest.mark.django_db
def test_the_same_remedy_is_not_registered_twice_but_another_of_the_same_day_is(cast):
    case = answered_case(cast)
    reconsideration(cast, case, body_number="示复1号")
    with pytest.raises(UnableToRegister, match="再登记一次表四会多计一件"):
        reconsideration(cast, case)
    with pytest.raises(UnableToRegister, match="已经登记过"):
        reconsideration(cast, case, body_number="示复1号")
    reconsideration(cast, case, body_number="示复2号")
    reconsideration(cast, case, claimant="third_party")
    assert case.remedies.count() == 3
