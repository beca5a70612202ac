"""What can go wrong with the platform, as sentences a clerk can act on.

The codes and their meaning are those of the platform's pages 全局返回码, 新增草稿 and 发布草稿. What the
platform itself writes is never repeated: it may hold an access token.
"""

import re
from collections.abc import Mapping

STALE_TOKEN = frozenset({40001, 40014, 42001})
BUSY = -1
GONE = 53600
_TOKEN = "微信不接受本系统的访问凭证；请系统管理员核对 AppID 和 AppSecret 是不是这个公众号的。"
_SENTENCES: Mapping[int, str] = {
    BUSY: "微信系统繁忙，没有处理这次请求；请过几分钟再试。",
    40001: _TOKEN,
    40004: "微信不收这种文件；图片请用 JPG 或 PNG。",
    40005: "微信不收这种文件；图片请用 JPG 或 PNG。",
    40006: "文件的大小不合要求；正文图片应小于1 MB，封面应小于10 MB。",
    40007: "微信里已经没有这个草稿或封面，可能已被发布或删除；请重新送一次草稿。",
    40009: "图片太大；正文图片应小于1 MB，请缩小后再送。",
    40013: "微信不认识这个 AppID；请系统管理员核对 GONGKAI_WECHAT_APP_ID。",
    40014: _TOKEN,
    40125: "AppSecret 不对，可能已在公众平台重置；请系统管理员更新 GONGKAI_WECHAT_APP_SECRET。",
    40164: "本机的网络地址{ip}不在公众号的 IP 白名单里；请管理员登录公众平台，在基本配置里加上它。",
    41001: _TOKEN,
    42001: _TOKEN,
    44001: "送去的图片是空的；请检查图片文件。",
    44003: "草稿没有正文；请先写正文再送。",
    45001: "文件太大；正文图片应小于1 MB，封面应小于10 MB。",
    45002: "正文太长；平台只收2万个字符以内的正文，请删短，把长表格留在原文页面。",
    45003: "标题太长；请拟一个32个字以内的标题。",
    45004: "摘要太长；请改到120个字以内。",
    45005: "原文地址太长；请换一个短一些的地址。",
    45008: "一次送的文章太多；请分几次送。",
    45009: "今天调用这个接口的次数已用完；请明天再试，或者用文章包手工粘贴。",
    45011: "这一分钟里请求太多；请过一分钟再试。",
    45110: "作者名太长；请改到16个字以内。",
    45166: "微信认为正文里有不能发布的内容；请检查正文，改好后再送。",
    46001: "微信里没有这张图片；请重新送一次草稿。",
    47001: "微信读不懂送去的草稿；请检查标题、摘要和正文里有没有特殊符号。",
    48001: "这个公众号没有使用此接口的权限；请在公众平台的接口权限里核对，或者用文章包手工粘贴。",
    48004: "这个公众号的接口已被封禁；请管理员登录公众平台查看原因。",
    50002: "这个公众号被限制使用；请管理员登录公众平台查看原因。",
    53500: "这个公众号的发布功能被封禁；请管理员登录公众平台查看原因。",
    53501: "发布得太频繁；请过一会儿再发布。",
    53502: "微信里没有这个发布任务；请到公众平台核对文章是否已经发布。",
    53503: "草稿没有通过发布前的检查；请到公众平台打开草稿，按提示改好。",
    53504: "这个草稿要到公众平台上发布；请登录公众平台，在草稿箱里操作。",
    53505: "草稿还没有在公众平台保存过；请先到公众平台打开并保存它，再发布。",
    GONE: "微信里没有这篇文章，可能已经删除；请到公众平台核对。",
    89501: "本机的网络地址正等公众号管理员确认；请管理员在微信里确认后再试。",
    89503: "本机的网络地址要由公众号管理员确认；请管理员在微信里确认后再试。",
    89506: "公众号管理员在24小时内两次拒绝了本机的调用；请先与管理员商定，明天再试。",
    89507: "公众号管理员在1小时内拒绝了本机的调用；请先与管理员商定，过一小时再试。",
}
_PASSING = frozenset({BUSY, 45009, 45011, 53501})
_RID = re.compile(r"rid: ([0-9A-Za-z-]{8,60})")
_ADDRESS = re.compile(r"invalid ip ([0-9a-fA-F.:]{3,45})")


class WechatError(Exception):
    """One Chinese sentence: what happened, and what to do."""


class WechatUnreachable(WechatError):
    """The request was not carried out; it may be made again."""


class WechatUncertain(WechatError):
    """Nobody knows whether the request was carried out. It must not be made again before a person has
    looked into the account."""


class WechatRefused(WechatError):
    """The platform said no. ``trace`` is its number for the request (rid), for asking its support."""

    def __init__(self, code: int, platform_words: str = "") -> None:
        self.code = code
        self.trace = found[1] if (found := _RID.search(platform_words)) else ""
        super().__init__(_sentence(code, platform_words))

    @property
    def may_pass(self) -> bool:
        """Whether waiting may help."""
        return self.code in _PASSING


def _sentence(code: int, platform_words: str) -> str:
    known = _SENTENCES.get(code)
    if known is None:
        return f"微信没有接受这次请求（返回码{code}）；请在公众平台的返回码说明里查它的原因。"
    found = _ADDRESS.search(platform_words)
    return known.format(ip=f"（{found[1]}）" if found else "")
