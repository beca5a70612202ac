import json
from pathlib import Path

import pytest
from hypothesis import strategies as st

from gongkai.law.clock.exchange import answer_case, answer_line
from tests.law.properties import for_all

RECEIVED = {"kind": "received", "on": "2025-09-08"}
OPENED = {"kind": "consultation_opened", "on": "2025-09-11", "with": "third_party"}
CLOSED = {"kind": "consultation_closed", "on": "2025-09-26"}


def ask(**record: object) -> dict[str, object]:
    return json.loads(answer_line(json.dumps(record)))


def test_a_line_is_answered_by_a_line() -> None:
    answer = ask(id="a1", region=None, events=[RECEIVED, OPENED, CLOSED])
    steps = answer.pop("steps")
    assert answer == {"id": "a1", "due_on": "2025-10-27", "state": "in_progress", "estimated": False}
    assert steps[0]["on"] == "2025-09-08"
    assert steps[0]["article"] == "第三十三条"
    assert len(steps) == 3


def test_a_clock_that_stands_has_no_due_date() -> None:
    answer = ask(id=7, events=[RECEIVED, OPENED])
    assert (answer["id"], answer["due_on"], answer["state"]) == (7, None, "awaiting_consultation")


def test_a_breach_takes_the_place_of_the_due_date() -> None:
    answer = ask(id="b", events=[RECEIVED, {"kind": "extended", "on": "2025-10-13", "days": 5}])
    assert set(answer) == {"id", "error", "article"}
    assert answer["error"].endswith("（第三十三条）")


def test_an_answer_is_a_deadline_or_a_breach() -> None:
    answered = answer_case(json.dumps({"events": [RECEIVED]}))
    refused = answer_case(json.dumps({"events": [CLOSED]}))
    assert answered.breach is None
    assert answered.deadline is not None
    assert refused.deadline is None
    assert refused.breach is not None


def test_a_region_is_counted_by_its_own_calendar() -> None:
    answer = ask(id="r", region="65-xinjiang", events=[{"kind": "received", "on": "2025-05-19"}])
    assert answer["due_on"] == "2025-06-20"


def test_an_office_hands_in_its_own_notice(tmp_path: Path) -> None:
    own = tmp_path / "2090.toml"
    own.write_text(
        'year = 2090\n[[notices]]\ntitle = "自行录入"\nnotice = ""\n[[notices.holidays]]\n'
        'name = "元旦"\nfirst = 2090-01-02\nlast = 2090-01-03\n',
        "utf-8",
    )
    line = json.dumps({"id": "n", "events": [{"kind": "received", "on": "2090-01-01"}]})
    assert json.loads(answer_line(line))["estimated"] is True
    answer = json.loads(answer_line(line, [own]))
    assert (answer["due_on"], answer["estimated"]) == ("2090-01-31", False)


def test_every_kind_of_event_is_read() -> None:
    events = [
        RECEIVED,
        {"kind": "supplement_requested", "on": "2025-09-09", "until": "2025-09-19"},
        {"kind": "supplemented", "on": "2025-09-10"},
        OPENED,
        {**CLOSED, "with": "third_party"},
        {"kind": "extended", "on": "2025-09-28", "days": 5},
        {"kind": "reasons_requested", "on": "2025-09-28"},
        {"kind": "reasons_given", "on": "2025-09-29"},
        {"kind": "delayed", "on": "2025-09-29", "until": "2025-12-31"},
        {"kind": "fee_noticed", "on": "2025-09-30"},
        {"kind": "fee_paid", "on": "2025-10-09"},
        {"kind": "answered", "on": "2025-10-10"},
    ]
    assert ask(id="all", events=events)["state"] == "closed"
    assert ask(id="w", events=[RECEIVED, {"kind": "withdrawn", "on": "2025-09-09"}])["state"] == "closed"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "不是 JSON 对象"),
        ("收到申请", "不是 JSON 对象"),
        ("[1]", "不是 JSON 对象"),
        ("[" * 100_000, "不是 JSON 对象"),
        ('{"events": []}', "events 应为非空"),
        ('{"events": "received"}', "events 应为非空"),
        ('{"events": ["received"]}', "第1个事件不是 JSON 对象"),
        ('{"events": [{"kind": "begun", "on": "2025-09-08"}]}', "第1个事件的 kind"),
        ('{"events": [{"kind": ["received"], "on": "2025-09-08"}]}', "第1个事件的 kind"),
        ('{"events": [{"kind": "received"}]}', "第1个事件的 on"),
        ('{"events": [{"kind": "received", "on": "20250908"}]}', "第1个事件的 on"),
        ('{"events": [{"kind": "received", "on": "2025-02-30"}]}', "第1个事件的 on"),
        ('{"events": [{"kind": "received", "on": "9999-12-31"}]}', "2000年至2099年"),
        ('{"events": [{"kind": "extended", "on": "2025-09-08", "days": "5"}]}', "days 应为整数"),
        ('{"events": [{"kind": "extended", "on": "2025-09-08", "days": true}]}', "days 应为整数"),
        ('{"events": [{"kind": "consultation_opened", "on": "2025-09-08"}]}', "with 应为"),
        ('{"events": [{"kind": "consultation_closed", "on": "2025-09-08", "with": 3}]}', "with 应为"),
        ('{"region": 65, "events": [{"kind": "received", "on": "2025-09-08"}]}', "region 应为"),
        ('{"region": "x", "events": [{"kind": "received", "on": "2025-09-08"}]}', "没有名为“x”的地区"),
    ],
)
def test_a_faulty_line_is_answered_in_one_sentence(line: str, says: str) -> None:
    answer = json.loads(answer_line(line))
    assert says in answer["error"]
    assert "\n" not in answer_line(line)


def test_the_id_is_echoed_even_when_the_rest_is_faulty() -> None:
    assert ask(id="a9", events=[])["id"] == "a9"


leaves = st.none() | st.booleans() | st.integers() | st.text()
keys = st.sampled_from(["id", "region", "events", "kind", "on"])
json_values = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(keys, inner), max_leaves=8)


@for_all(json_values)
def test_no_json_whatever_raises(value: object) -> None:
    assert answer_case(json.dumps(value)).breach is not None
