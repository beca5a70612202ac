"""Blacking out what is withheld: a new file of pictures, verified to hold nothing else (第三十七条)."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework import tasks
from gongkai.casework.actions.files import shown_name
from gongkai.casework.actions.log import locked, note
from gongkai.casework.models import CaseFile
from gongkai.casework.policies.enclosing import SUITED
from gongkai.casework.policies.people import may_act, sees
from gongkai.documents.redaction import Box, Pages, Unredactable, open_pages, page_image
from gongkai.documents.redaction import redact as redacted_file
from gongkai.documents.writing import Unwritable
from gongkai.notices.actions import notify

LONG = 20
"""A file of more pages is not drawn while somebody waits for the page."""


class UnableToRedact(ActionRefused):
    """Not a file of pages, no box drawn, or the case is closed."""


def pages_of(*, file: CaseFile, by: Account) -> Pages:
    """The pages of a file to draw boxes on."""
    _check_look(file, by)
    try:
        return open_pages(bytes(file.content))
    except Unredactable as error:
        raise UnableToRedact(Refusal(str(error))) from error


@transaction.atomic
def draw_page(*, file: CaseFile, page: int, by: Account, at: datetime) -> bytes:
    """A page as a PNG picture. A look at the first page of a file is on the trail."""
    _check_look(file, by)
    if page == 1:
        note(file.case, by, at, "opened_file", {"number": file.case.number, "content": file.sha256})
    try:
        return page_image(bytes(file.content), page)
    except Unredactable as error:
        raise UnableToRedact(Refusal(str(error))) from error


def _check_look(file: CaseFile, by: Account) -> None:
    if not sees(file.case, by) or file.removed_at is not None:
        raise UnableToRedact(Refusal("这份文件已经移除，或者所在的案件没有交给您办理。"))
    if file.media_type not in SUITED:
        raise UnableToRedact(
            Refusal(
                "这种文件不能画遮盖；请另存为PDF，或者打印后扫描成PDF、图片，再上传。", "《条例》第三十七条"
            )
        )


@transaction.atomic
def queue_redaction(*, file: CaseFile, boxes: Sequence[Box], by: Account, at: datetime) -> CaseFile:
    """Have a long file redacted in the background; ``redact_queued`` does it and tells the person. Until
    then the boxes wait with the file."""
    file.case = locked(file.case)
    _check(file, boxes, by)
    file.boxes = [asdict(box) for box in boxes]
    file.save(update_fields=["boxes"])
    details = {"number": file.case.number, "content": file.sha256, "boxes": len(boxes)}
    note(file.case, by, at, "queued_redaction", details)
    tasks.redact_file.enqueue(file.pk, by.pk)
    return file


def redact_queued(*, file: CaseFile, by: Account, at: datetime) -> CaseFile | None:
    """Do what was queued and say how it went. Begun again after a crash, it does nothing twice."""
    boxes = [Box(**box) for box in file.boxes]
    if not boxes:
        return None
    try:
        data, why = _drawn(file, boxes, by), ""
    except UnableToRedact as refused:
        data, why = b"", str(refused)
    return _finish(file, data, boxes, why, by, at)


@transaction.atomic
def _finish(
    file: CaseFile, data: bytes, boxes: Sequence[Box], why: str, by: Account, at: datetime
) -> CaseFile | None:
    """Keep what was drawn, or say why there is nothing to keep: ``why``, or what happened meanwhile."""
    made = None
    try:
        made = _keep(file, data, boxes, by, at) if data else None
    except UnableToRedact as refused:
        why = str(refused)
    if made is None:
        _tell(file, "遮盖没有做成", f"{why}画好的遮盖还在，请打开文件再试。", by, at)
    else:
        # It may go out by e-mail: what the file is called stays in the house.
        text = f"已生成遮盖后的文件：{len(boxes)}处遮盖，末页附依据和理由。请打开案件核对。"
        _tell(file, "遮盖好的文件已经生成", text, by, at)
    return made


def _tell(file: CaseFile, title: str, text: str, by: Account, at: datetime) -> None:
    case = file.case
    notify(
        agency=case.agency,
        to=by,
        kind="file_redacted",
        title=f"{case.number}：{title}",
        text=text,
        link=reverse("casework:redact", args=[file.pk]),
        key=f"redaction:{file.pk}:{at.isoformat()}",
        by=by,
        at=at,
    )


def _check(file: CaseFile, boxes: Sequence[Box], by: Account) -> None:
    _check_look(file, by)
    refusal = may_act(file.case, by)
    if refusal is None and not boxes:
        refusal = Refusal("还没有画遮盖；每一处不公开的内容画一个框，写依据和理由。", "《条例》第三十七条")
    if refusal is None and any(not box.reason.strip() for box in boxes):
        refusal = Refusal("有的遮盖没有写理由；每一处都要说明理由。", "《条例》第三十七条")
    if refusal:
        raise UnableToRedact(refusal)


def redact(*, file: CaseFile, boxes: Sequence[Box], by: Account, at: datetime) -> CaseFile:
    """A new file with the boxes painted over and the list of their grounds at the end.

    The pages are drawn before the transaction, so that nobody waits for them.
    """
    return _keep(file, _drawn(file, boxes, by), boxes, by, at)


def _drawn(file: CaseFile, boxes: Sequence[Box], by: Account) -> bytes:
    _check(file, boxes, by)
    try:
        return redacted_file(bytes(file.content), "", boxes)
    except (Unredactable, Unwritable) as error:
        raise UnableToRedact(Refusal(str(error))) from error


@transaction.atomic
def _keep(file: CaseFile, data: bytes, boxes: Sequence[Box], by: Account, at: datetime) -> CaseFile:
    case = locked(file.case)
    refusal = may_act(case, by)
    if refusal:
        raise UnableToRedact(refusal)
    kept = CaseFile.objects.create(
        case=case,
        kind=CaseFile.Kind.REDACTED,
        name=shown_name(f"{file.name.rpartition('.')[0] or file.name}（遮盖后）.pdf"),
        media_type="application/pdf",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        content=data,
        redacted_from=file,
        boxes=[asdict(box) for box in boxes],
        added_by=by,
        at=at,
    )
    CaseFile.objects.filter(pk=file.pk).update(boxes=[])
    details = {"number": case.number, "content": kept.sha256, "boxes": len(boxes), "from": file.sha256}
    note(case, by, at, "redacted_file", details)
    return kept
