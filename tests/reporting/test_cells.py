"""The pages that lead from a cell back to its cases."""

from datetime import date

import pytest

from gongkai.casework.models import Application
from gongkai.reporting import actions
from gongkai.reporting.examination import examine
from gongkai.reporting.models import AnnualReport, YearCut
from gongkai.reporting.registers import count_year
from tests.agencies.cast import Cast
from tests.reporting.registers import (
    BROUGHT,
    CARRIED,
    JANUARY,
    NEW,
    answered,
    challenged,
    client_of,
    cut,
    disposed,
    filled,
    ready,
    received,
    settled,
    started,
    three_applications,
)


@pytest.fixture
def office(cast: Cast) -> Cast:
    return three_applications(cast)


def page(cast: Cast, report: AnnualReport, rest: str = "", who: str = "officer"):
    return client_of(getattr(cast, who)).get(f"/office/annual/reports/{report.pk}/{rest}")


def test_a_counted_cell_leads_to_its_cases(office: Cast):
    report = filled(office, started(office))
    words = page(office, report).content.decode()
    assert f"/office/annual/reports/{report.pk}/cells/{NEW}/" in words
    answer = page(office, report, f"cells/{NEW}/")
    assert [line.case.received_on.isoformat() for line in answer.context["lines"]] == [
        "2024-03-04", "2024-12-20",
    ]  # fmt: skip
    assert "2024-0001" in answer.content.decode() and "予以公开" in answer.content.decode()


def test_the_row_brought_forward_names_the_row_of_last_year(office: Cast):
    cut(office)
    last = filled(office, started(office))
    AnnualReport.objects.filter(pk=last.pk).update(state="signed", signed_by=office.leader, signed_at=JANUARY)
    report = filled(office, started(office, 2025))
    words = page(office, report, f"cells/{BROUGHT}/").content.decode()
    assert "上年度“四、结转下年度继续办理”的案件" in words
    assert f"/office/annual/reports/{last.pk}/cells/{CARRIED}/" in words


def test_a_cell_of_a_signed_report_still_shows_its_cases_from_the_cut(office: Cast):
    cut(office, at=JANUARY)
    report = actions.sign(report=ready(office), by=office.leader, at=JANUARY)
    pending = Application.objects.get(received_on=date(2024, 12, 20))
    answered(pending, "2024-12-30", entered="2025-01-10")
    words = page(office, report, f"cells/{CARRIED}/").content.decode()
    assert pending.number in words and "固定台账之后才登记，计入下一年度" in words
    assert "已固定" in words


def test_the_figures_page_offers_the_registers_and_marks_adjusted_cells(office: Cast):
    report = started(office)
    client = client_of(office.officer)
    url = f"/office/annual/reports/{report.pk}/figures/"
    assert "从台账填表三、表四" in client.get(url).content.decode()
    data = {"revision": "1", "act": "fill_from_registers", "table2.permit.decisions": "4", NEW: "77"}
    words = client.post(url, data, follow=True).content.decode()
    assert "已从台账取数，统计到2024年12月31日；台账还没有固定" in words
    report.refresh_from_db()
    assert (report.filled[NEW], report.filled["table2.permit.decisions"]) == (2, 4)

    typed = {cell: "" if v is None else str(v) for cell, v in report.filled.cells()}
    typed |= {NEW: "5", "revision": str(report.revision)}
    refused = client.post(url, typed)
    words = refused.content.decode()
    assert refused.status_code == 409
    assert 'value="5"' in words and "写明调整理由" in words and 'href="#reason"' in words
    words = client.post(url, typed | {"reason": "漏登"}, follow=True).content.decode()
    assert f'id="adjusted-{NEW}"' in words and "漏登" in words and "adjusted" in words


def test_a_cell_is_adjusted_on_its_own_page_and_nothing_typed_is_lost(office: Cast):
    report = filled(office, started(office))
    client = client_of(office.officer)
    url = f"/office/annual/reports/{report.pk}/cells/{NEW}/"
    data = {"revision": str(report.revision), "value": "4"}
    refused = client.post(url, data)
    assert refused.status_code == 422
    assert 'value="4"' in refused.content.decode() and "请写明理由" in refused.content.decode()
    assert client.post(url, data | {"value": "四"}).status_code == 422
    words = client.post(url, data | {"reason": "漏登2件"}, follow=True).content.decode()
    assert "漏登2件" in words
    report.refresh_from_db()
    assert report.filled[NEW] == 4


def test_the_head_takes_the_cut_from_the_report(office: Cast):
    report = started(office)
    words = page(office, report).content.decode()
    assert "固定2024年12月31日的台账数据" in words and "由示例市教育局的工作机构负责人办理" in words
    url = f"/office/annual/reports/{report.pk}/cut/"
    assert "您没有这个角色" in client_of(office.officer).post(url, follow=True).content.decode()
    assert "已固定截至2024年12月31日" in client_of(office.head).post(url, follow=True).content.decode()
    assert YearCut.objects.count() == 1


