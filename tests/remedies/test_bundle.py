"""The evidence bundle: every piece in its order, under its page, with what it proves."""

import io
import re
from datetime import date, timedelta

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse

from gongkai.audit.models import Entry
from gongkai.casework.actions.files import add_file
from gongkai.casework.actions.service import log_service, serve_letter
from gongkai.casework.actions.supplement import request_supplement
from gongkai.casework.models import Application
from gongkai.casework.queries.bundle import bundle_of, exhibits_of
from gongkai.law.service import ServiceKind, ServiceMethod
from gongkai.remedies.actions.evidence import UnableToBundle, make_bundle
from gongkai.remedies.actions.files import Paper, add_paper
from tests.casework.answering import TUESDAY, WEDNESDAY, a_case, a_pdf, approve, nonexistent, submit
from tests.casework.cases import moment, signed
from tests.remedies.remedies import decided, notified, reconsideration, suit

pytestmark = pytest.mark.django_db
TODAY = date(2025, 10, 20)


@pytest.fixture
def case(cast) -> Application:
    """A case answered with 不存在: searched, approved, signed, posted, signed for."""
    letter = nonexistent(cast)
    submit(letter, TUESDAY)
    letter = approve(letter, cast.head, TUESDAY)
    made = serve_letter(
        letter=letter, method=ServiceMethod.POSTAL, on=WEDNESDAY, by=cast.officer,
        at=moment(WEDNESDAY, 16), tracking_number="EX0000001",
    )  # fmt: skip
    signed_on = WEDNESDAY + timedelta(days=2)
    log_service(
        service=made, kind=ServiceKind.SIGNED, on=signed_on, by=cast.officer, at=moment(signed_on, 16)
    )
    case = Application.objects.get(pk=letter.case_id)
    for kind, name in (
        ("application", "申请书.pdf"), ("service_proof", "回执.pdf"), ("found", "涉密原件.pdf"),
        ("other", "便条.pdf"),
    ):  # fmt: skip
        add_file(case=case, kind=kind, name=name, data=a_pdf(), by=cast.officer, at=moment(signed_on, 17))
    return case


