"""Files made to break the look into them: it finds something or says it cannot read, in little time."""
# ruff: noqa: E501 (what is planted is written in one piece)

import io
import time
import zipfile
from random import Random

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.reading.content import Unreadable
from gongkai.screening.hidden import Uncleanable, clean, inspect
from tests.screening.hidden.carriers import CARRIERS, picture
from tests.screening.hidden.packages import packed, parts

FILES = [make(Random(7)) for make in CARRIERS]
SLOW = 2.0


@given(st.sampled_from(FILES), st.data())
@settings(max_examples=120, deadline=None)
def test_a_damaged_file_is_looked_into_or_refused(carrier: object, data: st.DataObject) -> None:
    spoilt = bytearray(carrier.data)  # type: ignore[attr-defined]
    for _ in range(data.draw(st.integers(0, 8))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    try:
        inspect(bytes(spoilt[: data.draw(st.integers(1, len(spoilt)))]), "x")
    except Unreadable as refused:
        assert str(refused).endswith("。")


@given(st.sampled_from([one for one in FILES if one.data.startswith(b"PK")]), st.data())
@settings(max_examples=60, deadline=None)
def test_a_package_with_a_spoilt_part_is_looked_into_or_refused(carrier: object, data: st.DataObject) -> None:
    content = parts(carrier.data)  # type: ignore[attr-defined]
    name = data.draw(st.sampled_from(sorted(content)))
    body = content[name]
    cut = data.draw(st.integers(0, len(body)))
    content[name] = (
        body[:cut]
        + data.draw(st.sampled_from([b"", b"<", b"</x>", b"\0", b"99999999999999", b"-1", b'="x"']))
        + body[cut:]
    )
    try:
        cleaned = clean(packed(content), "x")
        assert inspect(cleaned, "x") == ()
    except (Unreadable, Uncleanable) as refused:
        assert str(refused).endswith("。")


@pytest.mark.parametrize(
    "text",
    ["<!--" * 25_000, "<p " * 33_000, "<html>" + "<" * 100_000, "<html>" + "<p hidden>" * 5_000, " " * 100_000, "\n" * 100_000,
     ",\t" * 50_000, "\u200b" * 33_000, "<html><p style='" + "height:0;" * 11_000 + "'>x", "{\\rtf1" + "{\\v " * 20_000, "{\\rtf1 " + "\\'" * 50_000,
     "<html><p data-x='" + "1a" * 50_000 + "'>", "<html><img alt='" + "a." * 50_000 + "@'>", "a" * 60 + "@" * 100_000],
    ids=lambda text: repr(text[:20]),
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    start = time.perf_counter()
    try:
        inspect(text.encode(), "x")
    except Unreadable as refused:
        assert str(refused).endswith("。")
    assert time.perf_counter() - start < SLOW


def test_a_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("大.txt", bytes(70_000_000))
    with pytest.raises(Unreadable):
        inspect(out.getvalue(), "x.zip")


def test_archives_too_deep_in_each_other_are_refused() -> None:
    data = b"text"
    for _ in range(6):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as file:
            file.writestr("内.zip", data)
        data = out.getvalue()
    with pytest.raises(Unreadable, match="层"):
        inspect(data, "x.zip")


def test_names_in_gbk_are_spelled_as_windows_meant_them() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(
            zipfile.ZipInfo("placeholder"), picture(Random(1), "JPEG", comment="甄示范样本文字".encode())
        )
    name = "照片名单".encode("gbk")
    data = out.getvalue().replace(b"placeholder", name.ljust(11, b"1"))
    [finding] = inspect(data, "x.zip")
    assert finding.where.startswith("压缩包中的“照片名单111”")


def test_a_formula_nobody_worked_out_that_looks_into_a_hidden_sheet_cannot_be_cleaned() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "=名单!A1"
    book.create_sheet("名单")["A1"] = "甄示范"
    book["名单"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Uncleanable, match="公式"):
        clean(out.getvalue(), "表.xlsx")


def test_an_empty_file_hides_nothing_and_an_unknown_one_neither() -> None:
    assert inspect(b"", "x") == ()
    assert inspect(b"\0\1\2\3" * 100, "x.bin") == ()
    assert clean(b"\0\1\2\3" * 100, "x.bin") == b"\0\1\2\3" * 100
