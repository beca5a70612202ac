"""A remedy comes in: it is registered, the papers arrive, somebody takes it in hand."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.models import Account, Membership
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.casework.models import Application
from gongkai.casework.queries.calendars import calendar_of
from gongkai.law.limits import chinese_date
from gongkai.notices.actions import notify
from gongkai.remedies.actions.files import Paper, add_papers
from gongkai.remedies.actions.log import append, opened
from gongkai.remedies.models import Remedy, RemedyEvent, RemedyFile
from gongkai.remedies.policies import Filing, may_keep, unfileable

Kind = RemedyEvent.Kind


class UnableToRegister(ActionRefused):
    """The remedy cannot be registered like this."""


class UnableToNotify(ActionRefused):
    """The receipt of the papers, or the acceptance, cannot be entered now."""


class UnableToHand(ActionRefused):
    """The person cannot take the remedy in hand."""


@transaction.atomic
def register(*, case: Application, filing: Filing, by: Account, at: datetime) -> Remedy:
    """Enter a reconsideration or a suit against what was done with an application."""
    case = Application.objects.select_for_update(of=("self",)).select_related("agency").get(pk=case.pk)
    refusal = may_keep(case, by) or _unregistrable(case, filing, timezone.localdate(at))
    if refusal:
        raise UnableToRegister(refusal)
    remedy = Remedy.objects.create(
        agency=case.agency,
        case=case,
        forum=filing.forum,
        route=filing.route if filing.forum == Remedy.Forum.LITIGATION else "",
        body=filing.body.strip(),
        body_number=filing.body_number.strip(),
        claimant=filing.claimant,
        challenged=filing.challenged,
        filed_on=filing.filed_on,
        preceded_by=filing.preceded_by if filing.route == Remedy.Route.SUIT_AFTER_RECONSIDERATION else None,
        handler=by,
        registered_by=by,
        created_at=at,
    )
    append(remedy=remedy, kind=Kind.FILED, on=filing.filed_on, by=by, at=at)
    _tell_heads(remedy, by, at)
    return remedy


def _unregistrable(case: Application, filing: Filing, today: date) -> Refusal | None:
    if not filing.body.strip():
        return Refusal("请写明复议机关或者法院的全称。")
    if filing.filed_on > today:
        return Refusal(f"提出的日期{chinese_date(filing.filed_on)}还没有到，请核对日期。")
    return unfileable(case, filing, calendar_of(case.agency))


def _tell_heads(remedy: Remedy, by: Account, at: datetime) -> None:
    heads = Account.objects.filter(
        memberships__agency=remedy.agency, memberships__role=Membership.Role.OFFICE_HEAD, is_active=True
    )
    for head in heads.exclude(pk=by.pk).distinct():
        notify(
            agency=remedy.agency,
            to=head,
            kind="remedy_filed",
            title=f"{remedy.case.number}：登记了{remedy.get_forum_display()}",
            text=f"{remedy.body}，{remedy.get_challenged_display()}。请尽快确定经办人，并登记收到副本的日期。",
            link=reverse("remedies:remedy", args=[remedy.pk]),
            key=f"remedy_filed:{remedy.pk}",
            by=by,
            at=at,
        )


@transaction.atomic
def record_notification(
    *,
    remedy: Remedy,
    on: date,
    procedure: str,
    by: Account,
    at: datetime,
    body_number: str = "",
    papers: Sequence[Paper] = (),
    revision: int | None = None,
) -> Remedy:
    """The papers reached the agency: its clocks begin."""
    remedy = opened(remedy, "notify", by, UnableToNotify, revision)
    if procedure not in Remedy.Procedure.values:
        raise UnableToNotify(Refusal("请选择普通程序还是简易程序；答复期限因此不同。"))
    if body_number.strip():
        remedy.body_number = body_number.strip()
        remedy.save(update_fields=["body_number"])
    append(remedy=remedy, kind=Kind.NOTIFIED, on=on, by=by, at=at, details={"procedure": procedure})
    add_papers(remedy, RemedyFile.Kind.PAPERS, papers, by, at)
    return remedy


@transaction.atomic
def record_acceptance(
    *, remedy: Remedy, on: date, by: Account, at: datetime, revision: int | None = None
) -> Remedy:
    """The organ accepted the reconsideration, or the court docketed the suit."""
    remedy = opened(remedy, "accept", by, UnableToNotify, revision)
    append(remedy=remedy, kind=Kind.ACCEPTED, on=on, by=by, at=at)
    return remedy


@transaction.atomic
def hand_to(
    *, remedy: Remedy, handler: Account, by: Account, at: datetime, revision: int | None = None
) -> Remedy:
    """Say who handles the remedy."""
    remedy = opened(remedy, "hand", by, UnableToHand, revision)
    if may_keep(remedy.case, handler):
        raise UnableToHand(Refusal(f"{handler}不能登记这件复议、诉讼，请选本机关的经办人或者法制审核人。"))
    remedy.handler = handler
    remedy.save(update_fields=["handler"])
    on = timezone.localdate(at)
    append(remedy=remedy, kind=Kind.HANDED, on=on, by=by, at=at, details={"person": str(handler)})
    return remedy
