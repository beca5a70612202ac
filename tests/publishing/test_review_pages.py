"""The review on its pages: step by step, attachment by attachment, and every refusal says why."""

import io

import pytest
from django.utils import timezone
from PIL import Image

from gongkai.agencies.actions import add_section, open_account
from gongkai.documents.articles import Article, Paragraph
from gongkai.publishing.actions.drafting import edit_item
from gongkai.publishing.models import Attestation, Delegation, Item, Opinion, Referral, ReviewSheet
from tests.agencies.cast import MORNING, PASSWORD
from tests.publishing.office import an_item, content, reviewed, submitted, take_step, with_file
from tests.publishing.pages import Browser, Page, day, fresh


@pytest.fixture
def sheet(office) -> ReviewSheet:
    item = an_item(office)
    with_file(office, item, "附件一.txt", "第一条 示例。".encode())
    return submitted(office, item, timezone.now())


def opine(browser: Browser, sheet: ReviewSheet, step: str, do: str = "agree", **said) -> Page:
    given = {"do": do, "step": step, "seen": sheet.edition.sha256}
    return browser.post("review", sheet.pk, **given, **said)


def everything(sheet: ReviewSheet, *checks: str) -> dict[str, str]:
    ticks = {f"file-{line.sha256}": "on" for line in sheet.edition.files.all()}
    return dict.fromkeys(checks, "clear") | ticks


FIRST = ("trade_secret", "personal_information", "superior_document")


def test_the_sheet_shows_what_goes_out_and_what_is_asked(office, sheet):
    page = Browser(office.chief).get("review", sheet.pk)
    assert page.has(
        "请各学校认真落实。", "附件一.txt", "承办科室负责人初审", "商业秘密", "转引上级不公开文件"
    )
    assert page.has(sheet.edition.sha256, "这些人不能审查这一稿")


def test_who_may_not_take_the_step_reads_why(office, sheet):
    page = Browser(office.head).get("review", sheet.pk)
    assert "disabled" in page.source
    assert page.has("不由您的角色办理")
    page = Browser(office.clerk).get("review", sheet.pk)
    assert page.has("拟稿人不能审查自己拟的内容")


def test_agreeing_says_everything_that_is_missing_at_once(office, sheet):
    page = opine(
        Browser(office.chief), sheet, "section_head", trade_secret="permitted", opinion="写了一半的意见"
    )
    assert page.status == 422
    assert page.has(
        "请回答“个人隐私和个人信息”", "请回答“转引上级不公开文件”", "涉及又要公开的，请写明依据",
        "附件“附件一.txt”还没有看过", "写了一半的意见",
    )  # fmt: skip
    assert not Opinion.objects.exists()


def test_an_opinion_is_signed_once_and_the_turn_passes(office, sheet):
    chief = Browser(office.chief)
    said = everything(sheet, *FIRST) | {"opinion": "属实"}
    assert opine(chief, sheet, "section_head", **said).has("已签同意，转下一步")
    opinion = Opinion.objects.get()
    assert (opinion.step, opinion.role, opinion.files) == (
        "section_head", "section_head", [line.sha256 for line in sheet.edition.files.all()],
    )  # fmt: skip
    assert opine(chief, sheet, "section_head", **said).has("没有重复签")
    assert Opinion.objects.count() == 1
    assert Browser(office.head).get("review", sheet.pk).has("公开工作机构复审", "三安全一稳定")


def test_a_ground_is_kept_with_what_is_permitted(office, sheet):
    said = everything(sheet, *FIRST) | {
        "personal_information": "permitted",
        "personal_information-ground": "本人书面同意",
    }
    opine(Browser(office.chief), sheet, "section_head", **said)
    assert Opinion.objects.get().grounds == {"personal_information": "本人书面同意"}


def test_a_page_of_another_step_or_another_text_is_refused(office, sheet):
    chief = Browser(office.chief)
    assert opine(chief, sheet, "secrecy").has("这张审查表有了变化")
    page = chief.post(
        "review", sheet.pk, do="agree", step="section_head", seen="0" * 64, **everything(sheet, *FIRST)
    )
    assert page.status == 409
    assert page.has("您看过的不是现在这一稿")


def test_sending_back_needs_a_reason_and_reaches_the_drafter(office, sheet):
    chief = Browser(office.chief)
    page = opine(chief, sheet, "section_head", "return")
    assert page.status == 409
    assert page.has("退回要写明理由")
    assert opine(chief, sheet, "section_head", "return", opinion="缺少依据").has("已退回")
    assert fresh(sheet.item).state == "draft"
    assert Browser(office.clerk).get("review", sheet.pk).has("已退回", "缺少依据")
    assert Browser(office.clerk).get("item", sheet.item_id).has("已退回，请修改", "缺少依据")


