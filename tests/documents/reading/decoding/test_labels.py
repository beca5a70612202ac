"""Labels found again in what was published."""

import pytest

from gongkai.documents.reading.decoding.folding import core, fold, skeleton_with_positions
from gongkai.documents.reading.decoding.labels import table2_columns, table3_rows


@pytest.mark.parametrize(
    ("published", "code"),
    [
        ("（一）予以公开", "granted"),
        ("(一) 予以公开", "granted"),
        ("1、属于国家秘密", "denied.state_secret"),
        ("⼀、本年新收政府信息公开申请数量", "new_received"),
        ("屬於國家秘密", "denied.state_secret"),
        ("7.屬于行政執法案卷", "denied.enforcement_file"),
        ("2.其他法律行政止公开", "denied.barred_by_law"),
        ("三、本年度办理结果（四）无法提供1.本机关不掌握相关政府信息", "unable_to_provide.not_held"),
        ("5.要求行政机关确认或重\n新出具\n已获取信息", "not_processed.reissue_or_confirm"),
        ("部分公开", "partly_granted"),
        ("3.其他", "otherwise_handled.other_handling"),
        ("（六）其他处理", "otherwise_handled"),
        ("政(zhèng)府信息", None),
        ("", None),
    ],
)
def test_a_row_of_table_3_is_known_by_its_label(published: str, code: str | None) -> None:
    found = table3_rows().find(published)
    assert (found[0] if found else None) == code


@pytest.mark.parametrize(
    ("published", "code"),
    [
        ("本年\n新制作数量", "made"),
        ("本年发件数", "issued"),
        ("本年增/减", "change"),
        ("采购总金额", "amount"),
    ],
)
def test_a_column_of_table_2_is_known_by_its_header(published: str, code: str) -> None:
    found = table2_columns().find(published)
    assert found is not None
    assert found[0] == code


def test_pinyin_in_brackets_never_takes_part() -> None:
    assert core("政務(wù)公開(kāi)") == "政务公开"


def test_folding_keeps_what_has_no_simplified_form() -> None:
    assert fold("㛃𠮷ＡＢ１２") == "㛃𠮷AB12"


def test_skeleton_positions_point_into_the_text() -> None:
    text = "1. 屬於  國家"
    skeleton, positions = skeleton_with_positions(text)
    assert skeleton == "属于国家"
    assert [text[i] for i in positions] == ["屬", "於", "國", "家"]
