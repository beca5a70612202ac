"""What everybody sees."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.config.uploads import MemoryOnlyUpload
from gongkai.documents.writing import KINDS, write
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.formats import load_format
from gongkai.reporting.compiling import blank_report, fill_blanks, with_cells
from tests.agencies.cast import Cast
from tests.reporting.drafts import PROSE, complete, published, submitted

SHARED = Path(__file__).resolve().parents[3] / "shared"


def report_of(year: int = 2022, **cells: int) -> FilledReport:
    """A complete report; ``cells`` of table 3 by row and column."""
    figures = {f"table3.{name.replace('__', '.')}": value for name, value in cells.items()}
    report = fill_blanks(blank_report("示例市教育局", year, load_format("fy2021")))
    return with_cells(replace(report, sections=PROSE), figures)


def upload(report: FilledReport, kind: str = "html", name: str = "年报") -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.{kind}", write(report, kind))


def bomb() -> bytes:
    """A small Word file that would fill 300 MB."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        for _ in range(300):
            part.write(b" " * 1024 * 1024)
    return packed.getvalue()


def checked(**data: object) -> str:
    return Client().post("/check/", data).content.decode()


def test_the_home_page_leads_to_both_doors(db: None):
    page = Client().get("/").content.decode()
    assert "看年度报告" in page and "检查一份年报" in page and "还没有公布年度报告" in page


def test_only_published_reports_are_public(cast: Cast):
    submitted(cast)
    assert "示例市教育局" not in Client().get("/reports/").content.decode()
    assert Client().get("/reports/edu/2020/").status_code == 404


def test_a_published_report_is_a_page_with_prose_tables_and_files(cast: Cast):
    published(cast)
    assert "示例市教育局2020年" in Client().get("/reports/?year=2020").content.decode()
    page = Client().get("/reports/edu/2020/").content.decode()
    assert PROSE["overview"] in page
    assert "（本列数据的勾稽关系为" in page
    assert "finding" not in page.partition("</head>")[2].replace("findings-title", "")
    for kind in KINDS:
        assert f"/reports/edu/2020/{kind}/" in page


def test_a_year_without_reports_leads_back(cast: Cast):
    published(cast)
    assert "看全部年度" in Client().get("/reports/?year=2024").content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_a_published_report_is_downloaded_in_every_kind(cast: Cast, kind: str):
    published(cast)
    answer = Client().get(f"/reports/edu/2020/{kind}/")
    assert answer.status_code == 200 and len(answer.content) > 500


def test_a_pdf_without_fonts_is_an_apology_not_a_crash(cast: Cast, monkeypatch):
    from gongkai.documents.writing import Unwritable

    def no_fonts(report: FilledReport, kind: str) -> bytes:
        raise Unwritable("找不到中文字体。")

    published(cast)
    monkeypatch.setattr("gongkai.pieces.downloads.write", no_fonts)
    answer = Client().get("/reports/edu/2020/pdf/")
    assert answer.status_code == 503
    assert "找不到中文字体" in answer.content.decode()


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx", "json", "pdf"])
def test_a_sound_report_is_found_sound(db: None, kind: str):
    page = checked(file=upload(report_of(), kind))
    assert "没有发现问题" in page
    assert "示例市教育局2022年政府信息公开工作年度报告" in page


def test_a_broken_sum_is_shown_at_its_cell_with_the_difference_and_the_remedy(db: None):
    page = checked(file=upload(report_of(granted__natural_person=3, granted__total=5)))
    assert "处错误" in page
    assert 'id="table3.granted.total"' in page
    assert "多2" in page
    assert "怎样改就平了" in page


def test_pasted_text_is_read_too(db: None):
    html = write(report_of(), "html").decode()
    assert "没有发现问题" in checked(text=html)


