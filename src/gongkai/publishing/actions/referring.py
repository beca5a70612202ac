"""A doubt nobody in the office can settle, and what the authority decides (第十七条第三款)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.law.publishing.review import Answer, referral
from gongkai.publishing.actions.reviewing import AUTHORITY, agree, locked_sheet, return_item, say
from gongkai.publishing.models import Referral, ReviewSheet
from gongkai.publishing.policies.review import may_take, next_step, open_doubts


class UnableToRefer(ActionRefused):
    """There is no open question of this kind on the sheet."""


@transaction.atomic
def refer(
    *, sheet: ReviewSheet, check: str, authority: str, question: str, sent_on: date, by: Account, at: datetime
) -> Referral:
    """Put a doubt of the sheet to the competent department or the secrecy authority."""
    sheet = locked_sheet(sheet)
    refusal = may_take(sheet, by, timezone.localdate(at))
    step = next_step(sheet)
    if step is None or step.code != AUTHORITY:
        refusal = Refusal("现在没有要报请确定的事项。", "《条例》第十七条第三款")
    elif not question.strip():
        refusal = Refusal("请写明什么不能确定。", referral(check).article)
    elif sent_on > timezone.localdate(at):
        refusal = Refusal("报送日期不能晚于今天。")
    if refusal:
        raise UnableToRefer(refusal)
    made = Referral.objects.create(
        sheet=sheet,
        check_code=check,
        authority=authority.strip() or referral(check).label,
        question=question.strip(),
        sent_on=sent_on,
        by=by,
        at=at,
    )
    say(sheet, by, at, "referred_item", {"check": check})
    return made


@transaction.atomic
def enter_answer(
    *, made: Referral, answer: str, note: str, answered_on: date, by: Account, at: datetime
) -> ReviewSheet:
    """What the authority decided. Once every question is answered the step is done or the item goes back."""
    sheet = locked_sheet(made.sheet)
    refusal = may_take(sheet, by, timezone.localdate(at))
    if made.answered_on is not None:
        refusal = Refusal("这件报请已经记下答复。")
    elif answer not in Referral.Answer.values:
        refusal = Refusal("请选答复：可以公开，或者不得公开。", "《条例》第十七条第三款")
    elif not note.strip():
        refusal = Refusal("请写明答复的文号和内容。")
    elif not made.sent_on <= answered_on <= timezone.localdate(at):
        refusal = Refusal("答复日期要在报送日期之后、今天之前。")
    if refusal:
        raise UnableToRefer(refusal)
    made.answered_on, made.answer, made.answer_note = answered_on, answer, note.strip()
    made.save(update_fields=["answered_on", "answer", "answer_note"])
    say(sheet, by, at, "entered_referral_answer", {"check": made.check_code, "answer": answer})
    if answer == Referral.Answer.WITHHOLD:
        return return_item(
            sheet=sheet,
            seen=sheet.edition.sha256,
            opinion=f"{made.authority}答复不得公开：{note}",
            by=by,
            at=at,
        )
    return _authority_agrees(sheet, by, at)


def _authority_agrees(sheet: ReviewSheet, by: Account, at: datetime) -> ReviewSheet:
    if open_doubts(sheet):
        return sheet
    doubts = {made.check_code for made in sheet.referrals.all()}
    return agree(
        sheet=sheet,
        seen=sheet.edition.sha256,
        answers=dict.fromkeys(doubts, Answer.CLEAR.value),
        files=[line.sha256 for line in sheet.edition.files.all()],
        by=by,
        at=at,
        opinion="按主管部门或者保密行政管理部门的答复",
    )
