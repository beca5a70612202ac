"""The list: filtered, sorted, kept under a name, and taken away as a file."""

import csv
import io
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from gongkai.audit.models import Entry
from gongkai.casework.actions import assignment, office
from gongkai.casework.exporting import Sheet, as_csv, as_xlsx
from gongkai.casework.models import Application, SavedList
from gongkai.casework.queries.lists import PAGE, listed, natural, page_of
from gongkai.law.applicants import ApplicantKind
from gongkai.law.receipt import Channel
from gongkai.pieces.spreadsheets import defused
from tests.casework.cases import moment, register
from tests.casework.section import answered, client_of, enter, fresh, staff

MONDAY = date(2025, 9, 8)
ON = date(2025, 10, 20)
AT = moment(MONDAY)


def numbers(cast, text="", **filters):
    found = listed(fresh(cast.officer), filters, text, ON)
    return sorted(case.number for case in found)


@pytest.fixture
def three(cast):
    """An open one that is late, one answered in time, one that waits for a confirmation."""
    late = register(cast, MONDAY, description="关于㛃镇𠮷村小学的批复").case
    done = answered(cast, MONDAY, date(2025, 9, 26), "unable_to_provide.nonexistent")
    waiting = register(
        cast, date(2025, 10, 17), channel=Channel.EMAIL,
        applicant_kind=ApplicantKind.COMMERCIAL_ENTERPRISE, identity={"name": "示例有限公司"},
    ).case  # fmt: skip
    return late, done, waiting


def test_each_filter_finds_its_own(cast, three):
    late, done, waiting = (case.number for case in three)
    section = staff(cast).section
    assignment.assign(case=three[0], section=section, person=None, by=cast.officer, at=AT)
    expected = [
        ({}, [late, done, waiting]), ({"state": "open"}, [late, waiting]), ({"state": "closed"}, [done]),
        ({"state": "received"}, [waiting]), ({"overdue": True}, [late]), ({"channel": "email"}, [waiting]),
        ({"kind": "commercial_enterprise"}, [waiting]), ({"section": str(section.pk)}, [late]),
        ({"section": "none"}, [done, waiting]), ({"pool": True}, [late]),
        ({"officer": "none"}, [late, done, waiting]),
        ({"outcome": "unable_to_provide.nonexistent"}, [done]), ({"matter": "rectification"}, []),
        ({"received_from": date(2025, 9, 9)}, []), ({"received_to": MONDAY}, [late, done]),
        ({"due_to": date(2025, 10, 11), "state": "open"}, [late]), ({"redecision": True}, []),
        ({"unserved": True}, []), ({"mine": True}, []),
    ]  # fmt: skip
    for filters, found in expected:
        assert numbers(cast, **filters) == sorted(found), filters


def test_an_answer_after_the_due_day_stays_overdue_when_it_is_closed(cast):
    case = answered(cast, MONDAY, date(2025, 10, 13))
    assert numbers(cast, overdue=True) == [case.number]


@pytest.mark.parametrize("text", ["㛃镇", "𠮷村", "2025-0001", "0001"])
def test_a_text_is_found_as_it_stands_rare_characters_too(cast, three, text):
    assert numbers(cast, text) == [three[0].number]


@pytest.mark.parametrize("text", ["%", "_", "甄示范"])
def test_a_text_is_no_pattern_and_names_are_not_searched(cast, three, text):
    assert numbers(cast, text) == []


def test_numbers_are_sorted_as_people_read_them(cast):
    for number in ("2025-10", "2025-9", "2024-100"):
        case = register(cast, MONDAY).case
        Application.objects.filter(pk=case.pk).update(number=number)
    found = page_of(listed(fresh(cast.officer), {}, "", ON), "number", 1)
    assert [case.number for case in found.cases] == ["2024-100", "2025-9", "2025-10"]


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(["2025-", "教〔2025〕", ""]))
def test_the_key_of_a_number_follows_its_figure(one, other, before):
    assert (natural(f"{before}{one}") < natural(f"{before}{other}")) == (one < other)


@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), max_size=6), max_size=6))
@example(["①", "1", "²"])
def test_any_numbers_can_be_sorted(texts):
    assert len(sorted(texts, key=natural)) == len(texts)


def test_a_page_that_is_not_there_becomes_the_nearest(cast, three):
    found = listed(fresh(cast.officer), {}, "", ON)
    for page in (-3, 0, 1, 99):
        assert (page_of(found, "", page).page, page_of(found, "", page).count) == (1, 3)
    assert PAGE == 50


