"""Blacking out what is withheld: a new file of pictures, verified to hold nothing else (第三十七条)."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.actions.files import shown_name
from gongkai.casework.actions.log import locked, note
from gongkai.casework.models import CaseFile
from gongkai.casework.policies.enclosing import SUITED
from gongkai.casework.policies.people import may_act, sees
from gongkai.documents.redaction import Box, Pages, Unredactable, open_pages, page_image
from gongkai.documents.redaction import redact as redacted_file
from gongkai.documents.writing import Unwritable


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


def redact(*, file: CaseFile, boxes: Sequence[Box], by: Account, at: datetime) -> CaseFile:
    """A new file with the boxes painted over and the list of their grounds at the end.

    The pages are drawn before the transaction, so that nobody waits for them.
    """
    _check_look(file, by)
    refusal = may_act(file.case, by)
    if refusal is None and not boxes:
        refusal = Refusal("还没有画遮盖；每一处不公开的内容画一个框，写依据和理由。", "《条例》第三十七条")
    if refusal is None and any(not box.reason.strip() for box in boxes):
        refusal = Refusal("有的遮盖没有写理由；每一处都要说明理由。", "《条例》第三十七条")
    if refusal:
        raise UnableToRedact(refusal)
    try:
        data = redacted_file(bytes(file.content), "", boxes)
    except (Unredactable, Unwritable) as error:
        raise UnableToRedact(Refusal(str(error))) from error
    return _keep(file, data, boxes, by, at)


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
    details = {"number": case.number, "content": kept.sha256, "boxes": len(boxes), "from": file.sha256}
    note(case, by, at, "redacted_file", details)
    return kept
