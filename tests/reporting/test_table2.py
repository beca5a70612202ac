"""Table 2 from the library and the registers: figures, the way back, adjustments, cuts."""

from datetime import date
from decimal import Decimal

import pytest

from gongkai.publishing.actions.normative import enter_document, enter_event
from gongkai.publishing.actions.registers import enter_decision, enter_matter, strike_decision
from gongkai.publishing.entered import EnteredDecision, EnteredDocument, EnteredMatter
from gongkai.publishing.models import Matter, RegisterEntry
from gongkai.reporting import actions
from gongkai.reporting.compiling import fill_blanks
from gongkai.reporting.examination import examine
from gongkai.reporting.models import AnnualReport, YearCut
from gongkai.reporting.registers import count_on, count_year
from tests.agencies.cast import MORNING, Cast
from tests.reporting.registers import client_of, cut, filled, save, started, three_applications

RULE, NORM = "government_rule", "normative_document"
ISSUED, REPEALED, IN_FORCE = (f"table2.{NORM}.{column}" for column in ("issued", "repealed", "in_force"))
AMOUNT = "table2.central_procurement.amount"


def day(text: str) -> date:
    return date.fromisoformat(text)


def matter(cast: Cast, kind: str, title: str, begun: str, ended: str = "") -> Matter:
    until = day(ended) if ended else None
    entered = EnteredMatter(kind, title, day(begun), until)
    return enter_matter(agency=cast.agency, entered=entered, by=cast.officer, at=MORNING)


def decision(cast: Cast, kind: str, on: str, amount: str = "", number: str = "") -> RegisterEntry:
    yuan = Decimal(amount) if amount else None
    entered = EnteredDecision(kind, f"示例{kind}", day(on), number, amount=yuan)
    return enter_decision(agency=cast.agency, entered=entered, by=cast.officer, at=MORNING)


def document(cast: Cast, issued: str, title: str = "示例办法", **more):
    entered = EnteredDocument(NORM, title, day(issued), **more)
    return enter_document(agency=cast.agency, entered=entered, by=cast.officer, at=MORNING)


def the_seeds_registers(cast: Cast) -> Cast:
    """其他对外管理服务事项 4, +10, 0; 行政事业性收费 5, 0; 政府集中采购 4 of 1082.36 万元."""
    for n in range(4):
        matter(cast, "other_external_service", f"示例服务{n}", "2018-01-01")
    for n in range(10):
        matter(cast, "other_external_service", f"新增服务{n}", "2020-06-01")
    for n in range(5):
        matter(cast, "administrative_fee", f"示例收费{n}", "2017-01-01")
    for n, yuan in enumerate(("5000000.00", "3000000.00", "2000000.00", "823600.00")):
        decision(cast, "central_procurement", f"2020-0{n + 3}-10", yuan)
    return cast


def table2(cast: Cast, year: int) -> dict[str, object]:
    count = count_year(cast.agency, year)
    return {} if count is None else {a.removeprefix("table2."): n for a, n in count.table2.figures.items()}


def test_the_registers_give_the_figures_of_the_seed(cast: Cast):
    the_seeds_registers(cast)
    assert table2(cast, 2020) == {
        "other_external_service.items_last_year": 4,
        "other_external_service.change": 10,
        "administrative_fee.items_last_year": 5,
        "administrative_fee.change": 0,
        "central_procurement.projects": 4,
        "central_procurement.amount": Decimal("1082.36"),
    }
    report = filled(cast, started(cast, 2020))
    assert report.filled[AMOUNT] == Decimal("1082.36")
    assert report.filled["table2.other_external_service.change"] == 10


def test_a_row_without_a_register_is_typed_as_before(cast: Cast):
    assert count_year(cast.agency, 2024) is None
    report = started(cast, 2024)
    save(cast, report, table2__permit__decisions=4)
    decision(cast, "penalty", "2024-05-06")
    assert table2(cast, 2024) == {"penalty.decisions": 1}
    assert table2(cast, 2023) == {}
    report = filled(cast, AnnualReport.objects.get(pk=report.pk))
    assert (report.filled["table2.permit.decisions"], report.filled["table2.penalty.decisions"]) == (4, 1)
    assert report.filled["table3.new_received.total"] is None


