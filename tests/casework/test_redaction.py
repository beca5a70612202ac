"""Blacking out a file of a case: boxes with an article each, and nothing left to recover."""

import io
import re

import pikepdf
import pypdfium2
import pytest
from django_tasks_db.models import DBTaskResult

from gongkai.audit.models import Entry
from gongkai.casework import tasks
from gongkai.casework.actions import redaction
from gongkai.casework.actions.files import add_file
from gongkai.casework.actions.log import append
from gongkai.casework.actions.service import serve_letter
from gongkai.casework.forms.redaction import typed
from gongkai.casework.models import CaseFile
from gongkai.casework.policies.enclosing import enclosed
from gongkai.casework.policies.gate import obstacles
from gongkai.casework.queries.decisions import prefill
from gongkai.documents.redaction import Box, verify
from gongkai.law.service import ServiceKind, ServiceMethod
from gongkai.notices.models import Notice
from tests.casework.answering import FACTS, PARTLY, TUESDAY, a_case, approve, decided, kept, submit
from tests.casework.cases import moment

BOX = Box(1, 0.1, 0.45, 0.6, 0.55, "第十五条", "个人隐私")
ROW = {
    "page": "1", "x0": "10", "y0": "45", "x1": "60", "y1": "55", "article": "第十五条", "reason": "个人隐私"
}  # fmt: skip


@pytest.fixture
def file(cast) -> CaseFile:
    return kept(cast, a_case(cast), "found", "校舍清单.pdf")


def test_a_new_file_of_pictures_lies_beside_the_one_it_was_made_from(cast, file):
    made = redaction.redact(file=file, boxes=[BOX], by=cast.officer, at=moment(TUESDAY))
    assert (made.kind, made.redacted_from, made.name) == ("redacted", file, "校舍清单（遮盖后）.pdf")
    assert made.boxes == [{
        "page": 1, "x0": 0.1, "y0": 0.45, "x1": 0.6, "y1": 0.55, "article": "第十五条", "reason": "个人隐私",
    }]  # fmt: skip
    assert verify(bytes(made.content)) == ()
    document = pypdfium2.PdfDocument(bytes(made.content))
    assert len(document) == 2, "the list of grounds is appended"
    assert all(page.get_textpage().count_chars() == 0 for page in document)
    assert b"HIDDEN" not in bytes(made.content)
    entry = Entry.objects.get(act="redacted_file")
    assert entry.details["boxes"] == 1 and "校舍" not in str(entry.details)


def test_nothing_under_the_box_can_be_seen_and_what_lies_beside_it_can(cast, file):
    made = redaction.redact(file=file, boxes=[BOX], by=cast.officer, at=moment(TUESDAY))
    page = pypdfium2.PdfDocument(bytes(made.content))[0].render(scale=1).to_pil().convert("L")
    under = page.crop((45, 280, 235, 325))
    assert sum(under.histogram()[:64]) > 0.75 * under.width * under.height
    beside = page.crop((50, 75, 240, 110))
    assert 0 < sum(beside.histogram()[:128]) < 0.5 * beside.width * beside.height


@pytest.fixture
def long_file(cast) -> CaseFile:
    document, stream = pikepdf.new(), io.BytesIO()
    for _ in range(redaction.LONG + 1):
        document.add_blank_page(page_size=(200, 300))
    document.save(stream)
    case = a_case(cast)
    return add_file(
        case=case, kind="found", name="长.pdf", data=stream.getvalue(), by=cast.officer, at=moment(TUESDAY)
    )


def run_what_waits() -> None:
    for waiting in DBTaskResult.objects.filter(task_path="gongkai.casework.tasks.redact_file"):
        tasks.redact_file.func(*waiting.args_kwargs["args"])


def test_a_long_file_is_drawn_in_the_background_and_whoever_asked_is_told_once(cast, client, long_file):
    client.force_login(cast.officer)
    url = f"/office/files/{long_file.pk}/redact/"
    page = client.post(url, ROW, follow=True).content.decode()
    assert f"这个文件有{redaction.LONG + 1}页" in page and "还在生成" in page
    assert not CaseFile.objects.filter(kind="redacted").exists()
    assert Entry.objects.filter(act="queued_redaction").count() == 1
    run_what_waits()
    run_what_waits()  # a task may be begun again after a crash
    made = CaseFile.objects.get(kind="redacted")
    assert len(pypdfium2.PdfDocument(bytes(made.content))) == redaction.LONG + 2
    [told] = Notice.objects.filter(recipient=cast.officer, kind="file_redacted")
    assert "已经生成" in told.title and "长" not in told.title
    page = client.get(url).content.decode()
    assert "还在生成" not in page and 'value="60.00"' in page
    assert page.count('loading="lazy"') == redaction.LONG + 1, "pages are drawn as somebody comes to them"


