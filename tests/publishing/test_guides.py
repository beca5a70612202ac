"""Guides, institutions, links, what is withheld, transfers: what 第十二条、第十八条、第二十五条 ask for."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from gongkai.audit.models import Entry
from gongkai.law.publishing.completeness import required_parts
from gongkai.publishing.actions.drafting import UnableToDraft, classify_item
from gongkai.publishing.actions.guides import UnableToMarkInstitution, mark_institution
from gongkai.publishing.actions.linking import UnableToLink, link_items, unlink_items
from gongkai.publishing.actions.reassessing import UnableToReassess, reassess_item
from gongkai.publishing.actions.releasing import withdraw_item
from gongkai.publishing.actions.transfers import UnableToTransfer, enter_receipt, send_transfer
from gongkai.publishing.models import Item, ItemLink, Publication, PublicChange, Reassessment, TransferBatch
from gongkai.publishing.queries.guides import guessed_code, guides_of
from gongkai.publishing.queries.linking import linked_to
from gongkai.publishing.queries.stale import inspection_of
from gongkai.publishing.queries.transfers import batches_of, not_transferred
from gongkai.publishing.queries.withheld import withheld_of
from tests.publishing.office import TODAY, an_item, content, moment, published

pytestmark = pytest.mark.django_db
Kind = Item.Kind
SIX = {part.code: f"{part.label}的内容" for part in required_parts("service_guide")}


def withheld(office, on: date = TODAY, **classified) -> Item:
    item = an_item(office, content("示例讨论记录", formed_on=on), at=moment(on))
    return classify_item(
        item=item, disclosure_class="withheld", ground="process_information", reason="讨论记录",
        by=office.clerk, at=moment(on), **classified,
    )  # fmt: skip


def reassessed(office, item: Item, outcome: str, on: date = TODAY, **changes) -> Reassessment:
    given = {"reason": "情况没有变化", "by": office.chief} | changes
    return reassess_item(item=item, outcome=outcome, at=moment(on), **given)


def sent(office, publications, **changes) -> TransferBatch:
    given = {"receiver": "示例市档案馆", "sent_on": TODAY} | changes
    return send_transfer(
        agency=office.agency, publications=publications, by=office.officer, at=moment(), **given
    )


def test_a_service_guide_without_one_of_the_six_is_named_and_fails_the_site(office):
    published(office, an_item(office, content("转学指南", details=SIX), kind=Kind.SERVICE_GUIDE))
    assert guides_of(office.agency, office.officer).services[0].gaps == ()
    lacking = {key: text for key, text in SIX.items() if key != "discipline"}
    published(office, an_item(office, content("休学指南", details=lacking), kind=Kind.SERVICE_GUIDE))
    guides = {each.title: each for each in guides_of(office.agency, office.officer).services}
    assert [gap.code for gap in guides["休学指南"].gaps] == ["discipline"]
    [finding] = [
        each for each in inspection_of(office.agency, TODAY).vetoes if each.code == "incomplete_guide"
    ]
    assert finding.names == ("休学指南",)


def test_a_guide_is_judged_by_what_is_public_else_by_its_draft(office):
    an_item(office, content("公开指南", details={"office_name": "办公室"}), kind=Kind.DISCLOSURE_GUIDE)
    [guide] = guides_of(office.agency, office.officer).disclosure
    assert guide.live is None
    assert "office_name" not in {gap.code for gap in guide.gaps}
    assert "accepted_channels" in {gap.code for gap in guide.gaps}


def test_a_line_of_the_catalog_without_a_summary_is_incomplete(office):
    published(office)
    published(office, an_item(office, content("有概述的", summary="一句话。")))
    found = guides_of(office.agency, office.officer)
    assert found.lines == 2
    [(publication, gaps)] = found.incomplete_lines
    assert (publication.title, [gap.code for gap in gaps]) == ("关于做好示例工作的通知", ["summary"])


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("政府信息主动公开办法", "proactive_disclosure"),
        ("依申请公开政府信息工作办法", "disclosure_on_application"),
        ("政府信息公开保密审查办法", "review"),
        ("政府信息公开社会评议办法", "public_review"),
        ("政府信息公开工作考核办法", "assessment"),
        ("政府信息公开过错责任追究办法", "accountability"),
        ("食堂管理制度", ""),
    ],
)
def test_institutions_are_known_by_their_usual_names(title, code):
    assert guessed_code(title) == code


def test_which_of_the_usual_set_is_missing(office):
    published(office, an_item(office, content("政府信息公开工作考核办法"), kind=Kind.INSTITUTION))
    item = an_item(office, content("某某规定"), kind=Kind.INSTITUTION)
    found = guides_of(office.agency, office.officer)
    assert {each.code for each in found.usual} - {each.code for each in found.missing} == {"assessment"}
    mark_institution(item=item, code="review", by=office.clerk, at=moment())
    by_code = {each.code: each for each in guides_of(office.agency, office.officer).usual}
    assert by_code["review"].rule.item == item
    assert by_code["review"] in guides_of(office.agency, office.officer).missing
    mark_institution(item=item, code="", by=office.clerk, at=moment())
    by_code = {each.code: each for each in guides_of(office.agency, office.officer).usual}
    assert by_code["review"].rule is None


def test_only_an_institution_is_marked_as_one(office):
    with pytest.raises(UnableToMarkInstitution, match="体裁不是制度"):
        mark_institution(item=an_item(office), code="review", by=office.clerk, at=moment())


def test_links_are_seen_from_both_ends_and_taken_away_from_their_own(office):
    document = published(office).item
    note = published(office, an_item(office, content("政策解读"), kind=Kind.INTERPRETATION)).item
    before = PublicChange.objects.count()
    link = link_items(item=note, other=document, kind="interprets", by=office.clerk, at=moment())
    assert PublicChange.objects.count() == before + 2
    [there] = linked_to(note, office.clerk)
    [back] = linked_to(document, office.clerk)
    assert (there.label, there.own, there.is_public) == ("解读的文件", True, True)
    assert (back.label, back.own, back.other) == ("解读材料", False, note)
    with pytest.raises(UnableToLink, match="已经这样关联"):
        link_items(item=note, other=document, kind="interprets", by=office.clerk, at=moment())
    unlink_items(link=link, by=office.clerk, at=moment())
    assert linked_to(document, office.clerk) == []


def test_nothing_is_linked_to_itself_or_to_what_one_does_not_see(office):
    item = an_item(office)
    hidden = an_item(office, by=office.officer, section=None)
    with pytest.raises(UnableToLink, match="自己"):
        link_items(item=item, other=item, kind="relates", by=office.clerk, at=moment())
    with pytest.raises(UnableToLink, match="没有这条"):
        link_items(item=item, other=hidden, kind="relates", by=office.clerk, at=moment())


def test_what_is_withheld_is_looked_at_within_a_year_of_the_last_look(office):
    item = withheld(office)
    [line] = withheld_of(office.agency, office.officer, TODAY)
    assert line.next_on == date(2027, 3, 2)
    assert not line.is_due
    [line] = withheld_of(office.agency, office.officer, date(2027, 3, 10))
    assert line.is_late
    reassessed(office, item, "keep", date(2027, 3, 10))
    item.refresh_from_db()
    assert (item.state, item.disclosure_class, item.ground) == ("kept", "withheld", "process_information")
    [line] = withheld_of(office.agency, office.officer, date(2027, 3, 10))
    assert (line.is_due, line.next_on) == (False, item.reassess_on)
    assert line.next_on > date(2028, 3, 1)


def test_what_may_go_out_becomes_a_draft_with_twenty_working_days(office):
    item = withheld(office, TODAY - timedelta(days=300))
    reassessed(office, item, "to_proactive", reason="事项已经办结")
    item.refresh_from_db()
    assert (item.state, item.disclosure_class, item.ground) == ("draft", "proactive", "")
    assert item.changed_on == TODAY
    assert item.due_on > TODAY
    assert not Publication.objects.exists()
    assert withheld_of(office.agency, office.officer, TODAY) == []


def test_what_is_given_on_application_leaves_the_list(office):
    item = withheld(office)
    reassessed(office, item, "to_on_application")
    item.refresh_from_db()
    assert (item.state, item.disclosure_class, item.reassess_on) == ("kept", "on_application", None)
    with pytest.raises(UnableToReassess, match="不予公开"):
        reassessed(office, item, "keep")


def test_a_look_needs_a_reason_and_somebody_who_answers_for_it(office):
    item = withheld(office)
    with pytest.raises(UnableToReassess, match="理由"):
        reassessed(office, item, "keep", reason=" ")
    with pytest.raises(UnableToReassess, match="科室负责人"):
        reassessed(office, item, "keep", by=office.clerk)
    assert not Reassessment.objects.exists()


def test_a_look_that_was_noted_stays(office):
    reassessed(office, withheld(office), "keep")
    with pytest.raises(DatabaseError), transaction.atomic():
        Reassessment.objects.update(reason="另一个理由")


def test_what_is_withheld_has_a_ground(office):
    with pytest.raises(UnableToDraft, match="依据"):
        classify_item(item=an_item(office), disclosure_class="withheld", by=office.clerk, at=moment())


def test_each_receiver_gets_what_it_has_not_got(office):
    first, second = published(office), published(office)
    sent(office, [first])
    assert list(not_transferred(office.agency)) == [second]
    assert list(not_transferred(office.agency, "示例市图书馆")) == [first, second]
    sent(office, [first, second], receiver="示例市图书馆")
    assert not not_transferred(office.agency).exists()
    assert [batch.lines for batch in batches_of(office.agency)] == [2, 1]


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"receiver": " "}, "接收单位"), ({"sent_on": TODAY + timedelta(days=1)}, "没有到")],
)
def test_a_batch_that_cannot_be_is_refused(office, changes, why):
    with pytest.raises(UnableToTransfer, match=why):
        sent(office, [published(office)], **changes)


def test_what_was_withdrawn_meanwhile_is_not_handed_over(office):
    publication = published(office)
    withdraw_item(item=publication.item, reason="示例", by=office.officer, at=moment())
    with pytest.raises(UnableToTransfer, match="撤下"):
        sent(office, [publication])
    with pytest.raises(UnableToTransfer, match="至少"):
        sent(office, [])


def test_a_receipt_comes_after_the_batch_and_is_noted(office):
    batch = sent(office, [published(office)])
    with pytest.raises(UnableToTransfer, match="早于"):
        enter_receipt(
            batch=batch,
            received_on=TODAY - timedelta(days=1),
            received_by="例",
            by=office.officer,
            at=moment(),
        )
    enter_receipt(
        batch=batch, received_on=TODAY, received_by="贾样本", receipt="示例回执1号", by=office.officer,
        at=moment(),
    )  # fmt: skip
    batch.refresh_from_db()
    assert (batch.received_by, batch.receipt) == ("贾样本", "示例回执1号")
    assert "贾样本" not in str(Entry.objects.get(act="entered_receipt").details)


def test_the_pages_of_guides_and_transfers(client, office):
    publication = published(office, an_item(office, content("=示例办法"), kind=Kind.INSTITUTION))
    client.force_login(office.officer)
    slug = office.agency.slug
    assert "=示例办法" in client.get(reverse("publishing:guides", args=[slug])).content.decode()
    address = reverse("publishing:transfers", args=[slug])
    assert client.post(address, {"receiver": "示例馆", "sent_on": "2026-03-02"}).status_code == 422
    typed = {"receiver": "示例馆", "sent_on": "2026-03-02", "publications": [publication.pk]}
    assert client.post(address, typed).status_code == 302
    batch = TransferBatch.objects.get()
    address = reverse("publishing:transfer", args=[batch.pk])
    assert client.post(address, {"received_on": "2026-03-01", "received_by": "例"}).status_code == 422
    assert client.post(address, {"received_on": "2026-03-03", "received_by": "例"}).status_code == 302
    response = client.get(reverse("publishing:export_transfer", args=[batch.pk, "xlsx"]))
    page = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert (page["A1"].value, page["C3"].value) == ("主动公开政府信息移送明细表", "=示例办法")
    assert page["C3"].data_type == "s"
    assert client.get(reverse("publishing:export_transfer", args=[batch.pk, "pdf"])).content.startswith(
        b"%PDF"
    )
    marked = client.post(
        reverse("publishing:mark_institution", args=[publication.item_id]), {"code": "review"}
    )
    assert marked.status_code == 302
    client.force_login(office.stranger)
    assert client.get(address).status_code == 404
    assert client.get(reverse("publishing:export_transfer", args=[batch.pk, "pdf"])).status_code == 404


def test_the_pages_of_what_is_withheld(client, office):
    item = withheld(office)
    client.force_login(office.chief)
    slug = office.agency.slug
    assert "示例讨论记录" in client.get(reverse("publishing:withheld", args=[slug])).content.decode()
    assert client.get(reverse("publishing:export_withheld", args=[slug, "csv"])).status_code == 200
    address = reverse("publishing:reassess", args=[item.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"outcome": "keep", "reason": ""}).status_code == 422
    response = client.post(address, {"outcome": "to_proactive", "reason": "已经办结"})
    assert response.url == reverse("publishing:item", args=[item.pk])
    client.force_login(office.stranger)
    assert client.get(address).status_code == 404


def test_links_are_made_on_the_page_of_an_item(client, office):
    item, other = an_item(office), an_item(office, content("另一条"))
    client.force_login(office.clerk)
    page = client.get(reverse("publishing:item", args=[item.pk])).content.decode()
    assert "关联另一条信息" in page
    address = reverse("publishing:link_item", args=[item.pk])
    wrong = client.post(address, {"kind": "relates", "index_number": "0/0"}, follow=True)
    assert "没有这个索引号" in wrong.content.decode()
    right = client.post(address, {"kind": "relates", "index_number": other.index_number}, follow=True)
    assert "相关信息" in right.content.decode()
    client.post(reverse("publishing:unlink_item", args=[ItemLink.objects.get().pk]))
    assert not ItemLink.objects.exists()
