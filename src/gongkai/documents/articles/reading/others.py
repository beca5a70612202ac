"""Files of every other kind → articles: by the rows that the readers of reports find in them."""

from dataclasses import replace

from gongkai.documents.articles.editing import from_text
from gongkai.documents.articles.reading.draft import CHINESE_BREAK, Draft
from gongkai.documents.articles.reading.result import ReadArticle
from gongkai.documents.reading.charset import decode
from gongkai.documents.reading.content import Row
from gongkai.documents.reading.opening import open_content

PICTURES = "这种格式的文件里的图片取不出来；请用 Word 或 WPS 另存为 .docx 再上传，或单独上传图片。"
FROM_PDF = "PDF 里的段落和表格是按版面推断的，请逐段核对；有 Word 原件时请改用原件。"
FROM_OLD = "这种格式里的自动编号、脚注和链接地址取不出来，请与原件核对；也可以另存为 .docx 再上传。"
FROM_SHEETS = "工作簿里各张表按顺序取作表格；公式只取结果，隐藏的行列和批注请另行核对。"
_OLD = ("doc", "rtf", "odt", "fodt", "wordxml")
_SHEETS = ("xlsx", "xlsb", "xls", "xmlss", "ods")
_PICTURE_MARKS = (b"\xff\xd8\xff", b"\x89PNG", b"\\pict", b"Pictures/", b"w:pict")


def read(data: bytes, name: str, kind: str) -> ReadArticle:
    """The article in a file of ``kind``. Raises :class:`Unreadable`."""
    if kind == "text" and name.lower().endswith((".md", ".markdown")):
        draft = Draft()
        draft.blocks(from_text(decode(data)).blocks)
        return draft.finished(name, first_line_may_be_title=True)
    content = open_content(data)
    draft = Draft()
    draft.rows([_joined(row) for row in content.rows] if kind == "pdf" else content.rows)
    for sentence in _losses(data, kind):
        draft.lose(sentence)
    stated = content.title if kind == "mhtml" else ""
    return draft.finished(name, stated, first_line_may_be_title=kind not in _SHEETS)


def _joined(row: Row) -> Row:
    """A cell of a PDF is broken into lines where its width ends, not its sense."""
    return replace(
        row, cells=tuple(replace(cell, text=CHINESE_BREAK.sub("", cell.text)) for cell in row.cells)
    )


def _losses(data: bytes, kind: str) -> list[str]:
    if kind == "pdf":
        return [FROM_PDF]
    lost = [FROM_OLD] if kind in _OLD else [FROM_SHEETS] if kind in _SHEETS else []
    if kind in _OLD and any(mark in data for mark in _PICTURE_MARKS):
        lost.append(PICTURES)
    return lost
