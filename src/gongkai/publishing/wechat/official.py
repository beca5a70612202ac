"""The draft box behind the platform's own interface (公众平台 草稿箱与发布能力)."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from gongkai.documents.wechat import WechatPackage
from gongkai.publishing.wechat.draft_box import PublishState, Status
from gongkai.publishing.wechat.failures import (
    BUSY,
    GONE,
    STALE_TOKEN,
    WechatError,
    WechatRefused,
    WechatUncertain,
    WechatUnreachable,
)
from gongkai.publishing.wechat.tokens import Credentials, Tokens
from gongkai.publishing.wechat.transport import Transport

_STATES = (
    PublishState.SUCCEEDED,
    PublishState.IN_PROGRESS,
    PublishState.ORIGINALITY_FAILED,
    PublishState.FAILED,
    PublishState.REJECTED,
    PublishState.DELETED,
    PublishState.BLOCKED,
)
_PAUSES = (0.5, 2.0)  # seconds before the second and the third try
_ODD = "微信的答复里少了应有的内容，不知道这一步做成了没有；请先到公众平台看一看，再决定要不要重做。"
_SILENT = "没有收到微信的答复；请过几分钟再试。"

_Call = Callable[[str], dict[str, Any]]


class OfficialDraftBox:
    """A :class:`DraftBox` over HTTPS. Safe to share between threads.

    What changes nothing, or may be done twice, is tried three times: asking for a status, uploading a
    picture of an article, removing. A cover, a draft and a publication are asked for once.
    """

    def __init__(
        self,
        base: str,
        credentials: Credentials,
        *,
        timeout: float = 20.0,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._transport = Transport(base, timeout)
        self._tokens = Tokens(self._transport, credentials, clock)
        self._pause = pause

    def upload_picture(self, data: bytes) -> str:
        post = self._transport.post_picture
        answer = self._again(lambda token: post("/cgi-bin/media/uploadimg", data, access_token=token))
        return _text(answer, "url")

    def upload_cover(self, data: bytes) -> str:
        post = self._transport.post_picture
        path = "/cgi-bin/material/add_material"
        answer = self._once(lambda token: post(path, data, access_token=token, type="image"))
        return _text(answer, "media_id")

    def add_draft(self, package: WechatPackage, cover_id: str, addresses: Mapping[str, str]) -> str:
        article = {
            "article_type": "news",
            "title": package.title,
            "author": package.author,
            "digest": package.digest,
            "content": package.with_addresses(addresses),
            "content_source_url": package.address,
            "thumb_media_id": cover_id,
            "need_open_comment": 0,
            "only_fans_can_comment": 0,
        }
        return _text(self._once(self._json("/cgi-bin/draft/add", articles=[article])), "media_id")

    def submit(self, media_id: str) -> str:
        answer = self._once(self._json("/cgi-bin/freepublish/submit", media_id=media_id))
        return _text(answer, "publish_id")

    def status(self, publish_id: str) -> Status:
        answer = self._again(self._json("/cgi-bin/freepublish/get", publish_id=publish_id))
        number = answer.get("publish_status")
        if not isinstance(number, int) or not 0 <= number < len(_STATES):
            raise WechatUnreachable(_SILENT)
        state = _STATES[number]
        if state != PublishState.SUCCEEDED:
            return Status(state)
        return Status(state, _first_address(answer), str(answer.get("article_id", "")))

    def remove(self, article_id: str) -> None:
        """An article that is gone after a try whose answer was lost has been removed by that try."""
        try:
            self._again(self._json("/cgi-bin/freepublish/delete", article_id=article_id), done=GONE)
        except _DoneBefore:
            return

    def _json(self, path: str, **body: Any) -> _Call:
        return lambda token: self._transport.post_json(path, body, access_token=token)

    def _once(self, call: _Call) -> dict[str, Any]:
        """With a token the platform takes: one it did not take has changed nothing."""
        token = self._token(self._tokens.current)
        try:
            return call(token)
        except WechatRefused as refused:
            if refused.code not in STALE_TOKEN:
                raise
        return call(self._token(lambda: self._tokens.renewed(token)))

    def _token(self, ask: Callable[[], str]) -> str:
        """Without a token nothing has been done, however the asking ended."""
        try:
            return ask()
        except WechatUncertain:
            failure = WechatUnreachable(_SILENT)
        raise failure

    def _again(self, call: _Call, done: int | None = None) -> dict[str, Any]:
        """Tried until it is answered, three times at most. ``done`` is the code by which the platform says
        that an earlier try was carried out."""
        lost: WechatError = WechatUnreachable(_SILENT)
        for pause in (0.0, *_PAUSES):
            self._pause(pause)
            try:
                return self._once(call)
            except WechatUncertain:
                lost = _Lost(_SILENT)
            except WechatUnreachable as error:
                lost = lost if isinstance(lost, _Lost) else error
            except WechatRefused as refused:
                if isinstance(lost, _Lost) and refused.code == done:
                    raise _DoneBefore from None
                if refused.code != BUSY:
                    raise
                lost = lost if isinstance(lost, _Lost) else refused
        raise lost


class _Lost(WechatUnreachable):
    """A try whose answer was lost, of a kind that may be made again."""


class _DoneBefore(WechatError):
    """An earlier try was carried out."""


def _text(answer: dict[str, Any], name: str) -> str:
    """An id of the answer; the platform gives some as text and the same ones as number."""
    value = answer.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise WechatUncertain(_ODD)
    return str(value)


def _first_address(answer: dict[str, Any]) -> str:
    details = answer.get("article_detail")
    items = details.get("item") if isinstance(details, dict) else None
    first = items[0] if isinstance(items, list) and items else None
    return str(first.get("article_url", "")) if isinstance(first, dict) else ""
