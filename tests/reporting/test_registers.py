"""The report filled from the registers: cuts, adjustments, and the way back to the cases."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from gongkai.audit.models import Entry
from gongkai.casework.actions.log import append, strike
from gongkai.casework.models import Application
from gongkai.casework.queries.fees import fees_paid
from gongkai.reporting import actions, registers
from gongkai.reporting.compiling import fill_blanks, with_cells
from gongkai.reporting.examination import examine
from gongkai.reporting.models import AnnualReport, YearCut
from gongkai.reporting.registers import count_year
from tests.agencies.cast import Cast
from tests.casework.cases import moment
from tests.reporting.registers import (
    CARRIED,
    GRANTED,
    JANUARY,
    NEW,
    answered,
    challenged,
    cut,
    disposed,
    filled,
    ready,
    received,
    rows,
    save,
    settled,
    started,
    three_applications,
    withdrawn,
)


@pytest.fixture
def office(cast: Cast) -> Cast:
    return three_applications(cast)


# ---- counting from the registers -------------------------------------------------------------


def test_the_registers_are_counted_by_row_and_kind_of_applicant(office: Cast):
    assert rows(office, 2024) == {
        "new_received": 3, "granted": 1, "otherwise_handled.other_handling": 1, "handled_total": 2,
        "carried_forward": 1,
    }  # fmt: skip
    count = count_year(office.agency, 2024)
    assert count and count.cut is None
    assert count.figures["table3.otherwise_handled.other_handling.legal_service_organization"] == 1


def test_a_year_before_the_registers_began_is_typed_as_before(office: Cast):
    assert count_year(office.agency, 2023) is None
    report = started(office, 2023)
    assert examine(report).count is None
    save(office, report, table3__granted__total=7)
    with pytest.raises(actions.UnableToFill, match="请直接填写"):
        filled(office, AnnualReport.objects.get(pk=report.pk))


def test_what_is_not_received_yet_and_what_is_no_application_does_not_count(cast: Cast):
    case = received(cast, "2024-03-04")
    Application.objects.filter(pk=case.pk).update(matter="rectification")
    assert count_year(cast.agency, 2024) is None


def test_a_transferred_case_is_counted_by_the_agency_that_answers(cast: Cast):
    disposed(received(cast, "2024-03-04"), "2024-03-06", "transferred")
    answered(received(cast, "2024-03-07"), "2024-03-20")
    assert rows(cast, 2024) == {"new_received": 1, "granted": 1, "handled_total": 1}


def test_of_a_split_case_the_parts_count(cast: Cast):
    whole = disposed(received(cast, "2024-03-04"), "2024-03-06", "split")
    for _ in range(2):
        part = answered(received(cast, "2024-03-04"), "2024-03-20")
        Application.objects.filter(pk=part.pk).update(split_from=whole)
    assert rows(cast, 2024) == {"new_received": 2, "granted": 2, "handled_total": 2}


def test_a_decision_taken_anew_after_court_is_not_counted_again(cast: Cast):
    first = answered(received(cast, "2023-03-06"), "2023-03-20", "denied.deliberative")
    cut(cast, 2023)
    anew = answered(received(cast, "2024-03-04"), "2024-03-20")
    Application.objects.filter(pk=anew.pk).update(re_decides=first)
    assert rows(cast, 2024) == {}


# ---- the cut ---------------------------------------------------------------------------------


def test_after_the_cut_what_is_entered_late_changes_next_year(office: Cast):
    cut(office)
    before = rows(office, 2024)
    pending = Application.objects.get(received_on=date(2024, 12, 20))
    answered(pending, "2024-12-30", entered="2025-01-10")
    received(office, "2024-12-27", entered="2025-01-10")
    assert rows(office, 2024) == before
    assert rows(office, 2025) == {
        "new_received": 1, "brought_forward": 1, "granted": 1, "handled_total": 1, "carried_forward": 1,
    }  # fmt: skip


def test_without_the_cut_it_would_have_changed_this_year(office: Cast):
    pending = Application.objects.get(received_on=date(2024, 12, 20))
    answered(pending, "2024-12-30", entered="2025-01-10")
    assert rows(office, 2024)["granted"] == 2


def test_what_is_brought_forward_is_the_very_cases_carried_forward(office: Cast):
    cut(office)
    this, following = count_year(office.agency, 2024), count_year(office.agency, 2025)
    assert this and following
    for cell, ids in this.counted.cells.items():
        if ".carried_forward." in cell:
            assert following.counted.cells[cell.replace("carried_forward", "brought_forward")] == ids


def test_a_year_without_a_cut_between_two_others_loses_nothing(cast: Cast):
    received(cast, "2023-12-04")
    cut(cast, 2023)
    assert rows(cast, 2025) == {"brought_forward": 1, "carried_forward": 1}


def test_a_case_answered_in_a_year_without_a_cut_is_not_brought_on(cast: Cast):
    case = received(cast, "2023-12-04")
    cut(cast, 2023)
    answered(case, "2024-01-05")
    received(cast, "2025-03-03")
    assert rows(cast, 2024) == {"brought_forward": 1, "granted": 1, "handled_total": 1}
    assert rows(cast, 2025) == {"new_received": 1, "carried_forward": 1}


def test_a_remedy_settled_two_cuts_ago_stays_settled(cast: Cast):
    case = answered(received(cast, "2023-03-06"), "2023-03-20", "denied.deliberative")
    settled(challenged(case, "2023-05-08", "示例市人民政府"), "2023-06-28", "upheld")
    totals = []
    for year in (2023, 2024, 2025):
        found = cut(cast, year)
        totals.append(registers.counted_from(found).figures["table4.reconsideration.total"])
    assert totals == [1, 0, 0]
    assert found.content["passed_over"] == {"cases": [], "remedies": []}


def test_what_is_marked_as_not_counted_is_not_counted(cast: Cast):
    received(cast, "2024-03-04")
    case = received(cast, "2024-03-05")
    Application.objects.filter(pk=case.pk).update(counted=False)
    assert rows(cast, 2024) == {"new_received": 1, "carried_forward": 1}


def test_a_withdrawal_that_was_struck_out_is_none(office: Cast):
    case = withdrawn(received(office, "2024-08-05"), "2024-08-06")
    assert sum(line.is_withdrawn for line in registers.case_lines(office.agency)) == 2
    event = case.events.get(kind="withdrawn")
    strike(event=event, reason="误登记", by=office.head, at=moment(date(2024, 8, 7)))
    assert sum(line.is_withdrawn for line in registers.case_lines(office.agency)) == 1


def test_a_case_over_before_the_first_cut_does_not_come_back(cast: Cast):
    answered(received(cast, "2022-03-07"), "2022-03-21")
    received(cast, "2023-12-04")
    cut(cast, 2023)
    assert rows(cast, 2024) == {"brought_forward": 1, "carried_forward": 1}


@pytest.mark.parametrize(
    ("who", "year", "day", "says"),
    [
        ("head", 2024, date(2024, 12, 31), "2024年度还没有结束"),
        ("officer", 2024, date(2025, 1, 8), "由示例市教育局的工作机构负责人办理"),
        ("head", 2022, date(2025, 1, 8), "没有可以固定的数据"),
    ],
)
def test_a_cut_is_refused_with_its_reason(office: Cast, who: str, year: int, day: date, says: str):
    with pytest.raises(actions.UnableToTakeCut, match=says):
        actions.take_cut(agency=office.agency, year=year, by=getattr(office, who), at=moment(day))
    assert not YearCut.objects.exists()


def test_a_year_is_cut_once_and_never_after_a_later_one(office: Cast):
    cut(office)
    with pytest.raises(actions.UnableToTakeCut, match="已经固定，不能改动"):
        cut(office)
    with pytest.raises(actions.UnableToTakeCut, match="不能再固定更早的年度"):
        cut(office, 2023, JANUARY)


def test_the_cut_says_by_which_rules_it_was_counted_and_is_on_the_trail(office: Cast):
    found = cut(office)
    assert found.is_intact
    assert found.content["rules"]["redecision_count"] == "not_counted"
    assert found.content["format"] == "fy2021" and found.content["calendar"] and found.content["product"]
    assert Entry.objects.get(act="took_cut").details == {"year": 2024, "content": found.sha256}
    following = cut(office, 2025, moment(date(2026, 1, 5)))
    assert following.content["previous"] == found.sha256


def test_the_database_refuses_to_change_a_cut(office: Cast):
    found = cut(office)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        YearCut.objects.filter(pk=found.pk).update(content={})
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        found.delete()
    assert YearCut.objects.get().is_intact


# ---- the report ------------------------------------------------------------------------------


def test_the_report_is_filled_from_the_live_count_and_says_so(office: Cast):
    report = filled(office, started(office))
    assert report.filled[NEW] == 2 and report.filled[CARRIED] == 1
    assert report.filled["table4.reconsideration.total"] == 0
    assert report.filled["table2.permit.decisions"] is None
    entry = Entry.objects.get(act="filled_from_registers")
    assert (entry.details["source"], entry.details["on"]) == ("live", "2024-12-31")
    assert not [f for f in examine(report).open if f.code in {"T3-06", "T3-07"}]


def test_filling_in_the_middle_of_the_year_says_up_to_which_day(office: Cast):
    report = actions.start_report(
        agency=office.agency, year=2024, by=office.officer, at=moment(date(2024, 7, 1))
    )
    actions.fill_from_registers(
        report=report, revision=report.revision, by=office.officer, at=moment(date(2024, 7, 2))
    )
    assert Entry.objects.get(act="filled_from_registers").details["on"] == "2024-07-02"


def test_a_blank_cell_is_a_blank_and_no_difference(office: Cast):
    examination = examine(started(office))
    assert examination.count
    assert not [finding for finding in examination.open if finding.code in {"T3-06", "T3-07"}]
    assert NEW in examination.blanks


def test_a_figure_other_than_the_count_needs_a_reason(office: Cast):
    report = filled(office, started(office))
    with pytest.raises(actions.UnableToAdjust, match=r"填5，台账是2.*写明调整理由"):
        save(office, report, table3__new_received__natural_person=5)
    report.refresh_from_db()
    assert report.filled[NEW] == 2, "nothing is half saved"
    save(office, report, "漏登3件纸质申请", table3__new_received__natural_person=5)
    adjustment = report.adjustments.get()
    assert (adjustment.cell, adjustment.counted, adjustment.adjusted) == (NEW, 2, 5)
    examination = examine(AnnualReport.objects.get(pk=report.pk))
    assert [(f.code, a.reason) for f, a in examination.explained] == [("T3-06", "漏登3件纸质申请")]
    assert "T3-06" not in {finding.code for finding in examination.open}
    assert Entry.objects.get(act="adjusted").details["cells"] == {NEW: ["2", "5"]}


def test_the_count_again_takes_the_adjustment_away(office: Cast):
    report = save(office, filled(office, started(office)), "漏登", table3__new_received__natural_person=5)
    report = save(office, report, table3__new_received__natural_person=2)
    assert not report.adjustments.exists()
    report = save(office, report, "漏登", table3__new_received__natural_person=5)
    assert not filled(office, report).adjustments.exists()


def test_an_adjustment_explains_only_the_difference_it_was_written_for(office: Cast):
    report = save(office, filled(office, started(office)), "漏登", table3__new_received__natural_person=5)
    received(office, "2024-11-04")
    assert "T3-06" in {finding.code for finding in examine(report).open}
    save(office, report, "漏登2件")
    assert report.adjustments.get(cell=NEW).counted == 3


def test_a_second_reason_leaves_the_first_where_it_stands(office: Cast):
    report = save(office, filled(office, started(office)), "漏登", table3__new_received__natural_person=5)
    save(office, report, "口径不同", table3__granted__natural_person=4)
    assert dict(report.adjustments.values_list("cell", "reason")) == {NEW: "漏登", GRANTED: "口径不同"}


def test_one_cell_is_adjusted_with_a_reason(office: Cast):
    report = filled(office, started(office))
    given = {"report": report, "by": office.officer, "at": JANUARY, "revision": report.revision}
    with pytest.raises(actions.UnableToAdjust, match="请写明理由"):
        actions.adjust(cell=GRANTED, value=2, reason=" ", **given)
    with pytest.raises(actions.UnableToAdjust, match="没有台账数"):
        actions.adjust(cell="table2.permit.decisions", value=2, reason="漏登", **given)
    assert actions.adjust(cell=GRANTED, value=2, reason="漏登", **given).filled[GRANTED] == 2


def test_zeros_are_not_put_over_what_the_registers_count(office: Cast):
    report = started(office)
    with pytest.raises(actions.UnableToAdjust):
        actions.save_figures(
            report=report, cells={}, revision=1, by=office.officer, at=JANUARY, then=(fill_blanks,)
        )


def test_a_difference_that_was_read_from_a_file_is_an_error_until_explained(office: Cast):
    report = filled(office, started(office))
    other = with_cells(report.filled, {NEW: 9})
    reading = actions.keep_reading(
        report=report, read=other, name="a.xlsx", sha256="0" * 64, by=office.officer, at=JANUARY
    )
    report = actions.take_over(reading=reading, by=office.officer, at=JANUARY)
    assert "T3-06" in {finding.code for finding in examine(report).blocking}
    save(office, report, "以报送系统为准")
    assert "T3-06" not in {finding.code for finding in examine(report).open}


def test_nothing_is_signed_on_figures_that_still_move(office: Cast):
    report = ready(office)
    with pytest.raises(actions.UnableToSign, match="固定截至2024年12月31日的台账数据"):
        actions.sign(report=report, by=office.leader, at=JANUARY)
    cut(office, at=JANUARY)
    assert actions.sign(report=report, by=office.leader, at=JANUARY).state == "signed"


def test_a_signed_report_agrees_with_its_cut_whatever_comes_later(office: Cast):
    cut(office, at=JANUARY)
    report = actions.sign(report=ready(office), by=office.leader, at=JANUARY)
    received(office, "2024-12-27", entered="2025-01-10")
    examination = examine(report)
    assert examination.count and examination.count.cut
    assert examination.is_clean


def test_a_report_signed_before_its_year_was_cut_is_left_alone(office: Cast):
    report = ready(office)
    AnnualReport.objects.filter(pk=report.pk).update(
        state="signed", signed_by=office.leader, signed_at=JANUARY
    )
    cut(office, at=JANUARY + timedelta(days=1))
    received(office, "2024-12-27", entered="2025-01-10")
    report.refresh_from_db()
    assert examine(report).count is None


def test_a_fee_in_the_ledger_is_spoken_of_in_section_six(cast: Cast):
    case = received(cast, "2024-03-04")
    for kind, on, details in (
        ("fee_noticed", date(2024, 3, 11), {"basis": "case", "quantity": 12, "amount": 200}),
        ("fee_paid", date(2024, 3, 18), {}),
    ):
        append(case=case, kind=kind, on=on, by=cast.officer, at=moment(on), details=details)
    assert (fees_paid(cast.agency, 2024), fees_paid(cast.agency, 2025)) == (200, 0)
    report = ready(cast)
    said = [finding.message for finding in examine(report).open if finding.code == "X-02"]
    assert len(said) == 1 and "收到信息处理费200元，第六部分却没有说" in said[0]
