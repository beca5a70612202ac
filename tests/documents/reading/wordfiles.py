"""Word files made for the tests: by python-docx, or part by part where it cannot make what offices make."""

import io
import zipfile
from collections.abc import Mapping

import docx
from docx.document import Document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NAMES = (
    f'{W} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def package(
    body: str,
    parts: Mapping[str, str | bytes] | None = None,
    main: str = "word/document.xml",
    names: str = NAMES,
) -> bytes:
    """A .docx whose body is ``body``, with more ``parts`` by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES.replace("word/document.xml", main))
        archive.writestr(main, f"<w:document {names}><w:body>{body}</w:body></w:document>")
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def sample_document() -> Document:
    """An invented report with merged cells."""
    document = docx.Document()
    document.add_paragraph("测试县教育局2023年政府信息公开工作年度报告")
    document.add_paragraph("一、总体情况")
    frame = document.add_table(rows=4, cols=5)
    frame.cell(0, 0).merge(frame.cell(1, 1)).text = "勾稽关系"
    frame.cell(0, 2).merge(frame.cell(0, 4)).text = "申请人情况"
    frame.cell(2, 0).merge(frame.cell(3, 0)).text = "三、本年度办理结果"
    texts = (
        (1, 2, "自然人"), (1, 3, "商业企业"), (1, 4, "总计"), (2, 1, "（一）予以公开"), (2, 2, "12"),
        (2, 4, "12"), (3, 1, "（二）部分公开"), (3, 2, "3"), (3, 3, "4"), (3, 4, "7"),
    )  # fmt: skip
    for row_, column, text in texts:
        frame.cell(row_, column).text = text
    document.add_paragraph("二、尾声")
    return document
