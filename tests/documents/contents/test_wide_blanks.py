"""A list in GBK whose numbers have wide blanks is not taken for Big5."""

from gongkai.documents.contents import read_contents


def test_a_list_with_many_wide_blanks_is_read_as_what_it_is() -> None:
    rows = [
        "序号,姓名,一卡通账号",
        *[f"{n},甄示范,6212\u30002653\u30007335\u30009265\u3000218" for n in range(20)],
    ]
    assert "甄示范" in read_contents("\n".join(rows).encode("gb18030"), "名单.csv").text
