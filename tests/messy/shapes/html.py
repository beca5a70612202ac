"""Web pages: from a clean article to Word's export inside a layout table in an old charset."""

import random
from collections.abc import Collection
from html import escape

from messy.paper import Grid, Line, Paper, Slot, matrix

from .encoding import charset_for

Knobs = Collection[str]

_WORD_SPAN = (
    "mso-spacerun:&#39;yes&#39;;font-family:仿宋_GB2312;font-size:12.0000pt;\nmso-font-kerning:1.0000pt;"
)
_CMS_CELL = "padding:0 4px 0 4px ;border-left:none;border-right:1px solid windowtext"


def render(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    parts = [_part(part, knobs, rng) for part in paper.parts]
    if "hidden_copy" in knobs:
        parts.append(
            '<div style="display:none">'
            + "".join(_stale(grid, knobs, rng) for grid in paper.grids)
            + "</div>"
        )
    if "comment_copy" in knobs:
        parts.insert(1, "<!-- " + "".join(_stale(grid, knobs, rng) for grid in paper.grids) + " -->")
        parts.append("<script>var n=[1,2,3];document.write('规章 9');</script><style>td{width:9px}</style>")
    body = _surround("\n".join(parts), knobs)
    charset = charset_for(paper.file_title + body, knobs, rng)
    declared = "utf-8" if "lying_charset" in knobs else charset
    meta = (
        ""
        if rng.random() < 0.1
        else f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    )
    head = f"<head>{meta}<title>{escape(paper.file_title)}-政府门户网站</title></head>"
    return f"<!DOCTYPE html><html>{head}<body>{body}</body></html>".encode(charset)


def _surround(body: str, knobs: Knobs) -> str:
    if "layout_table" in knobs:
        menu = "<tr><td>首页</td><td>机构概况</td></tr>"
        return f'<table width="100%">{menu}<tr><td colspan="2"><div>{body}</div></td></tr></table>'
    return f'<div id="zoom" class="article-content">{body}</div>' if "cms_junk" in knobs else body


def _part(part: Line | Grid, knobs: Knobs, rng: random.Random) -> str:
    if isinstance(part, Grid):
        return (
            _div_table(part)
            if "div_tables" in knobs and part.name != "metadata"
            else _table(part, knobs, rng)
        )
    if part.kind == "title":
        return f'<h1 style="text-align:center">{_inline(part.text, knobs, rng)}</h1>'
    if part.kind == "heading":
        return f"<p><strong>{_broken_up(part.text, rng)}</strong></p>"
    return f'<p style="text-indent:2em">{_inline(part.text, knobs, rng)}</p>'


def _broken_up(text: str, rng: random.Random) -> str:
    """A heading over several spans, as after pasting."""
    at = rng.randint(0, len(text))
    return f"<span>{escape(text[:at])}</span><span>{escape(text[at:])}</span>"


def _inline(text: str, knobs: Knobs, rng: random.Random) -> str:
    if "word_junk" in knobs:
        return f'<span style="{_WORD_SPAN}">{escape(text)}</span><span lang="EN-US"><o:p></o:p></span>'
    return escape(text)


def _cell_text(text: str, knobs: Knobs, rng: random.Random) -> str:
    """What stands between the tags of a cell; ``\\n`` in labels becomes a line break."""
    if not text.strip():
        return rng.choice(("", "&nbsp;", "<p>&nbsp;</p>", "<p><o:p> </o:p></p>", "<br>"))
    pieces = text.split("\n")
    if "span_per_character" in knobs:
        return "<br>".join("".join(f"<span>{escape(c)}</span>" for c in piece) for piece in pieces)
    if "paragraphs_per_cell" in knobs:
        return _paragraphs(text.replace("\n", ""), rng)
    inner = rng.choice(("<br/>", "<br />")).join(_inline(piece, knobs, rng) for piece in pieces)
    return f'<p class="MsoNormal" align="center">{inner}</p>' if "word_junk" in knobs else inner


def _paragraphs(text: str, rng: random.Random) -> str:
    """A label over two paragraphs, padded with spaces that do not break."""
    at = len(text) // 2 if len(text) > 3 and not any(c.isdigit() for c in text) else len(text)
    pieces = [piece for piece in (text[:at], text[at:]) if piece]
    return "".join(f"<p>{escape(piece)}{'&nbsp;' * rng.choice((0, 1, 8))}</p>" for piece in pieces)


def _attributes(slot: Slot, knobs: Knobs, scale: int) -> str:
    out = f' rowspan="{slot.rowspan}"' if slot.rowspan > 1 else ""
    span = slot.colspan * scale
    out += f" colspan={span}" if span > 1 else ""
    if "cms_junk" in knobs:
        out += f' style="{_CMS_CELL}" valign="center"'
    if "word_junk" in knobs:
        out += ' width="99" style="width:74.2500pt;padding:0.0000pt 5.4pt;mso-border-left-alt:none;"'
    return out


def _table(grid: Grid, knobs: Knobs, rng: random.Random) -> str:
    """``layout_columns`` multiplies every span, so that the table has hundreds of columns."""
    scale = 40 if "layout_columns" in knobs else 1
    sloppy = "sloppy_tags" in knobs
    rows = []
    for number, line in enumerate(grid.lines):
        tag = "th" if number == 0 and rng.random() < 0.2 else "td"
        close = "" if sloppy else f"</{tag}>"
        cells = "".join(
            f"<{tag}{_attributes(slot, knobs, scale)}>{_cell_text(slot.text, knobs, rng)}{close}"
            for slot in line
        )
        rows.append(f"<tr>{cells}{'' if sloppy else '</tr>'}")
    body = "\n".join(rows)
    if sloppy:
        return f"<TABLE BORDER=1>{body}</TABLE>"
    return f'<table border="1" cellspacing="0"><tbody>{body}</tbody></table>'


def _stale(grid: Grid, knobs: Knobs, rng: random.Random) -> str:
    """The table with other figures, as an earlier version leaves it where nobody sees it."""
    return _table(grid.with_figures("7"), (), rng)


def _div_table(grid: Grid) -> str:
    """A table built of blocks: no table tags at all, a block for each cell."""
    rows = []
    for row in matrix(grid):
        cells = [place[0].text if place and place[1] else "" for place in row]
        rows.append(
            '<div class="row">' + "".join(f'<div class="cell">{escape(c)}</div>' for c in cells) + "</div>"
        )
    return f'<div class="grid">{"".join(rows)}</div>'
