"""One item as those see it who work on it: its files, what screening says, what changed, what it lacks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from gongkai.agencies.models import Account
from gongkai.casework.queries.calendars import calendar_of
from gongkai.documents.articles import Article, Difference, differences, to_plain
from gongkai.law.limits import Due
from gongkai.law.publishing.completeness import guide_gaps, required_parts, service_guide_gaps
from gongkai.law.publishing.gaps import Gap
from gongkai.law.publishing.metadata import metadata_gaps
from gongkai.law.publishing.responsibility import (
    Origin,
    Provenance,
    ResponsibleAgency,
    responsible_agency,
)
from gongkai.publishing.content import Content, words_hash
from gongkai.publishing.models import Attestation, Edition, Item, ItemFile, Planned, Publication, Scan
from gongkai.publishing.policies.findings import Found, finding_key, found_in, latest_scans, scan_of
from gongkai.publishing.policies.parts import Part
from gongkai.publishing.queries.items import items_seen_by
from gongkai.publishing.queries.lists import Line, line_of
from gongkai.publishing.reckoning import due_of

Kind = Item.Kind
WORDS = "标题和正文"
SHOWN = 8  # findings of a part on the page; the rest is folded
DETAILS: Mapping[str, str] = {
    part.code: part.label for subject in ("service_guide", "guide") for part in required_parts(subject)
}
_CHOSEN = ("title", "formed_on", "document_number", "public_until", "summary", "keywords")


def find_file(account: Account, pk: int) -> ItemFile | None:
    """A file of an item that a person may see; one that was removed stays with the editions that hold it."""
    seen = items_seen_by(account)
    return (
        ItemFile.objects.filter(pk=pk, item__in=seen).select_related("item__agency", "cleaned_from").first()
    )


def files_of(item: Item) -> QuerySet[ItemFile]:
    """The files of the working copy."""
    return item.files.filter(removed_at__isnull=True).select_related("cleaned_from")


def working_parts(item: Item) -> list[Part]:
    """Everything of the working copy that is screened."""
    files = [Part(file.sha256, file.name) for file in files_of(item)]
    return [Part(words_hash(item.draft), WORDS, is_words=True), *files]


@dataclass(frozen=True, slots=True)
class Checked:
    """A part with what its last scan under the rules in force says, if there is one."""

    part: Part
    scan: Scan | None
    found: tuple[Found, ...]
    vouched: tuple[Attestation, ...]
    file: ItemFile | None = None

    @property
    def shown(self) -> tuple[Found, ...]:
        """What stands first, then what a person should look at; the rest waits to be unfolded."""
        return tuple(sorted(self.found, key=lambda each: not each.stands))[:SHOWN]

    @property
    def folded(self) -> tuple[Found, ...]:
        return tuple(sorted(self.found, key=lambda each: not each.stands))[SHOWN:]

    @property
    def standing(self) -> int:
        return sum(each.stands for each in self.found)

    def _has(self, room: str) -> bool:
        return any(each.finding["kind"].startswith(f"{room}.") for each in self.found)

    @property
    def can_be_masked(self) -> bool:
        return self._has("personal")

    @property
    def can_be_cleaned(self) -> bool:
        return self._has("hidden")

    @property
    def needs_two(self) -> bool:
        """Nobody but two people can say what stands in it."""
        return self.scan is not None and not self.scan.scannable

    @property
    def is_clear(self) -> bool:
        return self.scan is not None and not self.standing and (not self.needs_two or len(self.vouched) > 1)

    def vouched_by(self, account: Account) -> bool:
        return any(each.by_id == account.pk for each in self.vouched)


def checked(item: Item, parts: Sequence[Part], rules: str, files: Iterable[ItemFile] = ()) -> list[Checked]:
    """What screening under these rules says of each part, beside its file where these are given."""
    by_hash = {file.sha256: file for file in files}
    scans = {key: scan for key, scan in latest_scans(item, parts).items() if scan.rules == rules}
    found = [each for each in found_in(item, parts) if each.part.part in scans]
    vouched = list(Attestation.objects.filter(item=item).select_related("by"))
    return [
        Checked(
            part,
            scans.get(part.part),
            tuple(each for each in found if each.part == part),
            tuple(each for each in vouched if each.part == part.part),
            by_hash.get(part.part),
        )
        for part in parts
    ]


def find_finding(item: Item, parts: list[Part], part: str, key: str) -> Found | None:
    """A finding by the hash of its part and its own key."""
    found = (each for each in found_in(item, parts) if each.part.part == part and each.key == key)
    return next(found, None)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What the copy of a file no longer holds, and what it still does."""

    gone: tuple[Mapping[str, str], ...]
    left: int


