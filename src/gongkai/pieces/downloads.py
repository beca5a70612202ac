"""A report as a file to save."""

from urllib.parse import quote

from django.http import Http404, HttpResponse

from gongkai.documents.writing import KINDS, write
from gongkai.law.report.filled import FilledReport

_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "json": "application/json",
}
KIND_LABELS = {
    "docx": "Word 文档",
    "pdf": "PDF 文档",
    "html": "网页文件",
    "xlsx": "Excel 表格",
    "json": "JSON 数据",
}


def as_file(report: FilledReport, name: str, kind: str) -> HttpResponse:
    """A report written as ``kind`` and offered under ``name``. 404 for a kind that is not written;
    raises ``Unwritable`` where a PDF's fonts are missing."""
    if kind not in KINDS:
        raise Http404
    return attachment(write(report, kind), f"{name}.{kind}", MEDIA_TYPES[kind])


def renamed(stem: str, name: str) -> str:
    """``stem`` with the ending of ``name``. What somebody called a file may name people, and the heads
    of answers are written down by machines on their way."""
    _, dot, ending = name.rpartition(".")
    return f"{stem}.{ending}" if dot and ending.isascii() and ending.isalnum() and len(ending) < 6 else stem


def attachment(data: bytes, name: str, media_type: str) -> HttpResponse:
    """Bytes to be saved, never shown in the page's own origin."""
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return HttpResponse(data, content_type=media_type, headers={"Content-Disposition": disposition})
