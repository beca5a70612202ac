"""The page of a case: where it stands and why, what may be done, what happened, who may see it."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.agencies.models import Section
from gongkai.audit.models import Entry
from gongkai.casework.actions import closing
from gongkai.casework.actions.applicant import send_message
from gongkai.casework.actions.consulting import open_consultation, record_delivery, record_opinion
from gongkai.casework.actions.duplicates import compare
from gongkai.casework.actions.extension import propose_extension
from gongkai.casework.actions.partition import split
from gongkai.casework.actions.supplement import receive_supplement, request_supplement
from gongkai.casework.acts import ACTS
from gongkai.casework.forms.acts import ACT_FORMS
from gongkai.casework.models import CaseEvent, Letter
from gongkai.casework.policies.acts import Openings
from gongkai.casework.queries.timeline import Happening, timeline_of, told
from gongkai.law.clock.events import Consulted
from gongkai.law.receipt import Channel
from tests.casework.acting import Clerk, Clock, text_of
from tests.casework.cases import moment, profile, register, signed

MONDAY, WEDNESDAY, FRIDAY = date(2025, 9, 8), date(2025, 9, 10), date(2025, 9, 12)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    clock = Clock(monkeypatch)
    clock.set(WEDNESDAY)
    return clock


@pytest.fixture
def case(cast, clock):
    profile(cast)
    return register(cast, MONDAY).case


@pytest.fixture
def clerk(cast, clock) -> Clerk:
    return Clerk(cast.officer)


def test_every_act_has_a_form_and_every_form_an_act():
    assert set(ACT_FORMS) == {act.code for act in ACTS}


def test_the_head_says_when_it_is_due_and_why(case, clerk):
    said = clerk.case(case)
    assert "最迟2025年10月11日（周六）答复，还有18个工作日" in said
    assert "收到申请，答复期限20个工作日，自次日起算" in said and "（第三十三条）" in said
    assert "补正告知期限到2025年9月17日（周三）" in said


def test_an_estimated_day_is_marked_as_one(cast, clock, clerk):
    profile(cast)
    clock.set(date(2026, 12, 10))
    said = clerk.case(register(cast, date(2026, 12, 9)).case)
    assert "（推算）" in said and "2027年" in said


def test_the_name_is_masked_until_somebody_asks_and_the_look_is_on_the_trail(cast, case, clerk):
    said = clerk.case(case)
    assert "甄**" in said and "甄示范" not in said and "000000199001010000" not in said
    shown = text_of(clerk.client.post(reverse("casework:identity", args=[case.pk])))
    assert "甄示范" in shown and "000000199001010000" in shown
    assert Entry.objects.filter(act="looked_at_identity", by=cast.officer).count() == 1
    assert "甄示范" not in clerk.case(case), "shown once"


def test_who_may_not_work_on_it_is_told_so_and_sees_no_identity(cast, case):
    clerk = Clerk(cast.leader)
    assert "显示身份信息" not in clerk.case(case)
    answer = clerk.client.post(reverse("casework:identity", args=[case.pk]), follow=True)
    assert "甄示范" not in text_of(answer) and "您没有这些角色" in text_of(answer)


def test_a_stranger_learns_nothing(cast, case):
    client = Clerk(cast.stranger).client
    for name, more in (
        ("case", []),
        ("proof", []),
        ("act", ["extension"]),
        ("strike", [case.events.first().pk]),
    ):
        assert client.get(reverse(f"casework:{name}", args=[case.pk, *more])).status_code == 404
    assert client.post(reverse("casework:identity", args=[case.pk])).status_code == 404


def test_what_may_not_happen_now_says_why_in_plain_sight(case, clerk):
    said = clerk.case(case)
    assert "没有待补正的告知" in said and "《条例》第三十条" in said
    assert "申请人尚未说明理由，不能确定延迟答复的期限" in said
    page = clerk.client.get(reverse("casework:case", args=[case.pk])).content.decode()
    assert page.count("disabled aria-describedby=") == page.count('class="reason" id="why-')


def test_an_unknown_act_is_no_page(case, clerk):
    assert clerk.client.get(f"/office/cases/{case.pk}/acts/nonsense/").status_code == 404


@pytest.mark.parametrize("code", ACT_FORMS)
def test_the_page_of_every_act_opens_whatever_the_state(cast, case, clerk, code):
    fresh, waiting = case, register(cast, MONDAY, channel=Channel.FAX).case
    rectification = register(cast, MONDAY, matter="rectification").case
    for each in (fresh, waiting, rectification):
        said = clerk.open(each, code)
        assert "依据" in said


def test_before_the_receipt_the_arrival_comes_first(cast, clock, clerk):
    profile(cast)
    said = clerk.case(register(cast, MONDAY, channel=Channel.FAX).case)
    assert "还没有确定收到之日，期限还没有开始计算" in said
    assert "记下这次联系" in said
    assert "还没有确定收到之日，先与申请人确认。（《条例》第三十一条）" in said


def test_what_comes_next_follows_the_case(cast, case, clock, clerk):
    assert "还没有交办" in clerk.case(case)
    section = Section.objects.create(agency=cast.agency, name="基础教育科")
    type(case).objects.filter(pk=case.pk).update(section=section)
    assert "走七步，拟定办理结果" in clerk.case(case)
    send_message(case=case, text="什么时候答复？", at=moment(WEDNESDAY))
    assert "申请人有1条留言没有看" in clerk.case(case)
    clock.set(date(2025, 10, 9))
    assert "来不及答复的，在到期以前办理延期" in clerk.case(case)
    clock.set(date(2025, 10, 13))
    said = clerk.case(case)
    assert "已逾期1个工作日" in said and "答复期限已过" in said


def test_a_supplement_that_does_not_come_leads_to_the_decision(cast, case, clock, clerk):
    letter = request_supplement(
        case=case, unclear=["x"], items=["x"], until=FRIDAY, by=cast.officer, at=moment(WEDNESDAY)
    )
    assert "还是草稿" in clerk.case(case)
    signed(letter, cast.head, on=WEDNESDAY)
    assert "等申请人在2025年9月12日以前补正" in clerk.case(case)
    assert "期限到2025年9月12日为止，还没有逾期" in clerk.open(case, "supplement_lapsed")
    clock.set(date(2025, 9, 15))
    assert "补正期限已于2025年9月12日届满" in clerk.case(case)
    led = clerk.client.get(reverse("casework:act", args=[case.pk, "supplement_lapsed"]))
    assert led.url == f"{reverse('casework:decide', args=[case.pk])}?clarity=supplement_lapsed"
    assert "逾期" in text_of(clerk.client.get(led.url))


def test_nothing_lapses_that_was_not_asked_for(case, clerk):
    for act in ("supplement_lapsed", "fee_lapsed"):
        assert "谈不上逾期" in clerk.open(case, act)
        assert "谈不上逾期" in clerk.act(case, act, 422)


def test_the_page_asks_the_database_no_more_for_a_long_case(cast, case, clerk, django_assert_max_num_queries):
    for number in range(10):
        clerk.act(
            case,
            "search",
            system=f"系统{number}",
            terms="x",
            result="x",
            searched_by="x",
            on_day="2025-09-10",
        )
    client = clerk.client
    client.get(reverse("casework:case", args=[case.pk]))
    with django_assert_max_num_queries(60):
        client.get(reverse("casework:case", args=[case.pk]))


def test_the_timeline_draws_the_days_that_do_not_count(cast, case, clock, clerk):
    letter = open_consultation(
        case=case, consulted=Consulted.THIRD_PARTY, name="示例有限公司", is_person=False, contact="",
        information="示例合同", harm="示例", by=cast.officer, at=moment(WEDNESDAY),
    )  # fmt: skip
    signed(letter, cast.head, on=WEDNESDAY)
    consultation = case.consultations.get()
    record_delivery(consultation=consultation, on=WEDNESDAY, by=cast.officer, at=moment(WEDNESDAY, 15))
    clock.set(FRIDAY)
    assert "等对方的意见" in clerk.case(case)
    record_opinion(
        consultation=consultation, answer="agreed", on=FRIDAY, by=cast.officer, at=moment(FRIDAY), text="同意"
    )
    said = clerk.case(case)
    assert "2025年9月11日（周四）至2025年9月12日（周五）2个工作日扣除：向第三方征求意见" in said
    assert "第三方：同意公开" in said


def test_a_restart_is_drawn_as_void_days(cast, case, clock, clerk):
    letter = request_supplement(
        case=case, unclear=["x"], items=["x"], until=date(2025, 9, 30), by=cast.officer, at=moment(WEDNESDAY)
    )
    signed(letter, cast.head, on=WEDNESDAY)
    receive_supplement(case=case, on=FRIDAY, description="", by=cast.officer, at=moment(FRIDAY))
    clock.set(FRIDAY)
    said = clerk.case(case)
    assert "2个工作日作废，重新计算" in said and "停计：等待申请人补正" in said


def test_every_kind_of_entry_is_told_in_words(case):
    """An entry of any kind, with the least that its details hold, has a title and breaks nothing."""
    least = {
        "channel": "in_person", "party": "office", "reached": True, "with": "third_party", "days": 5,
        "kind": "supplement_notice", "method": "postal", "into": ["1", "2"], "joined": "1", "to": "示例机关",
    }  # fmt: skip
    for kind in CaseEvent.Kind:
        found = told(CaseEvent(case=case, kind=kind, on=MONDAY, details=least))
        assert found.title == kind.label


def test_entries_stand_in_the_order_of_their_days(cast, case):
    entries = [e for e in timeline_of(list(case.events.all()), None) if isinstance(e, Happening)]
    assert [e.event.kind for e in entries] == ["arrived", "received"]


def test_two_tabs_the_second_is_told_and_keeps_what_was_typed(cast, case, clerk):
    old = case.revision
    clerk.act(case, "help", on_day="2025-09-10", what="代填申请表")
    answer = clerk.client.post(
        reverse("casework:act", args=[case.pk, "withdraw"]),
        {"revision": old, "on_day": "2025-09-10", "reason": "当面撤回（示例）"},
    )
    said = text_of(answer)
    assert answer.status_code == 409
    assert "别人已经办理了这件申请" in said and "当面撤回（示例）" in said
    assert "您打开页面之后新增的办理记录" in said and "提供协助" in said
    case.refresh_from_db()
    assert case.is_open
    assert f'name="revision" value="{case.revision}"' in answer.content.decode(), (
        "the next press goes through"
    )


def test_parts_and_likenesses_are_linked(cast, case, clerk):
    again = register(cast, MONDAY).case
    compare(case=again, at=moment(MONDAY))
    assert "内容相同：2025-0001" in clerk.case(again)
    children = split(case=again, parts=["甲（示例）", "乙（示例）"], by=cast.officer, at=moment(WEDNESDAY))
    assert "拆分出的一件" in clerk.case(again)
    assert "拆分前的原件：2025-0002" in clerk.case(children[0].case)


def test_a_closed_case_opens_nothing_but_help_and_archive(cast, case, clerk):
    closing.withdraw(case=case, on=WEDNESDAY, reason="当面", by=cast.officer, at=moment(WEDNESDAY))
    letter = closing.confirm_withdrawal(case=case, manner="当面", by=cast.officer, at=moment(WEDNESDAY))
    signed(letter, cast.head, on=WEDNESDAY)
    case.refresh_from_db()
    said = clerk.case(case)
    assert "办结：申请人撤回申请" in said and "在答复期限" in said
    opened = {each.act.code for each in Openings(case, cast.officer, WEDNESDAY).all() if each.refusal is None}
    assert opened == {"help", "archive"}


def test_a_script_in_an_application_is_shown_as_text(cast, clock, clerk):
    profile(cast)
    hostile = register(cast, MONDAY, description="<script>alert(1)</script>").case
    page = clerk.client.get(reverse("casework:case", args=[hostile.pk])).content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;" in page


def test_an_office_without_a_profile_is_told_what_to_do(cast, clock, clerk):
    case = register(cast, MONDAY).case
    said = clerk.act(case, "extension", 409, days="5", reason="示例")
    assert "还没有填写机关信息" in said
    assert not Letter.objects.exists()


def test_letters_are_listed_with_where_they_are(cast, case, clerk):
    letter = propose_extension(case=case, days=5, reason="示例", by=cast.officer, at=moment(WEDNESDAY))
    assert "政府信息公开申请延期答复告知书" in clerk.case(case)
    signed(letter, cast.head, on=WEDNESDAY)
    assert "签发，还没有送达" in clerk.case(case)


ODD = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(code=st.sampled_from(sorted(ACT_FORMS)), typed=ODD, revision=ODD)
def test_nonsense_in_any_form_is_answered_on_the_form_and_writes_nothing(case, clerk, code, typed, revision):
    before = (case.events.count(), case.letters.count())
    filled = dict.fromkeys(ACT_FORMS[code].base_fields, typed)
    answer = clerk.client.post(
        reverse("casework:act", args=[case.pk, code]),
        filled | {"revision": revision, "on_day": "2025-13-77" + typed},
    )
    assert answer.status_code in {302, 409, 422}
    if answer.status_code != 302:
        assert (case.events.count(), case.letters.count()) == before


def test_of_two_officers_at_once_one_wins_and_the_other_is_told(tmp_path):
    program = Path(__file__).with_name("two_officers.py")
    environment = {"PATH": os.environ["PATH"], "GONGKAI_DATA": str(tmp_path), "GONGKAI_WORKER": "0"}
    ran = subprocess.run(
        [sys.executable, str(program)],
        check=False,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout.splitlines()[-1])
    (drafted, told_draft), (entered, told_entry) = found["rounds"]
    assert (drafted, found["drafts"]) == ([302, 409], 1)
    assert "不要重复起草" in told_draft and "没有写明年度（示例）" in told_draft
    assert entered == [302, 409] and "别人已经办理了这件申请" in told_entry
    assert len({"withdrawn", "helped"} & set(found["events"])) == 1


def test_opened_anew_the_page_with_the_identity_is_the_page_without(case, clerk):
    shown = clerk.client.post(reverse("casework:identity", args=[case.pk]))
    assert "示例路1号" in text_of(shown)
    again = clerk.client.get(reverse("casework:identity", args=[case.pk]))
    assert again["Location"] == reverse("casework:case", args=[case.pk])
    assert Entry.objects.filter(act="looked_at_identity").count() == 1
