"""Background work inside the office's own process."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from gongkai.config import worker
from gongkai.config.environment import mail
from gongkai.config.worker import BackgroundWorker, left_behind, own_id, put_back
from gongkai.notices import schedule
from gongkai.notices.models import ScheduledRun
from gongkai.notices.tasks import forget_finished_tasks, retry_deliveries

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
NIGHTLY = "gongkai.notices.tasks.forget_finished_tasks"
OFTEN = "gongkai.notices.tasks.retry_deliveries"


@pytest.fixture
def timetable(settings, db: None) -> None:
    settings.SCHEDULE = [(OFTEN, {"minutes": 5}), (NIGHTLY, {"hour": 2, "minute": 10})]


def started(*names: str) -> list[str]:
    return list(DBTaskResult.objects.filter(task_path__in=names).values_list("task_path", flat=True))


def test_a_recurring_task_starts_when_it_is_due_and_not_before(timetable):
    assert schedule.tick(NOON) == [], "new ones are put down first"
    assert schedule.tick(NOON + timedelta(minutes=4)) == []
    assert schedule.tick(NOON + timedelta(minutes=5)) == [OFTEN]
    assert schedule.tick(NOON + timedelta(minutes=5)) == [], "one run, one start"
    assert schedule.tick(NOON + timedelta(hours=15)) == [OFTEN, NIGHTLY]
    assert ScheduledRun.objects.get(name=NIGHTLY).next_run_at == NOON.replace(day=4, hour=2, minute=10)


def test_nights_missed_while_nobody_worked_are_made_up_for_once(timetable):
    schedule.tick(NOON)
    schedule.tick(NOON + timedelta(days=30))
    assert started(NIGHTLY) == [NIGHTLY]


def test_a_clock_that_ran_ahead_does_not_silence_the_schedule(timetable):
    schedule.tick(NOON + timedelta(days=365))
    assert schedule.tick(NOON) == []
    assert schedule.tick(NOON + timedelta(minutes=6)) == [OFTEN]


def test_two_workers_that_see_the_same_moment_start_one_run(timetable):
    schedule.tick(NOON)
    due, later = NOON + timedelta(minutes=5), NOON + timedelta(minutes=10)
    asked = {"name": OFTEN, "expected": due, "following": later, "by": None, "at": due}
    assert [schedule.start_run(**asked), schedule.start_run(**asked)] == [True, False]
    assert started(OFTEN) == [OFTEN]


@pytest.mark.parametrize(
    ("name", "error"),
    [("gongkai.nowhere.tasks.nightly", ImportError), ("gongkai.notices.tasks.KEPT", ImproperlyConfigured)],
)
def test_a_schedule_that_names_what_is_not_there_stops_the_worker_from_starting(settings, name, error):
    settings.SCHEDULE = [(name, {"hour": 2})]
    with pytest.raises(error):
        BackgroundWorker().start()


def finished_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_worker_is_known_by_its_machine_its_process_and_when_that_began():
    host, pid, born = own_id().split(":")
    later = NOON + timedelta(minutes=1)
    assert not left_behind(own_id(), NOON, later)
    assert left_behind(f"{host}:{pid}:{int(born) + 1}", NOON, later), "a later process with the same number"
    assert left_behind(f"{host}:{finished_process()}:{born}", NOON, later)
    assert left_behind(f"{host}:{finished_process()}:", NOON, later), "where no system tells when"
    assert not left_behind(f"{host}:{pid}:", NOON, later)
    assert not left_behind(f"{host}:1:", NOON, later), "somebody else's process"
    for foreign in ("elsewhere:1:2", "a-name-of-32-letters-drawn-by-lot"):
        assert not left_behind(foreign, NOON, NOON + timedelta(minutes=59))
        assert left_behind(foreign, NOON, NOON + timedelta(minutes=61))


def running(*claimed_by: str) -> DBTaskResult:
    enqueued = forget_finished_tasks.enqueue()
    task = DBTaskResult.objects.get(pk=enqueued.id)
    for name in claimed_by:
        task.claim(name)
    return task


def dead() -> str:
    return f"{own_id().split(':')[0]}:{finished_process()}:1"


def test_what_a_dead_worker_left_is_put_back_and_a_living_ones_is_not(db: None):
    left, held = running(dead()), running(own_id())
    assert put_back(NOON) == 1
    left.refresh_from_db()
    held.refresh_from_db()
    assert (left.status, held.status) == ("READY", "RUNNING")
    assert put_back(NOON, own=own_id()) == 1, "an idle worker holds nothing"


def test_a_task_that_killed_five_workers_is_left_alone(db: None, caplog):
    task = running(*[dead()] * 5)
    put_back(NOON)
    task.refresh_from_db()
    assert (task.status, task.finished_at) == ("FAILED", NOON)
    assert "连续5次" in caplog.text


class Stumbling(BackgroundWorker):
    """Finds the database locked twice."""

    turns = 0

    def _turn(self) -> None:
        self.turns += 1
        if self.turns <= 2:
            raise OperationalError("database is locked: INSERT … '甄示范'")
        self._stopping.set()


def test_the_loop_goes_on_when_the_database_is_locked_and_quotes_nothing(monkeypatch, caplog, db: None):
    monkeypatch.setattr(worker, "INTERVAL", 0.01)
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)  # the test's own connection
    stumbling = Stumbling()
    stumbling.run()
    assert stumbling.turns == 3
    assert "OperationalError" in caplog.text and "甄示范" not in caplog.text


def test_one_turn_empties_the_queue_and_stopping_ends_the_loop(db: None, monkeypatch):
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    for _ in range(45):
        retry_deliveries.enqueue()
    background = BackgroundWorker()
    threading.Timer(0.5, background.stop).start()
    background.run()
    assert not DBTaskResult.objects.ready().exists()
    assert DBTaskResult.objects.successful().count() == 45


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        (None, ("", 25, "", "", False, False)),
        ("smtp://mail.example", ("mail.example", 25, "", "", False, False)),
        ("smtps://me%40x:p%3Aw@mail.example", ("mail.example", 465, "me@x", "p:w", False, True)),
        ("smtp+starttls://mail.example:2587", ("mail.example", 2587, "", "", True, False)),
    ],
)
def test_the_mail_server_is_one_address(url: str | None, wanted: tuple):
    found = mail(url)
    assert tuple(found[name] for name in ("host", "port", "user", "password", "tls", "ssl")) == wanted


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "mail.example"])
def test_any_other_address_is_refused_in_one_sentence(url: str):
    with pytest.raises(ValueError, match="GONGKAI_SMTP_URL 应写成"):
        mail(url)


def variables_of(folder: Path, **more: str) -> dict[str, str]:
    variables = os.environ | {"GONGKAI_DATA": str(folder), "GONGKAI_DEMO": "0", **more}
    for name in ("DATABASE_URL", "GONGKAI_WORKER"):
        if name not in more:
            variables.pop(name, None)
    return variables


SEEN = """
import time
from gongkai.notices.tasks import retry_deliveries
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult
task = retry_deliveries.enqueue()
for _ in range(100):
    if DBTaskResult.objects.get(pk=task.id).status == "SUCCESSFUL": break
    time.sleep(0.1)
