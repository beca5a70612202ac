"""PDF with a text layer, by pdfium: ruled tables from their lines, other tables from their columns."""

import pypdfium2 as pdfium

from gongkai.documents.reading.content import Content, Unreadable
from gongkai.documents.reading.pdf.columns import Column
from gongkai.documents.reading.pdf.flow import rows_of
from gongkai.documents.reading.pdf.furniture import Items, without_furniture
from gongkai.documents.reading.pdf.pages import Page, read_page
from gongkai.documents.reading.pdf.unruled import with_unruled

MOST_PAGES = 500
"""Pages read of one file; an annual report has some ten."""

_FEWEST_GLYPHS = 10
"""A page with a picture and fewer characters than this is a scan."""


def extract(data: bytes) -> Content:
    """A PDF as rows: each ruled or plainly aligned table row a row of cells, each paragraph a row.

    Raises :class:`Unreadable` for a file that is damaged, locked by a password, too long, or scanned.
    """
    document = _open(data)
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable(
                f"这份PDF有{len(document)}页，超过{MOST_PAGES}页的上限，不像一份年度报告；请只截取年度报告的页面再试。"
            )
        pages = [_page(document, number) for number in range(len(document))]
        title = document.get_metadata_value("Title")
    finally:
        document.close()
    _require_text(pages)
    bare = without_furniture([page.items for page in pages])
    read: list[Items] = []
    columns: list[Column] = []
    for items, page in zip(bare, pages, strict=True):
        whole, columns = with_unruled(items, page.across, columns)
        read.append(whole)
    return Content("pdf", rows_of(read), title)


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable("这份PDF设了打开密码，无法读取；请去掉密码另存后再试。") from error
        raise Unreadable("这份PDF已损坏或不完整，无法打开；请重新下载或导出后再试。") from error


def _page(document: pdfium.PdfDocument, number: int) -> Page:
    try:
        page = document[number]
    except pdfium.PdfiumError as error:
        raise Unreadable(f"这份PDF的第{number + 1}页已损坏，无法读取；请重新下载或导出后再试。") from error
    try:
        return read_page(page.raw)
    finally:
        page.close()


def _require_text(pages: list[Page]) -> None:
    """Refuse a file whose pages are mostly pictures, or whose text has no characters to it."""
    scanned = sum(page.glyphs < _FEWEST_GLYPHS and page.pictures > 0 for page in pages)
    if scanned * 2 > len(pages):
        raise Unreadable(
            "这是扫描件，没有文字层，读不出数字；请改用原来的Word或网页文件，或先做文字识别再试。"
        )
    glyphs = sum(page.glyphs for page in pages)
    if glyphs == 0:
        raise Unreadable("这份PDF里没有文字，可能是空白页或文字已转成图形；请改用原来的Word或网页文件再试。")
    if sum(page.unknown for page in pages) * 2 > glyphs:
        raise Unreadable("这份PDF的字体没有注明各字是什么字，读不出内容；请改用原来的Word或网页文件再试。")
