"""The catalogue of documents: complete, consistent, and one for every decision."""

import pytest

from gongkai.law.applicants import ApplicantKind
from gongkai.law.letters import LetterKind, fact_label, letter_for_decision, letter_kind, letter_kinds
from gongkai.law.outcomes import DECISIONS
from gongkai.law.receipt import Channel

FORMS_WITHOUT_A_NUMBER = {
    "application_form", "registration_form", "receipt", "third_party_reply_form", "service_receipt",
    "review_sheet", "transfer_list", "publish_instead_sheet",
}  # fmt: skip


def ids(kind: LetterKind) -> str:
    return kind.code


every_kind = pytest.mark.parametrize("kind", letter_kinds(), ids=ids)


def test_the_list_runs_from_one_to_thirty_one_and_the_sixth_and_the_thirtieth_are_two_papers_each() -> None:
    numbers = [kind.number for kind in letter_kinds()]
    assert numbers == [*range(1, 7), *range(6, 31), 30, 31]
    assert len({kind.code for kind in letter_kinds()}) == len({kind.title for kind in letter_kinds()}) == 33


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision.code)
def test_every_decision_is_served_by_exactly_one_document(decision) -> None:
    serving = [kind.code for kind in letter_kinds() if decision.code in kind.decisions]
    assert serving == [letter_for_decision(decision.code)]


def test_no_document_serves_a_decision_that_does_not_exist() -> None:
    served = {code for kind in letter_kinds() for code in kind.decisions}
    assert served == {decision.code for decision in DECISIONS}


@pytest.mark.parametrize("ask", [letter_kind, letter_for_decision, fact_label])
def test_an_unknown_code_is_a_key_error(ask) -> None:
    with pytest.raises(KeyError):
        ask("no_such_thing")


def test_forms_and_sheets_have_no_document_number_and_take_no_effect() -> None:
    assert {kind.code for kind in letter_kinds() if not kind.series} == FORMS_WITHOUT_A_NUMBER
    assert {kind.code for kind in letter_kinds() if kind.takes_effect == "none"} == FORMS_WITHOUT_A_NUMBER


def test_what_ends_a_case_takes_effect_when_served_and_tells_of_remedies() -> None:
    for kind in letter_kinds():
        if kind.decisions:
            assert (kind.takes_effect, kind.remedy) == ("served", True), kind.code


@pytest.mark.parametrize(
    "code",
    [
        "supplement_notice",
        "reasons_notice",
        "extension_notice",
        "delay_notice",
        "consultation_notice",
        "fee_notice",
    ],
)
def test_a_notice_inside_the_procedure_tells_of_no_remedy(code: str) -> None:
    assert not letter_kind(code).remedy


def test_each_series_counts_one_family() -> None:
    assert letter_kind("answer_denied").series == "复"
    assert letter_kind("supplement_notice").series == letter_kind("notice_petition").series == "告"
    assert letter_kind("assistance_letter").series == letter_kind("third_party_inquiry").series == "函"
    assert letter_kind("fee_notice").series == "费"


@every_kind
def test_fields_have_their_own_codes_and_choices_only_where_one_chooses(kind: LetterKind) -> None:
    codes = [field.code for field in kind.fields]
    assert len(codes) == len(set(codes))
    for field in kind.fields:
        assert field.label
        assert bool(field.choices) == (field.kind == "choice"), field.code
        assert kind.field(field.code) is field


@every_kind
def test_conditions_name_decisions_of_the_document_or_choices_of_an_earlier_field(kind: LetterKind) -> None:
    possible = set(kind.decisions)
    for field in kind.fields:
        assert set(field.when) <= possible, field.code
        possible |= {f"{field.code}={choice}" for choice, _ in field.choices}


@every_kind
def test_every_fact_a_document_needs_has_a_name(kind: LetterKind) -> None:
    assert all(fact_label(code) for code in kind.needs)
    assert ("review_body" in kind.needs and "court" in kind.needs) == kind.remedy


def test_a_field_is_asked_only_where_it_belongs() -> None:
    fields = letter_kind("answer_granted")
    assert fields.field("access_ways").applies("granted.already_public", {})
    assert not fields.field("access_ways").applies("granted.provided", {})
    assert fields.field("way").applies("granted.provided", {"provision": "later"})
    assert not fields.field("way").applies("granted.provided", {"provision": "attached"})
    assert letter_kind("receipt").field("query_code").applies("", {})


def test_lists_of_the_law_are_offered_as_the_law_has_them() -> None:
    form = letter_kind("registration_form")
    assert form.field("channel").choices == tuple((c.value, c.label) for c in Channel)
    assert form.field("applicant_kind").choices == tuple((k.value, k.label) for k in ApplicantKind)
