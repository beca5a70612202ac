"""What comes of reading a file as an article."""

from dataclasses import dataclass

from gongkai.documents.articles.article import Article

TakenPicture = tuple[str, bytes, str]
"""The SHA-256 (hex) of a picture, its bytes, its media type."""


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """``lost`` says in sentences what could not be taken over or should be looked at."""

    article: Article
    title: str
    pictures: tuple[TakenPicture, ...] = ()
    lost: tuple[str, ...] = ()
