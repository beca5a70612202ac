"""An office that publishes: its people, a catalog, and items at every stage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from gongkai.agencies.actions import add_section, open_account
from gongkai.agencies.models import Account, Agency, Membership, Section
from gongkai.documents.articles import Article, Paragraph
from gongkai.law.publishing.review import review_paths
from gongkai.publishing.actions.drafting import add_item_file, draft_item
from gongkai.publishing.actions.releasing import publish_item
from gongkai.publishing.actions.reviewing import agree, submit_item
from gongkai.publishing.actions.scanning import screen_item
from gongkai.publishing.content import Content
from gongkai.publishing.models import CatalogNode, Item, ItemFile, Publication, PublishingProfile, ReviewSheet
from gongkai.publishing.policies.review import next_step
from gongkai.publishing.screened import readable_text
from tests.agencies.cast import MORNING, PASSWORD

Role = Membership.Role
TODAY = date(2026, 3, 2)


def moment(on: date = TODAY, hour: int = 2) -> datetime:
    """A working hour of a day in China."""
    return datetime.combine(on, time(hour), tzinfo=UTC)


@dataclass(frozen=True)
class Publisher:
    """An agency and everybody a publication passes."""

    agency: Agency
    section: Section
    node: CatalogNode
    clerk: Account
    chief: Account
    officer: Account
    head: Account
    secrecy: Account
    leader: Account
    stranger: Account

    def reviewer(self, step: str) -> Account:
        """Who takes a step of a review."""
        return {
            "section_head": self.chief,
            "disclosure_office": self.head,
            "secrecy": self.secrecy,
            "authority": self.secrecy,
            "leader_in_charge": self.leader,
        }[step]


def publisher(cast) -> Publisher:
    """The small office of ``tests.agencies.cast``, staffed for publishing."""
    agency = cast.agency
    section = add_section(agency=agency, name="基础教育科", by=None, at=MORNING)

    def person(username: str, role: Membership.Role, place: Section | None = None) -> Account:
        return open_account(
            agency=agency, username=username, full_name=f"示例{username}", password=PASSWORD, roles=[role],
            by=None, at=MORNING, section=place,
        )  # fmt: skip

    PublishingProfile.objects.create(
        agency=agency, organization_code="000000000000000000", own_phones=["0000-1234567"]
    )
    node = CatalogNode.objects.create(
        agency=agency, code="20-11", title="教育政策、措施及其实施情况", source="20-11", section=section
    )
    return Publisher(
        agency=agency,
        section=section,
        node=node,
        clerk=person("writer", Role.OFFICER, section),
        chief=person("section_chief", Role.SECTION_HEAD, section),
        officer=cast.officer,
        head=cast.head,
        secrecy=person("secrecy", Role.SECRECY_REVIEWER),
        leader=cast.leader,
        stranger=cast.stranger,
    )


def content(title: str = "关于做好示例工作的通知", text: str = "请各学校认真落实。", **data) -> Content:
    """A short publication."""
    return Content(
        title=title,
        formed_on=data.pop("formed_on", TODAY - timedelta(days=3)),
        article=data.pop("article", Article((Paragraph(text),))),
        **data,
    )


def an_item(office: Publisher, said: Content | None = None, by: Account | None = None, **placed) -> Item:
    """A draft of the section."""
    return draft_item(
        agency=office.agency,
        node=placed.pop("node", office.node),
        section=placed.pop("section", office.section),
        content=said or content(),
        by=by or office.clerk,
        at=placed.pop("at", moment()),
        **placed,
    )


def with_file(office: Publisher, item: Item, name: str, data: bytes, by: Account | None = None) -> ItemFile:
    """A file of an item."""
    return add_item_file(
        item=item,
        name=name,
        data=data,
        media_type="application/octet-stream",
        text=readable_text(name, data),
        by=by or office.clerk,
        at=moment(),
    )


def take_step(office: Publisher, sheet: ReviewSheet, at: datetime | None = None, **changes) -> ReviewSheet:
    """The next reviewer agrees, having looked at everything."""
    sheet = ReviewSheet.objects.get(pk=sheet.pk)
    step = next_step(sheet)
    assert step is not None
    given: Mapping[str, object] = {
        "seen": sheet.edition.sha256,
        "answers": dict.fromkeys(step.checks, "clear"),
        "files": [line.sha256 for line in sheet.edition.files.all()],
        "by": Account.objects.get(pk=office.reviewer(step.code).pk),
    } | changes
    return agree(sheet=sheet, at=at or moment(), **given)


def submitted(office: Publisher, item: Item, at: datetime | None = None) -> ReviewSheet:
    """An item in review."""
    screen_item(item=item, by=office.clerk, at=at or moment())
    return submit_item(item=item, by=office.clerk, at=at or moment())


def reviewed(office: Publisher, item: Item, at: datetime | None = None) -> ReviewSheet:
    """An item whose review is complete."""
    sheet = submitted(office, item, at)
    for _ in review_paths()[sheet.path].reviews:
        sheet = take_step(office, sheet, at)
    return sheet


def published(
    office: Publisher,
    item: Item | None = None,
    channels: Sequence[str] = ("website",),
    at: datetime | None = None,
) -> Publication:
    """An item that is public."""
    item = item or an_item(office)
    reviewed(office, item, at)
    item.refresh_from_db()
    return publish_item(item=item, channels=channels, by=office.officer, at=at or moment())
