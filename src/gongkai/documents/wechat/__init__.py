"""A publication as an article of an official WeChat account (公众号): ready to paste, or to send."""

from gongkai.documents.wechat.cover import COVER_SIZE, cover
from gongkai.documents.wechat.package import (
    API_TITLE,
    AUTHOR,
    CONTENT,
    DIGEST,
    TITLE,
    PackagedPicture,
    WechatPackage,
    WechatSource,
    package,
)

__all__ = [
    "API_TITLE",
    "AUTHOR",
    "CONTENT",
    "COVER_SIZE",
    "DIGEST",
    "TITLE",
    "PackagedPicture",
    "WechatPackage",
    "WechatSource",
    "cover",
    "package",
]
