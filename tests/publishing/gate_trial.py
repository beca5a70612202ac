"""A program: ten thousand random histories of the gate, and the hunt for every bug that was sown into it.

    python -m tests.publishing.gate_trial 10000 --jobs 2 [--minutes 60]
    python -m tests.publishing.gate_trial 400 --hunt

Each history has at most thirty deeds. Prints one line of JSON, for ``--hunt`` a table before it.
"""

# ruff: noqa: E402 (models can be imported only once the settings are loaded)

import argparse
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
if "GONGKAI_DATA" not in os.environ:
    os.environ["GONGKAI_DATA"] = tempfile.mkdtemp(prefix="gate-trial-")
os.environ.pop("DATABASE_URL", None)

from gongkai.config.environment import ensure_keys

ensure_keys()
import django
from django.conf import settings as django_settings

django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
django_settings.STORAGES = {
    **django_settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
django_settings.MIDDLEWARE = [name for name in django_settings.MIDDLEWARE if "whitenoise" not in name]
django.setup()

from django.db import connection, transaction
from django.test.utils import setup_test_environment
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.publishing.alone import alone
from tests.publishing.gate_machine import GateMachine
from tests.publishing.gate_scripts import SCRIPTS, play
from tests.publishing.gate_world import Leak
from tests.publishing.office import Publisher
from tests.publishing.seeded_bugs import BUGS, Bug, sown

ROOT = Path(__file__).resolve().parents[2]
PORTION = 100
DEEDS = 30


def office() -> Publisher:
    """A new database in memory with the office of the tests."""
    logging.disable(logging.CRITICAL)
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    return alone()


def histories(count: int) -> str:
    """So many random histories; what leaked, if anything did."""
    known = settings(
        max_examples=count,
        stateful_step_count=DEEDS,
        deadline=None,
        database=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
        print_blob=False,
    )
    try:
        run_state_machine_as_test(GateMachine, settings=known)
    except Leak as leak:
        return str(leak)
    except BaseExceptionGroup as leaks:
        return str(leaks.exceptions[0])
    return ""


def run(count: int, minutes: float) -> dict[str, object]:
    """Portion by portion, until all are done or the time is over."""
    began, leaks = time.monotonic(), []
    while GateMachine.told["machines"] < count and time.monotonic() - began < minutes * 60:
        leak = histories(min(PORTION, count - GateMachine.told["machines"]))
        if leak:
            leaks.append(leak)
    return {**GateMachine.told, "leaks": leaks, "seconds": round(time.monotonic() - began, 1)}


def shared(count: int, jobs: int, minutes: float) -> dict[str, object]:
    """In several processes, each with a database of its own."""
    command = [
        sys.executable,
        "-m",
        "tests.publishing.gate_trial",
        str(count // jobs),
        "--minutes",
        str(minutes),
    ]
    told = {name: value for name, value in os.environ.items() if name != "GONGKAI_DATA"}
    children = [subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.PIPE) for _ in range(jobs)]
    found = [json.loads(child.communicate()[0].decode().splitlines()[-1]) for child in children]
    summed = {name: sum(each[name] for each in found) for name in GateMachine.told}
    leaks = [leak for each in found for leak in each["leaks"]]
    return {**summed, "leaks": leaks, "seconds": max(each["seconds"] for each in found)}


def hunt(made: Publisher, most: int) -> dict[str, object]:
    """Every bug, sown: whether random histories find it, after how many, and whether its own history does."""
    missed = []
    for name, bug in BUGS.items():
        before = GateMachine.told["machines"]
        with transaction.atomic(), sown(bug):
            leak = histories(most)
            transaction.set_rollback(True)
        after = GateMachine.told["machines"] - before
        script = _played(made, bug)
        missed += [] if leak or script else [name]
        print(
            f"| {name} | {f'after {after}' if leak else f'not in {after}'} | {leak or script} |", flush=True
        )
    return {"bugs": len(BUGS), "missed": missed}


def _played(made: Publisher, bug: Bug) -> str:
    with transaction.atomic(), sown(bug):
        try:
            play(made, SCRIPTS[bug.script])
        except Leak as leak:
            return str(leak)
        finally:
            transaction.set_rollback(True)
    return ""


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("count", type=int)
    asked.add_argument("--jobs", type=int, default=1)
    asked.add_argument("--minutes", type=float, default=600)
    asked.add_argument("--hunt", action="store_true")
    given = asked.parse_args()
    if given.jobs > 1:
        found = shared(given.count, given.jobs, given.minutes)
    else:
        GateMachine.office = office()
        found = hunt(GateMachine.office, given.count) if given.hunt else run(given.count, given.minutes)
    print(json.dumps(found, ensure_ascii=False))
    return 1 if found.get("leaks") or found.get("missed") else 0


if __name__ == "__main__":
    sys.exit(main())
