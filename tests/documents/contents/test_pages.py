"""What stands in a page, what it hides, and how it is changed with all tags left as they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.contents import Contents, Unreadable, read_contents, rewrite


def said(contents: Contents) -> dict[str, tuple[str, bool]]:
    return {each.place: (each.text, each.hidden) for each in contents.places if each.text}


def page(body: str) -> bytes:
    return f"<html><head><title>标题</title></head><body>{body}</body></html>".encode()


def found(body: str) -> dict[str, tuple[str, bool]]:
    rest = said(read_contents(page(body), "a.html"))
    assert rest.pop("网页标题1") == ("标题", False)
    return rest


def test_paragraphs_lines_and_entities_are_read_as_seen() -> None:
    assert found("<p>第一&nbsp;段\n 落</p><div>甲<br/>乙<b>丙</b></div>散文&lt;&#65;&gt;") == {
        "第1段": ("第一 段 落", False),
        "第2段": ("甲", False),
        "第3段": ("乙丙", False),
        "第4段": ("散文<A>", False),
    }


def test_what_a_page_hides_is_marked() -> None:
    body = (
        '<p style="display:none">藏<b>着</b></p><div hidden>也<div>藏</div>着</div><template>模板</template>'
        "<noscript>无脚本</noscript><!-- 注释里 --><!-- --><p>可见</p>"
        '<img alt="照片上的甄示范"><p data-n="1380000">尾</p>'
        '<input type="hidden" value="暗值是这"><input value="明值是这">'
        '<svg display="none"><text>形</text></svg>'
    )
    assert found(body) == {
        "隐藏内容1": ("藏着", True), "隐藏内容2": ("也\n藏\n着", True), "隐藏内容3": ("模板", True),
        "隐藏内容4": ("无脚本", True), "注释1": ("注释里", True), "第1段": ("可见", False),
        "属性文字1": ("照片上的甄示范", True), "属性文字2": ("1380000", True), "第2段": ("尾", False),
        "表单内容1": ("暗值是这", True), "表单内容2": ("明值是这", False), "第3段": ("形", False),
    }  # fmt: skip


def test_hidden_rows_and_cells_end_where_they_end() -> None:
    body = (
        "<table><tr><td>甲<td>乙</tr><tr style='display:none'><td>暗一</td><td>暗二</td></tr>"
        "<tr><td hidden>暗格<td>丙</tr><tr><td><span hidden>没有结尾</td><td>丁</td></tr></table><p>后</p>"
    )
    assert found(body) == {
        "表1第1行第1列": ("甲", False), "表1第1行第2列": ("乙", False), "隐藏内容1": ("暗一暗二", True),
        "隐藏内容2": ("暗格", True), "表1第3行第2列": ("丙", False), "隐藏内容3": ("没有结尾", True),
        "表1第4行第2列": ("丁", False), "第1段": ("后", False),
    }  # fmt: skip


def test_spans_keep_the_columns_in_line() -> None:
    [table] = read_contents(
        page("<table><tr><th rowspan=2>姓名<th colspan=2>联系</tr><tr><th>电话<th>地址</tr>"
             "<tbody><tr><td>甄<td>1<td>路</tbody></table>"), "a.html"
    ).tables  # fmt: skip
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["姓名", "联系", ""],
        ["", "电话", "地址"],
        ["甄", "1", "路"],
    ]


def test_tables_in_cells_and_broken_tables_are_read() -> None:
    assert found("<table><tr><td>外<table><tr><td>内</td></tr></table>尾</td></tr></table>") == {
        "表1第1行第1列中的表1第1行第1列": ("内", False),
        "表1第1行第1列": ("外\n尾", False),
    }
    assert found("<table><caption>题</caption><td>甲<table><td>乙") == {
        "第1段": ("题", False),
        "表1第1行第1列": ("甲", False),
        "表1第1行第1列中的表1第1行第1列": ("乙", False),
    }
    assert found("<table><tr><table><tr><td>甲</table>后</td>") == {
        "表2第1行第1列": ("甲", False),
        "第1段": ("后", False),
    }
    with pytest.raises(Unreadable, match="嵌套过深"):
        read_contents(page("<table><tr><td>" * 200), "a.html")


def test_only_the_text_changes() -> None:
    data = (
        '<p class="x">身份证<b>0000</b>00<i>19900101</i>123X，<!-- 甲 -->完</p>'
        "<table><tr><td>甲 &amp;\n乙</td></tr></table>"
    ).encode()
    changed = rewrite(data, "a.html", {"第1段": "身份证000***3X，完", "表1第1行第1列": "甲 & 丙"})
    assert changed.decode() == (
        '<p class="x">身份证<b>000***</b><i></i>3X，<!-- 甲 -->完</p>'
        "<table><tr><td>甲 &amp;\n丙</td></tr></table>"
    )


def test_new_text_never_becomes_markup() -> None:
    changed = rewrite(page("<p>甲</p>"), "a.html", {"第1段": '<script>"&'})
    assert b"<p>&lt;script&gt;&quot;&amp;</p>" in changed
    assert said(read_contents(changed, "a.html"))["第1段"] == ('<script>"&', False)


def test_a_page_keeps_its_encoding() -> None:
    data = "<meta charset=gb2312><p>甄示范㛃</p>".encode("gb18030")
    assert rewrite(data, "a.html", {"第1段": "某𠮷"}) == "<meta charset=gb2312><p>某𠮷</p>".encode("gb18030")


@settings(max_examples=60)
@given(
    pieces=st.lists(
        st.sampled_from(
            ["甲", "乙 ", "&amp;", "&nbsp;", "<b>", "</b>", "\n", "<br>", "𠮷", "&lt;p", "&notit;"]
        ),
        min_size=1, max_size=12,
    ),
    new=st.text("某甲<&>𠮷", min_size=1, max_size=6),
)  # fmt: skip
def test_any_cell_can_be_changed_to_any_text(pieces: list[str], new: str) -> None:
    data = f"<table><tr><td>{''.join(pieces)}</td><td>旁</td></tr></table>".encode()
    before = said(read_contents(data, "a.html"))
    if "表1第1行第1列" in before:
        after = said(read_contents(rewrite(data, "a.html", {"表1第1行第1列": new}), "a.html"))
        assert after == before | {"表1第1行第1列": (new, False)}
