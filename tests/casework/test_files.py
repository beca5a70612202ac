"""Files of a case: sealed, told by their bytes, opened by those who see the case, each look on the trail."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from gongkai.audit.models import Entry
from gongkai.casework.actions.files import (
    UnableToKeepFile,
    UnableToOpenFile,
    add_file,
    media_type_of,
    open_file,
)
from gongkai.casework.actions.files import shown_name as shown
from gongkai.casework.exporting import Sheet, as_xlsx
from gongkai.casework.models import CaseFile
from tests.casework.cases import moment, register

MONDAY = date(2025, 9, 8)
PDF = b"%PDF-1.4 example"


def kept(cast, name: str = "申请书.pdf", data: bytes = PDF) -> CaseFile:
    case = register(cast, MONDAY).case
    return add_file(case=case, kind="application", name=name, data=data, by=cast.officer, at=moment(MONDAY))


def test_a_file_is_downloaded_as_an_attachment_that_can_do_nothing(cast):
    file = kept(cast)
    client = Client()
    client.force_login(cast.officer)
    answer = client.get(f"/office/files/{file.pk}/")
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"] == "no-store"


def test_each_look_is_on_the_trail_without_the_name_of_the_file(cast):
    file = kept(cast, name="甄示范的身份证.pdf")
    open_file(file=file, by=cast.officer, at=moment(MONDAY))
    entry = Entry.objects.get(act="opened_file")
    assert entry.by == cast.officer and entry.details["content"] == file.sha256
    assert "甄示范" not in str([e.details for e in Entry.objects.all()])


def test_who_does_not_see_the_case_does_not_see_its_files(cast):
    file = kept(cast)
    with pytest.raises(UnableToOpenFile):
        open_file(file=file, by=cast.stranger, at=moment(MONDAY))
    client = Client()
    client.force_login(cast.stranger)
    assert client.get(f"/office/files/{file.pk}/").status_code == 404


def test_who_may_not_work_on_the_case_adds_nothing(cast):
    case = register(cast, MONDAY).case
    with pytest.raises(UnableToKeepFile):
        add_file(case=case, kind="other", name="x", data=PDF, by=cast.leader, at=moment(MONDAY))


def test_a_removed_file_is_not_opened(cast):
    file = kept(cast)
    CaseFile.objects.filter(pk=file.pk).update(removed_at=moment(MONDAY))
    file.refresh_from_db()
    with pytest.raises(UnableToOpenFile, match="已经移除"):
        open_file(file=file, by=cast.officer, at=moment(MONDAY))


def test_a_clerk_adds_a_file_on_the_page_and_may_show_it_to_the_applicant(cast):
    case = register(cast, MONDAY).case
    client = Client()
    client.force_login(cast.officer)
    upload = SimpleUploadedFile("清单.pdf", PDF)
    client.post(f"/office/cases/{case.pk}/files/", {"kind": "provided", "file": upload, "shown": "yes"})
    assert CaseFile.objects.get().shown_to_applicant
    for sent in ({"kind": "nonsense", "file": SimpleUploadedFile("x.pdf", PDF)}, {"kind": "other"}):
        client.post(f"/office/cases/{case.pk}/files/", sent)
    assert CaseFile.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n0", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (
            as_xlsx([Sheet("表", ("甲",), (("1",),))]),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (b"<html><script>alert(1)</script>", "application/octet-stream"),
        (b"<svg onload='alert(1)'/>", "application/octet-stream"),
        (b"PK\x03\x04 broken", "application/octet-stream"),
    ],
)
def test_the_bytes_say_what_a_file_is_and_pages_are_never_served_as_pages(data: bytes, media_type: str):
    assert media_type_of(data) == media_type


@given(st.binary(max_size=200).map(lambda data: b"PK\x03\x04" + data))
def test_a_broken_archive_never_crashes(data: bytes):
    assert "/" in media_type_of(data)


@given(st.text(max_size=300))
def test_a_name_has_no_folders_no_control_characters_and_an_end(name: str):
    plain = shown(name)
    assert 1 <= len(plain) <= 100 and plain.isprintable() and "/" not in plain and "\\" not in plain


def test_a_long_name_keeps_its_ending():
    assert shown("长" * 200 + ".pdf").endswith(".pdf")
