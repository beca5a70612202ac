"""A file on its way into an item: how large, of what kind, what can be read in it."""

import hashlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from gongkai.documents.contents import file_kind
from gongkai.publishing.screened import readable_text

LONGEST_NAME = 120
UNREADABLE_NAME = "附件"


class Unfit(Exception):
    """One Chinese sentence: why the file cannot be taken, and what to do."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that may be kept; neither name nor bytes are ever printed."""

    name: str = field(repr=False)
    data: bytes = field(repr=False)
    media_type: str = ""
    text: str = field(default="", repr=False)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def shown_name(name: str) -> str:
    """The last part of a name without what no page should print; its ending stays."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(character for character in last if character.isprintable()).strip()
    if len(kept) > LONGEST_NAME:
        stem, dot, ending = kept.rpartition(".")
        ending = f".{ending}" if dot and len(ending) < 10 else ""
        kept = f"{(stem if ending else kept)[: LONGEST_NAME - len(ending)]}{ending}"
    return kept or UNREADABLE_NAME


def take_in(upload: "UploadedFile[Any]") -> Incoming:
    """A file as it was handed over; reading it takes a while. Raises :class:`Unfit`."""
    name, size, limit = shown_name(upload.name or ""), upload.size or 0, settings.MAX_UPLOAD_BYTES
    if size > limit:
        raise Unfit(
            f"“{name}”有{size / 1024 / 1024:.0f} MB，超过{limit // 1024 // 1024} MB的上限，没有收下；"
            "请压缩图片、拆成几个文件，或者在正文里写明去哪里看。"
        )
    return fit(name, upload.read())


def fit(name: str, data: bytes) -> Incoming:
    """The bytes with their kind, told from the bytes alone. Raises :class:`Unfit`."""
    if not data:
        raise Unfit(f"“{name}”是空的，没有收下；请核对选的文件。")
    kind = file_kind(data, name)
    if kind is None:
        raise Unfit(f"认不出“{name}”是什么文件，没有收下；请另存为PDF、Word、Excel或者图片再试。")
    if kind.refusal:
        raise Unfit(f"“{name}”没有收下：{kind.refusal}")
    if mismatch := kind.mismatch(name):
        raise Unfit(f"“{name}”没有收下：{mismatch}")
    return Incoming(name, data, kind.media_type, readable_text(name, data))
