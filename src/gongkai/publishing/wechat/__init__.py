"""The draft box of an official WeChat account. Nothing leaves this house unless an office has set it up."""

from functools import lru_cache

from django.conf import settings

from gongkai.publishing.wechat.delivering import deliver
from gongkai.publishing.wechat.draft_box import STATE_LABELS, DraftBox, PublishState, Status
from gongkai.publishing.wechat.failures import (
    WechatError,
    WechatRefused,
    WechatUncertain,
    WechatUnreachable,
)
from gongkai.publishing.wechat.official import OfficialDraftBox
from gongkai.publishing.wechat.tokens import Credentials

__all__ = [
    "STATE_LABELS",
    "Credentials",
    "DraftBox",
    "OfficialDraftBox",
    "PublishState",
    "Status",
    "WechatError",
    "WechatRefused",
    "WechatUncertain",
    "WechatUnreachable",
    "configured_draft_box",
    "deliver",
]


def configured_draft_box() -> DraftBox | None:
    """The draft box of the settings ``WECHAT_API`` (such as ``https://api.weixin.qq.com``),
    ``WECHAT_APP_ID`` and ``WECHAT_APP_SECRET``; none without ``WECHAT_API``.

    Raises ``ValueError`` with one Chinese sentence where they do not fit together.
    """
    base = str(getattr(settings, "WECHAT_API", "") or "")
    if not base:
        return None
    app_id = str(getattr(settings, "WECHAT_APP_ID", "") or "")
    secret = str(getattr(settings, "WECHAT_APP_SECRET", "") or "")
    if not (app_id and secret):
        raise ValueError(
            "设了 GONGKAI_WECHAT_API，还要设 GONGKAI_WECHAT_APP_ID 和 GONGKAI_WECHAT_APP_SECRET，"
            "才能把文章送进公众号草稿箱。"
        )
    return _box(base, Credentials(app_id, secret))


@lru_cache(maxsize=4)
def _box(base: str, credentials: Credentials) -> OfficialDraftBox:
    """One for the whole process, so that its access token is asked for once."""
    return OfficialDraftBox(base, credentials)
