"""The newsletter (简报): an issue put together from publications, as PDF to print and Word to change."""

from gongkai.documents.newsletters.docx import newsletter_docx
from gongkai.documents.newsletters.issue import Newsletter, NewsletterItem
from gongkai.documents.newsletters.pdf import newsletter

__all__ = ["Newsletter", "NewsletterItem", "newsletter", "newsletter_docx"]
