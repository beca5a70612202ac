"""What a reader of a file sees, read by other means than those under test."""

import io
import re
import zipfile

import docx
import openpyxl
import pikepdf
import pypdfium2
from PIL import Image


def seen(name: str, data: bytes) -> str:
    """The visible words of a file; opening it is a test of itself."""
    kind = name.rpartition(".")[2].lower()
    if kind in ("docx", "docm"):
        document = docx.Document(io.BytesIO(data))
        tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(one.text for one in document.paragraphs), *tables])
    if kind in ("xlsx", "xlsm"):
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        return "\n".join(
            str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
        )
    if kind in ("pptx", "pptm", "odt", "ods", "odp"):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            assert file.testzip() is None
            return "".join(
                re.sub("<[^>]*>", "", file.read(one).decode())
                for one in file.namelist()
                if re.search(r"slide\d+\.xml$|content\.xml$", one)
            )
    if kind == "pdf":
        with pikepdf.open(io.BytesIO(data)) as document:
            assert (
                document.check_pdf_syntax() == []
                if hasattr(document, "check_pdf_syntax")
                else document.check() == []
            )
        document = pypdfium2.PdfDocument(data)
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    if kind == "html":
        return re.sub("<[^>]*>", "", data.decode())
    if kind in ("csv", "txt"):
        return data.decode("utf-8-sig")
    if kind == "zip":
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            assert file.testzip() is None
        return ""
    with Image.open(io.BytesIO(data)) as image:
        image.load()
    return ""
