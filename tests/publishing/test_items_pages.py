"""Writing an item on its pages: nothing typed is lost, nothing is done twice, every refusal says why."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document
from PIL import Image

from gongkai.documents.articles import Article
from gongkai.publishing.actions.drafting import edit_item
from gongkai.publishing.actions.releasing import plan_publication, publish_item, run_planned
from gongkai.publishing.intake import shown_name
from gongkai.publishing.models import Item, ItemFile, Planned, Publication, Scan
from gongkai.publishing.policies.findings import scan_of
from gongkai.publishing.queries.today import sent_back, to_publish, to_review
from tests.publishing.office import an_item, content, reviewed, submitted, with_file
from tests.publishing.pages import Browser, day, fresh, typed

BAD_ID = "身份证号11010519491231002X"


@pytest.fixture
def clerk(office) -> Browser:
    return Browser(office.clerk)


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def item_of(title: str) -> Item:
    return next(item for item in Item.objects.all() if item.title == title)


def test_a_draft_is_kept_with_its_words_place_and_class(office, clerk):
    page = clerk.post("draft", "edu", **typed(office, summary="一句话。", keywords="甲，乙", ends_on=""))
    item = item_of("关于做好示例工作的通知")
    assert page.has("已存为草稿", item.index_number)
    assert item.draft.keywords == ("甲", "乙")
    assert (item.section, item.node, item.kind) == (office.section, office.node, "notice")


def test_an_entry_of_the_catalog_may_be_chosen_beforehand(office, clerk):
    page = clerk.get("draft", "edu", query=f"?node={office.node.pk}&kind=service_guide")
    assert page.context["form"]["node"].value() == str(office.node.pk)
    assert page.context["form"]["section"].value() == str(office.section.pk)
    assert "六公开" in page.text


def test_a_page_sent_twice_makes_one_draft(office, clerk):
    first = clerk.post("draft", "edu", **typed(office, token="the-same-page"))
    second = clerk.post("draft", "edu", **typed(office, token="the-same-page"))
    assert Item.objects.count() == 1
    assert second.has("没有重复拟稿")
    assert first.address == second.address


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("formed_on", "2026年13月45日", "这不是日期"),
        ("formed_on", "", "请填写“生成日期”"),
        ("formed_on", "3026-01-01", "年份不对"),
        ("title", "", "请填写“名称”"),
        ("title", "长" * 201, "最多写200个字"),
        ("node", "", "请选择“目录事项”"),
        ("node", "999999", "没有“999999”这个选项"),
        ("ends_on", "2001-01-01", "公示截止早于生成日期"),
        ("keywords", "、".join(map(str, range(11))), "最多10个关键词"),
        ("disclosure_class", "withheld", "依据"),
        ("title", "有\0空字符", "空字符"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(office, clerk, field, value, sentence):
    page = clerk.post("draft", "edu", **typed(office, body="写了很久的正文。") | {field: value})
    assert page.status == 422
    assert sentence in page.text
    assert "写了很久的正文。" in page.text
    assert not Item.objects.exists()


def test_a_day_after_today_is_refused(office, clerk):
    page = clerk.post("draft", "edu", **typed(office, formed_on=day(3)))
    assert page.has("生成日期不能晚于今天")


@pytest.mark.parametrize("written", ["2026年3月1日（周日）", "２０２６-０３-０１", "2026.3.1", "20260301"])
def test_days_are_read_as_people_write_them(office, clerk, written):
    clerk.post("draft", "edu", **typed(office, formed_on=written))
    assert str(Item.objects.get().draft.formed_on) == "2026-03-01"


def test_a_public_notice_says_until_when(office, clerk):
    page = clerk.post("draft", "edu", **typed(office, kind="public_notice"))
    assert page.has("公示要写明截止日期")


def test_withholding_needs_ground_and_reason_and_sets_the_next_look(office, clerk):
    marked = {"disclosure_class": "withheld", "ground": "internal_affairs"}
    page = clerk.post("draft", "edu", **typed(office, **marked))
    assert page.status == 422
    assert page.has("写明属于哪一类内部事务")
    clerk.post("draft", "edu", **typed(office, **marked, ground_reason="属于后勤管理，公开没有意义。"))
    item = Item.objects.get()
    assert (item.state, item.due_on) == ("kept", None)
    assert item.reassess_on is not None


def test_the_six_disclosures_are_kept_for_a_service_guide_only(office, clerk):
    said = {"service_guide-basis": "示例办法第三条", "service_guide-procedure": "一次办结"}
    clerk.post("draft", "edu", **typed(office, kind="service_guide", **said))
    assert Item.objects.get().draft.details == {"basis": "示例办法第三条", "procedure": "一次办结"}
    page = clerk.get("item", Item.objects.get().pk)
    assert page.has("请写明工作人员的办事纪律和监督电话")
    clerk.post(
        "edit", Item.objects.get().pk, **typed(office, **said, revision=str(Item.objects.get().revision))
    )
    assert Item.objects.get().draft.details == {}


def test_a_script_in_a_title_is_only_words(office, clerk):
    clerk.post(
        "draft", "edu", **typed(office, title="<script>alert(1)</script>", body="<img src=x onerror=a>")
    )
    item = Item.objects.get()
    for name in ("item", "preview", "edit"):
        source = clerk.get(name, item.pk).source
        assert "<script>alert" not in source
        assert "<img src=x" not in source


def test_a_section_sees_its_own_items_only(office, cast):
    item = an_item(office)
    assert Browser(office.stranger).get("item", item.pk).status == 404
    assert Browser(office.officer).get("item", item.pk).status == 200


def test_two_people_at_once_lose_nothing(office, clerk):
    item = an_item(office)
    opened = item.revision
    edit_item(item=item, content=content(text="别人先存的。"), by=office.officer, at=timezone.now())
    page = clerk.post("edit", item.pk, **typed(office, body="我后来写的。", revision=str(opened)))
    assert page.status == 409
    assert page.has("别人改过这条信息", "别人先存的。", "我后来写的。")
    again = typed(office, body="我后来写的。", revision=str(fresh(item).revision))
    assert clerk.post("edit", item.pk, **again).has("已保存")
    assert "我后来写的。" in str(fresh(item).draft.article)


def test_what_is_reviewed_cannot_be_changed_and_says_why(office, clerk):
    item = an_item(office)
    submitted(office, item)
    assert clerk.get("edit", item.pk).has("现在不能修改", "正在审查")
    page = clerk.post("edit", item.pk, **typed(office, body="想改的。"))
    assert page.status == 409
    assert page.has("正在审查", "想改的。")


def test_text_is_taken_over_from_word_with_its_pictures(office, clerk):
    item = an_item(office)
    word = Document()
    word.add_heading("取来的标题", level=0)
    word.add_paragraph("取来的第一段。")
    word.add_picture(io.BytesIO(a_picture()))
    kept = io.BytesIO()
    word.save(kept)
    page = clerk.post(
        "edit", item.pk,
        **typed(office, revision=str(item.revision), take="1", source=upload("正文.docx", kept.getvalue())),
    )  # fmt: skip
    assert page.has("已取到正文框里，还没有保存", "取来的第一段。", "收下1张图片")
    assert ItemFile.objects.get().is_picture
    assert "取来的第一段" not in str(fresh(item).draft.article)
    form = page.context["form"]
    saved = typed(office, body=form["body"].value(), revision=page.context["revision"])
    assert clerk.post("edit", item.pk, **saved).has("已保存", "取来的第一段。")
    assert (
        f'src="/office/publishing/files/{ItemFile.objects.get().pk}/picture/"'
        in clerk.get("preview", item.pk).source
    )


def test_a_broken_file_gives_one_sentence_and_keeps_the_words(office, clerk):
    page = clerk.post(
        "draft",
        "edu",
        **typed(office, body="已经写的。", take="1", source=upload("坏.docx", b"PK\x03\x04 broken")),
    )
    assert page.status == 422
    assert page.has("已经写的。", "请先改好下面几处")


def test_files_are_taken_screened_and_opened(office, clerk):
    item = an_item(office)
    page = clerk.post("add_file", item.pk, files=[upload("名单.txt", f"甄示范，{BAD_ID}".encode())])
    file = ItemFile.objects.get()
    assert page.has("收下1个附件", "不得发布")
    assert scan_of(file) is not None
    assert clerk.get("file", file.pk).has("名单.txt", "甄示范")
    saved = clerk.client.get(f"/office/publishing/files/{file.pk}/data/")
    assert saved.content == f"甄示范，{BAD_ID}".encode()
    assert saved["Content-Disposition"].startswith("attachment")
    assert "名单" not in saved["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("空.txt", b"", "是空的"),
        ("程序.exe", b"MZ\x90\x00" + b"\0" * 200, "没有收下"),
        ("改名.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "没有收下"),
    ],
)
def test_files_that_cannot_go_out_are_refused_in_a_sentence(office, clerk, name, data, sentence):
    page = clerk.post("add_file", an_item(office).pk, files=[upload(name, data)])
    assert sentence in page.text
    assert not ItemFile.objects.exists()


def test_the_same_file_is_taken_once(office, clerk):
    item = an_item(office)
    clerk.post("add_file", item.pk, files=[upload("说明.txt", "说明。".encode())])
    assert clerk.post("add_file", item.pk, files=[upload("说明.txt", "说明。".encode())]).has("已经在附件里")
    assert item.files.count() == 1


def test_a_file_over_the_limit_is_refused_with_its_size(office, clerk, settings):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    page = clerk.post("add_file", an_item(office).pk, files=[upload("大.txt", b"a" * (3 * 1024 * 1024))])
    assert page.has("“大.txt”有3MB，超过1MB的上限")


def test_a_cleaned_copy_takes_the_place_of_the_file_and_says_what_went(office, clerk):
    word = Document()
    word.add_paragraph("公开的话。")
    word.core_properties.author = "示例作者"
    word.core_properties.comments = "不该出去的备注"
    kept = io.BytesIO()
    word.save(kept)
    item = an_item(office)
    clerk.post("add_file", item.pk, files=[upload("通知.docx", kept.getvalue())])
    page = clerk.post("clean_file", ItemFile.objects.get().pk)
    now = item.files.get(removed_at__isnull=True)
    assert page.has("已换成清理过的文件", "去掉了")
    assert now.cleaned_from is not None
    assert "不该出去的备注".encode() not in b"".join(members(bytes(now.data)))


def test_a_masked_copy_hides_the_number(office, clerk):
    item = an_item(office)
    clerk.post("add_file", item.pk, files=[upload("名单.txt", f"甄示范，{BAD_ID}".encode())])
    page = clerk.post("mask_file", ItemFile.objects.get().pk)
    assert page.has("已换成遮盖过的文件")
    assert b"11010519491231002X" not in bytes(item.files.get(removed_at__isnull=True).data)


def test_nothing_to_clean_is_said(office, clerk):
    item = an_item(office)
    file = with_file(office, item, "说明.txt", "没有什么可清理的。".encode())
    assert clerk.post("clean_file", file.pk).has("没有可以改的地方")
    assert item.files.count() == 1


def test_a_file_is_renamed_replaced_and_removed(office, clerk):
    item = an_item(office)
    file = with_file(office, item, "旧.txt", "旧的。".encode())
    assert clerk.post("rename_file", file.pk, name="新名.txt").has("已改名为“新名.txt”")
    assert clerk.post("replace_file", file.pk, file=upload("新的.txt", "新的。".encode())).has("替换")
    now = item.files.get(removed_at__isnull=True)
    assert (now.name, now.cleaned_from) == ("新的.txt", None)
    assert clerk.post("replace_file", file.pk, file=upload("又.txt", "又。".encode())).has("已经换过或者移除")
    assert clerk.post("remove_file", now.pk).has("已移除“新的.txt”")
    assert not item.files.filter(removed_at__isnull=True).exists()


def test_a_finding_is_waived_by_somebody_else_with_a_reason(office, clerk):
    item = an_item(office, content(text=f"联系人{BAD_ID}"))
    clerk.post("scan", item.pk)
    found = next(
        each for check in clerk.get("item", item.pk).context["checks"] for each in check.found if each.stands
    )
    given = {"part": found.part.part, "key": found.key}
    assert clerk.post("waive", item.pk, **given, reason="是示例").has("由科室负责人", "是示例")
    chief = Browser(office.chief)
    page = chief.post("waive", item.pk, **given, reason=" ")
    assert page.status == 409
    assert page.has("请写明为什么这一处可以公开")
    assert chief.post("waive", item.pk, **given, reason="是表格里的示例号码").has(
        "已记下理由", "是表格里的示例号码"
    )


def test_what_is_lacking_is_said_all_at_once(office, clerk):
    item = an_item(office, content(article=Article()), concerned_agencies="示例市卫生局")
    page = clerk.get("item", item.pk)
    assert page.has("还缺2项", "正文是空的", "协商确认的日期")
    assert clerk.post("submit", item.pk, revision=str(item.revision)).has("没有办成")
    assert fresh(item).state == "draft"


def test_handing_in_screens_first_and_leads_to_the_sheet(office, clerk):
    item = an_item(office)
    page = clerk.post("submit", item.pk, revision=str(item.revision))
    assert page.has("已提交审查", "审查表")
    assert fresh(item).state == "in_review"
    assert Scan.objects.filter(item=item).exists()
    assert clerk.post("submit", item.pk, revision="1").has("没有重复提交")
    assert item.sheets.count() == 1
    assert Browser(office.officer).post("submit", item.pk, revision="1").has("没有办成")


def test_the_list_filters_searches_and_exports_exactly_this(office, clerk):
    first = an_item(office, content(title="甲事项的通知"))
    an_item(office, content(title="=乙事项"), kind="document")
    assert clerk.get("list").has("2条", "甲事项的通知", "=乙事项")
    assert clerk.get("list", query="?kind=document").has("1条", "=乙事项")
    assert clerk.get("list", query=f"?node={office.node.pk}&state=ahead&mine=on&sort=index").has("2条")
    page = clerk.post("search", text="甲事项", query="kind=notice")
    assert page.has("1条", "甲事项的通知")
    assert "甲事项" not in page.address
    exported = clerk.client.get("/office/publishing/export/csv/").content.decode("utf-8-sig")
    assert first.index_number in exported
    assert "乙事项" not in exported
    clerk.post("search", text="", query="")
    exported = clerk.client.get("/office/publishing/export/csv/?kind=document").content.decode("utf-8-sig")
    assert "'=乙事项" in exported
    book = clerk.client.get("/office/publishing/export/xlsx/").content
    assert b"<f>" not in b"".join(members(book))
    assert clerk.get("list", query="?changed_from=garbage").status == 422
    assert clerk.get("list", query="?page=99&due=soon").status == 200


def test_publishing_says_everything_that_stands_against_it(office):
    item = an_item(office)
    page = Browser(office.officer).get("publish", item.pk)
    assert page.has("现在不能发布", "还没有经过审查")
    page = Browser(office.officer).post("publish", item.pk, channels=["website"])
    assert page.status == 409
    assert not Publication.objects.exists()


def test_a_reviewed_item_is_published_at_a_moment_or_now(office):
    item = an_item(office)
    reviewed(office, item, timezone.now())
    officer = Browser(office.officer)
    page = officer.get("publish", item.pk)
    assert page.has("审查通过，可以发布")
    assert officer.post("publish", item.pk, place="").has("请至少选一个公开渠道")
    assert officer.post("publish", item.pk, channels=["website"], hour="09:30").has("请同时写日期")
    assert officer.post("publish", item.pk, channels=["website"], day=day(-1)).has("已经过去")
    assert officer.post("publish", item.pk, channels=["website"], day=day(5), hour="09:30").has("自动发布")
    planned = Planned.objects.get()
    assert officer.post("cancel_plan", item.pk, planned.pk).has("已取消定时发布")
    assert officer.post("publish", item.pk, channels=["website", "wechat"], place="示例号").has("已发布")
    assert officer.get("publish", item.pk).has("这一稿已经发布了")
    assert officer.post("publish", item.pk, channels=["website"]).has("没有重复发布")
    assert Publication.objects.count() == 1


def test_an_item_is_withdrawn_at_once_with_a_reason(office):
    item = an_item(office)
    reviewed(office, item, timezone.now())
    publish_item(item=fresh(item), channels=["website"], by=office.officer, at=timezone.now())
    officer = Browser(office.officer)
    assert officer.post("withdraw", item.pk, reason="", public_note="更正中").has(
        "请填写“撤下的理由”", "更正中"
    )
    assert officer.post("withdraw", item.pk, reason="数字有误", public_note="更正中").has("已撤下")
    assert not Publication.objects.live().exists()
    assert officer.get("withdraw", item.pk).has("现在没有公开")


def test_what_is_public_elsewhere_goes_on_the_website_too(office):
    item = an_item(office)
    reviewed(office, item, timezone.now())
    publish_item(item=fresh(item), channels=["wechat"], by=office.officer, at=timezone.now())
    page = Browser(office.officer).post("on_website", item.pk)
    assert page.has("已放到网站上")
    assert Publication.objects.on_website().count() == 1


def test_a_change_of_what_is_public_counts_from_the_day_it_changed(office, clerk):
    item = an_item(office)
    reviewed(office, item, timezone.now())
    publish_item(item=fresh(item), channels=["website"], by=office.officer, at=timezone.now())
    before = fresh(item).changed_on
    revision = str(fresh(item).revision)
    said = typed(office, body="改了错字。", revision=revision, formed_on=str(before))
    assert clerk.post("edit", item.pk, **said).has("已保存", "改了什么", "改了错字。")
    assert fresh(item).changed_on == before
    said |= {"changed_on": day(-1), "body": "真的变了。", "revision": str(fresh(item).revision)}
    clerk.post("edit", item.pk, **said)
    assert str(fresh(item).changed_on) == day(-1)


def test_a_draft_is_given_up_with_a_reason(office, clerk):
    item = an_item(office)
    assert clerk.post("drop", item.pk, reason="").has("请填写“理由”")
    assert clerk.post("drop", item.pk, reason="重复了").has("已作废")
    assert fresh(item).state == "dropped"


def test_today_says_what_waits_for_whom(office, clerk):
    on = timezone.localdate()
    item = an_item(office)
    submitted(office, item)
    assert len(to_review(office.chief, on).lines) == 1
    assert not to_review(office.head, on).lines
    chief = Browser(office.chief)
    sheet = item.sheets.get()
    chief.post(
        "review", sheet.pk, do="return", step="section_head", seen=sheet.edition.sha256, opinion="写清楚对象"
    )
    assert [line.why for line in sent_back(office.clerk, on).lines] == ["写清楚对象"]
    late = an_item(office, content(title="很久以前的", formed_on=on.replace(year=on.year - 1)))
    assert to_publish(office.clerk, on).lines[0].title == late.title
    assert to_publish(office.clerk, on).lines[0].tone == "late"
    page = clerk.client.get("/office/").content.decode()
    assert "退回我修改" in page
    assert "快到期限的公开" in page


def members(data: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def a_picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(kept, "PNG")
    return kept.getvalue()


def test_a_file_that_is_gone_is_not_changed_from_a_stale_page(office, clerk):
    item = an_item(office)
    file = with_file(office, item, "旧.txt", "旧的。".encode())
    clerk.post("remove_file", file.pk)
    revision = fresh(item).revision
    for name, said in (("remove_file", {}), ("rename_file", {"name": "新.txt"}), ("mask_file", {})):
        assert clerk.post(name, file.pk, **said).has("没有办成")
    assert fresh(item).revision == revision


def test_what_was_withdrawn_goes_out_again_on_its_review(office):
    item = an_item(office)
    reviewed(office, item, timezone.now())
    publish_item(item=fresh(item), channels=["website"], by=office.officer, at=timezone.now())
    officer = Browser(office.officer)
    officer.post("withdraw", item.pk, reason="误点了发布")
    page = officer.get("item", item.pk)
    assert page.has("已撤下", "误点了发布", "内容没有变化，不需要再审查")
    assert f'href="/office/publishing/items/{item.pk}/publish/"' in page.source
    assert officer.post("publish", item.pk, channels=["website"]).has("已发布")


def test_a_moment_that_was_missed_is_told_on_the_page(office, clerk):
    item = an_item(office)
    reviewed(office, item, timezone.now())
    at = timezone.now() + timedelta(hours=1)
    planned = plan_publication(
        item=fresh(item), channels=["website"], due_at=at, by=office.officer, at=timezone.now()
    )
    edit_item(item=fresh(item), content=content(text="后来改的。"), by=office.clerk, at=timezone.now())
    run_planned(planned=planned, by=None, at=at)
    assert clerk.get("item", item.pk).has("没有按时发布", "审查")


def test_an_office_that_is_not_set_up_says_so_before_anything_is_typed(office, clerk):
    office.agency.publishing_profile.delete()
    assert clerk.get("draft", "edu").has("现在不能拟稿", "公开设置")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\桌面\\名单.xlsx", "名单.xlsx"),
        ("\u202e名单.txt", "名单.txt"),
        ("长" * 300 + ".docx", "长" * 115 + ".docx"),
        ("///", "附件"),
    ],
)
def test_names_of_files_are_only_names(name, shown):
    assert shown_name(name) == shown


def test_nobody_elsewhere_reaches_an_item_or_its_files(office):
    item = an_item(office)
    file = with_file(office, item, "附件.txt", "第一条。".encode())
    stranger = Browser(office.stranger)
    for name in ("item", "edit", "preview", "publish", "withdraw", "drop"):
        assert stranger.get(name, item.pk).status == 404
    for name in ("file", "file_data", "picture"):
        assert stranger.get(name, file.pk).status == 404
    for name in ("submit", "scan", "waive", "attest", "on_website", "add_file"):
        assert stranger.post(name, item.pk).status == 404
    for name in ("remove_file", "rename_file", "replace_file", "clean_file", "mask_file"):
        assert stranger.post(name, file.pk).status == 404
    assert stranger.get("draft", "edu").status == 404
    assert Browser(office.clerk).get("picture", file.pk).status == 404


def test_those_who_only_review_read_why_they_cannot_write(office):
    item = an_item(office)
    page = Browser(office.leader).get("item", item.pk)
    assert page.has("拟稿由经办人、科室负责人或者公开工作机构负责人进行")
    assert Browser(office.leader).get("draft", "edu").has("现在不能拟稿")
    assert Browser(office.leader).post("submit", item.pk, revision="1").has("没有办成")
    assert not Scan.objects.exists()
