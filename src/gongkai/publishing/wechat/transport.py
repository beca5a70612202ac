"""Requests to the platform. Addresses hold the access token, so no error of this module shows one."""

import errno
import http.client
import ipaddress
import json
import secrets
import socket
import ssl
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from gongkai.publishing.wechat.failures import (
    WechatError,
    WechatRefused,
    WechatUncertain,
    WechatUnreachable,
)

_LONGEST_ANSWER = 1_000_000
_NOT_ARRIVED = frozenset({errno.ECONNREFUSED, errno.ENETUNREACH, errno.EHOSTUNREACH})
_UNREACHABLE = "连不上微信的服务器，什么都没有送出去；请检查网络，过几分钟再试。"
_UNTRUSTED = "对方的证书不可信，没有连接，什么都没有送出去；请系统管理员检查网络和 GONGKAI_WECHAT_API。"
_UNCERTAIN = "没有收到微信的答复，不知道这一步做成了没有；请先到公众平台看一看，再决定要不要重做。"
_WRONG_PLACE = "GONGKAI_WECHAT_API 指的地方不是微信接口（HTTP {}）；请系统管理员核对。"


class _StayHere(HTTPRedirectHandler):
    """A redirect would carry the access token to another server."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Transport:
    """``base`` is ``https://…`` without a path, or ``http://`` on this machine; ``timeout`` in seconds.

    Raises ``ValueError`` for any other base.
    """

    base: str
    timeout: float = 20.0
    _opener: OpenerDirector = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        is_here = _is_here(parts.hostname)
        if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and is_here)):
            raise ValueError("GONGKAI_WECHAT_API 应是 https:// 开头的地址，例如 https://api.weixin.qq.com。")
        proxies = [ProxyHandler({})] if is_here else []
        object.__setattr__(self, "_opener", build_opener(_StayHere(), *proxies))

    def post_json(self, path: str, body: dict[str, Any], **query: str) -> dict[str, Any]:
        """UTF-8 as it is: the platform shows ``\\uXXXX`` as it is written.

        Raises ``WechatRefused``, ``WechatUnreachable`` or ``WechatUncertain``.
        """
        data = json.dumps(body, ensure_ascii=False).encode()
        return self._post(path, query, data, "application/json; charset=utf-8")

    def post_picture(self, path: str, picture: bytes, **query: str) -> dict[str, Any]:
        """A picture as the form field ``media``. Raises as :meth:`post_json`."""
        is_png = picture.startswith(b"\x89PNG")
        name, media_type = ("picture.png", "image/png") if is_png else ("picture.jpg", "image/jpeg")
        boundary = secrets.token_hex(24)
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="media"; filename="{name}"\r\n'
            f"Content-Type: {media_type}\r\n\r\n"
        )
        data = head.encode() + picture + f"\r\n--{boundary}--\r\n".encode()
        return self._post(path, query, data, f"multipart/form-data; boundary={boundary}")

    def _post(self, path: str, query: dict[str, str], data: bytes, media_type: str) -> dict[str, Any]:
        address = f"{self.base.rstrip('/')}{path}" + (f"?{urlencode(query)}" if query else "")
        request = Request(address, data, {"Content-Type": media_type}, method="POST")
        try:
            with self._opener.open(request, timeout=self.timeout) as response:
                answer = response.read(_LONGEST_ANSWER)
        except (OSError, http.client.HTTPException) as error:
            failure = _failure(error)
        else:
            return _understood(answer)
        raise failure


def _is_here(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _failure(error: Exception) -> WechatError:
    """Whether the request can have been carried out all the same."""
    if isinstance(error, HTTPError):
        error.close()
        sure = error.code < 500
        return WechatUnreachable(_WRONG_PLACE.format(error.code)) if sure else WechatUncertain(_UNCERTAIN)
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, ssl.SSLCertVerificationError):
        return WechatUnreachable(_UNTRUSTED)
    if isinstance(reason, socket.gaierror) or getattr(reason, "errno", None) in _NOT_ARRIVED:
        return WechatUnreachable(_UNREACHABLE)
    return WechatUncertain(_UNCERTAIN)


def _understood(answer: bytes) -> dict[str, Any]:
    try:
        data = json.loads(answer)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise WechatUncertain(_UNCERTAIN)
    code = data.get("errcode", 0)
    if code != 0:
        raise WechatRefused(code if isinstance(code, int) else 0, str(data.get("errmsg", "")))
    return data
