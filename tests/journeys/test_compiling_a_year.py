"""A clerk's January: from last year's habit of a text file to a report the public can read."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.audit.queries import history, verify_chain
from gongkai.audit.templatetags.trail import act_label
from gongkai.config.demo.office import open_demo_office
from gongkai.documents.writing import write
from gongkai.law.report.checks import check
from gongkai.law.report.exchange import from_json, to_json
from gongkai.law.report.filled import FilledReport
from gongkai.reporting.compiling import with_cells
from gongkai.reporting.examination import examine
from gongkai.reporting.models import AnnualReport, ImportedReading

SHARED = Path(__file__).resolve().parents[3] / "shared"
NAME = "塔城地区教育局"


@pytest.fixture
def passwords(db: None) -> dict[str, str]:
    return {account.username: account.password for account in open_demo_office()}


def with_row_four_blank(report: FilledReport) -> FilledReport:
    """The published table as it came: nothing at all in 结转下年度继续办理."""
    row = [address for address, _ in report.cells() if address.startswith("table3.carried_forward.")]
    return with_cells(report, dict.fromkeys(row))


@pytest.fixture(params=["seed text", "own Word file"])
def source(request, passwords) -> SimpleUploadedFile:
    """The report of 2020 as a file; the published one where it is at hand."""
    if request.param == "own Word file":
        report = with_row_four_blank(AnnualReport.objects.get(agency__name=NAME, year=2020).filled)
        return SimpleUploadedFile("2020年报.docx", write(report, "docx"))
    if not SHARED.exists():
        pytest.skip("the published report is not beside this repository")
    return SimpleUploadedFile("2020年报.txt", next((SHARED / "seed").glob("*.txt")).read_bytes())


def sign_in(username: str, passwords: dict[str, str]) -> Client:
    client = Client()
    answer = client.post("/accounts/sign-in/", {"username": username, "password": passwords[username]})
    assert answer.status_code == 302
    return client


def typed(report: AnnualReport) -> dict[str, str]:
    report.refresh_from_db()
    cells = {address: "" if v is None else str(v) for address, v in report.filled.cells()}
    return cells | {"revision": str(report.revision)}


def make_room_for_2020() -> None:
    """The demo's own 2020 report is moved away, so that it can be compiled anew."""
    AnnualReport.objects.filter(agency__name=NAME, year=2020).delete()


def test_a_clerk_compiles_2020_and_the_public_reads_it(passwords, source):
    make_room_for_2020()
    officer, head = sign_in("officer", passwords), sign_in("head", passwords)
    leader, supervisor = sign_in("leader", passwords), sign_in("supervisor", passwords)

    # started, read from the file, looked at, taken over
    officer.post("/office/annual/start/tacheng-edu/", {"year": "2020"})
    report = AnnualReport.objects.get(agency__name=NAME, year=2020)
    here = f"/office/annual/reports/{report.pk}/"
    officer.post(here + "import/", {"file": source})
    officer.post(f"{here}import/{ImportedReading.objects.get().pk}/")
    page = officer.get(here).content.decode()
    assert "7格空白" in page

    # a blank stands in the way, in plain words, of everybody
    page = leader.post(here + "sign/", follow=True).content.decode()
    assert "还有7格空白" in page and "结转下年度继续办理" in page
    officer.post(here + "figures/", typed(report) | {"act": "fill_blanks"})
    report.refresh_from_db()
    assert not examine(report).errors and not examine(report).blanks

    # signed, submitted, returned, mended, signed and submitted again
    leader.post(here + "sign/")
    head.post(here + "submit/")
    supervisor.post(here + "send_back/", {"reason": "请写明公开栏的改进。"})
    assert "请写明公开栏的改进。" in officer.get(here).content.decode()
    report.refresh_from_db()
    prose = {
        "revision": str(report.revision),
        "problems_and_improvements": "主要问题：公开栏更新不及时。改进情况：每月更换。",
    }
    officer.post(here + "prose/", prose)
    leader.post(here + "sign/")
    head.post(here + "submit/")
    assert Client().get("/reports/tacheng-edu/2020/").status_code == 404
    head.post(here + "publish/")

    # the public reads it, and every file of it
    page = Client().get("/reports/tacheng-edu/2020/").content.decode()
    assert "1082.36万元" in page and "+10" in page and "每月更换" in page
    taken = json.loads(Client().get("/reports/tacheng-edu/2020/json/").content)
    assert from_json(taken)["table3.carried_forward.total"] == 0

    # and the trail tells the whole story
    report.refresh_from_db()
    story = [act_label(entry) for entry in history(report.subject)]
    assert story == [
        "开始编制", "读取文件", "取用文件内容", "保存数据", "签发", "报送主管部门", "退回",
        "保存文字", "签发", "报送主管部门", "公布",
    ]  # fmt: skip
    assert verify_chain().broken_at is None


def test_the_demo_office_publishes_two_years_and_nothing_is_found_in_2020(passwords):
    own = AnnualReport.objects.filter(agency__name=NAME)
    assert {r.year: r.state for r in own} == {2019: "published", 2020: "published", 2021: "draft"}
    report = own.get(year=2020)
    assert examine(report).open == () and examine(report).blanks == ()
    before = own.get(year=2019)
    assert examine(before).open == () and "演示数据" in before.remark
    assert check(report.filled, previous=before.filled) == ()
    assert verify_chain().broken_at is None


def test_the_draft_to_practise_on_has_something_to_find(passwords):
    draft = AnnualReport.objects.get(agency__name=NAME, year=2021)
    assert {finding.code for finding in examine(draft).open} >= {"T4-01", "X-01"}
    assert examine(draft).blanks


@pytest.mark.skipif(not SHARED.exists(), reason="the published figures are not beside this repository")
def test_the_demos_2020_report_equals_the_published_one_with_row_four_filled(passwords):
    demo = to_json(AnnualReport.objects.get(agency__name=NAME, year=2020).filled)
    published = json.loads((SHARED / "corpus" / "figures" / "tacheng-edu-2020.json").read_text("utf-8"))
    published["table3"]["rows"]["carried_forward"] = [0] * 7
    for table in ("table2", "table3", "table4"):
        assert demo[table] == published[table]


def test_demo_passwords_differ_from_office_to_office(passwords, db):
    assert len(set(passwords.values())) == len(passwords)
    assert all(len(password) >= 12 for password in passwords.values())
