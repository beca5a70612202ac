"""Items in every state, with a canary wherever something stands that the public must not read.

Every canary holds ``MARK``; nothing public does. ``World.hide`` makes the next one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle

from gongkai.publishing.actions import copying, drafting, referring, releasing, reviewing, scanning
from gongkai.publishing.actions.delegating import delegate
from gongkai.publishing.actions.scanning import screen_item
from gongkai.publishing.content import Content
from gongkai.publishing.intake import fit
from gongkai.publishing.models import (
    Item,
    Matter,
    Milestone,
    NewsletterIssue,
    NodeVersion,
    NormativeDocument,
    PlanEntry,
    Posting,
    PostingProof,
    Publication,
    Reassessment,
    RegisterEntry,
    RegisterFile,
    ReviewSheet,
    TransferBatch,
    ValidityEvent,
    WechatArticle,
)
from gongkai.publishing.policies.findings import found_in
from gongkai.publishing.queries.working import working_parts
from gongkai.search.actions import subscribe
from gongkai.search.words import Filters
from tests.publishing.office import TODAY, Publisher, an_item, content, moment, submitted, take_step
from tests.trust.hidden_files import HIDING

MARK = "金丝雀"
NUMBER = "110101199003077758"
AT = moment()


@dataclass
class World:
    """The office and everything it has, by the state it is in."""

    office: Publisher
    items: dict[str, list[int]] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)

    def hide(self, where: str) -> str:
        self.hidden.append(f"{MARK}{len(self.hidden) + 10_000}{where}")
        return self.hidden[-1]

    def secret(self, **data) -> Content:
        """Words of which none may get out."""
        return content(
            self.hide("标题"), self.hide("正文"), summary=self.hide("概述"), keywords=(self.hide("关键词"),),
            document_number=self.hide("文号"), issuer=self.hide("发文机关"), **data,
        )  # fmt: skip

    def plain(self, number: int, **data) -> Content:
        return content(f"公开的示例事项第{number}件", f"第{number}件的正文，人人可读。", **data)

    def file(self, item: Item, name: str, data: bytes):
        incoming = fit(name, data)
        return drafting.add_item_file(
            item=item, name=incoming.name, data=data, media_type=incoming.media_type, text=incoming.text,
            by=self.office.clerk, at=AT,
        )  # fmt: skip

    def secret_file(self, item: Item):
        return self.file(item, f"{self.hide('附件名')}.txt", self.hide("附件内容").encode())

    def waive_all(self, item: Item) -> None:
        """Whatever still stands is answered for, and looked at by two people."""
        screen_item(item=item, by=self.office.clerk, at=AT)
        for part in working_parts(item):
            for found in found_in(item, [part]):
                if found.stands:
                    scanning.waive(
                        item=item, found=found, reason=self.hide("保留的理由"), by=self.office.secrecy, at=AT
                    )
            for by in (self.office.secrecy, self.office.head):
                scanning.attest(item=item, part=part.part, by=by, at=AT)

    def review(self, item: Item) -> ReviewSheet:
        """Every step says something of its own."""
        item.refresh_from_db()
        sheet = submitted(self.office, item)
        while sheet.state == "open":
            sheet = take_step(self.office, sheet, opinion=self.hide("审查意见"))
        item.refresh_from_db()
        return sheet

    def publish(self, item: Item, *channels: str, place: str = "") -> Publication:
        self.review(item)
        return releasing.publish_item(
            item=item, channels=channels or ("website",), by=self.office.officer, at=AT, place=place
        )


def _draft(world: World, _: int) -> Item:
    item = an_item(world.office, world.secret())
    world.secret_file(item)
    removed = world.secret_file(item)
    drafting.remove_item_file(file=removed, by=world.office.clerk, at=AT)
    return item


def _in_review(world: World, _: int) -> Item:
    item = _draft(world, 0)
    take_step(world.office, submitted(world.office, item), opinion=world.hide("审查意见"))
    return item


def _returned(world: World, _: int) -> Item:
    item = _draft(world, 0)
    sheet = submitted(world.office, item)
    reviewing.return_item(
        sheet=sheet, seen=sheet.edition.sha256, opinion=world.hide("退回的理由"), by=world.office.chief, at=AT
    )
    return item


def _referred(world: World, _: int) -> Item:
    item = _draft(world, 0)
    sheet = submitted(world.office, item)
    checks = ("trade_secret", "personal_information", "superior_document")
    sheet = take_step(
        world.office, sheet, answers=dict.fromkeys(checks, "clear") | {"trade_secret": "permitted"},
        grounds={"trade_secret": world.hide("可以公开的依据")},
    )  # fmt: skip
    sheet = take_step(world.office, sheet)
    checks = ("state_secret", "work_secret", "superior_document")
    sheet = take_step(world.office, sheet, answers=dict.fromkeys(checks, "clear") | {"work_secret": "unsure"})
    made = referring.refer(
        sheet=sheet, check="work_secret", authority=world.hide("报请的机关"), question=world.hide("问题"),
        sent_on=TODAY, by=world.office.secrecy, at=AT,
    )  # fmt: skip
    referring.enter_answer(
        made=made,
        answer="publish",
        note=world.hide("答复"),
        answered_on=TODAY,
        by=world.office.secrecy,
        at=AT,
    )
    return item


def _ready(world: World, _: int) -> Item:
    item = an_item(world.office, world.secret(details={"basis": f"{world.hide('依据')}{NUMBER}"}))
    world.waive_all(item)
    world.review(item)
    return item


def _planned(world: World, _: int) -> Item:
    item = an_item(world.office, world.secret())
    world.review(item)
    releasing.plan_publication(
        item=item,
        channels=["website"],
        due_at=AT + timedelta(days=1),
        by=world.office.officer,
        at=AT,
        place=world.hide("计划张贴的位置"),
    )
    return item


def _public(world: World, number: int) -> Item:
    """Public, and worked on again since."""
    item = an_item(world.office, world.plain(number))
    kept = world.file(item, f"清单{number}.txt", f"第{number}件的清单，人人可读。".encode())
    gone = world.secret_file(item)
    drafting.remove_item_file(file=gone, by=world.office.clerk, at=AT)
    world.publish(item)
    item.refresh_from_db()
    drafting.edit_item(item=item, content=world.secret(), by=world.office.clerk, at=AT)
    drafting.rename_item_file(file=kept, name=f"{world.hide('新附件名')}.txt", by=world.office.clerk, at=AT)
    world.secret_file(item)
    return item


def _cleaned(world: World, number: int) -> Item:
    """Public with files whose hidden corners were cleaned."""
    item = an_item(world.office, world.plain(number))
    for name, made in HIDING.items():
        file = world.file(item, f"第{number}件{name}", made(world.hide))
        copying.clean_file(file=file, by=world.office.clerk, at=AT)
    listed = world.file(item, "名单.csv", f"姓名,身份证号\n甄示范,{NUMBER}\n".encode())
    copying.mask_file(file=listed, by=world.office.clerk, at=AT)
    world.waive_all(item)
    world.publish(item)
    return item


def _superseded(world: World, number: int) -> Item:
    """The first edition said too much."""
    item = an_item(world.office, world.secret())
    world.secret_file(item)
    world.publish(item)
    item.refresh_from_db()
    for file in item.files.filter(removed_at=None):
        drafting.remove_item_file(file=file, by=world.office.clerk, at=AT)
    drafting.edit_item(item=item, content=world.plain(number), by=world.office.clerk, at=AT)
    world.publish(item)
    return item


def _withdrawn(world: World, number: int) -> Item:
    item = an_item(world.office, world.secret())
    world.secret_file(item)
    world.publish(item)
    note = "内容有误，已经撤下。" if number % 2 else ""
    releasing.withdraw_item(
        item=item, reason=world.hide("撤下的理由"), public_note=note, by=world.office.clerk, at=AT
    )
    return item


def _expired(world: World, _: int) -> Item:
    item = an_item(world.office, world.secret(ends_on=TODAY + timedelta(days=5)))
    world.secret_file(item)
    publication = world.publish(item)
    releasing.expire_item(publication=publication, by=None, at=AT + timedelta(days=6))
    return item


def _kept(world: World, number: int) -> Item:
    item = _draft(world, 0)
    kind = ("withheld", "on_application", "internal")[number % 3]
    drafting.classify_item(
        item=item, disclosure_class=kind, ground=world.hide("依据") if kind == "withheld" else "",
        reason=world.hide("不公开的理由"), by=world.office.clerk, at=AT,
    )  # fmt: skip
    Reassessment.objects.create(
        item=item, on=TODAY, outcome="keep", reason=world.hide("评估的理由"), by=world.office.head, at=AT
    )
    return item


def _dropped(world: World, _: int) -> Item:
    item = _draft(world, 0)
    drafting.drop_item(item=item, reason=world.hide("作废的理由"), by=world.office.clerk, at=AT)
    return item


def _elsewhere(world: World, _: int) -> Item:
    """Posted, but not on the website."""
    item = an_item(
        world.office, world.secret(), lead_agency=world.hide("牵头机关"),
        concerned_agencies=world.hide("涉及的机关"),
    )  # fmt: skip
    drafting.edit_item(
        item=item, content=item.draft, placed={"agencies_agreed_on": TODAY}, by=world.office.clerk, at=AT
    )
    world.secret_file(item)
    world.publish(item, "internal", place=world.hide("张贴的位置"))
    posting = Posting.objects.filter(item=item).latest("pk")
    Posting.objects.filter(pk=posting.pk).update(note=world.hide("公开记录的说明"))
    data = world.hide("凭证的内容").encode()
    PostingProof.objects.create(
        posting=posting, name=f"{world.hide('凭证名')}.jpg", media_type="image/jpeg", size=len(data),
        sha256="0" * 64, data=data, by=world.office.officer, at=AT,
    )  # fmt: skip
    return item


STATES: dict[str, Callable[[World, int], Item]] = {
    "draft": _draft,
    "in_review": _in_review,
    "returned": _returned,
    "referred": _referred,
    "ready": _ready,
    "planned": _planned,
    "public": _public,
    "cleaned": _cleaned,
    "superseded": _superseded,
    "withdrawn": _withdrawn,
    "expired": _expired,
    "kept": _kept,
    "dropped": _dropped,
    "elsewhere": _elsewhere,
}
SHOWN = ("public", "cleaned", "superseded")


def furnished(office: Publisher, count: int) -> World:
    """So many items, every state in turn, and what lies beside them."""
    world = World(office)
    for number, name in zip(range(count), cycle(STATES), strict=False):
        world.items.setdefault(name, []).append(STATES[name](world, number).pk)
    beside(world)
    return world


def beside(world: World) -> None:
    """What lies beside items: delegations, plans, transfers, subscriptions, registers."""
    office = world.office
    delegate(
        agency=office.agency, role="office_head", taker=office.officer, from_on=TODAY, until_on=TODAY,
        reason=world.hide("委托的理由"), by=office.head, at=AT,
    )  # fmt: skip
    PlanEntry.objects.create(
        agency=office.agency, year=2026, node=office.node, section=office.section,
        title=world.hide("计划"), due_on=TODAY,
        dropped_reason=world.hide("不再公开的理由"), by=office.officer, at=AT,
    )  # fmt: skip
    _registers(world)
    NodeVersion.objects.create(
        node=office.node, number=99, content={}, reason=world.hide("目录变更的理由"), by=office.officer, at=AT
    )
    TransferBatch.objects.create(
        agency=office.agency, receiver=world.hide("接收单位"), sent_on=TODAY, received_on=TODAY,
        received_by=world.hide("签收人"), receipt=world.hide("回执"), by=office.officer, at=AT,
    )  # fmt: skip
    subscribe(
        email=f"{len(world.hidden)}-canary@example.invalid", text=world.hide("订阅的词"), filters=Filters(),
        agency=office.agency, at=AT,
    )  # fmt: skip


def _registers(world: World) -> None:
    """What lies in the registers of the office and at the channels, none of it for the website."""
    hide, given = world.hide, {"agency": world.office.agency, "by": world.office.officer, "at": AT}
    Milestone.objects.create(node=world.office.node, title=hide("阶段"), on=TODAY)
    NewsletterIssue.objects.create(
        name=hide("简报"), year=2026, number=1, total_number=1, issued_on=TODAY, reported_to=hide("报"),
        sent_to=hide("送"), distributed_to=hide("发"), **given,
    )  # fmt: skip
    NormativeDocument.objects.create(
        title=hide("文件名称"),
        document_number=hide("文号"),
        issued_on=TODAY,
        struck_reason=hide("注销"),
        **given,
    )
    kept = NormativeDocument.objects.create(title=hide("文件名称"), issued_on=TODAY, **given)
    ValidityEvent.objects.create(
        document=kept,
        kind="repealed",
        on=TODAY,
        by_document=hide("依据的文件"),
        by=world.office.officer,
        at=AT,
    )
    Matter.objects.create(
        kind="permit",
        title=hide("事项"),
        basis=hide("依据"),
        from_on=TODAY,
        struck_reason=hide("注销"),
        **given,
    )
    RegisterEntry.objects.create(
        kind="penalty", number=hide("文书号"), title=hide("名称"), party=hide("相对人"), decided_on=TODAY,
        source=hide("来源"), revoked_reason=hide("撤销"), struck_reason=hide("注销"), **given,
    )  # fmt: skip
    RegisterFile.objects.create(
        register="decisions", kind="penalty", name=f"{hide('台账名')}.xlsx", sha256="0" * 64,
        content=hide("台账").encode(),
        **given,
    )  # fmt: skip
    live = Publication.objects.on_website().first()
    if live is not None:
        WechatArticle.objects.create(
            publication=live, title=hide("文章"), digest=hide("摘要"), state="draft", media_id=hide("素材"),
            publish_id=hide("任务"), article_id=hide("文章号"), address=hide("网址"), message=hide("说明"),
            by=world.office.officer, at=AT,
        )  # fmt: skip
