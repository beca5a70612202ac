"""A web page printed to PDF by a browser, and a page saved as a web archive."""

import quopri
import random
import shutil
import subprocess
import tempfile
from collections.abc import Collection
from pathlib import Path

from messy.paper import Paper

from . import html

Knobs = Collection[str]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")


def print_to_pdf(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    """The page as Chromium prints it. Needs Chromium (see ``CHROMIUM``)."""
    if CHROMIUM is None:
        raise RuntimeError("Chromium is not installed")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.html").write_bytes(html.render(paper, knobs, rng))
        command = [
            CHROMIUM,
            *_QUIET,
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={folder}/page.pdf",
        ]
        subprocess.run([*command, f"file://{folder}/page.html"], check=True, capture_output=True, timeout=60)
        return (folder / "page.pdf").read_bytes()


def web_archive(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    """单个文件网页, which offices name .doc: the page quoted-printable inside a message."""
    page = quopri.encodestring(html.render(paper, knobs, rng)).decode("ascii")
    return (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_NextPart_01"\r\n\r\n'
        "------=_NextPart_01\r\nContent-Location: file:///C:/report.htm\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html\r\n\r\n{page}\r\n"
        "------=_NextPart_01--\r\n"
    ).encode("ascii")
