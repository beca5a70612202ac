"""The package of one article: its texts within the limits of the platform, its pictures, its cover.

Limits from the platform's own pages (新增草稿, 上传图文消息图片): title 32 characters by interface and 64 in
the editor, author 16, digest 120, content under 20,000 characters, a picture under 1 MB as JPG or PNG.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape

from gongkai.documents.articles import Article, Picture, digest_of
from gongkai.documents.posters.blocks import plain
from gongkai.documents.posters.pictures import UnusablePicture, prepared
from gongkai.documents.wechat.content import Content, picture_caption, told
from gongkai.documents.wechat.cover import cover
from gongkai.law.limits import chinese_date

TITLE, API_TITLE, AUTHOR, DIGEST = 64, 32, 16, 120
CONTENT = 20_000  # characters, of which there must be fewer
_SOURCE_BYTES = 1024
_PICTURE_BYTES = 1_000_000
_LONGEST_SIDE = 1280
_IMAGE = '<p style="margin:0 0 8px;"><img src="{}" alt="{}" style="width:100%;height:auto;"></p>'
_PLACE = "picture:{}"


@dataclass(frozen=True, slots=True)
class WechatSource:
    """What a package is made of. ``address`` is the public page (阅读原文); an empty ``digest`` is taken
    from the first sentences, an empty ``author`` is the agency."""

    title: str
    agency: str
    article: Article
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    address: str = ""
    digest: str = ""
    author: str = ""
    section: str = ""
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class PackagedPicture:
    """A picture of the article, ready to be uploaded. ``sha256`` is the name the article gives it."""

    sha256: str
    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class WechatPackage:
    """``content_html`` names each picture as ``picture:<sha256>`` until :meth:`with_addresses` sets where
    it was uploaded; ``page_html`` is the content with words in place of pictures, to copy by hand."""

    title: str
    author: str
    digest: str
    content_html: str
    page_html: str
    pictures: tuple[PackagedPicture, ...]
    cover: bytes = field(repr=False)
    address: str = ""
    warnings: tuple[str, ...] = ()

    def with_addresses(self, addresses: Mapping[str, str]) -> str:
        """The content with each picture at its uploaded address. Raises ``KeyError`` for one that has
        none."""
        content = self.content_html
        for picture in self.pictures:
            address = escape(addresses[picture.sha256])
            content = content.replace(f'src="{_PLACE.format(picture.sha256)}"', f'src="{address}"')
        return content

    def to_zip(self) -> bytes:
        """The package as one file for who pastes by hand; the same package gives the same bytes."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self._files():
                archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        return file.getvalue()

    def _files(self) -> list[tuple[str, bytes]]:
        page = (
            '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
            f"<title>{escape(self.title)}</title></head><body>{self.page_html}</body></html>\n"
        )
        pictures = [(f"图片/{picture.name}", picture.data) for picture in self.pictures]
        return [
            ("说明.txt", self._instructions().encode("utf-8-sig")),
            ("正文.html", page.encode()),
            ("封面.png", self.cover),
            *pictures,
        ]

    def _instructions(self) -> str:
        """Windows line ends: the file is opened in the plainest editor there is."""
        steps = [
            "用浏览器打开“正文.html”，全选、复制，粘贴到公众号编辑器。",
            "粘贴下面的标题、作者和摘要。",
            "上传“封面.png”作封面。",
            *(["按正文里的提示，插入“图片”文件夹中的图片。"] if self.pictures else []),
            *(["在“原文链接”中填入下面的地址。"] if self.address else []),
        ]
        lines = [
            *(f"{number}. {step}" for number, step in enumerate(steps, 1)),
            "",
            f"标题：{self.title}",
            f"作者：{self.author}",
            f"摘要：{self.digest}",
            *([f"原文链接：{self.address}"] if self.address else []),
            *(["", "请留意："] if self.warnings else []),
            *(f"· {warning}" for warning in self.warnings),
        ]
        return "\r\n".join(lines) + "\r\n"


