"""Articles: read from what offices have, edited as text, written for every channel."""

from gongkai.documents.articles.article import Article, Block, Grid, Heading, Listing, Paragraph, Picture

__all__ = ["Article", "Block", "Grid", "Heading", "Listing", "Paragraph", "Picture"]
