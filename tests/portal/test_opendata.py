"""Open data: the pages for programs, described, complete, and never more than the pages."""

import csv
import io
import json

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.pieces.spreadsheets import plain
from gongkai.portal import opendata, spreadsheets
from gongkai.publishing.models import Item, ItemLink
from tests.agencies.cast import Cast
from tests.publishing.office import (
    Publisher,
    an_item,
    content,
    moment,
    published,
    publisher,
    submitted,
    with_file,
)
from tests.reporting.drafts import published as published_report


@pytest.fixture
def office(cast: Cast) -> Publisher:
    return publisher(cast)


def data(address: str, status: int = 200):
    answer = Client().get(address)
    assert answer.status_code == status, (address, answer.content)
    return json.loads(answer.content)


def with_title(office: Publisher, title: str, **placed):
    return published(office, an_item(office, content(title), **placed))


def test_every_answer_fits_its_description_whatever_is_asked(office: Publisher, cast: Cast):
    with_title(office, "示例通知")
    published_report(cast)
    schema = schemathesis.openapi.from_dict(data("/open/openapi.json"))
    schema.app = WSGIHandler()
    for operation in schema.get_all_operations():
        _try(schema, operation.ok())


def _try(schema, operation) -> None:
    @given(case=operation.as_strategy())
    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def test(case) -> None:
        case.call_and_validate(app=schema.app, base_url="http://localhost")

    test()


def test_the_description_names_every_address(db: None):
    described = data("/open/openapi.json")
    assert described["info"]["title"] == "政府信息公开开放数据"
    assert set(described["paths"]) == {
        "/open/agencies.json", "/open/catalog/{slug}.json", "/open/items.json", "/open/items.csv",
        "/open/items/{pk}.json", "/open/reports.json", "/open/reports/{slug}/{year}.json",
        "/open/reports.csv", "/open/registers.json",
    }  # fmt: skip


def test_people_are_told_what_there_is(db: None):
    page = Client().get("/open/").content.decode()
    assert "/open/items.json" in page and "接口说明（OpenAPI）" in page and "公开年份" in page
    assert Client().get("/open/docs").status_code == 404


def test_a_list_is_paged_and_names_the_next_page(office: Publisher, monkeypatch):
    monkeypatch.setattr(opendata, "A_PAGE", 2)
    for number in range(3):
        with_title(office, f"第{number}条")
    first = data("/open/items.json?agency=edu")
    assert (first["count"], first["pages"]) == (3, 2)
    second = data(first["next"])
    assert second["next"] is None
    assert [each["title"] for each in first["items"] + second["items"]] == ["第2条", "第1条", "第0条"]


def test_an_item_is_told_whole(office: Publisher):
    said = content("办理示例事项", "正文的话。", details={"basis": "依据一"}, keywords=("示例",))
    item = an_item(office, said, kind=Item.Kind.SERVICE_GUIDE)
    with_file(office, item, "清单.csv", b"a,b\n1,2\n")
    item.refresh_from_db()
    guide, about = published(office, item), with_title(office, "解读一篇")
    ItemLink.objects.create(item=about.item, other=item, kind="interprets", by=office.officer, at=moment())
    told = data(f"/open/items/{guide.item_id}.json")
    assert (told["text"], told["details"], told["keywords"]) == ("正文的话。", {"basis": "依据一"}, ["示例"])
    assert told["category"] == "20-11" and told["kind_label"] == "办事指南"
    assert Client().get(told["files"][0]["address"]).content == b"a,b\n1,2\n"
    assert [each["title"] for each in told["related"]] == ["解读一篇"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("agency=edu", 2),
        ("agency=farm", 0),
        ("agency=edu&category=20-11", 2),
        ("agency=edu&category=no-such", 0),
        ("category=20-11", 0),
        ("kind=interpretation", 1),
        ("year=2026", 2),
        ("year=1999", 0),
    ],
)
def test_items_are_chosen_as_in_the_lists(office: Publisher, query: str, count: int):
    with_title(office, "一般信息")
    with_title(office, "一篇解读", kind=Item.Kind.INTERPRETATION)
    assert data(f"/open/items.json?{query}")["count"] == count
    lines = Client().get(f"/open/items.csv?{query}").content.decode("utf-8-sig").splitlines()
    assert len(lines) == count + 1


def test_what_cannot_be_asked_is_said_in_a_sentence_without_repeating_it(db: None):
    told = data("/open/items.json?page=abc", 422)
    assert "参数不对：page" in told["detail"] and "abc" not in told["detail"]


@pytest.mark.parametrize("stage", ["draft", "in_review", "wechat_only"])
def test_what_is_not_on_the_website_is_in_no_count_and_no_answer(office: Publisher, stage: str):
    item = an_item(office, content("只在内部的标题"))
    if stage == "in_review":
        submitted(office, item)
    if stage == "wechat_only":
        published(office, item, channels=("wechat",))
    with_title(office, "公开的标题")
    assert data("/open/items.json")["count"] == 1
    assert data("/open/agencies.json")[0]["items"] == 1
    assert [each["items"] for each in data("/open/catalog/edu.json")] == [1]
    data(f"/open/items/{item.pk}.json", 404)
    assert "只在内部的标题" not in Client().get("/open/items.csv").content.decode()


def test_reports_are_given_whole_and_cell_by_cell(cast: Cast):
    published_report(cast)
    listed = data("/open/reports.json")
    assert [(each["agency"], each["year"]) for each in listed] == [("edu", 2020)]
    told = data(listed[0]["data"])["report"]
    assert told["year"] == 2020 and told["table3"]["rows"]["new_received"] == [0] * 7
    rows = list(csv.reader(io.StringIO(Client().get("/open/reports.csv").content.decode("utf-8-sig"))))
    assert ["示例市教育局", "2020", "table3.new_received.total"] in [row[:3] for row in rows]
    data("/open/reports/edu/2021.json", 404)


def test_registers_give_counts_and_no_records(cast: Cast, office: Publisher):
    published_report(cast)
    with_title(office, "示例办法", kind=Item.Kind.NORMATIVE_DOCUMENT)
    told = data("/open/registers.json")
    assert told["table2"][0]["figures"]["permit"]["decisions"] == 0
    assert told["normative_documents"] == [{"agency": "edu", "validity": "in_force", "count": 1}]


def test_programs_of_other_sites_may_read_it(office: Publisher):
    answer = Client().get("/open/agencies.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=30"
    assert Client().head("/open/agencies.json").status_code == 200
    assert Client().post("/open/agencies.json").status_code == 405


@given(st.text())
def test_no_cell_of_a_table_is_a_formula(text: str):
    cell = plain(spreadsheets._cell(text))
    assert not str(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert str(cell).removeprefix("'") == text.removeprefix("'")
