"""The steps of a review sheet: who may take the next, and what still stands against release."""

from collections.abc import Sequence
from datetime import date

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal, roles_in
from gongkai.law.publishing import review as law
from gongkai.law.publishing.gaps import Gap
from gongkai.law.publishing.review import ReviewStep
from gongkai.publishing.models import Delegation, ReviewSheet
from gongkai.publishing.policies.people import may_work_on, sections_of, sees


def as_law_knows(sheet: ReviewSheet) -> law.ReviewSheet:
    """The sheet with the steps done on exactly the content of its edition. Whoever had a hand in the
    edition, or handed it in, is a drafter."""
    authors = sheet.edition.authors.values_list("account_id", flat=True)
    taken = tuple(
        law.StepTaken(
            step=opinion.step,
            person=str(opinion.by_id),
            role=opinion.role,
            opinion=law.Opinion(opinion.verdict),
            answers={check: law.Answer(answer) for check, answer in opinion.answers.items()},
            grounds=opinion.grounds,
        )
        for opinion in sheet.opinions.all()
        if opinion.content_sha256 == sheet.edition.sha256
    )
    drafters = frozenset(str(pk) for pk in (*authors, sheet.submitted_by_id))
    return law.ReviewSheet(law.review_paths()[sheet.path], drafters, taken)


def next_step(sheet: ReviewSheet) -> ReviewStep | None:
    """The step whose turn it is; ``None`` once all are done or the sheet is closed."""
    return law.step_now(as_law_knows(sheet)) if sheet.state == ReviewSheet.State.OPEN else None


def gaps(sheet: ReviewSheet) -> tuple[Gap, ...]:
    """Everything that the sheet still lacks."""
    return law.review_gaps(as_law_knows(sheet))


def delegated_to(sheet: ReviewSheet, by: Account, on: date) -> list[Delegation]:
    """The delegations a person holds on a day in the agency of a sheet."""
    return list(
        Delegation.objects.filter(
            agency=sheet.item.agency, taker=by, from_on__lte=on, until_on__gte=on, ended_at__isnull=True
        ).prefetch_related("giver__memberships__section")
    )


def acting_role(sheet: ReviewSheet, step: ReviewStep, by: Account, on: date) -> tuple[str, Account | None]:
    """The role in which a person may take a step, and for whom; an empty role if in none.

    A head of a section reviews what is of that section; so does who stands in for one.
    """
    own = roles_in(sheet.item.agency, by)
    if not own:
        return "", None  # whoever left the agency stands in for nobody there
    for role in step.roles:
        if role in own and _is_of_the_section(sheet, role, by):
            return role, None
    for delegation in delegated_to(sheet, by, on):
        held = roles_in(sheet.item.agency, delegation.giver)
        if (
            delegation.role in step.roles
            and delegation.role in held
            and _is_of_the_section(sheet, delegation.role, delegation.giver)
        ):
            return delegation.role, delegation.giver
    return "", None


def _is_of_the_section(sheet: ReviewSheet, role: str, person: Account) -> bool:
    if role != "section_head" or sheet.item.section_id is None:
        return True
    return sheet.item.section_id in sections_of(sheet.item.agency, person)


def may_take(sheet: ReviewSheet, by: Account, on: date) -> Refusal | None:
    """Whether a person may give the opinion whose turn it is."""
    if sheet.state != ReviewSheet.State.OPEN:
        return Refusal(f"这张审查表{sheet.get_state_display()}，没有要办理的步骤。", "《条例》第十七条")
    known = as_law_knows(sheet)
    step = law.step_now(known)
    if step is None:
        return Refusal("各步都已审查完毕。")
    role, giver = acting_role(sheet, step, by, on)
    if giver is not None and str(giver.pk) in known.drafters:
        return Refusal("委托人参与了起草，不能由受托人代为审查，请另请他人。", step.article)
    gap = law.taking_gap(known, step, str(by.pk), role)
    return Refusal(gap.sentence, gap.article) if gap else None


def may_recall(sheet: ReviewSheet, by: Account) -> Refusal | None:
    """Who handed a sheet in, or another who may work on the item, may take it back while it is open."""
    if sheet.state != ReviewSheet.State.OPEN:
        return Refusal(f"这张审查表{sheet.get_state_display()}，不能收回。")
    return may_work_on(sheet.item, by)


def open_doubts(sheet: ReviewSheet) -> set[str]:
    """What nobody in the office could say and no authority has answered yet."""
    doubts = {
        check
        for opinion in sheet.opinions.all()
        for check, answer in opinion.answers.items()
        if answer == law.Answer.UNSURE
    }
    return doubts - {made.check_code for made in sheet.referrals.all() if made.answered_on is not None}


def unanswered_referrals(sheet: ReviewSheet) -> list[str]:
    """The checks that were put to an authority and lie there."""
    return [referral.check_code for referral in sheet.referrals.all() if referral.answered_on is None]


def waiting_for(sheets: Sequence[ReviewSheet], by: Account, on: date) -> list[ReviewSheet]:
    """Of these sheets, those whose turn it is for a person."""
    return [sheet for sheet in sheets if sees(sheet.item, by) and may_take(sheet, by, on) is None]
