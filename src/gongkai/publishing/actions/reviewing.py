"""The review: handing in, opinions step by step, sending back, taking back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.law.publishing.review import Answer, review_checks, review_paths
from gongkai.publishing.actions.drafting import locked
from gongkai.publishing.models import (
    Edition,
    EditionAuthor,
    EditionFile,
    Item,
    Opinion,
    PublishingProfile,
    ReviewSheet,
)
from gongkai.publishing.policies.drafting import lacking, may_edit
from gongkai.publishing.policies.findings import authors_now, standing, unscreened
from gongkai.publishing.policies.parts import parts_of
from gongkai.publishing.policies.release import hash_of
from gongkai.publishing.policies.review import (
    acting_role,
    gaps,
    may_recall,
    may_take,
    next_step,
    open_doubts,
)
from gongkai.publishing.screened import rules_version

Sheet = ReviewSheet.State
State = Item.State
AUTHORITY = "authority"


class UnableToSubmitItem(ActionRefused):
    """The item lacks something, or is not this person's."""


class UnableToReview(ActionRefused):
    """Not this person's step, or the edition is not what was looked at."""


def say(sheet: ReviewSheet, by: Account, at: datetime, act: str, details: Mapping[str, Any]) -> None:
    """A line of the trail about a sheet."""
    item = sheet.item
    record(
        by=by,
        at=at,
        act=act,
        subject=item.subject,
        agency=item.agency,
        details={"index_number": item.index_number, "content": sheet.edition.sha256} | dict(details),
    )


@transaction.atomic
def submit_item(*, item: Item, by: Account, at: datetime, revision: int | None = None) -> ReviewSheet:
    """Hand the working copy to those who review: it becomes an edition that does not change.

    What screening finds in it is there before anybody looks: what was not screened is refused.
    """
    item = locked(item, revision)
    missing = lacking(item, item.draft)
    refusal = may_edit(item, by) or (missing[0] if missing else None)
    if refusal:
        raise UnableToSubmitItem(refusal)
    edition = _edition_of(item, by, at)
    if item.sheets.filter(edition=edition, state=Sheet.COMPLETE).exists():
        raise UnableToSubmitItem(Refusal("这一稿已经审查通过，内容没有变化，不需要再审查。"))
    unread = unscreened(item, parts_of(edition), rules_version())
    if unread:
        raise UnableToSubmitItem(unread[0])
    profile = PublishingProfile.objects.get(agency=item.agency)
    sheet = ReviewSheet.objects.create(
        item=item, edition=edition, path=profile.review_path, submitted_by=by, submitted_at=at
    )
    item.state = State.IN_REVIEW
    item.revision += 1
    item.save(update_fields=["state", "revision"])
    say(sheet, by, at, "submitted_item", {"edition": edition.number})
    return sheet


def _edition_of(item: Item, by: Account, at: datetime) -> Edition:
    """The edition that says what the working copy says; a new one unless the last one does."""
    files = list(item.files.filter(removed_at__isnull=True))
    digest = hash_of(item)
    last = item.editions.order_by("-number").first()
    authors = authors_now(item)
    if last is not None and last.sha256 == digest and authors <= _authors_of(last):
        return last
    authors |= {by.pk}
    edition = Edition.objects.create(
        item=item,
        number=last.number + 1 if last else 1,
        content=item.content,
        sha256=digest,
        by=by,
        at=at,
    )
    EditionAuthor.objects.bulk_create([EditionAuthor(edition=edition, account_id=pk) for pk in authors])
    EditionFile.objects.bulk_create(
        [
            EditionFile(edition=edition, file=file, name=file.name, sha256=file.sha256, order=order)
            for order, file in enumerate(files, start=1)
        ]
    )
    item.hands.all().delete()
    return edition


def _authors_of(edition: Edition) -> set[int]:
    return set(edition.authors.values_list("account_id", flat=True))


def locked_sheet(sheet: ReviewSheet) -> ReviewSheet:
    """The sheet as it stands now, behind its item, both held until the end of the transaction."""
    item = locked(sheet.item)
    current = ReviewSheet.objects.select_for_update(of=("self",)).select_related("edition").get(pk=sheet.pk)
    current.item = item
    return current


@transaction.atomic
def agree(
    *,
    sheet: ReviewSheet,
    seen: str,
    answers: Mapping[str, str],
    files: Sequence[str],
    by: Account,
    at: datetime,
    grounds: Mapping[str, str] | None = None,
    opinion: str = "",
) -> ReviewSheet:
    """One step of the review; the last one completes the sheet.

    ``seen`` is the hash that was looked at; ``answers`` say something of every check of the step (check →
    ``law.publishing.review.Answer``); ``files`` are the SHA-256 of the attachments that were looked
    at: all of them, one by one (《保密法实施条例》第四十二条).
    """
    sheet = locked_sheet(sheet)
    on = timezone.localdate(at)
    _check(sheet, seen, by, on)
    step = next_step(sheet)
    assert step is not None
    _check_answers(sheet, step.checks, answers, files)
    if step.code == AUTHORITY and open_doubts(sheet):
        raise UnableToReview(
            Refusal("主管部门或者保密行政管理部门还没有答复，先登记报请和答复。", "《条例》第十七条第三款")
        )
    role, giver = acting_role(sheet, step, by, on)
    Opinion.objects.create(
        sheet=sheet,
        step=step.code,
        verdict=Opinion.Verdict.AGREED,
        opinion=opinion.strip(),
        role=role,
        answers=dict(answers),
        grounds={check: ground.strip() for check, ground in (grounds or {}).items() if ground.strip()},
        files=sorted(set(files)),
        content_sha256=sheet.edition.sha256,
        by=by,
        for_account=giver,
        at=at,
    )
    say(sheet, by, at, "agreed_item", {"step": step.code})
    _escalate(sheet, answers)
    if not next_step(sheet):
        _complete(sheet, by, at)
    return sheet