def text_of(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def test_the_pieces_stand_in_the_order_of_the_procedure(case):
    titles = [exhibit.part.title for exhibit in exhibits_of(case, TODAY)]
    assert [re.sub("示教公.*", "", title) for title in titles] == [
        "政府信息公开申请（登记内容）",
        "申请书扫描件：申请书.pdf",
        "申请登记和收到日期",
        "答复期限计算书",
        "检索记录",
        "文书审批记录",
        "政府信息公开申请答复书",
        "送达记录",
        "送达凭证：回执.pdf",
        "办理经过",
    ]
    assert all(exhibit.proves for exhibit in exhibits_of(case, TODAY))


def test_the_one_list_in_front_says_what_each_piece_proves_and_where_it_lies(case):
    bundle = bundle_of(case, TODAY)
    pages = text_of(bundle.data)
    listed = "".join(pages[1 : bundle.entries[0].first - 1])
    assert listed.startswith("证据目录")
    for number, (exhibit, entry) in enumerate(zip(exhibits_of(case, TODAY), bundle.entries, strict=True), 1):
        where = str(entry.first) if entry.first == entry.last else f"{entry.first}–{entry.last}"
        assert f"{number}{''.join(exhibit.part.title.split())}"[:12] in listed
        assert "".join(exhibit.proves.split()) in listed
        assert where in listed
    assert all("目录" not in page for page in pages[bundle.entries[0].first - 1 :])
    for title in ("检索记录", "文书审批记录", "送达记录", "答复期限计算书"):
        entry = next(each for each in bundle.entries if each.title == title)
        assert title in pages[entry.first - 1]


def test_pages_are_numbered_through_and_bookmarked(case):
    bundle = bundle_of(case, TODAY)
    pages = text_of(bundle.data)
    assert all(f"第{number}页共{len(pages)}页" in text for number, text in enumerate(pages, 1))
    with pikepdf.open(io.BytesIO(bundle.data)) as document, document.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles == ["封面", "证据目录", *(entry.title for entry in bundle.entries)]
    assert bundle.warnings == ()


def test_it_says_what_the_file_knows(case):
    text = "".join(text_of(bundle_of(case, TODAY).data))
    for fact in ("甄示范", "档案室", "EX0000001", "没有检索到", case.number):
        assert fact in text


def test_what_was_found_and_odd_files_stay_out(case):
    text = "".join(text_of(bundle_of(case, TODAY).data))
    assert "涉密原件" not in text and "便条" not in text


def test_the_letter_is_in_it_as_it_was_signed(case):
    letter = case.letters.defer(None).get(state="signed")
    answer = next(e for e in exhibits_of(case, TODAY) if letter.document_number in e.part.title)
    assert answer.part.data == bytes(letter.pdf)


def test_the_same_day_gives_the_same_bytes(case):
    assert bundle_of(case, TODAY).data == bundle_of(case, TODAY).data


def test_in_court_the_decision_on_the_reconsideration_comes_last(cast, case):
    review = notified(cast, reconsideration(cast, case, date(2025, 9, 15)), date(2025, 9, 18))
    decided(cast, review, "upheld", date(2025, 10, 9))
    add_paper(
        remedy=review, kind="decision", paper=Paper("复议决定.pdf", a_pdf()), by=cast.officer,
        at=moment(date(2025, 10, 10)),
    )  # fmt: skip
    remedy = suit(cast, case, date(2025, 10, 13), after=review)
    made = make_bundle(case=case, by=cast.officer, at=moment(TODAY), remedy=remedy)
    assert made.entries[-1].title == "行政复议决定"


def test_taking_it_out_is_on_the_trail_and_only_for_those_who_keep_the_register(cast, case, client):
    client.force_login(cast.officer)
    answer = client.get(reverse("remedies:case_bundle", args=[case.pk]))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert "%E7%94%84" not in answer["Content-Disposition"]
    line = Entry.objects.get(act="made_bundle")
    assert line.subject == case.subject and line.details["number"] == case.number
    with pytest.raises(UnableToBundle):
        make_bundle(case=case, by=cast.leader, at=moment(TODAY))
    client.force_login(cast.stranger)
    assert client.get(reverse("remedies:case_bundle", args=[case.pk])).status_code == 404
    assert Entry.objects.filter(act="made_bundle").count() == 1


def test_who_was_asked_and_what_was_told_on_the_way_are_in_it(cast):
    case = a_case(cast)
    notice = request_supplement(
        case=case, unclear=["没有写明年度"], items=["写明要哪一年的清单"], until=date(2025, 9, 30),
        by=cast.officer, at=moment(WEDNESDAY),
    )  # fmt: skip
    signed(notice, cast.head, on=WEDNESDAY)
    case.consultations.create(
        kind="third_party", name="示例有限公司", masked_name="示例有限公司", question="报价单能否公开",
        sent_on=WEDNESDAY, delivered_on=WEDNESDAY, answer="objected", answered_on=date(2025, 9, 17),
        answer_text="涉及商业秘密", objection_accepted=False, public_interest="关系学生安全",
    )  # fmt: skip
    titles = [exhibit.part.title for exhibit in exhibits_of(case, TODAY)]
    assert any(title.startswith("政府信息公开申请补正告知书") for title in titles)
    assert titles.index("征求第三方意见的情况") > titles.index("答复期限计算书")
    text = "".join(text_of(bundle_of(case, TODAY).data))
    for said in ("示例有限公司", "涉及商业秘密", "不成立", "关系学生安全"):
        assert said in text
    assert "检索记录" not in titles


def test_it_is_taken_from_the_page_of_the_remedy_under_its_number(cast, case, client):
    remedy = reconsideration(cast, case, date(2025, 9, 15), body_number="示复〔2025〕9号")
    client.force_login(cast.officer)
    answer = client.get(reverse("remedies:bundle", args=[remedy.pk]))
    assert "示复〔2025〕9号" in text_of(answer.content)[0]
    client.force_login(cast.leader)
    refused = client.get(reverse("remedies:bundle", args=[remedy.pk]))
    assert refused.url == reverse("remedies:of_case", args=[case.pk])
