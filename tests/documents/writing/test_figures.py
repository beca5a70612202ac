"""How a figure stands in its cell."""

from decimal import Decimal

import pytest

from gongkai.documents.writing.figures import figure_text, value_text
from gongkai.law.report.filled import FilledTable, Value


@pytest.mark.parametrize(
    ("address", "value", "printed"),
    [
        ("table3.granted.total", None, ""),
        ("table3.granted.total", 0, "0"),
        ("table3.granted.total", 1234, "1234"),
        ("table3.granted.total", Decimal("1.5"), "1.5"),
        ("table2.permit.decisions", 12, "12"),
        ("table2.permit.change", 10, "+10"),
        ("table2.permit.change", 0, "0"),
        ("table2.permit.change", -18, "-18"),
        ("table2.central_procurement.amount", Decimal("1082.36"), "1082.36万元"),
        ("table2.central_procurement.amount", Decimal(0), "0"),
        ("table2.administrative_fee.amount", Decimal("282.1000"), "282.1000"),
        ("table2.administrative_fee.amount", Decimal("1E+3"), "1000"),
    ],
)
def test_a_value_is_printed_as_its_column_wants_it(address: str, value: Value, printed: str) -> None:
    assert value_text(address, value) == printed


@pytest.mark.parametrize(
    ("value", "note", "printed"),
    [
        (22, "其中修订16件", "22（其中修订16件）"),
        (None, "/", "/"),
        (22, "", "22"),
        (22, "含\x0b2件", "22（含2件）"),
    ],
)
def test_a_note_stands_in_brackets_behind_its_figure(value: Value, note: str, printed: str) -> None:
    address = "table2.normative_document.in_force"
    assert figure_text(FilledTable("fy2021", {address: value}, notes={address: note}), address) == printed
