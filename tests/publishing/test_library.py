"""The library of normative documents: what holds, what the public sees of it, the pages."""

from datetime import date, timedelta

import pytest
from django.test import Client

from gongkai.documents.contents import read_contents
from gongkai.publishing.actions.normative import (
    UnableToKeepDocument,
    edit_document,
    enter_document,
    enter_event,
    settle_library,
    strike_document,
    strike_event,
)
from gongkai.publishing.entered import EnteredDocument
from gongkai.publishing.models import NormativeDocument, PublicChange, RegisterFile, ValidityEvent
from gongkai.publishing.papers import sheet_pdf
from gongkai.publishing.policies.registers import ended_on, validity_on
from gongkai.publishing.queries.normative import disclosed_on, documents_in
from gongkai.publishing.tasks import nightly
from gongkai.search.queries import search
from tests.publishing.office import TODAY, Publisher, an_item, content, moment, published, submitted
from tests.publishing.pages import Browser, day

NORM = "normative_document"


def entered(title: str = "示例管理办法", issued: date = date(2022, 5, 1), **more) -> EnteredDocument:
    return EnteredDocument(NORM, title, issued, **more)


def shelve(office: Publisher, title: str = "示例管理办法", issued: date = date(2022, 5, 1), **more):
    return enter_document(
        agency=office.agency, entered=entered(title, issued, **more), by=office.officer, at=moment()
    )


def happens(office: Publisher, document, kind: str, on: date, **more) -> ValidityEvent:
    given = {"by_document": "示例清理结果公告", "by": office.officer, "at": moment()} | more
    return enter_event(document=document, kind=kind, on=on, **given)


def stands(document, on: date) -> str:
    return validity_on(document, document.events.all(), on).value


def a_public_document(office: Publisher, **more) -> NormativeDocument:
    said = content("示例市校外培训管理办法", document_number="示教规〔2026〕1号", **more)
    return published(office, an_item(office, said, kind=NORM)).item.normative_document


def test_a_published_document_stands_in_the_library_by_itself(office: Publisher):
    document = a_public_document(office, effective_on=date(2026, 4, 1))
    assert (document.title, document.document_number) == ("示例市校外培训管理办法", "示教规〔2026〕1号")
    assert (document.issued_on, document.effective_on) == (TODAY - timedelta(days=3), date(2026, 4, 1))
    (line,) = documents_in(office.agency, {}, TODAY)
    assert (line.validity, line.disclosed_on) == ("in_force", TODAY)


def test_an_old_record_with_the_same_number_becomes_that_of_the_published_document(office: Publisher):
    old = shelve(office, document_number="示教规〔2026〕1号", disclosed_on=date(2022, 6, 1))
    happens(office, old, "repealed", date(2025, 1, 1))
    document = a_public_document(office)
    assert document.pk == old.pk and document.issued_on == date(2022, 5, 1)
    assert document.item.validity == "repealed"
    assert disclosed_on(document) == date(2022, 6, 1)


def test_a_number_that_another_published_document_has_does_not_stop_publishing(office: Publisher):
    a_public_document(office)
    said = content("另一份文件", document_number="示教规〔2026〕1号")
    second = published(office, an_item(office, said, kind=NORM)).item.normative_document
    assert second.document_number == "" and NormativeDocument.objects.count() == 2


def test_a_new_edition_brings_the_library_up_to_date_and_no_second_record(office: Publisher):
    document = a_public_document(office)
    item = document.item
    from gongkai.publishing.actions.drafting import edit_item

    edit_item(
        item=item, content=content("示例市校外培训管理办法（修订）", document_number="示教规〔2026〕1号"),
        by=office.clerk, at=moment(),
    )  # fmt: skip
    item.refresh_from_db()
    published(office, item)
    document.refresh_from_db()
    assert document.title.endswith("（修订）") and NormativeDocument.objects.count() == 1


def test_repeal_shows_on_the_page_in_search_and_in_caches_at_once(office: Publisher):
    document = a_public_document(office)
    changes = PublicChange.objects.count()
    happens(office, document, "repealed", TODAY, at=moment(TODAY))
    document.item.refresh_from_db()
    assert document.item.validity == "repealed"
    assert PublicChange.objects.count() == changes + 1
    assert search("校外培训", validity="repealed").total == 1
    assert search("校外培训", validity="in_force").total == 0


