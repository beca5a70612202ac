"""The desk's pages, asked without a browser: plain forms do everything."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.agencies.models import Account
from gongkai.documents.writing import KINDS, write
from gongkai.law.report.exchange import from_json, to_json
from gongkai.law.report.formats import load_format
from gongkai.reporting import actions
from gongkai.reporting.compiling import blank_report, fill_blanks
from gongkai.reporting.models import AnnualReport, ImportedReading
from tests.agencies.cast import MORNING, Cast
from tests.reporting.drafts import complete, published, signed, started, submitted

TOTAL = "table3.granted.total"


def client_of(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def words(answer) -> str:
    return answer.content.decode()


def url(report: AnnualReport, rest: str = "") -> str:
    return f"/office/annual/reports/{report.pk}/{rest}"


def typed(report: AnnualReport, **more: str) -> dict[str, str]:
    """The figure form as the page offers it, with some of its inputs changed."""
    cells = {address: "" if v is None else str(v) for address, v in report.filled.cells()}
    return cells | {"revision": str(report.revision)} | more


def test_the_desk_names_the_next_deadline_and_the_reports(cast: Cast):
    published(cast)
    page = words(client_of(cast.officer).get("/office/annual/"))
    assert "2020年度报告" in page
    assert "个工作日" in page and "第四十九条" in page


def test_the_desk_says_whose_turn_it_is(cast: Cast):
    signed(cast)
    assert "工作机构负责人报送" in words(client_of(cast.officer).get("/office/annual/"))


def test_a_report_is_started_from_the_desk(cast: Cast):
    answer = client_of(cast.officer).post("/office/annual/start/edu/", {"year": "2021"})
    report = AnnualReport.objects.get(year=2021)
    assert answer.headers["Location"] == url(report, "figures/")


@pytest.mark.parametrize("year", ["2018", "", "abc"])
def test_a_year_that_is_not_offered_is_refused(cast: Cast, year: str):
    page = client_of(cast.officer).post("/office/annual/start/edu/", {"year": year}, follow=True)
    assert "请选择一个还没有报告的年度" in words(page)


def test_the_leader_starts_no_report(cast: Cast):
    page = client_of(cast.leader).post("/office/annual/start/edu/", {"year": "2021"}, follow=True)
    assert "您没有这个角色" in words(page)


def test_figures_are_typed_and_saved(cast: Cast):
    report = started(cast.agency, cast.officer)
    data = typed(report, **{TOTAL: "１２", "table2.central_procurement.amount": "1082.36万元"})
    page = client_of(cast.officer).post(url(report, "figures/"), data, follow=True)
    assert "已保存" in words(page)
    report.refresh_from_db()
    assert report.content["table3"]["rows"]["granted"][6] == 12
    assert report.content["table2"]["central_procurement"]["amount"] == "1082.36"
    assert report.content["table3"]["rows"]["granted"][0] is None, "what was left blank stays blank"


def test_nothing_typed_is_lost_when_a_cell_is_no_figure(cast: Cast):
    report = started(cast.agency, cast.officer)
    data = typed(report, **{TOTAL: "十二", "table3.denied.state_secret.total": "5"})
    answer = client_of(cast.officer).post(url(report, "figures/"), data)
    page = words(answer)
    assert answer.status_code == 422
    assert 'value="十二"' in page and 'value="5"' in page
    assert "“十二”不能填在这里" in page
    assert f'href="#{TOTAL}"' in page
    report.refresh_from_db()
    assert report.revision == 1


def test_nothing_typed_is_lost_when_somebody_saved_meanwhile(cast: Cast):
    report = started(cast.agency, cast.officer)
    mine = typed(report, **{TOTAL: "7"})
    actions.save_figures(report=report, cells={TOTAL: 8}, revision=1, by=cast.head, at=MORNING)
    answer = client_of(cast.officer).post(url(report, "figures/"), mine)
    assert answer.status_code == 409
    assert "您填的是“7”，现在保存着的是“8”" in words(answer)
    assert 'value="7"' in words(answer)


@pytest.mark.parametrize(
    ("act", "cell", "figure"),
    [
        ("fill_totals", "table3.granted.total", 3),
        ("fill_blanks", "table3.carried_forward.total", 0),
        ("save", "table3.carried_forward.total", None),
    ],
)
def test_a_button_saves_what_was_typed_and_does_its_work(cast: Cast, act: str, cell: str, figure):
    report = started(cast.agency, cast.officer)
    data = typed(report, act=act, **{"table3.granted.natural_person": "3"})
    client_of(cast.officer).post(url(report, "figures/"), data)
    report.refresh_from_db()
    assert report.filled[cell] == figure
    assert report.filled["table3.granted.natural_person"] == 3


def test_last_years_carry_over_is_proposed_and_taken(cast: Cast):
    before = complete(
        cast,
        2019,
        new_received__natural_person=2,
        new_received__total=2,
        carried_forward__natural_person=2,
        carried_forward__total=2,
    )
    actions.sign(report=before, by=cast.leader, at=MORNING)
    report = started(cast.agency, cast.officer)
    client = client_of(cast.officer)
    assert "2019年度报告结转到今年的数" in words(client.get(url(report, "figures/")))
    page = client.post(url(report, "figures/"), typed(report, act="bring_forward"), follow=True)
    assert "并带入上一年度的结转数" in words(page)
    report.refresh_from_db()
    assert report.filled["table3.brought_forward.natural_person"] == 2


def test_the_figures_of_a_locked_report_are_shown_not_asked(cast: Cast):
    page = words(client_of(cast.officer).get(url(signed(cast), "figures/")))
    assert "已经锁定" in page and 'name="table3' not in page


def test_prose_is_saved_section_by_section(cast: Cast):
    report = started(cast.agency, cast.officer)
    data = {"revision": "1", "overview": "第一段\r\n第二段", "other_matters": "无。"}
    page = client_of(cast.officer).post(url(report, "prose/"), data, follow=True)
    assert "文字已保存" in words(page)
    report.refresh_from_db()
    assert report.content["sections"]["overview"] == "第一段\n第二段"


def test_prose_is_not_lost_when_somebody_saved_meanwhile(cast: Cast):
    report = complete(cast)
    answer = client_of(cast.officer).post(url(report, "prose/"), {"revision": "1", "overview": "我写的"})
    assert answer.status_code == 409
    assert "我写的" in words(answer)


@pytest.mark.parametrize("kind", ["docx", "html", "xlsx", "json"])
def test_a_file_is_read_shown_and_taken_over(cast: Cast, kind: str):
    source = complete(cast, 2019).filled
    report = started(cast.agency, cast.officer)
    client = client_of(cast.officer)
    upload = SimpleUploadedFile(f"去年的报告.{kind}", write(source, kind))
    page = client.post(url(report, "import/"), {"file": upload}, follow=True)
    assert "文件写的是2019年度，这里编的是2020年度" in words(page)
    reading = ImportedReading.objects.get()
    report.refresh_from_db()
    assert report.filled[TOTAL] is None, "reading changes nothing yet"
    page = client.post(url(report, f"import/{reading.pk}/"), follow=True)
    assert "已取用" in words(page)
    report.refresh_from_db()
    assert report.filled[TOTAL] == 0
    assert report.content["year"] == 2020
    assert not ImportedReading.objects.exists()


def test_a_bad_file_gets_one_sentence(cast: Cast):
    report = started(cast.agency, cast.officer)
    upload = SimpleUploadedFile("坏.docx", b"PK\x03\x04 not a document")
    answer = client_of(cast.officer).post(url(report, "import/"), {"file": upload})
    assert answer.status_code == 422
    assert "没有读成" in words(answer)


def test_pasted_text_stays_when_it_is_no_report(cast: Cast):
    report = started(cast.agency, cast.officer)
    answer = client_of(cast.officer).post(url(report, "import/"), {"text": "今天天气不错"})
    assert answer.status_code == 422
    assert "今天天气不错" in words(answer)


@pytest.mark.parametrize(
    ("who", "act", "stage", "then"),
    [
        ("leader", "sign", complete, "signed"),
        ("leader", "withdraw_signature", signed, "draft"),
        ("head", "submit", signed, "submitted"),
        ("head", "publish", submitted, "published"),
    ],
)
def test_each_step_is_a_button(cast: Cast, who: str, act: str, stage, then: str):
    report = stage(cast)
    client = client_of(getattr(cast, who))
    assert url(report, f"{act}/") in words(client.get(url(report)))
    client.post(url(report, f"{act}/"))
    report.refresh_from_db()
    assert report.state == then


def test_a_closed_button_says_why_in_plain_sight(cast: Cast):
    page = words(client_of(cast.leader).get(url(started(cast.agency, cast.officer))))
    assert "disabled" in page and "格空白：没有发生的也要填0" in page


def test_pressing_a_closed_button_anyway_is_answered(cast: Cast):
    report = complete(cast)
    page = client_of(cast.head).post(url(report, "sign/"), follow=True)
    assert "由示例市教育局的分管领导办理" in words(page)


def test_the_supervisor_sees_what_was_handed_over_and_returns_it(cast: Cast):
    report = submitted(cast)
    client = client_of(cast.supervisor)
    assert "退回理由" in words(client.get(url(report)))
    client.post(url(report, "send_back/"), {"reason": "总体情况缺平台建设。"})
    page = words(client_of(cast.officer).get(url(report)))
    assert "主管部门退回" in page and "总体情况缺平台建设。" in page


def test_drafts_are_not_for_the_supervisor_nor_anything_for_strangers(cast: Cast):
    report = complete(cast)
    assert client_of(cast.supervisor).get(url(report)).status_code == 404
    assert client_of(cast.stranger).get(url(report)).status_code == 404


def test_a_warning_is_kept_and_opened_again(cast: Cast):
    report = complete(cast)
    sections = {"overview": "本年主动公开政府信息61条，其中政府网站20条、微信40条。"}
    actions.save_prose(
        report=report, sections=sections, revision=report.revision, by=cast.officer, at=MORNING
    )
    client = client_of(cast.head)
    finding = next(m.finding for m in client.get(url(report)).context["marks"])
    data = {"code": finding.code, "message": finding.message, "reason": "另有公开栏1条"}
    page = client.post(url(report, "waive/"), data, follow=True)
    assert "另有公开栏1条" in words(page)
    page = client.post(url(report, "waive/"), data, follow=True)
    assert "这条提醒不在了" in words(page)
    waiver = report.waivers.get()
    page = client.post(url(report, f"waivers/{waiver.pk}/"), follow=True)
    assert "另有公开栏1条" not in words(page).partition("经过")[0]


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_is_exported_in_every_kind(cast: Cast, kind: str):
    report = complete(cast)
    answer = client_of(cast.officer).get(url(report, f"export/{kind}/"))
    assert answer.status_code == 200
    assert f".{kind}" in answer.headers["Content-Disposition"]
    if kind == "json":
        assert from_json(json.loads(answer.content)) == report.filled


def test_a_kind_that_is_not_written_is_not_there(cast: Cast):
    assert client_of(cast.officer).get(url(complete(cast), "export/odt/")).status_code == 404


def test_the_supervisor_sees_who_is_missing_and_the_total(cast: Cast):
    submitted(cast)
    page = words(client_of(cast.supervisor).get("/office/annual/members/above/2020/"))
    assert "还缺1家" in page and "示例市农业局" in page
    assert "已报送单位的合计" in page
    book = client_of(cast.supervisor).get("/office/annual/members/above/2020/total.xlsx")
    assert BytesIO(book.content).read(2) == b"PK"


def test_the_total_says_what_it_converted(cast: Cast):
    report = submitted(cast)
    other_form = blank_report(cast.agency.name, 2020, load_format("fy2021"))
    AnnualReport.objects.filter(pk=report.pk).update(content=to_json(fill_blanks(other_form)))
    page = words(client_of(cast.supervisor).get("/office/annual/members/above/2020/"))
    assert "示例市教育局的表二、表三不是本年度的格式" in page
    assert "处提醒" in page


def test_a_year_without_a_report_has_no_total(cast: Cast):
    client = client_of(cast.supervisor)
    assert "还缺2家" in words(client.get("/office/annual/members/above/2022/"))
    assert client.get("/office/annual/members/above/2022/total.xlsx").status_code == 404


def test_nobody_else_sees_the_members(cast: Cast):
    assert client_of(cast.head).get("/office/annual/members/above/2020/").status_code == 404
    assert client_of(cast.head).get("/office/annual/members/edu/2020/").status_code == 404
