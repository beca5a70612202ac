"""Everybody the tests need, a mail server of their own, and a worker that empties the queue."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from tests.agencies.cast import cast, quick_settings  # noqa: F401
from tests.notices.mailbox import AnyPort, Mailbox


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    box = Mailbox()
    controller = AnyPort(box, hostname="127.0.0.1", port=0)
    controller.start()
    yield box, controller.port
    controller.stop()


@pytest.fixture
def mail(mailbox: tuple[Mailbox, int], settings) -> Mailbox:
    box, settings.EMAIL_PORT = mailbox
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 5
    settings.NOTICES_SENDER = "office@gongkai.example"
    settings.NOTICES_CHANNELS = {
        **settings.NOTICES_CHANNELS,
        "email": "gongkai.notices.channels.EmailChannel",
    }
    return box


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def clock(monkeypatch) -> Callable:
    """Set what the tasks and the queue take for now."""

    def set_clock(at) -> None:
        monkeypatch.setattr(timezone, "now", lambda: at)

    return set_clock


@pytest.fixture
def work(db: None, monkeypatch) -> Callable[[], int]:
    """Run what is ready, as the worker does; returns how many tasks ran. None may fail."""
    from gongkai.config.worker import BackgroundWorker

    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)  # the test's own connection

    def run() -> int:
        worker = BackgroundWorker()._worker
        worker.max_tasks = None
        worker.run()
        assert not DBTaskResult.objects.failed().exists(), DBTaskResult.objects.failed().first().traceback
        return worker._run_tasks

    return run