def test_last_years_report_is_laid_beside_this_years(db: None):
    last = report_of(2021, new_received__total=2, new_received__natural_person=2,
                     carried_forward__natural_person=2, carried_forward__total=2)  # fmt: skip
    page = checked(file=upload(report_of()), previous=upload(last, name="去年"))
    assert "已与“去年.html”对照" in page
    assert "T3-05" in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.docx", b""),
        ("图.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100),
        ("坏.docx", b"PK\x03\x04" + b"x" * 50),
        ("乱.bin", bytes(range(256)) * 4),
        ("信.txt", "今天天气不错。".encode()),
        ("炸弹.docx", bomb()),
    ],
)
def test_a_bad_file_gets_one_sentence(db: None, name: str, content: bytes):
    answer = Client().post("/check/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert "没有读成。" in answer.content.decode()


def test_nothing_at_all_gets_one_sentence(db: None):
    assert "还没有选文件" in checked()


def test_a_file_over_the_limit_is_named_with_its_size_and_not_held(db: None, settings):
    settings.MAX_UPLOAD_BYTES = 3 * 1024 * 1024
    big = SimpleUploadedFile("大.pdf", b"%PDF-1.4" + b"0" * (5 * 1024 * 1024))
    assert "“大.pdf”有5 MB，超过3 MB的上限" in checked(file=big).replace(" MB 的", " MB的")


def test_a_request_of_many_times_the_limit_is_refused_unread(db: None, settings):
    settings.MAX_UPLOAD_BYTES = 1024
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1
    answer = Client().post("/check/", {"file": SimpleUploadedFile("巨.pdf", b"0" * 5000)})
    assert answer.status_code == 400
    assert "请求不完整" in answer.content.decode()


def test_nothing_handed_in_reaches_the_database(db: None):
    def rows() -> dict[str, int]:
        return {model._meta.label: model._base_manager.count() for model in apps.get_models()}

    before = rows()
    checked(file=upload(report_of()), previous=upload(report_of(2021), name="去年"))
    assert rows() == before


def test_uploads_have_no_way_to_the_disk(settings):
    assert [f"{MemoryOnlyUpload.__module__}.{MemoryOnlyUpload.__name__}"] == settings.FILE_UPLOAD_HANDLERS
    assert settings.STORAGES["default"]["BACKEND"].endswith("InMemoryStorage")


def test_large_type_is_remembered_and_leads_back(db: None):
    client = Client()
    assert 'class="elder"' not in client.get("/").content.decode()
    answer = client.get("/type-size/?size=large&back=/reports/")
    assert answer.headers["Location"] == "/reports/"
    assert 'class="elder"' in client.get("/").content.decode()
    client.get("/type-size/?size=normal&back=/")
    assert 'class="elder"' not in client.get("/").content.decode()


@pytest.mark.parametrize("back", ["https://elsewhere.invalid/", "//elsewhere.invalid", "javascript:alert(1)"])
def test_large_type_leads_nowhere_else(db: None, back: str):
    assert Client().get("/type-size/", {"back": back}).headers["Location"] == "/"


def test_a_page_that_is_not_there_says_so_in_chinese(db: None):
    answer = Client().get("/no/such/page/")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()


def test_a_forged_form_is_refused_in_chinese(db: None):
    answer = Client(enforce_csrf_checks=True).post("/check/", {"text": "x"})
    assert answer.status_code == 403
    assert "请再试一次" in answer.content.decode()


def test_a_crash_says_so_in_chinese_and_shows_nothing_else(db: None, monkeypatch):
    def crash(*_: object) -> None:
        raise RuntimeError("a programmer's fault")

    monkeypatch.setattr("gongkai.portal.views.assess", crash)
    client = Client(raise_request_exception=False)
    answer = client.post("/check/", {"file": upload(report_of())})
    assert answer.status_code == 500
    assert "出了故障" in answer.content.decode()
    assert "programmer" not in answer.content.decode()


@pytest.mark.skipif(not SHARED.exists(), reason="the published reports are not beside this repository")
def test_the_seed_report_is_read_and_its_blank_row_named(db: None):
    seed = next((SHARED / "seed").glob("*.txt"))
    page = checked(file=SimpleUploadedFile("报告.txt", seed.read_bytes()))
    assert "塔城地区教育局" in page
    assert "7格空白" in page
    assert "1082.36万元" in page


def test_a_report_still_being_compiled_is_not_public_under_any_address(cast: Cast):
    complete(cast)
    for kind in ("", *(f"{kind}/" for kind in KINDS)):
        assert Client().get(f"/reports/edu/2020/{kind}").status_code == 404
