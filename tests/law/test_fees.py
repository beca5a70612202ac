from datetime import date
from itertools import pairwise

import pytest
from hypothesis import strategies as st

from gongkai.law.breach import LawBreach
from gongkai.law.fees import fee, next_case_fee
from tests.law.properties import for_all
from tests.law.scenario_tables import scenarios

TODAY = date(2025, 6, 3)
bases = st.sampled_from(["case", "page"])


@scenarios("fees")
def test_a_fee_is_charged_slice_by_slice(row) -> None:
    found = fee(row["basis"], row["quantity"], TODAY)
    assert found.amount == row["amount"]
    assert f"{row['amount']}元" in found.steps[-1]
    assert len(found.steps) == len(found.slices) + 1


@for_all(bases, st.integers(0, 3000))
def test_the_slices_cover_every_item_once(basis, quantity: int) -> None:
    slices = fee(basis, quantity, TODAY).slices
    assert sum(part.count for part in slices) == quantity
    assert all(left.last + 1 == right.first for left, right in pairwise(slices))
    assert [part.rate for part in slices] == sorted(part.rate for part in slices)


@for_all(st.integers(0, 500))
def test_one_more_case_costs_the_rate_of_its_slice(cases: int) -> None:
    assert next_case_fee(cases, TODAY) == fee("case", cases + 1, TODAY).slices[-1].rate


def test_there_is_no_fee_before_the_fee_rules() -> None:
    assert fee("case", 11, date(2021, 1, 1)).amount == 100
    with pytest.raises(LawBreach, match="2021年1月1日前不收信息处理费，2020年12月31日不能收费"):
        fee("case", 11, date(2020, 12, 31))


@pytest.mark.parametrize("quantity", [-1, 100_001])
def test_an_impossible_quantity_is_refused(quantity: int) -> None:
    with pytest.raises(LawBreach, match="请核对"):
        fee("page", quantity, TODAY)
