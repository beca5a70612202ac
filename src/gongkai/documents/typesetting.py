"""Sets a typst template with data: as a PDF, or as pictures of its pages.

The compiler and its fonts are loaded once a process. Fonts are looked for in the folder that the
environment variable ``GONGKAI_FONTS`` names, then among the system's.
"""

import json
import os
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import typst

from gongkai.documents.writing import Unwritable

ARCHIVED: Sequence[Any] = ("a-2u",)
ACCESSIBLE: Sequence[Any] = ("a-2a", "ua-1")
LENIENT: Sequence[Any] = ()
_NO_TIME = 0  # the same data gives the same bytes
# The official faces, best first, then what stands in for each.
_FACES = {
    "title": ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong"),
    "body": ("仿宋_GB2312", "FangSong_GB2312", "FangSong", "仿宋", "STFangsong"),
    "kai": ("楷体_GB2312", "KaiTi_GB2312", "KaiTi", "楷体", "STKaiti", "LXGW WenKai"),
    "hei": ("黑体", "SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC"),
    "song": ("宋体", "SimSun", "STSong"),
}
_STAND_INS = ("Noto Serif CJK SC", "Source Han Serif SC", "LXGW WenKai", "Noto Sans CJK SC")
_UNDISPLAYED = re.compile(r'(?:the text|codepoint) `"?(.+?)"?`')


def typeset(template: bytes, data: dict[str, Any], standards: Sequence[Any] = ARCHIVED) -> bytes:
    """A PDF of the ``standards``. The template finds ``data`` as JSON in ``sys.inputs.data``, with the
    ``fonts`` there are for each face.

    Raises :class:`gongkai.documents.writing.Unwritable` if no Chinese font is found, and if none has a
    character; ``LENIENT`` prints such a character as an empty frame.
    """
    [pdf] = _compiled(template, data, format="pdf", pdf_standards=list(standards), timestamp=_NO_TIME)
    return pdf


def pictures(template: bytes, data: dict[str, Any], dpi: float) -> list[bytes]:
    """As :func:`typeset`, but each page as a PNG picture."""
    return _compiled(template, data, format="png", ppi=dpi)


def _compiled(template: bytes, data: dict[str, Any], **wanted: Any) -> list[bytes]:
    compiler, fonts = loaded_compiler(os.environ.get("GONGKAI_FONTS", ""))
    inputs = {"data": json.dumps(data | {"fonts": fonts}, ensure_ascii=False)}
    try:
        pages = compiler.compile(template, sys_inputs=inputs, **wanted)
    except typst.TypstError as error:
        raise _refusal(error) from error
    assert pages is not None
    return [pages] if isinstance(pages, bytes) else pages


@lru_cache
def loaded_compiler(folder: str) -> tuple[typst.Compiler, dict[str, list[str]]]:
    """The compiler and the faces found for each role. Raises ``Unwritable`` if a role has none."""
    fonts = typst.Fonts(include_embedded_fonts=False, font_paths=[folder] if folder else [])
    known = set(fonts.families())
    faces = {role: [f for f in (*wanted, *_STAND_INS) if f in known] for role, wanted in _FACES.items()}
    if not all(faces.values()):
        raise Unwritable(
            "这台机器上没有可用的中文字体，写不出 PDF：请安装 fonts-noto-cjk，"
            "或把字体文件放进一个文件夹，并让环境变量 GONGKAI_FONTS 指向它。"
        )
    return typst.Compiler(font_paths=fonts), faces


def _refusal(error: typst.TypstError) -> Exception:
    """A character that no font has is the reader's matter; any other error is ours."""
    missing = sorted(set(_UNDISPLAYED.findall(error.diagnostic)))
    if not missing:
        return error
    return Unwritable(
        f"现有字体里没有这些字：{'、'.join(missing)}，印出来会是空白，所以没有写成 PDF。"
        "请把含这些字的字体文件放进环境变量 GONGKAI_FONTS 指向的文件夹，再写一次。"
    )
