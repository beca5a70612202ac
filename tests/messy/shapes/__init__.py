"""Files made from papers: one module a carrier."""

import random
from collections.abc import Callable, Collection

from messy.paper import Paper

from . import browser, docx, html, markdown, pdf, text, xlsx, xml_office

Renderer = Callable[[Paper, Collection[str], random.Random], bytes]

_RENDERERS: dict[str, tuple[str, Renderer]] = {
    "html": ("html", html.render),
    "docx": ("docx", docx.render),
    "mhtml": ("mht", browser.web_archive),
    "xlsx": ("xlsx", xlsx.render),
    "odt": ("odt", xml_office.odt),
    "wordxml": ("xml", xml_office.flat_word),
    "xmlss": ("xls", xml_office.excel_2003_xml),
    "markdown": ("md", markdown.render),
    "pdf": ("pdf", pdf.render),
    "pdf_plain": ("pdf", pdf.render_plain),
    "pdf_browser": ("pdf", browser.print_to_pdf),
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
