from collections import Counter
from dataclasses import replace
from datetime import date
from importlib import resources

import pytest

from gongkai.law.applicants import COLUMN_LABELS, TOTAL, ApplicantKind
from gongkai.law.breach import LawBreach
from gongkai.law.outcomes import (
    DECISIONS,
    OUTCOMES,
    Precondition,
    counted_outcome,
    decision,
    outcome,
    row_for,
)
from gongkai.law.report.formats import all_formats, load_format
from gongkai.law.rulebook import CountingRules

TODAY = date(2025, 6, 3)


@pytest.mark.parametrize("report_format", all_formats(), ids=lambda found: found.id)
def test_every_outcome_is_counted_by_exactly_one_row(report_format) -> None:
    counted = Counter(code for row in report_format.table3_rows for code in row.counts)
    assert counted == Counter(found.code for found in OUTCOMES)


@pytest.mark.parametrize("found", DECISIONS, ids=lambda found: found.code)
def test_every_decision_lands_in_a_row_of_both_forms(found) -> None:
    counted = counted_outcome(found)
    assert row_for(counted, load_format("fy2021")) == counted.code
    expected = "otherwise_handled" if counted.group == "otherwise_handled" else counted.code
    assert row_for(counted, load_format("fy2019")) == expected


def test_every_outcome_is_the_end_of_some_decision() -> None:
    assert {found.outcome for found in DECISIONS} == {found.code for found in OUTCOMES}


LABELS = {
    "granted": "予以公开",
    "partly_granted": "部分公开",
    "denied.three_securities_one_stability": "危及“三安全一稳定”",
    "not_processed.reissue_or_confirm": "要求行政机关确认或重新出具已获取信息",
    "otherwise_handled.fee_lapsed": "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "otherwise_handled.other_handling": "其他",
}


@pytest.mark.parametrize(("code", "label"), LABELS.items())
def test_an_outcome_is_labelled_like_its_row_without_number_and_instruction(code: str, label: str) -> None:
    assert outcome(code).label == label


@pytest.mark.parametrize("file", ["outcomes.py", "applicants.py"])
def test_the_labels_of_the_tables_are_written_in_the_forms_alone(file: str) -> None:
    """A reply may be worded like its row; the lists of rows and columns are not written twice."""
    source = resources.files("gongkai.law").joinpath(file).read_text("utf-8")
    form = load_format("fy2021")
    replies = {found.label for found in DECISIONS}
    labels = {found.label for found in OUTCOMES} | {column.label for column in form.table3_columns}
    assert [label for label in labels - replies if f'"{label}"' in source] == []


def test_already_public_is_counted_as_granted_unless_the_switch_says_otherwise() -> None:
    found = decision("granted.already_public", TODAY)
    other = replace(CountingRules.load(), already_public_row="otherwise_handled.other_handling")
    assert counted_outcome(found).code == "granted"
    assert counted_outcome(found, other).code == "otherwise_handled.other_handling"


def test_a_lapsed_fee_is_no_outcome_before_the_fee_rules() -> None:
    assert decision("otherwise_handled.fee_lapsed", date(2021, 1, 1)).preconditions == (
        Precondition.FEE_NOTICE,
    )
    with pytest.raises(LawBreach, match="2021年1月1日"):
        decision("otherwise_handled.fee_lapsed", date(2020, 12, 31))


def test_refusals_need_reasons_and_a_severance_test() -> None:
    for found in DECISIONS:
        if found.exempt:
            assert {Precondition.EXEMPTION_REASON, Precondition.SEVERANCE_TEST} <= set(found.preconditions)
    discretionary = {found.code for found in DECISIONS if found.discretionary}
    assert discretionary == {"denied.internal_affairs", "denied.deliberative", "denied.enforcement_file"}


def test_every_precondition_is_asked_for_somewhere_and_labelled() -> None:
    assert {needed for found in DECISIONS for needed in found.preconditions} == set(Precondition)
    assert len({needed.label for needed in Precondition}) == len(Precondition)


def test_applicant_kinds_are_the_columns_of_table_3() -> None:
    for report_format in all_formats():
        columns = [(column.code, column.label) for column in report_format.table3_columns]
        assert columns == list(COLUMN_LABELS.items())
    assert [kind.value for kind in ApplicantKind] + [TOTAL] == list(COLUMN_LABELS)
    assert [kind.label for kind in ApplicantKind if not kind.is_organization] == ["自然人"]