def test_stock_and_flow_of_documents_agree_from_year_to_year(cast: Cast):
    document(cast, "2020-05-01", "旧办法")
    repealed = document(cast, "2021-05-01", "将废止的办法")
    document(cast, "2022-05-01", "五年办法", expires_on=day("2023-12-31"))
    enter_event(
        document=repealed, kind="repealed", on=day("2023-03-01"), by_document="示例决定", by=cast.officer,
        at=MORNING,
    )  # fmt: skip
    counted = {year: table2(cast, year) for year in (2021, 2022, 2023, 2024)}
    flow = {
        year: tuple(figures[f"{NORM}.{column}"] for column in ("issued", "repealed", "in_force"))
        for year, figures in counted.items()
    }
    assert flow == {2021: (1, 0, 2), 2022: (1, 0, 3), 2023: (0, 1, 2), 2024: (0, 1, 1)}


def test_each_cell_opens_its_records(cast: Cast):
    the_seeds_registers(cast)
    report = filled(cast, started(cast, 2020))
    client = client_of(cast.officer)
    base = f"/office/annual/reports/{report.pk}/"
    words = client.get(base).content.decode()
    assert f"{base}cells/{AMOUNT}/" in words and "的记录</span>" in words
    words = client.get(f"{base}cells/{AMOUNT}/").content.decode()
    entry = RegisterEntry.objects.get(amount=Decimal("823600.00"))
    assert "1082.36" in words and "823,600.00元" in words
    assert f"/office/publishing/entries/{entry.pk}/" in words
    words = client.get(f"{base}cells/table2.other_external_service.change/").content.decode()
    assert "+10" in words and "新增服务3" in words and "示例服务3" not in words
    assert client.get(f"{base}cells/table2.permit.decisions/").status_code == 404
    assert client.get(f"{base}cells/table2.nothing.here/").status_code == 404
    assert client.post(f"{base}cells/table2.nothing.here/", {"value": "1"}).status_code == 404


def test_an_amount_and_a_decrease_are_adjusted_with_a_reason(cast: Cast):
    the_seeds_registers(cast)
    report = filled(cast, started(cast, 2020))
    with pytest.raises(
        actions.UnableToAdjust, match=r"填1080万元，台账是1082\.36万元|填1080，台账是1082\.36"
    ):
        save(cast, report, **{AMOUNT.replace(".", "__"): Decimal(1080)})
    client = client_of(cast.officer)
    url = f"/office/annual/reports/{report.pk}/cells/{AMOUNT}/"
    typed = {"revision": str(report.revision), "value": "1080.5", "reason": "一个项目年末终止"}
    assert "一个项目年末终止" in client.post(url, typed, follow=True).content.decode()
    report.refresh_from_db()
    url = f"/office/annual/reports/{report.pk}/cells/table2.other_external_service.change/"
    typed = {"revision": str(report.revision), "value": "减2", "reason": "按清理结果"}
    assert client.post(url, typed).status_code == 302
    report.refresh_from_db()
    assert {str(each).partition("：")[2] for each in report.adjustments.all()} >= {"+10 → -2"}
    explained = {finding.code for finding, _ in examine(report).explained}
    assert explained == {"T2-06"}
    assert not [finding for finding in examine(report).open if finding.code == "T2-06"]
    words = client.get(f"/office/annual/reports/{report.pk}/figures/").content.decode()
    assert "台账1082.36" in words and "台账+10" in words


def test_t2_06_speaks_where_the_report_differs_from_the_registers(cast: Cast):
    report = started(cast, 2024)
    report = save(cast, report, table2__penalty__decisions=3)
    decision(cast, "penalty", "2024-05-06")
    found = [finding for finding in examine(report).open if finding.code == "T2-06"]
    assert [(finding.expected, finding.found) for finding in found] == [(1, 3)]


