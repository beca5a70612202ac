"""Two lists that mask one person differently: the second stays in, and the first is named."""

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.publishing.actions.releasing import UnableToPublish, publish_item, withdraw_item
from gongkai.publishing.actions.reviewing import UnableToReview
from gongkai.publishing.actions.scanning import screen_item, waive
from gongkai.publishing.models import Item, Scan
from gongkai.publishing.policies.findings import found_in, standing
from gongkai.publishing.policies.parts import parts_of
from gongkai.publishing.queries.working import working_parts
from gongkai.publishing.screened import rules_version
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

pytestmark = pytest.mark.django_db
FIRST = "序号,姓名,身份证号\n1,甄示范,110101199003******\n2,贾样本,110101199902******\n"
SECOND = "序号,姓名,身份证号\n1,甄示范,************077758\n"
OTHER = "序号,姓名,身份证号\n1,林例子,************077758\n"


def a_list(office, title: str, rows: str) -> Item:
    item = an_item(office, content(title))
    with_file(office, item, "名单.csv", rows.encode())
    return item


def blocked(item: Item) -> list:
    return [each for each in found_in(item, working_parts(item)) if each.stands]


def test_the_second_list_stays_in_and_names_the_first(office):
    published(office, a_list(office, "第一批名单", FIRST))
    second = a_list(office, "第二批名单", SECOND)
    sheet = submitted(office, second)
    [found] = blocked(second)
    assert found.finding["kind"] == "personal.reconstruction"
    assert "第一批名单（名单.csv）" in found.finding["message"]
    assert "甄示范" not in str(found.finding)
    for _ in range(3):
        sheet = take_step(office, sheet)
    with pytest.raises(UnableToReview, match="筛查发现1处"):
        take_step(office, sheet)


def test_a_list_of_others_goes_out(office):
    published(office, a_list(office, "第一批名单", FIRST))
    assert published(office, a_list(office, "别人的名单", OTHER))


def test_what_was_screened_before_the_first_went_out_is_held_against_it_all_the_same(office):
    first, second = a_list(office, "第一批名单", FIRST), a_list(office, "第二批名单", SECOND)
    reviewed(office, first)
    reviewed(office, second)
    for item in (first, second):
        item.refresh_from_db()
    publish_item(item=first, channels=["website"], by=office.officer, at=moment())
    with pytest.raises(UnableToPublish, match="筛查发现1处"):
        publish_item(item=second, channels=["website"], by=office.officer, at=moment())
    withdraw_item(item=first, reason="发错了", by=office.officer, at=moment())
    assert publish_item(item=second, channels=["website"], by=office.officer, at=moment())


def test_letting_it_stand_beside_one_list_lets_it_stand_beside_no_other(office):
    published(office, a_list(office, "第一批名单", FIRST))
    second = a_list(office, "第二批名单", SECOND)
    screen_item(item=second, by=office.clerk, at=moment())
    [found] = blocked(second)
    waive(item=second, found=found, reason="同一人已经同意", by=office.secrecy, at=moment())
    second = Item.objects.get(pk=second.pk)
    assert blocked(second) == []
    published(office, a_list(office, "第三批名单", FIRST))
    assert ["第三批名单" in each.finding["message"] for each in blocked(second)] == [True]


def test_the_list_that_was_out_first_is_not_held_against_the_one_that_followed(office):
    first = published(office, a_list(office, "第一批名单", FIRST))
    second = a_list(office, "第二批名单", SECOND)
    screen_item(item=second, by=office.clerk, at=moment())
    waive(item=second, found=blocked(second)[0], reason="同一人已经同意", by=office.secrecy, at=moment())
    published(office, Item.objects.get(pk=second.pk))
    assert standing(first.item, parts_of(first), rules_version()) == []


def test_two_lists_of_one_item_are_held_against_each_other(office):
    item = a_list(office, "两份名单", FIRST)
    with_file(office, item, "另一份.csv", SECOND.encode())
    screen_item(item=item, by=office.clerk, at=moment())
    assert {each.part.name for each in blocked(item)} == {"名单.csv", "另一份.csv"}


def test_the_people_lie_sealed(office):
    screen_item(item=a_list(office, "第一批名单", FIRST), by=office.clerk, at=moment())
    assert Scan.objects.get(people__isnull=False).people[0][0] == "甄示范"
    with connection.cursor() as cursor:
        cursor.execute("SELECT people FROM publishing_scan WHERE people IS NOT NULL")
        [(kept,)] = cursor.fetchall()
    assert "甄示范".encode() not in bytes(kept) and b"110101199003" not in bytes(kept)


def test_the_database_still_refuses_to_change_a_scan(office):
    screen_item(item=an_item(office), by=office.clerk, at=moment())
    for change in (lambda: Scan.objects.update(people=None), Scan.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
