"""Table 2 counted from the registers, each figure with the records behind it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.breach import LawBreach
from gongkai.law.publishing.registers import (
    RegisteredDecision,
    RegisteredDocument,
    RegisteredItem,
    RegisteredPayment,
    Registers,
    count_table2,
    in_ten_thousand,
    table2_sources,
)
from gongkai.law.publishing.switches import PublishingRules
from gongkai.law.report.formats import all_formats, load_format

OLD, NEW = load_format("fy2019"), load_format("fy2021")


def normative(number, issued, repealed=None, disclosed=None):
    return RegisteredDocument(number, "normative_document", issued, repealed, disclosed)


DOCUMENTS = Registers(
    documents=(
        normative(1, date(2018, 5, 4), date(2022, 3, 1), date(2018, 5, 20)),
        normative(2, date(2021, 6, 1), None, date(2022, 1, 10)),
        normative(3, date(2022, 2, 8), None, date(2022, 2, 20)),
        normative(4, date(2022, 4, 6), date(2022, 11, 1), date(2022, 4, 12)),
        normative(5, date(2022, 12, 30), None, date(2023, 1, 5)),
        RegisteredDocument(6, "government_rule", date(2022, 7, 1)),
    )
)


def row(counted, name):
    cells = {address.split(".")[2]: cell for address, cell in counted.cells.items() if name in address}
    return {column: (cell.value, cell.ids) for column, cell in cells.items()}


@pytest.mark.parametrize("report_format", all_formats(), ids=lambda form: form.id)
def test_every_cell_of_the_form_has_one_source(report_format):
    assert set(table2_sources(report_format.id)) == set(report_format.addresses("table2"))


def test_a_form_without_sources_is_refused():
    with pytest.raises(KeyError):
        table2_sources("fy1999")


@pytest.mark.parametrize("report_format", all_formats(), ids=lambda form: form.id)
def test_empty_registers_give_a_nought_in_every_cell(report_format):
    counted = count_table2(Registers(), 2020, report_format)
    assert tuple(counted.figures) == report_format.addresses("table2")
    assert set(counted.figures.values()) == {0}


def test_documents_are_counted_as_issued_repealed_and_in_force():
    assert row(count_table2(DOCUMENTS, 2022, NEW), "normative_document") == {
        "issued": (3, (3, 4, 5)),
        "repealed": (2, (1, 4)),
        "in_force": (3, (2, 3, 5)),
    }


def test_in_the_old_form_they_are_counted_as_made_and_disclosed():
    assert row(count_table2(DOCUMENTS, 2022, OLD), "normative_document") == {
        "made": (3, (3, 4, 5)),
        "disclosed": (3, (2, 3, 4)),
        "disclosed_total": (4, (1, 2, 3, 4)),
    }


def test_the_office_may_leave_repealed_documents_out_of_the_disclosed_total():
    rules = replace(PublishingRules.load(), disclosed_total="in_force")
    found = row(count_table2(DOCUMENTS, 2022, OLD, rules=rules), "normative_document")
    assert found["disclosed_total"] == (2, (2, 3))


def test_in_the_middle_of_the_year_only_what_has_happened_counts():
    found = row(count_table2(DOCUMENTS, 2022, NEW, on=date(2022, 3, 31)), "normative_document")
    assert found == {"issued": (1, (3,)), "repealed": (1, (1,)), "in_force": (2, (2, 3))}


def test_a_document_holds_until_the_day_before_it_is_repealed():
    registers = Registers(documents=(normative(1, date(2020, 1, 6), date(2021, 1, 1)),))
    assert row(count_table2(registers, 2020, NEW), "normative_document")["in_force"] == (1, (1,))
    assert row(count_table2(registers, 2021, NEW), "normative_document") == {
        "issued": (0, ()), "repealed": (1, (1,)), "in_force": (0, ()),
    }  # fmt: skip


def test_the_last_day_of_the_year_belongs_to_it():
    last = date(2020, 12, 31)
    registers = Registers(
        documents=(normative(1, last, None, last), normative(2, date(2019, 1, 7), last)),
        items=(RegisteredItem(1, "permit", last), RegisteredItem(2, "permit", date(2019, 1, 7), last)),
    )
    assert row(count_table2(registers, 2020, NEW), "normative_document") == {
        "issued": (1, (1,)), "repealed": (1, (2,)), "in_force": (1, (1,)),
    }  # fmt: skip
    assert row(count_table2(registers, 2020, OLD), "normative_document")["disclosed_total"] == (1, (1,))
    assert row(count_table2(registers, 2020, OLD), ".permit.")["items_last_year"] == (1, (2,))
    assert row(count_table2(registers, 2021, OLD), ".permit.")["items_last_year"] == (1, (1,))


def test_a_fee_that_was_waived_counts_as_nothing():
    waived = RegisteredPayment(1, "administrative_fee", date(2022, 3, 1), Decimal(0))
    cell = count_table2(Registers(payments=(waived,)), 2022, NEW).cells["table2.administrative_fee.amount"]
    assert (cell.value, cell.ids) == (0, (1,))


def test_the_year_of_the_seed_is_counted_as_it_was_reported():
    service = "other_external_service"
    items = [RegisteredItem(i, service, date(2019, 3, 1)) for i in range(4)]
    items += [RegisteredItem(i, service, date(2020, 5, 1)) for i in range(4, 14)]
    items += [RegisteredItem(i, "administrative_fee", date(2015, 1, 1)) for i in range(20, 25)]
    amounts = ("300.5", "281.86", "250", "250")
    bought = [
        RegisteredPayment(i, "central_procurement", date(2020, 9, 1), Decimal(amount))
        for i, amount in enumerate(amounts, 1)
    ]
    counted = count_table2(Registers(items=tuple(items), payments=tuple(bought)), 2020, OLD)
    figures = counted.figures
    cells = (f"table2.{service}.{column}" for column in ("items_last_year", "change", "decisions"))
    assert [figures[cell] for cell in cells] == [4, 10, 0]
    assert figures["table2.administrative_fee.items_last_year"] == 5
    assert figures["table2.administrative_fee.change"] == 0
    assert figures["table2.central_procurement.projects"] == 4
    assert figures["table2.central_procurement.amount"] == Decimal("1082.36")
    assert counted.cells["table2.central_procurement.amount"].ids == (1, 2, 3, 4)


def test_items_taken_off_the_list_make_the_change_negative_and_stand_behind_it():
    items = (
        RegisteredItem(1, "permit", date(2018, 1, 1), date(2020, 6, 1)),
        RegisteredItem(2, "permit", date(2018, 1, 1), date(2020, 7, 1)),
        RegisteredItem(3, "permit", date(2020, 3, 1)),
        RegisteredItem(4, "permit", date(2020, 3, 1), date(2020, 4, 1)),
    )
    found = row(count_table2(Registers(items=items), 2020, OLD), ".permit.")
    assert found["items_last_year"] == (2, (1, 2))
    assert found["change"] == (-1, (3, 4, 1, 2))


def test_decisions_are_counted_by_their_kind_and_year():
    decisions = (
        RegisteredDecision(1, "permit", date(2022, 1, 1)),
        RegisteredDecision(2, "permit", date(2022, 12, 31)),
        RegisteredDecision(3, "permit", date(2021, 12, 31)),
        RegisteredDecision(4, "penalty", date(2022, 5, 5)),
        RegisteredDecision(5, "other_external_service", date(2022, 5, 5)),
    )
    counted = count_table2(Registers(decisions=decisions), 2022, NEW)
    cells = {
        name: counted.cells[f"table2.{name}.decisions"].ids
        for name in ("permit", "penalty", "coercive_measure")
    }
    assert cells == {"permit": (1, 2), "penalty": (4,), "coercive_measure": ()}
    assert counted.cells["table2.permit.decisions"].source.register == "decisions"


def test_fees_are_summed_to_the_last_digit():
    fees = tuple(
        RegisteredPayment(i, "administrative_fee", date(2022, 1, i), in_ten_thousand(Decimal("0.10")))
        for i in range(1, 31)
    )
    figure = count_table2(Registers(payments=fees), 2022, NEW).figures["table2.administrative_fee.amount"]
    assert figure == Decimal("0.0003")


def test_yuan_become_ten_thousands_exactly():
    assert [str(in_ten_thousand(Decimal(yuan))) for yuan in ("251000", "10823600", "0", "1")] == [
        "25.1", "1082.36", "0", "0.0001",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (lambda: normative(1, date(2020, 2, 1), date(2020, 1, 1)), "废止日期早于制发日期"),
        (lambda: normative(1, date(2020, 2, 1), None, date(2020, 1, 1)), "公开日期早于制发日期"),
        (lambda: RegisteredItem(1, "permit", date(2020, 2, 1), date(2020, 1, 1)), "取消日期早于设立日期"),
        (lambda: RegisteredPayment(1, "administrative_fee", date(2020, 2, 1), Decimal(-1)), "不能小于0"),
    ],
)
def test_impossible_records_are_refused(make, what):
    with pytest.raises(LawBreach, match=what):
        make()


DAY = st.dates(date(2018, 1, 1), date(2024, 12, 31))


@st.composite
def spans(draw):
    first = draw(DAY)
    return first, draw(st.none() | st.dates(first, date(2025, 6, 30)))


def drawn_registers():
    kinds = st.sampled_from(["government_rule", "normative_document"])
    matters = st.sampled_from(["permit", "other_external_service", "penalty", "administrative_fee"])
    documents = st.lists(st.tuples(kinds, spans(), spans()), max_size=12)
    items = st.lists(st.tuples(matters, spans()), max_size=12)
    return st.builds(
        lambda docs, matters: Registers(
            documents=tuple(
                RegisteredDocument(i, kind, *span, max(span[0], other[0]))
                for i, (kind, span, other) in enumerate(docs)
            ),
            items=tuple(RegisteredItem(i, kind, *span) for i, (kind, span) in enumerate(matters)),
        ),
        documents,
        items,
    )


@given(drawn_registers(), st.integers(2018, 2024))
def test_what_is_in_force_is_last_years_plus_issued_less_repealed(registers, year):
    before = count_table2(registers, year - 1, NEW).figures
    figures = count_table2(registers, year, NEW).figures
    for name in ("government_rule", "normative_document"):
        cell = f"table2.{name}"
        assert figures[f"{cell}.in_force"] == (
            before[f"{cell}.in_force"] + figures[f"{cell}.issued"] - figures[f"{cell}.repealed"]
        )


@given(drawn_registers(), st.integers(2018, 2024))
def test_the_items_of_last_year_are_those_of_the_year_before_and_its_change(registers, year):
    before = count_table2(registers, year - 1, OLD).figures
    figures = count_table2(registers, year, OLD).figures
    for name in ("permit", "other_external_service", "penalty", "administrative_fee"):
        cell = f"table2.{name}"
        assert figures[f"{cell}.items_last_year"] == (
            before[f"{cell}.items_last_year"] + before[f"{cell}.change"]
        )
        assert figures[f"{cell}.items_last_year"] + figures[f"{cell}.change"] >= 0


@given(drawn_registers(), st.integers(2018, 2024))
def test_all_that_was_disclosed_is_at_least_what_was_disclosed_this_year(registers, year):
    figures = count_table2(registers, year, OLD).figures
    for name in ("government_rule", "normative_document"):
        assert figures[f"table2.{name}.disclosed_total"] >= figures[f"table2.{name}.disclosed"]