def test_the_cut_freezes_table_2_and_what_is_entered_later_waits(cast: Cast):
    struck = decision(cast, "penalty", "2024-05-06", number="示罚〔2024〕1号")
    decision(cast, "administrative_fee", "2024-06-01", "123456.78")
    taken = cut(cast, 2024)
    before = table2(cast, 2024)
    assert before == {"penalty.decisions": 1, "administrative_fee.amount": Decimal("12.345678")}
    decision(cast, "penalty", "2024-07-01")
    strike_decision(entry=struck, reason="重复登记", by=cast.officer, at=MORNING)
    assert table2(cast, 2024) == before
    assert taken.is_intact and taken.content["table2"]["table2.penalty.decisions"]["value"] == "1"
    report = filled(cast, started(cast, 2024))
    url = f"/office/annual/reports/{report.pk}/cells/table2.penalty.decisions/"
    assert "后来注销：重复登记" in client_of(cast.officer).get(url).content.decode()


def test_a_cut_without_cases_leaves_tables_3_and_4_to_be_typed(cast: Cast):
    decision(cast, "penalty", "2024-05-06")
    cut(cast, 2024)
    count = count_year(cast.agency, 2024)
    assert count and set(count.figures) == {"table2.penalty.decisions"}
    three_applications(cast)
    count = count_year(cast.agency, 2024)
    assert count and set(count.figures) == {"table2.penalty.decisions"}
    # What no cut has seen is new in the year after.
    following = count_year(cast.agency, 2025)
    assert following and following.figures["table3.new_received.total"] == 3


def test_a_cut_of_before_there_were_registers_still_counts(cast: Cast):
    three_applications(cast)
    taken = cut(cast, 2024)
    old = {
        name: value
        for name, value in taken.content.items()
        if name not in {"table2", "cases_begun", "publishing_rules"}
    }
    decision(cast, "penalty", "2024-05-06")
    agency, year = taken.agency, 2023
    # The database refuses to change a cut, so an old one is made for another year.
    YearCut.objects.create(
        agency=agency, year=year, cut_on=date(year, 12, 31), taken_at=MORNING, by=cast.head, content=old,
        sha256="0" * 64,
    )  # fmt: skip
    count = count_year(agency, year)
    assert count and count.table2.cells == {} and count.figures["table3.new_received.total"] == 3
    assert count.tables == "表三、表四"


def test_table_2_is_counted_up_to_any_day(cast: Cast):
    decision(cast, "penalty", "2024-05-06")
    decision(cast, "penalty", "2024-08-06")
    count = count_on(cast.agency, day("2024-06-30"))
    assert count and count.figures == {"table2.penalty.decisions": 1}
    words = client_of(cast.officer).get("/office/annual/count/edu/", {"on": "2024-06-30"}).content.decode()
    assert "行政处罚" in words and "表三" not in words


def test_the_panel_names_the_tables_that_are_filled(cast: Cast):
    decision(cast, "penalty", "2024-05-06")
    report = started(cast, 2024)
    client = client_of(cast.officer)
    words = client.get(f"/office/annual/reports/{report.pk}/figures/").content.decode()
    assert "从台账填表二<" in words and "表二里没有建台账的行照常填写" in words
    three_applications(cast)
    words = client.get(f"/office/annual/reports/{report.pk}/figures/").content.decode()
    assert "从台账填表二、表三、表四" in words


def test_a_report_filled_from_every_register_has_nothing_open_in_table_2(cast: Cast):
    three_applications(cast)
    document(cast, "2024-05-01")
    decision(cast, "permit", "2024-05-06")
    cut(cast, 2024)
    report = filled(cast, started(cast, 2024))
    report = actions.save_figures(
        report=report, cells={}, revision=report.revision, by=cast.officer, at=MORNING, then=(fill_blanks,)
    )
    assert not [finding.code for finding in examine(report).open if finding.code.startswith("T2")]
