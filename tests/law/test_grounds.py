"""A page of knowledge for each decision, complete and tied to the same tables as the decision."""

from datetime import date

import pytest

from gongkai.law.breach import LawBreach
from gongkai.law.grounds import ground, grounds
from gongkai.law.outcomes import DECISIONS
from gongkai.law.rulebook import read_table, switches

TODAY = date(2025, 6, 3)


def test_there_is_one_page_for_each_decision_and_no_other() -> None:
    assert [page.code for page in grounds()] == [found.code for found in DECISIONS]
    written = [entry["decision"] for entry in read_table("grounds.toml")["grounds"]]
    assert sorted(written) == sorted(found.code for found in DECISIONS)


@pytest.mark.parametrize("page", grounds(), ids=lambda page: page.code)
def test_a_page_says_basis_right_use_mistakes_and_evidence_in_whole_sentences(page) -> None:
    assert all(basis.article and basis.text.endswith("。") for basis in page.basis)
    assert len(page.proper_use) >= 2
    assert len(page.common_mistakes) >= 2
    assert page.evidence
    assert all(text.endswith("。") for text in page.proper_use + page.common_mistakes)
    everything = [*page.proper_use, *page.common_mistakes, *page.evidence]
    assert len(everything) == len(set(everything))


@pytest.mark.parametrize("found", DECISIONS, ids=lambda found: found.code)
def test_the_articles_of_a_decision_stand_in_the_basis_of_its_page(found) -> None:
    cited = "".join(basis.article for basis in ground(found.code).basis)
    assert all(article in cited for article in found.article.split("、"))


@pytest.mark.parametrize("page", grounds(), ids=lambda page: page.code)
def test_a_page_knows_the_remedy_and_the_row_of_its_decision(page) -> None:
    follows = page.consequences(TODAY)
    assert follows.decision.code == page.code
    assert follows.row.code
    assert follows.route.label


def test_a_page_names_only_switches_that_exist() -> None:
    known = {switch.code for switch in switches()}
    named = {code for entry in read_table("grounds.toml")["grounds"] for code in entry.get("switches", ())}
    assert named <= known
    assert [switch.code for switch in ground("denied.registry_query").switches] == ["registry_query_remedy"]


def test_every_switch_on_a_row_or_a_remedy_stands_on_the_page_it_touches() -> None:
    shown = {switch.code for page in grounds() for switch in page.switches}
    assert {"already_public_row", "registry_query_remedy", "partly_granted_remedy"} <= shown


def test_a_discretionary_ground_warns_against_taking_may_for_must() -> None:
    for found in DECISIONS:
        if found.discretionary:
            assert any("可以不予公开" in basis.text for basis in ground(found.code).basis)


def test_no_consequences_before_the_decision_existed_and_no_page_for_an_unknown_code() -> None:
    with pytest.raises(LawBreach):
        ground("otherwise_handled.fee_lapsed").consequences(date(2020, 12, 31))
    with pytest.raises(KeyError):
        ground("denied")
