"""What is published, as everybody reads it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gongkai.casework.models import OfficeProfile
from gongkai.documents.articles import Article, Heading, Paragraph, Picture
from gongkai.portal import lists
from gongkai.publishing.actions.releasing import publish_item, renew_entry, withdraw_item
from gongkai.publishing.actions.scanning import attest
from gongkai.publishing.models import CatalogNode, Item, ItemLink, Publication
from gongkai.reporting.models import AnnualReport
from tests.agencies.cast import Cast
from tests.portal.pictures import a_picture, digest
from tests.publishing.office import (
    TODAY,
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


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def of(publication: Publication) -> str:
    return f"/items/{publication.item_id}/"


def with_title(office: Publisher, title: str, **placed) -> Publication:
    return published(office, an_item(office, content(title), **placed))


def taken_off(office: Publisher, publication: Publication, note: str = "") -> None:
    item = Item.objects.get(pk=publication.item_id)
    withdraw_item(item=item, reason="内部理由不外传", public_note=note, by=office.officer, at=moment())


class TestAnItem:
    def test_its_page_tells_its_data_and_its_words(self, office: Publisher):
        said = content(
            "关于示例的通知",
            "请各学校认真落实。",
            document_number="示教发〔2026〕1号",
            summary="一句话概述。",
            keywords=("示例", "学校"),
            effective_on=date(2026, 3, 1),
        )
        shown = page(of(published(office, an_item(office, said, kind=Item.Kind.DOCUMENT))))
        for told in (
            "<h1>关于示例的通知</h1>", "请各学校认真落实。", "示教发〔2026〕1号", "示例市教育局",
            "2026年2月27日（周五）", "2026年3月2日（周一）", "2026年3月1日（周日）", "公文", "主动公开",
            "现行有效", "一句话概述。", "示例、学校", "教育政策、措施及其实施情况", "基础教育科",
            "本页内容最近一次变更：2026年3月2日",
        ):  # fmt: skip
            assert told in shown, told

    def test_a_title_full_of_script_is_shown_as_it_was_written(self, office: Publisher):
        shown = page(of(with_title(office, "<script>alert(1)</script>与<b>标题</b>")))
        assert "<script>alert" not in shown and "&lt;script&gt;alert(1)" in shown

    @pytest.mark.parametrize("stage", ["draft", "in_review", "wechat_only"])
    def test_what_is_not_on_the_website_is_nowhere(self, office: Publisher, stage: str):
        item = an_item(office, content("只在内部的标题"))
        if stage == "in_review":
            submitted(office, item)
        if stage == "wechat_only":
            published(office, item, channels=("wechat",))
        assert Client().get(f"/items/{item.pk}/").status_code == 404
        for address in ("/", "/disclosure/edu/", "/disclosure/edu/items/", "/feed.xml", "/open/items.json"):
            assert "只在内部的标题" not in Client().get(address).content.decode(), address

    def test_what_was_taken_off_without_a_word_was_never_there(self, office: Publisher):
        publication = published(office)
        taken_off(office, publication)
        gone, unknown = Client().get(of(publication)), Client().get("/items/987654/")
        assert gone.status_code == unknown.status_code == 404
        assert gone.content.replace(of(publication).encode(), b"") == unknown.content.replace(
            b"/items/987654/", b""
        )

    def test_what_was_taken_off_with_a_word_tells_the_word_and_nothing_else(self, office: Publisher):
        publication = with_title(office, "将要撤下的标题")
        taken_off(office, publication, "本件已经撤销，请看新的决定。")
        answer = Client().get(of(publication))
        shown = answer.content.decode()
        assert answer.status_code == 410 and "本件已经撤销，请看新的决定。" in shown
        assert "将要撤下的标题" not in shown and "内部理由不外传" not in shown
        assert "public" not in answer.headers["Cache-Control"]

    def test_a_repealed_document_says_so_before_its_text(self, office: Publisher):
        publication = published(office, an_item(office, kind=Item.Kind.NORMATIVE_DOCUMENT))
        item = publication.item
        Item.objects.filter(pk=item.pk).update(validity=Item.Validity.REPEALED)
        renew_entry(Item.objects.get(pk=item.pk), moment(TODAY, 5))
        shown = page(of(publication))
        assert shown.index("这份文件不再有效") < shown.index("请各学校认真落实")
        assert "已废止" in page("/disclosure/edu/items/")

    @pytest.mark.parametrize(
        ("ends_on", "told"),
        [(date(2099, 1, 8), "公示到2099年1月8日为止；有不同意见的"), (date(2026, 3, 4), "已经期满")],
    )
    def test_a_public_notice_says_until_when_it_runs(self, office: Publisher, ends_on: date, told: str):
        item = an_item(office, content("关于示例名单的公示", ends_on=ends_on), kind=Item.Kind.PUBLIC_NOTICE)
        assert told in page(of(published(office, item)))

    def test_an_interpretation_and_its_document_lead_to_each_other(self, office: Publisher):
        document = with_title(office, "被解读的办法")
        reading = with_title(office, "一图读懂办法", kind=Item.Kind.INTERPRETATION)
        ItemLink.objects.create(
            item=reading.item, other=document.item, kind="interprets", by=office.officer, at=moment()
        )
        assert "对本文的解读" in page(of(document)) and "一图读懂办法" in page(of(document))
        assert "本文解读的文件" in page(of(reading)) and "被解读的办法" in page(of(reading))
        taken_off(office, reading)
        assert "一图读懂办法" not in page(of(document))

    def test_a_service_guide_shows_its_six_disclosures(self, office: Publisher):
        details = {"basis": "依据示例条例第一条", "procedure": "先交材料\n再等通知"}
        said = content("办理示例事项", details=details)
        publication = published(office, an_item(office, said, kind=Item.Kind.SERVICE_GUIDE))
        for shown in (page(of(publication)), page("/disclosure/edu/services/")):
            assert "依据示例条例第一条" in shown and "再等通知" in shown
            assert all(
                part in shown
                for part in ("办事依据", "职责", "条件（指标）", "程序", "纪律", "结果", "还没有写明")
            )

    def test_the_disclosure_guide_shows_how_the_office_is_reached_now(self, office: Publisher):
        OfficeProfile.objects.update_or_create(
            agency=office.agency, defaults={"address": "示例路1号", "phone": "0000-1234567"}
        )
        guide = with_title(office, "示例局公开指南", kind=Item.Kind.DISCLOSURE_GUIDE)
        for shown in (page(of(guide)), page("/disclosure/edu/")):
            assert "示例路1号" in shown and "0000-1234567" in shown

    @pytest.mark.parametrize(("kind", "magic"), [("pdf", b"%PDF-"), ("docx", b"PK\x03\x04")])
    def test_it_can_be_taken_away_as_a_paper(self, office: Publisher, kind: str, magic: bytes):
        answer = Client().get(f"{of(published(office))}paper/{kind}/")
        assert answer.status_code == 200 and answer.content.startswith(magic)
        assert answer.headers["Content-Disposition"].startswith("attachment;")

    def test_there_is_no_paper_of_another_kind(self, office: Publisher):
        assert Client().get(f"{of(published(office))}paper/exe/").status_code == 404

    def test_a_guide_as_a_paper_holds_its_parts(self, office: Publisher):
        from gongkai.portal.items import whole_article

        said = content("指南", "其余的话。", details={"basis": "依据一\n\n依据二"})
        guide = published(office, an_item(office, said, kind=Item.Kind.SERVICE_GUIDE))
        assert whole_article(guide) == Article(
            (Heading("办事依据"), Paragraph("依据一"), Paragraph("依据二"), Paragraph("其余的话。"))
        )


class TestFiles:
    def a_publication(self, office: Publisher, name: str, data: bytes) -> Publication:
        item = an_item(office)
        with_file(office, item, name, data)
        item.refresh_from_db()
        return published(office, item)

    def test_a_file_is_saved_and_never_opened_in_the_sites_name(self, office: Publisher):
        data = "名称,数量\n示例,1\n".encode()
        publication = self.a_publication(office, "清单.csv", data)
        order = publication.files.get().order
        answer = Client().get(f"{of(publication)}files/{order}/")
        assert answer.content == data
        assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E6%B8%85")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        again = Client().get(f"{of(publication)}files/{order}/", headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304 and again.content == b""

    def test_a_table_is_previewed_as_a_table(self, office: Publisher):
        publication = self.a_publication(office, "清单.csv", "名称,数量\n<i>示例</i>,1\n".encode())
        order = publication.files.get().order
        assert f"files/{order}/preview/" in page(of(publication))
        shown = page(f"{of(publication)}files/{order}/preview/")
        assert "<td>名称</td>" in shown and "&lt;i&gt;示例&lt;/i&gt;" in shown

    def test_files_go_with_their_item(self, office: Publisher):
        publication = self.a_publication(office, "清单.csv", b"a,b\n1,2\n")
        order = publication.files.get().order
        taken_off(office, publication, "已撤下")
        for address in (f"files/{order}/", f"files/{order}/preview/", "paper/pdf/"):
            assert Client().get(f"{of(publication)}{address}").status_code == 404

    def test_pictures_of_the_text_are_shown_in_their_place(self, office: Publisher):
        data = a_picture()
        said = content(
            "有图的信息", article=Article((Paragraph("图在下面。"), Picture(digest(data), "示例图")))
        )
        item = an_item(office, said)
        file = with_file(office, item, "示例图.png", data)
        type(file).objects.filter(pk=file.pk).update(is_picture=True, media_type="image/png")
        item.refresh_from_db()
        for person in (office.head, office.secrecy):
            attest(item=item, part=digest(data), by=person, at=moment())
        publication = published(office, item)
        address = f"{of(publication)}pictures/{digest(data)}/"
        assert f'src="{address}"' in page(of(publication))
        answer = Client().get(address)
        assert answer.content == data and answer.headers["Content-Type"] == "image/png"
        assert "files-title" not in page(of(publication))


class TestTheDisclosurePage:
    def test_it_has_the_five_blocks_in_their_order(self, office: Publisher):
        shown = page("/disclosure/edu/") if published(office) else ""
        names = ["政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开"]
        places = [shown.index(f'tabindex="-1">{name}</h2>') for name in names]
        assert places == sorted(places)

    def test_guide_institutions_and_reports_stand_in_their_blocks(self, office: Publisher, cast: Cast):
        with_title(office, "示例局公开指南", kind=Item.Kind.DISCLOSURE_GUIDE)
        with_title(office, "示例局主动公开办法", kind=Item.Kind.INSTITUTION)
        published_report(cast)
        shown = page("/disclosure/edu/")
        guide, rest = shown.split('id="institutions"', 1)
        assert "示例局公开指南" in guide and "示例局主动公开办法" in rest.split('id="content"')[0]
        assert "/reports/edu/2020/" in rest.split('id="reports"')[1]

    def test_the_catalog_counts_what_is_public_and_hides_what_is_internal(self, office: Publisher):
        below = CatalogNode.objects.create(
            agency=office.agency, parent=office.node, code="20-11-1", title="招生政策", source="own"
        )
        CatalogNode.objects.create(
            agency=office.agency,
            code="own-9",
            title="机关内部管理",
            source="own",
            disclosure_class="withheld",
        )
        with_title(office, "招生办法", node=below)
        with_title(office, "教育措施")
        submitted(office, an_item(office, content("还没有公开的")))
        shown = page("/disclosure/edu/")
        assert '教育政策、措施及其实施情况</a> <span class="meta">2&#8288;条' in shown
        assert '招生政策</a> <span class="meta">1&#8288;条' in shown
        assert "机关内部管理" not in shown
        assert "招生办法" in page("/disclosure/edu/items/20-11/")
        assert "教育措施" not in page("/disclosure/edu/items/20-11-1/")
        assert Client().get("/disclosure/edu/items/own-9/").status_code == 404

    def test_with_one_agency_the_way_leads_straight_there(self, office: Publisher):
        published(office)
        assert Client().get("/disclosure/").headers["Location"] == "/disclosure/edu/"

    def test_with_several_agencies_one_chooses(self, office: Publisher, cast: Cast):
        published(office)
        report = published_report(cast)
        AnnualReport.objects.filter(pk=report.pk).update(agency=cast.above)
        assert "示例市政府办公室" in page("/disclosure/")

    def test_an_agency_with_nothing_for_the_public_has_no_page(self, office: Publisher):
        assert Client().get("/disclosure/farm/").status_code == 404


class TestLists:
    def test_fifty_a_page_the_newest_first_and_none_twice(self, office: Publisher, monkeypatch):
        assert lists.A_PAGE == 50
        monkeypatch.setattr(lists, "A_PAGE", 3)
        copies = [with_title(office, f"第{number}条").item_id for number in range(5)]
        one, two = page("/disclosure/edu/items/"), page("/disclosure/edu/items/?page=2")
        assert [pk for text in (one, two) for pk in map(int, re.findall(r'"/items/(\d+)/"', text))] == copies[
            ::-1
        ]
        assert "共5条，第1页，共2页" in one and "上一页" in two and "下一页" not in two

    def test_it_asks_the_database_no_more_for_more_items(self, office: Publisher):
        with_title(office, "第一条")
        with CaptureQueriesContext(connection) as one:
            page("/disclosure/edu/items/")
        with_title(office, "第二条")
        with CaptureQueriesContext(connection) as two:
            page("/disclosure/edu/items/")
        assert len(one) == len(two) <= 20

    @pytest.mark.parametrize(
        ("query", "there"),
        [
            ("kind=interpretation", False),
            ("kind=notice", True),
            ("year=2026", True),
            ("year=2019", False),
            ("year=²", False),
            ("section=abc", False),
            ("section=99999999999999999999999", False),
            ("validity=repealed", False),
            ("page=-3", True),
            ("page=abc", True),
        ],
    )
    def test_it_is_narrowed_by_what_is_asked(self, office: Publisher, query: str, there: bool):
        with_title(office, "要找的那一条")
        with_title(office, "另外一条", kind=Item.Kind.PUBLIC_NOTICE)
        assert ("要找的那一条" in page(f"/disclosure/edu/items/?{query}")) is there

    def test_the_list_can_be_taken_away_as_it_is_narrowed(self, office: Publisher):
        with_title(office, "一般信息一条")
        with_title(office, "公示一条", kind=Item.Kind.PUBLIC_NOTICE)
        shown = page("/disclosure/edu/items/?kind=notice")
        assert "/open/items.csv?agency=edu&amp;kind=notice" in shown
        table = page("/open/items.csv?agency=edu&kind=notice")
        assert "一般信息一条" in table and "公示一条" not in table


class TestWhatEverybodyGetsAlike:
    def test_a_page_knows_nobody(self, office: Publisher):
        publication = published(office)
        client = Client()
        client.force_login(office.officer)
        for address in (
            "/",
            "/disclosure/edu/",
            "/disclosure/edu/items/",
            of(publication),
            "/feed.xml",
            "/open/",
        ):
            known, unknown = client.get(address), Client().get(address)
            assert known.content == unknown.content, address
            assert not known.cookies and not unknown.cookies, address
            assert known.headers["Cache-Control"] == "public, max-age=30", address
            assert known.headers["ETag"] == unknown.headers["ETag"]

    def test_what_waits_to_be_told_to_somebody_is_told_on_their_own_page(self, office: Publisher):
        client = Client()
        client.post("/apply/leave/")
        assert "已经清除" not in client.get("/").content.decode()
        assert "已经清除" in client.get("/apply/").content.decode()

    def test_an_unchanged_page_is_not_sent_again(self, office: Publisher):
        address = of(published(office))
        etag = Client().get(address).headers["ETag"]
        again = Client().get(address, headers={"If-None-Match": etag})
        assert again.status_code == 304 and again.headers["Cache-Control"] == "public, max-age=30"

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_it_is_for_reading(self, office: Publisher, method: str):
        assert getattr(Client(), method)("/disclosure/").status_code == 405

    def test_a_new_edition_takes_the_place_of_the_old_one(self, office: Publisher):
        from gongkai.publishing.actions.drafting import edit_item
        from tests.publishing.office import reviewed

        publication = published(office)
        item = Item.objects.get(pk=publication.item_id)
        edit_item(
            item=item, content=content("改过的标题"), revision=item.revision, by=office.clerk, at=moment()
        )
        assert "改过的标题" not in page(of(publication))
        item.refresh_from_db()
        reviewed(office, item)
        item.refresh_from_db()
        publish_item(item=item, channels=["website"], by=office.officer, at=timezone.now())
        assert "<h1>改过的标题</h1>" in page(of(publication)) and "更新日期" in page(of(publication))
