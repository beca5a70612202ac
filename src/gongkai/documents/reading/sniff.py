"""What kind of file bytes are, by what is in them: names lie."""

import io
import re

import olefile

from gongkai.documents.reading.archives import DAMAGED, ENCRYPTED, Archive
from gongkai.documents.reading.charset import decode, is_plausible
from gongkai.documents.reading.content import Unreadable

EMPTY = "文件是空的，没有内容可读；请检查是否上传或保存失败，重新选择文件。"
BINARY = (
    "这不是能读的文件（不是网页、Word、Excel、PDF 或文本）；请提供年报的 HTML、DOCX、PDF、XLSX 或文本文件。"
)
IMAGE = (
    "这是图片，没有文字可读；请提供带文字的原件（Word、网页或由 Word 直接导出的 PDF），不要用扫描件或截图。"
)
PACKED = "这是压缩包，没有直接读取；请先解压，再选择里面的年报文件。"
SLIDES = "这是演示文稿，不是年度报告；请提供年报的 Word、网页、PDF 或 Excel 文件。"
OFD = "这是 OFD 版式文件，目前还不能读；请提供同一份年报的 Word、网页或 PDF 文件。"
PROGRAM = "这是程序文件，不是文档，没有打开；请确认文件来源。"

_HEAD = 16_384
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF8", IMAGE),
    (b"II*\0", IMAGE),
    (b"MM\0*", IMAGE),
    (b"7z\xbc\xaf'\x1c", PACKED),
    (b"Rar!", PACKED),
    (b"\x1f\x8b", PACKED),
    (b"\x7fELF", PROGRAM),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|span|font|center|style|script)\b", re.I
)
_WHOLE_PAGE = re.compile(r"<(?:!doctype\s+html|html|body)\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"^#{1,6} |^\s*\|[ :|-]+\|\s*$", re.MULTILINE)
_MAIL = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?mime-version:", re.IGNORECASE)
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


def kind_of(data: bytes) -> str:
    """``html``, ``mhtml``, ``docx``, ``wordxml``, ``doc``, ``rtf``, ``odt``, ``fodt``, ``xlsx``, ``xlsb``,
    ``xls``, ``xmlss``, ``ods``, ``pdf`` or ``text``.

    Raises :class:`Unreadable` for what is none of them, is empty or needs a password.
    """
    if not data.strip():
        raise Unreadable(EMPTY)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive_kind(Archive(data))
    if data.startswith(_OLE):
        return _ole_kind(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:64].lstrip().startswith(b"{\\rtf"):
        return "rtf"
    for signature, sentence in _SIGNATURES:
        if data.startswith(signature):
            raise Unreadable(sentence)
    _refuse_less_certain(data)
    return _text_kind(data)


def _refuse_less_certain(data: bytes) -> None:
    """Signatures too short to stand alone: text may begin with them."""
    if (data.startswith(b"BM") and data[6:10] == b"\0\0\0\0") or (
        data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    ):
        raise Unreadable(IMAGE)
    if data.startswith(b"MZ") and b"\0\0\0" in data[:64]:
        raise Unreadable(PROGRAM)


def _archive_kind(archive: Archive) -> str:
    if "word/document.xml" in archive:
        return "docx"
    if "xl/workbook.bin" in archive:
        return "xlsb"
    if "xl/workbook.xml" in archive:
        return "xlsx"
    if "ppt/presentation.xml" in archive:
        raise Unreadable(SLIDES)
    if "ofd.xml" in archive:
        raise Unreadable(OFD)
    if "mimetype" in archive:
        return _open_document_kind(archive)
    if "[Content_Types].xml" in archive:
        types = archive.read("[Content_Types].xml")
        if b"wordprocessingml" in types:
            return "docx"
        if b"spreadsheetml" in types:
            return "xlsx"
    raise Unreadable(PACKED)


def _open_document_kind(archive: Archive) -> str:
    kind = archive.read("mimetype")
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise Unreadable(ENCRYPTED)
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    raise Unreadable(BINARY)


def _ole_kind(data: bytes) -> str:
    """Old Office files: what matters is which stream they hold."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            streams = {name[0].lower() for name in file.listdir() if len(name) == 1}
            if "encryptedpackage" in streams:
                raise Unreadable(ENCRYPTED)
            if "worddocument" in streams:
                header = file.openstream("WordDocument").read(12)
                return _unlocked("doc", locked=header[11:] > b"" and bool(header[11] & 1))
            for name in streams & {"workbook", "book"}:
                return _unlocked("xls", locked=_has_password(file.openstream(name).read(200)))
    except (OSError, ValueError, IndexError, OverflowError) as error:
        raise Unreadable(DAMAGED) from error
    raise Unreadable(SLIDES if "powerpoint document" in streams else BINARY)


def _unlocked(kind: str, *, locked: bool) -> str:
    if locked:
        raise Unreadable(ENCRYPTED)
    return kind


def _has_password(records: bytes) -> bool:
    """Whether an old workbook's first records ([MS-XLS] 2.1.4) hold a FilePass."""
    at = 0
    while at + 4 <= len(records):
        if records[at : at + 2] == b"\x2f\x00":
            return True
        at += 4 + int.from_bytes(records[at + 2 : at + 4], "little")
    return False


def _text_kind(data: bytes) -> str:
    sample = decode(data[:_HEAD])
    if b"\0" in data[:_HEAD] and not is_plausible(sample):
        raise Unreadable(BINARY)
    if len(_NOT_TEXT.findall(sample)) * 20 > len(sample):
        raise Unreadable(BINARY)
    start = sample.lstrip("\ufeff \t\r\n")
    if _MAIL.match(start) and "html" in sample.lower():
        return "mhtml"
    if start.startswith("<?"):
        return _xml_kind(sample)
    if _PAGE.search(sample) and (_WHOLE_PAGE.search(sample) or not _MARKDOWN.search(sample)):
        return "html"
    return "html" if start[:6].lower() == "<table" else "text"


def _xml_kind(sample: str) -> str:
    if "schemas.microsoft.com/office/word/2003/wordml" in sample or "office/2006/xmlPackage" in sample:
        return "wordxml"
    if "urn:schemas-microsoft-com:office:spreadsheet" in sample and "<html" not in sample.lower():
        return "xmlss"
    return "fodt" if "<office:document" in sample else "html"
