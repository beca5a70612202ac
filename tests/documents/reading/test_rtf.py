"""Rich text reads as it prints, whatever its fonts and fallbacks."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.reading import rtf
from gongkai.documents.reading.content import Cell, Row, line


def rows(body: str, head: str = "\\ansi\\ansicpg936") -> list[Row]:
    return list(rtf.extract(f"{{\\rtf1{head} {body}}}".encode("latin-1")).rows)


def lines(body: str, head: str = "\\ansi\\ansicpg936") -> list[str]:
    return [row.text for row in rows(body, head)]


def escaped(text: str, encoding: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))


def test_text_is_decoded_by_its_font() -> None:
    fonts = (
        "{\\fonttbl{\\f0\\fcharset134 SimSun;}{\\f1\\fcharset136 MingLiU;}{\\f2\\fcharset0 Arial;}"
        "{\\f3\\fcharset77 Odd;}}"
    )
    chinese, taiwanese, western = escaped("规章", "gbk"), escaped("規章", "big5"), escaped("甲", "gbk")
    body = f"{fonts}{chinese}{{\\f1 {taiwanese}}}\\f2 {western}\\plain\\f3 x\\par"
    assert lines(body) == ["规章規章甲x"]
    assert lines(escaped("規章", "big5"), "\\ansi\\ansicpg950") == ["規章"]
    assert lines(escaped("规章", "gbk"), "\\ansi\\ansicpg99999") == ["规章"]


def test_unicode_comes_without_its_fallback() -> None:
    assert lines("\\u35268?\\u31456\\'3f\\par{\\uc0\\u35268\\u31456}") == ["规章", "规章"]
    assert lines("\\uc2\\u-10176??\\u-9216ab1") == ["𠀀1"]


def test_breaks_symbols_and_escapes_are_text() -> None:
    body = "a\\tab b\\line c\\~d\\_e\\{\\}\\\\\\-f\\ldblquote g\\rdblquote\\par\nh\r\ni\\sect j\\page k"
    assert lines(body) == ["a b", "c d-e{}\\f“g”", "hi", "j", "k"]


def test_what_does_not_print_is_left_out() -> None:
    body = (
        "{\\info{\\title x}}{\\*\\generator x;}{\\pict 0102}{\\header x\\par}{\\v x}{\\deleted 9}{\\v0 1}"
        "{\\field{\\*\\fldinst HYPERLINK}{\\fldrslt 2}}{\\listtext 3.}"
        "{\\*\\shpinst{\\sp{\\sn x}}{\\shptxt 4}}{\\*\\bkmkstart x}5}}} 6"
    )
    assert lines(body) == ["123.45 6"]


def test_merged_cells_stand_where_they_begin() -> None:
    body = (
        "\\trowd\\trleft-10\\clvmgf\\cellx2000\\clmgf\\cellx3000\\clmrg\\cellx4000"
        "\\intbl a\\cell b\\cell\\cell\\row"
        "\\trowd\\clvmrg\\cellx2010\\cellx3000\\cellx4000\\intbl\\cell c\\par d\\cell e\\cell\\row"
        "\\pard f\\par"
    )
    assert rows(body) == [
        Row((Cell("a", 0, 1, 2), Cell("b", 1, 2)), 0), Row((Cell("c\nd", 1), Cell("e", 2)), 0), line("f"),
    ]  # fmt: skip


def test_nested_tables_come_out_in_reading_order() -> None:
    body = (
        "\\trowd\\cellx9000\\intbl\\itap1 a\\par\\itap2 1\\nestcell 2\\nestcell"
        "{\\*\\nesttableprops\\trowd\\cellx100\\cellx900\\nestrow}{\\nonesttables\\par}\\itap1 b\\cell"
        "\\trowd\\cellx9000\\row\\pard\\itap0 c"
    )
    assert [(row.table, row.text) for row in rows(body)] == [
        (None, "a"), (1, "1\t2"), (None, "b"), (None, "c"),
    ]  # fmt: skip


@given(st.text(alphabet="{}\\*'0a;u-1 cellrowintbparfvd\n", max_size=200))
@settings(max_examples=300)
def test_no_text_fails(body: str) -> None:
    assert isinstance(rows(body), list)
