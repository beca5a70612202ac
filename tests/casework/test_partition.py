"""一事一申请: taken apart, handled together, handed on; each counted once."""

from datetime import date

import pytest

from gongkai.agencies.policies import ActionRefused
from gongkai.casework.actions import partition
from gongkai.casework.actions.closing import record_search, withdraw
from gongkai.casework.actions.intake import fix_receipt, log_confirmation, receive_application
from gongkai.casework.actions.striking import strike_out
from gongkai.casework.models import Application
from gongkai.law.receipt import Channel, Party
from tests.casework.acting import Clerk, Clock
from tests.casework.cases import IDENTITY, filing, moment, profile, register

MONDAY, TUESDAY, WEDNESDAY = date(2025, 9, 8), date(2025, 9, 9), date(2025, 9, 10)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock(monkeypatch)
    clock.set(WEDNESDAY)
    return clock


@pytest.fixture
def case(cast, clock):
    profile(cast)
    return register(cast, MONDAY).case


def split(case, by, *parts):
    return partition.split(case=case, parts=parts, by=by, at=moment(WEDNESDAY))


def join(case, lead, by):
    return partition.join(case=case, lead=lead, by=by, at=moment(WEDNESDAY))


def test_each_part_has_a_number_of_its_own_and_the_same_days(cast, case):
    Clerk(cast.officer).act(case, "split", parts="2024年校舍清单\n\n2024年食堂合同\n2024年教师名册")
    children = Application.objects.filter(split_from=case)
    assert {child.number for child in children} == {"2025-0002", "2025-0003", "2025-0004"}
    assert {(child.received_on, child.due_on, child.counted) for child in children} == {
        (MONDAY, date(2025, 10, 11), True)
    }
    assert (case.state, case.disposal, case.counted) == ("closed", "split", False)


def test_the_confirmations_of_a_website_application_go_with_its_parts(cast, clock):
    made = receive_application(
        agency=cast.agency, filing=filing(MONDAY, channel=Channel.WEBSITE), by=None, at=moment(MONDAY)
    )
    log_confirmation(
        case=made.case,
        party=Party.OFFICE,
        on=TUESDAY,
        reached=True,
        how="",
        by=cast.officer,
        at=moment(TUESDAY),
    )
    parts = split(made.case, cast.officer, "甲", "乙")
    assert {part.case.received_on for part in parts} == {TUESDAY}


def test_one_part_is_no_splitting(cast, case):
    said = Clerk(cast.officer).act(case, "split", 409, parts="只有一件")
    assert "至少分成两件" in said and "只有一件" in said


def test_what_was_worked_on_as_a_whole_is_not_taken_apart(cast, case):
    record_search(
        case=case, system="x", terms="x", period="", result="x", found=False, searched_by="x", on=WEDNESDAY,
        by=cast.officer, at=moment(WEDNESDAY),
    )  # fmt: skip
    with pytest.raises(partition.UnableToSplit, match="已经办过“检索”"):
        split(case, cast.officer, "甲", "乙")


def test_nothing_is_half_split(cast, case, monkeypatch):
    def fail(*args, **more):
        raise RuntimeError

    monkeypatch.setattr(partition, "append", fail)
    with pytest.raises(RuntimeError):
        split(case, cast.officer, "甲", "乙")
    assert Application.objects.count() == 1


def test_joined_cases_have_one_answer_and_each_its_own_day(cast, case, clock):
    later = register(cast, TUESDAY).case
    Clerk(cast.officer).act(case, "join", lead=later.pk)
    assert case.joined_to == later and case.due_on == date(2025, 10, 11)
    clerk = Clerk(cast.officer)
    assert "已并入2025-0002，请在主案答复" in clerk.case(case)
    assert "并案中有更早到期的" in clerk.case(later)
    assert "请在主案办理" in clerk.open(case, "extension")


def test_only_cases_of_one_applicant_are_joined(cast, case):
    other = register(cast, MONDAY, identity=IDENTITY | {"id_number": "000000199001010001"}).case
    with pytest.raises(partition.UnableToJoin, match="申请人不同"):
        join(case, other, cast.officer)
    assert "要是同一申请人" in Clerk(cast.officer).act(case, "join", 422, lead=other.pk)


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"matter": "rectification"}, "更正申请不能合并"), ({"channel": Channel.FAX}, "没有确定收到之日")],
)
def test_what_does_not_belong_together_is_not_joined(cast, case, changes, words):
    with pytest.raises(partition.UnableToJoin, match=words):
        join(case, register(cast, MONDAY, **changes).case, cast.officer)


def test_a_case_is_not_joined_to_itself_nor_a_lead_to_another(cast, case):
    second, third = register(cast, MONDAY).case, register(cast, MONDAY).case
    with pytest.raises(partition.UnableToJoin, match="另一件"):
        join(case, case, cast.officer)
    join(second, case, cast.officer)
    with pytest.raises(partition.UnableToJoin, match="已是另一组的主案"):
        join(case, third, cast.officer)


def test_a_joined_case_may_still_be_withdrawn(cast, case):
    lead = register(cast, MONDAY).case
    join(case, lead, cast.officer)
    withdraw(case=case, on=WEDNESDAY, reason="当面", by=cast.officer, at=moment(WEDNESDAY))
    case.refresh_from_db()
    assert case.state == "closed"


def test_striking_out_a_joining_frees_both(cast, case):
    lead = register(cast, MONDAY).case
    join(case, lead, cast.officer)
    event = lead.events.get(kind="joined")
    strike_out(event=event, reason="弄错了", by=cast.head, at=moment(WEDNESDAY))
    case.refresh_from_db()
    assert case.joined_to is None
    assert not case.events.filter(kind="joined", struck_by=None).exists()


def test_a_transferred_case_is_counted_where_it_went(cast, case):
    profile(cast)
    farm = cast.stranger.memberships.first().agency
    Clerk(cast.officer).act(case, "transfer", to=farm.pk, reason="由该机关制作，申请人同意")
    there = Application.objects.get(agency=farm)
    assert (case.disposal, case.counted, there.counted) == ("transferred", False, True)
    assert there.received_on is None, "its day of receipt is confirmed there"


def test_a_transfer_without_a_reason_is_refused(cast, case):
    farm = cast.stranger.memberships.first().agency
    with pytest.raises(partition.UnableToTransfer, match=r"写明理由.*第三十六条"):
        partition.transfer(case=case, to=farm, reason=" ", by=cast.officer, at=moment(WEDNESDAY))
    with pytest.raises(partition.UnableToTransfer, match="就是本机关"):
        partition.transfer(case=case, to=cast.agency, reason="x", by=cast.officer, at=moment(WEDNESDAY))
    with pytest.raises(ActionRefused):
        partition.transfer(case=case, to=farm, reason="x", by=cast.stranger, at=moment(WEDNESDAY))


def test_parts_have_the_day_that_the_head_fixed_by_hand(cast, case):
    """Also where the channel alone would lead to another day."""
    event = case.events.get(kind="received")
    strike_out(event=event, reason="收发室压了两天（示例）", by=cast.head, at=moment(WEDNESDAY, 9))
    case.refresh_from_db()
    why = "以转到本机关之日为准（示例）"
    fix_receipt(case=case, on=WEDNESDAY, reason=why, by=cast.head, at=moment(WEDNESDAY))
    case.refresh_from_db()
    made = split(case, cast.officer, "校舍维修清单", "校车协议")
    for each in made:
        assert (each.case.received_on, each.case.due_on) == (WEDNESDAY, case.due_on)
        received = each.case.events.get(kind="received")
        assert received.details["typed"] and received.reason == why
