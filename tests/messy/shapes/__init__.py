"""Files made from papers: one module a carrier."""

import random
from collections.abc import Callable, Collection

from messy.paper import Paper

from . import docx, html, markdown, pdf, text, xlsx

Renderer = Callable[[Paper, Collection[str], random.Random], bytes]

_RENDERERS: dict[str, tuple[str, Renderer]] = {
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
SUFFIXES = {shape: suffix for shape, (suffix, _) in _RENDERERS.items()}


def render(shape: str, paper: Paper, knobs: Collection[str], rng: random.Random) -> bytes:
    """The bytes of a file of this shape."""
    return _RENDERERS[shape][1](paper, knobs, rng)
