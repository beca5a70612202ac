"""The child process that makes a PDF nobody vouches for fit to be bound: only its pages are left.

Annotations and form fields become part of their pages; scripts, links, attachments, signatures, tags and
properties go. It speaks as :mod:`gongkai.documents.redaction.rasterizer` does.
"""

import io
import os
import sys
import traceback

import pikepdf
from pikepdf import Name

from gongkai.documents.bundling.leaves import displayed, layers
from gongkai.documents.reading.worker import limit_memory, limit_time, receive, send
from gongkai.documents.redaction.rasters import packed

MEMORY = 800_000_000
SECONDS = 30
LOCKED = "这个 PDF 设有打开密码"
BROKEN = "这个 PDF 已损坏，打不开"
_ROOT = {"/Type", "/Pages", "/OCProperties"}
_PAGE = {
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group",
}  # fmt: skip


def main() -> None:
    """Answers until there are no more messages."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not look like an answer
    limit_memory(MEMORY)
    send(answers, b"")
    while (data := receive(sys.stdin.buffer)) is not None:
        limit_time(SECONDS)
        send(answers, answer(data))


def answer(data: bytes) -> bytes:
    """The cleaned file; or ``unusable``, half a sentence; or ``fault``, where it was ours."""
    try:
        return packed({}, cleaned(data))
    except pikepdf.PasswordError:
        return packed({"unusable": LOCKED})
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, KeyError, AttributeError):
        return packed({"unusable": BROKEN})
    except Exception:
        return packed({"fault": traceback.format_exc()})


def cleaned(data: bytes) -> bytes:
    """The file with nothing but its pages."""
    with pikepdf.open(io.BytesIO(data)) as document:
        if not len(document.pages):
            raise ValueError("a file without pages")
        if Name.AcroForm in document.Root and document.Root.AcroForm.get("/NeedAppearances", False):
            document.generate_appearance_streams()
        document.flatten_annotations("screen")
        for page in document.pages:
            _keep(page.obj, _PAGE)
            displayed(page)  # what the parent will ask is tried here first
            page.as_form_xobject()
        layers(document)
        _keep(document.Root, _ROOT)
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        stream = io.BytesIO()
        document.save(stream, deterministic_id=True, encryption=False)
        return stream.getvalue()


def _keep(entries: pikepdf.Object, keys: set[str]) -> None:
    for key in set(entries.keys()) - keys:
        del entries[key]


if __name__ == "__main__":
    main()
