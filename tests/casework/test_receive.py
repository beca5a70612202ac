"""The counter registers what arrives; duplicates are shown, nothing is blocked; registers are taken over."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.casework.actions.duplicates import compare, compare_all
from gongkai.casework.actions.importing import UnableToImport, import_register, keep_register
from gongkai.casework.models import Application, CaseFile, Likeness, RegisterUpload
from gongkai.casework.queries.duplicates import patterns
from gongkai.casework.register import Defaults
from gongkai.law.limits import chinese_date
from gongkai.pieces import once
from tests.casework.cases import IDENTITY, moment, register
from tests.casework.test_register import HEAD, SOUND, as_csv, line

MONDAY, TUESDAY = date(2025, 9, 8), date(2025, 9, 9)
FORM = {
    "channel": "in_person",
    "matter": "disclosure",
    "description": "2024年度全市义务教育学校校舍维修改造项目清单（示例）",
    "access": "pick_up",
    "carrier": "paper",
    "applicant_kind": "natural_person",
    "person_name": "甄示范",
    "id_kind": "居民身份证",
    "id_number": "000000199001010000",
    "phone": "000-0000001",
}
OTHER = IDENTITY | {"name": "贾样本", "id_number": "000000199001010001"}


@pytest.fixture
def clerk(cast) -> Client:
    client = Client()
    client.force_login(cast.officer)
    return client


def today() -> date:
    return timezone.localdate()


def post(client: Client, **changes):
    return client.post("/office/cases/receive/edu/", FORM | {"arrived_on": chinese_date(today())} | changes)


def arrival_page(client: Client, case: Application) -> str:
    return client.get(f"/office/cases/{case.pk}/arrived/").content.decode()


def test_what_is_handed_over_is_registered_and_received_that_day(clerk):
    answer = post(clerk, arrived_on=today().strftime("%Y/%m/%d"))
    case = Application.objects.get()
    assert answer.headers["Location"] == f"/office/cases/{case.pk}/arrived/"
    assert (case.received_on, case.channel) == (today(), "in_person")
    page = clerk.get(answer.headers["Location"]).content.decode()
    assert "当面提交的，以提交之日为收到申请之日" in page and "第三十一条第一项" in page


def test_scans_are_kept_with_it(clerk):
    post(clerk, identity_file=SimpleUploadedFile("身份证.png", b"\x89PNG\r\n\x1a\n0"))
    assert CaseFile.objects.get().kind == "identity"


def test_a_scan_that_cannot_be_kept_leaves_nothing_registered_and_loses_nothing_typed(clerk):
    answer = post(clerk, file_1=SimpleUploadedFile("程序.exe", b"MZ000"))
    assert answer.status_code == 409 and "程序文件" in answer.content.decode()
    assert "甄示范" in answer.content.decode() and not Application.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"arrived_on": "明天"}, "不是日期"),
        ({"arrived_on": ""}, "请写到达日期"),
        ({"description": ""}, "请写明申请人要什么"),
        ({"person_name": ""}, "请写姓名"),
        ({"channel": "website"}, "没有“website”这个选项"),
    ],
)
def test_nonsense_is_refused_in_a_sentence(clerk, changes, says):
    answer = post(clerk, **changes)
    assert answer.status_code == 422 and says in answer.content.decode()


def test_a_day_to_come_is_refused(clerk):
    answer = post(clerk, arrived_on=(today() + timedelta(days=1)).isoformat())
    assert answer.status_code == 409 and "还没有到" in answer.content.decode()


def test_proof_of_identity_may_be_missing_at_the_counter(clerk):
    post(clerk, id_number="")
    assert "id_number" not in Application.objects.get().applicant.identity


def test_the_day_of_receipt_is_never_a_field(clerk):
    assert 'name="received_on"' not in clerk.get("/office/cases/receive/edu/").content.decode()


def test_a_section_without_the_role_is_told_why_there_is_no_form(cast):
    client = Client()
    client.force_login(cast.leader)
    page = client.get("/office/cases/receive/edu/").content.decode()
    assert "您不能登记" in page and "<textarea" not in page
    client.force_login(cast.stranger)
    assert client.get("/office/cases/receive/edu/").status_code == 404


# Confirming


def test_attempts_are_logged_and_the_day_follows_from_the_one_that_reached(clerk):
    post(clerk, channel="ordinary_mail", arrived_on=(today() - timedelta(days=5)).isoformat())
    case = Application.objects.get()
    page = arrival_page(clerk, case)
    assert "到达已经超过一个工作日，还没有确认" in page
    attempt = {"on": chinese_date(today()), "party": "office", "reached": "no", "how": "电话无人接听"}
    clerk.post(f"/office/cases/{case.pk}/confirmation/", attempt)
    case.refresh_from_db()
    assert case.received_on is None
    assert "没有联系上：电话无人接听" in arrival_page(clerk, case)
    clerk.post(f"/office/cases/{case.pk}/confirmation/", attempt | {"reached": "yes", "how": "电话"})
    case.refresh_from_db()
    assert case.received_on == today()
    page = arrival_page(clerk, case)
    assert "还没有确认。" not in page and "记一次联系" not in page


def test_an_attempt_without_a_word_of_how_is_not_logged(clerk):
    post(clerk, channel="fax")
    case = Application.objects.get()
    clerk.post(f"/office/cases/{case.pk}/confirmation/", {"on": chinese_date(today()), "party": "office"})
    assert not case.events.filter(kind="confirmation").exists()


def test_only_the_head_fixes_the_day_and_the_others_see_why_not(cast, clerk):
    post(clerk, channel="ordinary_mail")
    case = Application.objects.get()
    assert "由政府信息公开工作机构负责人决定" in arrival_page(clerk, case)
    fix = {"on": chinese_date(today()), "reason": "申请人来电，录音在卷"}
    clerk.post(f"/office/cases/{case.pk}/receipt-day/", fix)
    case.refresh_from_db()
    assert case.received_on is None
    head = Client()
    head.force_login(cast.head)
    head.post(f"/office/cases/{case.pk}/receipt-day/", fix)
    case.refresh_from_db()
    assert case.received_on == today()
    assert (
        "由负责人直接确定：申请人来电，录音在卷"
        in head.get(f"/office/cases/{case.pk}/arrived/").content.decode()
    )


def test_the_receipt_is_printed_again_and_that_is_on_the_trail(clerk, cast):
    post(clerk)
    case = Application.objects.get()
    answer = clerk.post(f"/office/cases/{case.pk}/receipt/")
    assert answer.headers["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert Entry.objects.get(act="looked_at_query_code").by == cast.officer


def test_the_office_writes_to_the_applicant(clerk):
    post(clerk)
    case = Application.objects.get()
    clerk.post(f"/office/cases/{case.pk}/message/", {"text": "请补一张清晰的扫描件。", "back": "arrived"})
    assert case.messages.get().text == "请补一张清晰的扫描件。"


# Duplicates


def test_the_same_text_and_the_same_applicant_are_shown_at_once(clerk):
    post(clerk)
    answer = post(clerk)
    page = clerk.get(answer.headers["Location"]).content.decode()
    assert "完全相同" in page and "同一申请人" in page
    likeness = Likeness.objects.get()
    assert likeness.same_applicant and likeness.score == 1.0


def test_another_applicants_almost_same_text_is_found_and_a_different_one_is_not(cast):
    register(cast, MONDAY)
    near = register(
        cast, TUESDAY, identity=OTHER, description="2024年度全市义务教育学校校舍维修改造项目清单"
    ).case
    far = register(
        cast, TUESDAY, identity=OTHER | {"id_number": "000000199001010009"}, description="校车采购合同"
    ).case
    (found,) = compare(case=near, at=moment(TUESDAY))
    assert 0.6 <= found.score < 1 and not found.same_applicant
    assert compare(case=far, at=moment(TUESDAY)) == []


def test_full_width_digits_and_punctuation_make_no_difference(cast):
    register(cast, MONDAY, description="2024年采购合同清单")
    same = register(cast, TUESDAY, identity=OTHER, description="２０２４年  采购合同，清单。").case
    assert [each.score for each in compare(case=same, at=moment(TUESDAY))] == [1.0]


def test_the_same_applicants_other_wish_is_named_but_ranks_below(cast):
    register(cast, MONDAY, description="食堂招标文件")
    twin = register(cast, MONDAY, description="2023年校车采购合同", identity=OTHER).case
    case = register(cast, TUESDAY, description="2023年校车采购合同").case
    first, second = compare(case=case, at=moment(TUESDAY))
    assert first.other == twin and second.same_applicant and second.score == 0


def test_a_case_older_than_two_years_is_not_looked_at(cast):
    register(cast, date(2023, 9, 7))
    case = register(cast, MONDAY).case
    assert compare(case=case, at=moment(MONDAY)) == []


def test_the_nightly_round_finds_what_came_in_by_import_and_says_so_once(cast):
    case = register(cast, TUESDAY).case
    register(cast, MONDAY, identity=OTHER)
    assert compare_all(agency=cast.agency, at=moment(TUESDAY)) == 2
    before = Entry.objects.filter(act="compared").count()
    assert compare_all(agency=cast.agency, at=moment(TUESDAY)) == 2
    assert Entry.objects.filter(act="compared").count() == before
    assert Likeness.objects.filter(case=case).exists()


# Who applies how often


def test_frequent_applicants_are_counted_by_month_quarter_and_year(cast):
    for day in (date(2025, 2, 3), date(2025, 7, 7), MONDAY, TUESDAY):
        compare(case=register(cast, day).case, at=moment(day))
    register(cast, MONDAY, identity=OTHER)
    (pattern,) = patterns(cast.agency, date(2025, 9, 30))
    assert (pattern.this_month, pattern.this_quarter, pattern.this_year) == (2, 3, 4)
    assert pattern.repeats == 3 and pattern.next_fee == 0 and pattern.masked_name == "甄**"


def test_the_eleventh_case_of_a_month_would_cost_a_hundred_yuan(cast):
    for number in range(10):
        register(cast, MONDAY, description=f"第{number}个不同的事项")
    assert patterns(cast.agency, MONDAY)[0].next_fee == 100


def test_the_pattern_register_shows_masked_names_to_the_disclosure_office_only(cast, clerk):
    for _ in range(3):
        register(cast, today())
    page = clerk.get("/office/patterns/edu/").content.decode()
    assert "甄**" in page and "甄示范" not in page
    client = Client()
    client.force_login(cast.stranger)
    assert client.get("/office/patterns/edu/").status_code == 404


# Taking over a register


def upload(client: Client, data: bytes, **choices):
    return client.post(
        "/office/cases/import/edu/", {"file": SimpleUploadedFile("登记簿.csv", data), **choices}
    )


def test_a_register_is_looked_at_first_and_imported_on_a_second_word(clerk):
    rows = [
        SOUND,
        line(
            number="2024-0007",
            supplement_requested_on="2024-03-06",
            supplemented_on="2024-03-12",
            channel="传真",
        ),
        line(number="2024-0008", outcome="申请人撤回"),
        line(number="2024-0009", received_on="2024-13-01"),
        line(number="2024-0010", answered_on="", outcome=""),
    ]
    answer = upload(clerk, as_csv([HEAD, *rows], "gb18030"))
    preview = answer.headers["Location"]
    page = clerk.get(preview).content.decode()
    assert "可以导入4件" in page and "1行有问题" in page and "没有“2024-13-01”这一天" in page
    assert not Application.objects.exists()
    clerk.post(preview, {"act": "import"})
    cases = {case.number: case for case in Application.objects.all()}
    assert sorted(cases) == ["2024-0001", "2024-0007", "2024-0008", "2024-0010"]
    assert cases["2024-0007"].received_on == date(2024, 3, 4), "the register's day of receipt stands"
    assert [e.kind for e in cases["2024-0007"].events.all()] == [
        "arrived", "received", "supplement_requested", "supplemented", "answered",
    ]  # fmt: skip
    assert cases["2024-0008"].decision == "otherwise_handled.other_handling"
    assert cases["2024-0010"].state == "in_progress"
    assert bytes(RegisterUpload.objects.get().content or b"") == b""


def test_what_is_there_already_is_skipped_and_new_numbers_follow_on(cast, clerk):
    preview = upload(clerk, as_csv([HEAD, SOUND, line(number="2024-0041")])).headers["Location"]
    clerk.post(preview, {"act": "import"})
    again = upload(clerk, as_csv([HEAD, SOUND, line(number="2024-0042")])).headers["Location"]
    page = clerk.get(again).content.decode()
    assert "可以导入1件" in page and "1行已经有了" in page
    clerk.post(again, {"act": "import"})
    assert Application.objects.count() == 3
    assert register(cast, date(2024, 12, 2)).case.number == "2024-0043"


def test_a_register_that_is_dropped_leaves_no_file_and_no_case(clerk):
    preview = upload(clerk, as_csv([HEAD, SOUND])).headers["Location"]
    clerk.post(preview, {"act": "drop"})
    assert RegisterUpload.objects.get().content is None and not Application.objects.exists()
    assert clerk.get(preview).status_code == 302


def test_the_file_lies_sealed_and_no_personal_datum_is_in_the_address_or_the_trail(clerk):
    from django.db import connection

    answer = upload(clerk, as_csv([HEAD, SOUND]), channel="website", kind="natural_person")
    with connection.cursor() as cursor:
        cursor.execute("SELECT content, name FROM casework_registerupload")
        content, name = cursor.fetchone()
    assert "甄示范".encode() not in bytes(content) and "登记簿".encode() not in bytes(name)
    assert answer.headers["Location"].endswith("?channel=website&kind=natural_person")
    assert "甄示范" not in str([entry.details for entry in Entry.objects.all()])


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", "甲,乙\n1,2\n".encode()])
def test_a_file_that_is_no_register_gets_one_sentence(clerk, data):
    answer = upload(clerk, data)
    assert answer.status_code == 422 and "没有读成" in answer.content.decode()
    assert not RegisterUpload.objects.exists()


def test_if_one_row_fails_while_importing_none_is_kept(cast, monkeypatch):
    from gongkai.casework.actions import importing

    kept = keep_register(
        agency=cast.agency, name="x.csv", data=as_csv([HEAD, SOUND, line(number="2024-0002")]),
        by=cast.officer, at=moment(TUESDAY),
    )  # fmt: skip
    real = importing.append

    def failing(**named):
        if named["case"].number == "2024-0002":
            raise RuntimeError("the disk is full")
        return real(**named)

    monkeypatch.setattr(importing, "append", failing)
    with pytest.raises(RuntimeError):
        import_register(upload=kept, defaults=Defaults(), by=cast.officer, at=moment(TUESDAY))
    assert not Application.objects.exists()


def test_only_the_disclosure_office_imports(cast):
    with pytest.raises(UnableToImport):
        keep_register(agency=cast.agency, name="x", data=b"x", by=cast.leader, at=moment(TUESDAY))


def test_the_template_is_a_workbook(clerk):
    assert clerk.get("/office/cases/import/edu/template/").content.startswith(b"PK")


def test_what_identifies_somebody_is_kept_in_half_width(clerk):
    post(clerk, id_number="０００００0 19900101 000ｘ", phone="０００－０００１", person_name="甄㛃𠮷")
    identity = Application.objects.get().applicant.identity
    assert (identity["id_number"], identity["phone"]) == ("00000019900101000X", "000-0001")
    assert identity["name"] == "甄㛃𠮷"


def test_a_form_that_is_sent_twice_registers_one_application(clerk):
    page = clerk.get("/office/cases/receive/edu/").content.decode()
    token = re.search(r'name="once" value="([^"]+)"', page)[1]
    first = post(clerk, once=token)
    again = post(clerk, once=token)
    assert Application.objects.count() == 1
    assert again["Location"] == first["Location"]
    assert "刚才已经提交过" in clerk.get(again["Location"]).content.decode()
    assert f'value="{token}"' not in clerk.get("/office/cases/receive/edu/").content.decode()


def test_a_form_that_was_refused_may_be_mended_and_sent_again(clerk):
    page = post(clerk, once="a-token-of-a-page", arrived_on="2999-01-01").content.decode()
    assert 'value="a-token-of-a-page"' in page
    assert post(clerk, once="a-token-of-a-page").status_code == 302
    assert Application.objects.count() == 1


def test_what_is_pressed_again_while_the_first_is_under_way_waits_for_nobody(clerk):
    once.take("under-way")
    answer = post(clerk, once="under-way")
    assert answer["Location"] == "/office/" and not Application.objects.exists()
