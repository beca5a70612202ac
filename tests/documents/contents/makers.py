"""Files of every format with the cells a test asks for."""

import csv
import html
import io
import json
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence

import docx
import openpyxl
import xlsxwriter

from tests.documents.reading.olefiles import ole
from tests.documents.reading.pdfs import typeset

Rows = Sequence[Sequence[str]]
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OASIS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def word(rows: Rows) -> bytes:
    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel(rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名单"
    for row, texts in enumerate(rows, 1):
        for column, text in enumerate(texts, 1):
            sheet.cell(row, column).value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def inline_excel(rows: Rows) -> bytes:
    """With the texts in the cells themselves and shared formulas nowhere, as programs write it fast."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "in_memory": True})
    sheet = book.add_worksheet("名单")
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text)
    book.close()
    return out.getvalue()


def old_excel(rows: Rows) -> bytes:
    """A workbook of Excel 97–2003: the fewest records that make one."""
    cells = b"".join(
        biff(0x0204, struct.pack("<3H", row, column, 0) + _unicode(text, "<HB"))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return old_book([("名单", 0, cells)])


def old_book(sheets: Sequence[tuple[str, int, bytes]]) -> bytes:
    """As :func:`old_excel`, of sheets: name, state and records. Style 16 is that of a date."""
    font = biff(0x0031, struct.pack("<5H4B", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + _unicode("A", "<BB"))
    dated = biff(0x00E0, struct.pack("<3H", 0, 14, 0) + bytes(14))
    begin = biff(0x0809, struct.pack("<4H2I", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    styles = font * 5 + biff(0x00E0, bytes(20)) * 16 + dated
    end = biff(0x000A, b"")
    names = [_unicode(name, "<BB") for name, _, _ in sheets]
    place = len(begin) + len(styles) + sum(10 + len(name) for name in names) + len(end)
    heads, bodies = b"", b""
    for name, (_, state, records) in zip(names, sheets, strict=True):
        heads += biff(0x0085, struct.pack("<IH", place + len(bodies), state) + name)
        bodies += biff(0x0809, struct.pack("<4H2I", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)) + records + end
    return ole({"Workbook": begin + styles + heads + end + bodies})


def biff(kind: int, body: bytes) -> bytes:
    """A record of an old workbook."""
    return struct.pack("<HH", kind, len(body)) + body


def _unicode(text: str, head: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack(head, len(encoded) // 2, 1) + encoded


def open_sheet(rows: Rows) -> bytes:
    return _open("spreadsheet", f"<office:spreadsheet>{_open_table(rows)}</office:spreadsheet>")


def open_text(rows: Rows) -> bytes:
    return _open("text", f"<office:text>{_open_table(rows)}</office:text>")


def open_document(kind: str, body: str, styles: str = "") -> bytes:
    return _open(kind, body, styles)


def _open_table(rows: Rows) -> str:
    return "".join(
        [
            '<table:table table:name="名单">',
            *(
                "<table:table-row>"
                + "".join(
                    "<table:table-cell office:value-type='string'><text:p>"
                    f"{_spaced(text)}</text:p></table:table-cell>"
                    for text in texts
                )
                + "</table:table-row>"
                for texts in rows
            ),
            "</table:table>",
        ]
    )


def _spaced(text: str) -> str:
    return html.escape(text).replace(" ", "<text:s/>")


def _open(kind: str, body: str, styles: str = "") -> bytes:
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {_OASIS}>{styles}<office:body>{body}</office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {_OASIS}><style:header><text:p>页眉</text:p>"
            "</style:header></office:document-styles>",
        }
    )


def page(rows: Rows, encoding: str = "utf-8") -> bytes:
    table = "".join(
        "<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in texts) + "</tr>\n" for texts in rows
    )
    whole = f"<html><head><meta charset='{encoding}'></head><body><table>{table}</table></body></html>"
    return whole.encode(encoding)


def separated(rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def xml_sheet(rows: Rows) -> bytes:
    body = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{html.escape(text)}</Data></Cell>' for text in texts)
        + "</Row>"
        for texts in rows
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名单"><Table>'
        f"{body}</Table></Worksheet></Workbook>"
    ).encode()


def slides(rows: Rows, *, show: str = "1", notes: str = "") -> bytes:
    """A presentation of one slide with a table."""
    grid = "".join(
        "<a:tr>"
        + "".join(
            f"<a:tc><a:txBody><a:p><a:r><a:t>{html.escape(text)}</a:t></a:r></a:p></a:txBody></a:tc>"
            for text in texts
        )
        + "</a:tr>"
        for texts in rows
    )
    names = f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": f'<p:presentation {names}><p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst>'
        "</p:presentation>",
        "ppt/_rels/presentation.xml.rels": '<R><Relationship Id="r1" Target="slides/slide1.xml"/></R>',
        "ppt/slides/slide1.xml": f'<p:sld {names} show="{show}"><p:cSld><p:spTree><a:tbl>{grid}</a:tbl>'
        "</p:spTree></p:cSld></p:sld>",
    }
    if notes:
        parts["ppt/slides/_rels/slide1.xml.rels"] = (
            '<R><Relationship Id="r1" Target="../notesSlides/notesSlide1.xml"/></R>'
        )
        parts["ppt/notesSlides/notesSlide1.xml"] = (
            f"<p:notes {names}><a:p><a:r><a:t>{notes}</a:t></a:r></a:p></p:notes>"
        )
    return zipped(parts)


def rich_text(rows: Rows) -> bytes:
    def written(text: str) -> str:
        units = struct.unpack(f"<{len(text.encode('utf-16-le')) // 2}h", text.encode("utf-16-le"))
        return "".join(f"\\u{unit}?" for unit in units)

    widths = "".join(f"\\cellx{2000 * (number + 1)}" for number in range(len(rows[0])))
    body = "".join(
        f"\\trowd{widths}" + "".join(f"\\pard\\intbl {written(text)}\\cell" for text in texts) + "\\row"
        for texts in rows
    )
    return ("{\\rtf1\\ansi\\ansicpg936 " + body + "}").encode("ascii")


def ruled_pdf(rows: Rows) -> bytes:
    cells = "".join(f"[#{json.dumps(text, ensure_ascii=False)}]," for texts in rows for text in texts)
    return typeset(f"#table(columns: {len(rows[0])}, {cells})")


def records(rows: Rows) -> bytes:
    """JSON records; the first row is their names."""
    held = [dict(zip(rows[0], texts, strict=True)) for texts in rows[1:]]
    return json.dumps(held, ensure_ascii=False).encode()


def paper(lines: Sequence[str]) -> bytes:
    """An OFD document of one page."""
    objects = "".join(
        f'<ofd:TextObject Boundary="0 {10 * number} 100 8"><ofd:TextCode>{html.escape(text)}</ofd:TextCode>'
        "</ofd:TextObject>"
        for number, text in enumerate(lines)
    )
    return zipped(
        {
            "OFD.xml": '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>',
            "Doc_0/Pages/Page_0/Content.xml": f'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016">{objects}'
            "</ofd:Page>",
        }
    )


TABLES: dict[str, tuple[str, Callable[[Rows], bytes]]] = {
    "docx": ("a.docx", word),
    "xlsx": ("a.xlsx", excel),
    "xlsx, inline": ("a.xlsx", inline_excel),
    "xls": ("a.xls", old_excel),
    "ods": ("a.ods", open_sheet),
    "odt": ("a.odt", open_text),
    "html": ("a.html", page),
    "html, gb18030": ("a.html", lambda rows: page(rows, "gb18030")),
    "csv": ("a.csv", separated),
    "csv, utf-8 with mark": ("a.csv", lambda rows: separated(rows, "utf-8-sig")),
    "csv, utf-16": ("a.csv", lambda rows: separated(rows, "utf-16")),
    "tsv": ("a.tsv", lambda rows: separated(rows, delimiter="\t")),
    "xml": ("a.xls", xml_sheet),
    "pptx": ("a.pptx", slides),
    "rtf": ("a.rtf", rich_text),
}
REWRITABLE = sorted(TABLES.keys() - {"rtf"})
