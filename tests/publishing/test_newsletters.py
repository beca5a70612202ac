"""Issues of the newsletter: numbers without a gap, only what is public, postings of each article."""

import io
from datetime import date, timedelta

import pytest
from django.utils import timezone
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.articles import Article, to_plain
from gongkai.publishing.actions.drafting import edit_item
from gongkai.publishing.actions.newsletters import (
    UnableToEditIssue,
    add_entries,
    drop_issue,
    edit_issue,
    move_entry,
    release_issue,
    remove_entry,
    renew_entry,
    start_issue,
)
from gongkai.publishing.actions.releasing import publish_item, withdraw_item
from gongkai.publishing.models import NewsletterIssue, Publication
from gongkai.publishing.papers import newsletter_of, short_title
from gongkai.publishing.queries.newsletters import entries_of
from tests.publishing.office import TODAY, Publisher, an_item, content, moment, published, reviewed
from tests.publishing.pages import Browser, day, fresh

pytestmark = pytest.mark.django_db
NAME = "教育信息简报"


def values(on: date = TODAY, **given) -> dict[str, object]:
    return {"issued_on": on, "reported_to": "", "sent_to": "", "distributed_to": "", "copies": 0} | given


def started(office: Publisher, on: date = TODAY, **begins) -> NewsletterIssue:
    return start_issue(
        agency=office.agency, name=NAME, values=values(on), by=office.officer, at=moment(), **begins
    )


def public(office: Publisher, title: str = "关于示例工作的通知", **given) -> Publication:
    return published(office, an_item(office, content(title)), **given)


def filled(office: Publisher, *publications: Publication, on: date = TODAY) -> NewsletterIssue:
    issue = started(office, on)
    add_entries(issue=issue, publications=publications, by=office.officer, at=moment())
    return issue


def released(office: Publisher, issue: NewsletterIssue, on: date = TODAY) -> NewsletterIssue:
    return release_issue(issue=issue, by=office.officer, at=moment(on))


def titles(issue: NewsletterIssue) -> list[str]:
    return [entry.publication.title for entry in entries_of(issue)]


class TestNumbers:
    def test_they_go_up_by_one_and_begin_again_with_the_year(self, office):
        publications = [public(office, f"关于示例{n}的通知") for n in range(3)]
        numbers = []
        days = [TODAY, TODAY + timedelta(days=30), date(2027, 1, 8)]
        for on, publication in zip(days, publications, strict=True):
            issue = filled(office, publication, on=on)
            released(office, issue, on)
            numbers.append((issue.year, issue.number, issue.total_number))
        assert numbers == [(2026, 1, 1), (2026, 2, 2), (2027, 1, 3)]

    def test_an_office_goes_on_where_it_was(self, office):
        issue = started(office, number=6, total_number=127)
        assert str(issue) == "教育信息简报2026年第6期" and issue.total_number == 127
        drop_issue(issue=issue, by=office.officer, at=moment())

    def test_one_issue_at_a_time(self, office):
        started(office)
        with pytest.raises(UnableToEditIssue, match="还在编辑中"):
            started(office)

    def test_a_dropped_issue_leaves_no_gap(self, office):
        released(office, filled(office, public(office)))
        drop_issue(issue=started(office), by=office.officer, at=moment())
        assert started(office).number == 2

    def test_days_do_not_go_back(self, office):
        released(office, filled(office, public(office)))
        with pytest.raises(UnableToEditIssue, match="不能更早"):
            started(office, TODAY - timedelta(days=1))

    def test_an_issue_moved_into_another_year_takes_its_number_there(self, office):
        issue = started(office)
        changed = edit_issue(issue=issue, values=values(date(2027, 1, 4)), by=office.officer, at=moment())
        assert (changed.year, changed.number) == (2027, 1)

    def test_whatever_is_dropped_and_released_no_number_is_missing(self, office):
        """A fixed mix of what offices do; each release takes the next number."""
        publication = public(office)
        kept = []
        for step in "drdrrddrr":
            issue = started(office)
            if step == "d":
                drop_issue(issue=issue, by=office.officer, at=moment())
                continue
            add_entries(issue=issue, publications=[publication], by=office.officer, at=moment())
            kept.append(released(office, issue).number)
        assert kept == [1, 2, 3, 4, 5]


