"""Feeds, the map of the site, and what machines are told."""

import pytest
from django.test import Client
from lxml import etree

from gongkai.portal import sitemap
from gongkai.publishing.actions.releasing import withdraw_item
from gongkai.publishing.models import CatalogNode, Item
from tests.agencies.cast import Cast
from tests.publishing.office import Publisher, an_item, content, moment, published, publisher
from tests.reporting.drafts import published as published_report

ATOM = {"a": "http://www.w3.org/2005/Atom", "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def office(cast: Cast) -> Publisher:
    return publisher(cast)


def read(address: str) -> etree._Element:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return etree.fromstring(answer.content)


def titles(address: str) -> list[str]:
    return [str(each) for each in read(address).xpath("a:entry/a:title/text()", namespaces=ATOM)]


def locations(address: str) -> list[str]:
    return [str(each) for each in read(address).xpath("//s:loc/text()", namespaces=ATOM)]


def with_title(office: Publisher, title: str, **placed):
    return published(office, an_item(office, content(title), **placed))


def test_the_newest_comes_first_in_the_feeds_of_all_of_an_agency_and_of_a_category(office: Publisher):
    below = CatalogNode.objects.create(
        agency=office.agency, parent=office.node, code="20-11-1", title="招生政策", source="own"
    )
    with_title(office, "旧的一条")
    with_title(office, "新的一条", node=below)
    both = ["新的一条", "旧的一条"]
    assert titles("/feed.xml") == titles("/disclosure/edu/feed.xml") == both
    assert titles("/disclosure/edu/items/20-11/feed.xml") == both
    assert titles("/disclosure/edu/items/20-11-1/feed.xml") == ["新的一条"]


def test_an_entry_tells_what_it_is_and_where(office: Publisher, settings):
    settings.NOTICES_SITE_URL = "https://xxgk.invalid"
    said = content("示例<通知>", "第一句。第二句。")
    publication = published(office, an_item(office, said))
    entry = read("/feed.xml").find("a:entry", ATOM)
    assert entry is not None
    assert entry.findtext("a:title", namespaces=ATOM) == "示例<通知>"
    assert entry.findtext("a:summary", namespaces=ATOM) == "第一句。第二句。"
    assert entry.xpath("a:link/@href", namespaces=ATOM) == [
        f"https://xxgk.invalid/items/{publication.item_id}/"
    ]
    assert entry.findtext("a:author/a:name", namespaces=ATOM) == "示例市教育局"
    assert str(entry.findtext("a:id", namespaces=ATOM)).startswith("urn:uuid:")


def test_a_feed_without_changes_is_the_same_bytes(office: Publisher):
    published(office)
    assert Client().get("/feed.xml").content == Client().get("/feed.xml").content


def test_an_entry_keeps_its_name_through_new_editions(office: Publisher):
    from gongkai.publishing.actions.drafting import edit_item

    publication = published(office)
    name = read("/feed.xml").findtext("a:entry/a:id", namespaces=ATOM)
    item = Item.objects.get(pk=publication.item_id)
    edit_item(item=item, content=content("改过的标题"), by=office.clerk, at=moment())
    item.refresh_from_db()
    published(office, item)
    assert titles("/feed.xml") == ["改过的标题"]
    assert read("/feed.xml").findtext("a:entry/a:id", namespaces=ATOM) == name


def test_an_empty_feed_is_a_feed(db: None):
    assert titles("/feed.xml") == []


@pytest.mark.parametrize("address", ["/disclosure/farm/feed.xml", "/disclosure/edu/items/no-such/feed.xml"])
def test_there_is_no_feed_of_what_is_not_there(office: Publisher, address: str):
    published(office)
    assert Client().get(address).status_code == 404


def test_the_map_names_every_page_and_every_page_is_there(office: Publisher, cast: Cast):
    publication = with_title(office, "示例通知")
    published_report(cast)
    parts = locations("/sitemap.xml")
    paths = [each.removeprefix("http://testserver") for part in parts for each in locations(part)]
    assert f"/items/{publication.item_id}/" in paths and "/reports/edu/2020/" in paths
    assert "/disclosure/edu/items/20-11/" in paths
    assert [path for path in paths if Client().get(path).status_code not in {200, 302}] == []


def test_a_long_map_has_parts(office: Publisher, monkeypatch):
    monkeypatch.setattr(sitemap, "A_PART", 1)
    first, second = with_title(office, "第一条"), with_title(office, "第二条")
    assert len(locations("/sitemap.xml")) == 3
    assert locations("/sitemap-items-1.xml") == [f"http://testserver/items/{first.item_id}/"]
    assert locations("/sitemap-items-2.xml") == [f"http://testserver/items/{second.item_id}/"]
    for name in ("items-0", "items-3", "items-x", "none", "items-²"):
        assert Client().get(f"/sitemap-{name}.xml").status_code == 404, name


def test_what_was_withdrawn_is_in_neither(office: Publisher):
    publication = with_title(office, "将要撤下")
    withdraw_item(
        item=Item.objects.get(pk=publication.item_id), reason="写错了", by=office.officer, at=moment()
    )
    assert titles("/feed.xml") == []
    assert len(locations("/sitemap.xml")) == 1


def test_machines_are_told_where_the_map_is_and_kept_from_forms(db: None):
    text = Client().get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert [closed for closed in ("office", "apply", "search") if f"Disallow: /{closed}/" not in text] == []
