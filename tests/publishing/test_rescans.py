"""What is public is screened anew when rules change; it stays public until a person decides."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.casework.queries.neighbors import heaps
from gongkai.notices.models import Notice
from gongkai.publishing import screened, tasks
from gongkai.publishing.actions.drafting import edit_item
from gongkai.publishing.actions.scanning import rescan_public
from gongkai.publishing.models import Item, Publication, Scan
from gongkai.publishing.queries.items import public
from gongkai.publishing.queries.rescans import rescanned, to_rescan, waiting
from gongkai.screening.findings import Finding, Severity
from tests.publishing.office import TODAY, an_item, content, moment, published
from tests.publishing.pages import Browser

pytestmark = pytest.mark.django_db
LATE = Finding("wording.organ_name", Severity.BLOCK, "正文第1段", "旧名称", "机构名称已变更，请核对。")


@pytest.fixture
def new_rules(monkeypatch):
    """The rules learn that one name is out of date."""

    def learn() -> None:
        real = screened.screen_contents

        def screen(found, name, rules):
            told = any("旧名称" in passage.text for passage in found.passages)
            result = real(found, name, rules)
            return replace(result, findings=(*result.findings, LATE)) if told else result

        monkeypatch.setattr(screened, "RULES_VERSION", "later")
        monkeypatch.setattr(screened, "screen_contents", screen)

    return learn


def test_only_what_new_rules_have_not_seen_is_screened_and_in_portions(office, new_rules):
    for number in range(3):
        published(office, an_item(office, content(f"第{number}件")))
    assert rescan_public(by=None, at=moment()) == 0
    new_rules()
    assert waiting(office.agency) == 3
    assert [rescan_public(by=None, at=moment(), most=2) for _ in range(3)] == [2, 1, 0]
    assert Scan.objects.filter(rules="later").count() == 3
    assert Entry.objects.filter(act="screened_item", by=None).count() == 3


def test_what_is_public_is_screened_though_the_working_copy_says_something_else(office, new_rules):
    item = published(office, an_item(office, content(text="写着旧名称。"))).item
    edit_item(item=item, content=content(text="改好了。"), by=office.clerk, at=moment())
    new_rules()
    rescan_public(by=None, at=moment())
    [found] = rescanned(office.agency, office.head)
    assert found.publication.item == item


def test_one_that_cannot_be_screened_does_not_keep_the_others_from_it(office, new_rules, monkeypatch):
    published(office, an_item(office, content("坏的")))
    published(office, an_item(office, content("好的")))
    new_rules()
    whole = screened.screen_contents

    def breaking(found, name, rules):
        if any("坏的" in passage.text for passage in found.passages):
            raise OSError("示例故障")
        return whole(found, name, rules)

    monkeypatch.setattr(screened, "screen_contents", breaking)
    with pytest.raises(ExceptionGroup):
        rescan_public(by=None, at=moment())
    assert [each.title for each in to_rescan("later")] == ["坏的"]


def test_it_stays_public_and_the_head_hears_of_it_once(office, new_rules):
    published(office, an_item(office, content("机密的名称", text="写着旧名称。")))
    new_rules()
    call_command("rescan")
    tasks.nightly.func()
    tasks.nightly.func()
    assert public().count() == 1
    notice = Notice.objects.get(kind="rescan_found")
    assert notice.recipient == office.head
    assert "机密的名称" not in notice.title + notice.text
    found = {heap.code: heap for heap in heaps(office.head, TODAY)}
    assert [line.title for line in found["publishing-rescans"].lines] == ["机密的名称"]


def test_a_reviewer_lets_it_stand_with_a_reason_on_the_page(office, new_rules):
    published(office, an_item(office, content("有旧名称的", text="写着旧名称。")))
    new_rules()
    rescan_public(by=None, at=moment())
    browser = Browser(office.secrecy)
    page = browser.get("rescans", "edu")
    assert page.has("有旧名称的") and page.has("还在公开") and page.has("later")
    [found] = rescanned(office.agency, None)
    [check] = found.checks
    given = {"part": check.part.part, "key": check.shown[0].key, "back": "rescans"}
    browser.post("waive", found.publication.item_id, **given, reason="")
    assert rescanned(office.agency, None)
    browser.post("waive", found.publication.item_id, **given, reason="历史文件，照原文公开")
    assert rescanned(office.agency, None) == []
    assert browser.get("rescans", "edu").has("没有要处理的")
    assert Browser(office.head).get("duties", "edu").has("公开后查出问题")


def test_another_section_does_not_see_it(office, new_rules):
    live = published(office, an_item(office, content("别科的", text="写着旧名称。")))
    new_rules()
    rescan_public(by=None, at=moment())
    assert len(rescanned(office.agency, office.clerk)) == 1
    Item.objects.filter(pk=live.item_id).update(section=None)
    assert rescanned(office.agency, office.clerk) == []


def test_a_public_notice_that_is_over_is_taken_off_before_anybody_screens_it(office, monkeypatch):
    last = TODAY + timedelta(days=5)
    live = published(office, an_item(office, content("任前公示", ends_on=last), kind=Item.Kind.PUBLIC_NOTICE))
    after = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: after)
    tasks.nightly.func()
    live = Publication.objects.get(pk=live.pk)
    assert (live.end, public().count()) == ("expired", 0)
    assert Entry.objects.filter(act="expired_item").count() == 1
    monkeypatch.setattr(screened, "RULES_VERSION", "later")
    assert not to_rescan("later").exists()
