"""The page of today shows what remedies ask of the agency."""

from datetime import date

from django.test import Client

from gongkai.casework.queries.desk import Today
from tests.remedies.remedies import answered_case, decided, defended, notified, reconsideration


def test_a_reconsideration_to_be_answered_stands_on_todays_page(cast):
    remedy = notified(cast, reconsideration(cast, answered_case(cast)), date(2025, 4, 7))
    (heap,) = Today(cast.officer, date(2025, 4, 18)).neighbors
    (line,) = heap.lines
    assert heap.title == "复议诉讼到期"
    assert (line.due_on, line.address) == (date(2025, 4, 21), f"/office/remedies/{remedy.pk}/")
    assert "《行政复议法》" in line.why
    assert not Today(cast.officer, date(2025, 4, 18)).is_quiet


def test_what_was_answered_or_is_far_off_or_not_mine_does_not(cast):
    remedy = notified(cast, reconsideration(cast, answered_case(cast)), date(2025, 4, 7))
    assert Today(cast.officer, date(2025, 4, 8)).neighbors == []
    assert Today(cast.stranger, date(2025, 4, 18)).neighbors == []
    defended(cast, remedy, date(2025, 4, 10))
    assert Today(cast.officer, date(2025, 4, 18)).neighbors == []


def test_the_page_itself_links_to_the_remedy(cast):
    remedy = notified(cast, reconsideration(cast, answered_case(cast)), date(2025, 4, 7))
    client = Client()
    client.force_login(cast.officer)
    page = client.get("/office/").content.decode()
    assert f'href="/office/remedies/{remedy.pk}/"' in page and "复议诉讼到期" in page


def test_a_decided_one_without_anything_owed_is_gone(cast):
    remedy = notified(cast, reconsideration(cast, answered_case(cast)), date(2025, 4, 7))
    defended(cast, remedy, date(2025, 4, 10))
    decided(cast, remedy, "upheld", date(2025, 5, 20))
    assert Today(cast.officer, date(2025, 5, 21)).neighbors == []
