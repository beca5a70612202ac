"""A letter as a Word document: the same layout as the PDF, for those who must change the paper.

The parts that never change are those of the annual report's Word file, with styles of its own added.
"""

from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from itertools import accumulate, pairwise
from xml.sax.saxutils import escape

from gongkai.documents.letters.layout import LINK_LABEL, Frame, frame, row_lines
from gongkai.documents.letters.letter import Cell, Letter, Paragraph, Table
from gongkai.documents.letters.qr import qr_code
from gongkai.documents.writing.docx import CHARACTER, TEXT_WIDTH, packed, standing_parts

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_MARGINS = {False: 'w:top="2098" w:bottom="1984"', True: 'w:top="1247" w:bottom="1474"'}
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/>'
    '<w:footerReference w:type="even" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar {} w:right="1474" w:left="1588" w:header="851" w:footer="1304" '
    'w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
)
_ROLE_STYLES = {"heading": "Heading1", "subheading": "Heading2", "item": "Body", "body": "Body"}
_LINE = 454  # 8 mm that a line written by hand needs, in twentieths of a point
_QR_EMU = 1_224_000  # 34 mm
_MODULE = 100  # units of the drawing's own grid
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def render(letter: Letter) -> bytes:
    """A .docx file."""
    parts = _letter_parts() | {"word/document.xml": _document(letter), "docProps/core.xml": _core(letter)}
    return packed(parts)


@lru_cache
def _letter_parts() -> dict[str, str]:
    added = (resources.files("gongkai.documents.letters") / "word" / "styles.xml").read_text("utf-8")
    parts = dict(standing_parts())
    parts["word/styles.xml"] = parts["word/styles.xml"].replace("</w:styles>", f"{added}</w:styles>")
    return parts


def _core(letter: Letter) -> str:
    return (
        f"{_HEAD}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(letter.title)}</dc:title><dc:creator>{escape(letter.issuer)}</dc:creator>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _document(letter: Letter) -> str:
    placed = frame(letter)
    blocks = (
        *_head(placed),
        *(_table(table) for table in letter.tables),
        _qr(letter.link) if letter.link else "",
        _line("Addressee", f"{letter.addressee}：") if letter.addressee and not placed.is_form else "",
        *(_paragraph(paragraph, placed.is_form) for paragraph in letter.paragraphs[:-1]),
        *(_paragraph(paragraph, placed.is_form, closes=True) for paragraph in letter.paragraphs[-1:]),
        *_attachments(placed),
        *_signature(placed),
        *(_line("FormNote" if placed.is_form else "Note", note) for note in placed.notes),
        _line("Copies", placed.copies) if placed.copies else "",
    )
    return (
        f"{_HEAD}<w:document {_NAMESPACES}><w:body>{''.join(blocks)}"
        f"{_PAGE.format(_MARGINS[placed.is_form])}</w:body></w:document>"
    )


def _head(placed: Frame) -> Iterator[str]:
    title = _line("FormTitle" if placed.is_form else "Title", "\n".join(placed.titles))
    if placed.red:
        size = f'<w:sz w:val="{round(2 * placed.head_size)}"/>'
        yield f'<w:p><w:pPr><w:pStyle w:val="RedHead"/></w:pPr>{_run(placed.red, size)}</w:p>'
        yield _line("RedNumber", placed.number)
        yield title
    else:
        yield title
        yield _line("Number", placed.number) if placed.number else ""


def _paragraph(paragraph: Paragraph, in_form: bool, *, closes: bool = False) -> str:
    """The last paragraph stays with what follows it."""
    style = "FormNote" if in_form else _ROLE_STYLES[paragraph.role]
    return _line("Closing" if closes and style == "Body" else style, paragraph.text)


def _attachments(placed: Frame) -> Iterator[str]:
    if placed.attachments:
        yield _line("Normal", "")
    for number, name in enumerate(placed.attachments):
        yield _line("Attachment", f"{'附件：' if number == 0 else ''}\t{name}")


def _signature(placed: Frame) -> Iterator[str]:
    """Room for the seal, then the issuer centred over the date."""
    if not placed.signature:
        return
    yield '<w:p><w:pPr><w:pStyle w:val="Signature"/></w:pPr></w:p>' * (1 if placed.is_form else 2)
    indent = f'w:rightChars="{round(placed.indent * 100)}" w:right="{round(placed.indent * CHARACTER)}"'
    style = f'<w:pStyle w:val="Signature"/><w:ind {indent}/>'
    yield f"<w:p><w:pPr>{style}</w:pPr>{_run(placed.signature)}</w:p>"
    if placed.dated:
        yield _line("Dated", placed.dated)


def _line(style: str, text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(text)}</w:p>'


def _run(text: str, properties: str = "") -> str:
    words = (
        escape(text)
        .replace("\n", "</w:t><w:br/><w:t>")
        .replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    )
    hint = '<w:rFonts w:hint="eastAsia"/>'
    return f'<w:r><w:rPr>{hint}{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def _table(table: Table) -> str:
    total = sum(table.columns)
    edges = [round(TEXT_WIDTH * share / total) for share in accumulate(table.columns, initial=0)]
    widths = [end - start for start, end in pairwise(edges)]
    columns = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in widths)
    rows = "".join(_row(table, number, widths) for number in range(len(table.rows)))
    caption = f'<w:tblCaption w:val="{escape(table.caption)}"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Statutory"/><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>{caption}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
        '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'
    )


