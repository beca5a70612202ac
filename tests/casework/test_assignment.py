"""Who works on a case."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from gongkai.audit.models import Entry
from gongkai.casework.actions import assignment, log
from gongkai.casework.actions.office import save_functions
from gongkai.casework.queries import find_case
from gongkai.casework.queries.functions import suggestions
from gongkai.notices.models import Notice
from tests.casework.cases import moment, register
from tests.casework.section import client_of, fresh, staff

MONDAY, TUESDAY = date(2025, 9, 8), date(2025, 9, 9)
AT = moment(TUESDAY)


def kinds(case):
    return [event.kind for event in case.events.all()][2:]


def test_from_the_office_to_a_person_who_accepts(cast):
    there, case = staff(cast), register(cast, MONDAY).case
    case = assignment.assign(case=case, section=there.section, person=there.clerk, by=cast.officer, at=AT)
    assert (case.section, case.officer, case.accepted_at) == (there.section, there.clerk, None)
    assert Notice.objects.get(kind="assigned").recipient == there.clerk
    case = assignment.accept(case=case, by=fresh(there.clerk), at=AT)
    assert case.accepted_at == AT and kinds(case) == ["assigned", "accepted"]


def test_the_pool_of_a_section_is_claimed_by_whoever_is_first(cast):
    there, case = staff(cast), register(cast, MONDAY).case
    assignment.assign(case=case, section=there.section, person=None, by=cast.officer, at=AT)
    assert Notice.objects.filter(kind="assigned").count() == 3
    assignment.claim(case=case, by=fresh(there.clerk), at=AT)
    with pytest.raises(assignment.UnableToAccept, match="已经由示例clerk承办"):
        assignment.claim(case=case, by=fresh(there.colleague), at=AT)


def test_nobody_takes_what_was_given_to_another_or_to_another_section(cast):
    there, other = staff(cast), staff(cast, "计划财务科", "other")
    case = register(cast, MONDAY).case
    assignment.assign(case=case, section=there.section, person=there.clerk, by=cast.officer, at=AT)
    with pytest.raises(assignment.UnableToAccept, match="由本人接收"):
        assignment.accept(case=case, by=fresh(there.colleague), at=AT)
    with pytest.raises(assignment.UnableToAccept, match="没有交给您所在的科室"):
        assignment.claim(case=case, by=fresh(other.clerk), at=AT)


@pytest.mark.parametrize("who", ["clerk", "stranger"])
def test_only_those_who_may_hand_out_do(cast, who):
    there, case = staff(cast), register(cast, MONDAY).case
    by = fresh(there.clerk) if who == "clerk" else cast.stranger
    with pytest.raises(assignment.UnableToAssign):
        assignment.assign(case=case, section=there.section, person=None, by=by, at=AT)


def test_the_head_of_a_section_hands_on_inside_it_and_no_further(cast):
    there, other = staff(cast), staff(cast, "计划财务科", "other")
    case = register(cast, MONDAY).case
    assignment.assign(case=case, section=there.section, person=None, by=cast.officer, at=AT)
    chief = fresh(there.chief)
    assignment.assign(case=case, section=there.section, person=there.colleague, by=chief, at=AT)
    with pytest.raises(assignment.UnableToAssign, match="只能在本科室内交办"):
        assignment.assign(case=case, section=other.section, person=None, by=chief, at=AT)


def test_a_person_is_given_only_the_cases_of_their_section(cast):
    there, other = staff(cast), staff(cast, "计划财务科", "other")
    case = register(cast, MONDAY).case
    with pytest.raises(assignment.UnableToAssign, match="不在计划财务科"):
        assignment.assign(case=case, section=other.section, person=there.clerk, by=cast.officer, at=AT)


def test_sent_back_with_a_reason_it_is_gone_from_the_section(cast):
    there, case = staff(cast), register(cast, MONDAY).case
    assignment.assign(case=case, section=there.section, person=there.clerk, by=cast.officer, at=AT)
    clerk = fresh(there.clerk)
    with pytest.raises(assignment.UnableToSendBack, match="写明理由"):
        assignment.send_back(case=case, reason="  ", by=clerk, at=AT)
    case = assignment.send_back(case=case, reason="校舍归计划财务科管", by=clerk, at=AT)
    assert (case.section, case.officer) == (None, None)
    assert find_case(fresh(there.clerk), case.pk) is None
    told = Notice.objects.get(kind="sent_back")
    assert told.recipient == cast.officer and "计划财务科" in told.text


def test_the_second_of_two_who_hand_out_at_once_is_told(cast):
    there, case = staff(cast), register(cast, MONDAY).case
    seen = case.revision
    assignment.assign(case=case, section=there.section, person=None, by=cast.officer, at=AT, revision=seen)
    with pytest.raises(log.ChangedMeanwhile):
        assignment.assign(case=case, section=there.section, person=None, by=cast.head, at=AT, revision=seen)


def test_co_workers_come_and_go_and_are_on_the_trail(cast):
    there, case = staff(cast), register(cast, MONDAY).case
    assignment.assign(case=case, section=there.section, person=there.clerk, by=cast.officer, at=AT)
    clerk = fresh(there.clerk)
    assignment.add_co_worker(case=case, person=there.colleague, by=clerk, at=AT)
    assert list(case.co_workers.all()) == [there.colleague]
    for person, said in ((there.clerk, "就是承办人"), (cast.stranger, "没有在本机关")):
        with pytest.raises(assignment.UnableToShare, match=said):
            assignment.add_co_worker(case=case, person=person, by=clerk, at=AT)
    assignment.remove_co_worker(case=case, person=there.colleague, by=clerk, at=AT)
    assert not case.co_workers.exists()
    assert {entry.act for entry in Entry.objects.all()} >= {"added_co_worker", "removed_co_worker"}


@pytest.mark.parametrize(
    ("until", "said"), [(MONDAY, "已经过去"), (date(2025, 10, 12), "不能晚于答复期限2025年10月11日")]
)
def test_the_internal_day_lies_between_today_and_the_day_of_the_law(cast, until, said):
    case = register(cast, MONDAY).case
    with pytest.raises(assignment.UnableToShare, match=said):
        assignment.set_internal_due(case=case, until=until, by=cast.officer, at=AT)
    case = assignment.set_internal_due(case=case, until=date(2025, 10, 11), by=cast.officer, at=AT)
    assert case.internal_due_on == date(2025, 10, 11)


def test_the_function_table_suggests_a_section(cast):
    there, other = staff(cast), staff(cast, "计划财务科", "other")
    matters = {there.section.pk: "招生、学籍", other.section.pk: "校舍维修、校舍安全、经费"}
    assert save_functions(agency=cast.agency, matters=matters, by=cast.head, at=AT) == 2
    case = register(cast, MONDAY).case
    (first, why), *rest = suggestions(case)
    assert first == other.section and "校舍" in why.explanation and rest == []


def test_the_small_forms_of_the_page_say_what_came_of_it(cast):
    there, case = staff(cast), register(cast, MONDAY).case
    page = client_of(cast.officer)
    given = {"section": there.section.pk, "person": "", "revision": case.revision}
    page.post(f"/office/cases/{case.pk}/assign/", given)
    case.refresh_from_db()
    assert case.section == there.section
    stale = page.post(f"/office/cases/{case.pk}/assign/", given, follow=False)
    assert stale.status_code == 302
    assert "别人已经办理" in str(list(page.get("/office/calendar/").context["messages"])[-1])
    client_of(there.clerk).post(f"/office/cases/{case.pk}/claim/")
    case.refresh_from_db()
    assert case.officer == there.clerk
    gone = client_of(there.clerk).post(f"/office/cases/{case.pk}/send-back/", {"reason": "不归我们"})
    assert gone.headers["Location"] == "/office/"


def test_a_case_of_others_cannot_be_touched(cast):
    case = register(cast, MONDAY).case
    assert client_of(cast.stranger).post(f"/office/cases/{case.pk}/claim/").status_code == 404


def fragment(case, by):
    case.refresh_from_db()
    return render_to_string("casework/assignment.html", {"case": case, "by": fresh(by)})


def test_the_page_of_a_case_offers_each_what_they_may_do_and_says_why_not(cast):
    there, case = staff(cast), register(cast, MONDAY).case
    save_functions(agency=cast.agency, matters={there.section.pk: "校舍维修"}, by=cast.head, at=AT)
    waiting = fragment(case, cast.officer)
    assert "建议交基础教育科" in waiting and "还没有交办" in waiting and "退回交办" not in waiting
    assignment.assign(case=case, section=there.section, person=None, by=cast.officer, at=AT)
    assert "认领，由我承办" in fragment(case, there.clerk)
    assert "由该科室的人员认领" in fragment(case, cast.officer)
    assignment.assign(case=case, section=there.section, person=there.clerk, by=cast.officer, at=AT)
    assert "接收交办" in fragment(case, there.clerk)
    other = fragment(case, there.colleague)
    assert "接收交办" not in other and "交办由信息公开工作机构或者承办科室负责人进行" in other
