"""What fails a site in the inspection, each with its numbers."""

from datetime import date, timedelta

import pytest

from gongkai.law.publishing.inspection import (
    ColumnFacts,
    MediaFacts,
    MessageFacts,
    SiteFacts,
    inspect,
    stale_on,
)

TODAY = date(2026, 6, 30)


def ago(days):
    return TODAY - timedelta(days=days)


def site(**changed):
    return SiteFacts(**{"today": TODAY, "home_updated_on": ago(1)} | changed)


def columns(count, kind="dynamic", days=15, **changed):
    facts = {"kind": kind, "items": 3, "updated_on": ago(days)} | changed
    return tuple(ColumnFacts(f"栏目{i}", **facts) for i in range(1, count + 1))


def codes(facts):
    return [finding.code for finding in inspect(facts)]


def vetoes(facts):
    return [finding.code for finding in inspect(facts) if finding.veto]


def test_a_site_that_is_kept_up_has_no_finding():
    facts = site(
        columns=(
            *columns(3, days=14),
            *columns(1, "notice", 180),
            *columns(1, "other", 900),
            *columns(1, "other", 30, max_age_days=30),
        ),
        messages=(MessageFacts("1号", date(2026, 3, 30)), MessageFacts("2号", ago(20), ago(2))),
        media=(MediaFacts("公众号", ago(14)),),
    )
    assert inspect(facts) == ()


def test_a_home_page_fails_after_two_weeks():
    assert codes(site(home_updated_on=ago(14))) == []
    [finding] = inspect(site(home_updated_on=ago(15)))
    assert (finding.code, finding.veto, finding.found, finding.allowed) == ("home_page", True, 15, 14)
    assert finding.sentence == "首页15天没有更新，上次是2026年6月15日；超过14天即为不合格。"
    assert "国办秘函〔2019〕19号" in finding.document
    assert inspect(site(home_updated_on=None))[0].found is None


def test_five_news_and_notice_columns_together_fail_the_site():
    four = (*columns(3), *columns(1, "notice", 200))
    assert codes(site(columns=four)) == ["stale_column"] * 4
    five = (*columns(3), *columns(2, "notice", 200))
    [first, *rest] = inspect(site(columns=five))
    assert (first.code, first.found, first.allowed, len(first.names)) == ("stale_columns", 5, 4, 5)
    assert first.sentence == "有5个动态、通知公告、政策文件栏目没有按期更新，达到5个即为不合格。"
    assert [finding.veto for finding in rest] == [False] * 5


def test_a_notice_column_has_six_months_a_news_column_two_weeks():
    assert stale_on(columns(1, "notice", 0)[0]) == date(2026, 12, 31)
    assert stale_on(columns(1, "dynamic", 0)[0]) == date(2026, 7, 15)
    [finding] = inspect(site(columns=columns(1, "notice", updated_on=date(2025, 12, 29))))
    assert (finding.found, finding.allowed) == (183, 182)
    assert inspect(site(columns=columns(1, "notice", updated_on=date(2025, 12, 30)))) == ()


def test_the_office_may_be_stricter_than_the_inspection_never_laxer():
    assert stale_on(columns(1, "notice", 0, max_age_days=30)[0]) == date(2026, 7, 31)
    assert stale_on(columns(1, "dynamic", 0, max_age_days=30)[0]) == date(2026, 7, 15)
    assert stale_on(columns(1, "other", 0)[0]) is None
    assert stale_on(ColumnFacts("空栏目", "dynamic", 0, None)) is None


def test_ten_columns_of_any_kind_long_stale_fail_the_site():
    assert vetoes(site(columns=columns(9, "other", 40, max_age_days=30))) == []
    assert vetoes(site(columns=columns(10, "other", 40, max_age_days=30))) == ["long_stale_columns"]


@pytest.mark.parametrize("empty", [{"items": 0}, {"updated_on": None}])
def test_five_empty_columns_fail_the_site(empty):
    assert codes(site(columns=columns(4, **empty))) == ["empty_column"] * 4
    findings = inspect(site(columns=columns(5, **empty)))
    assert [finding.code for finding in findings if finding.veto] == ["empty_columns"]
    assert [(finding.found, finding.allowed) for finding in findings] == [(5, 4), *[(0, 1)] * 5]


def test_a_message_fails_the_site_after_three_months_without_an_answer():
    [finding] = inspect(site(messages=(MessageFacts("留1", date(2026, 3, 29)),)))
    assert (finding.code, finding.veto, finding.found, finding.allowed) == (
        "unanswered_message", True, 93, 92,
    )  # fmt: skip
    assert finding.sentence == "留言留1于2026年3月29日收到，93天没有回应，即为不合格，请马上答复。"


def test_an_answer_that_came_too_late_is_a_warning_for_a_year():
    late = MessageFacts("留2", date(2025, 10, 1), date(2026, 2, 1))
    [finding] = inspect(site(messages=(late,)))
    assert (finding.code, finding.veto) == ("late_answer", False)
    assert codes(site(messages=(MessageFacts("留3", date(2024, 10, 1), date(2025, 6, 30)),))) == [
        "late_answer"
    ]
    assert inspect(site(messages=(MessageFacts("留4", date(2024, 10, 1), date(2025, 6, 29)),))) == ()


def test_a_site_without_a_way_to_ask_fails():
    [finding] = inspect(site(has_consultation=False))
    assert (finding.code, finding.veto, finding.found, finding.allowed) == ("no_consultation", True, 0, 1)


def test_a_service_guide_that_lacks_an_element_fails_the_site():
    [finding] = inspect(site(incomplete_guides=("教师资格认定", "转学")))
    assert (finding.code, finding.veto, finding.found, finding.allowed) == ("incomplete_guide", True, 2, 0)
    assert finding.sentence.endswith("请补齐：“教师资格认定”“转学”。")


def test_an_account_in_the_new_media_fails_after_two_weeks():
    accounts = (MediaFacts("公众号甲", ago(15)), MediaFacts("公众号乙", None))
    findings = inspect(site(media=accounts))
    assert [(finding.code, finding.found) for finding in findings] == [("new_media", 15), ("new_media", None)]
    assert findings[0].sentence.startswith("“公众号甲”15天没有更新")
    assert findings[1].sentence.startswith("“公众号乙”还没有发布过信息")


def test_a_board_on_the_wall_is_watched_but_fails_no_site():
    boards = columns(10, "notice", 40, board=True, max_age_days=30)
    findings = inspect(site(columns=boards))
    assert {finding.code for finding in findings} == {"stale_board"}
    assert findings[0].sentence.endswith("最长30天。请核对张贴的内容是否仍然有效。")
    assert findings[0].document == "机关自行规定的公开栏更新期限"
    assert inspect(site(columns=columns(10, "notice", 400, board=True))) == ()


def test_what_fails_the_site_stands_first():
    facts = site(home_updated_on=ago(20), columns=columns(1), has_consultation=False)
    assert codes(facts) == ["home_page", "no_consultation", "stale_column"]
