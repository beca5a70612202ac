"""Articles: read from what offices have, edited as text, written for every channel."""

from gongkai.documents.articles.article import Article, Block, Grid, Heading, Listing, Paragraph, Picture
from gongkai.documents.articles.comparing import Difference, differences
from gongkai.documents.articles.editing import from_text, to_text
from gongkai.documents.articles.html import to_html
from gongkai.documents.articles.normal import normalized
from gongkai.documents.articles.plain import digest_of, to_plain

__all__ = [
    "Article",
    "Block",
    "Difference",
    "Grid",
    "Heading",
    "Listing",
    "Paragraph",
    "Picture",
    "differences",
    "digest_of",
    "from_text",
    "normalized",
    "to_html",
    "to_plain",
    "to_text",
]
