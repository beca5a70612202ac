"""Keeping a file of a case, sealed; opening one is an act that the trail keeps."""

import hashlib
import io
import zipfile
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.log import note
from gongkai.casework.models import Application, CaseFile
from gongkai.casework.policies.people import may_work_on, sees

MOST_BYTES = 10 * 1024 * 1024
UNKNOWN = "application/octet-stream"
_SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument"
_IN_ARCHIVE = (
    ("word/document.xml", f"{_OFFICE}.wordprocessingml.document"),
    ("xl/workbook.xml", f"{_OFFICE}.spreadsheetml.sheet"),
    ("OFD.xml", "application/ofd"),
)
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!")


class UnableToKeepFile(ActionRefused):
    """The file is empty, too large, a program, or the person may not add to the case."""


class UnableToOpenFile(ActionRefused):
    """The file belongs to a case the person does not see, or was removed."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file handed in together with words. ``kind`` is one of ``CaseFile.Kind``; the rest is never
    printed."""

    kind: str
    name: str = field(repr=False)
    data: bytes = field(repr=False)


@transaction.atomic
def add_file(
    *,
    case: Application,
    kind: str,
    name: str,
    data: bytes,
    by: Account | None,
    at: datetime,
    shown_to_applicant: bool = False,
) -> CaseFile:
    """Keep a file. ``by`` is ``None`` for what the applicant handed in over the website.

    Its media type is told from its bytes alone, never from its name.
    """
    refusal = (may_work_on(case, by) if by else None) or unkeepable(name, data)
    if refusal:
        raise UnableToKeepFile(refusal)
    kept = CaseFile.objects.create(
        case=case,
        kind=kind,
        name=shown_name(name),
        media_type=media_type_of(data),
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        content=data,
        shown_to_applicant=shown_to_applicant,
        added_by=by,
        at=at,
    )
    details = {"number": case.number, "kind": kind, "content": kept.sha256}
    note(case, by, at, "added_file", details)
    return kept


@transaction.atomic
def open_file(*, file: CaseFile, by: Account, at: datetime) -> bytes:
    """The bytes of a file. The look is on the trail."""
    if not sees(file.case, by):
        raise UnableToOpenFile(Refusal("这份文件所在的案件没有交给您办理，您不能打开。"))
    if file.removed_at is not None:
        raise UnableToOpenFile(Refusal("这份文件已经移除，不能再打开。"))
    note(file.case, by, at, "opened_file", {"number": file.case.number, "content": file.sha256})
    return bytes(file.content)


def unkeepable(name: str, data: bytes) -> Refusal | None:
    """What stands against keeping these bytes."""
    shown = shown_name(name)
    if not data:
        return Refusal(f"“{shown}”是空的，没有内容；请重新选择文件。")
    if len(data) > MOST_BYTES:
        return too_large(name, len(data))
    if data.startswith(_PROGRAMS):
        return Refusal(f"“{shown}”是程序文件，没有保存；请改交扫描件、照片或者文档。")
    return None


def too_large(name: str, size: int) -> Refusal:
    """The sentence for a file of ``size`` bytes, more than are kept."""
    most = MOST_BYTES // 1024 // 1024
    return Refusal(
        f"“{shown_name(name)}”有{size / 1024 / 1024:.0f} MB，超过{most} MB的上限；"
        "请压缩或者降低扫描分辨率再试。"
    )


def shown_name(name: str) -> str:
    """A file name without folders and control characters, at most 100 characters, its ending kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(character for character in last if character.isprintable()).strip() or "未命名文件"
    if len(plain) <= 100:
        return plain
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:90]}{dot}{ending[:9]}" if dot else plain[:100]


def media_type_of(data: bytes) -> str:
    """The media type that the bytes themselves tell; ``application/octet-stream`` for anything else."""
    for signature, media_type in _SIGNATURES:
        if data.startswith(signature):
            return media_type
    if data.startswith(b"PK\x03\x04"):
        return _in_archive(data)
    return UNKNOWN


def _in_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return UNKNOWN
    return next((media_type for name, media_type in _IN_ARCHIVE if name in names), UNKNOWN)
