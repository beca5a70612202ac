"""What screening found in the parts of an edition, and what of it still stands."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal, Role, holds
from gongkai.publishing.models import Attestation, Item, ItemFile, Scan, Waiver
from gongkai.publishing.policies.lists import found_across
from gongkai.publishing.policies.parts import Part
from gongkai.publishing.policies.people import sees


@dataclass(frozen=True, slots=True)
class Found:
    """A finding of a part, with the word of who let it stand."""

    part: Part
    key: str
    finding: Mapping[str, Any]
    waiver: Waiver | None

    @property
    def stands(self) -> bool:
        """Whether it keeps the item in."""
        return self.finding["severity"] == "block" and self.waiver is None


def finding_key(finding: Mapping[str, Any]) -> str:
    """What a waiver names: kind, place and masked excerpt, as a SHA-256 (hex)."""
    text = "\x1f".join((finding["kind"], finding["where"], finding["excerpt"]))
    return hashlib.sha256(text.encode()).hexdigest()


def _scans(item: Item, parts: Sequence[Part]) -> dict[Part, Scan]:
    kept = Scan.objects.filter(item=item, part__in=[part.scanned_as for part in parts]).order_by("pk")
    scans = {scan.part: scan for scan in kept}
    return {part: scans[part.scanned_as] for part in parts if part.scanned_as in scans}


def latest_scans(item: Item, parts: Sequence[Part]) -> dict[str, Scan]:
    """The last scan of each part, by its hash."""
    return {part.part: scan for part, scan in _scans(item, parts).items()}


def scan_of(file: ItemFile) -> Scan | None:
    """The last scan of a file under its name."""
    return _scans(file.item, [part := Part(file.sha256, file.name)]).get(part)


def found_in(item: Item, parts: Sequence[Part]) -> list[Found]:
    """Everything the last scans say of the parts, in their order, and what other lists make of theirs."""
    scans = _scans(item, parts)
    beside = found_across(item, scans)
    waivers = {(waiver.part, waiver.finding): waiver for waiver in item.waivers.all()}
    return [
        Found(part, key := finding_key(finding), finding, waivers.get((part.part, key)))
        for part in parts
        if part in scans
        for finding in [*scans[part].findings, *beside.get(part, ())]
    ]


def unscreened(item: Item, parts: Sequence[Part], rules: str) -> list[Refusal]:
    """What of the parts was not screened under these rules."""
    scans = _scans(item, parts)
    return [
        Refusal(f"“{part.name}”还没有按现行规则筛查，请先筛查。")
        for part in parts
        if part not in scans or scans[part].rules != rules
    ]


def standing(item: Item, parts: Sequence[Part], rules: str) -> list[Refusal]:
    """What screening holds against the parts under these rules; empty when nothing does."""
    scans = _scans(item, parts)
    vouched: dict[str, set[int]] = {}
    for attestation in Attestation.objects.filter(item=item):
        vouched.setdefault(attestation.part, set()).add(attestation.by_id)
    refusals = unscreened(item, parts, rules)
    for part in parts:
        scan = scans.get(part)
        if scan and scan.rules == rules and not scan.scannable and len(vouched.get(part.part, ())) < 2:
            refusals.append(
                Refusal(
                    f"“{part.name}”只有图像，机器读不出文字，要由两个人分别看过并签名。", "《条例》第十七条"
                )
            )
    count = sum(found.stands for found in found_in(item, parts))
    if count:
        refusals.append(
            Refusal(
                f"筛查发现{count}处不得发布的内容，还没有处理；请遮盖、清理，或者逐处写明可以公开的理由。",
                "《条例》第十四条至第十七条",
            )
        )
    return refusals


def may_waive(item: Item, by: Account) -> Refusal | None:
    """Who may say that a finding is a false alarm: not those who wrote the text."""
    if not sees(item, by):
        return Refusal("这条信息不是您所在科室的，您不能办理。")
    if not holds(item.agency, by, Role.OFFICE_HEAD, Role.SECRECY_REVIEWER, Role.SECTION_HEAD):
        return Refusal("保留筛查发现的内容，由科室负责人、公开工作机构负责人或者保密审查人决定。")
    if by.pk in authors_now(item):
        return Refusal("您参与了起草，不能自己决定保留；请由另一位审查人决定。", "《条例》第十七条")
    return None


def authors_now(item: Item) -> set[int]:
    """Everybody who had a hand in the working copy or in its last edition."""
    hands = set(item.hands.values_list("account_id", flat=True))
    last = item.editions.order_by("-number").first()
    return hands | (set(last.authors.values_list("account_id", flat=True)) if last else set())
