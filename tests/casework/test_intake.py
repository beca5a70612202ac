"""What arrives, and the day that counts as receipt."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.audit.models import Entry
from gongkai.casework.actions import intake, log
from gongkai.casework.models import Application, CaseEvent
from gongkai.law.applicants import ApplicantKind
from gongkai.law.receipt import Channel, Party
from tests.casework.cases import IDENTITY, filing, moment, register

MONDAY, TUESDAY = date(2025, 9, 8), date(2025, 9, 9)


def test_what_is_handed_in_at_the_counter_is_received_that_day(cast):
    case = register(cast, MONDAY).case
    assert (case.number, case.state, case.received_on) == ("2025-0001", "in_progress", MONDAY)
    assert case.due_on == date(2025, 10, 11)
    assert [e.kind for e in case.events.all()] == ["arrived", "received"]


def test_over_the_website_the_office_confirms_and_the_clock_starts_then(cast):
    case = intake.receive_application(
        agency=cast.agency, filing=filing(MONDAY, channel=Channel.WEBSITE), by=None, at=moment(MONDAY)
    ).case
    assert (case.state, case.received_on, case.due_on) == ("received", None, None)
    case = intake.log_confirmation(
        case=case,
        party=Party.OFFICE,
        on=TUESDAY,
        reached=True,
        how="回执",
        by=cast.officer,
        at=moment(TUESDAY),
    )
    assert (case.state, case.received_on) == ("in_progress", TUESDAY)


def test_a_call_that_reached_nobody_is_logged_and_fixes_nothing(cast):
    case = register(cast, MONDAY, channel=Channel.ORDINARY_MAIL).case
    case = intake.log_confirmation(
        case=case,
        party=Party.OFFICE,
        on=MONDAY,
        reached=False,
        how="电话无人接听",
        by=cast.officer,
        at=moment(MONDAY),
    )
    assert case.received_on is None
    assert case.events.filter(kind="confirmation").count() == 1


def test_the_day_is_never_typed_without_a_reason_nor_by_an_officer(cast):
    case = register(cast, MONDAY, channel=Channel.ORDINARY_MAIL).case
    for by, reason in ((cast.head, " "), (cast.officer, "当面说明")):
        with pytest.raises(intake.UnableToFixReceipt):
            intake.fix_receipt(case=case, on=TUESDAY, reason=reason, by=by, at=moment(TUESDAY))
    case = intake.fix_receipt(
        case=case, on=TUESDAY, reason="申请人来电确认，录音在卷", by=cast.head, at=moment(TUESDAY)
    )
    assert case.received_on == TUESDAY


def test_a_day_to_come_is_refused_in_a_sentence(cast):
    with pytest.raises(intake.UnableToReceive, match="2025年9月9日还没有到"):
        intake.receive_application(
            agency=cast.agency, filing=filing(TUESDAY), by=cast.officer, at=moment(MONDAY)
        )
    assert not Application.objects.exists()


def test_numbers_follow_each_other_and_a_refused_one_leaves_no_gap(cast):
    register(cast, MONDAY)
    with pytest.raises(intake.UnableToReceive, match="还缺"):
        register(cast, MONDAY, description=" ")
    assert register(cast, MONDAY).case.number == "2025-0002"


def test_the_identity_lies_sealed_and_a_look_at_it_is_on_the_trail(cast):
    case = register(cast, MONDAY).case
    with connection.cursor() as cursor:
        cursor.execute("SELECT identity, masked_name, fingerprint FROM casework_applicant")
        row = cursor.fetchone()
    assert "示范" not in repr(bytes(row[0]).decode("utf-8", "ignore")) and row[1] == "甄**"
    assert intake.look_at_identity(case=case, by=cast.officer, at=moment(MONDAY)) == IDENTITY
    look = Entry.objects.get(act="looked_at_identity")
    assert look.by == cast.officer and "甄" not in str(look.details)


def test_the_same_person_is_found_again_through_full_width_digits(cast):
    first, second = register(cast).case, None
    second = register(
        cast, identity=IDENTITY | {"id_number": "００００００ 19900101-0000", "name": "甄 示范"}
    ).case
    other = register(cast, identity=IDENTITY | {"id_number": "000000199001010001"}).case
    assert first.applicant.fingerprint == second.applicant.fingerprint != other.applicant.fingerprint


def test_an_organization_is_named_in_full(cast):
    case = register(
        cast, applicant_kind=ApplicantKind.COMMERCIAL_ENTERPRISE, identity={"name": "示例有限公司"}
    ).case
    assert case.applicant.masked_name == "示例有限公司"


@pytest.mark.parametrize(
    "statement", ["UPDATE casework_caseevent SET reason = 'x'", "DELETE FROM casework_caseevent"]
)
def test_the_database_refuses_to_change_the_log(cast, statement):
    register(cast)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_wrong_entry_is_struck_out_with_a_reason_and_the_clock_follows(cast):
    case = register(cast, MONDAY).case
    wrong = log.append(
        case=case, kind="extended", on=TUESDAY, by=cast.head, at=moment(TUESDAY), details={"days": 20}
    )
    assert case.due_on == date(2025, 11, 7)
    with pytest.raises(log.UnableToStrike, match="写明理由"):
        log.strike(event=wrong, reason="", by=cast.head, at=moment(TUESDAY))
    log.strike(event=wrong, reason="登记到了别的案件", by=cast.head, at=moment(TUESDAY))
    case.refresh_from_db()
    assert case.due_on == date(2025, 10, 11)
    assert CaseEvent.objects.filter(case=case).count() == 4


def test_an_unlawful_event_changes_nothing(cast):
    case = register(cast, MONDAY).case
    before = (case.revision, case.events.count())
    with pytest.raises(log.UnableToEnter, match=r"第三十条|不能再要求补正"):
        log.append(
            case=case,
            kind="supplement_requested",
            on=date(2025, 9, 30),
            by=cast.officer,
            at=moment(date(2025, 9, 30)),
        )
    case.refresh_from_db()
    assert (case.revision, case.events.count()) == before


def test_the_section_sees_only_what_was_given_to_it(cast):
    from gongkai.agencies.actions import add_section, open_account
    from gongkai.agencies.models import Membership
    from gongkai.casework.queries import cases_seen_by
    from tests.agencies.cast import MORNING, PASSWORD

    section = add_section(agency=cast.agency, name="基础教育科", by=None, at=MORNING)
    clerk = open_account(
        agency=cast.agency, username="clerk", full_name="史例", password=PASSWORD,
        roles=[Membership.Role.OFFICER], by=None, at=MORNING, section=section,
    )  # fmt: skip
    case = register(cast).case
    assert not cases_seen_by(clerk).exists() and not cases_seen_by(cast.stranger).exists()
    assert cases_seen_by(cast.officer).get() == case == cases_seen_by(cast.leader).get()
    Application.objects.update(section=section)
    assert cases_seen_by(clerk).get() == case
