"""Writing annual reports: Word, PDF, page, workbook and JSON from one filled report."""

from importlib import import_module

from gongkai.law.report.filled import FilledReport

KINDS = ("docx", "pdf", "html", "xlsx", "json")


class Unwritable(Exception):
    """A report that cannot be written as asked; the message is one Chinese sentence."""


def write(report: FilledReport, kind: str) -> bytes:
    """A report as a file of one of :data:`KINDS`. The same report gives the same bytes.

    Raises :class:`Unwritable` for another kind, and for a PDF whose fonts are missing.
    """
    if kind not in KINDS:
        raise Unwritable(f"不会写“{kind}”这种文件；可写 {'、'.join(KINDS)}。")
    module = import_module(f"gongkai.documents.writing.{kind}")
    rendered: bytes = module.render(report)
    return rendered