def test_a_repealed_document_says_so_on_paper_too(office: Publisher, client: Client):
    document = a_public_document(office)
    assert "已废止" not in on_paper(client, document)
    happens(office, document, "repealed", TODAY, at=moment(TODAY))
    document.item.refresh_from_db()
    assert on_paper(client, document).count("已废止") == 2


def on_paper(client: Client, document: NormativeDocument) -> str:
    """What stands in the download of a document and on its sheet for the board."""
    download = b"".join(client.get(f"/items/{document.item_id}/paper/docx/"))
    sheet = sheet_pdf(document.item.publications.get(), "A4", "")
    files = ((download, "x.docx"), (sheet, "x.pdf"))
    return "".join("".join(read_contents(data, name).text.split()) for data, name in files)


def test_a_repeal_to_come_waits_for_its_day(office: Publisher):
    document = a_public_document(office)
    later = TODAY + timedelta(days=30)
    happens(office, document, "repealed", later)
    document.item.refresh_from_db()
    assert document.item.validity == "in_force"
    assert settle_library(agency=office.agency, by=None, at=moment(later)) == 0
    document.item.refresh_from_db()
    assert document.item.validity == "repealed"


def test_a_document_expires_by_itself_the_day_after_its_last(office: Publisher):
    document = a_public_document(office)
    last = TODAY + timedelta(days=10)
    edit_document(
        document=document,
        entered=EnteredDocument(NORM, document.title, document.issued_on, expires_on=last),
        by=office.officer,
        at=moment(),
    )
    assert settle_library(agency=office.agency, by=None, at=moment(last)) == 0
    assert settle_library(agency=office.agency, by=None, at=moment(last + timedelta(days=1))) == 1
    assert settle_library(agency=office.agency, by=None, at=moment(last + timedelta(days=2))) == 0
    (event,) = document.events.all()
    assert (event.kind, event.on, event.by) == ("expired", last + timedelta(days=1), None)
    document.item.refresh_from_db()
    assert document.item.validity == "expired"
    assert search("校外培训", validity="expired").total == 1


def test_the_night_does_it(office: Publisher):
    document = shelve(office, expires_on=date(2023, 12, 31))
    nightly.func()
    assert [event.kind for event in document.events.all()] == ["expired"]


def test_confirmed_after_a_review_it_holds_on(office: Publisher):
    document = shelve(office, expires_on=date(2026, 12, 31))
    happens(office, document, "confirmed", date(2026, 3, 1), expires_on=date(2031, 12, 31))
    document.refresh_from_db()
    assert stands(document, date(2030, 1, 1)) == "in_force"
    happens(office, document, "confirmed", date(2026, 3, 2))
    document.refresh_from_db()
    assert ended_on(document, document.events.all()) is None


def test_an_amended_document_is_in_force_and_says_so(office: Publisher):
    document = shelve(office)
    happens(office, document, "amended", date(2024, 5, 1))
    assert stands(document, date(2024, 4, 30)) == "in_force"
    assert stands(document, date(2024, 5, 1)) == "amended"
    assert len(documents_in(office.agency, {"validity": "in_force"}, TODAY)) == 1


def test_what_was_entered_wrongly_is_struck_and_stays_readable(office: Publisher):
    document = shelve(office)
    event = happens(office, document, "repealed", date(2024, 5, 1))
    strike_event(event=event, reason="看错文件", by=office.officer, at=moment())
    assert stands(document, TODAY) == "in_force"
    assert document.events.count() == 2
    with pytest.raises(UnableToKeepDocument, match="已经划销"):
        strike_event(event=event, reason="再划", by=office.officer, at=moment())
    strike_document(document=document, reason="不是规范性文件", by=office.officer, at=moment())
    assert documents_in(office.agency, {}, TODAY) == []
    document.refresh_from_db()
    with pytest.raises(UnableToKeepDocument, match="已经注销"):
        happens(office, document, "repealed", date(2024, 5, 1))


def test_an_automatic_expiry_is_mended_at_its_root(office: Publisher):
    document = shelve(office, expires_on=date(2023, 12, 31))
    settle_library(agency=office.agency, by=None, at=moment())
    (event,) = document.events.all()
    with pytest.raises(UnableToKeepDocument, match="先改“有效期至”"):
        strike_event(event=event, reason="写错", by=office.officer, at=moment())
    edit_document(document=document, entered=entered(expires_on=None), by=office.officer, at=moment())
    document.refresh_from_db()
    strike_event(event=event, reason="写错", by=office.officer, at=moment())
    assert stands(document, TODAY) == "in_force"


