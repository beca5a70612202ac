"""The registers behind table 2: matters, decisions, amounts; and taking back what no longer holds."""

from datetime import date, datetime

from django.db import transaction

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.publishing.actions.releasing import withdraw_item
from gongkai.publishing.entered import EnteredDecision, EnteredMatter
from gongkai.publishing.models import Item, Matter, Publication, RegisterEntry, RegisterKind
from gongkai.publishing.policies.registers import LISTED, amount_refusal, may_keep


class UnableToRegister(ActionRefused):
    """The register cannot say this."""


@transaction.atomic
def enter_matter(*, agency: Agency, entered: EnteredMatter, by: Account, at: datetime) -> Matter:
    """Put a matter on the list of a register."""
    _check(may_keep(agency, by) or _against_matter(agency, entered))
    matter = Matter(agency=agency, by=by, at=at)
    _write(matter, entered)
    _say(matter, by, at, "entered_matter")
    return matter


@transaction.atomic
def edit_matter(*, matter: Matter, entered: EnteredMatter, by: Account, at: datetime) -> Matter:
    """Correct a matter, or say from when on it is off the list."""
    _check(may_keep(matter.agency, by) or _struck(matter) or _against_matter(matter.agency, entered))
    _write(matter, entered)
    _say(matter, by, at, "edited_matter")
    return matter


@transaction.atomic
def strike_matter(*, matter: Matter, reason: str, by: Account, at: datetime) -> Matter:
    """A matter that was never on the list; one that ended has a last day instead."""
    _check(may_keep(matter.agency, by) or _struck(matter) or _reason_refusal(reason))
    matter.struck_reason = reason.strip()
    matter.save(update_fields=["struck_reason"])
    _say(matter, by, at, "struck_matter", reason.strip())
    return matter


@transaction.atomic
def enter_decision(*, agency: Agency, entered: EnteredDecision, by: Account, at: datetime) -> RegisterEntry:
    """Put a record into a register."""
    _check(may_keep(agency, by) or _against_decision(agency, entered))
    entry = RegisterEntry(agency=agency, by=by, at=at)
    _write(entry, entered)
    _say(entry, by, at, "entered_decision")
    return entry


@transaction.atomic
def strike_decision(*, entry: RegisterEntry, reason: str, by: Account, at: datetime) -> RegisterEntry:
    """What was entered wrongly does not count any more; it stays readable."""
    _check(may_keep(entry.agency, by) or _struck(entry) or _reason_refusal(reason))
    entry.struck_reason = reason.strip()
    entry.save(update_fields=["struck_reason"])
    _say(entry, by, at, "struck_decision", reason.strip())
    return entry


@transaction.atomic
def link_decision(*, entry: RegisterEntry, item: Item | None, by: Account, at: datetime) -> RegisterEntry:
    """Say which published information shows a record."""
    _check(may_keep(entry.agency, by) or _struck(entry) or _against_item(entry.agency, item))
    entry.item = item
    entry.save(update_fields=["item"])
    _say(entry, by, at, "linked_decision", item.index_number if item else "")
    return entry


@transaction.atomic
def revoke_decision(
    *, entry: RegisterEntry, on: date, reason: str, by: Account, at: datetime
) -> RegisterEntry:
    """A decision was changed, revoked, or found unlawful or void. What is public of it must go within three
    working days (《行政处罚法》第四十八条第二款)."""
    refusal = Refusal("日期早于决定日期，请核对。") if on < entry.decided_on else None
    _check(may_keep(entry.agency, by) or _struck(entry) or refusal or _reason_refusal(reason))
    entry.revoked_on, entry.revoked_reason = on, reason.strip()
    entry.save(update_fields=["revoked_on", "revoked_reason"])
    _say(entry, by, at, "revoked_decision", reason.strip())
    return entry


@transaction.atomic
def take_back_decision(*, entry: RegisterEntry, public_note: str, by: Account, at: datetime) -> Publication:
    """Withdraw what is public of a decision that no longer holds, and tell the public why."""
    refusal = None
    if entry.item is None or entry.revoked_on is None:
        refusal = Refusal("这条记录没有关联公开信息，或者还没有登记变更、撤销，不需要撤回。")
    elif not public_note.strip():
        refusal = Refusal("请写明对公众的说明。", "《行政处罚法》第四十八条第二款")
    _check(refusal)
    assert entry.item is not None
    reason = f"决定已变更或者撤销：{entry.revoked_reason}"[:300]
    publication = withdraw_item(item=entry.item, reason=reason, public_note=public_note.strip(), by=by, at=at)
    _say(entry, by, at, "took_back_decision", public_note.strip())
    return publication


def _write(target: Matter | RegisterEntry, entered: EnteredMatter | EnteredDecision) -> None:
    for name in entered.__slots__:
        setattr(target, name, getattr(entered, name))
    target.save()


def _against_matter(agency: Agency, entered: EnteredMatter) -> Refusal | None:
    if entered.kind not in LISTED:
        return Refusal("这本台账没有事项清单。")
    if not entered.title.strip():
        return Refusal("请填写事项名称。")
    if entered.until_on is not None and entered.until_on < entered.from_on:
        return Refusal("取消日期不能早于开始日期。")
    return _against_item(agency, entered.item)


def _against_decision(agency: Agency, entered: EnteredDecision) -> Refusal | None:
    if entered.kind not in RegisterKind.values:
        return Refusal("没有这本台账。")
    if not entered.title.strip():
        return Refusal("请填写名称。")
    if entered.matter is not None and (
        entered.matter.agency_id != agency.pk or entered.matter.kind != entered.kind
    ):
        return Refusal("所选的事项不是这本台账的，请另选。")
    return (
        amount_refusal(entered.kind, entered.amount)
        or _against_item(agency, entered.item)
        or _taken(agency, entered)
    )


def _taken(agency: Agency, entered: EnteredDecision) -> Refusal | None:
    same = RegisterEntry.objects.filter(
        agency=agency, kind=entered.kind, number=entered.number, struck_reason=""
    )
    if entered.number and same.exists():
        return Refusal("台账里已有这个编号，请查对。")
    return None


def _against_item(agency: Agency, item: Item | None) -> Refusal | None:
    if item is not None and item.agency_id != agency.pk:
        return Refusal("所选的公开信息不是本机关的，请另选。")
    return None


def _struck(target: Matter | RegisterEntry) -> Refusal | None:
    return Refusal("这条记录已经注销，不能再改。") if target.struck_reason else None


def _reason_refusal(reason: str) -> Refusal | None:
    return None if reason.strip() else Refusal("请写明理由。")


def _check(refusal: Refusal | None) -> None:
    if refusal:
        raise UnableToRegister(refusal)


def _say(
    target: Matter | RegisterEntry, by: Account | None, at: datetime, act: str, reason: str = ""
) -> None:
    """Titles of single decisions may name people; the trail has only the register and a number of ours."""
    details = {"code": target.get_kind_display()} | ({"reason": reason} if reason else {})
    record(by=by, at=at, act=act, subject=target.subject, agency=target.agency, details=details)
