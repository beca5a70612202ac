"""Spreadsheets made part by part, for what no library writes."""

import io
import zipfile

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OPEN = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def workbook(rows: str, names: str = MAIN, merges: str = "") -> bytes:
    """An .xlsx of one sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f"<workbook xmlns='{names}' xmlns:r='{_R}'><workbookPr date1904='1'/><sheets>"
            "<sheet name='a' r:id='r1'/><sheet name='b' r:id='r2'/></sheets></workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", "<R><Relationship Id='r1' Target='/xl/worksheets/sheet1.xml'/></R>"
        )
        archive.writestr("xl/sharedStrings.xml", f"<sst xmlns='{names}'><si><t>共享</t></si></sst>")
        archive.writestr(
            "xl/styles.xml",
            f"<styleSheet xmlns='{names}'><cellXfs><xf/><xf numFmtId='14'/></cellXfs></styleSheet>",
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f"<worksheet xmlns='{names}'><cols><col min='9' max='9' hidden='0'/></cols>"
            f"<sheetData>{rows}</sheetData>"
            f"<mergeCells>{merges}</mergeCells></worksheet>",
        )
    return out.getvalue()


def ods(rows: str) -> bytes:
    """An .ods of one sheet."""
    return _open_document(
        "spreadsheet",
        f"<office:spreadsheet><table:table table:name='a'>{rows}</table:table></office:spreadsheet>",
    )


def odt(body: str) -> bytes:
    """An .odt whose text is ``body``."""
    return _open_document("text", f"<office:text>{body}</office:text>")


def flat_odt(body: str) -> str:
    """As :func:`odt`, in the form that is one XML file."""
    return (
        f"<?xml version='1.0'?><office:document {_OPEN}><office:body><office:text>{body}</office:text>"
        "</office:body></office:document>"
    )


def _open_document(kind: str, body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {_OPEN}><office:body>{body}</office:body></office:document-content>",
        )
    return out.getvalue()
