"""What every kind of file has in common."""

import io
import re
import zipfile
from dataclasses import replace
from html import unescape

import pypdfium2
import pytest
from documents.writing.reports import a_report

from gongkai.documents.writing import KINDS, Unwritable, write


def words(data: bytes, kind: str) -> str:
    """All the words in a file, without the blanks between them."""
    if kind == "pdf":
        text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
    elif kind in {"docx", "xlsx"}:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            text = "".join(archive.read(name).decode() for name in archive.namelist())
    else:
        text = data.decode()
    if kind != "json":
        text = unescape(re.sub(r"<[^<>]*>" if kind != "pdf" else r"$^", "", text))
    return re.sub(r"\s+|\\n", "", text)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["fy2019", "fy2021"])
def test_every_kind_carries_agency_year_prose_and_date(kind: str, form: str) -> None:
    report = a_report(form)
    found = words(write(report, kind), kind)
    prose = "\n".join(report.sections.values()).replace(" ", "")
    expected = [report.agency or "", str(report.year), *prose.split()]
    if kind == "json":
        expected += [str(report.published_on)]
    else:
        assert report.published_on
        expected += [f"{report.published_on.year}年1月29日", "一、总体情况", "六、其他需要报告的事项"]
    assert [text for text in expected if text not in found] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_report_gives_the_same_bytes(kind: str) -> None:
    assert write(a_report(), kind) == write(a_report(), kind)
    assert write(a_report(), kind) != write(a_report("fy2019"), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_an_unsigned_report_is_written_too(kind: str) -> None:
    report = replace(a_report(), agency=None, published_on=None, sections={})
    assert "喆" not in words(write(report, kind), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_characters_that_no_file_may_carry_are_left_out(kind: str) -> None:
    report = replace(a_report(), sections={"overview": "甲\x01乙\ud800丙"})
    assert "丙" in words(write(report, kind), kind)


def test_a_kind_we_do_not_write_is_refused_in_a_sentence() -> None:
    with pytest.raises(Unwritable, match="不会写“doc”这种文件；可写 docx、pdf、html、xlsx、json。"):
        write(a_report(), "doc")
