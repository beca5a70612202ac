"""What each document says, and what it refuses to say."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from documents.letters.cases import CASES, DECIDED, FACTS, facts_of, letter_of
from documents.letters.printed import as_text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.documents.letters import Letter, LetterIncomplete, Office, blank_application_form, draft
from gongkai.documents.letters.procedure import AFTER_PAYMENT
from gongkai.law.letters import LetterField, letter_kind, letter_kinds
from gongkai.law.limits import chinese_date
from gongkai.law.outcomes import DECISIONS
from gongkai.law.rulebook import switches

EXPECTED = Path(__file__).parent / "expected"
_DECISIONS = {decision.code: decision for decision in DECISIONS}


every_case = pytest.mark.parametrize("name", CASES)


def asked(name: str) -> list[LetterField]:
    kind, decision, values = CASES[name]
    return [field for field in letter_kind(kind).fields if field.applies(decision, values)]


def without(name: str, code: str) -> dict:
    return {key: value for key, value in CASES[name][2].items() if key != code}


@every_case
def test_it_says_what_was_read_and_agreed(name: str) -> None:
    assert as_text(letter_of(name)) == (EXPECTED / f"{name}.txt").read_text("utf-8")


def test_no_agreed_text_is_left_over() -> None:
    assert {path.stem for path in EXPECTED.glob("*.txt")} == set(CASES)


def test_every_document_and_every_decision_has_an_example() -> None:
    assert {kind for kind, _, _ in CASES.values()} == {kind.code for kind in letter_kinds()}
    assert {decision for _, decision, _ in DECIDED.values()} == set(_DECISIONS)


def test_every_field_is_filled_in_some_example() -> None:
    filled = {(kind, code) for kind, _, values in CASES.values() for code in values}
    every = {(kind.code, field.code) for kind in letter_kinds() for field in kind.fields}
    assert filled == every


@every_case
def test_everything_typed_is_printed(name: str) -> None:
    text = as_text(letter_of(name)).translate(str.maketrans("‘’", "“”"))
    values = CASES[name][2]
    for field in asked(name):
        value = values.get(field.code)
        if value is None or field.kind == "choice":
            continue
        if field.kind == "date":
            day = value if isinstance(value, date) else date.fromisoformat(str(value))
            parts = [chinese_date(day)]
        else:
            whole = value if isinstance(value, list) else [str(value)]
            parts = [part for line in whole for part in re.split(r"[\n｜|]", line)]
        for part in parts:
            assert part.rstrip("。").removesuffix(".00") in text, (field.code, part)


@every_case
def test_each_required_field_is_asked_for_by_its_name(name: str) -> None:
    kind = CASES[name][0]
    for field in asked(name):
        if field.required:
            with pytest.raises(LetterIncomplete, match=re.escape(field.label)) as refusal:
                draft(kind, facts_of(name), without(name, field.code))
            assert field.code in refusal.value.missing


@every_case
def test_each_fact_is_asked_for_by_its_name(name: str) -> None:
    kind, decision, values = CASES[name]
    for code in letter_kind(kind).needs:
        empty = None if code.endswith("_on") or code == "decision" else ""
        with pytest.raises(LetterIncomplete, match="还缺") as refusal:
            draft(kind, replace(facts_of(name), **{code: empty}), values)
        assert code in refusal.value.missing, decision


@every_case
def test_no_hole_is_left_in_the_text(name: str) -> None:
    body = letter_of(name).body_text
    assert not re.search(r"None|\{|\}|××|XX|“”|（）|：。|，，|。。|；。|，。|、。", body)


@pytest.mark.parametrize("name", ["third_party_inquiry", "co_maker_inquiry", "assistance_letter"])
def test_others_are_not_told_who_applied(name: str) -> None:
    text = as_text(letter_of(name))
    assert FACTS.applicant_name not in text
    assert FACTS.description not in text


@pytest.mark.parametrize("kind", ["answer_denied", "answer_partly_granted"])
def test_a_refusal_says_that_reconsideration_comes_first(kind: str) -> None:
    name = next(name for name in CASES if name.startswith(kind))
    text = letter_of(name).body_text
    assert "先向虚构市人民政府申请行政复议" in text
    assert "未经行政复议的，不能直接提起行政诉讼" in text


def test_before_2024_a_refusal_could_be_taken_to_court_at_once() -> None:
    name = "answer_denied-deliberative"
    text = draft(
        "answer_denied", replace(facts_of(name), decided_on=date(2023, 12, 29)), CASES[name][2]
    ).body_text
    assert "也可以自知道本答复之日起6个月内直接向" in text
    assert "特别告知" not in text


@pytest.mark.parametrize("name", ["supplement_notice", "extension_notice", "fee_notice", "reasons_notice"])
def test_a_notice_inside_the_procedure_says_nothing_of_remedies(name: str) -> None:
    assert "复议" not in letter_of(name).body_text


def test_the_online_channel_is_told_only_where_there_is_one() -> None:
    name = "notice_petition"
    letter = draft("notice_petition", replace(facts_of(name), online_review=""), CASES[name][2])
    assert "互联网" not in letter.body_text


def test_silence_of_a_third_party_is_no_consent_and_that_of_a_co_maker_is() -> None:
    assert "逾期未提出意见的，由本机关依照上述条例的规定决定" in letter_of("third_party_inquiry").body_text
    assert "逾期未提出意见的，视为同意公开" in letter_of("co_maker_inquiry").body_text


def test_the_inquiry_encloses_the_slip_on_which_the_third_party_answers() -> None:
    assert letter_of("third_party_inquiry").attachments == (letter_kind("third_party_reply_form").title,)


def test_an_organization_is_addressed_as_one() -> None:
    facts = replace(FACTS, applicant_name="示例有限公司", applicant_is_organization=True)
    text = draft("supplement_notice", facts, CASES["supplement_notice"][2]).body_text
    assert "请你单位在2026年3月24日前" in text


def test_the_decision_of_the_case_must_be_one_the_document_serves() -> None:
    facts = replace(FACTS, decision=_DECISIONS["granted.provided"])
    with pytest.raises(LetterIncomplete, match="办理决定是“予以公开”"):
        draft("notice_petition", facts, CASES["notice_petition"][2])


def test_the_only_decision_a_document_serves_need_not_be_told() -> None:
    name = "notice_petition"
    assert draft(name, replace(FACTS, decision=None), CASES[name][2]) == letter_of(name)


def test_an_extension_must_end_after_the_first_period() -> None:
    with pytest.raises(LetterIncomplete, match="应当晚于原期限"):
        draft("extension_notice", replace(FACTS, new_due_on=FACTS.due_on), CASES["extension_notice"][2])


@pytest.mark.parametrize(
    ("name", "code", "value", "said"),
    [
        ("supplement_notice", "supplement_by", "三月", "应填日期"),
        ("fee_notice", "quantity", "许多", "应填整数"),
        ("fee_notice", "quantity", -1, "计费的数量"),
        ("fee_notice", "basis", "by_weight", "所列选项之一"),
        ("fee_notice", "amount", "五百", "应填金额"),
        ("fee_notice", "amount", "-1", "应填金额"),
        ("fee_notice", "amount", "NaN", "应填金额"),
        ("answer_partly_granted", "withheld", "报价明细", "应写成3项"),
        ("answer_partly_granted", "withheld", "报价明细｜第十五条｜", "没有写明依据或者理由"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_by_the_name_of_its_field(name, code, value, said) -> None:
    kind, _, values = CASES[name]
    with pytest.raises(LetterIncomplete, match=said) as refusal:
        draft(kind, facts_of(name), values | {code: value})
    assert refusal.value.missing == (code,)


def test_no_fee_is_charged_before_2021() -> None:
    with pytest.raises(LetterIncomplete, match="2021年1月1日前不收信息处理费"):
        draft("fee_notice", replace(FACTS, decided_on=date(2020, 12, 31)), CASES["fee_notice"][2])


def test_what_payment_does_to_the_period_is_worded_for_every_choice_of_the_switch() -> None:
    switch = next(switch for switch in switches() if switch.code == "fee_clock")
    assert set(AFTER_PAYMENT) == set(switch.choices)
    assert AFTER_PAYMENT[switch.choice] in letter_of("fee_notice").body_text


def test_a_field_the_document_does_not_have_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="has no field colour"):
        draft("receipt", FACTS, {"colour": "red"})


def test_a_letter_of_decision_names_a_law_of_another_kind_in_full() -> None:
    name = "answer_partly_granted"
    values = CASES[name][2] | {"withheld": "附件｜《中华人民共和国统计法》｜属于统计调查资料"}
    assert "依据：《中华人民共和国统计法》。" in draft(name, facts_of(name), values).body_text


def test_numbers_the_clerk_typed_are_not_printed_twice() -> None:
    values = CASES["supplement_notice"][2] | {"items": "1、写明学校\n（2）写明年份\n3.5万元以上的是哪些"}
    text = draft("supplement_notice", FACTS, values).body_text
    assert "（1）写明学校；\n（2）写明年份；\n（3）3.5万元以上的是哪些。" in text


def test_the_blank_application_form_asks_everything_and_holds_nothing() -> None:
    blank = blank_application_form("虚构市教育局", FACTS.office)
    filled = letter_of("application_form")
    assert [row[0].text for row in blank.tables[0].rows] == [row[0].text for row in filled.tables[0].rows]
    assert "☑" not in as_text(blank)
    assert blank_application_form("虚构市教育局").contact == ()


def test_an_office_tells_what_is_known_of_it() -> None:
    assert Office(phone=" 0000-0000000 ").lines == ("联系电话：0000-0000000",)


@pytest.mark.parametrize("name", ["赟㛃", "𠮷示范", "甄·示范", "Zhen Shifan"])
def test_rare_names_pass_unchanged(name: str) -> None:
    letter = draft("supplement_notice", replace(FACTS, applicant_name=name), CASES["supplement_notice"][2])
    assert letter.addressee == name


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(CASES)), st.text(), st.text(max_size=400))
def test_odd_strings_are_printed_or_refused_and_never_break_a_letter(name: str, odd: str, long: str) -> None:
    kind, _, values = CASES[name]
    fields = {field.code: field for field in letter_kind(kind).fields}
    changed = {
        code: odd if fields[code].kind == "text" else long if fields[code].kind == "lines" else value
        for code, value in values.items()
    }
    facts = replace(facts_of(name), description=long or "甲", applicant_name=odd or "乙")
    try:
        letter = draft(kind, facts, changed)
    except LetterIncomplete as refusal:
        assert refusal.missing
    else:
        assert Letter.from_json(letter.to_json()) == letter
        assert letter.with_body_text(letter.body_text) == letter
