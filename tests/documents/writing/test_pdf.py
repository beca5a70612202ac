"""The PDF: its standard, its tags, its fonts and its words."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import typst
from documents.writing.reports import a_report

from gongkai.documents.typesetting import loaded_compiler
from gongkai.documents.writing import Unwritable, write

NO_FONTS = '<?xml version="1.0"?><fontconfig><dir>{}/none</dir></fontconfig>'


@pytest.fixture(scope="module")
def data() -> bytes:
    return write(a_report(), "pdf")


@pytest.fixture
def no_system_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which no font is installed."""
    (tmp_path / "fonts.conf").write_text(NO_FONTS.format(tmp_path))
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    monkeypatch.setenv("HOME", str(tmp_path))
    loaded_compiler.cache_clear()
    yield
    loaded_compiler.cache_clear()


def pages(data: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]


def test_it_is_an_archive_file_that_everyone_can_read(data: bytes) -> None:
    for claim in (b"<pdfaid:part>2<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<", b"/MarkInfo"):
        assert claim in data
    assert re.search(rb"/Lang ?\(zh-CN\)", data)
    assert b"/DisplayDocTitle true" in data


def test_it_has_title_author_and_the_date_of_the_report(data: bytes) -> None:
    found = pypdfium2.PdfDocument(data).get_metadata_dict()
    assert found["Title"] == "虚构市教育局2023年政府信息公开工作年度报告"
    assert found["Author"] == "虚构市教育局"
    assert found["CreationDate"].startswith("D:20240129")


def test_rare_characters_in_names_print(data: bytes) -> None:
    assert "由喆堃、赟㛃、𠮷同志负责" in "".join(pages(data)).replace("\r\n", "")


def test_pages_are_a4_and_numbered_with_dashes(data: bytes) -> None:
    document = pypdfium2.PdfDocument(data)
    assert {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document} == {(210, 297)}
    for number, text in enumerate(pages(data), start=1):
        assert f"— {number} —" in text


def test_page_numbers_stand_on_the_outer_side(data: bytes) -> None:
    for number, page in enumerate(pypdfium2.PdfDocument(data), start=1):
        text = page.get_textpage()
        start, count = text.search(f"— {number} —").get_next()
        left = text.get_charbox(start)[0]
        assert count and (left > 300 if number % 2 else left < 150)


def test_a_table_over_two_pages_repeats_its_header() -> None:
    overview = "\n".join(["本年度主动公开政府信息12条。"] * 14)
    texts = pages(write(replace(a_report(), sections={"overview": overview}), "pdf"))
    holding = [text for text in texts if "法人或其他组织" in text]
    assert len(holding) == 2 and "四、结转下年度继续办理" in holding[1]


def test_figures_stand_behind_their_labels_and_blanks_stay_blank(data: bytes) -> None:
    text = "\n".join(pages(data)).replace("\r", "")
    assert "行政规范性文件 7 7 7（其中修订16件）" in text
    assert "（一）予以公开 3 3 3 3 3 3 1234" in text
    assert "四、结转下年度继续办理 3 3 3 3 3 3\n" in text


def test_an_unsigned_report_claims_the_same_age_every_time() -> None:
    found = pypdfium2.PdfDocument(write(replace(a_report(), published_on=None), "pdf")).get_metadata_dict()
    assert found["CreationDate"].startswith("D:19800101")


def test_a_character_without_a_font_is_refused_by_name() -> None:
    report = replace(a_report(), sections={"overview": "由\U0002fa1f和\U00030000负责。"})
    with pytest.raises(Unwritable, match="现有字体里没有这些字：") as refused:
        write(report, "pdf")
    assert "\U00030000" in str(refused.value) and "GONGKAI_FONTS" in str(refused.value)


@pytest.mark.usefixtures("no_system_fonts")
def test_a_machine_without_chinese_fonts_is_told_what_to_install() -> None:
    with pytest.raises(Unwritable, match="fonts-noto-cjk"):
        write(a_report(), "pdf")


@pytest.mark.usefixtures("no_system_fonts")
def test_fonts_are_taken_from_the_deployers_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font = Path("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf")
    if not font.exists():
        pytest.skip("LXGW WenKai is not installed")
    folder = tmp_path / "fonts"
    folder.mkdir()
    shutil.copy(font, folder)
    monkeypatch.setenv("GONGKAI_FONTS", str(folder))
    assert b"LXGWWenKai" in write(replace(a_report(), sections={}), "pdf")


def test_a_fault_of_ours_crashes_loudly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.documents.writing.pdf._template", lambda: b"#nonsense")
    with pytest.raises(typst.TypstError, match="unknown variable"):
        write(a_report(), "pdf")
