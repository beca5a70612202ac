"""Asks an installed LibreOffice to turn a file it knows into .docx."""

import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gongkai.documents.reading import docx
from gongkai.documents.reading.content import Content, Unreadable

SECONDS = 8
MEMORY = 4_000_000_000
"""Bytes of address space, of which LibreOffice uses a tenth."""
_ASKS_FOR_RESTART = 81


def program() -> str | None:
    """The LibreOffice of this machine. Its own program is called without the starter around it, so that
    stopping it stops all of it."""
    starter = shutil.which("soffice") or shutil.which("libreoffice")
    if starter is None:
        return None
    inner = Path(starter).resolve().with_name("soffice.bin")
    return str(inner) if inner.exists() else starter


def extract(data: bytes, kind: str, what: str) -> Content:
    """The rows of a file of ``kind`` (its usual suffix), which people call ``what``. Raises
    :class:`Unreadable` where LibreOffice is missing or does not manage it in time."""
    soffice = program()
    if soffice is None:
        raise Unreadable(
            f"这是 {what}，要靠 LibreOffice 打开，而本机没有安装；"
            "请用 Word 或 WPS 另存为 .docx 再试，或请管理员安装（apt install libreoffice-writer-nogui）。"
        )
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        source = Path(folder, f"report.{kind}")
        source.write_bytes(data)
        with _own_memory():
            _convert(soffice, source)
        result = source.with_suffix(".docx")
        if not result.exists():
            raise Unreadable(f"这是 {what}，LibreOffice 没能打开；请用 Word 或 WPS 另存为 .docx 再试。")
        content = docx.extract(result.read_bytes())
    return Content(kind, content.rows, content.title)


@contextmanager
def _own_memory() -> Iterator[None]:
    """Gives a program started here its own limit of memory, not what is left of ours."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY if hard == resource.RLIM_INFINITY else hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _convert(soffice: str, source: Path) -> None:
    profile = source.with_name("profile").as_uri()
    command = [
        soffice, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "docx", "--outdir", str(source.parent), str(source),
    ]  # fmt: skip
    try:
        for _ in range(2):  # with a fresh profile it only sets that up and asks to be started again
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                timeout=SECONDS / 2, check=False,
            )  # fmt: skip
            if done.returncode != _ASKS_FOR_RESTART:
                break
    except subprocess.TimeoutExpired as error:
        raise Unreadable(
            f"LibreOffice {SECONDS} 秒内没有打开这个文件；请用 Word 或 WPS 另存为 .docx 再试。"
        ) from error
