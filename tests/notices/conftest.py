"""Everybody the tests need, a mail server of their own, and a worker that empties the queue."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.agencies.cast import cast, quick_settings  # noqa: F401


@dataclass
class Mailbox:
    """A real SMTP server on this machine. ``answers`` may say no, or do something first."""

    received: list[EmailMessage] = field(default_factory=list)
    refuses: str = ""
    before_accepting: Callable[[], None] = lambda: None
    after_accepting: Callable[[], None] = lambda: None

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options):
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope):
        self.before_accepting()
        content = envelope.content
        assert isinstance(content, bytes)
        self.received.append(message_from_bytes(content, policy=policy.default))
        self.after_accepting()
        return "250 accepted"

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.received]


class AnyPort(Controller):
    """The port is the system's choice; ``port`` says which one it was."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


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
def work(db: None) -> Callable[[], int]:
    """Run what is ready, as the worker does; returns how many tasks ran. None may fail."""
    from gongkai.config.worker import BackgroundWorker

    def run() -> int:
        worker = BackgroundWorker()._worker
        worker.max_tasks = None
        worker.run()
        assert not DBTaskResult.objects.failed().exists(), DBTaskResult.objects.failed().first().traceback
        return worker._run_tasks

    return run
