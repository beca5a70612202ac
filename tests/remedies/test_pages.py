"""The pages of the register: from the papers to the result and what follows, as a clerk walks them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.agencies.models import Account
from gongkai.casework.models import Application
from gongkai.remedies.models import Remedy
from gongkai.remedies.queries import due_soon
from tests.remedies.remedies import answered_case, decided, defended, notified, reconsideration, suit

pytestmark = pytest.mark.django_db
REGISTERED = {
    "kind": "reconsideration", "claimant": "applicant", "challenged": "answer", "body": "示例市人民政府",
    "body_number": "示复〔2025〕7号", "filed_on": "2025年4月1日",
}  # fmt: skip


@pytest.fixture
def case(cast) -> Application:
    return answered_case(cast)


@pytest.fixture
def desk(cast, client):
    """Pages as the officer sees them: their text, or where they lead."""
    client.force_login(cast.officer)
    return client


def words(answer) -> str:
    return answer.content.decode()


def act(desk, remedy: Remedy, code: str, **given):
    return desk.post(reverse("remedies:act", args=[remedy.pk, code]), given)


def paper(name: str = "答复书.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7 made up")


def test_a_reconsideration_from_the_papers_to_the_new_case(desk, case):
    answer = desk.post(reverse("remedies:register", args=[case.pk]), REGISTERED)
    remedy = Remedy.objects.get()
    assert answer.url == reverse("remedies:remedy", args=[remedy.pk])
    assert "还没有登记收到复议申请书副本" in words(desk.get(answer.url))
    act(desk, remedy, "notify", on="2025-04-08", procedure="simplified", papers=[paper("副本.pdf")])
    page = words(desk.get(answer.url))
    assert "2025年4月15日（周二）" in page and "看逐日计算" in page and "副本.pdf" in page
    act(desk, remedy, "answer", on="2025-04-14", how="当面", papers=[paper()])
    act(
        desk, remedy, "decide", result="revoked", decided_on="2025-05-06", received_on="2025-05-08",
        document_number="示复决〔2025〕7号", term="20", unit="working_day",
    )  # fmt: skip
    page = words(desk.get(answer.url))
    assert "结果纠正" in page and "2025年6月6日（周五）" in page and "按决定或者判决重新办理" in page
    hidden = {
        "basis": "示例市人民政府示复决〔2025〕7号行政复议决定", "received_on": "2025-05-08",
        "ordered_until": "2025-06-06",
    }  # fmt: skip
    assert all(f'value="{value}"' in page for value in hidden.values())
    desk.post(reverse("casework:redecide", args=[case.pk]), hidden)
    made = Application.objects.get(re_decides=case)
    assert made.due_on == date(2025, 6, 6) and not made.counted
    page = words(desk.get(answer.url))
    assert made.number in page and "按决定或者判决重新办理" not in page
    act(desk, remedy, "redone", on="2025-06-04", how="已重新答复")
    remedy.refresh_from_db()
    assert not remedy.owes


def test_a_form_with_nonsense_comes_back_with_what_was_typed(desk, case):
    address = reverse("remedies:register", args=[case.pk])
    wrong = desk.post(address, REGISTERED | {"filed_on": "去年", "challenged": ""})
    page = words(wrong)
    assert (
        wrong.status_code == 422
        and "去年" in page
        and "这不是日期" in page
        and "请选择对方不服的是什么" in page
    )
    early = desk.post(address, REGISTERED | {"filed_on": "2025-03-01"})
    assert early.status_code == 409 and "早于申请到达" in words(early)
    assert not Remedy.objects.exists()


def test_an_act_that_is_not_open_says_why_with_its_article(desk, cast, case):
    remedy = notified(cast, reconsideration(cast, case), date(2025, 4, 8))
    decided(cast, remedy, "upheld", date(2025, 6, 3))
    page = words(desk.get(reverse("remedies:remedy", args=[remedy.pk])))
    assert "不能登记“提交答复”" in page and "《行政复议法》" in page
    assert "现在不能办" in words(desk.get(reverse("remedies:act", args=[remedy.pk, "answer"])))
    refused = act(desk, remedy, "answer", on="2025-06-04", how="邮寄", papers=[paper()])
    assert refused.status_code == 409 and "邮寄" in words(refused)
    assert desk.get(reverse("remedies:act", args=[remedy.pk, "nothing"])).status_code == 404


def test_what_somebody_else_entered_meanwhile_is_said(desk, cast, case):
    remedy = notified(cast, reconsideration(cast, case), date(2025, 4, 8))
    seen = remedy.revision
    act(desk, remedy, "accept", on="2025-04-03", revision=seen)
    late = act(desk, remedy, "hearing", on="2025-04-20", what="听证，三楼", revision=seen)
    assert late.status_code == 409 and "别人登记过" in words(late) and "听证，三楼" in words(late)


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("accept", {"on": "2025-04-07"}),
        ("hearing", {"on": "2025-05-06", "what": "听证，三楼"}),
        ("extend", {"on": "2025-05-30", "days": "30"}),
        ("withdraw", {"on": "2025-05-30", "reason": "终止通知"}),
    ],
)
def test_each_act_has_its_page_and_is_entered(desk, cast, case, code, given):
    remedy = notified(cast, reconsideration(cast, case), date(2025, 4, 8))
    assert desk.get(reverse("remedies:act", args=[remedy.pk, code])).status_code == 200
    before = remedy.events.count()
    assert act(desk, remedy, code, **given).status_code == 302
    assert remedy.events.count() == before + 1


def test_a_suit_through_both_instances(desk, cast, case):
    remedy = notified(cast, suit(cast, case, date(2025, 5, 6)), date(2025, 5, 12))
    page = words(desk.get(reverse("remedies:remedy", args=[remedy.pk])))
    assert "请核对" in page and "第二十三条" in page and "登记延长复议期限" not in page
    verdict = {"decided_on": "2025-08-01", "received_on": "2025-08-04"}
    act(desk, remedy, "decide", result="revoked", **verdict)
    act(desk, remedy, "appeal", on="2025-08-08", side="agency")
    assert "本机关上诉" in words(desk.get(reverse("remedies:remedy", args=[remedy.pk])))
    act(desk, remedy, "second", result="affirmed", decided_on="2025-10-09", received_on="2025-10-10")
    remedy.refresh_from_db()
    assert (remedy.state, remedy.result) == ("finally_decided", "revoked")


def test_the_register_is_listed_and_filtered(desk, cast, case):
    review = notified(cast, reconsideration(cast, case), date(2025, 4, 8))
    decided(cast, review, "upheld", date(2025, 6, 3))
    direct = suit(cast, case, date(2025, 5, 6))
    everything = words(desk.get(reverse("remedies:list")))
    assert "2件" in everything and "维持" in everything and case.number in everything
    assert "1件" in words(desk.get(reverse("remedies:list"), {"forum": "direct_suit"}))
    assert "1件" in words(desk.get(reverse("remedies:list"), {"column": "upheld"}))
    assert "0件" in words(desk.get(reverse("remedies:list"), {"column": "owes"}))
    assert "0件" in words(desk.get(reverse("remedies:list"), {"year": "2024"}))
    notified(cast, direct, date(2025, 5, 12))
    assert "1件" in words(desk.get(reverse("remedies:list"), {"due": "late", "mine": "on"}))


def test_a_case_leads_to_its_remedies_and_to_registering_one(desk, cast, case):
    address = reverse("remedies:of_case", args=[case.pk])
    assert "本件没有登记复议、诉讼" in words(desk.get(address))
    reconsideration(cast, case)
    page = words(desk.get(address))
    assert "登记复议或者诉讼" in page and "证据材料" in page and "行政复议" in page


def test_a_paper_is_taken_out_as_a_file(desk, cast, case):
    remedy = notified(cast, reconsideration(cast, case), date(2025, 4, 8))
    defended(cast, remedy, date(2025, 4, 9))
    file = remedy.files.get()
    answer = desk.get(reverse("remedies:paper", args=[remedy.pk, file.pk]))
    assert answer.content.startswith(b"%PDF") and answer["Content-Disposition"].startswith("attachment")


def test_the_head_strikes_out_an_entry_on_its_page(desk, cast, case):
    remedy = notified(cast, reconsideration(cast, case), date(2025, 4, 8))
    event = remedy.events.get(kind="notified")
    address = reverse("remedies:strike", args=[remedy.pk, event.pk])
    assert "划销</a>" not in words(desk.get(reverse("remedies:remedy", args=[remedy.pk])))
    assert desk.post(address, {"reason": "日期错了"}).status_code == 409
    desk.force_login(cast.head)
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"reason": ""}).status_code == 422
    assert desk.post(address, {"reason": "日期错了"}).status_code == 302
    page = words(desk.get(reverse("remedies:remedy", args=[remedy.pk])))
    assert "日期错了" in page and "还没有登记收到" in page


def test_whoever_does_not_see_the_case_sees_no_remedy(desk, cast, case):
    remedy = reconsideration(cast, case)
    desk.force_login(cast.stranger)
    for name, pk in (
        ("remedy", remedy.pk),
        ("bundle", remedy.pk),
        ("of_case", case.pk),
        ("register", case.pk),
    ):
        assert desk.get(reverse(f"remedies:{name}", args=[pk])).status_code == 404
    assert "0件" in words(desk.get(reverse("remedies:list")))


def test_the_leader_sees_but_does_not_keep_the_register(desk, cast, case):
    remedy = reconsideration(cast, case)
    desk.force_login(cast.leader)
    assert "您没有这些角色" in words(desk.get(reverse("remedies:remedy", args=[remedy.pk])))
    assert "现在不能办" in words(desk.get(reverse("remedies:register", args=[case.pk])))
    assert act(desk, remedy, "accept", on="2025-04-07").status_code == 409


def test_today_is_told_what_is_due_soon_the_pressing_first(cast, case):
    late = notified(cast, reconsideration(cast, case), date(2025, 4, 8))
    near = notified(cast, suit(cast, case, date(2025, 4, 21)), date(2025, 4, 21))
    notified(cast, suit(cast, case, date(2025, 5, 6)), date(2025, 5, 6))
    found = due_soon(Account.objects.get(pk=cast.officer.pk), date(2025, 4, 30))
    assert [due.remedy for due in found] == [late, near]
    assert [due.tone for due in found] == ["late", "near"]
    assert found[0].left.startswith("已逾期") and found[1].left.startswith("还有")
    assert due_soon(cast.stranger, date(2025, 4, 30)) == []


def test_the_list_costs_the_same_queries_for_many(desk, cast, case, django_assert_max_num_queries):
    for number in range(6):
        notified(cast, reconsideration(cast, case, body_number=f"示复{number}号"), date(2025, 4, 8))
    with django_assert_max_num_queries(24):
        assert "6件" in words(desk.get(reverse("remedies:list")))
