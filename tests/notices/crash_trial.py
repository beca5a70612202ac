"""Workers that are killed, one after another, at every step of sending; a mail server that counts.

``python -m tests.notices.crash_trial 10000 200`` makes the long trial.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.notices.doomed import POINTS
from tests.notices.mailbox import AnyPort, Mailbox

ROOT = Path(__file__).resolve().parents[2]
AT_THE_SERVER = ("server before accepting", "server after accepting")


@dataclass(frozen=True)
class Tally:
    """``sent_again``: how many mails came more than once, each time under the same Message-ID."""

    notices: int
    crashes: int
    delivered: int
    missing: int
    unknown: int
    sent_again: int
    settled: int
    seconds: float


@dataclass
class Killer:
    """Kills the worker when the server has been asked often enough."""

    pid: int = 0
    left: int = 0

    def strike(self) -> bool:
        self.left -= 1
        if self.left == 0:
            os.kill(self.pid, signal.SIGKILL)
        return self.left == 0


@contextmanager
def office(folder: Path) -> Iterator[tuple[Mailbox, dict[str, str]]]:
    box = Mailbox()
    controller = AnyPort(box, hostname="127.0.0.1", port=0)
    controller.start()
    variables = os.environ | {
        "GONGKAI_DATA": str(folder),
        "GONGKAI_SECRET_KEY": "only for tests",
        "GONGKAI_IDENTITY_KEY": "a1" * 32,
        "GONGKAI_SMTP_URL": f"smtp://127.0.0.1:{controller.port}",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    variables.pop("DATABASE_URL", None)
    yield box, variables
    controller.stop()


def _run(variables: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(__file__).with_name("doomed.py")), *arguments]
    return subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True)


def trial(folder: Path, notices: int, crashes: int, most: int, seed: int = 0) -> Tally:
    """``crashes`` workers die, each after at most ``most`` passes of its point; then two live, at once."""
    dice, began = random.Random(seed), time.monotonic()
    died = 0
    with office(folder) as (box, variables):
        assert _run(variables, "prepare", str(notices)).wait() == 0
        for number in range(crashes):
            point = [*POINTS, *AT_THE_SERVER][number % (len(POINTS) + len(AT_THE_SERVER))]
            died += _doomed(box, variables, point, dice.randint(1, most))
        survivors = [_run(variables, "work", "never", "0") for _ in range(2)]
        assert [process.wait() for process in survivors] == [0, 0]
        rows = json.loads(_run(variables, "report").communicate()[0])
    return _tally(box, rows, notices, died, time.monotonic() - began)


def _doomed(box: Mailbox, variables: dict[str, str], point: str, count: int) -> bool:
    """Whether the worker was killed (it may have run out of work before)."""
    killer = Killer(left=count)
    box.loses, box.after_accepting = lambda: False, lambda: None
    if point == AT_THE_SERVER[0]:
        box.loses = killer.strike
    elif point == AT_THE_SERVER[1]:
        box.after_accepting = killer.strike
    process = _run(variables, "work", point, str(count))
    killer.pid = process.pid
    process.communicate()
    return process.returncode == -signal.SIGKILL


def _tally(box: Mailbox, rows: list[list], notices: int, died: int, seconds: float) -> Tally:
    times = Counter(box.ids)
    wanted = {message_id for message_id, _, _ in rows}
    return Tally(
        notices=notices,
        crashes=died,
        delivered=len(wanted & set(times)),
        missing=len(wanted - set(times)),
        unknown=len(set(times) - wanted),
        sent_again=sum(count - 1 for count in times.values()),
        settled=sum(state == "sent" for _, state, _ in rows),
        seconds=round(seconds, 1),
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        print(trial(Path(name), int(sys.argv[1]), int(sys.argv[2]), most=60))
