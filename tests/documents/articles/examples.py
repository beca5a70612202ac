"""Articles made up for the tests: a whole one by hand, and any by chance."""

from hypothesis import strategies as st

from gongkai.documents.articles import Article, Grid, Heading, Listing, Paragraph, Picture

SHA = "ab" * 32
WHOLE = Article(
    (
        Paragraph(
            "示例县教育局2024年度义务教育学校招生工作安排如下。详见[招生政策](https://example.com/policy)。"
        ),
        Heading("一、招生范围", 1),
        Paragraph("本县户籍适龄儿童。\n含随迁子女。"),
        Heading("（一）小学", 2),
        Listing(("户口簿", "房产证明"), ordered=True),
        Listing(("现场办理", "网上办理")),
        Grid((("学校", "计划"), ("示例小学", "120"), ("样本|小学", "")), 1, "招生计划"),
        Picture(SHA, "学区划分图", "图1 学区划分"),
    )
)
_MARKS = st.sampled_from(
    [
        "#",
        "##",
        "- ",
        "* ",
        "1. ",
        "2. ",
        "|",
        "\\",
        "\n",
        "\n\n",
        " ",
        "　　",
        "![",
        "](",
        ")",
        "[",
        "]",
        "图片:",
        SHA,
        "表题：",
        "---",
        "一、",
        "（二）",
        "概况",
        "<script>",
        "</p>",
        '"',
        "'",
        "&",
        "javascript:",
        "https://a.cn/",
        "//b.cn",
        "\r\n",
        "\t",
        "<b ",
        "onerror=",
    ]
)
TEXTS = st.lists(_MARKS | st.text(max_size=6), max_size=12).map("".join)
_PRINTED_TEXTS = st.lists(_MARKS | st.text("中文公开ab1 ,。—“”", max_size=6), max_size=12).map("".join)


def _articles(texts):
    rows = st.lists(st.lists(texts, max_size=3).map(tuple), max_size=3).map(tuple)
    blocks = (
        st.builds(Heading, texts, st.integers(0, 5))
        | st.builds(Paragraph, texts)
        | st.builds(Listing, st.lists(texts, max_size=4).map(tuple), st.booleans())
        | st.builds(Grid, rows, st.integers(-1, 4), texts)
        | st.builds(Picture, st.just(SHA), texts, texts)
    )
    return st.lists(blocks, max_size=6).map(lambda found: Article(tuple(found)))


ARTICLES = _articles(TEXTS)
PRINTED_ARTICLES = _articles(_PRINTED_TEXTS)
"""Only with characters that every Chinese font has."""