def package(source: WechatSource, cover_picture: bytes | None = None) -> WechatPackage:
    """The publication within the limits of the platform; ``warnings`` say in sentences what had to give.

    ``cover_picture`` replaces the cover made of the title. Raises ``Unwritable`` where a cover must be
    made and no Chinese font is found, ``UnusablePicture`` for a ``cover_picture`` that is none.
    """
    warnings: list[str] = []
    pictures = _pictures(source, warnings)
    names = {picture.sha256: picture.name for picture in pictures}
    content = Content(lambda picture: _image(picture, names))
    closing = _closing(source)
    html = content.written(source.article, closing)
    page = Content(lambda picture: _place(picture, names)).written(source.article, closing)
    warnings += _content_warnings(content, html)
    title = _within(_line(source.title), TITLE, "标题", warnings)
    if len(title) > API_TITLE:
        warnings.append(
            f"标题有{len(title)}个字；用接口投递时平台只收{API_TITLE}个字以内的标题，请拟一个短标题。"
        )
    return WechatPackage(
        title=title,
        author=_within(_line(source.author or source.agency), AUTHOR, "作者", warnings),
        digest=_within(_line(source.digest), DIGEST, "摘要", warnings) or digest_of(source.article, DIGEST),
        content_html=html,
        page_html=page,
        pictures=pictures,
        cover=_cover(source, cover_picture),
        address=_address(source.address, warnings),
        warnings=tuple(warnings),
    )


def _line(text: str) -> str:
    return " ".join(plain(text).split())


def _within(text: str, most: int, what: str, warnings: list[str]) -> str:
    if len(text) <= most:
        return text
    warnings.append(f"{what}有{len(text)}个字，平台最多收{most}个字，已经截短；请改成通顺的一句。")
    return text[: most - 1] + "…"


def _address(address: str, warnings: list[str]) -> str:
    if len(address.encode()) < _SOURCE_BYTES:
        return address
    warnings.append("原文地址超过1 KB，平台不收，已经去掉；请换一个短一些的地址。")
    return ""


def _cover(source: WechatSource, given: bytes | None) -> bytes:
    if given is None:
        return cover(source.title, source.agency)
    return prepared(given, _LONGEST_SIDE, _PICTURE_BYTES).data


def _pictures(source: WechatSource, warnings: list[str]) -> tuple[PackagedPicture, ...]:
    """Each picture once, in the order in which the article shows them."""
    wanted = dict.fromkeys(block.sha256 for block in source.article.blocks if isinstance(block, Picture))
    ready: list[PackagedPicture] = []
    for number, sha256 in enumerate(wanted, 1):
        try:
            picture = prepared(source.pictures[sha256], _LONGEST_SIDE, _PICTURE_BYTES)
        except KeyError:
            warnings.append(f"第{number}张图片不在附件里，正文中改用了文字；请补上图片再做一次。")
        except UnusablePicture as error:
            warnings.append(f"第{number}张图片用不了，正文中改用了文字：{error}")
        else:
            name = f"图片{number}.{picture.extension}"
            ready.append(PackagedPicture(sha256, name, picture.media_type, picture.data))
    return tuple(ready)


def _image(picture: Picture, names: Mapping[str, str]) -> str:
    if picture.sha256 not in names:
        return told(f"（图片：{picture.alternative}）")
    image = _IMAGE.format(_PLACE.format(picture.sha256), escape(picture.alternative))
    return image + picture_caption(picture)


def _place(picture: Picture, names: Mapping[str, str]) -> str:
    if picture.sha256 not in names:
        return _image(picture, names)
    return told(f"【在这里插入“{names[picture.sha256]}”：{picture.alternative}】") + picture_caption(picture)


def _closing(source: WechatSource) -> tuple[str, ...]:
    """Where it comes from, in small type."""
    origin = f"来源：{_line(source.agency)}{_line(source.section)}"
    published = f"公开日期：{chinese_date(source.published_on)}" if source.published_on else ""
    return tuple(line for line in (origin, published) if line)


def _content_warnings(content: Content, html: str) -> list[str]:
    found = []
    if content.links:
        found.append(f"公众号里点不开外部链接：{len(content.links)}个地址已经列在文末。")
    if content.wide:
        found.append(f"{content.wide}个表格的列太多，手机上看不全，已经改成逐条列出。")
    if len(html) >= CONTENT:
        found.append(
            f"正文连同格式有{len(html)}个字符，平台只收{CONTENT}个字符以内的正文；"
            "请删短正文，把长表格留在原文页面，用“阅读原文”引过去。"
        )
    return found