def cleaned(file: ItemFile) -> Cleaned | None:
    """What making this copy, and the copies before it, took away; ``None`` for a file that is no copy, or
    not screened both times."""
    first = file
    while first.cleaned_from is not None:
        first = first.cleaned_from
    if first == file:
        return None
    before, after = scan_of(first), scan_of(file)
    if before is None or after is None:
        return None
    left = {finding_key(finding) for finding in after.findings}
    gone = tuple(finding for finding in before.findings if finding_key(finding) not in left)
    return Cleaned(gone, len(after.findings))


@dataclass(frozen=True, slots=True)
class Changed:
    """What is not as it was in another edition: data (label, before, after), text, files."""

    data: tuple[tuple[str, str, str], ...]
    text: tuple[Difference, ...]
    files: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        return bool(self.data or self.text or self.files)


_LABELS = {
    "title": "名称", "document_number": "文号", "issuer": "发布机构", "formed_on": "生成日期",
    "effective_on": "实施日期", "ends_on": "公示截止", "summary": "内容概述", "keywords": "关键词",
}  # fmt: skip


def changed(before: Content, after: Content, files: "Files", now: "Files") -> Changed:
    """The difference between two contents and their files."""
    return Changed(
        tuple(_changed_data(before, after)),
        differences(before.article, after.article),
        tuple(_changed_files(files, now)),
    )


Files = list[tuple[str, str]]  # name and SHA-256


def _changed_data(before: Content, after: Content) -> Iterator[tuple[str, str, str]]:
    for name, label in _LABELS.items():
        old, new = _shown(getattr(before, name)), _shown(getattr(after, name))
        if old != new:
            yield label, old, new
    for code in dict.fromkeys((*before.details, *after.details)):
        old, new = before.details.get(code, ""), after.details.get(code, "")
        if old != new:
            yield DETAILS.get(code, code), old, new


def _shown(value: object) -> str:
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "、".join(value) if isinstance(value, tuple) else str(value or "")


def _changed_files(before: Files, after: Files) -> Iterator[tuple[str, str]]:
    old, new = dict(before), dict(after)
    for name in old.keys() - new.keys():
        yield "去掉", name
    for name in new.keys() - old.keys():
        yield ("改名（内容没有变）" if new[name] in old.values() else "增加"), name
    for name in old.keys() & new.keys():
        if old[name] != new[name]:
            yield "内容换过", name


def files_of_edition(edition: Edition) -> Files:
    return [(line.name, line.sha256) for line in edition.files.all()]


def working_files(item: Item) -> Files:
    return [(file.name, file.sha256) for file in files_of(item)]


def changed_since(item: Item, edition: Edition) -> Changed:
    """What the working copy says that an edition did not."""
    return changed(edition.said, item.draft, files_of_edition(edition), working_files(item))


def changed_between(before: Edition, after: Edition) -> Changed:
    """What one edition says that another did not."""
    return changed(before.said, after.said, files_of_edition(before), files_of_edition(after))


def block_text(article: Article) -> str:
    """A block in words, for a list of what changed."""
    return to_plain(article)


def advice(item: Item, said: Content) -> list[Gap]:
    """What would make an item better; nothing of it keeps it in."""
    values = {
        "title": said.title, "formed_on": "有", "document_number": said.document_number,
        "public_until": "有" if said.ends_on else "", "summary": said.summary,
        "keywords": "".join(said.keywords),
    }  # fmt: skip
    holds = {"official_document"} if item.kind in {Kind.DOCUMENT, Kind.NORMATIVE_DOCUMENT} else set()
    holds |= {"limited"} if item.kind == Kind.PUBLIC_NOTICE else set()
    found = [gap for gap in metadata_gaps(values, holds) if gap.code in _CHOSEN]
    if item.kind == Kind.SERVICE_GUIDE:
        found += service_guide_gaps(said.details)
    if item.kind == Kind.DISCLOSURE_GUIDE:
        found += guide_gaps(said.details)
    return found


def responsible(item: Item) -> ResponsibleAgency:
    """Which agency discloses it (第十条)."""
    return responsible_agency(Provenance(Origin(item.origin), item.agency.name, item.lead_agency))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an item stands on a day."""

    line: Line
    due: Due | None
    live: Publication | None
    planned: Planned | None
    last: Publication | None
    missed: Planned | None = None


def standing_of(item: Item, on: date) -> Standing:
    last = item.publications.order_by("-pk").select_related("edition", "ended_by").first()
    plans = list(item.planned.order_by("-pk").select_related("by")[:1])
    plan = plans[0] if plans else None
    line = line_of(item, on, calendar_of(item.agency))
    return Standing(
        line,
        due_of(item.agency, item.node, item.changed_on) if line.left is not None else None,
        last if last and last.ended_at is None else None,
        plan if plan and plan.done_at is None else None,
        last,
        plan if plan and _was_missed(plan, last) else None,
    )


def _was_missed(plan: Planned, last: Publication | None) -> bool:
    """The moment came and nothing went out, then or since."""
    if plan.done_at is None or not plan.outcome.startswith(("没有发布", "定时以后")):
        return False
    return last is None or last.published_at < plan.done_at