print(DBTaskResult.objects.get(pk=task.id).status)
"""


def status_of_a_new_task(variables: dict[str, str]) -> str:
    command = [sys.executable, "-m", "gongkai.manage", "shell", "--no-imports", "-c", SEEN]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=True).stdout.strip()


def children_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes as Linux shows them")
def test_run_works_in_the_background_and_leaves_nothing_behind_on_ctrl_c(tmp_path: Path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    variables = variables_of(tmp_path, PORT=str(port))
    command = [sys.executable, "-m", "gongkai.manage", "run"]
    with (tmp_path / "log.txt").open("w") as log:
        process = subprocess.Popen(command, env=variables, stdout=log, stderr=log, start_new_session=True)
        for _ in range(300):
            try:
                urlopen(f"http://127.0.0.1:{port}/").close()
                break
            except (URLError, ConnectionError):
                time.sleep(0.1)
        assert status_of_a_new_task(variables) == "SUCCESSFUL"
        children = children_of(process.pid)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=15) is not None
    assert children and not [child for child in children if Path(f"/proc/{child}").exists()]
    assert "Traceback" not in (tmp_path / "log.txt").read_text()


def test_a_worker_of_its_own_works_too_and_ends_politely(tmp_path: Path):
    variables = variables_of(tmp_path)
    for name in ("migrate", "db_worker"):
        process = subprocess.Popen(
            [sys.executable, "-m", "gongkai.manage", name], env=variables, stdout=subprocess.DEVNULL
        )
        if name == "migrate":
            assert process.wait() == 0
    assert status_of_a_new_task(variables) == "SUCCESSFUL"
    process.terminate()
    assert process.wait(timeout=10) == 0