def test_what_the_background_could_not_do_is_said_and_the_boxes_are_kept(cast, long_file):
    redaction.queue_redaction(file=long_file, boxes=[BOX], by=cast.officer, at=moment(TUESDAY))
    case = long_file.case
    details = {"decision": "granted.provided"}
    append(case=case, kind="answered", on=TUESDAY, by=cast.officer, at=moment(TUESDAY), details=details)
    run_what_waits()
    assert not CaseFile.objects.filter(kind="redacted").exists()
    [told] = Notice.objects.filter(kind="file_redacted")
    assert "没有做成" in told.title and "已于2025年9月9日办结" in told.text
    assert CaseFile.objects.get(pk=long_file.pk).boxes[0]["reason"] == "个人隐私"


def test_boxes_have_reasons_and_there_is_at_least_one(cast, file):
    for boxes in (
        [],
        [Box(1, 0.1, 0.1, 0.2, 0.2, "第十五条", " ")],
        [Box(9, 0.1, 0.1, 0.2, 0.2, "第十五条", "x")],
    ):
        with pytest.raises(redaction.UnableToRedact):
            redaction.redact(file=file, boxes=boxes, by=cast.officer, at=moment(TUESDAY))
    assert CaseFile.objects.count() == 1


def test_a_file_without_pages_and_a_stranger_are_refused(cast, file):
    with pytest.raises(redaction.UnableToRedact):
        redaction.redact(file=file, boxes=[BOX], by=cast.stranger, at=moment(TUESDAY))
    from gongkai.casework.actions.files import add_file

    note = add_file(
        case=file.case, kind="found", name="a.txt", data="文字".encode(), by=cast.officer, at=moment(TUESDAY)
    )
    with pytest.raises(redaction.UnableToRedact, match="另存为PDF"):
        redaction.pages_of(file=note, by=cast.officer)


def test_a_broken_file_is_refused_in_a_sentence(cast, file):
    CaseFile.objects.filter(pk=file.pk).update(content=b"%PDF-1.4 broken")
    file = CaseFile.objects.get(pk=file.pk)
    with pytest.raises(redaction.UnableToRedact, match="请"):
        redaction.pages_of(file=file, by=cast.officer)


def test_the_grounds_of_the_boxes_are_what_the_letter_withholds(cast, file):
    boxes = [BOX, Box(1, 0.1, 0.6, 0.6, 0.7, "第十五条", "个人隐私")]
    redaction.redact(file=file, boxes=boxes, by=cast.officer, at=moment(TUESDAY))
    assert prefill(file.case, "partly_granted", {}, TUESDAY)["withheld"] == [("", "第十五条", "个人隐私")]


def test_the_page_works_without_a_script(cast, client, file):
    client.force_login(cast.officer)
    url = f"/office/files/{file.pk}/redact/"
    page = client.get(url).content.decode()
    assert f"/office/files/{file.pk}/pages/1.png" in page and page.count('name="article"') == 3
    more = client.post(url, ROW | {"more": "1"})
    assert more.status_code == 200 and more.content.decode().count('name="article"') == 4
    wrong = client.post(url, ROW | {"x1": "5", "reason": ""})
    text = wrong.content.decode()
    assert (
        wrong.status_code == 422
        and "“右”应大于“左”" in text
        and "没有写理由" in text
        and 'value="10"' in text
    )
    assert client.post(url, {}).status_code == 422
    done = client.post(url, ROW)
    assert done.url == f"/office/cases/{file.case.pk}/decide/"
    assert CaseFile.objects.get(kind="redacted").boxes[0]["x1"] == 0.6
    again = client.get(url).content.decode()
    assert 'value="60.00"' in again, "boxes drawn before are there to go on with"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"page": "2"}, "页码应是1到1"),
        ({"page": ""}, "页码应是1到1"),
        ({"page": "9" * 5000}, "页码应是1到1"),
        ({"x0": "abc"}, "“左”应是0到100的数"),
        ({"y1": "101"}, "“下”应是0到100的数"),
        ({"x0": "nan"}, "“左”应是0到100的数"),
        ({"y0": "60"}, "“下”应大于“上”"),
        ({"article": ""}, "没有写依据"),
    ],
)
def test_nonsense_in_a_box_is_named_by_its_row(change, sentence):
    from django.http import QueryDict

    data = QueryDict(mutable=True)
    data.update(ROW | change)
    boxes = typed(data)
    assert boxes.boxes(1) == [] and sentence in boxes.errors[0]
    assert re.match("第1处：", boxes.errors[0])