def test_the_cases_behind_a_cell_are_for_the_agencys_own_people(office: Cast):
    cut(office, at=JANUARY)
    report = actions.sign(report=ready(office), by=office.leader, at=JANUARY)
    actions.submit(report=report, by=office.head, at=JANUARY)
    assert page(office, report, who="supervisor").status_code == 200
    assert "/cells/" not in page(office, report, who="supervisor").content.decode()
    assert page(office, report, f"cells/{NEW}/", who="supervisor").status_code == 404
    assert page(office, report, f"cells/{NEW}/", who="stranger").status_code == 404
    assert page(office, report, "cells/table2.permit.decisions/").status_code == 404


def test_table_4_is_counted_from_the_register_of_remedies(office: Cast):
    case = Application.objects.get(received_on=date(2024, 3, 4))
    first = settled(challenged(case, "2024-05-06", "示例市人民政府"), "2024-06-28", "upheld")
    suit = challenged(case, "2024-07-08", "示例市人民法院", after=first)
    assert set(cells_of(office, 2024)) == {
        "reconsideration.upheld", "reconsideration.total",
        "suit_after_reconsideration.pending", "suit_after_reconsideration.total",
    }  # fmt: skip
    report = filled(office, started(office))
    assert report.filled["table4.reconsideration.upheld"] == 1
    words = page(office, report, "cells/table4.suit_after_reconsideration.pending/").content.decode()
    assert "示例市人民法院" in words and "尚未审结" in words and case.number in words
    assert f"/office/remedies/{suit.pk}/" in words
    words = page(office, report, "cells/table4.reconsideration.total/").content.decode()
    assert "示例市人民政府" in words and "维持" in words
    report = actions.save_figures(
        report=report, cells={"table4.direct_suit.pending": 1}, revision=report.revision,
        by=office.officer, at=JANUARY, reason="法院已通知应诉，尚未登记",
    )  # fmt: skip
    assert {finding.code for finding, _ in examine(report).explained} == {"T4-06"}


def test_a_suit_pending_at_the_cut_appears_next_year_with_its_result(office: Cast):
    case = Application.objects.get(received_on=date(2024, 3, 4))
    suit = challenged(case, "2024-07-08", "示例市人民法院", direct=True)
    cut(office)
    settled(suit, "2025-02-03", "revoked")
    assert set(cells_of(office, 2024)) == {"direct_suit.pending", "direct_suit.total"}
    assert set(cells_of(office, 2025)) == {"direct_suit.overturned", "direct_suit.total"}


def cells_of(cast: Cast, year: int) -> list[str]:
    """The cells of table 4 that are not 0."""
    count = count_year(cast.agency, year)
    assert count is not None
    return [a.removeprefix("table4.") for a, n in count.figures.items() if n and a.startswith("table4.")]


def test_the_tables_are_counted_up_to_any_day(office: Cast):
    client = client_of(office.officer)
    answer = client.get("/office/annual/count/edu/", {"on": "2024年3月10日"})
    assert answer.context["found"].figures[NEW] == 1
    assert answer.context["found"].figures[CARRIED] == 1
    words = client.get("/office/annual/count/edu/", {"on": "2024.6.30"}).content.decode()
    assert "2024年1月1日至2024年6月30日（周日）" in words
    for wrong in ("昨天", "2099-01-01", "2024-02-30"):
        refused = client.get("/office/annual/count/edu/", {"on": wrong})
        assert refused.status_code == 422 and f'value="{wrong}"' in refused.content.decode()
    assert "还没有" not in client.get("/office/annual/count/edu/").content.decode()
    assert (
        "先登记收到的申请" in client.get("/office/annual/count/edu/", {"on": "2023-05-01"}).content.decode()
    )
    assert client_of(office.stranger).get("/office/annual/count/edu/").status_code == 404


def test_the_report_is_filled_from_its_overview(office: Cast):
    report = started(office)
    client = client_of(office.officer)
    url = f"/office/annual/reports/{report.pk}/fill/"
    assert "台账还没有固定" in client.post(url, follow=True).content.decode()
    cut(office, at=JANUARY)
    assert "已从台账取数，统计到2024年12月31日（已固定）" in client.post(url, follow=True).content.decode()
    assert "您没有这个角色" in client_of(office.leader).post(url, follow=True).content.decode()
    report.refresh_from_db()
    assert report.filled[NEW] == 2


def test_a_cell_says_why_a_case_looks_otherwise_now(office: Cast):
    cut(office)
    pending = Application.objects.get(received_on=date(2024, 12, 20))
    disposed(pending, "2025-01-20", "transferred")
    received(office, "2024-12-27", entered="2025-01-10")
    report = filled(office, started(office, 2025))
    words = page(office, report, "cells/table3.otherwise_handled.other_handling.total/").content.decode()
    assert "上年已经结转，已转送其他机关，计入其他处理" in words
    words = page(office, report, f"cells/{NEW}/").content.decode()
    assert "上年收到，固定台账之后才登记，计入本年新收" in words
