"""A text is read in the encoding it is in, not the one it claims."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.reading.charset import declared_encoding, decode, without_invisible

TEXT = "测试县2023年政府信息公开工作年度报告，堃喆赟𠮷"
SIMPLE = "测试县2023年政府信息公开工作年度报告"
TRADITIONAL = "測試縣2023年政府信息公開工作年度報告"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_chinese_encoding_is_told_from_the_bytes(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_big5_is_told_from_gbk() -> None:
    assert decode(TRADITIONAL.encode("big5")) == TRADITIONAL


@pytest.mark.parametrize(
    "claimed", ["gb2312", "utf-8", "big5", "iso-8859-1", "no-such-thing", "x-user-defined"]
)
def test_a_wrong_claim_does_no_harm(claimed: str) -> None:
    for encoding in ("gb18030", "utf-8"):
        page = f"<meta charset={claimed}>{TEXT}"
        assert decode(page.encode(encoding)) == page


def test_gb2312_means_gb18030() -> None:
    assert declared_encoding(b"<meta http-equiv=x content='text/html; charset=GB2312'>") == "gb18030"
    assert declared_encoding(b"<?xml version='1.0' encoding='Big5'?>") == "big5hkscs"
    assert declared_encoding(b"<p>") is None


def test_a_few_spoilt_bytes_cost_a_few_characters() -> None:
    spoilt = SIMPLE.encode() + b"\xff\xfe\x80" + "公开".encode()
    assert decode(spoilt).startswith(SIMPLE)
    assert decode(SIMPLE.encode("gb18030") + b"\xff" + "。".encode("gb18030")).startswith(SIMPLE)


def test_text_decoded_wrongly_once_is_put_right() -> None:
    misread = SIMPLE.encode().decode("gb18030", "replace")
    assert decode(misread.encode()) == SIMPLE.replace("县", "\ufffd").replace("开", "\ufffd")
    assert decode(SIMPLE.encode().decode("latin-1").encode()) == SIMPLE
    assert decode(SIMPLE.encode("gbk").decode("latin-1").encode()) == SIMPLE
    windows = SIMPLE.encode("gbk").decode("cp1252", "replace")
    assert "政府" in decode(windows.encode())


def test_other_text_is_left_as_it_is() -> None:
    assert decode("无关的文字".encode()) == "无关的文字"
    assert decode(b"plain") == "plain"
    assert "\ufffd" in decode(b"\xff\xff\xff\x80\x81")


def test_characters_without_width_are_dropped() -> None:
    assert without_invisible("1\u200b2\ufeff3\u202e4\u20605\0") == "12345"
    assert without_invisible("12 34") == "12 34"


@given(st.binary(max_size=300))
def test_no_bytes_fail(data: bytes) -> None:
    assert isinstance(decode(data), str)


@given(st.text(alphabet="政府信息公开甲乙丙12，", min_size=1, max_size=60))
def test_reports_survive_in_both_common_encodings(text: str) -> None:
    report = f"年度报告{text}"
    assert decode(report.encode("gb18030")) == report == decode(report.encode())
