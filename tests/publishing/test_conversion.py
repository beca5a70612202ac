"""What applicants were given becomes information for everybody (第四十四条)."""

from datetime import date

import pytest

from gongkai.casework.actions.duplicates import compare
from gongkai.casework.actions.files import add_file
from gongkai.casework.models import Application
from gongkai.publishing.actions.conversion import (
    UnableToConvert,
    decide_conversion,
    draft_conversion,
    suggest_conversion,
)
from gongkai.publishing.actions.drafting import edit_item
from gongkai.publishing.actions.scanning import screen_item
from gongkai.publishing.content import Content
from gongkai.publishing.models import Scan, Suggestion
from gongkai.publishing.queries.suggestions import asked_by_several, asked_with
from tests.casework.answering import a_pdf
from tests.casework.cases import IDENTITY, filing
from tests.casework.cases import moment as at_hour
from tests.publishing.office import Publisher, content, moment, published
from tests.publishing.pages import Browser
from tests.reporting.registers import answered as ended

ASKED = date(2026, 1, 5)
TEXT = "2025年度全市校车运行经费支出明细（示例）"


def asked(office: Publisher, who: str = "甄示范", text: str = TEXT, on: date = ASKED) -> Application:
    from gongkai.casework.actions.intake import receive_application

    identity = IDENTITY | {"name": who, "id_number": f"00000019900101{len(who):04d}"}
    case = receive_application(
        agency=office.agency, filing=filing(on, description=text, identity=identity), by=office.officer,
        at=at_hour(on),
    ).case  # fmt: skip
    compare(case=case, at=at_hour(on, 12))
    return case


def given(office: Publisher, who: str = "甄示范", decision: str = "granted.provided", **more) -> Application:
    """A case that ended with what was asked for."""
    return ended(asked(office, who, **more), "2026-01-12", decision)


def keep(office: Publisher, case: Application, kind: str, name: str, **more):
    return add_file(case=case, kind=kind, name=name, data=a_pdf(), by=office.officer, at=moment(), **more)


def suggested(office: Publisher, case: Application, source: str = "office") -> Suggestion:
    return suggest_conversion(case=case, source=source, by=office.officer, at=moment())


def agreed(office: Publisher, case: Application) -> Suggestion:
    return decide_conversion(
        suggestion=suggested(office, case), outcome="agreed", reason="", by=office.head, at=moment()
    )


def drafted(office: Publisher, case: Application, title: str = "2025年度校车运行经费支出明细"):
    return draft_conversion(
        suggestion=agreed(office, case), title=title, node=office.node, section=office.section,
        by=office.officer, at=moment(),
    )  # fmt: skip


def test_what_was_given_is_drafted_with_its_files_and_linked_when_public(office: Publisher):
    case = given(office)
    case_file = keep(office, case, "provided", "校车经费.pdf")
    keep(office, case, "identity", "身份证明.pdf")
    item = drafted(office, case)
    assert item.from_case == case and item.draft.formed_on == moment().date()
    assert [(file.name, file.sha256) for file in item.files.all()] == [("校车经费.pdf", case_file.sha256)]
    suggestion = Suggestion.objects.get()
    assert suggestion.item == item and suggestion.asked == 1
    edit_item(item=item, content=content("2025年度校车运行经费支出明细"), by=office.clerk, at=moment())
    item.refresh_from_db()
    for file in item.files.all():
        file.removed_at = moment()
        file.save()
    item = published(office, item).item
    page = Browser(office.officer).get("suggestions", "edu")
    assert page.has("已公开", "看公开信息")
    words = Browser(office.officer).client.get(f"/office/cases/{case.pk}/").content.decode()
    assert "已转为主动公开，已发布" in words and f"/office/publishing/items/{item.pk}/" in words


def test_of_a_redacted_file_only_the_redacted_copy_goes_along(office: Publisher):
    case = given(office, decision="partly_granted")
    original = keep(office, case, "provided", "全文.pdf")
    copy = keep(office, case, "redacted", "遮盖后.pdf")
    type(copy).objects.filter(pk=copy.pk).update(redacted_from=original)
    assert [file.name for file in drafted(office, case).files.all()] == ["遮盖后.pdf"]


def test_screening_blocks_the_applicants_own_data(office: Publisher):
    item = drafted(office, given(office))
    said = content("校车经费明细", f"申请人{IDENTITY['name']}提出，电话{IDENTITY['phone']}。")
    edit_item(item=item, content=said, by=office.clerk, at=moment())
    item.refresh_from_db()
    screen_item(item=item, by=office.clerk, at=moment())
    found = [each for kept in Scan.objects.filter(item=item) for each in kept.findings]
    assert any(each["severity"] == "block" for each in found)


def test_the_draft_says_nothing_of_who_asked(office: Publisher):
    item = drafted(office, given(office))
    said: Content = item.draft
    words = str(said.to_json())
    assert all(value not in words for value in IDENTITY.values() if len(value) > 2)


