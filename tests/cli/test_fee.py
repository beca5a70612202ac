"""gongkai fee: the tariff slice by slice."""

import pytest


@pytest.mark.parametrize(
    ("cases", "yuan"), [(10, 0), (11, 100), (30, 2000), (31, 2200), (45, 5500), (100, 37000)]
)
def test_by_case(gongkai, cases, yuan):
    assert gongkai("fee", "--cases", cases, "--json").json["amount"] == yuan


@pytest.mark.parametrize(("pages", "yuan"), [(30, 0), (31, 10), (68, 380), (200, 2700), (250, 4700)])
def test_by_page(gongkai, pages, yuan):
    answer = gongkai("fee", "--pages", pages, "--json").json
    assert answer["amount"] == yuan == sum(part["amount"] for part in answer["slices"])


def test_the_reckoning_is_printed_with_its_basis(gongkai):
    done = gongkai("fee", "--cases", 45)
    assert done.status == 0
    assert "5500 元" in done.out and "第41至45件：5件×300元＝1500元" in done.out and "109号" in done.out


def test_no_fee_before_the_tariff_and_no_number_that_is_none(gongkai):
    before = gongkai("fee", "--cases", 45, "--on", "2020-12-31")
    assert (before.status, before.out) == (2, "") and "2021年1月1日" in before.err
    for wrong in (["--cases", "-3"], ["--cases", "三"], ["--cases", "1", "--pages", "1"], []):
        assert gongkai("fee", *wrong).status == 2
