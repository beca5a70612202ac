"""Background work inside the office's own process: tasks of the database, and the schedule.

One loop, no broker. Whatever breaks it (a locked database, a fault in a task's record) is logged by
its name and the loop goes on. A task that its worker left behind is put back, so that each task runs
at least once; one that killed five workers is left alone.
"""

import atexit
import logging
import os
import socket
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connections
from django.utils import timezone
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from gongkai.notices import schedule

INTERVAL = 1.0  # seconds between two looks at an empty queue
TICK = 20.0  # seconds between two looks at the schedule and at what was left behind
LONGEST_PAUSE = 30.0  # seconds, after failures in a row
FOREIGN = timedelta(hours=1)  # after so long a task of another machine's worker counts as left behind
MOST_CLAIMS = 5
AT_A_TIME = 20  # tasks between two ticks

logger = logging.getLogger(__name__)


def own_id() -> str:
    """``host:pid:born``. ``born`` tells this process from a later one with the same pid."""
    return f"{socket.gethostname()[:32]}:{os.getpid()}:{_born(os.getpid()) or ''}"


def _born(pid: int) -> str | None:
    """When a process was started (clock ticks since boot); ``None``: not running, or not known."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def _is_running(pid: int, born: str) -> bool:
    if born:
        return _born(pid) == born
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def left_behind(claimed_by: str, started_at: datetime, at: datetime) -> bool:
    """Whether the worker that claimed a task is gone. One of another machine is given an hour."""
    host, _, rest = claimed_by.partition(":")
    pid, _, born = rest.partition(":")
    if host == own_id().partition(":")[0] and pid.isdecimal():
        return not _is_running(int(pid), born)
    return at - started_at > FOREIGN


def put_back(at: datetime, *, own: str = "") -> int:
    """Make tasks ready again that a crash left running; ``own`` names a worker that is idle now."""
    count = 0
    for task in DBTaskResult.objects.running():
        claimed_by, started_at = (task.worker_ids or [""])[-1], task.started_at or at
        if claimed_by != own and not left_behind(claimed_by, started_at, at):
            continue
        status = TaskResultStatus.READY
        if len(task.worker_ids) >= MOST_CLAIMS:
            status = TaskResultStatus.FAILED
            logger.error("后台任务 %s 连续%s次没有做完就中断，不再重试。", task.task_path, MOST_CLAIMS)
        same = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
        finished_at = at if status == TaskResultStatus.FAILED else None
        count += same.update(status=status, finished_at=finished_at)
    return count


class BackgroundWorker:
    """The loop. ``start`` runs it in a thread of its own, ``run`` in this one; ``stop`` lets the
    task in hand be finished."""

    def __init__(self) -> None:
        self.id = own_id()
        self._stopping = threading.Event()
        self._next_tick = 0.0
        self._thread = threading.Thread(target=self.run, name="gongkai-worker", daemon=True)
        self._worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=INTERVAL,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=AT_A_TIME,
            worker_id=self.id,
        )

    def start(self) -> None:
        """Raises where the schedule names what is not there."""
        schedule.check()
        self._thread.start()

    def stop(self, patience: float = 5.0) -> None:
        self._stopping.set()
        self._worker.running = False
        if self._thread.is_alive():
            self._thread.join(patience)

    def run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                self._turn()
                failures = 0
            except Exception as error:
                failures += 1
                self._next_tick = 0.0
                # Only its name: the text of a database error may quote what was being written.
                logger.error("后台任务中断一次（%s），稍后继续。", type(error).__name__)
                connections.close_all()
            self._stopping.wait(min(LONGEST_PAUSE, INTERVAL * 2**failures) if failures else INTERVAL)
        connections.close_all()

    def _turn(self) -> None:
        """Work until nothing is ready."""
        while not self._stopping.is_set():
            if time.monotonic() >= self._next_tick:
                put_back(timezone.now(), own=self.id)
                schedule.tick(timezone.now())
                self._next_tick = time.monotonic() + TICK
            if not DBTaskResult.objects.ready().exists():
                return
            self._worker.max_tasks = self._worker._run_tasks + AT_A_TIME
            self._worker.run()


def start() -> BackgroundWorker:
    """Start the worker of this process; it is stopped with the process."""
    worker = BackgroundWorker()
    worker.start()
    atexit.register(worker.stop)
    return worker
