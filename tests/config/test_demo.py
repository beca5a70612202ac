"""The demo office: every outcome, wait and result is there to be looked at, each made the lawful way; the
year 2020 of its publishing is that of a published report."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction
from django.test import override_settings

from gongkai.agencies.models import Account, Agency, Membership
from gongkai.audit.models import Entry
from gongkai.audit.queries import verify_chain
from gongkai.casework.models import Applicant, Application, CaseEvent, Consultation, Letter
from gongkai.casework.queries.desk import Today
from gongkai.casework.reckoning import deadline_of
from gongkai.config.demo import casework
from gongkai.config.demo.plan import Line, lines, table
from gongkai.config.demo.publishing_acts import ACTS
from gongkai.config.demo.stage import Stage
from gongkai.config.demo.verbs import VERBS
from gongkai.law.applicants import ApplicantKind
from gongkai.law.clock.events import Consulted
from gongkai.law.outcomes import DECISIONS
from gongkai.law.publishing.review import review_paths
from gongkai.law.receipt import Channel
from gongkai.law.workdays import WorkingCalendar
from gongkai.publishing.models import (
    CatalogNode,
    DisclosureClass,
    Item,
    NewsletterIssue,
    Planned,
    Publication,
    ReviewSheet,
    Suggestion,
    TransferBatch,
)
from gongkai.publishing.policies.review import next_step
from gongkai.publishing.queries.duties import board_of
from gongkai.publishing.queries.guides import guides_of
from gongkai.publishing.queries.items import public_of
from gongkai.publishing.queries.postings import channel_figures, to_take_down
from gongkai.publishing.queries.stale import inspection_of
from gongkai.publishing.queries.withheld import withheld_of
from gongkai.remedies.models import Remedy
from gongkai.reporting.models import AnnualReport, YearCut

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
CALENDAR = WorkingCalendar.load("65-xinjiang")
Kind = CaseEvent.Kind


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    """The whole demo, played once for this file."""
    quick = override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        IDENTITY_KEYS=(b"only for tests, 32 bytes of it..",),
    )
    with quick, django_db_blocker.unblock(), transaction.atomic():
        casework.open_demo_office()
        yield casework.open_casework(NOW)
        transaction.set_rollback(True)


def of_office(stage: Stage) -> list[Application]:
    return list(Application.objects.filter(agency=stage.agency))


def test_every_decision_is_reached(stage: Stage):
    reached = {case.decision for case in of_office(stage)} - {""}
    assert reached == {decision.code for decision in DECISIONS}


def test_cases_end_without_a_decision_in_every_way_there_is(stage: Stage):
    assert {case.disposal for case in of_office(stage)} - {""} == set(Application.Disposal.values)


def test_every_channel_and_every_kind_of_applicant_comes(stage: Stage):
    cases = of_office(stage)
    misdirected = Application.objects.exclude(agency=stage.agency).get()
    assert {case.channel for case in cases} | {misdirected.channel} == {each.value for each in Channel}
    assert {case.applicant_kind for case in cases} == {kind.value for kind in ApplicantKind}


def test_the_cases_lie_in_three_years(stage: Stage):
    years = [case.arrived_on.year for case in of_office(stage)]
    assert {year: years.count(year) >= 15 for year in sorted(set(years))} == {
        2024: True,
        2025: True,
        2026: True,
    }


@pytest.mark.parametrize("kind", [kind.value for kind in Kind if kind is not Kind.CALENDAR_CHANGED])
def test_everything_that_can_happen_to_a_case_happened(stage: Stage, kind: str):
    assert CaseEvent.objects.filter(case__agency=stage.agency, kind=kind).exists()


def test_what_was_overturned_was_done_or_is_being_done(stage: Stage):
    for remedy in Remedy.objects.filter(column="overturned", owes=True):
        assert remedy.case.redecisions.exists(), remedy
    anew = Application.objects.filter(re_decides__isnull=False)
    assert {case.is_open for case in anew} == {True, False}
    assert not anew.filter(counted=True).exists()


def test_whoever_can_be_asked_is_being_asked_now(stage: Stage):
    asked = Consultation.objects.filter(answer="", sent_on__isnull=False).exclude(case__state="closed")
    assert set(asked.values_list("kind", flat=True)) == {each.value for each in Consulted}


def test_every_answer_to_being_asked_was_given(stage: Stage):
    assert set(Consultation.objects.values_list("answer", flat=True)) == {"", *Consultation.Answer.values}


def test_cases_stand_in_every_state_and_approvals_wait_at_every_step(stage: Stage):
    assert {case.state for case in of_office(stage)} == {
        "received",
        "in_progress",
        "awaiting_supplement",
        "awaiting_fee",
        "closed",
    }
    waiting = Letter.objects.filter(state=Letter.State.IN_REVIEW)
    given = {tuple(letter.approvals.values_list("step", flat=True)) for letter in waiting}
    assert {(), ("section", "office")} <= given


def test_table_4_has_a_case_in_every_block_and_column(stage: Stage):
    found = set(Remedy.objects.values_list("forum", "route", "column"))
    columns = ("upheld", "overturned", "other_result", "pending")
    blocks = (
        ("reconsideration", ""),
        ("litigation", "direct_suit"),
        ("litigation", "suit_after_reconsideration"),
    )
    assert found == {(*block, column) for block in blocks for column in columns}


def test_the_head_and_the_officer_find_work_of_every_kind_today(stage: Stage):
    head, edu = (Account.objects.get(username=name) for name in ("head", "edu"))
    board = Today(head, NOW.date())
    assert {heap.code for heap in board.heaps} == {
        "overdue",
        "soon",
        "unconfirmed",
        "lapsed",
        "opinions",
        "unassigned",
        "pool",
        "internal",
        "mine",
    }
    assert board.approvals and board.unserved and board.unread
    assert Today(edu, NOW.date()).heaps[0].code == "mine"


def test_every_due_day_is_the_one_the_law_gives(stage: Stage):
    running = [case for case in of_office(stage) if case.received_on and case.matter == "disclosure"]
    assert len(running) > 60
    for case in running:
        reckoned = deadline_of(case)
        assert reckoned is not None
        assert case.due_on == reckoned.due_on, case.number


def test_one_answer_was_late_and_says_why(stage: Stage):
    [late] = CaseEvent.objects.filter(kind=Kind.LETTER_SIGNED, details__has_key="late_by")
    assert late.reason


def test_numbers_of_documents_follow_their_days(stage: Stage):
    for series in ("复", "告", "函", "费"):
        letters = Letter.objects.filter(agency=stage.agency, series=series).order_by("year", "serial")
        days = [letter.signed_on for letter in letters]
        assert days == sorted(days) and days
        assert [letter.serial for letter in letters if letter.year == 2025] == list(
            range(1, 1 + sum(letter.year == 2025 for letter in letters))
        )


def test_the_reports_of_both_years_are_published_from_frozen_registers(stage: Stage):
    for year in (2024, 2025):
        report = AnnualReport.objects.get(agency=stage.agency, year=year)
        assert report.state == AnnualReport.State.PUBLISHED
        assert YearCut.objects.filter(agency=stage.agency, year=year).exists()
        assert report.filled["table3.new_received.total"] > 15
    before, after = (AnnualReport.objects.get(agency=stage.agency, year=year).filled for year in (2024, 2025))
    assert before["table3.carried_forward.total"] == after["table3.brought_forward.total"] > 0


def test_the_trail_is_whole_and_in_order(stage: Stage):
    assert verify_chain().broken_at is None
    made = Entry.objects.filter(agency=stage.agency, act__in=Kind.values).order_by("number")
    moments = list(made.values_list("at", flat=True))
    assert len(moments) > 500
    assert moments == sorted(moments)
    assert max(moments) <= NOW


def test_nobody_in_it_exists(stage: Stage):
    for applicant in Applicant.objects.all():
        said = applicant.identity
        assert said.get("id_number", "000000")[:6] in {"000000", "E00000"}
        assert said.get("credit_code", "000000").startswith("000000")
        assert said["email"].endswith(".invalid")
        assert "（虚构）" in said["name"] or len(said["name"]) == 3


def test_each_role_has_an_account(stage: Stage):
    roles = Membership.objects.filter(account__is_active=True).values_list("role", flat=True)
    assert set(roles) == set(Membership.Role.values)
    assert Account.objects.filter(memberships__section__name="基础教育科").count() == 2


def of_2020(stage: Stage) -> list[Publication]:
    first = Publication.objects.filter(item__agency=stage.agency, first_published_on__year=2020)
    return list(first.filter(published_on__year=2020).select_related("item__node"))


def test_the_year_2020_is_53_items_14_on_the_website_and_39_on_wechat(stage: Stage):
    found = of_2020(stage)
    assert len({publication.item_id for publication in found}) == len(found) == 53
    assert sum(publication.on_website for publication in found) == 14
    figures = channel_figures(stage.agency, 2020)
    assert figures.items == figures.new_items == 53
    posted = {each.channel: each.items for each in figures.channels}
    assert (posted["website"], posted["wechat"]) == (14, 39)


def test_the_items_of_2020_lie_in_all_ten_categories(stage: Stage):
    begun = CatalogNode.objects.filter(agency=stage.agency, template_row__startswith="education_bureau/")
    leaves = set(begun.filter(children=None).values_list("pk", flat=True))
    assert {publication.item.node_id for publication in of_2020(stage)} == leaves
    assert len(leaves) == 10


def test_table_2_of_2020_is_counted_from_the_registers(stage: Stage):
    filled = AnnualReport.objects.get(agency=stage.agency, year=2020).filled
    service = {
        name: filled[f"table2.other_external_service.{name}"] for name in ("items_last_year", "change")
    }
    assert service == {"items_last_year": 4, "change": 10}
    assert filled["table2.other_external_service.decisions"] == 0
    assert filled["table2.administrative_fee.items_last_year"] == 5
    assert filled["table2.administrative_fee.change"] == 0
    assert filled["table2.central_procurement.projects"] == 4
    assert filled["table2.central_procurement.amount"] == Decimal("1082.36")


def test_six_guides_have_the_six_disclosures_and_one_still_hangs_in_its_old_edition(stage: Stage):
    found = guides_of(stage.agency, stage.person("head"))
    assert len(found.services) == 6
    assert [guide.gaps for guide in found.services] == [()] * 6
    assert [guide.stale for guide in found.services if guide.stale] == [("政务公开栏",)]
    assert [guide.gaps for guide in found.disclosure] == [()]
    assert len(found.rules) == 4 and len(found.missing) == 2


def test_one_newsletter_of_2020_is_out_and_one_is_being_put_together(stage: Stage):
    issues = NewsletterIssue.objects.filter(agency=stage.agency).order_by("year")
    assert list(issues.values_list("state", flat=True)) == ["released", "draft"]
    assert [issue.entries.count() for issue in issues] == [5, 3]


def test_what_hung_in_2020_was_taken_off_in_time(stage: Stage):
    old = {line.last.title for line in to_take_down(stage.person("head"), stage.agency, NOW.date())}
    assert old == {"学生转学办事指南（演示）", "课后服务收费公示（演示）", "教师职称评审通过人员公示（演示）"}


def test_items_stand_in_every_state_and_sheets_wait_at_every_step(stage: Stage):
    items = Item.objects.filter(agency=stage.agency)
    assert set(items.values_list("state", flat=True)) == set(Item.State.values)
    assert set(items.values_list("disclosure_class", flat=True)) == set(DisclosureClass.values)
    assert set(items.values_list("kind", flat=True)) == set(Item.Kind.values) - {"clarification"}
    open_sheets = ReviewSheet.objects.filter(item__agency=stage.agency, state="open")
    waiting = {step.code for sheet in open_sheets if (step := next_step(sheet))}
    assert waiting == {step.code for step in review_paths()["escalated"].reviews}
    assert set(ReviewSheet.objects.values_list("state", flat=True)) == set(ReviewSheet.State.values)
    assert Planned.objects.filter(done_at=None).exists()


def test_publications_ended_in_every_way(stage: Stage):
    assert set(Publication.objects.values_list("end", flat=True)) == {"", *Publication.End.values}


def test_nothing_is_public_without_four_reviewers_of_exactly_these_bytes(stage: Stage):
    for publication in public_of(stage.agency).select_related("sheet__edition"):
        opinions = publication.sheet.opinions.filter(content_sha256=publication.content_sha256)
        authors = set(publication.edition.authors.values_list("account", flat=True))
        reviewers = set(opinions.values_list("by", flat=True))
        assert len(reviewers) == 4 and not reviewers & authors, publication


def test_duties_of_every_color_and_columns_that_stand_still(stage: Stage):
    board = board_of(stage.agency, stage.person("head"), NOW.date())
    assert all(count for _, count in board.counts), board.counts
    assert {line.kind for line in board.lines} >= {"item", "plan", "posting", "stage"}
    states = {column.state for column in inspection_of(stage.agency, NOW.date()).columns}
    assert states >= {"fresh", "stale", "empty"}
    looks = withheld_of(stage.agency, stage.person("head"), NOW.date())
    assert [look.is_due for look in looks] == [True, False]


def test_suggestions_and_transfers_are_open_and_done(stage: Stage):
    assert set(Suggestion.objects.values_list("outcome", flat=True)) == {"", "agreed"}
    signed = [batch.received_on is not None for batch in TransferBatch.objects.filter(agency=stage.agency)]
    assert sorted(signed) == [False, True]


def test_everybody_finds_publishing_work_on_the_page_of_today(stage: Stage):
    heaps = {
        "head": "publishing-duties",
        "plan": "publishing-returned",
        "edu-head": "publishing-review",
        "secrecy": "publishing-review",
        "leader": "publishing-review",
        "officer": "publishing-off",
    }
    for who, code in heaps.items():
        today = Today(stage.person(who), NOW.date())
        assert code in {heap.code for heap in today.neighbors}, who


def test_every_act_of_the_publishing_plan_is_used():
    plan = table("publications_now")
    used = {line["do"] for entry in (*plan["standing"], *plan["items"]) for line in entry["lines"]}
    assert used == set(ACTS)


@pytest.mark.parametrize(
    "today", [date(2024, 6, 1), date(2026, 2, 17), date(2026, 11, 24), date(2027, 3, 6), date(2031, 5, 1)]
)
def test_the_plan_can_be_read_on_any_day(today: date):
    found = list(lines(today, CALENDAR))
    assert {line.do for line in found} <= set(VERBS)
    arrivals = [line.name for line in found if line.do == "arrive"]
    assert len(arrivals) == len(set(arrivals))


def test_every_verb_is_used_and_every_applicant_applies():
    found = list(lines(NOW.date(), CALENDAR))
    assert {line.do for line in found} == set(VERBS)
    applying = {line.given["who"] for line in found if line.do == "arrive"}
    assert applying == set(table("applicants")["applicants"])


def test_a_line_that_is_refused_leaves_nothing_behind(db: None, monkeypatch):
    wrong = [
        Line(
            "somebody", date(2024, 1, 15), "arrive", {"who": "zhang", "channel": "oral", "description": "甲"}
        ),
        Line("somebody", date(2024, 1, 16), "pay", {}),
    ]
    monkeypatch.setattr(casework, "lines", lambda today, calendar: wrong)
    with pytest.raises(Exception, match="没有待缴费") as refused:
        casework.open_demo(NOW)
    assert refused.value.__notes__ == ["somebody, 2024-01-16: pay"]
    assert not Agency.objects.exists()
    assert not Application.objects.exists()
