"""Word's list numbers are printed as Word prints them."""

import pytest

from gongkai.documents.reading.numbering import chinese, printed


@pytest.mark.parametrize(
    ("how", "count", "text"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("chineseCountingThousand", 21, "二十一"),
        ("japaneseCounting", 10, "十"),
        ("chineseLegalSimplified", 12, "拾贰"),
        ("ideographDigital", 20, "二〇"),
        ("decimalEnclosedCircleChinese", 3, "③"),
        ("decimalEnclosedCircle", 30, "30"),
        ("decimalFullWidth", 12, "１２"),
        ("ideographTraditional", 2, "乙"),
        ("ideographTraditional", 11, "11"),
        ("lowerLetter", 28, "bb"),
        ("upperLetter", 1, "A"),
        ("lowerRoman", 49, "xlix"),
        ("upperRoman", 14, "XIV"),
        ("none", 1, ""),
        ("noSuchFormat", 7, "7"),
    ],
)
def test_every_format_prints_its_numbers(how: str, count: int, text: str) -> None:
    assert printed(count, how) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (100, "一百"), (105, "一百零五"), (110, "一百一十"),
     (1001, "一千零一"), (1010, "一千零一十"), (0, "0"), (10_000, "10000")],
)  # fmt: skip
def test_numbers_are_written_in_chinese(count: int, text: str) -> None:
    assert chinese(count) == text