class TestArticles:
    def test_they_stand_in_the_order_they_are_put_in(self, office):
        issue = filled(office, *(public(office, f"关于示例{n}的通知") for n in "一二三"))
        last = entries_of(issue)[2]
        move_entry(entry=last, up=True, by=office.officer, at=moment())
        assert titles(issue) == ["关于示例一的通知", "关于示例三的通知", "关于示例二的通知"]
        remove_entry(entry=entries_of(issue)[0], by=office.officer, at=moment())
        assert len(titles(issue)) == 2
        with pytest.raises(UnableToEditIssue, match="最前面"):
            move_entry(entry=entries_of(issue)[0], up=True, by=office.officer, at=moment())

    def test_only_what_is_public_goes_in_and_once(self, office):
        publication = public(office)
        issue = filled(office, publication)
        assert add_entries(issue=issue, publications=[publication], by=office.officer, at=moment()) == 0
        withdraw_item(item=fresh(publication.item), reason="有误", by=office.officer, at=moment())
        with pytest.raises(UnableToEditIssue, match="已经撤下"):
            add_entries(issue=issue, publications=[publication], by=office.officer, at=moment())

    def test_what_was_withdrawn_meanwhile_is_not_released(self, office):
        publication = public(office)
        issue = filled(office, publication)
        withdraw_item(item=fresh(publication.item), reason="有误", by=office.officer, at=moment())
        with pytest.raises(UnableToEditIssue, match="第1篇已撤下"):
            released(office, issue)
        with pytest.raises(UnableToEditIssue, match="不能再刊登"):
            renew_entry(entry=entries_of(issue)[0], by=office.officer, at=moment())

    def test_an_older_edition_is_exchanged_before_release(self, office):
        publication = public(office)
        issue = filled(office, publication)
        item = fresh(publication.item)
        edit_item(item=item, content=content("新的标题", "改过。"), by=office.clerk, at=moment())
        reviewed(office, fresh(item))
        publish_item(item=fresh(item), channels=["website"], by=office.officer, at=moment())
        with pytest.raises(UnableToEditIssue, match="已有新版本"):
            released(office, issue)
        renew_entry(entry=entries_of(issue)[0], by=office.officer, at=moment())
        assert titles(issue) == ["新的标题"]
        assert released(office, issue).state == "released"


class TestRelease:
    def test_every_article_gets_a_posting_of_its_own(self, office):
        publications = [public(office, f"关于示例{n}的通知") for n in "一二"]
        issue = released(office, filled(office, *publications))
        for publication in publications:
            posting = publication.item.postings.get(channel="newsletter")
            assert (posting.place, posting.posted_on) == (str(issue), TODAY)

    def test_what_is_out_stays_as_it_is(self, office):
        issue = released(office, filled(office, public(office)))
        entry = entries_of(issue)[0]
        for act in (
            lambda: remove_entry(entry=entry, by=office.officer, at=moment()),
            lambda: drop_issue(issue=issue, by=office.officer, at=moment()),
            lambda: released(office, issue),
        ):
            with pytest.raises(UnableToEditIssue, match="已经印发"):
                act()

    def test_an_empty_issue_or_one_of_tomorrow_is_not_released(self, office):
        issue = started(office)
        with pytest.raises(UnableToEditIssue, match="还没有文章"):
            released(office, issue)
        add_entries(issue=issue, publications=[public(office)], by=office.officer, at=moment())
        edit_issue(issue=issue, values=values(TODAY + timedelta(days=1)), by=office.officer, at=moment())
        with pytest.raises(UnableToEditIssue, match="印发日期还没有到"):
            released(office, issue)

    def test_it_is_the_office_that_releases(self, office):
        with pytest.raises(UnableToEditIssue, match="公开工作机构"):
            start_issue(agency=office.agency, name=NAME, values=values(), by=office.clerk, at=moment())

    def test_what_was_withdrawn_later_is_not_printed_again(self, office):
        secret = public(office, "不该公开的示例标题")
        issue = released(office, filled(office, secret, public(office)))
        withdraw_item(item=fresh(secret.item), reason="有误", by=office.officer, at=moment())
        paper = newsletter_of(issue, entries_of(issue))
        assert [item.title for item in paper.items] == ["（已撤下）", "关于示例工作的通知"]
        assert "请各学校认真落实" not in str(paper.items[0].article)

    def test_a_service_guide_is_printed_with_its_six_disclosures(self, office):
        said = content(
            "转学办事指南", "", article=Article(), details={"basis": "示例依据。", "result": "示例结果。"}
        )
        guide = published(office, an_item(office, said, kind="service_guide"))
        issue = filled(office, guide)
        [item] = newsletter_of(issue, entries_of(issue)).items
        words = to_plain(item.article)
        assert words.index("示例依据") < words.index("示例结果")


