"""Files made from papers: one module a carrier."""

import random
from collections.abc import Callable, Collection

from messy.paper import Paper

from . import docx, html, markdown, pdf, text, xlsx

_RENDERERS: dict[str, tuple[str, Callable[[Paper, Collection[str], random.Random], bytes]]] = {
    "html": ("html", html.render),
    "docx": ("docx", docx.render),
    "xlsx": ("xlsx", xlsx.render),
    "markdown": ("md", markdown.render),
    "pdf": ("pdf", pdf.render),
    "pdf_plain": ("pdf", pdf.render_plain),
    "lines": ("txt", text.lines),
    "tabs": ("txt", text.tabs),
    "pipes": ("txt", text.pipes),
    "aligned": ("txt", text.aligned),
    "csv": ("csv", text.csv_table),
    "solid": ("txt", text.solid),
}


def render(shape: str, paper: Paper, knobs: Collection[str], rng: random.Random) -> tuple[bytes, str]:
    """The bytes of a shape, and the name the file goes by (which may lie about its kind)."""
    suffix, renderer = _RENDERERS[shape]
    data = renderer(paper, knobs, rng)
    if "wrong_name" in knobs:
        return data, rng.choice(("下载.doc", "年报", "report.xls", "1706.bin", "年度报告.pdf", "a.txt"))
    return data, f"{paper.file_title}.{suffix}"
