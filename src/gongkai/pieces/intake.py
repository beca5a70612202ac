"""A report handed in by a person: a file or pasted text, read in a child process, kept nowhere."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.guarded import read_guarded
from gongkai.law.report.filled import FilledReport

PASTED = "粘贴的文字"


@dataclass(frozen=True, slots=True)
class Intake:
    """What was handed in, as read. ``sha256`` (hex) is of the bytes; the bytes are gone."""

    name: str
    sha256: str
    report: FilledReport


def take_in(upload: "UploadedFile[Any] | None", text: str = "") -> Intake:
    """Read an uploaded file, else pasted text. Raises ``Unreadable`` with one sentence."""
    if upload is None:
        if not text.strip():
            raise Unreadable("还没有选文件，也没有粘贴文字；请选一个文件，或把报告全文粘贴进来。")
        return _read(text.encode(), PASTED, "report.txt")
    name, limit = upload.name or "未命名文件", settings.MAX_UPLOAD_BYTES
    if (upload.size or 0) > limit:
        size = (upload.size or 0) / 1024 / 1024
        raise Unreadable(
            f"“{name}”有{size:.0f} MB，超过{limit // 1024 // 1024} MB 的上限；请去掉图片或只留报告本身再试。"
        )
    return _read(upload.read(), name, name)


def _read(data: bytes, shown: str, name: str) -> Intake:
    return Intake(shown, hashlib.sha256(data).hexdigest(), read_guarded(data, name))