def test_pages_are_pictures_for_those_who_see_the_case_only(cast, client, file):
    url = f"/office/files/{file.pk}/pages/1.png"
    client.force_login(cast.officer)
    answer = client.get(url)
    assert answer.content.startswith(b"\x89PNG") and "private" in answer["Cache-Control"]
    assert client.get(f"/office/files/{file.pk}/pages/7.png").status_code == 404
    assert Entry.objects.filter(act="opened_file").count() == 1
    client.force_login(cast.stranger)
    assert client.get(url).status_code == client.get(f"/office/files/{file.pk}/redact/").status_code == 404


def test_what_was_made_opens_in_a_reader(cast, file):
    made = redaction.redact(file=file, boxes=[BOX], by=cast.officer, at=moment(TUESDAY))
    with pikepdf.open(io.BytesIO(bytes(made.content))) as document:
        assert not document.attachments and "/Info" not in document.trailer


# The files that go with the answer.


def partly(cast, case):
    return decided(cast, case, PARTLY, FACTS["partly"], path="standard", path_reason="示例")


def test_the_applicant_gets_the_last_redaction_once_the_answer_is_served_and_nothing_before(cast, file):
    first = redaction.redact(file=file, boxes=[BOX], by=cast.officer, at=moment(TUESDAY))
    second = redaction.redact(file=file, boxes=[BOX], by=cast.officer, at=moment(TUESDAY))
    letter = partly(cast, file.case)
    assert [each.pk for each in enclosed(letter)] == [second.pk]
    submit(letter, TUESDAY)
    later = redaction.redact(file=file, boxes=[BOX], by=cast.officer, at=moment(TUESDAY))
    letter = approve(letter, cast.head, TUESDAY)
    assert not CaseFile.objects.filter(shown_to_applicant=True).exists()
    serve_letter(
        letter=letter, method=ServiceMethod.COUNTER_PICK_UP, on=TUESDAY, also=ServiceKind.SIGNED,
        by=cast.officer, at=moment(TUESDAY, 16),
    )  # fmt: skip
    shown = CaseFile.objects.filter(shown_to_applicant=True)
    assert list(shown) == [second], f"neither {first.pk} nor {later.pk}, which nobody approved"


def test_which_files_go_with_the_answer_is_chosen_while_it_is_a_draft(cast, client, file):
    first = redaction.redact(file=file, boxes=[BOX], by=cast.officer, at=moment(TUESDAY))
    redaction.redact(file=file, boxes=[BOX], by=cast.officer, at=moment(TUESDAY))
    letter = partly(cast, file.case)
    client.force_login(cast.officer)
    url = f"/office/letters/{letter.pk}/"
    assert "随附的文件" in client.get(url).content.decode()
    assert client.post(url, {"do": "enclose", "enclosed": [str(first.pk)]}).status_code == 302
    letter.refresh_from_db()
    assert enclosed(letter) == [first]
    assert client.post(url, {"do": "enclose", "enclosed": [str(file.pk)]}).status_code == 422
    assert client.post(url, {"do": "enclose"}).status_code == 302
    letter.refresh_from_db()
    assert enclosed(letter) == []
    assert "没有随附区分处理后的文件" in str(obstacles(letter, TUESDAY))


def test_the_file_to_black_out_is_a_link_where_the_letter_lacks_it(cast, client, file):
    letter = partly(cast, file.case)
    client.force_login(cast.officer)
    assert f"/office/files/{file.pk}/redact/" in client.get(f"/office/letters/{letter.pk}/").content.decode()
