"""The life of an annual report: what moves it, and what stands in the way."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from gongkai.audit.models import Entry
from gongkai.audit.queries import verify_chain
from gongkai.reporting import actions
from gongkai.reporting.compiling import fill_blanks
from gongkai.reporting.examination import examine
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.policies import TRANSITIONS, transition
from tests.agencies.cast import MORNING, Cast
from tests.reporting.drafts import complete, published, signed, started, submitted

State = AnnualReport.State
HANDLED = "table3.handled_total.natural_person"


def save(report: AnnualReport, cast: Cast, **cells: int | None) -> AnnualReport:
    figures = {name.replace("__", "."): value for name, value in cells.items()}
    return actions.save_figures(
        report=report, cells=figures, revision=report.revision, by=cast.officer, at=MORNING
    )


def test_a_report_goes_from_draft_to_the_public(cast: Cast):
    report = published(cast)
    assert report.state == State.PUBLISHED
    assert report.signed_by == cast.leader
    acts = [entry.act for entry in Entry.objects.filter(subject=report.subject).order_by("number")]
    assert acts == ["started", "saved_figures", "saved_prose", "sign", "submit", "publish"]
    assert verify_chain().broken_at is None


def test_what_was_signed_is_what_was_published(cast: Cast):
    report = published(cast)
    hashes = {e.details["content"] for e in Entry.objects.filter(act__in=["sign", "submit", "publish"])}
    assert hashes == {report.content_hash}


def test_the_day_of_signing_is_the_date_of_the_report(cast: Cast):
    assert signed(cast).content["published_on"] == "2021-01-11"


def test_an_error_stops_the_signature(cast: Cast):
    report = save(complete(cast), cast, **{HANDLED.replace(".", "__"): 7})
    with pytest.raises(actions.UnableToSign, match="处错误没有改正"):
        actions.sign(report=report, by=cast.leader, at=MORNING)


def test_a_blank_stops_the_signature_because_blank_is_not_0(cast: Cast):
    report = save(complete(cast), cast, table3__carried_forward__total=None)
    with pytest.raises(actions.UnableToSign, match=r"还有1格空白.*结转下年度"):
        actions.sign(report=report, by=cast.leader, at=MORNING)


def test_a_section_not_written_stops_the_signature(cast: Cast):
    report = complete(cast)
    report = actions.save_prose(
        report=report, sections={"other_matters": ""}, revision=report.revision, by=cast.officer, at=MORNING
    )
    with pytest.raises(actions.UnableToSign, match=r"六、其他需要报告的事项.*还没有写"):
        actions.sign(report=report, by=cast.leader, at=MORNING)


@pytest.mark.parametrize("who", ["officer", "head", "supervisor", "stranger"])
def test_only_the_leader_in_charge_signs(cast: Cast, who: str):
    with pytest.raises(actions.UnableToSign, match="分管领导"):
        actions.sign(report=complete(cast), by=getattr(cast, who), at=MORNING)


def test_a_signed_report_is_locked_until_the_signature_is_withdrawn(cast: Cast):
    report = signed(cast)
    with pytest.raises(actions.UnableToEdit, match="已经锁定"):
        save(report, cast, table3__granted__total=1)
    report = actions.withdraw_signature(report=report, by=cast.leader, at=MORNING)
    assert report.state == State.DRAFT
    assert report.signed_by is None
    save(report, cast, table3__granted__total=1)


def test_only_the_signatory_side_withdraws(cast: Cast):
    with pytest.raises(actions.UnableToSign, match="分管领导"):
        actions.withdraw_signature(report=signed(cast), by=cast.head, at=MORNING)


def test_a_draft_cannot_be_submitted_nor_a_signed_one_published_past_the_supervisor(cast: Cast):
    report = complete(cast)
    with pytest.raises(actions.UnableToSubmit, match="先由分管领导签发"):
        actions.submit(report=report, by=cast.head, at=MORNING)
    report = actions.sign(report=report, by=cast.leader, at=MORNING)
    with pytest.raises(actions.UnableToPublish, match="先报送，再公布"):
        actions.publish(report=report, by=cast.head, at=MORNING)


def test_without_a_supervisor_a_signed_report_is_published_at_once(cast: Cast):
    cast.agency.supervisor = None
    cast.agency.save()
    report = signed(cast)
    with pytest.raises(actions.UnableToSubmit, match="没有登记主管部门"):
        actions.submit(report=report, by=cast.head, at=MORNING)
    with pytest.raises(actions.UnableToSendBack, match="没有登记主管部门"):
        actions.send_back(report=report, reason="改", by=cast.supervisor, at=MORNING)
    assert actions.publish(report=report, by=cast.head, at=MORNING).state == State.PUBLISHED


def test_the_supervisor_returns_a_report_and_it_comes_back(cast: Cast):
    report = submitted(cast)
    report = actions.send_back(report=report, reason="总体情况缺平台建设。", by=cast.supervisor, at=MORNING)
    assert (report.state, report.signed_by, report.submitted_at) == (State.RETURNED, None, None)
    report = save(report, cast, table2__permit__decisions=0, table2__normative_document__made=1)
    report = actions.sign(report=report, by=cast.leader, at=MORNING)
    assert report.return_reason == ""
    assert actions.submit(report=report, by=cast.head, at=MORNING).state == State.SUBMITTED


def test_a_return_needs_a_reason_and_the_supervisor(cast: Cast):
    report = submitted(cast)
    with pytest.raises(actions.UnableToSendBack, match="退回理由"):
        actions.send_back(report=report, reason="  ", by=cast.supervisor, at=MORNING)
    with pytest.raises(actions.UnableToSendBack, match="主管部门审核人"):
        actions.send_back(report=report, reason="改", by=cast.head, at=MORNING)


def test_a_published_report_cannot_be_returned(cast: Cast):
    with pytest.raises(actions.UnableToSendBack, match="尚未公布"):
        actions.send_back(report=published(cast), reason="改", by=cast.supervisor, at=MORNING)


def test_a_late_report_is_told_so_and_published_all_the_same(cast: Cast):
    late: datetime = MORNING + timedelta(days=60)
    report = actions.sign(report=complete(cast), by=cast.leader, at=late)
    report = actions.submit(report=report, by=cast.head, at=late)
    assert "X-03" in {finding.code for finding in examine(report).errors}
    assert actions.publish(report=report, by=cast.head, at=late).state == State.PUBLISHED


def test_two_people_at_once_notice_each_other(cast: Cast):
    report = started(cast.agency, cast.officer)
    save(report, cast, table3__granted__total=1)
    with pytest.raises(actions.EditedMeanwhile, match="别人已经保存过"):
        save(report, cast, table3__granted__total=2)


def test_saving_nothing_new_leaves_no_line(cast: Cast):
    report = complete(cast)
    before = Entry.objects.count()
    save(report, cast, table3__granted__total=0)
    actions.save_prose(
        report=report, sections={"other_matters": "无。"}, revision=report.revision, by=cast.head, at=MORNING
    )
    assert Entry.objects.count() == before


def test_the_trail_says_which_cells_changed_from_what_to_what(cast: Cast):
    save(started(cast.agency, cast.officer), cast, table3__granted__total=4)
    assert Entry.objects.latest("number").details == {"cells": {"table3.granted.total": [None, "4"]}}


@pytest.mark.parametrize(
    ("year", "says"), [(2018, "没有统一的年度报告格式"), (2020, "已经有了"), (2022, "还没有开始")]
)
def test_a_report_is_started_once_for_a_year_that_has_a_form_and_has_begun(cast: Cast, year: int, says: str):
    started(cast.agency, cast.officer)
    with pytest.raises(actions.UnableToStart, match=says):
        started(cast.agency, cast.officer, year)


def test_strangers_start_nothing(cast: Cast):
    with pytest.raises(actions.UnableToStart, match="您没有这个角色"):
        started(cast.agency, cast.stranger)


def test_last_years_signed_report_is_laid_beside_this_years(cast: Cast):
    before = complete(cast, 2019, new_received__natural_person=1, carried_forward__natural_person=1)
    before = save(before, cast, table3__new_received__total=1, table3__carried_forward__total=1)
    actions.sign(report=before, by=cast.leader, at=MORNING)
    this = complete(cast, 2020)
    assert "T3-05" in {finding.code for finding in examine(this).errors}


def test_a_warning_may_stand_with_a_reason_until_its_figures_change(cast: Cast):
    report = complete(cast)
    report = actions.save_prose(
        report=report,
        sections={"overview": "本年主动公开政府信息61条，其中政府网站20条、微信40条。"},
        revision=report.revision,
        by=cast.officer,
        at=MORNING,
    )
    warning = examine(report).warnings[0]
    with pytest.raises(actions.UnableToWaive, match="写明为什么"):
        actions.waive(report=report, finding=warning, reason=" ", by=cast.head, at=MORNING)
    with pytest.raises(actions.UnableToWaive, match="工作机构负责人"):
        actions.waive(report=report, finding=warning, reason="公开栏1条", by=cast.officer, at=MORNING)
    waiver = actions.waive(report=report, finding=warning, reason="公开栏1条", by=cast.head, at=MORNING)
    assert [found.code for found, _ in examine(report).waived] == [warning.code]
    report = actions.save_prose(
        report=report,
        sections={"overview": "本年主动公开政府信息62条，其中政府网站20条、微信40条。"},
        revision=report.revision,
        by=cast.officer,
        at=MORNING,
    )
    assert not examine(report).waived
    actions.withdraw_waiver(waiver=waiver, by=cast.officer, at=MORNING)
    assert not report.waivers.exists()


def test_an_error_is_never_waived(cast: Cast):
    report = save(complete(cast), cast, **{HANDLED.replace(".", "__"): 7})
    with pytest.raises(actions.UnableToWaive, match="不能保留"):
        actions.waive(
            report=report, finding=examine(report).errors[0], reason="就这样", by=cast.head, at=MORNING
        )


def test_a_waiver_is_not_withdrawn_from_a_locked_report(cast: Cast):
    report = signed(cast)
    waiver = report.waivers.create(code="X-01", message="m", reason="r", by=cast.head, at=MORNING)
    with pytest.raises(actions.UnableToWaive, match="已经锁定"):
        actions.withdraw_waiver(waiver=waiver, by=cast.head, at=MORNING)


def test_blank_cells_are_counted_not_listed_as_findings(cast: Cast):
    examination = examine(started(cast.agency, cast.officer))
    assert examination.blanks
    assert {f.code for f in examination.open if f.cells} == set()


def test_a_remark_is_for_those_who_may_edit(cast: Cast):
    report = started(cast.agency, cast.officer)
    assert actions.put_remark(report=report, remark="演示", by=cast.officer, at=MORNING).remark == "演示"
    with pytest.raises(actions.UnableToEdit):
        actions.put_remark(report=report, remark="演示", by=cast.leader, at=MORNING)


def test_a_reading_is_kept_only_for_those_who_may_edit(cast: Cast):
    report = signed(cast)
    with pytest.raises(actions.UnableToEdit):
        actions.keep_reading(
            report=report, read=report.filled, name="a", sha256="0" * 64, by=cast.officer, at=MORNING
        )


@pytest.mark.parametrize(
    "fault",
    [
        {"state": "signed"},
        {"state": "submitted"},
        {"state": "published"},
        {"state": "returned", "return_reason": ""},
        {"year": 2018},
    ],
)
def test_the_database_itself_keeps_what_must_never_be(cast: Cast, fault: dict[str, object]):
    report = started(cast.agency, cast.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualReport.objects.filter(pk=report.pk).update(**fault)


def test_every_state_but_published_has_a_way_on():
    assert {move.state for move in TRANSITIONS} == set(State) - {State.PUBLISHED}
    assert {move.then for move in TRANSITIONS} == set(State)


def test_no_act_is_open_where_the_table_has_no_move():
    for state in State:
        for act in {move.act for move in TRANSITIONS}:
            move = transition(state, act)
            assert (move is not None) == ((state, act) in {(m.state, m.act) for m in TRANSITIONS})


def test_filling_blanks_on_saving_is_one_write(cast: Cast):
    report = started(cast.agency, cast.officer)
    report = actions.save_figures(
        report=report, cells={}, revision=1, by=cast.officer, at=MORNING, then=(fill_blanks,)
    )
    assert report.revision == 2
    assert not examine(report).blanks
