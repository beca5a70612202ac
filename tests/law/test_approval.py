"""Each decision and each notice has a path of approvers, and a reason for it."""

import pytest

from gongkai.law.approval import path, paths, suggested
from gongkai.law.lifecycle import Act
from gongkai.law.outcomes import DECISIONS
from gongkai.law.rulebook import read_table

ROLES = {
    "standard": ["office_head"],
    "sensitive": ["section_head", "office_head", "leader_in_charge"],
    "full": ["section_head", "office_head", "legal_reviewer", "leader_in_charge"],
    "notice": ["office_head"],
    "extension": ["office_head"],
}
WITH_APPROVAL = (
    Act.SUPPLEMENT_REQUESTED, Act.CONSULTATION_OPENED, Act.FEE_NOTICED, Act.REASONS_REQUESTED,
    Act.DELAYED, Act.EXTENDED,
)  # fmt: skip


def test_a_path_names_its_approvers_in_order() -> None:
    assert {code: [step.role for step in found.steps] for code, found in paths().items()} == ROLES
    assert all(step.label and step.article for found in paths().values() for step in found.steps)


def test_an_extension_is_agreed_to_by_the_head_of_the_office() -> None:
    assert path("extension").steps[0].article == "第三十三条第二款"


@pytest.mark.parametrize("code", [*(found.code for found in DECISIONS), *WITH_APPROVAL])
def test_everything_that_is_approved_has_one_path_with_a_reason(code: str) -> None:
    found = suggested(code)
    assert found.path is path(found.path.code)
    assert found.reason.endswith("。")


def test_nothing_is_suggested_twice_or_for_what_does_not_exist() -> None:
    entries = read_table("approval_paths.toml")["suggestions"]
    named = [code for entry in entries for code in (*entry.get("decisions", ()), *entry.get("acts", ()))]
    assert sorted(named) == sorted([*(found.code for found in DECISIONS), *WITH_APPROVAL])


def test_every_refusal_under_the_exemptions_goes_up_to_the_leader() -> None:
    for found in DECISIONS:
        if found.exempt or found.code == "partly_granted":
            assert suggested(found.code).path.steps[-1].role == "leader_in_charge"


@pytest.mark.parametrize("code", ["denied.state_secret", "denied.three_securities_one_stability"])
def test_secrets_and_securities_pass_the_legal_reviewer(code: str) -> None:
    assert "legal_reviewer" in [step.role for step in suggested(code).path.steps]


def test_what_needs_no_approval_has_no_path() -> None:
    for code in ("received", "unknown"):
        with pytest.raises(KeyError):
            suggested(code)
    with pytest.raises(KeyError):
        path("unknown")
