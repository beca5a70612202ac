"""An existing register: every row's fate is said before anything is written."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.casework.exporting import Sheet, as_xlsx
from gongkai.casework.register import Defaults, Reading, read_register, read_table, template
from gongkai.casework.register.tables import MOST_ROWS
from gongkai.casework.register.words import LABELS, channel_of, decision_of, field_of, kind_of_applicant
from gongkai.documents.reading.content import Unreadable
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import DECISIONS
from gongkai.law.receipt import Channel
from gongkai.law.workdays import WorkingCalendar

CALENDAR, TODAY = WorkingCalendar.load(None), date(2025, 6, 1)
HEAD = [
    "登记编号",
    "申请人",
    "申请人类别",
    "申请方式",
    "收到日期",
    "申请内容",
    "补正告知日期",
    "补正日期",
    "延期告知日期",
    "延长天数",
    "答复日期",
    "办理结果",
]
SOUND = [
    "2024-0001",
    "甄示范",
    "自然人",
    "当面",
    "2024-03-04",
    "示例清单",
    "",
    "",
    "",
    "",
    "2024-03-20",
    "予以公开",
]


def line(**changes: str) -> list[str]:
    """A sound row with some of its cells otherwise, named by their field."""
    return [changes.get(field_of(name), text) for name, text in zip(HEAD, SOUND, strict=True)]


def as_csv(rows: list[list[str]], encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(encoding)


def read(*rows: list[str], defaults: Defaults | None = None) -> Reading:
    return read_register(read_table(as_csv([HEAD, *rows])), defaults or Defaults(), CALENDAR, TODAY)


def problems(**changes: str) -> str:
    (row,) = read(line(**changes)).rows
    assert row.row is None
    return " ".join(row.problems)


def test_a_sound_row_keeps_its_number_its_days_and_its_outcome():
    (found,) = read(SOUND).rows
    row = found.row
    assert row is not None and (row.number, row.received_on) == ("2024-0001", date(2024, 3, 4))
    assert (row.kind, row.channel) == (ApplicantKind.NATURAL_PERSON, Channel.IN_PERSON)
    assert row.decision == "granted.provided" and [e.act.value for e in row.events] == ["answered"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_any_usual_encoding(encoding: str):
    reading = read_register(read_table(as_csv([HEAD, SOUND], encoding)), Defaults(), CALENDAR, TODAY)
    assert [row.problems for row in reading.rows] == [()]


def test_a_workbook_with_real_dates_is_read_like_a_csv():
    cells = tuple(date(2024, 3, 4) if text == "2024-03-04" else text for text in SOUND)
    data = as_xlsx([Sheet("登记簿", tuple(HEAD), (cells,))])
    (found,) = read_register(read_table(data), Defaults(), CALENDAR, TODAY).rows
    assert found.row is not None and found.row.received_on == date(2024, 3, 4)


def test_the_template_can_be_read_by_what_it_is_the_template_of():
    reading = read_register(read_table(template()), Defaults(), CALENDAR, TODAY)
    assert [row.problems for row in reading.rows] == [(), ()]
    assert set(reading.columns) == set(LABELS) and reading.ignored == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"number": ""}, "没有写登记编号"),
        ({"name": ""}, "没有写申请人"),
        ({"description": ""}, "没有写申请内容"),
        ({"received_on": ""}, "没有写收到日期"),
        ({"received_on": "去年"}, "不是日期"),
        ({"received_on": "2024-02-30"}, "没有“2024-02-30”这一天"),
        ({"received_on": "2025-06-02", "answered_on": "", "outcome": ""}, "还没有到"),
        ({"received_on": "2018-03-04", "answered_on": "", "outcome": ""}, "日期不合规定"),
        ({"answered_on": "2024-03-01"}, "日期不合规定"),
        ({"supplement_requested_on": "2024-03-18"}, "7个工作日"),
        ({"supplemented_on": "2024-03-10"}, "没有待补正的告知"),
        ({"extended_on": "2024-03-18", "extension_days": "30"}, "不是1到20个工作日"),
        ({"outcome": "不予公开"}, "不认识办理结果“不予公开”"),
        ({"outcome": ""}, "没有写办理结果"),
        ({"answered_on": ""}, "没有写答复日期"),
        ({"channel": "飞鸽"}, "不认识申请方式“飞鸽”"),
        ({"channel": ""}, "没有写申请方式，也没有选默认的"),
        ({"kind": "外星人"}, "不认识申请人类别"),
    ],
)
def test_a_row_with_a_fault_is_refused_in_a_sentence(changes: dict[str, str], says: str):
    assert says in problems(**changes)


def test_every_fault_of_a_row_is_named_at_once():
    said = problems(number="", received_on="x", outcome="y")
    assert "登记编号" in said and "不是日期" in said and "不认识办理结果" in said


def test_of_two_rows_with_one_number_neither_is_imported():
    rows = read(SOUND, line(number="2024-0002"), SOUND).rows
    assert [row.row is None for row in rows] == [True, False, True]
    assert "有2行" in rows[0].problems[0] and rows[2].repeated


def test_what_a_row_does_not_say_holds_by_default():
    (found,) = read(
        line(channel="", kind=""), defaults=Defaults(Channel.FAX, ApplicantKind.NATURAL_PERSON)
    ).rows
    assert found.row is not None and found.row.channel is Channel.FAX


def test_a_late_answer_is_taken_as_it_was():
    (found,) = read(line(answered_on="2024-12-02")).rows
    assert found.problems == ()


def test_a_withdrawn_case_ends_by_withdrawal():
    (found,) = read(line(outcome="申请人撤回")).rows
    assert found.row is not None and [e.act.value for e in found.row.events] == ["withdrawn"]


def test_columns_that_are_not_understood_are_named():
    data = as_csv([[*HEAD, "经办科室"], [*SOUND, "办公室"]])
    assert read_register(read_table(data), Defaults(), CALENDAR, TODAY).ignored == ("经办科室",)


def test_a_title_above_the_head_does_no_harm():
    data = as_csv([["示例市教育局依申请公开登记簿（2024年）", ""], HEAD, SOUND])
    assert read_register(read_table(data), Defaults(), CALENDAR, TODAY).rows[0].problems == ()


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.4 nothing", b"\x89PNG\r\n\x1a\n000", "没有分隔的一行字".encode(), as_csv([["甲", "乙"]])],
)
def test_what_is_no_register_is_refused_in_a_sentence(data: bytes):
    with pytest.raises(Unreadable, match="。"):
        read_register(read_table(data), Defaults(), CALENDAR, TODAY)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda each: each.code)
def test_every_decision_is_known_by_its_own_label(decision):
    assert decision_of(decision.label) == decision.code


@pytest.mark.parametrize("channel", Channel)
def test_every_channel_is_known_by_its_own_label(channel: Channel):
    assert channel_of(channel.label) is channel


@pytest.mark.parametrize("kind", ApplicantKind)
def test_every_kind_of_applicant_is_known_by_its_own_label(kind: ApplicantKind):
    assert kind_of_applicant(kind.label) is kind


@given(st.lists(st.lists(st.text(max_size=12), min_size=len(HEAD), max_size=len(HEAD)), max_size=6))
@settings(max_examples=60, deadline=None)
def test_no_nonsense_crashes_and_each_row_is_either_sound_or_explained(rows: list[list[str]]):
    try:
        reading = read(*rows)
    except Unreadable:
        return
    assert all(bool(row.problems) == (row.row is None) for row in reading.rows)


def test_a_register_too_long_for_one_import_is_refused_before_it_is_read():
    rows = [HEAD, *([SOUND] * (MOST_ROWS + 1))]
    with pytest.raises(Unreadable, match="请按年度分成几个文件"):
        read_table(as_csv(rows))


def test_what_is_no_table_is_said_in_words_about_a_register():
    with pytest.raises(Unreadable, match="请把登记簿另存为"):
        read_table(bytes(range(256)) * 50)