@pytest.mark.parametrize("decision", ["denied.deliberative", "unable_to_provide.nonexistent"])
def test_only_what_was_provided_is_suggested(office: Publisher, decision):
    with pytest.raises(UnableToConvert, match="答复公开了信息"):
        suggested(office, given(office, decision=decision))


def test_a_case_is_suggested_once_decided_once_and_drafted_once(office: Publisher):
    case = given(office)
    with pytest.raises(UnableToConvert, match="由来"):
        suggested(office, case, "whim")
    item = drafted(office, case)
    with pytest.raises(UnableToConvert, match="已经提出过"):
        suggested(office, case)
    suggestion = Suggestion.objects.get()
    with pytest.raises(UnableToConvert, match="已经决定"):
        decide_conversion(suggestion=suggestion, outcome="declined", reason="x", by=office.head, at=moment())
    with pytest.raises(UnableToConvert, match="已经拟稿"):
        draft_conversion(
            suggestion=suggestion, title="再拟", node=item.node, section=None, by=office.officer, at=moment()
        )


def test_declining_needs_a_reason_and_the_head_decides(office: Publisher):
    suggestion = suggested(office, given(office), "applicant")
    given_ = {"suggestion": suggestion, "at": moment()}
    with pytest.raises(UnableToConvert, match="请写明理由"):
        decide_conversion(outcome="declined", reason=" ", by=office.head, **given_)
    with pytest.raises(UnableToConvert, match="负责人决定"):
        decide_conversion(outcome="agreed", reason="", by=office.officer, **given_)
    with pytest.raises(UnableToConvert, match="同意还是不予采纳"):
        decide_conversion(outcome="perhaps", reason="", by=office.head, **given_)
    decide_conversion(outcome="declined", reason="涉及特定个人", by=office.head, **given_)
    suggestion.refresh_from_db()
    with pytest.raises(UnableToConvert, match="先由公开工作机构负责人决定"):
        draft_conversion(
            suggestion=suggestion, title="x", node=office.node, section=None, by=office.officer, at=moment()
        )


def test_the_same_asked_by_different_people_is_pointed_out(office: Publisher):
    first = given(office, "甄示范")
    assert asked_by_several(office.agency) == []
    given(office, "甄示范甲")
    asked(office, "贾样本乙丙")
    asked(office, "贾样本乙丙", text="完全不同的另一件事情：食堂招标结果")
    (one,) = asked_by_several(office.agency)
    assert (one.applicants, len(one.cases)) == (3, 3)
    assert asked_with(first) == 3
    suggestion = suggested(office, one.case, "several")
    assert suggestion.asked == 3 and asked_by_several(office.agency) == []


def test_one_person_asking_again_is_not_several(office: Publisher):
    given(office, "甄示范")
    given(office, "甄示范")
    assert asked_by_several(office.agency) == []


def test_it_goes_from_the_page_of_the_case_to_the_draft(office: Publisher):
    case = given(office)
    keep(office, case, "provided", "校车经费.pdf")
    browser, head = Browser(office.officer), Browser(office.head)
    words = browser.client.get(f"/office/cases/{case.pk}/").content.decode()
    assert f"/office/publishing/convert/{case.pk}/" in words
    assert browser.get("convert", case.pk).has("同样的申请有1件", "文件有1个")
    page = browser.post("convert", case.pk, source="applicant")
    assert page.has("已提出建议", "等待决定", "申请人建议")
    suggestion = Suggestion.objects.get()
    assert browser.get("decide_conversion", suggestion.pk).has("现在不能办", "负责人决定")
    assert head.post("decide_conversion", suggestion.pk, outcome="declined", reason="").status == 422
    assert head.post("decide_conversion", suggestion.pk, outcome="agreed", reason="").has("已决定")
    assert browser.get("draft_conversion", suggestion.pk).has("会带上提供给申请人的1个文件")
    typed = {"title": "校车经费支出明细", "node": str(office.node.pk), "section": str(office.section.pk)}
    assert browser.post("draft_conversion", suggestion.pk, **typed | {"node": ""}).status == 422
    page = browser.post("draft_conversion", suggestion.pk, **typed)
    assert page.has("校车经费支出明细", "校车经费.pdf")
    assert browser.get("suggestions", "edu").has("看公开信息", "起草中")


def test_the_list_points_out_what_several_asked_for(office: Publisher):
    given(office, "甄示范")
    given(office, "甄示范甲")
    assert Browser(office.officer).get("suggestions", "edu").has("几个人申请过同样的信息", "2个申请人，2件")


def test_who_does_not_see_the_case_sees_nothing_of_it(office: Publisher):
    case = given(office)
    suggestion = agreed(office, case)
    assert Browser(office.stranger).get("convert", case.pk).status == 404
    assert Browser(office.stranger).get("suggestions", "edu").status == 404
    assert Browser(office.clerk).get("draft_conversion", suggestion.pk).status == 404
    page = Browser(office.clerk).get("suggestions", "edu")
    assert page.status == 200 and case.title not in page.text
