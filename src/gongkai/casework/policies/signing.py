"""What a letter needs before it may be signed, and by whom: approval paths, the drafter apart."""

from collections.abc import Sequence

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal, Role, holds
from gongkai.casework.models import Approval, Letter
from gongkai.casework.policies.people import may_work_on, sections_of
from gongkai.law.approval import ApprovalStep, path

Verdict = Approval.Verdict
State = Letter.State


def round_of(letter: Letter) -> list[Approval]:
    """The approvals since the letter was last sent back."""
    found: list[Approval] = []
    for approval in letter.approvals.all():
        found = [] if approval.verdict == Verdict.RETURNED else [*found, approval]
    return found


def path_of(letter: Letter) -> tuple[ApprovalStep, ...]:
    """The steps a letter has to take, in order.

    What no section handles is reviewed first by the disclosure office itself: there is no section whose
    head could.
    """
    handled = letter.case.section_id is not None
    return tuple(step for step in path(letter.path).steps if handled or step.role != Role.SECTION_HEAD)


def next_step(letter: Letter, given: Sequence[Approval] | None = None) -> ApprovalStep | None:
    """The step of its path that is still open; ``None`` once all have approved."""
    done = {approval.step for approval in (round_of(letter) if given is None else given)}
    return next((step for step in path_of(letter) if step.code not in done), None)


def is_last_step(letter: Letter) -> bool:
    """Whether the next approval signs the letter."""
    return len(path_of(letter)) - len({approval.step for approval in round_of(letter)}) == 1


def may_edit(letter: Letter, by: Account) -> Refusal | None:
    """A letter changes only while it is a draft."""
    if letter.state == State.SIGNED:
        return Refusal("文书已经签发，内容不能再改；有错的，另发一份更正文书。")
    if letter.state == State.IN_REVIEW:
        return Refusal("文书正在审批，不能修改；先由审批人退回，再改。")
    if letter.state == State.DROPPED:
        return Refusal("这份草稿已经作废，请重新起草。")
    return may_work_on(letter.case, by)


def may_submit(letter: Letter, by: Account) -> Refusal | None:
    """A draft goes to those who approve."""
    if letter.state != State.DRAFT:
        return Refusal(f"文书{letter.get_state_display()}，不需要再提交审批。")
    return may_work_on(letter.case, by)


def may_approve(letter: Letter, by: Account) -> Refusal | None:
    """The next step of the path, by somebody who holds its role and did not draft the letter."""
    if letter.state != State.IN_REVIEW:
        return Refusal(f"文书{letter.get_state_display()}，现在没有要审批的步骤。")
    step = next_step(letter)
    assert step is not None, "a letter whose steps are all done is signed"
    if by.pk in {letter.drafted_by_id, letter.submitted_by_id}:
        return Refusal("起草人不能审批自己起草的文书，请由另一位审批人办理。", step.article)
    if not _holds_step(letter, step, by):
        return Refusal(f"这一步由{step.label}审批，您没有这个角色。", step.article)
    return None


def may_take(letter: Letter, step: ApprovalStep) -> list[Account]:
    """Everybody who may take a step of a letter."""
    agency = letter.case.agency
    people = Account.objects.filter(
        memberships__agency=agency, memberships__role=step.role, is_active=True
    ).exclude(pk__in=[pk for pk in (letter.drafted_by_id, letter.submitted_by_id) if pk])
    with_roles = people.distinct().prefetch_related("memberships")
    return [person for person in with_roles if _holds_step(letter, step, person)]


def _holds_step(letter: Letter, step: ApprovalStep, by: Account) -> bool:
    agency = letter.case.agency
    if not holds(agency, by, Role(step.role)):
        return False
    if step.role != Role.SECTION_HEAD:
        return True
    return letter.case.section_id in sections_of(agency, by)


def may_sign_alone(letter: Letter) -> bool:
    """Forms and receipts have no path to walk."""
    return not path(letter.path).steps


def may_serve(letter: Letter, by: Account) -> Refusal | None:
    """Only what was signed goes out."""
    if letter.state != State.SIGNED:
        return Refusal(f"文书{letter.get_state_display()}，签发以后才能送达。")
    return may_work_on(letter.case, by)
