"""An article as the editor of official accounts takes it: a few tags, every style in its place.

The editor drops scripts, classes, ids, frames and style sheets, and for most accounts every link that
leads out of WeChat; so those are told as text at the end.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from gongkai.documents.articles import Article, Block, Grid, Heading, Listing, Paragraph, Picture, normalized
from gongkai.documents.articles.links import spans, words_of

INSIDE = "https://mp.weixin.qq.com/"
_MOST_COLUMNS = 5  # of a table that a phone shows without sliding
_FRAME = "font-size:16px;line-height:1.75;color:#1b1f24;"
_PARAGRAPH = "margin:0 0 16px;text-align:justify;"
_HEADINGS = {
    1: "margin:28px 0 14px;font-size:18px;font-weight:bold;line-height:1.5;color:#0b4f8a;",
    2: "margin:20px 0 12px;font-size:17px;font-weight:bold;line-height:1.5;",
    3: "margin:16px 0 10px;font-size:16px;font-weight:bold;line-height:1.5;",
}
_LIST = "margin:0 0 16px;padding-left:1.6em;"
_ITEM = "margin:0 0 8px;"
_CAPTION = "margin:0 0 8px;text-align:center;font-size:14px;color:#4a525c;"
_TABLE = "width:100%;margin:0 0 16px;border-collapse:collapse;font-size:14px;line-height:1.5;"
_CELL = "border:1px solid #b6bec8;padding:6px 8px;"
_HEAD = _CELL + "background-color:#eef2f6;font-weight:bold;"
_RECORD = "margin:0 0 12px;padding:8px 12px;border-left:3px solid #0b4f8a;background-color:#f6f7f9;"
_SMALL = "margin:0 0 6px;font-size:13px;color:#4a525c;word-break:break-all;"


@dataclass(slots=True)
class Content:
    """Writes one article. ``picture`` writes a picture; ``links`` are the addresses that became text, in
    the order of their numbers; ``wide`` counts the tables that became records."""

    picture: Callable[[Picture], str]
    links: list[str] = field(default_factory=list)
    wide: int = 0

    def written(self, article: Article, closing: tuple[str, ...] = ()) -> str:
        """The whole content. ``closing`` are small lines at the end."""
        blocks = [self._block(block) for block in normalized(article).blocks]
        notes = "".join(f'<p style="{_SMALL}">{escape(words)}</p>' for words in closing)
        return f'<section style="{_FRAME}">{"".join(blocks)}{self._addresses()}{notes}</section>'

    def _block(self, block: Block) -> str:
        match block:
            case Heading():
                level = block.level
                return f'<h{level + 1} style="{_HEADINGS[level]}">{escape(block.text)}</h{level + 1}>'
            case Paragraph():
                return f'<p style="{_PARAGRAPH}">{self._words(block.text)}</p>'
            case Listing():
                name = "ol" if block.ordered else "ul"
                items = "".join(f'<li style="{_ITEM}">{self._words(item)}</li>' for item in block.items)
                return f'<{name} style="{_LIST}">{items}</{name}>'
            case Grid():
                return self._grid(block)
            case Picture():
                return self.picture(block)

    def _words(self, text: str) -> str:
        parts = (self._span(span.text, span.target) for span in spans(text))
        return "".join(parts).replace("\n", "<br>")

    def _span(self, words: str, target: str) -> str:
        shown = escape(words)
        if target.startswith(INSIDE):
            return f'<a href="{escape(target)}">{shown}</a>'
        if not target.startswith(("https://", "http://")) or target == words:
            return shown
        if target not in self.links:
            self.links.append(target)
        return f"{shown}<sup>[{self.links.index(target) + 1}]</sup>"

    def _addresses(self) -> str:
        if not self.links:
            return ""
        lines = "".join(
            f'<p style="{_SMALL}">[{number}] {escape(target)}</p>'
            for number, target in enumerate(self.links, 1)
        )
        return f'<p style="{_SMALL}"><strong>文中链接</strong></p>{lines}'

    def _grid(self, grid: Grid) -> str:
        caption = f'<p style="{_CAPTION}"><strong>{escape(grid.caption)}</strong></p>' if grid.caption else ""
        if len(grid.rows[0]) > _MOST_COLUMNS and 0 < grid.header_rows < len(grid.rows):
            self.wide += 1
            return caption + _records(grid)
        rows = "".join(self._row(row, n < grid.header_rows) for n, row in enumerate(grid.rows))
        return f'{caption}<table style="{_TABLE}"><tbody>{rows}</tbody></table>'

    def _row(self, row: tuple[str, ...], is_head: bool) -> str:
        name, style = ("th", _HEAD) if is_head else ("td", _CELL)
        cells = "".join(f'<{name} style="{style}">{self._words(cell)}</{name}>' for cell in row)
        return f"<tr>{cells}</tr>"


def picture_caption(picture: Picture) -> str:
    return f'<p style="{_CAPTION}">{escape(picture.caption)}</p>' if picture.caption else ""


def told(words: str) -> str:
    """A line that stands for something that is not there."""
    return f'<p style="{_CAPTION}">{escape(words)}</p>'


def _records(grid: Grid) -> str:
    """A table too wide for a phone: each row told line by line, with the heads as names."""
    columns = zip(*grid.rows[: grid.header_rows], strict=True)
    names = [" ".join(dict.fromkeys(filter(None, map(words_of, column)))) for column in columns]
    return "".join(_record(names, row) for row in grid.rows[grid.header_rows :])


def _record(names: list[str], row: tuple[str, ...]) -> str:
    lines = (
        f"{escape(name)}：{escape(words_of(cell))}" if name else escape(words_of(cell))
        for name, cell in zip(names, row, strict=True)
        if cell
    )
    return f'<p style="{_RECORD}">{"<br>".join(lines)}</p>'