def test_the_last_step_completes_the_sheet(office, sheet):
    for _ in range(3):
        take_step(office, sheet, timezone.now())
    page = opine(
        Browser(office.leader),
        sheet,
        "leader_in_charge",
        **everything(sheet, "three_securities_one_stability"),
    )
    assert page.has("审查通过，可以发布")
    assert fresh(sheet.item).state == "ready"


def test_the_last_step_is_not_signed_while_a_finding_stands(office):
    item = an_item(office, content(text="联系人身份证号11010519491231002X"))
    sheet = submitted(office, item, timezone.now())
    for _ in range(3):
        take_step(office, sheet, timezone.now())
    page = opine(
        Browser(office.leader),
        sheet,
        "leader_in_charge",
        **everything(sheet, "three_securities_one_stability"),
    )
    assert page.status == 409
    assert page.has("筛查发现", "不得发布")


def test_a_finding_is_waived_from_the_sheet(office):
    item = an_item(office, content(text="示例号码身份证号11010519491231002X"))
    sheet = submitted(office, item, timezone.now())
    head = Browser(office.head)
    found = next(
        each
        for check in head.get("review", sheet.pk).context["checks"]
        for each in check.found
        if each.stands
    )
    given = {"part": found.part.part, "key": found.key, "sheet": str(sheet.pk)}
    page = head.post("waive", item.pk, **given, reason="")
    assert page.status == 409
    assert page.has("审查表", "没有办成", "请写明为什么这一处可以公开")
    page = head.post("waive", item.pk, **given, reason="表格里的示例号码")
    assert page.has("已记下理由", "表格里的示例号码", "审查表")


def test_two_people_vouch_for_what_no_machine_reads(office):
    item = an_item(office)
    file = with_file(office, item, "扫描件.png", a_scan())
    sheet = submitted(office, item, timezone.now())
    chief, head = Browser(office.chief), Browser(office.head)
    assert chief.get("review", sheet.pk).has("机器读不出这份文件里的文字", "0人核对过")
    given = {"part": file.sha256, "sheet": str(sheet.pk)}
    assert chief.post("attest", item.pk, **given).has("已记下您核对过", "1人核对过")
    assert chief.post("attest", item.pk, **given).has("您已经核对过这份文件")
    assert head.post("attest", item.pk, **given).has("2人核对过")
    assert Attestation.objects.count() == 2
    assert head.post("attest", item.pk, part="0" * 64).status == 404


def test_a_doubt_goes_to_the_authority_and_its_answer_settles_it(office, sheet):
    for _ in range(2):
        take_step(office, sheet, timezone.now())
    secrecy = Browser(office.secrecy)
    checks = everything(sheet, "state_secret", "work_secret", "superior_document") | {
        "state_secret": "unsure"
    }
    page = opine(secrecy, sheet, "secrecy", **checks)
    assert page.has("不能确定的事项转报请有关部门确定", "保密审查：不能确定，报请有关部门")
    assert "保密审查：同意公开" not in page.text
    page = secrecy.get("review", sheet.pk)
    assert page.has("报请确定", "登记报请")
    assert "同意公开</button>" not in page.source
    asked = {"check": "state_secret", "question": "", "sent_on": day()}
    page = secrecy.post("refer", sheet.pk, **asked)
    assert page.status == 422
    assert page.has("请填写“什么不能确定”")
    assert secrecy.post("refer", sheet.pk, **asked | {"question": "第一条"}).has(
        "已登记报请", "保密行政管理部门"
    )
    made = Referral.objects.get()
    answered = {"answer": "publish", "note": "示密函〔2026〕1号", "answered_on": "2001-01-01"}
    named = {f"answer-{made.pk}-{name}": value for name, value in answered.items()}
    page = secrecy.post("answer", sheet.pk, made.pk, **named)
    assert page.status == 409
    assert page.has("答复日期要在报送日期之后", "示密函〔2026〕1号")
    named[f"answer-{made.pk}-answered_on"] = day()
    assert secrecy.post("answer", sheet.pk, made.pk, **named).has("已登记答复", "可以公开")
    assert Browser(office.leader).get("review", sheet.pk).has("分管领导终审")


def test_it_is_recalled_to_be_changed(office, sheet):
    page = Browser(office.clerk).post("recall", sheet.pk)
    assert page.has("已收回，可以修改")
    assert fresh(sheet.item).state == "draft"
    assert Browser(office.clerk).post("recall", sheet.pk).has("没有办成")


