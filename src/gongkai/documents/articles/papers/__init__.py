"""Articles as papers of their agency: PDF for everyone, Word for those who must change the paper."""

from gongkai.documents.articles.papers.docx import to_docx
from gongkai.documents.articles.papers.paper import Paper
from gongkai.documents.articles.papers.pdf import to_pdf

__all__ = ["Paper", "to_docx", "to_pdf"]
