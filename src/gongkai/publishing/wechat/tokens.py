"""The access token: asked for once, kept in memory alone, renewed when the platform no longer takes it.

The stable token (稳定版接口调用凭据) is the same for every process that asks, so that workers do not make
each other's invalid.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from gongkai.publishing.wechat.failures import WechatUncertain
from gongkai.publishing.wechat.transport import Transport

_PATH = "/cgi-bin/stable_token"
_EARLY = 300  # seconds before its end at which the platform itself begins to hand out the next
_SHORTEST = 60


@dataclass(frozen=True, slots=True)
class Credentials:
    """The account's AppID and AppSecret (开发者密码)."""

    app_id: str
    secret: str = field(repr=False)


class Tokens:
    """``clock`` counts seconds and never goes back."""

    def __init__(
        self, transport: Transport, credentials: Credentials, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._transport = transport
        self._credentials = credentials
        self._clock = clock
        self._lock = threading.Lock()
        self._token = ""
        self._ends_at = 0.0

    def current(self) -> str:
        """A token that should still be taken. Raises a ``WechatError``."""
        with self._lock:
            if not self._token or self._clock() >= self._ends_at:
                self._fetch(force=False)
            return self._token

    def renewed(self, stale: str) -> str:
        """Another token than the one the platform did not take; forced (20 times a day at most) only where
        asking gives the same again."""
        with self._lock:
            if self._token == stale:
                self._fetch(force=False)
            if self._token == stale:
                self._fetch(force=True)
            return self._token

    def _fetch(self, *, force: bool) -> None:
        body = {
            "grant_type": "client_credential",
            "appid": self._credentials.app_id,
            "secret": self._credentials.secret,
            "force_refresh": force,
        }
        answer = self._transport.post_json(_PATH, body)
        token, seconds = answer.get("access_token"), answer.get("expires_in")
        if not (isinstance(token, str) and token and isinstance(seconds, int)):
            raise WechatUncertain("微信没有给出访问凭证；请过几分钟再试。")
        self._token = token
        self._ends_at = self._clock() + max(seconds - _EARLY, _SHORTEST)