def test_urgent_ones_come_first_and_the_newest_closed_behind_them(cast, three):
    found = page_of(listed(fresh(cast.officer), {}, "", ON), "", 1)
    assert [case.pk for case in found.cases] == [three[0].pk, three[2].pk, three[1].pk]


def test_the_searched_text_stays_out_of_every_address(cast, three):
    page = client_of(cast.officer)
    answer = page.post("/office/cases/search/", {"text": "𠮷村", "query": "state=open"})
    assert answer.headers["Location"] == "/office/cases/?state=open"
    shown = page.get("/office/cases/?state=open").content.decode()
    assert "<strong>1件</strong>" in shown and "含“𠮷村”" in shown
    page.post("/office/cases/search/", {"text": ""})
    assert "<strong>3件</strong>" in page.get("/office/cases/").content.decode()


def test_a_form_full_of_nonsense_filters_nothing_and_says_why(cast, three):
    answer = client_of(cast.officer).get("/office/cases/?due_from=昨天&state=zzz&page=x&section=abc")
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "条件有误，没有筛选" in said and "请写成2026年3月1日" in said


def test_nothing_found_says_what_to_do_next(cast):
    page = client_of(cast.officer)
    assert "还没有申请" in page.get("/office/cases/").content.decode()
    assert "去掉一两个条件" in page.get("/office/cases/?overdue=1").content.decode()


def test_filters_are_kept_under_a_name_and_only_for_oneself(cast):
    page, other = client_of(cast.officer), client_of(cast.head)
    page.post("/office/cases/kept/", {"name": "我的 逾期", "query": "overdue=on"})
    kept = SavedList.objects.get()
    assert (kept.name, kept.query) == ("我的 逾期", "overdue=on")
    assert "我的 逾期" in page.get("/office/cases/").content.decode()
    assert "我的 逾期" not in other.get("/office/cases/").content.decode()
    assert other.post(f"/office/cases/kept/{kept.pk}/drop/").status_code == 404
    page.post("/office/cases/kept/", {"name": "我的 逾期", "query": "pool=on"})
    assert SavedList.objects.get().query == "pool=on"
    page.post(f"/office/cases/kept/{kept.pk}/drop/")
    assert not SavedList.objects.exists()


@pytest.mark.parametrize(("name", "query"), [("", "x=1"), ("长", "x" * 501)])
def test_a_list_without_a_name_or_too_long_is_not_kept(cast, name, query):
    with pytest.raises(office.UnableToKeepList):
        office.keep_list(name=name, query=query, by=cast.officer, at=AT)


def test_a_file_holds_exactly_the_list_and_nobodys_identity(cast, three):
    page = client_of(cast.officer)
    book = page.get("/office/cases/export/xlsx/?state=open")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == [three[0].number, three[2].number]
    assert rows[1][rows[0].index("答复期限")] == date(2025, 10, 11)
    text = page.get("/office/cases/export/csv/?state=open").content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert [line[0] for line in lines] == [str(row[0]) for row in rows]
    assert lines[1][4] == "甄**" and "甄示范" not in text and "0000001" not in text
    assert Entry.objects.filter(act="exported_list").count() == 2
    assert page.get("/office/cases/export/exe/").status_code == 404


def test_a_section_takes_away_only_its_own_cases(cast, three):
    there = staff(cast)
    book = client_of(there.clerk).get("/office/cases/export/csv/").content.decode("utf-8-sig")
    assert len(book.splitlines()) == 1


@given(st.text(min_size=1))
def test_no_text_is_taken_for_a_formula(text):
    assert defused(text)[0] not in "=+-@\t\r\n"


def test_a_formula_in_a_title_stays_a_text_in_both_files(cast):
    sheet = Sheet("表", ("=head", "n"), (("=1+1", 3), ("+86", None), ("平常", 1.5)))
    read = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx([sheet]))).get_sheet_by_index(0).to_python()
    assert read == [["=head", "n"], ["=1+1", 3], ["+86", ""], ["平常", 1.5]]
    assert as_csv([sheet]).decode("utf-8-sig").splitlines()[1] == "'=1+1,3"


def test_an_open_case_entered_closed_shows_its_result(cast):
    case = register(cast, MONDAY).case
    enter(case, "closed", MONDAY, cast.officer, disposal="transferred")
    page = client_of(cast.officer).get("/office/cases/?outcome=transferred").content.decode()
    assert case.number in page and "已转送其他机关" in page
