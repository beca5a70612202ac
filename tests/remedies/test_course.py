"""A remedy from its filing to its end: what may be entered when, and what it sets running."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from gongkai.audit.models import Entry
from gongkai.audit.templatetags.trail import ACT_LABELS
from gongkai.casework.actions.service import log_service, serve_letter
from gongkai.casework.queries.calendars import calendar_of
from gongkai.law.service import ServiceKind, ServiceMethod
from gongkai.notices.models import Notice
from gongkai.remedies.actions import answering, files, log, registering, results
from gongkai.remedies.actions.results import Verdict
from gongkai.remedies.models import Remedy, RemedyEvent
from gongkai.remedies.policies import ACTS, Filing, openings, warnings
from gongkai.remedies.reckoning import course_of
from tests.casework.answering import TUESDAY, approve, nonexistent, submit
from tests.casework.cases import moment
from tests.remedies.remedies import (
    PDF,
    answered_case,
    appealed,
    decided,
    decided_again,
    defended,
    notified,
    reconsideration,
    suit,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return answered_case(cast)


@pytest.fixture
def review(cast, case) -> Remedy:
    return notified(cast, reconsideration(cast, case), date(2025, 4, 8))


def dues(remedy: Remedy) -> dict[str, date | None]:
    remedy.refresh_from_db()
    return {line.code: line.due for line in course_of(remedy).clocks(calendar_of(remedy.agency))}


def states(remedy: Remedy) -> tuple[str, str]:
    remedy.refresh_from_db()
    return remedy.state, remedy.column


def test_no_clock_runs_before_the_papers_came(cast, case):
    remedy = reconsideration(cast, case)
    assert (states(remedy), dues(remedy)) == (("registered", "pending"), {})


@pytest.mark.parametrize(
    ("procedure", "due"), [("ordinary", date(2025, 4, 22)), ("simplified", date(2025, 4, 15))]
)
def test_the_answer_is_due_ten_or_five_working_days_after_the_papers(cast, case, procedure, due):
    remedy = notified(cast, reconsideration(cast, case), date(2025, 4, 8), procedure)
    code = "reconsideration_answer" + ("_simplified" if procedure == "simplified" else "")
    assert dues(remedy)[code] == due


def test_the_defence_in_court_is_due_in_fifteen_days(cast, case):
    remedy = notified(cast, suit(cast, case, date(2025, 5, 6)), date(2025, 5, 12))
    assert dues(remedy)["litigation_answer"] == date(2025, 5, 27)


def test_a_reconsideration_runs_its_course(cast, review):
    defended(cast, review, date(2025, 4, 18))
    assert states(review) == ("answered", "pending")
    decided(cast, review, "upheld", date(2025, 6, 3))
    assert states(review) == ("decided", "upheld")
    assert dues(review)["suit_after_reconsideration"] == date(2025, 6, 18)


def test_what_came_first_is_entered_first(cast, case):
    remedy = reconsideration(cast, case)
    with pytest.raises(answering.UnableToAnswer, match="还没有登记收到复议申请书副本"):
        defended(cast, remedy, date(2025, 4, 9))
    with pytest.raises(results.UnableToRecordResult, match="先登记收到"):
        decided(cast, remedy, "upheld", date(2025, 4, 9))


def test_what_was_never_accepted_may_be_entered_without_papers(cast, case):
    remedy = decided(cast, reconsideration(cast, case), "not_accepted", date(2025, 4, 9))
    assert states(remedy) == ("decided", "other_result")


def test_an_answer_after_the_decision_is_refused_with_the_law(cast, review):
    decided(cast, review, "upheld", date(2025, 6, 3))
    with pytest.raises(answering.UnableToAnswer, match="《行政复议法》"):
        defended(cast, review, date(2025, 6, 4))


def test_an_answer_needs_its_paper(cast, review):
    with pytest.raises(answering.UnableToAnswer, match="上传"):
        answering.submit_answer(
            remedy=review, on=date(2025, 4, 9), how="", by=cast.officer, at=moment(date(2025, 4, 9))
        )
    assert not review.events.filter(kind="answered").exists()


def test_the_papers_come_once(cast, review):
    with pytest.raises(registering.UnableToNotify, match="已登记2025年4月8日收到"):
        notified(cast, review, date(2025, 4, 9))


def test_days_to_come_and_days_before_the_filing_are_refused(cast, case):
    remedy = reconsideration(cast, case)
    with pytest.raises(log.UnableToEnter, match="还没有到"):
        registering.record_notification(
            remedy=remedy, on=date(2025, 4, 9), procedure="ordinary", by=cast.officer,
            at=moment(date(2025, 4, 8)),
        )  # fmt: skip
    with pytest.raises(log.UnableToEnter, match="早于提出的日期"):
        notified(cast, remedy, date(2025, 3, 31))
    assert [event.kind for event in remedy.events.all()] == ["filed"]


def test_a_filing_before_the_application_or_in_the_future_is_refused(cast, case):
    with pytest.raises(registering.UnableToRegister, match="早于申请到达"):
        reconsideration(cast, case, date(2025, 3, 2))
    with pytest.raises(registering.UnableToRegister, match="复议机关或者法院的全称"):
        reconsideration(cast, case, body=" ")
    assert not Remedy.objects.exists()


def test_a_suit_after_reconsideration_names_one_that_was_decided(cast, case):
    route = {"route": "suit_after_reconsideration"}
    with pytest.raises(registering.UnableToRegister, match="先登记复议"):
        suit(cast, case, date(2025, 5, 6), **route)
    review = notified(cast, reconsideration(cast, case), date(2025, 4, 8))
    with pytest.raises(registering.UnableToRegister, match="还没有登记结果"):
        suit(cast, case, date(2025, 5, 6), after=review)
    decided(cast, review, "upheld", date(2025, 6, 3))
    with pytest.raises(registering.UnableToRegister, match="早于复议决定"):
        suit(cast, case, date(2025, 6, 2), after=review)
    assert suit(cast, case, date(2025, 6, 10), after=review).preceded_by == review


def test_a_suit_may_follow_when_the_time_to_decide_has_run_out(cast, case, review):
    assert dues(review)["reconsideration_decision"] == date(2025, 6, 9)
    with pytest.raises(registering.UnableToRegister, match="没有届满"):
        suit(cast, case, date(2025, 6, 9), after=review)
    assert suit(cast, case, date(2025, 6, 10), after=review).route == "suit_after_reconsideration"


def test_another_cases_reconsideration_is_no_ground_for_a_suit(cast, case, review):
    decided(cast, review, "upheld", date(2025, 6, 3))
    other = answered_case(cast)
    with pytest.raises(registering.UnableToRegister, match="不是本件申请"):
        suit(cast, other, date(2025, 6, 10), after=review)


def test_a_direct_suit_against_a_refusal_is_entered_with_a_warning(cast, case):
    remedy = suit(cast, case, date(2025, 5, 6))
    [warning] = warnings(remedy, calendar_of(cast.agency))
    assert "第二十三条" in str(warning) and "由法院审查" in str(warning)


def test_a_direct_suit_against_an_answer_of_another_kind_is_not_warned_of(cast):
    case = answered_case(cast, "unable_to_provide.nonexistent")
    assert warnings(suit(cast, case, date(2025, 5, 6)), calendar_of(cast.agency)) == []


def test_a_direct_suit_against_a_refusal_of_2023_needed_no_reconsideration(cast):
    early = date(2023, 12, 29)
    case = answered_case(cast, on=early, arrived_on=date(2023, 12, 1))
    assert warnings(suit(cast, case, date(2024, 3, 6)), calendar_of(cast.agency)) == []


def test_both_tracks_at_once_are_warned_of(cast, case, review):
    found = warnings(suit(cast, case, date(2025, 5, 6)), calendar_of(cast.agency))
    assert any("第二十九条" in str(each) for each in found)


def test_a_suit_too_late_after_the_decision_is_warned_of(cast, case, review):
    decided(cast, review, "upheld", date(2025, 6, 3))
    late = suit(cast, case, date(2025, 6, 19), after=review)
    [warning] = warnings(late, calendar_of(cast.agency))
    assert "2025年6月18日届满" in str(warning)


def test_the_time_to_sue_runs_from_the_receipt_of_the_decision_not_from_its_date(cast, case, review):
    told = Verdict("upheld", date(2025, 6, 3), date(2025, 6, 12), "示决〔2025〕1号")
    results.record_result(remedy=review, verdict=told, by=cast.officer, at=moment(date(2025, 6, 12)))
    in_time = suit(cast, case, date(2025, 6, 27), after=review)
    assert warnings(in_time, calendar_of(cast.agency)) == []
    late = suit(cast, case, date(2025, 6, 30), after=review)
    [warning] = warnings(late, calendar_of(cast.agency))
    assert "复议决定书2025年6月12日送到" in str(warning) and "2025年6月27日届满" in str(warning)


def test_by_post_the_time_to_go_further_runs_from_the_signature(cast):
    letter = nonexistent(cast)
    submit(letter, TUESDAY)
    letter = approve(letter, cast.head, TUESDAY)
    posted, signed_for = date(2025, 9, 10), date(2025, 9, 30)
    made = serve_letter(
        letter=letter, method=ServiceMethod.POSTAL, on=posted, by=cast.officer, at=moment(posted, 16),
        tracking_number="EX0000001",
    )  # fmt: skip
    late = date(2025, 11, 25)  # 76 days after posting, 56 after the signature
    filed = reconsideration(cast, letter.case, late)
    assert warnings(filed, calendar_of(cast.agency)) == []  # nobody knows yet when it was received
    log_service(service=made, kind=ServiceKind.SIGNED, on=signed_for, by=cast.officer, at=moment(signed_for))
    assert warnings(filed, calendar_of(cast.agency)) == []
    [warning] = warnings(reconsideration(cast, letter.case, date(2025, 12, 2)), calendar_of(cast.agency))
    assert "对方2025年9月30日知道答复" in str(warning) and "2025年12月1日届满" in str(warning)


def test_a_hearing_to_come_is_a_due_day_until_it_was_held(cast, review):
    answering.record_hearing(
        remedy=review, on=date(2025, 5, 20), what="听证，三楼", by=cast.officer, at=moment(date(2025, 5, 9))
    )
    assert dues(review)["hearing"] == date(2025, 5, 20)
    assert states(review)[0] == "filed"
    answering.record_hearing(
        remedy=review, on=date(2025, 5, 20), what="听证，三楼", by=cast.officer, at=moment(date(2025, 5, 20))
    )
    assert states(review)[0] == "heard"
    line = next(each for each in course_of(review).clocks(calendar_of(cast.agency)) if each.code == "hearing")
    assert line.done_on == date(2025, 5, 20)


def test_a_second_hearing_may_be_held(cast, review):
    for day in (date(2025, 5, 12), date(2025, 5, 20)):
        answering.record_hearing(remedy=review, on=day, what="听证", by=cast.officer, at=moment(day))
    assert review.events.filter(kind="hearing").count() == 2


def test_an_extension_moves_the_day_of_the_decision_once(cast, review):
    day = date(2025, 6, 3)
    extend = {"remedy": review, "on": day, "by": cast.officer, "at": moment(day)}
    with pytest.raises(log.UnableToEnter, match="第六十二条"):
        answering.record_extension(**extend, days=31)
    answering.record_extension(**extend, days=30)
    assert dues(review)["reconsideration_decision"] == date(2025, 7, 7)
    with pytest.raises(answering.UnableToExtend, match="已经登记过"):
        answering.record_extension(**extend, days=10)


def test_an_overturned_decision_is_to_be_done_over_within_the_term(cast, review):
    decided(cast, review, "revoked", date(2025, 6, 3), redo_until=date(2025, 6, 30))
    review.refresh_from_db()
    assert (review.column, review.owes) == ("overturned", True)
    assert dues(review)["follow_up"] == date(2025, 6, 30)
    day = date(2025, 6, 20)
    with pytest.raises(results.UnableToFinish, match="怎样办理"):
        results.record_redone(remedy=review, on=day, how=" ", by=cast.officer, at=moment(day))
    results.record_redone(remedy=review, on=day, how="已重新答复", by=cast.officer, at=moment(day))
    review.refresh_from_db()
    assert not review.owes


def test_a_court_of_appeal_that_upholds_does_not_turn_a_loss_into_a_win(cast, case):
    lost = notified(cast, suit(cast, case, date(2025, 5, 6)), date(2025, 5, 12))
    decided(cast, lost, "revoked", date(2025, 8, 1))
    appealed(cast, lost, date(2025, 8, 8))
    assert states(lost) == ("appealed", "pending")
    decided_again(cast, lost, "affirmed", date(2025, 10, 10))
    lost.refresh_from_db()
    assert (lost.state, lost.result, lost.column) == ("finally_decided", "revoked", "overturned")


def test_a_court_of_appeal_that_upholds_a_win_is_counted_as_upheld(cast, case):
    won = notified(cast, suit(cast, case, date(2025, 5, 6)), date(2025, 5, 12))
    decided(cast, won, "claims_dismissed", date(2025, 8, 1))
    appealed(cast, won, date(2025, 8, 8))
    decided_again(cast, won, "affirmed", date(2025, 10, 10))
    won.refresh_from_db()
    assert (won.result, won.column) == ("appeal_upheld", "upheld")


def test_a_withdrawn_appeal_leaves_the_judgment_as_it_was(cast, case):
    lost = notified(cast, suit(cast, case, date(2025, 5, 6)), date(2025, 5, 12))
    decided(cast, lost, "ordered_to_redo", date(2025, 8, 1))
    appealed(cast, lost, date(2025, 8, 8))
    decided_again(cast, lost, "appeal_withdrawn", date(2025, 9, 10))
    lost.refresh_from_db()
    assert (lost.result, lost.owes) == ("ordered_to_redo", True)


def test_a_remanded_suit_is_pending_again_and_decided_anew(cast, case):
    remedy = notified(cast, suit(cast, case, date(2025, 5, 6)), date(2025, 5, 12))
    defended(cast, remedy, date(2025, 5, 20))
    decided(cast, remedy, "claims_dismissed", date(2025, 8, 1))
    appealed(cast, remedy, date(2025, 8, 8))
    decided_again(cast, remedy, "remanded", date(2025, 10, 10))
    assert states(remedy) == ("remanded", "pending")
    assert "litigation_answer" not in dues(remedy)
    decided(cast, remedy, "revoked", date(2026, 1, 15))
    assert states(remedy) == ("decided", "overturned")


def test_what_is_withdrawn_is_counted_as_another_result(cast, review):
    day = date(2025, 5, 9)
    with pytest.raises(results.UnableToWithdraw, match="依据"):
        results.record_withdrawal(remedy=review, on=day, reason="", by=cast.officer, at=moment(day))
    results.record_withdrawal(remedy=review, on=day, reason="终止通知", by=cast.officer, at=moment(day))
    assert states(review) == ("withdrawn", "other_result")
    assert dues(review) == {}


def test_a_wrong_entry_is_struck_out_by_the_head_with_a_reason(cast, review):
    decided(cast, review, "upheld", date(2025, 6, 3))
    event = review.events.get(kind="decided")
    at = moment(date(2025, 6, 4))
    with pytest.raises(log.UnableToStrike, match="负责人"):
        log.strike(event=event, reason="登记错了", by=cast.officer, at=at)
    with pytest.raises(log.UnableToStrike, match="理由"):
        log.strike(event=event, reason=" ", by=cast.head, at=at)
    log.strike(event=event, reason="登记错了", by=cast.head, at=at)
    assert states(review) == ("filed", "pending")
    with pytest.raises(log.UnableToStrike, match="已经划销"):
        log.strike(event=RemedyEvent.objects.get(pk=event.pk), reason="再划", by=cast.head, at=at)
    with pytest.raises(log.UnableToStrike, match="不能划销"):
        log.strike(event=review.events.get(kind="filed"), reason="错", by=cast.head, at=at)


def test_an_entry_that_others_rest_on_is_not_struck_out(cast, case):
    remedy = notified(cast, suit(cast, case, date(2025, 5, 6)), date(2025, 5, 12))
    decided(cast, remedy, "revoked", date(2025, 8, 1))
    appealed(cast, remedy, date(2025, 8, 8))
    with pytest.raises(log.UnableToEnter, match="上诉"):
        log.strike(
            event=remedy.events.get(kind="decided"), reason="错", by=cast.head, at=moment(date(2025, 8, 9))
        )
    assert states(remedy)[0] == "appealed"


def test_the_database_keeps_the_events(cast, review):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        RemedyEvent.objects.filter(remedy=review).update(on=date(2025, 1, 1))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        RemedyEvent.objects.filter(remedy=review)._raw_delete("default")


def test_whoever_does_not_see_the_case_keeps_no_register(cast, case):
    for by in (cast.stranger, cast.leader):
        filing = {
            "forum": "reconsideration",
            "challenged": "answer",
            "body": "示例",
            "filed_on": date(2025, 4, 1),
        }
        with pytest.raises(registering.UnableToRegister):
            registering.register(
                case=case,
                filing=Filing(**filing),
                by=by,
                at=moment(date(2025, 4, 1)),
            )
    assert not Remedy.objects.exists()


def test_two_at_once_one_is_told(cast, review):
    day, seen = date(2025, 4, 18), review.revision
    act = {"remedy": review, "on": day, "how": "", "papers": [PDF], "revision": seen, "at": moment(day)}
    answering.submit_answer(**act, by=cast.officer)
    with pytest.raises(log.ChangedMeanwhile, match="别人登记过"):
        answering.submit_answer(**act, by=cast.head)


def test_the_trail_has_a_word_for_each_act_and_nobodys_name(cast, review):
    defended(cast, review, date(2025, 4, 18))
    lines = Entry.objects.filter(subject=review.subject)
    assert [line.act for line in lines] == [
        "remedy_filed", "remedy_notified", "remedy_answered", "added_remedy_paper",
    ]  # fmt: skip
    assert all(line.act in ACT_LABELS for line in lines)
    assert {f"remedy_{kind}" for kind in RemedyEvent.Kind.values} <= set(ACT_LABELS)
    assert "甄" not in str([line.details for line in lines])


def test_the_head_is_told_of_a_new_remedy(cast, case):
    reconsideration(cast, case)
    notice = Notice.objects.get(recipient=cast.head, kind="remedy_filed")
    assert notice.link.startswith("/office/remedies/")


def test_every_act_says_why_it_is_closed(cast, case):
    remedy = reconsideration(cast, case)
    offered = dict(openings(remedy, cast.officer))
    open_now = {act.code for act, refusal in offered.items() if refusal is None}
    assert open_now == {"notify", "accept", "decide", "withdraw", "hand"}
    assert all(str(refusal).strip() for refusal in offered.values() if refusal)
    assert {act.code for act in offered} == {act.code for act in ACTS} - {"appeal", "second"}


def test_papers_are_sealed_and_each_look_is_on_the_trail(cast, review):
    kept = files.add_paper(
        remedy=review, kind="other", paper=files.Paper("a/b\\起诉状.pdf", b"%PDF- made up"), by=cast.officer,
        at=moment(date(2025, 4, 9)),
    )  # fmt: skip
    assert kept.name == "起诉状.pdf"
    assert files.open_paper(file=kept, by=cast.head, at=moment(date(2025, 4, 9))) == b"%PDF- made up"
    with pytest.raises(files.UnableToOpenPaper):
        files.open_paper(file=kept, by=cast.stranger, at=moment(date(2025, 4, 9)))
    assert Entry.objects.filter(act="opened_remedy_paper").count() == 1
    for paper, why in ((files.Paper("a.pdf", b""), "空的"), (files.Paper("a.exe", b"MZ.."), "程序")):
        with pytest.raises(files.UnableToKeepPaper, match=why):
            files.add_paper(
                remedy=review, kind="other", paper=paper, by=cast.officer, at=moment(date(2025, 4, 9))
            )


def test_somebody_who_may_keep_it_takes_it_in_hand(cast, review):
    at = moment(date(2025, 4, 9))
    registering.hand_to(remedy=review, handler=cast.head, by=cast.officer, at=at)
    review.refresh_from_db()
    assert review.handler == cast.head
    with pytest.raises(registering.UnableToHand, match="不能登记"):
        registering.hand_to(remedy=review, handler=cast.stranger, by=cast.officer, at=at)


def test_a_result_that_makes_no_sense_is_refused(cast, review):
    at = moment(date(2025, 6, 10))
    day = date(2025, 6, 3)
    for verdict, why in (
        (Verdict("won", day, day), "请选择结果"),
        (Verdict("revoked", day, date(2025, 6, 2)), "早于作出"),
        (Verdict("revoked", day, date(2025, 6, 11)), "还没有到"),
        (Verdict("revoked", day, day, redo_until=date(2025, 6, 2)), "限定办理"),
        (Verdict("withdrawn", day, day), "请选择结果"),
    ):
        with pytest.raises(results.UnableToRecordResult, match=why):
            results.record_result(remedy=review, verdict=verdict, by=cast.officer, at=at)
    assert states(review) == ("filed", "pending")
