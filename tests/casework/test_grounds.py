"""The pages of knowledge: one for each decision, with what it rests on and what follows from it."""

import pytest

from gongkai.law.outcomes import DECISIONS


def test_every_decision_is_listed(cast, client):
    client.force_login(cast.officer)
    page = client.get("/office/grounds/").content.decode()
    assert all(f"/office/grounds/{found.code}/" in page for found in DECISIONS)


@pytest.mark.parametrize("found", DECISIONS, ids=lambda found: found.code)
def test_each_page_says_basis_remedy_and_row(cast, client, found):
    client.force_login(cast.officer)
    page = client.get(f"/office/grounds/{found.code}/").content.decode()
    for said in ("怎样用得对", "常见的错", "案卷里要有的证据", "救济", "表三"):
        assert said in page
    assert found.article.split("、")[0] in page


def test_an_unknown_ground_is_not_found_and_nobody_reads_without_signing_in(cast, client):
    assert client.get("/office/grounds/").status_code == 302
    client.force_login(cast.officer)
    assert client.get("/office/grounds/nonsense/").status_code == 404
