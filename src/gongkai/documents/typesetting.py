"""Sets a typst template with data: as a PDF without anything but its pages, or as pictures of them."""

import json
import os
from typing import Any

import typst

from gongkai.documents.writing.pdf import _compiler, _refusal

_STANDARDS: list[Any] = ["a-2u"]
_NO_TIME = 0  # the same data gives the same bytes


def typeset(template: bytes, data: dict[str, Any], *, strict: bool = True) -> bytes:
    """A PDF. The template finds ``data`` as JSON in ``sys.inputs.data``, with the ``fonts`` there are.

    Raises :class:`gongkai.documents.writing.Unwritable` if no Chinese font is found, and where it is
    ``strict`` if none has a character; else that character is printed as an empty frame.
    """
    standards = _STANDARDS if strict else []
    [pdf] = _compiled(template, data, format="pdf", pdf_standards=standards, timestamp=_NO_TIME)
    return pdf


def pictures(template: bytes, data: dict[str, Any], dpi: float) -> list[bytes]:
    """As :func:`typeset`, but each page as a PNG picture."""
    return _compiled(template, data, format="png", ppi=dpi)


def _compiled(template: bytes, data: dict[str, Any], **wanted: Any) -> list[bytes]:
    compiler, fonts = _compiler(os.environ.get("GONGKAI_FONTS", ""))
    inputs = {"data": json.dumps(data | {"fonts": fonts}, ensure_ascii=False)}
    try:
        pages = compiler.compile(template, sys_inputs=inputs, **wanted)
    except typst.TypstError as error:
        raise _refusal(error) from error
    assert pages is not None
    return [pages] if isinstance(pages, bytes) else pages
