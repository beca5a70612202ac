"""What was typed into a small form of a case's page is still there when it is refused, once."""

from datetime import date

import pytest
from django.test import Client

from gongkai.casework.actions.assignment import assign
from gongkai.casework.actions.files import add_file
from gongkai.casework.models import CaseFile
from gongkai.law.receipt import Channel
from tests.casework.acting import Clock
from tests.casework.cases import moment, profile, register
from tests.casework.section import staff

WEDNESDAY = date(2025, 9, 10)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture(autouse=True)
def clock(monkeypatch) -> Clock:
    clock = Clock(monkeypatch)
    clock.set(WEDNESDAY)
    return clock


@pytest.fixture
def clerk(cast) -> Client:
    client = Client()
    client.force_login(cast.head)
    return client


@pytest.fixture
def case(cast):
    profile(cast)
    return register(cast, date(2025, 9, 8)).case


def refused(clerk, case, form, back="case", **given):
    """The page to which a refusal leads, and the same page opened again."""
    page = f"/office/cases/{case.pk}/" if back == "case" else f"/office/cases/{case.pk}/arrived/"
    answer = clerk.post(f"/office/cases/{case.pk}/{form}/", {"back": back} | given)
    assert (answer.status_code, answer["Location"]) == (302, page)
    return clerk.get(page).content.decode(), clerk.get(page).content.decode()


@pytest.mark.parametrize("back", ["case", "arrived"])
def test_a_file_that_was_not_chosen_keeps_its_kind_and_its_tick(clerk, case, back):
    first, again = refused(clerk, case, "files", back, kind="provided", shown="yes")
    assert "还没有选文件" in first
    for kept in ('value="provided" selected', 'value="yes" checked'):
        assert kept in first and kept not in again


def test_a_message_that_is_too_long_is_kept_whole(clerk, case):
    text = "示例<b>" + "长" * 2000
    first, again = refused(clerk, case, "message", text=text)
    assert "超过2000字" in first and f"示例&lt;b&gt;{'长' * 2000}</textarea>" in first
    assert "长长" not in again


def test_a_contact_of_tomorrow_is_kept(clerk, cast):
    case = register(cast, WEDNESDAY, channel=Channel.FAX).case
    first, again = refused(
        clerk, case, "confirmation", on="2025-09-11", party="office", reached="yes", how="电话联系（示例）"
    )
    assert "还没有到" in first and 'value="电话联系（示例）"' in first and 'value="2025-09-11"' in first
    assert "电话联系（示例）" not in again


def test_the_reason_for_a_day_of_receipt_is_kept_and_its_form_stands_open(clerk, cast):
    case = register(cast, WEDNESDAY, channel=Channel.FAX).case
    first, _ = refused(clerk, case, "receipt-day", on="2025-09-01", reason="联系三次未果（示例）")
    assert "不能早于到达日期" in first and "联系三次未果（示例）</textarea>" in first
    assert "<details open>\n        <summary>联系不上" in first


def test_the_reason_for_sending_back_is_kept(clerk, cast, case):
    people = staff(cast)
    assign(case=case, section=people.section, person=people.clerk, by=cast.head, at=moment(WEDNESDAY))
    clerk.force_login(people.clerk)
    first, again = refused(clerk, case, "send-back", revision="1", reason="不属于本科室（示例）")
    assert "别人已经办理" in first and "不属于本科室（示例）</textarea>" in first
    assert "不属于本科室（示例）" not in again


def test_what_is_kept_shows_on_no_other_case(clerk, cast, case):
    other = register(cast, WEDNESDAY).case
    clerk.post(f"/office/cases/{case.pk}/message/", {"back": "case", "text": "长" * 2001})
    assert "长长" not in clerk.get(f"/office/cases/{other.pk}/").content.decode()
    assert "长长" in clerk.get(f"/office/cases/{case.pk}/").content.decode()


def test_only_what_can_be_drawn_offers_to_be_blacked_out(clerk, cast, case):
    for name, data in (("示例.png", PNG), ("示例.txt", "示例".encode())):
        add_file(
            case=case,
            kind=CaseFile.Kind.PROVIDED,
            name=name,
            data=data,
            by=cast.officer,
            at=moment(WEDNESDAY),
        )
    picture, text = case.files.order_by("pk")
    page = clerk.get(f"/office/cases/{case.pk}/").content.decode()
    assert f"/office/files/{picture.pk}/redact/" in page
    assert f"/office/files/{text.pk}/redact/" not in page


def test_the_page_leads_to_remedies_once_the_case_is_answered_or_overdue(clerk, cast, case, clock):
    address = f"/office/remedies/case/{case.pk}/"
    assert address not in clerk.get(f"/office/cases/{case.pk}/").content.decode()
    clock.set(date(2025, 12, 1))
    clerk.force_login(cast.head)
    assert address in clerk.get(f"/office/cases/{case.pk}/").content.decode()


def test_the_list_leads_to_the_registers(clerk, cast):
    page = clerk.get("/office/cases/").content.decode()
    slug = cast.agency.slug
    for address in ("letters/", "grounds/", f"patterns/{slug}/", f"cases/import/{slug}/"):
        assert f'"/office/{address}"' in page
