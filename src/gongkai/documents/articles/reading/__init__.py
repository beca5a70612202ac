"""Reading what offices have (Word, web pages, text, old formats) as an article."""

from gongkai.documents.articles.reading import docx, html, others
from gongkai.documents.articles.reading.result import ReadArticle
from gongkai.documents.reading import sniff
from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.opening import MAX_BYTES

__all__ = ["ReadArticle", "Unreadable", "read_article"]

_OF_REPORTS = (
    (sniff.BINARY, "这不是能读的文件（不是 Word、网页、PDF、表格或文本）；请提供 .docx 或 .html 文件。"),
    (sniff.IMAGE, "这是图片，没有文字可取；请把它作为图片上传，正文请提供带文字的 Word 或网页文件。"),
    (sniff.PACKED, "这是压缩包，没有直接读取；请先解压，再选择里面的正文文件。"),
    (sniff.SLIDES, "这是演示文稿，不能取作正文；请提供 Word、网页或文本文件，或把它作为附件公开。"),
    (sniff.OFD, "这是 OFD 版式文件，不能取作正文；请提供同一份文件的 Word 版本，或把它作为附件公开。"),
)  # fmt: skip
_REWORDED = dict(_OF_REPORTS)


def read_article(data: bytes, name: str) -> ReadArticle:
    """The article in a file, whatever its format; ``name`` is the file's own.

    Untrusted files belong in :func:`gongkai.documents.articles.reading.guarded.read_guarded`, which calls
    this in a child process. Raises :class:`Unreadable` with one Chinese sentence.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"文件有 {len(data) / 1e6:.0f} MB，超过 {MAX_BYTES / 1e6:.0f} MB 的上限，没有读取；"
            "请压缩其中的图片后另存再试，或把它作为附件公开。"
        )
    try:
        return _read(data, name)
    except Unreadable as error:
        raise Unreadable(_REWORDED.get(str(error), _plainly(str(error)))) from error


def _plainly(sentence: str) -> str:
    return sentence.replace("年度报告", "正文").replace("年报", "正文")


def _read(data: bytes, name: str) -> ReadArticle:
    kind = sniff.kind_of(data)
    if kind == "docx":
        return docx.read(data, name)
    return html.read(data, name) if kind == "html" else others.read(data, name, kind)
