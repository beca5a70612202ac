"""gongkai due: dates for a person, the exchange form for programs."""

import json

import pytest

from gongkai.cli.due import standing
from gongkai.law.clock import AWAITING_REASONS, Deadline

THIRD_PARTY = {
    "id": "a1",
    "region": None,
    "events": [
        {"kind": "received", "on": "2025-09-08"},
        {"kind": "consultation_opened", "on": "2025-09-11", "with": "third_party"},
        {"kind": "consultation_closed", "on": "2025-09-26", "with": "third_party"},
    ],
}
STANDING = {
    "id": "a2",
    "events": [
        {"kind": "received", "on": "2025-09-08"},
        {"kind": "supplement_requested", "on": "2025-09-10"},
    ],
}
SECOND_SUPPLEMENT = {
    "id": "a3",
    "events": [
        *STANDING["events"],
        {"kind": "supplemented", "on": "2025-09-15"},
        {"kind": "supplement_requested", "on": "2025-09-16"},
    ],
}


def lines(*cases):
    return "\n".join(json.dumps(case, ensure_ascii=False) for case in cases) + "\n"


def test_a_day_of_receipt_gives_the_three_days_with_their_articles(gongkai):
    done = gongkai("due", "2025-09-15")
    assert done.status == 0
    for words in ("2025-09-24", "第三十条", "2025-10-17", "第三十三条", "2025-11-14"):
        assert words in done.out


def test_a_region_has_days_off_of_its_own(gongkai):
    national = gongkai("due", "2025-05-19", "--json").json
    xinjiang = gongkai("due", "2025-05-19", "--region", "65-xinjiang", "--json").json
    assert (national["due_on"], xinjiang["due_on"]) == ("2025-06-17", "2025-06-20")
    assert xinjiang["estimated"] is False
    assert all(step.keys() == {"on", "text", "article"} for step in xinjiang["steps"])


def test_a_year_without_a_notice_is_an_estimate_and_says_so(gongkai):
    assert gongkai("due", "2027-03-01", "--json").json["estimated"] is True
    assert "估算" in gongkai("due", "2027-03-01").out


def test_an_office_may_add_a_notice_of_its_own(gongkai, tmp_path):
    notice = tmp_path / "2027.toml"
    notice.write_text(
        'year = 2027\n[[notices]]\ntitle = "演示通知"\nnotice = "演示〔2026〕1号"\nissued_on = 2026-11-01\n'
        'notice_status = "verified"\n[[notices.holidays]]\nname = "演示节"\n'
        "first = 2027-03-02\nlast = 2027-03-02\n",
        "utf-8",
    )
    done = gongkai("due", "2027-03-01", "--notice", notice, "--json").json
    assert (done["due_on"], done["estimated"]) == ("2027-03-30", False)


def test_cases_are_answered_one_a_line_and_in_order(gongkai):
    done = gongkai("due", "--events", "-", "--json", stdin=lines(THIRD_PARTY, STANDING))
    first, second = map(json.loads, done.out.splitlines())
    assert done.status == 0
    assert (first["id"], first["due_on"], first["state"]) == ("a1", "2025-10-27", "in_progress")
    assert (second["id"], second["due_on"], second["state"]) == ("a2", None, "awaiting_supplement")


def test_an_unlawful_line_is_refused_with_its_article_and_the_others_are_answered(gongkai):
    done = gongkai("due", "--events", "-", "--json", stdin=lines(SECOND_SUPPLEMENT, THIRD_PARTY) + "{\n")
    second_notice, lawful, broken = map(json.loads, done.out.splitlines())
    assert done.status == 1
    assert "第三十条" in second_notice["error"] and "due_on" not in second_notice
    assert lawful["due_on"] == "2025-10-27"
    assert "JSON" in broken["error"]


def test_cases_are_explained_in_words_without_json(gongkai, tmp_path):
    events = tmp_path / "cases.jsonl"
    events.write_text(lines(THIRD_PARTY, STANDING, SECOND_SUPPLEMENT), "utf-8")
    done = gongkai("due", "--events", events)
    assert done.status == 1
    assert "a1：最迟2025年10月27日答复" in done.out
    assert "a2：待申请人补正，期限停计" in done.out
    assert "a3：" in done.out and "不能再次要求补正" in done.out


@pytest.mark.parametrize(
    ("later", "words"),
    [
        ([("answered", {})], "已办结"),
        ([("supplement_requested", {}), ("withdrawn", {})], "已办结"),
        ([("fee_noticed", {})], "待申请人缴费，期限停计"),
        ([("consultation_opened", {"with": "agency"})], "征求意见中，期限停计"),
        ([("reasons_requested", {})], "最迟2025年10月11日答复"),
        ([("extended", {"days": 20})], "最迟2025年11月7日答复"),
    ],
)
def test_a_case_is_headed_by_how_it_stands(gongkai, later, words):
    events = [{"kind": kind, "on": "2025-09-10"} | more for kind, more in later]
    case = {"id": "a4", "events": [{"kind": "received", "on": "2025-09-08"}, *events]}
    assert gongkai("due", "--events", "-", stdin=lines(case)).out.splitlines()[0] == f"a4：{words}"


def test_a_clock_may_be_ruled_to_stand_for_reasons():
    assert standing(Deadline(None, AWAITING_REASONS, (), ())) == "待申请人说明理由，期限停计"


def test_bad_input_is_one_sentence_and_status_2(gongkai, tmp_path):
    (tmp_path / "gbk.jsonl").write_bytes("{“案件”}".encode("gb18030"))
    for arguments, words in (
        (["2025-13-01"], "不是日期"),
        (["2019-01-01"], "2019年5月15日"),
        (["2025-01-01", "--region", "99-nowhere"], "99-nowhere"),
        (["--events", "absent.jsonl"], "打不开"),
        (["--events", "gbk.jsonl"], "UTF-8"),
    ):
        done = gongkai("due", *arguments)
        assert (done.status, done.out) == (2, ""), arguments
        assert words in done.err
        assert "Traceback" not in done.err