def _row(table: Table, number: int, widths: list[int]) -> str:
    row = table.rows[number]
    height = max(row_lines(table, row), 1) * _LINE
    heads = "<w:tblHeader/>" if number < table.head else ""
    cells, column = [], 0
    for cell in row:
        cells.append(_cell(table, cell, sum(widths[column : column + cell.span])))
        column += cell.span
    rules = f'<w:trPr><w:trHeight w:val="{height}" w:hRule="atLeast"/>{heads}</w:trPr>'
    return f"<w:tr>{rules}{''.join(cells)}</w:tr>"


def _cell(table: Table, cell: Cell, wide: int) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    band = cell.span == len(table.columns)
    style = "FormBand" if band else "FormLabel" if cell.label or table.head else "FormText"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>'
        f"{_line(style, cell.text)}</w:tc>"
    )


def _qr(address: str) -> str:
    """The code as one shape of black bars, its label under it."""
    code = qr_code(address)
    side = code.size * _MODULE
    drawn = "".join(_bar(x, y, width) for x, y, width in code.runs)
    shape = (
        f'<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{_QR_EMU}" cy="{_QR_EMU}"/></a:xfrm>'
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{side}" h="{side}">{drawn}</a:path></a:pathLst>'
        '</a:custGeom><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:ln><a:noFill/></a:ln></wps:spPr>'
        "<wps:bodyPr/></wps:wsp>"
    )
    drawing = (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{_QR_EMU}" cy="{_QR_EMU}"/><wp:docPr id="1" name="QR" descr="{LINK_LABEL}"/>'
        "<a:graphic>"
        f'<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">{shape}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    held = '<w:pStyle w:val="FormBand"/><w:spacing w:line="240" w:lineRule="auto"/>'
    return f"<w:p><w:pPr>{held}</w:pPr><w:r>{drawing}</w:r></w:p>{_line('FormLabel', LINK_LABEL)}"


def _bar(x: int, y: int, width: int) -> str:
    left, top, right, bottom = (value * _MODULE for value in (x, y, x + width, y + 1))
    corners = "".join(
        f'<a:lnTo><a:pt x="{across}" y="{down}"/></a:lnTo>'
        for across, down in ((right, top), (right, bottom), (left, bottom))
    )
    return f'<a:moveTo><a:pt x="{left}" y="{top}"/></a:moveTo>{corners}<a:close/>'
