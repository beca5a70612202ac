"""Keeping a paper of a remedy, sealed; opening one is an act that the trail keeps."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.queries import find_case
from gongkai.remedies.actions.log import note
from gongkai.remedies.models import Remedy, RemedyFile
from gongkai.remedies.policies import may_keep

MOST_BYTES = 20 * 1024 * 1024
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!")


class UnableToKeepPaper(ActionRefused):
    """The file is empty, too large or a program, or the person may not add to the remedy."""


class UnableToOpenPaper(ActionRefused):
    """The person does not see the case."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file handed in: its name and its bytes, which are never printed."""

    name: str = field(repr=False)
    data: bytes = field(repr=False)


@transaction.atomic
def add_paper(*, remedy: Remedy, kind: str, paper: Paper, by: Account, at: datetime) -> RemedyFile:
    """Keep a paper."""
    refusal = may_keep(remedy.case, by) or _unkeepable(paper)
    if refusal:
        raise UnableToKeepPaper(refusal)
    kept = RemedyFile.objects.create(
        remedy=remedy,
        kind=kind,
        name=shown_name(paper.name),
        size=len(paper.data),
        sha256=hashlib.sha256(paper.data).hexdigest(),
        content=paper.data,
        by=by,
        at=at,
    )
    note(remedy, by, at, "added_remedy_paper", {"kind": kind, "content": kept.sha256})
    return kept


def add_papers(remedy: Remedy, kind: str, papers: Sequence[Paper], by: Account, at: datetime) -> None:
    """The papers that came with an entry."""
    for paper in papers:
        add_paper(remedy=remedy, kind=kind, paper=paper, by=by, at=at)


@transaction.atomic
def open_paper(*, file: RemedyFile, by: Account, at: datetime) -> bytes:
    """The bytes of a paper. The look is on the trail."""
    if find_case(by, file.remedy.case_id) is None:
        raise UnableToOpenPaper(Refusal("这份文书所在的案件没有交给您办理，您不能打开。"))
    note(file.remedy, by, at, "opened_remedy_paper", {"content": file.sha256})
    return bytes(file.content)


def _unkeepable(paper: Paper) -> Refusal | None:
    shown = shown_name(paper.name)
    if not paper.data:
        return Refusal(f"“{shown}”是空的，没有内容；请重新选择文件。")
    if len(paper.data) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        return Refusal(f"“{shown}”超过{most} MB的上限；请压缩或者降低扫描分辨率再试。")
    if paper.data.startswith(_PROGRAMS):
        return Refusal(f"“{shown}”是程序文件，没有保存；请改交扫描件或者文档。")
    return None


def shown_name(name: str) -> str:
    """A file name without folders and control characters, at most 100 characters, its ending kept."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(character for character in last if character.isprintable()).strip() or "未命名文件"
    if len(plain) <= 100:
        return plain
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:90]}{dot}{ending[:9]}" if dot else plain[:100]
