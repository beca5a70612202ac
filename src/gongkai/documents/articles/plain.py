"""The words of an article alone: for search, for feeds, for the digest under a title."""

import re
from collections.abc import Iterator

from gongkai.documents.articles.article import Article, Block, Grid, Heading, Listing, Paragraph, Picture
from gongkai.documents.articles.links import words_of

_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’」』）]*|\n|$)")
_CUT = "…"
_CLAUSE_ENDS = "，、；：,;: "


def to_plain(article: Article) -> str:
    """Every word of the article in reading order, a block after the other, without any mark."""
    return "\n".join(line for block in article.blocks for line in _lines(block) if line)


def digest_of(article: Article, at_most: int = 120) -> str:
    """The first sentences that fit into ``at_most`` characters; a first sentence longer than that is cut."""
    words = " ".join(_running(article, 4 * at_most).split())
    kept = ""
    for sentence in _SENTENCE.finditer(words):
        if len((kept + sentence[0]).strip()) > at_most:
            break
        kept += sentence[0]
    kept = kept.strip()
    if kept or not words:
        return kept
    return words[: at_most - 1].rstrip(_CLAUSE_ENDS) + _CUT


def _running(article: Article, enough: int) -> str:
    """Paragraphs first; an article without any is told by its lists and tables."""
    for kinds in (Paragraph, (Listing, Grid, Picture, Heading)):
        taken: list[str] = []
        for block in article.blocks:
            if isinstance(block, kinds):
                taken += _lines(block)
            if sum(map(len, taken)) > enough:
                break
        if words := " ".join(filter(None, taken)):
            return words
    return ""


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield words_of(block.text)
        case Listing():
            yield from map(words_of, block.items)
        case Grid():
            yield block.caption
            yield from ("\t".join(words_of(cell).replace("\n", " ") for cell in row) for row in block.rows)
        case Picture():
            yield block.alternative
            if block.caption != block.alternative:
                yield block.caption
