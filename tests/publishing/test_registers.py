"""The registers behind table 2: matters, decisions, amounts, imports, and taking back decisions."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.publishing.actions.imports import UnableToImport, keep_register_file
from gongkai.publishing.actions.registers import (
    UnableToRegister,
    edit_matter,
    enter_decision,
    enter_matter,
    link_decision,
    revoke_decision,
    strike_decision,
    strike_matter,
    take_back_decision,
)
from gongkai.publishing.entered import EnteredDecision, EnteredMatter, masked_party
from gongkai.publishing.models import Matter, Publication, RegisterEntry, RegisterFile
from gongkai.publishing.queries.registers import entries_of, matters_of, to_take_back, to_withdraw
from gongkai.publishing.queries.table2 import kept_by
from gongkai.publishing.register_words import amount_of, is_person
from tests.publishing.office import TODAY, Publisher, moment, published
from tests.publishing.pages import Browser, day

FRIDAY = date(2026, 3, 6)


def matter(office: Publisher, kind: str = "permit", title: str = "民办学校设立审批", **more) -> Matter:
    entered = EnteredMatter(kind, title, more.pop("from_on", date(2020, 1, 1)), **more)
    return enter_matter(agency=office.agency, entered=entered, by=office.officer, at=moment())


def decision(office: Publisher, kind: str = "penalty", on: date = date(2026, 2, 2), **more) -> RegisterEntry:
    entered = EnteredDecision(kind, more.pop("title", "违规招生案"), on, **more)
    return enter_decision(agency=office.agency, entered=entered, by=office.officer, at=moment())


def public_penalty(office: Publisher) -> RegisterEntry:
    """A penalty that is public on the website."""
    item = published(office).item
    return decision(office, item=item, number="示教罚〔2026〕1号", party="示例培训有限公司")


def revoked(office: Publisher, entry: RegisterEntry, on: date = TODAY) -> RegisterEntry:
    return revoke_decision(entry=entry, on=on, reason="复议撤销", by=office.officer, at=moment())


def test_a_matter_is_entered_ended_and_struck(office: Publisher):
    found = matter(office)
    ended = EnteredMatter("permit", found.title, found.from_on, date(2025, 7, 1))
    edit_matter(matter=found, entered=ended, by=office.officer, at=moment())
    assert matters_of(office.agency, "permit").get().until_on == date(2025, 7, 1)
    strike_matter(matter=found, reason="登记错了", by=office.officer, at=moment())
    assert not matters_of(office.agency, "permit").exists()
    with pytest.raises(UnableToRegister, match="已经注销"):
        edit_matter(matter=found, entered=ended, by=office.officer, at=moment())


@pytest.mark.parametrize(
    ("entered", "sentence"),
    [
        (EnteredMatter("permit", " ", date(2020, 1, 1)), "填写事项名称"),
        (EnteredMatter("permit", "示例", date(2020, 1, 2), date(2020, 1, 1)), "不能早于开始日期"),
        (EnteredMatter("central_procurement", "示例", date(2020, 1, 1)), "没有事项清单"),
        (EnteredDecision("penalty", "", date(2020, 1, 1)), "填写名称"),
        (EnteredDecision("nothing", "示例", date(2020, 1, 1)), "没有这本台账"),
        (EnteredDecision("central_procurement", "示例", date(2020, 1, 1)), "填写金额"),
        (EnteredDecision("penalty", "示例", date(2020, 1, 1), amount=Decimal(-1)), "不能小于0"),
        (EnteredDecision("penalty", "示例", date(2020, 1, 1), "示罚1号"), "已有这个编号"),
    ],
)
def test_what_cannot_be_right_is_refused(office: Publisher, entered, sentence):
    decision(office, number="示罚1号")
    act = enter_matter if isinstance(entered, EnteredMatter) else enter_decision
    with pytest.raises(UnableToRegister, match=sentence):
        act(agency=office.agency, entered=entered, by=office.officer, at=moment())


def test_a_record_struck_no_longer_counts_and_its_number_is_free(office: Publisher):
    first = decision(office, number="示罚1号")
    strike_decision(entry=first, reason="重复", by=office.officer, at=moment())
    decision(office, number="示罚1号")
    assert entries_of(office.agency, "penalty").count() == 1
    assert len(kept_by(office.agency, TODAY).registers.decisions) == 1
    with pytest.raises(UnableToRegister, match="已经注销"):
        revoked(office, first)


def test_a_record_belongs_to_a_matter_of_its_own_register(office: Publisher):
    with pytest.raises(UnableToRegister, match="不是这本台账"):
        decision(office, matter=matter(office))
    assert decision(office, "permit", matter=Matter.objects.get()).matter == Matter.objects.get()


def test_the_trail_does_not_name_the_case_or_the_party(office: Publisher):
    decision(office, title="示例案由", party="甄**", number="示罚1号")
    entry = Entry.objects.filter(act="entered_decision").get()
    assert entry.details == {"code": "行政处罚"}


# ---- what no longer holds is taken back ---------------------------------------------------------


def test_a_revoked_penalty_is_due_off_the_public_pages_in_three_working_days(office: Publisher):
    entry = public_penalty(office)
    assert to_take_back(office.agency, TODAY) == []
    revoked(office, entry, FRIDAY)
    (one,) = to_take_back(office.agency, FRIDAY)
    assert one.due_on == date(2026, 3, 11) and one.left_words == "还有3个工作日"
    (one,) = to_take_back(office.agency, date(2026, 3, 11))
    assert one.left_words == "今天到期" and not one.is_late
    (one,) = to_take_back(office.agency, date(2026, 3, 13))
    assert one.is_late and one.left_words == "超过2个工作日"
    heap = to_withdraw(office.officer, date(2026, 3, 13))
    assert [(line.due_on, line.tone) for line in heap.lines] == [(date(2026, 3, 11), "late")]
    assert to_withdraw(office.clerk, FRIDAY).lines == ()


def test_it_is_withdrawn_in_one_act_with_words_for_the_public(office: Publisher):
    entry = revoked(office, public_penalty(office))
    publication = take_back_decision(
        entry=entry, public_note="该处罚决定已被撤销。", by=office.officer, at=moment()
    )
    publication.refresh_from_db()
    assert (publication.end, publication.public_note) == ("withdrawn", "该处罚决定已被撤销。")
    assert "复议撤销" in publication.end_reason
    assert not Publication.objects.on_website().exists()
    assert to_take_back(office.agency, TODAY) == []


def test_what_is_not_public_or_holds_still_is_not_taken_back(office: Publisher):
    entry = public_penalty(office)
    with pytest.raises(UnableToRegister, match="不需要撤回"):
        take_back_decision(entry=entry, public_note="说明", by=office.officer, at=moment())
    revoked(office, entry)
    with pytest.raises(UnableToRegister, match="对公众的说明"):
        take_back_decision(entry=entry, public_note=" ", by=office.officer, at=moment())
    with pytest.raises(UnableToRegister, match="早于决定日期"):
        revoked(office, entry, date(2025, 1, 1))


def test_published_anew_after_the_change_it_says_what_holds(office: Publisher):
    entry = revoked(office, public_penalty(office), date(2026, 2, 20))
    assert to_take_back(office.agency, TODAY) == []
    assert entry.item and entry.item.publications.filter(ended_at=None).exists()


# ---- pages --------------------------------------------------------------------------------------


def test_a_register_is_kept_on_its_pages(office: Publisher):
    browser = Browser(office.officer)
    assert browser.get("register", "edu", "permit").has("行政许可台账", "还没有事项", "还没有记录")
    typed = {"title": "民办学校设立审批", "from_on": "2020-01-01"}
    assert browser.post("enter_matter", "edu", "permit", **typed).has("已登记这个事项")
    found = Matter.objects.get()
    typed = {"title": "准予设立示例幼儿园", "decided_on": "2026-02-02", "party": "甄示范", "is_person": "on"}
    page = browser.post("enter_decision", "edu", "permit", **typed, matter=str(found.pk), number="示许1号")
    assert page.has("已登记到台账", "准予设立示例幼儿园", "甄**") and "甄示范" not in page.source
    page = browser.post("enter_decision", "edu", "permit", **typed, matter="", number="示许1号")
    assert page.has("已有这个编号")
    page = browser.post("enter_decision", "edu", "permit", **typed, matter="", index_number="没有/1")
    assert page.has("没有这个索引号")
    assert browser.get("register", "edu", "permit", query="?year=2026").has("1条")
    assert browser.get("register", "edu", "permit", query="?year=1999").status == 422
    words = browser.client.get("/office/publishing/registers/edu/permit/export/csv/").content.decode(
        "utf-8-sig"
    )
    assert "准予设立示例幼儿园" in words and "甄示范" not in words
    page = browser.get("matter", found.pk)
    assert page.has("注销这个事项") and 'value="民办学校设立审批"' in page.source
    page = browser.post("matter", found.pk, title="民办学校审批", from_on="2020-01-01", until_on="2026-01-01")
    assert page.has("已保存这个事项", "民办学校审批")
    assert browser.post("strike_matter", found.pk, reason="登记错了").has("已注销这个事项")
    assert browser.get("register", "edu", "nothing").status == 404


def test_a_fee_and_a_procurement_need_an_amount(office: Publisher):
    browser = Browser(office.officer)
    typed = {"title": "教学设备采购", "decided_on": "2026-02-02"}
    assert browser.post("enter_decision", "edu", "central_procurement", **typed).has("请填写“金额（元）”")
    page = browser.post("enter_decision", "edu", "central_procurement", **typed, amount="1,0")
    assert page.has("这不是金额")
    page = browser.post("enter_decision", "edu", "central_procurement", **typed, amount="10823600")
    assert page.has("金额合计10,823,600.00元")


def test_the_page_of_a_record_shows_the_duty_and_withdraws(office: Publisher):
    entry = public_penalty(office)
    browser = Browser(office.officer)
    assert browser.get("register_entry", entry.pk).has("示教罚〔2026〕1号", "登记变更、撤销")
    typed = {"revoke-on": day(), "revoke-reason": ""}
    assert browser.post("revoke_decision", entry.pk, **typed).status == 422
    page = browser.post("revoke_decision", entry.pk, **typed | {"revoke-reason": "复议撤销"})
    assert page.has("最迟", "马上撤下并公开说明", "第四十八条")
    assert browser.get("register", "edu", "penalty").has("要撤回的决定", "违规招生案")
    assert "要撤回的决定" in browser.client.get("/office/").content.decode()
    page = browser.post("take_back_decision", entry.pk, **{"take_back-public_note": "该决定已撤销。"})
    assert page.has("已撤回") and not Publication.objects.live().exists()
    page = browser.post("link_decision", entry.pk, **{"link-index_number": ""})
    assert page.has("没有关联")
    page = browser.post("strike_decision", entry.pk, **{"strike-reason": "重复"})
    assert page.has("已注销", "重复")


def test_others_look_and_strangers_do_not(office: Publisher):
    entry = decision(office)
    assert Browser(office.clerk).get("register", "edu", "penalty").has("您可以查看")
    assert "登记变更" not in Browser(office.clerk).get("register_entry", entry.pk).text
    for name, args in (("register", ("edu", "penalty")), ("register_entry", (entry.pk,))):
        assert Browser(office.stranger).get(name, *args).status == 404
    page = Browser(office.clerk).post("strike_decision", entry.pk, **{"strike-reason": "试"})
    assert page.has("公开工作机构办理")
    assert RegisterEntry.objects.get().struck_reason == ""


# ---- imports ------------------------------------------------------------------------------------

BOTH = (
    "行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,行政处罚决定文书号,违法行为类型,罚款金额（万元）,"
    "处罚决定日期,数据来源单位\n"
    "示例培训有限公司,法人及非法人组织,000000000000000000,甄示范,示教罚[2026]1号,违规招生,1.5,2026/2/3,示例市教育局\n"
    "贾样本,自然人,,,示教罚[2026]2号,违规有偿补课,0.2,2026-02-04,示例市教育局\n"
    "示例学校,法人,,,示教罚[2026]2号,违规收费,0.2,2026-02-04,示例市教育局\n"
    "示例学校,法人,,,示教罚[2026]4号,违规收费,很多,2026-02-30,示例市教育局\n"
)  # fmt: skip


def test_a_double_publicity_list_is_read_by_the_names_of_its_columns(office: Publisher):
    browser = Browser(office.officer)
    text = BOTH.replace("示教罚[2026]2号,违规收费", "示教罚[2026]3号,违规收费")
    file = SimpleUploadedFile("双公示.csv", text.encode("gb18030"))
    page = browser.post("import_register", "edu", "entries", "penalty", file=file)
    assert page.has(
        "可以导入3条，1行有问题", "不是金额", "没有“2026-02-30”这一天", "统一社会信用代码、法定代表人"
    )
    assert "贾样本" not in page.source and "贾**" in page.source
    kept = RegisterFile.objects.get()
    assert browser.post("import_preview", kept.pk, act="import").has("已经导入3条")
    first = RegisterEntry.objects.get(number="示教罚〔2026〕1号")
    assert (first.amount, first.party, first.source) == (Decimal(15000), "示例培训有限公司", "示例市教育局")
    assert set(RegisterEntry.objects.values_list("party", flat=True)) == {
        "示例培训有限公司",
        "贾**",
        "示例学校",
    }


def test_of_several_rows_for_one_decision_none_is_imported(office: Publisher):
    file = SimpleUploadedFile("双公示.csv", BOTH.encode())
    page = Browser(office.officer).post("import_register", "edu", "entries", "penalty", file=file)
    assert page.has("可以导入1条，3行有问题", "同一条记录")


def test_matters_and_procurements_are_imported_too(office: Publisher):
    browser = Browser(office.officer)
    text = "收费项目,收费依据,开始日期\n普通高中学费,示价〔2017〕1号,2017-09-01\n住宿费,,2017-09-01\n"
    file = SimpleUploadedFile("收费.csv", text.encode())
    browser.post("import_register", "edu", "matters", "administrative_fee", file=file)
    kept = RegisterFile.objects.get()
    assert browser.post("import_preview", kept.pk, act="import").has("已经导入2条", "事项清单（2项）")
    text = "采购项目名称\t成交金额\t成交日期\t成交供应商\n课桌椅\t500万元\t2026-01-05\t示例家具有限公司\n"
    file = SimpleUploadedFile("采购.txt", text.encode())
    browser.post("import_register", "edu", "entries", "central_procurement", file=file)
    browser.post("import_preview", RegisterFile.objects.first().pk, act="import")
    assert RegisterEntry.objects.get().amount == Decimal(5_000_000)


def test_an_export_can_be_imported_again(office: Publisher):
    decision(office, number="示罚1号", party="示例有限公司", amount=Decimal("200.00"))
    browser = Browser(office.officer)
    data = browser.client.get("/office/publishing/registers/edu/penalty/export/xlsx/").content
    file = SimpleUploadedFile("处罚.xlsx", data)
    page = browser.post("import_register", "edu", "entries", "penalty", file=file)
    assert page.has("没有可以导入的行", "1行已经有了")


def test_a_stranger_imports_nothing(office: Publisher):
    with pytest.raises(UnableToImport, match="公开工作机构办理"):
        keep_register_file(
            agency=office.agency, register="entries", kind="penalty", name="x", data=b"x", by=office.clerk,
            at=timezone.now(),
        )  # fmt: skip
    with pytest.raises(UnableToImport, match="没有这本台账"):
        keep_register_file(
            agency=office.agency, register="entries", kind="x", name="x", data=b"x", by=office.officer,
            at=timezone.now(),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "header", "yuan"),
    [
        ("1,082.36", "成交金额（万元）", "10823600.00"),
        ("１０００元", "金额（元）", "1000.00"),
        ("3万元", "金额", "30000.00"),
        ("￥12.5", "金额", "12.50"),
    ],
)
def test_amounts_are_read_in_yuan(text, header, yuan):
    assert amount_of(text, header) == Decimal(yuan)


@pytest.mark.parametrize("text", ["很多", "NaN", "1e30", "∞", ""])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match=r"^" + text):
        amount_of(text, "金额")


@pytest.mark.parametrize(
    ("name", "kind", "person"),
    [
        ("甄示范", "", True),
        ("示例学校", "", False),
        ("示例有限公司", "", False),
        ("欧阳示范", "", True),
        ("示例店", "个体工商户", False),
        ("贾样本", "自然人", True),
    ],
)
def test_a_person_is_told_from_a_body(name, kind, person):
    assert is_person(name, kind) is person


def test_of_a_person_the_family_name_is_kept():
    assert masked_party("甄示范", is_person=True) == "甄**"
    assert masked_party("示例有限公司", is_person=False) == "示例有限公司"
    assert masked_party("", is_person=True) == ""


def test_a_link_must_be_of_the_same_agency(office: Publisher):
    entry = decision(office)
    item = published(office).item
    assert link_decision(entry=entry, item=item, by=office.officer, at=moment()).item == item
    item.agency_id = office.agency.pk + 1
    with pytest.raises(UnableToRegister, match="不是本机关的"):
        link_decision(entry=entry, item=item, by=office.officer, at=moment())
