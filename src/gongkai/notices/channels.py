"""The ways out of the house. An office plugs its own gateway in by ``NOTICES_CHANNELS``."""

import json
import os
import smtplib
from dataclasses import asdict, dataclass, field
from email.utils import formataddr
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out. ``to`` is an address of the channel; ``message_id`` is the same each time it is
    sent: a gateway should drop what it has seen. ``link`` is a whole address, or empty."""

    channel: str
    to: str = field(repr=False)
    sender_name: str
    title: str
    text: str = field(repr=False)
    link: str
    message_id: str


class Channel(Protocol):
    """Returns when the message was taken over; raises ``Undeliverable`` where trying again is of no
    use, anything else where it is."""

    def send(self, message: Message) -> None: ...


class Undeliverable(Exception):
    """The far side will never take it. The text is one Chinese sentence without the address."""


class EmailChannel:
    """Plain text by SMTP, as the ``EMAIL_*`` settings say."""

    def send(self, message: Message) -> None:
        mail = EmailMessage(
            subject=message.title,
            body=_letter(message),
            from_email=formataddr((message.sender_name, settings.NOTICES_SENDER)),
            to=[message.to],
            headers={
                "Message-ID": message.message_id,
                "Auto-Submitted": "auto-generated",
                "Content-Language": "zh-CN",
            },
            connection=EmailBackend(),
        )
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            if all(code >= 500 for code, _ in error.recipients.values()):
                raise Undeliverable(
                    "对方邮件服务器不接受这个邮箱地址；请核对地址，或改用别的方式。"
                ) from None
            raise


def _letter(message: Message) -> str:
    link = [f"查看：{message.link}"] if message.link else []
    return "\n\n".join([message.text, *link, f"{message.sender_name}\n本邮件由系统自动发出，请勿直接回复。"])


class FileChannel:
    """Appends each message as a JSON line to ``outbox/<channel>.jsonl`` in the data folder, where a
    gateway of the office can fetch it."""

    def send(self, message: Message) -> None:
        folder = settings.DATA / "outbox"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        line = json.dumps(asdict(message), ensure_ascii=False) + "\n"
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        descriptor = os.open(folder / f"{message.channel}.jsonl", flags, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(line.encode())
            file.flush()
            os.fsync(descriptor)


def without_gateway() -> list[str]:
    """The channels whose messages only go into the outbox."""
    own = f"{FileChannel.__module__}.{FileChannel.__qualname__}"
    return [name for name, path in settings.NOTICES_CHANNELS.items() if path == own]


def channel_for(name: str) -> Channel:
    """The channel an office has set up under this name."""
    channel: Channel = import_string(settings.NOTICES_CHANNELS[name])()
    return channel
