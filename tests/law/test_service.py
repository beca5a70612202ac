"""Which day counts as service, and from which day the periods of remedy run."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import strategies as st

from gongkai.law.breach import LawBreach
from gongkai.law.service import (
    ServiceEntry,
    ServiceKind,
    ServiceMethod,
    ServiceRules,
    require_postal_enterprise,
    served,
    service_switches,
)
from tests.law.properties import for_all

M, K = ServiceMethod, ServiceKind
MONDAY = date(2025, 9, 8)


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def ledger(*lines: tuple[ServiceKind, int]) -> list[ServiceEntry]:
    return [ServiceEntry(kind, day(offset)) for kind, offset in lines]


SENT = (K.DISPATCHED, 0)

DAYS = {
    "handed over and signed for": (M.DIRECT, [SENT, (K.SIGNED, 2)], 2, 2),
    "handed over and not yet signed for": (M.DIRECT, [SENT], None, None),
    "entrusted and signed for": (M.ENTRUSTED, [SENT, (K.SIGNED, 3)], 3, 3),
    "refused and left": (M.DIRECT, [SENT, (K.REFUSED, 1), (K.LEFT, 1)], 1, 1),
    "refused, then signed for after all": (M.DIRECT, [SENT, (K.REFUSED, 1), (K.SIGNED, 4)], 4, 4),
    "refused and taken back": (M.DIRECT, [SENT, (K.REFUSED, 1)], None, None),
    "picked up at the counter": (M.COUNTER_PICK_UP, [(K.SIGNED, 0)], 0, 0),
    "posted and signed for": (M.POSTAL, [SENT, (K.SIGNED, 3)], 0, 3),
    "posted, signature unknown": (M.POSTAL, [SENT], 0, None),
    "posted and refused": (M.POSTAL, [SENT, (K.REFUSED, 3)], 0, None),
    "posted and returned": (M.POSTAL, [SENT, (K.RETURNED, 6)], None, None),
    "returned and posted again the same day": (
        M.POSTAL,
        [SENT, (K.RETURNED, 6), (K.DISPATCHED, 6), (K.SIGNED, 8)],
        6,
        8,
    ),
    "signed for before a mistaken return": (M.POSTAL, [SENT, (K.SIGNED, 2), (K.RETURNED, 6)], 0, 2),
    "signed for, posting not entered": (M.POSTAL, [(K.SIGNED, 2)], None, None),
    "not posted": (M.POSTAL, [], None, None),
    "read on the page": (M.ONLINE, [SENT, (K.READ_ONLINE, 4)], 4, 4),
    "e-mail confirmed by the reader": (M.EMAIL, [SENT, (K.SIGNED, 1), (K.READ_ONLINE, 5)], 1, 1),
    "e-mail sent only": (M.EMAIL, [SENT], None, None),
    "e-mail returned": (M.EMAIL, [SENT, (K.RETURNED, 0)], None, None),
    "e-mail returned and sent again": (M.EMAIL, [SENT, (K.RETURNED, 0), (K.DISPATCHED, 1)], None, None),
    "fax confirmed": (M.FAX, [SENT, (K.SIGNED, 0)], 0, 0),
    "announced": (M.ANNOUNCEMENT, [(K.ANNOUNCED, 0)], None, None),
    "announced and then signed for": (M.ANNOUNCEMENT, [(K.ANNOUNCED, 0), (K.SIGNED, 9)], 9, 9),
    "nothing announced": (M.ANNOUNCEMENT, [], None, None),
}


@pytest.mark.parametrize("name", DAYS)
def test_the_day_of_service_and_the_day_remedies_run_from(name: str) -> None:
    method, lines, on, remedy = DAYS[name]
    found = served(method, ledger(*lines))
    assert found.on == (None if on is None else day(on))
    assert found.remedy_from == (None if remedy is None else day(remedy))
    assert found.explanation.endswith("。")


WARNED = {
    "refused and taken back": "请邮寄",
    "refused and left": "没有写留置送达",
    "posted, signature unknown": "查询投递结果",
    "posted and refused": "拒收证明",
    "posted and returned": "重新寄送",
    "signed for, posting not entered": "补记投寄之日",
    "read on the page": "没有规定",
    "e-mail sent only": "同时邮寄",
    "e-mail returned": "重发",
    "announced": "法制机构",
}


@pytest.mark.parametrize("name", DAYS)
def test_a_doubtful_service_says_what_to_do_and_a_plain_one_is_silent(name: str) -> None:
    method, lines, _, _ = DAYS[name]
    warning = served(method, ledger(*lines)).warning
    if name in WARNED:
        assert WARNED[name] in warning
    elif method not in (M.EMAIL, M.FAX):
        assert warning == ""


def test_post_counts_from_posting_for_the_agency_and_from_signature_for_the_applicant() -> None:
    found = served(M.POSTAL, ledger(SENT, (K.SIGNED, 3)))
    assert "投寄之日" in found.explanation
    assert found.article == "国办公开办函〔2016〕235号"
    assert "知道之日" in found.remedy_explanation


SWITCHED = [
    ("electronic_service", "dispatch", M.EMAIL, [SENT, (K.READ_ONLINE, 4)], 0, 0),
    ("left_service", "not_served", M.DIRECT, [SENT, (K.REFUSED, 1), (K.LEFT, 1)], None, None),
    ("announced_service", "announcement_day", M.ANNOUNCEMENT, [(K.ANNOUNCED, 5)], 5, 5),
    ("postal_remedy_start", "posting", M.POSTAL, [SENT, (K.SIGNED, 3)], 0, 0),
]


@pytest.mark.parametrize("row", SWITCHED, ids=lambda row: row[0])
def test_what_no_text_settles_is_a_switch(row) -> None:
    switch, choice, method, lines, on, remedy = row
    found = served(method, ledger(*lines), replace(ServiceRules.load(), **{switch: choice}))
    assert found.on == (None if on is None else day(on))
    assert found.remedy_from == (None if remedy is None else day(remedy))


def test_every_switch_is_tried_and_says_what_is_known() -> None:
    assert {switch.code for switch in service_switches()} == {row[0] for row in SWITCHED}
    for switch in service_switches():
        assert switch.note.endswith("。")
        assert len(switch.choices) == 2


@pytest.mark.parametrize(
    ("method", "lines", "message"),
    [
        (M.POSTAL, [SENT, (K.LEFT, 1)], "不能登记“留置”"),
        (M.DIRECT, [SENT, (K.READ_ONLINE, 1)], "不能登记“查看"),
        (M.POSTAL, [SENT, (K.SIGNED, -1)], "早于"),
        (M.DIRECT, [SENT, (K.LEFT, 1)], "没有拒收的记录"),
        (M.DIRECT, [SENT, (K.LEFT, 1), (K.REFUSED, 2)], "没有拒收的记录"),
    ],
)
def test_a_line_that_cannot_be_is_refused_in_a_sentence(method, lines, message) -> None:
    with pytest.raises(LawBreach, match=message) as refused:
        served(method, ledger(*lines))
    assert refused.value.article


@pytest.mark.parametrize("carrier", ["中国邮政", "邮政特快专递", "ems", " EMS ", "中国邮政挂号信"])
def test_the_postal_enterprise_may_carry_an_answer(carrier: str) -> None:
    require_postal_enterprise(carrier)


@pytest.mark.parametrize("carrier", ["示例快递", "某某速运", "", "  "])
def test_a_courier_may_not(carrier: str) -> None:
    with pytest.raises(LawBreach, match="邮政企业") as refused:
        require_postal_enterprise(carrier)
    assert "235号" in refused.value.article


@pytest.mark.parametrize("method", ServiceMethod)
def test_every_method_has_a_name_and_every_line_it_may_hold_too(method: ServiceMethod) -> None:
    assert method.label
    assert all(kind.label for kind in method.kinds)
    assert K.SIGNED in method.kinds


def test_only_what_no_text_mentions_has_no_article() -> None:
    assert [method for method in ServiceMethod if not method.article] == [M.ANNOUNCEMENT]


entries = st.lists(
    st.builds(ServiceEntry, kind=st.sampled_from(ServiceKind), on=st.dates(day(0), day(9))), max_size=6
)


@for_all(st.sampled_from(ServiceMethod), entries)
def test_a_served_document_was_served_on_a_day_of_its_ledger(method, log) -> None:
    try:
        found = served(method, log)
    except LawBreach as refused:
        assert refused.message.endswith("。")
        return
    days = {entry.on for entry in log}
    assert found.on is None or found.on in days
    assert found.remedy_from is None or found.remedy_from >= found.on
    assert found.on is None or any(entry.kind is not K.RETURNED for entry in log)