def _check(sheet: ReviewSheet, seen: str, by: Account, on: date) -> None:
    refusal = may_take(sheet, by, on)
    if seen != sheet.edition.sha256:
        refusal = Refusal("您看过的不是现在这一稿，请重新打开，看过再签。", "《条例》第十七条")
    if refusal:
        raise UnableToReview(refusal)


def _check_answers(
    sheet: ReviewSheet, checks: Sequence[str], answers: Mapping[str, str], files: Sequence[str]
) -> None:
    known = review_checks()
    missing = [known[check].label for check in checks if check not in answers]
    if missing:
        raise UnableToReview(Refusal(f"还没有回答：{'、'.join(missing)}。", "《条例》第十七条"))
    if any(answer == Answer.FOUND for answer in answers.values()):
        raise UnableToReview(
            Refusal("查出不得公开的内容，请退回修改，不能同意公开。", "《条例》第十四条至第十七条")
        )
    unseen = [line.name for line in sheet.edition.files.all() if line.sha256 not in files]
    if unseen:
        raise UnableToReview(
            Refusal(f"附件“{unseen[0]}”还没有逐个审查；每一个附件都要看过。", "《保密法实施条例》第四十二条")
        )


def _escalate(sheet: ReviewSheet, answers: Mapping[str, str]) -> None:
    """A doubt nobody in the office can settle goes to an authority (第十七条第三款)."""
    if Answer.UNSURE not in answers.values():
        return
    escalated = review_paths()[sheet.path].escalated or sheet.path
    steps = [step.code for step in review_paths()[escalated].reviews]
    last = sheet.opinions.order_by("-pk").first()
    assert last is not None
    if last.step not in steps[: steps.index(AUTHORITY)]:
        raise UnableToReview(
            Refusal("到这一步还不能确定的，请退回，由保密审查人报请有关部门确定。", "《条例》第十七条第三款")
        )
    sheet.path = escalated
    sheet.save(update_fields=["path"])


def _complete(sheet: ReviewSheet, by: Account, at: datetime) -> None:
    """The last step was taken: whatever else stands against release is said now, and nothing is kept."""
    refusals = [Refusal(gap.sentence, gap.article) for gap in gaps(sheet)]
    refusals += standing(sheet.item, parts_of(sheet.edition), rules_version())
    if refusals:
        raise UnableToReview(refusals[0])
    _close(sheet, Sheet.COMPLETE, State.READY, at)
    say(sheet, by, at, "completed_review", {})


def _close(sheet: ReviewSheet, state: str, item_state: str, at: datetime) -> None:
    sheet.state, sheet.closed_at = state, at
    sheet.save(update_fields=["state", "closed_at"])
    item = sheet.item
    item.state = item_state
    item.revision += 1
    item.save(update_fields=["state", "revision"])


def _back(sheet: ReviewSheet) -> str:
    """The state of an item whose review ended without agreement: what is public stays public."""
    return State.PUBLISHED if sheet.item.publications.live().exists() else State.DRAFT


@transaction.atomic
def return_item(*, sheet: ReviewSheet, seen: str, opinion: str, by: Account, at: datetime) -> ReviewSheet:
    """Send it back to whoever wrote it, saying why."""
    sheet = locked_sheet(sheet)
    on = timezone.localdate(at)
    _check(sheet, seen, by, on)
    if not opinion.strip():
        raise UnableToReview(Refusal("退回要写明理由，拟稿人才知道改什么。"))
    step = next_step(sheet)
    assert step is not None
    role, giver = acting_role(sheet, step, by, on)
    Opinion.objects.create(
        sheet=sheet,
        step=step.code,
        verdict=Opinion.Verdict.RETURNED,
        opinion=opinion.strip(),
        role=role,
        content_sha256=sheet.edition.sha256,
        by=by,
        for_account=giver,
        at=at,
    )
    _close(sheet, Sheet.RETURNED, _back(sheet), at)
    say(sheet, by, at, "returned_item", {"step": step.code})
    return sheet


@transaction.atomic
def recall_item(*, sheet: ReviewSheet, by: Account, at: datetime) -> ReviewSheet:
    """Take a sheet back before it is complete, to change the text."""
    sheet = locked_sheet(sheet)
    refusal = may_recall(sheet, by)
    if refusal:
        raise UnableToReview(refusal)
    _close(sheet, Sheet.RECALLED, _back(sheet), at)
    say(sheet, by, at, "recalled_item", {})
    return sheet