@pytest.mark.parametrize(
    ("kind", "on", "said", "sentence"),
    [
        ("repealed", date(2022, 4, 30), "示例", "早于制发日期"),
        ("repealed", date(2024, 1, 1), " ", "依据哪份文件"),
        ("struck", date(2024, 1, 1), "示例", "发生了什么"),
        ("amended", date(2025, 6, 1), "示例", "已经废止或者失效"),
    ],
)
def test_what_cannot_have_happened_is_refused(office: Publisher, kind, on, said, sentence):
    document = shelve(office)
    happens(office, document, "repealed", date(2025, 1, 1))
    with pytest.raises(UnableToKeepDocument, match=sentence):
        happens(office, document, kind, on, by_document=said)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "填写名称"),
        ({"expires_on": date(2020, 1, 1)}, "有效期早于"),
        ({"disclosed_on": date(2020, 1, 1)}, "公开日期早于"),
        ({"document_number": "示教规〔2022〕9号"}, "已有这个文号"),
    ],
)
def test_a_record_that_cannot_be_right_is_refused(office: Publisher, changes, sentence):
    shelve(office, "在先的文件", document_number="示教规〔2022〕9号")
    with pytest.raises(UnableToKeepDocument, match=sentence):
        shelve(office, **{"title": "后来的文件"} | changes)


def test_the_library_is_kept_by_the_disclosure_office(office: Publisher):
    with pytest.raises(UnableToKeepDocument, match="公开工作机构办理"):
        enter_document(agency=office.agency, entered=entered(), by=office.clerk, at=moment())
    document = a_public_document(office)
    with pytest.raises(UnableToKeepDocument, match="从公开信息来的"):
        strike_document(document=document, reason="试", by=office.officer, at=moment())


# ---- the pages -------------------------------------------------------------------------------


def test_the_list_is_filtered_and_exported_as_it_stands(office: Publisher):
    shelve(office, "校舍安全办法", document_number="示教规〔2022〕1号")
    gone = shelve(office, "旧学籍办法", date(2021, 3, 1))
    happens(office, gone, "repealed", date(2024, 5, 1))
    browser = Browser(office.officer)
    page = browser.get("library", "edu")
    assert page.has("现行有效1件", "校舍安全办法", "旧学籍办法", "已废止")
    assert browser.get("library", "edu", query="?validity=repealed").has("1件", "旧学籍办法")
    assert not browser.get("library", "edu", query="?text=校舍").has("旧学籍办法")
    assert browser.get("library", "edu", query="?year=2021&kind=government_rule").has("没有符合这些条件")
    assert browser.get("library", "edu", query="?year=x").status == 422
    answer = browser.client.get("/office/publishing/library/edu/export/csv/?validity=repealed")
    words = answer.content.decode("utf-8-sig")
    assert "旧学籍办法" in words and "校舍" not in words
    assert browser.client.get("/office/publishing/library/edu/export/xlsx/").content.startswith(b"PK")
    assert browser.client.get("/office/publishing/library/edu/export/exe/").status_code == 404


def test_a_document_is_entered_changed_and_repealed_on_its_pages(office: Publisher):
    browser = Browser(office.officer)
    typed = {
        "title": "校车管理办法",
        "kind": NORM,
        "issued_on": "2022年5月1日",
        "document_number": "示〔2022〕5号",
    }
    assert browser.post("enter_document", "edu", **typed | {"issued_on": "五月"}).has("这不是日期")
    assert browser.post("enter_document", "edu", **typed).has("已登记到规范性文件库")
    document = NormativeDocument.objects.get()
    assert browser.get("edit_document", "edu", document.pk).has("修改登记")
    page = browser.post("edit_document", "edu", document.pk, **typed | {"title": "校车安全办法"})
    assert page.has("校车安全办法", "已保存")
    event = {"kind": "repealed", "on": day(-1), "by_document": "示例废止决定"}
    assert browser.post("enter_validity", "edu", document.pk, **event | {"on": ""}).status == 422
    assert browser.post("enter_validity", "edu", document.pk, **event).has("示例废止决定", "已废止")
    (entry,) = document.events.all()
    assert browser.get("strike_validity", "edu", document.pk, entry.pk).has("划销这条记录")
    page = browser.post("strike_validity", "edu", document.pk, entry.pk, reason="看错了")
    assert page.has("已划销：看错了", "现行有效")
    page = browser.post("strike_document", "edu", document.pk, **{"strike-reason": ""})
    assert page.status == 422
    browser.post("strike_document", "edu", document.pk, **{"strike-reason": "重复"})
    assert browser.get("library_document", "edu", document.pk).has("已注销", "重复")


