"""The confirmation that an application was withdrawn (撤回确认书): due, on its way, or given."""

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal
from gongkai.casework.models import Application, CaseEvent, Letter
from gongkai.casework.policies.people import may_work_on
from gongkai.casework.reckoning import events_of

CONFIRMATION = "withdrawal_confirmation"
WITHDRAWN_AS = "otherwise_handled.other_handling"


def withdrawal_of(case: Application) -> CaseEvent | None:
    """The entry of a withdrawal that stands."""
    return next((event for event in events_of(case) if event.kind == CaseEvent.Kind.WITHDRAWN), None)


def _confirmation_of(case: Application) -> Letter | None:
    letters = case.letters.filter(kind=CONFIRMATION).exclude(state=Letter.State.DROPPED)
    # One that answers was drafted from the seven questions, before the withdrawal.
    return next((letter for letter in letters.order_by("-pk") if not letter.act), None)


def may_confirm_withdrawal(case: Application, by: Account) -> Refusal | None:
    """Once for what was withdrawn and is not in the archive yet."""
    return may_work_on(case, by) or unconfirmable(case)


def unconfirmable(case: Application) -> Refusal | None:
    """Why no confirmation is due, whoever asks."""
    if case.matter != Application.Matter.DISCLOSURE:
        return Refusal("撤回确认书用于公开申请；更正申请撤回的，不用出具。", "《条例》第四十一条")
    if case.is_open or withdrawal_of(case) is None:
        return Refusal("申请人没有撤回申请，不用出具撤回确认书。")
    letter = _confirmation_of(case)
    if letter is not None:
        standing = f"已经签发（{letter.document_number}）" if letter.signed_on else "已经起草，请在那份上继续"
        return Refusal(f"撤回确认书{standing}，不用再起草。")
    if case.archived_on is not None:
        return Refusal("案卷已经归档，不再起草文书。", "《条例》第四十五条")
    return None