class TestPages:
    def test_an_issue_is_put_together_printed_and_released(self, office):
        clerk = Browser(office.officer)
        publication = public(office, at=timezone.now())
        page = clerk.post(
            "newsletters", "edu", issued_on=day(), reported_to="示例市政府、示例市委宣传部", number=1,
            total_number=1, copies=60,
        )  # fmt: skip
        assert page.has("已建好这一期", "选文章", publication.title)
        issue = NewsletterIssue.objects.get()
        page = clerk.post("add_newsletter_entries", issue.pk, publications=[publication.pk])
        assert page.has("已放进这一期")
        answer = clerk.client.get(f"/office/publishing/newsletters/issue/{issue.pk}/file/pdf/")
        assert answer.content.startswith(b"%PDF")
        answer = clerk.client.get(f"/office/publishing/newsletters/issue/{issue.pk}/file/docx/")
        words = "\n".join(each.text for each in Document(io.BytesIO(answer.content)).paragraphs)
        assert publication.title in words
        page = clerk.post("release_newsletter", issue.pk)
        assert page.has("已登记印发", "这一期已经印发，不能再改")
        assert publication.item.postings.filter(channel="newsletter").count() == 1

    def test_wrong_input_is_told(self, office):
        clerk = Browser(office.officer)
        page = clerk.post("newsletters", "edu", issued_on="", number=1, total_number=1, copies="很多")
        assert page.status == 422 and page.has("请填写“印发日期”", "印数写成数字")
        assert not NewsletterIssue.objects.exists()

    def test_an_open_issue_keeps_the_next_one_waiting_and_is_dropped(self, office):
        clerk = Browser(office.officer)
        issue = started(office)
        assert clerk.get("newsletters", "edu").has("还在编辑中")
        assert clerk.post("newsletter", issue.pk, issued_on=day(), copies=5).has("已保存")
        assert clerk.post("add_newsletter_entries", issue.pk).has("请至少选一条信息")
        assert clerk.post("drop_newsletter", issue.pk).has("期号留给下一期")

    def test_an_article_is_moved_and_taken_out(self, office):
        clerk = Browser(office.officer)
        issue = filled(office, *(public(office, f"关于示例{n}的通知") for n in "一二"))
        first, second = entries_of(issue)
        assert clerk.post("newsletter_entry", second.pk, do="up").has("已上移")
        assert clerk.post("newsletter_entry", first.pk, do="down").has("已经在最后面")
        assert clerk.post("newsletter_entry", first.pk, do="out").has("已从这一期去掉")
        assert clerk.post("newsletter_entry", second.pk, do="dance").status == 404

    def test_a_stranger_finds_no_issue(self, office):
        issue = started(office)
        assert Browser(office.stranger).get("newsletter", issue.pk).status == 404


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="示例市教育局关于做好通知《》的公告意见招生abc 1", min_size=1, max_size=120))
def test_a_short_title_always_fits_and_says_something(title):
    found = short_title(title, "示例市教育局")
    assert 0 < len(found) <= 32 or not title.removeprefix("示例市教育局").strip()


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("招生通知", "招生通知"),
        (
            "示例市教育局关于印发《示例市2026年义务教育阶段学校招生入学工作实施方案》的通知",
            "《示例市2026年义务教育阶段学校招生入学工作实施方案》",
        ),
        ("示例市教育局" + "关于" + "很长的" * 20 + "事", "关于" + ("很长的" * 20)[:29] + "…"),
    ],
)
def test_a_long_title_is_told_by_what_it_is_about(title, short):
    assert short_title(title, "示例市教育局") == short