def test_others_look_and_strangers_do_not(office: Publisher):
    document = shelve(office)
    page = Browser(office.clerk).get("library", "edu")
    assert page.has("您可以查看") and "登记一件" not in page.text
    assert "登记变化" not in Browser(office.clerk).get("library_document", "edu", document.pk).text
    assert Browser(office.stranger).get("library", "edu").status == 404
    assert Browser(office.stranger).get("library_document", "edu", document.pk).status == 404
    page = Browser(office.clerk).post(
        "enter_validity", "edu", document.pk, kind="repealed", on="2024-01-01", by_document="示例"
    )
    assert page.has("公开工作机构办理") and not document.events.exists()


LIST = (
    "名称,文号,类别,成文日期,有效期至,时效性,废止日期,废止依据,公开日期,备注\n"
    "校舍安全办法,示教规[2020]1号,行政规范性文件,2020年3月1日,,现行有效,,,2020-03-05,\n"
    "旧学籍办法,示教规〔2019〕2号,行政规范性文件,2019/2/1,,废止,2023-1-1,示例清理公告,2019-02-10,\n"
    "示例市规章,示例令第1号,政府规章,2018-01-01,2028-01-01,有效,,,,\n"
    "没有日期,示教规〔2020〕3号,,,,,,,,\n"
    "写了废止,示教规〔2020〕4号,,2020-04-01,,已废止,,,,\n"
)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_list_is_imported_after_a_look_at_every_row(office: Publisher, charset):
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = Browser(office.officer)
    file = SimpleUploadedFile("文件库.csv", LIST.encode(charset))
    page = browser.post("import_register", "edu", "documents", "all", file=file)
    assert page.has("可以导入3条，2行有问题", "没有写成文日期", "没有写废止或者失效日期", "不导入的列：备注")
    assert NormativeDocument.objects.count() == 0
    kept = RegisterFile.objects.get()
    assert browser.post("import_preview", kept.pk, act="import").has("已经导入3条")
    kept.refresh_from_db()
    assert kept.content is None and kept.imported == 3
    rule = NormativeDocument.objects.get(kind="government_rule")
    assert rule.expires_on == date(2028, 1, 1)
    old = NormativeDocument.objects.get(title="旧学籍办法")
    assert (stands(old, TODAY), old.disclosed_on) == ("repealed", date(2019, 2, 10))
    assert NormativeDocument.objects.get(title="校舍安全办法").document_number == "示教规〔2020〕1号"
    file = SimpleUploadedFile("文件库.csv", LIST.encode(charset))
    assert browser.post("import_register", "edu", "documents", "all", file=file).has("3行已经有了")
    kept = RegisterFile.objects.first()
    assert kept and browser.post("import_preview", kept.pk, act="import").has("没有可以导入的行")
    assert browser.post("import_preview", kept.pk, act="drop").has("已经放弃")
    assert browser.get("import_preview", kept.pk).has("已经导入或者放弃")


def test_a_file_that_is_no_list_is_one_sentence(office: Publisher):
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = Browser(office.officer)
    assert browser.post("import_register", "edu", "documents", "all").has("还没有选文件")
    for data in (b"%PDF-1.4", b"", b"a,b\n1,2\n", b"\x89PNG\r\n"):
        file = SimpleUploadedFile("x.csv", data)
        page = browser.post("import_register", "edu", "documents", "all", file=file)
        assert page.status == 422 and page.has("没有读成")
    assert RegisterFile.objects.count() == 0
    assert browser.get("import_register", "edu", "documents", "penalty").status == 404
    assert browser.get("import_register", "edu", "nothing", "penalty").status == 404
    assert browser.client.get("/office/publishing/import/edu/documents/all/template/").content[:2] == b"PK"
    assert Browser(office.clerk).get("import_register", "edu", "documents", "all").has("您不能导入")


def test_a_review_is_not_passed_by_the_library(office: Publisher):
    """Entering a document publishes nothing."""
    shelve(office)
    item = an_item(office, kind=NORM)
    submitted(office, item)
    assert not item.publications.exists() and NormativeDocument.objects.filter(item=item).count() == 0
