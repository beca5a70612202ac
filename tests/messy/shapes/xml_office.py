"""Office files that are XML: OpenDocument text, Excel 2003 XML, a Word package flattened into one file."""

import io
import random
import zipfile
from collections.abc import Collection
from html import escape

from messy.paper import Grid, Line, Paper, Slot, matrix

from . import docx

Knobs = Collection[str]

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_MIME = "application/vnd.oasis.opendocument.text"
_ODT_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{_ODF}:office:1.0" '
    f'xmlns:text="{_ODF}:text:1.0" xmlns:table="{_ODF}:table:1.0" office:version="1.2">'
    "<office:body><office:text>"
)


def odt(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    """OpenDocument text, as WPS and LibreOffice save it."""
    parts = [_odt_line(p.text) if isinstance(p, Line) else _odt_table(p) for p in paper.parts]
    content = _ODT_HEAD + "".join(parts) + "</office:text></office:body></office:document-content>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", _MIME)
        package.writestr("content.xml", content)
        package.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
            "</manifest:manifest>",
        )
    return out.getvalue()


def _odt_line(text: str) -> str:
    return f"<text:p>{escape(text).replace(chr(10), '<text:line-break/>')}</text:p>"


def _odt_table(grid: Grid) -> str:
    rows = []
    for row in matrix(grid):
        cells = [
            _odt_cell(place[0]) if place and place[1] else "<table:covered-table-cell/>"
            for place in row
            if place is not None
        ]
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    columns = f'<table:table-column table:number-columns-repeated="{grid.width}"/>'
    return f"<table:table>{columns}{''.join(rows)}</table:table>"


def _odt_cell(slot: Slot) -> str:
    spans = f'table:number-columns-spanned="{slot.colspan}" table:number-rows-spanned="{slot.rowspan}"'
    return f"<table:table-cell {spans}>{_odt_line(slot.text)}</table:table-cell>"


_SS = "urn:schemas-microsoft-com:office:spreadsheet"


def excel_2003_xml(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    """The XML that reporting systems write and name .xls."""
    rows = []
    for part in paper.parts:
        if isinstance(part, Line):
            rows.append(f"<Row><Cell>{_data(part.text)}</Cell></Row>")
        else:
            rows += [_ss_row(row) for row in matrix(part)]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{_SS}" xmlns:ss="{_SS}"><Worksheet ss:Name="Sheet1"><Table>'
        f"{''.join(rows)}</Table></Worksheet></Workbook>"
    ).encode()


def _ss_row(row: list[tuple[Slot, bool] | None]) -> str:
    """Cells that merged ones cover are left out; the next cell then says where it stands."""
    out, expected = [], 0
    for column, place in enumerate(row):
        if not place or not place[1]:
            continue
        slot = place[0]
        at = f' ss:Index="{column + 1}"' if column != expected else ""
        across = f' ss:MergeAcross="{slot.colspan - 1}"' if slot.colspan > 1 else ""
        down = f' ss:MergeDown="{slot.rowspan - 1}"' if slot.rowspan > 1 else ""
        out.append(f"<Cell{at}{across}{down}>{_data(slot.text)}</Cell>")
        expected = column + slot.colspan
    return f"<Row>{''.join(out)}</Row>"


def _data(text: str) -> str:
    kind = "Number" if text.isascii() and text.isdecimal() else "String"
    return f'<Data ss:Type="{kind}">{escape(text)}</Data>' if text.strip() else ""


def flat_word(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    """A Word document saved as one XML file (Flat OPC)."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(docx.render(paper, knobs, rng))) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
                body = package.read(name).decode("utf-8").split("?>", 1)[-1]
                kind = _CONTENT_TYPES.get(name, "application/xml")
                about = f'pkg:name="/{name}" pkg:contentType="{kind}"'
                parts.append(f"<pkg:part {about}><pkg:xmlData>{body}</pkg:xmlData></pkg:part>")
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Word.Document"?>'
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        f"{''.join(parts)}</pkg:package>"
    ).encode()


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTENT_TYPES = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "_rels/.rels": "application/vnd.openxmlformats-package.relationships+xml",
    "word/_rels/document.xml.rels": "application/vnd.openxmlformats-package.relationships+xml",
}