def test_what_changed_since_the_last_edition_is_shown(office):
    item = an_item(office)
    reviewed(office, item, timezone.now())
    said = content(title="改过的名称", article=Article((Paragraph("请各学校马上落实。"),)))
    edit_item(item=fresh(item), content=said, by=office.clerk, at=timezone.now())
    with_file(office, fresh(item), "新附件.txt", "新的。".encode())
    sheet = submitted(office, fresh(item), timezone.now())
    page = Browser(office.chief).get("review", sheet.pk)
    assert page.has("和第1稿", "改过的名称", "请各学校马上落实。", "附件“新附件.txt”：增加")
    assert page.has("第1稿的审查表")


def test_the_sheet_is_printed_with_every_opinion(office):
    sheet = reviewed(office, an_item(office), timezone.now())
    page = Browser(office.clerk).get("review_print", sheet.pk)
    assert page.has("政府信息公开审查表", "审查通过", sheet.edition.sha256, "国家秘密：不涉及")
    assert all(
        str(person) in page.text for person in (office.chief, office.head, office.secrecy, office.leader)
    )


def test_sheets_wait_for_those_whose_turn_it_is(office, sheet):
    page = Browser(office.chief).get("waiting")
    assert [each.pk for each, _ in page.context["mine"]] == [sheet.pk]
    page = Browser(office.head).get("waiting")
    assert not page.context["mine"]
    assert page.has("轮到别人的", "承办科室负责人初审")


def test_others_do_not_see_the_sheet(office, sheet):
    stranger = Browser(office.stranger)
    for name in ("review", "review_print"):
        assert stranger.get(name, sheet.pk).status == 404
    assert stranger.post("recall", sheet.pk).status == 404


def test_reviewing_is_delegated_for_some_days(office, sheet):
    chief = Browser(office.chief)
    given = {"role": "section_head", "taker": str(office.officer.pk), "from_on": day(), "reason": "出差"}
    assert chief.post("delegations", **given, until_on=day(-3)).has("截止日期早于开始日期", "出差")
    assert chief.post("delegations", **given, until_on=day(3)).has(
        f"已委托{office.officer.full_name}", "有效"
    )
    officer = Browser(office.officer)
    assert officer.get("waiting").has(sheet.edition.said.title)
    opine(officer, sheet, "section_head", **everything(sheet, *FIRST))
    opinion = Opinion.objects.get()
    assert (opinion.by, opinion.for_account) == (office.officer, office.chief)
    assert officer.get("review", sheet.pk).has(f"受{office.chief}委托")
    assert officer.post("end_delegation", Delegation.objects.get().pk).has("委托已终止")
    assert Browser(office.head).post("end_delegation", Delegation.objects.get().pk).status == 404


def test_who_has_nothing_to_delegate_reads_why(office):
    assert Browser(office.clerk).get("delegations").has("没有可以委托的")


def test_a_stale_submission_is_refused(office):
    item = an_item(office)
    page = Browser(office.clerk).post("submit", item.pk, revision="999")
    assert page.has("没有办成", "别人改过这条信息")
    assert not Item.objects.filter(state="in_review").exists()


def a_scan() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(kept, "PNG")
    return kept.getvalue()


def test_a_text_that_was_changed_and_changed_back_is_handed_in_again(office):
    item = an_item(office)
    reviewed(office, item, timezone.now())
    first = fresh(item).draft
    edit_item(item=fresh(item), content=content(text="另一稿。"), by=office.clerk, at=timezone.now())
    sheet = submitted(office, fresh(item), timezone.now())
    opine(Browser(office.chief), sheet, "section_head", "return", opinion="还是原来的好")
    edit_item(item=fresh(item), content=first, by=office.clerk, at=timezone.now())
    clerk = Browser(office.clerk)
    assert "内容没有变化" not in clerk.get("item", item.pk).text
    assert clerk.post("submit", item.pk, revision=str(fresh(item).revision)).has("已提交审查")


def test_nobody_stands_in_who_does_not_see_what_is_reviewed(office):
    other = add_section(agency=office.agency, name="另一个科", by=None, at=MORNING)
    clerk = open_account(
        agency=office.agency, username="elsewhere", full_name="示例别科", password=PASSWORD,
        roles=["officer"], by=None, at=MORNING, section=other,
    )  # fmt: skip
    given = {"role": "section_head", "from_on": day(), "until_on": day(3), "reason": "出差"}
    page = Browser(office.chief).post("delegations", **given, taker=str(clerk.pk))
    assert page.has("受托人看不到要审查的信息")
    assert not Delegation.objects.exists()
