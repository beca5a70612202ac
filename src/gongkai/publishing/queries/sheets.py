"""Review sheets as they are read: each step with its opinion, what is asked, who waits for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.agencies.models import Account, Membership
from gongkai.law.publishing.review import Answer, ReviewCheck, ReviewStep, review_checks, review_paths
from gongkai.publishing.models import Delegation, Edition, Item, Opinion, ReviewSheet
from gongkai.publishing.policies.release import hash_of
from gongkai.publishing.policies.review import next_step, waiting_for
from gongkai.publishing.queries.items import items_seen_by

State = ReviewSheet.State
ROLES: Mapping[str, str] = dict(Membership.Role.choices)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of an opinion, in words."""

    check: ReviewCheck
    answer: str
    ground: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of a sheet: done, current or still to come, and what was said."""

    step: ReviewStep
    state: str
    opinion: Opinion | None = None

    @property
    def said(self) -> list[Said]:
        return said_in(self.opinion) if self.opinion else []

    @property
    def role(self) -> str:
        return ROLES.get(self.opinion.role, "") if self.opinion else ""


def said_in(opinion: Opinion) -> list[Said]:
    """The answers of an opinion, in the order of the checks."""
    return [
        Said(check, Answer(opinion.answers[code]).label, opinion.grounds.get(code, ""))
        for code, check in review_checks().items()
        if code in opinion.answers
    ]


def find_sheet(account: Account, pk: int) -> ReviewSheet | None:
    """A sheet of an item that a person may see."""
    return _sheets().filter(pk=pk, item__in=items_seen_by(account)).first()


def _sheets() -> QuerySet[ReviewSheet]:
    return ReviewSheet.objects.select_related(
        "item__agency", "item__node", "item__section", "item__drafted_by", "edition", "submitted_by"
    ).prefetch_related("opinions__by", "opinions__for_account", "edition__files")


def sheets_of(item: Item) -> list[ReviewSheet]:
    """Every sheet of an item, the newest first."""
    return list(item.sheets.order_by("-pk").select_related("edition", "submitted_by"))


def returned_with(item: Item) -> Opinion | None:
    """Why it came back, until it is handed in again."""
    last = item.sheets.order_by("-pk").first()
    if last is None or last.state != State.RETURNED:
        return None
    returning = last.opinions.filter(verdict=Opinion.Verdict.RETURNED).select_related("by")
    return returning.order_by("-pk").first()


def is_reviewed(item: Item) -> bool:
    """Whether exactly what the working copy says passed its review, and no later one speaks against it."""
    last = item.editions.order_by("-number").first()
    if last is None or last.sha256 != hash_of(item):
        return False
    return last.sheets.filter(state=State.COMPLETE).exists()


def steps_of(sheet: ReviewSheet) -> list[StepLine]:
    """Every step of the sheet's path with the last opinion of it."""
    told = {opinion.step: opinion for opinion in sheet.opinions.all()}
    now = next_step(sheet)
    return [
        StepLine(step, _state(told.get(step.code), step is now or step == now), told.get(step.code))
        for step in review_paths()[sheet.path].reviews
    ]


def _state(opinion: Opinion | None, is_current: bool) -> str:
    if opinion is not None:
        return opinion.verdict
    return "current" if is_current else "ahead"


def doubts_of(sheet: ReviewSheet) -> list[ReviewCheck]:
    """What nobody in the office could say and nobody was asked about yet."""
    asked = {referral.check_code for referral in sheet.referrals.all()}
    unsure = {
        code
        for opinion in sheet.opinions.all()
        for code, answer in opinion.answers.items()
        if answer == Answer.UNSURE
    }
    return [check for code, check in review_checks().items() if code in unsure - asked]


def edition_before(sheet: ReviewSheet) -> Edition | None:
    """What the one who reviews knows already: the edition that is public, else the one handed in before."""
    item = sheet.item
    live = item.publications.filter(ended_at__isnull=True).select_related("edition").first()
    if live is not None and live.edition_id != sheet.edition_id:
        return live.edition
    earlier = item.editions.filter(number__lt=sheet.edition.number).order_by("-number")
    return earlier.filter(sheets__isnull=False).first()


def open_sheets(account: Account) -> list[ReviewSheet]:
    """The sheets under review that a person may see, the oldest first."""
    return list(
        _sheets().filter(state=State.OPEN, item__in=items_seen_by(account)).order_by("submitted_at", "pk")
    )


def waiting_sheets(account: Account, on: date) -> list[ReviewSheet]:
    """The sheets whose turn it is for a person."""
    return waiting_for(open_sheets(account), account, on)


def delegations_of(account: Account) -> QuerySet[Delegation]:
    """What a person gave or took, what runs first."""
    given = Delegation.objects.filter(giver=account) | Delegation.objects.filter(taker=account)
    return given.select_related("agency", "giver", "taker").order_by("-until_on", "-pk")
