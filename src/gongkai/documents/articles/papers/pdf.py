"""An article as a tagged PDF (PDF/A-2a, PDF/UA-1) in the layout of GB/T 9704-2012."""

import base64
import re
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from gongkai.documents.articles.article import Block, Grid, Heading, Listing, Paragraph, Picture
from gongkai.documents.articles.papers.paper import (
    CODE_LABEL,
    Paper,
    agency_indent,
    centered_columns,
    column_shares,
    linked,
    printed,
    shown,
    table_size,
    title_lines,
)
from gongkai.documents.letters.qr import qr_code
from gongkai.documents.typesetting import ACCESSIBLE, typeset
from gongkai.law.limits import chinese_date

_NO_DATE = date(1980, 1, 1)
_LONG_RUN = re.compile(r"[!-~]{20,}")
_BREAK_AFTER = re.compile(r"[!-~]{8}(?=.)")


def to_pdf(paper: Paper) -> bytes:
    """A PDF file. The same paper gives the same bytes.

    Raises ``Unwritable`` if no Chinese font is found or none has a character.
    """
    return typeset(_template(), _data(paper), ACCESSIBLE)


@lru_cache
def _template() -> bytes:
    return (resources.files("gongkai.documents.articles.papers") / "paper.typ").read_bytes()


def _data(paper: Paper) -> dict[str, Any]:
    """What the template prints."""
    day = paper.formed_on or _NO_DATE
    dated = chinese_date(paper.formed_on) if paper.formed_on else ""
    titles = title_lines(paper.title)
    return {
        "title": "".join(titles),
        "titles": titles,
        "agency": paper.agency,
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "dated": dated,
        "indent": agency_indent(paper.agency, dated),
        "number": paper.document_number,
        "index": paper.index_number,
        "blocks": [_block(block, paper) for block in printed(paper).blocks],
        "code": qr_code(paper.address).svg if paper.address else None,
        "code_label": CODE_LABEL,
        "address": paper.address or "",
        "shown_address": _breakable(paper.address or ""),
    }


def _block(block: Block, paper: Paper) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level}
        case Paragraph():
            return {"kind": "paragraph", "spans": linked(block.text, paper)}
        case Listing():
            items = [linked(item, paper) for item in block.items]
            return {"kind": "listing", "ordered": block.ordered, "items": items}
        case Grid():
            return _grid(block, paper)
        case Picture():
            return _picture(block, paper)


def _grid(grid: Grid, paper: Paper) -> dict[str, Any]:
    rows = [[_cell(cell, paper) for cell in row] for row in grid.rows]
    return {
        "kind": "grid",
        "shares": column_shares(grid),
        "size": table_size(grid),
        "centered": centered_columns(grid),
        "heads": rows[: grid.header_rows],
        "rows": rows[grid.header_rows :],
        "caption": grid.caption,
    }


def _cell(cell: str, paper: Paper) -> list[dict[str, str]]:
    """In the narrow cells of a table long numbers get places to break."""
    return [span | {"text": _breakable(span["text"])} for span in linked(cell, paper)]


def _breakable(text: str) -> str:
    return _LONG_RUN.sub(lambda run: _BREAK_AFTER.sub("\\g<0>\u200b", run[0]), text)


def _picture(picture: Picture, paper: Paper) -> dict[str, Any]:
    """A picture as a drawing that holds it; where there is none to show, what it shows in words."""
    drawn = shown(paper.pictures.get(picture.sha256))
    alternative = picture.alternative or picture.caption or "图片"
    if drawn is None:
        return {"kind": "paragraph", "spans": [{"text": f"〔图片：{alternative}〕", "target": ""}]}
    held = base64.b64encode(drawn.data).decode()
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {drawn.width} {drawn.height}"><image width="{drawn.width}" height="{drawn.height}" '
        f'xlink:href="data:image/{drawn.kind};base64,{held}"/></svg>'
    )
    return {
        "kind": "picture",
        "svg": svg,
        "width": drawn.width,
        "alternative": alternative,
        "caption": picture.caption,
    }
