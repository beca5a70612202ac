"""Nothing becomes public but what two reviewers and the secrecy review let out, byte for byte."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from gongkai.agencies.actions import add_section, open_account
from gongkai.agencies.policies import ActionRefused
from gongkai.publishing.actions.delegating import UnableToDelegate, delegate
from gongkai.publishing.actions.drafting import edit_item, remove_item_file, rename_item_file
from gongkai.publishing.actions.referring import enter_answer, refer
from gongkai.publishing.actions.releasing import UnableToPublish, publish_item, sheet_of, withdraw_item
from gongkai.publishing.actions.reviewing import UnableToReview, recall_item, return_item
from gongkai.publishing.models import (
    CatalogNode,
    Delegation,
    Edition,
    Item,
    NotReviewed,
    Opinion,
    Publication,
    PublishedFile,
    PublishingProfile,
    ReviewSheet,
)
from gongkai.publishing.policies.release import obstacles
from gongkai.publishing.policies.review import next_step
from gongkai.publishing.queries.items import public
from gongkai.publishing.screened import rules_version
from gongkai.search.models import Entry
from tests.agencies.cast import MORNING, PASSWORD
from tests.publishing.office import (
    an_item,
    content,
    moment,
    published,
    reviewed,
    submitted,
    take_step,
    with_file,
)


def publish(office, item: Item) -> Publication:
    item.refresh_from_db()
    return publish_item(item=item, channels=["website"], by=office.officer, at=moment())


def test_a_reviewed_item_goes_out_and_can_be_found(office):
    publication = published(office)
    assert list(public()) == [publication]
    assert publication.item.state == "published"
    assert Entry.objects.get().key == str(publication.item_id)


def test_a_draft_does_not_go_out(office):
    with pytest.raises(UnableToPublish, match="还没有经过审查"):
        publish(office, an_item(office))


def test_each_step_is_needed(office):
    item = an_item(office)
    sheet = submitted(office, item)
    for _ in range(3):
        sheet = take_step(office, sheet)
        with pytest.raises(UnableToPublish):
            publish(office, item)
    take_step(office, sheet)
    assert publish(office, item)


def test_an_author_does_not_review(office):
    sheet = submitted(office, an_item(office, by=office.chief))
    with pytest.raises(UnableToReview, match="拟稿人不能审查"):
        take_step(office, sheet)


def test_whoever_changed_a_word_does_not_review(office):
    item = an_item(office)
    edit_item(item=item, content=content(text="改过的。"), by=office.chief, at=moment())
    sheet = submitted(office, item)
    with pytest.raises(UnableToReview, match="拟稿人不能审查"):
        take_step(office, sheet)


def test_a_changed_word_reopens_the_review(office):
    item = an_item(office)
    reviewed(office, item)
    item.refresh_from_db()
    edit_item(item=item, content=content(text="后来改的。"), by=office.clerk, at=moment())
    with pytest.raises(UnableToPublish, match="重新审查"):
        publish(office, item)


@pytest.mark.parametrize("change", ["remove", "rename", "add"])
def test_a_changed_file_reopens_the_review(office, change):
    item = an_item(office)
    file = with_file(office, item, "附件.txt", "第一条 示例。".encode())
    reviewed(office, item)
    item.refresh_from_db()
    if change == "remove":
        remove_item_file(file=file, by=office.clerk, at=moment())
    elif change == "rename":
        rename_item_file(file=file, name="另一个名字.txt", by=office.clerk, at=moment())
    else:
        with_file(office, item, "又一个.txt", "第二条 示例。".encode())
    with pytest.raises(UnableToPublish, match="重新审查"):
        publish(office, item)


def test_every_attachment_is_looked_at(office):
    item = an_item(office)
    with_file(office, item, "附件.txt", "第一条 示例。".encode())
    with pytest.raises(UnableToReview, match="还没有逐个审查"):
        take_step(office, submitted(office, item), files=[])


def test_every_question_is_answered(office):
    with pytest.raises(UnableToReview, match="还没有回答"):
        take_step(office, submitted(office, an_item(office)), answers={})


def test_what_was_returned_does_not_go_out(office):
    item = an_item(office)
    sheet = take_step(office, submitted(office, item))
    return_item(sheet=sheet, seen=sheet.edition.sha256, opinion="有错字", by=office.head, at=moment())
    with pytest.raises(UnableToPublish):
        publish(office, item)


def test_what_was_recalled_does_not_go_out(office):
    item = an_item(office)
    recall_item(sheet=submitted(office, item), by=office.clerk, at=moment())
    with pytest.raises(UnableToPublish):
        publish(office, item)


def test_an_id_number_in_a_file_keeps_it_in(office):
    item = an_item(office)
    with_file(office, item, "名单.csv", "姓名,身份证号\n甄示范,110101199003077758\n".encode())
    sheet = submitted(office, item)
    for _ in range(3):
        sheet = take_step(office, sheet)
    with pytest.raises(UnableToReview, match="筛查发现"):
        take_step(office, sheet)


def test_the_gate_says_everything_at_once(office):
    item = an_item(office)
    sheet = submitted(office, item)
    refusals = obstacles(item, sheet, rules_version())
    assert len(refusals) > 4


def test_withdrawing_takes_it_out_of_pages_and_search(office):
    publication = published(office)
    withdraw_item(item=publication.item, reason="发错了", by=office.clerk, at=moment())
    assert not public().exists()
    assert not Entry.objects.exists()


def test_a_new_edition_takes_the_place_of_the_old_one(office):
    first = published(office)
    item = Item.objects.get(pk=first.item_id)
    edit_item(item=item, content=content(text="修改后的内容。"), by=office.clerk, at=moment())
    assert public().get().content_sha256 == first.content_sha256
    second = published(office, item)
    assert public().get() == second
    assert Publication.objects.get(pk=first.pk).end == "superseded"


def test_the_last_complete_sheet_counts_and_no_other(office):
    item = an_item(office)
    sheet = reviewed(office, item)
    assert sheet_of(item) == sheet


def _made_up(office, **fields) -> Publication:
    item = an_item(office)
    sheet = reviewed(office, item)
    edition = sheet.edition
    data = {
        "kind": item.kind, "node": item.node, "item": item, "edition": edition, "sheet": sheet,
        "content": edition.content,
        "content_sha256": edition.sha256, "title": edition.said.title, "published_on": moment().date(),
        "published_at": moment(), "first_published_on": moment().date(), "on_website": True,
    }  # fmt: skip
    return Publication(**data | fields)


def refused_by_the_database(write) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        write()


def test_the_database_refuses_another_hash(office):
    refused_by_the_database(_made_up(office, content_sha256="0" * 64).save)


def test_the_database_refuses_an_open_sheet(office):
    item = an_item(office)
    sheet = submitted(office, item)
    refused_by_the_database(
        _made_up(
            office, item=item, sheet=sheet, edition=sheet.edition, content_sha256=sheet.edition.sha256
        ).save
    )


def test_the_database_refuses_a_file_that_is_not_in_the_edition(office):
    publication = published(office)
    smuggled = PublishedFile(
        publication=publication,
        name="x",
        media_type="text/plain",
        size=1,
        sha256="1" * 64,
        order=9,
        data=b"x",
    )
    with pytest.raises(NotReviewed):
        smuggled.save()
    refused_by_the_database(lambda: smuggled.save_base(force_insert=True))


def test_the_database_refuses_to_bring_back_what_was_withdrawn(office):
    publication = published(office)
    withdraw_item(item=publication.item, reason="发错了", by=office.clerk, at=moment())
    refused_by_the_database(
        lambda: Publication.objects.filter(pk=publication.pk).update(ended_at=None, end="")
    )


@pytest.mark.parametrize("model", [Edition, Opinion])
def test_the_database_refuses_to_change_what_was_reviewed(office, model):
    reviewed(office, an_item(office))
    refused_by_the_database(model.objects.all().delete)


def test_the_database_refuses_to_reopen_a_sheet(office):
    reviewed(office, an_item(office))
    refused_by_the_database(lambda: ReviewSheet.objects.update(state="open"))


def test_a_refused_act_is_one(office):
    with pytest.raises(ActionRefused) as refused:
        publish(office, an_item(office))
    assert refused.value.refusal.article


@pytest.mark.parametrize("path", ["standard", "small_office"])
def test_a_doubt_goes_to_the_authority_and_its_word_lets_the_review_go_on(office, path):
    PublishingProfile.objects.update(review_path=path)
    item = an_item(office)
    sheet = submitted(office, item)
    while (step := next_step(sheet)).code != "secrecy":
        sheet = take_step(office, sheet)
    sheet = take_step(office, sheet, answers=dict.fromkeys(step.checks, "clear") | {"state_secret": "unsure"})
    assert next_step(sheet).code == "authority"
    made = refer(
        sheet=sheet, check="state_secret", authority="示例市国家保密局", question="附表能否公开",
        sent_on=moment().date(), by=office.secrecy, at=moment(),
    )  # fmt: skip
    with pytest.raises(UnableToPublish):
        publish(office, item)
    sheet = enter_answer(
        made=made, answer="publish", note="示保〔2026〕1号：可以公开", answered_on=moment().date(),
        by=office.secrecy, at=moment(),
    )  # fmt: skip
    take_step(office, sheet)
    assert publish(office, item)


def test_the_authority_may_say_no(office):
    item = an_item(office)
    sheet = submitted(office, item)
    for _ in range(2):
        sheet = take_step(office, sheet)
    checks = next_step(sheet).checks
    sheet = take_step(office, sheet, answers=dict.fromkeys(checks, "clear") | {"work_secret": "unsure"})
    made = refer(
        sheet=sheet, check="work_secret", authority="", question="附表能否公开",
        sent_on=moment().date(), by=office.secrecy, at=moment(),
    )  # fmt: skip
    sheet = enter_answer(
        made=made,
        answer="withhold",
        note="不得公开",
        answered_on=moment().date(),
        by=office.secrecy,
        at=moment(),
    )
    assert sheet.state == "returned"
    with pytest.raises(UnableToPublish):
        publish(office, item)


def test_the_last_reviewer_in_doubt_sends_it_back(office):
    sheet = submitted(office, an_item(office))
    for _ in range(3):
        sheet = take_step(office, sheet)
    with pytest.raises(UnableToReview, match="请退回"):
        take_step(office, sheet, answers={"three_securities_one_stability": "unsure"})
    assert ReviewSheet.objects.get(pk=sheet.pk).state == "open"


def test_who_stands_in_reviews_for_the_giver_in_his_own_name(office):
    sheet = submitted(office, an_item(office))
    delegate(
        agency=office.agency, role="section_head", taker=office.officer, from_on=moment().date(),
        until_on=moment().date(), reason="出差", by=office.chief, at=moment(),
    )  # fmt: skip
    take_step(office, sheet, by=office.officer)
    opinion = Opinion.objects.get()
    assert (opinion.by, opinion.for_account) == (office.officer, office.chief)


def test_nobody_is_handed_reviewing_who_does_not_see_what_is_reviewed(office):
    other = add_section(agency=office.agency, name="另一个科", by=None, at=MORNING)
    elsewhere = open_account(
        agency=office.agency, username="elsewhere", full_name="示例别科", password=PASSWORD,
        roles=["officer"], by=None, at=MORNING, section=other,
    )  # fmt: skip
    for role, giver in (("section_head", office.chief), ("office_head", office.head)):
        with pytest.raises(UnableToDelegate, match="看不到要审查的信息"):
            delegate(
                agency=office.agency, role=role, taker=elsewhere, from_on=moment().date(),
                until_on=moment().date(), reason="出差", by=giver, at=moment(),
            )  # fmt: skip
    assert not Delegation.objects.exists()


def test_nobody_stands_in_for_an_author(office):
    sheet = submitted(office, an_item(office, by=office.chief))
    delegate(
        agency=office.agency, role="section_head", taker=office.officer, from_on=moment().date(),
        until_on=moment().date(), reason="出差", by=office.chief, at=moment(),
    )  # fmt: skip
    with pytest.raises(UnableToReview, match="委托人参与了起草"):
        take_step(office, sheet, by=office.officer)


def test_what_is_older_than_the_regulation_has_no_due_day_and_may_be_published(office):
    item = an_item(office, content(formed_on=date(2015, 5, 1)))
    assert item.due_on is None
    assert published(office, item)


def test_another_place_in_the_catalog_is_shown_only_once_it_was_reviewed(office, client):
    publication = published(office)
    item = Item.objects.get(pk=publication.item_id)
    other = CatalogNode.objects.create(agency=office.agency, code="20-1", title="另一事项", source="20-1")
    placed = {"kind": "document", "node": other}
    edit_item(item=item, content=item.draft, placed=placed, by=office.officer, at=moment())
    page = client.get(f"/items/{item.pk}/").content.decode()
    assert office.node.title in page
    assert "另一事项" not in page
    assert "公文" not in page
    published(office, item)
    assert "另一事项" in client.get(f"/items/{item.pk}/").content.decode()
