"""What kind of file bytes are, and whether such a file may be published: names lie, bytes do not."""

import io
import json
import re
from dataclasses import dataclass

import olefile

from gongkai.documents.contents.encodings import is_text
from gongkai.documents.reading import sniff
from gongkai.documents.reading.archives import Archive
from gongkai.documents.reading.content import Unreadable

_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OASIS = "application/vnd.oasis.opendocument"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file. ``extensions`` are what its name may end in, the usual one first; ``refusal`` is why
    it may not be published, one Chinese sentence, empty where it may."""

    kind: str
    media_type: str
    label: str
    extensions: tuple[str, ...]
    refusal: str = ""

    @property
    def extension(self) -> str:
        return self.extensions[0]

    @property
    def is_publishable(self) -> bool:
        return not self.refusal

    def mismatch(self, name: str) -> str:
        """What is wrong with a file name for such a file; empty if nothing is."""
        stated = name.rpartition(".")[2].lower() if "." in name else ""
        if stated in self.extensions:
            return ""
        said = f"文件名以“.{stated}”结尾" if stated else "文件名没有扩展名"
        return f"{said}，内容却是{self.label}；请把文件名改成以“.{self.extension}”结尾，或重新选择文件。"


PROGRAM = "程序文件不能公开；请只上传文档、表格、图片或压缩包。"
MACROS = "文件里有宏（程序），不能公开；请另存为不带宏的格式再上传。"
SCRIPTS = "文件里有脚本（程序），不能公开；请去掉脚本，或另存为 PDF、Word 文件再上传。"
UNOPENED = "这种压缩包打不开，里面有什么无法审查；请解压后上传，或改用 ZIP 格式。"
OLD_BINARY = "这种格式无法完整审查；请另存为 .xlsx 再上传。"

ACTIVE = "这种文件可能有脚本（程序），不能公开；请另存为 PDF 或图片再上传。"

_KINDS = (
    FileKind("docx", f"{_OPEN_XML}.wordprocessingml.document", "Word 文档", ("docx", "dotx")),
    FileKind(
        "docm", "application/vnd.ms-word.document.macroenabled.12", "带宏的 Word 文档", ("docm",), MACROS
    ),
    FileKind("doc", "application/msword", "Word 97–2003 文档", ("doc", "wps", "dot")),
    FileKind("wordxml", "application/xml", "Word XML 文档", ("xml", "doc")),
    FileKind("rtf", "application/rtf", "RTF 文档", ("rtf", "doc")),
    FileKind("odt", f"{_OASIS}.text", "OpenDocument 文本", ("odt", "ott")),
    FileKind("fodt", f"{_OASIS}.text-flat-xml", "OpenDocument 单文件文本", ("fodt", "xml")),
    FileKind("xlsx", f"{_OPEN_XML}.spreadsheetml.sheet", "Excel 工作簿", ("xlsx", "xltx")),
    FileKind(
        "xlsm", "application/vnd.ms-excel.sheet.macroenabled.12", "带宏的 Excel 工作簿", ("xlsm",), MACROS
    ),
    FileKind(
        "xlsb",
        "application/vnd.ms-excel.sheet.binary.macroenabled.12",
        "Excel 二进制工作簿",
        ("xlsb",),
        OLD_BINARY,
    ),
    FileKind("xls", "application/vnd.ms-excel", "Excel 97–2003 工作簿", ("xls", "et", "xlt")),
    FileKind("xmlss", "application/xml", "XML 表格", ("xml", "xls")),
    FileKind("ods", f"{_OASIS}.spreadsheet", "OpenDocument 表格", ("ods", "ots")),
    FileKind("odp", f"{_OASIS}.presentation", "OpenDocument 演示文稿", ("odp",)),
    FileKind(
        "pptx", f"{_OPEN_XML}.presentationml.presentation", "PowerPoint 演示文稿", ("pptx", "ppsx", "potx")
    ),
    FileKind(
        "pptm",
        "application/vnd.ms-powerpoint.presentation.macroenabled.12",
        "带宏的演示文稿",
        ("pptm",),
        MACROS,
    ),
    FileKind("ppt", "application/vnd.ms-powerpoint", "PowerPoint 97–2003 演示文稿", ("ppt", "pps", "dps")),
    FileKind("pdf", "application/pdf", "PDF 文件", ("pdf",)),
    FileKind("ofd", "application/ofd", "OFD 版式文件", ("ofd",)),
    FileKind("html", "text/html", "网页", ("html", "htm", "xls", "doc", "shtml")),
    FileKind("mhtml", "multipart/related", "单个文件网页", ("mht", "mhtml", "doc"), ACTIVE),
    FileKind("svg", "image/svg+xml", "SVG 图形", ("svg",), ACTIVE),
    FileKind("csv", "text/csv", "逗号或制表符分隔的表", ("csv", "tsv", "txt")),
    FileKind("json", "application/json", "JSON 数据", ("json", "geojson", "txt")),
    FileKind("text", "text/plain", "文本文件", ("txt", "md", "csv", "tsv", "text", "log")),
    FileKind("zip", "application/zip", "ZIP 压缩包", ("zip",)),
    FileKind("7z", "application/x-7z-compressed", "7z 压缩包", ("7z",), UNOPENED),
    FileKind("rar", "application/vnd.rar", "RAR 压缩包", ("rar",), UNOPENED),
    FileKind("gzip", "application/gzip", "GZIP 压缩包", ("gz", "tgz"), UNOPENED),
    FileKind("png", "image/png", "PNG 图片", ("png",)),
    FileKind("jpeg", "image/jpeg", "JPEG 图片", ("jpg", "jpeg")),
    FileKind("gif", "image/gif", "GIF 图片", ("gif",)),
    FileKind("webp", "image/webp", "WebP 图片", ("webp",)),
    FileKind("tiff", "image/tiff", "TIFF 图片", ("tif", "tiff")),
    FileKind("bmp", "image/bmp", "BMP 图片", ("bmp",)),
    FileKind("mp4", "video/mp4", "MP4 视频", ("mp4", "m4v", "m4a")),
    FileKind("mp3", "audio/mpeg", "MP3 音频", ("mp3",)),
    FileKind("wav", "audio/wav", "WAV 音频", ("wav",)),
    FileKind(
        "program", "application/octet-stream", "程序文件", ("exe", "dll", "so", "msi", "jar", "apk"), PROGRAM
    ),
    FileKind("script", "text/plain", "脚本程序", ("sh", "bat", "cmd", "ps1", "js", "vbs", "py"), PROGRAM),
)
_SAMPLE = 16_384
KINDS = {each.kind: each for each in _KINDS}
PICTURES = frozenset({"png", "jpeg", "gif", "webp", "tiff", "bmp"})
UNHEARD = frozenset({"mp4", "mp3", "wav"})
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF87a", "gif"), (b"GIF89a", "gif"),
    (b"II*\0", "tiff"), (b"MM\0*", "tiff"), (b"7z\xbc\xaf'\x1c", "7z"), (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b\x08", "gzip"), (b"\x7fELF", "program"), (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"), (b"ID3", "mp3"), (b"#!/", "script"), (b"dex\n", "program"),
)  # fmt: skip
_OPENS_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_SVG, _HTML = re.compile(rb"<svg\b", re.I), re.compile(rb"<html\b", re.I)
_SCRIPTS = re.compile(
    rb"<script\b|\bon[a-z]{3,20}\s*=\s*[\"']|javascript:|<iframe\b|<object\b|<embed\b", re.I
)
_SCRIPT_NAMES = frozenset(
    (
        "asp", "aspx", "bat", "cmd", "com", "exe", "hta", "js", "jse", "jsp", "lnk", "msi", "php", "pl",
        "ps1", "py", "reg", "scr", "sh", "vbe", "vbs", "wsf",
    )
)  # fmt: skip


def kind_of(data: bytes) -> str:
    """The kind of a file, one of :data:`KINDS`. Raises :class:`Unreadable` for what is none, is empty or
    needs a password."""
    quick = _by_signature(data)
    if quick:
        return quick
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive_kind(Archive(data), data)
    if data.startswith(b"\xd0\xcf\x11\xe0") and _has_slides(data):
        return "ppt"
    kind = _sniffed(data)
    if kind == "html" and _SVG.search(data[:2000]) and not _HTML.search(data[:2000]):
        return "svg"
    if kind == "text" and _OPENS_JSON.match(data) and parsed_json(data) is not None:
        return "json"
    return kind


def _sniffed(data: bytes) -> str:
    """As the reading of reports finds it, which knows text by the words of a report; here any text is one."""
    try:
        return sniff.kind_of(data)
    except Unreadable as error:
        if str(error) == sniff.BINARY and is_text(data[:_SAMPLE]):
            return "html" if _HTML.search(data[:2000].replace(b"\0", b"")) else "text"
        raise


def file_kind(data: bytes, name: str = "") -> FileKind | None:
    """What kind of file this is; ``None`` where that cannot be told. ``name`` only helps where bytes alone
    do not decide: text that is called a script is one."""
    try:
        kind = kind_of(data)
    except (Unreadable, RecursionError):
        return None
    extension = name.rpartition(".")[2].lower()
    if kind in ("text", "html", "csv") and extension in _SCRIPT_NAMES:
        kind = "script"
    if kind in ("docx", "xlsx", "pptx") and _has_macros(data):
        kind = kind[:-1] + "m"
    found = KINDS.get(kind)
    if found is None:
        return None
    if kind in ("doc", "xls", "ppt") and _has_old_macros(data):
        return FileKind(kind, found.media_type, f"带宏的 {found.label}", found.extensions, MACROS)
    if kind == "html" and _SCRIPTS.search(data):
        return FileKind(kind, found.media_type, found.label, found.extensions, SCRIPTS)
    return found


def parsed_json(data: bytes) -> object | None:
    """JSON parsed; ``None`` if the bytes are none."""
    try:
        return json.loads(data.removeprefix(b"\xef\xbb\xbf"), parse_int=str, parse_float=str)  # type: ignore[no-any-return]
    except (ValueError, RecursionError):
        return None


def _by_signature(data: bytes) -> str:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return "bmp"
    if data.startswith(b"RIFF"):
        return {b"WEBP": "webp", b"WAVE": "wav"}.get(data[8:12], "")
    if data[4:8] == b"ftyp":
        return "mp4"
    return "program" if data.startswith(b"MZ") and b"\0\0\0" in data[:64] else ""


def _archive_kind(archive: Archive, data: bytes) -> str:
    if "ppt/presentation.xml" in archive:
        return "pptx"
    if "ofd.xml" in archive:
        return "ofd"
    if "meta-inf/manifest.mf" in archive or "androidmanifest.xml" in archive:
        return "program"
    if "mimetype" in archive and archive.read("mimetype").startswith(f"{_OASIS}.presentation".encode()):
        return "odp"
    known = ("word/document.xml", "xl/workbook.xml", "xl/workbook.bin", "[content_types].xml", "mimetype")
    return sniff.kind_of(data) if any(name in archive for name in known) else "zip"


def _has_macros(data: bytes) -> bool:
    return any(name.endswith("vbaproject.bin") for name in Archive(data))


def _has_slides(data: bytes) -> bool:
    return any(path[-1].lower() == "powerpoint document" for path in _streams(data))


def _has_old_macros(data: bytes) -> bool:
    return any(
        path[-1].lower() in ("_vba_project", "vba") or "macros" in map(str.lower, path)
        for path in _streams(data)
    )


def _streams(data: bytes) -> list[list[str]]:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return [list(path) for path in file.listdir()]
    except (OSError, ValueError, IndexError, OverflowError, RecursionError):
        return []
