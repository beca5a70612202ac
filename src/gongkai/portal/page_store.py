"""Public pages rendered once per change: kept as bytes in front of the whole application.

What may be kept is said by ``pages.public_page``; what is shown is never older than one second, and
what a withdrawal or a change of any page ends is not shown again. The most bytes are bounded.
"""

import gzip
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from threading import Lock
from typing import Any

from gongkai.portal.generation import Mark, Watch, watch
from gongkai.portal.pages import IS_PUBLIC, MODE_COOKIES, modes

ROOM = 64 * 1024 * 1024
LARGEST = 2 * 1024 * 1024
KEPT_FOR = 300.0  # seconds: what another process changed beside publications is seen after that
LONGEST_KEY = 400
_SMALL = 1000
_TEXT = re.compile(r"text/|application/(?:json|xml|atom\+xml)")
_OWN_HEADERS = {"content-length", "etag", "content-encoding"}

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer. ``packed`` is the body compressed, empty where that is of no use."""

    headers: Headers
    etag: str
    body: bytes
    packed: bytes
    mark: Mark | None
    until: float

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed) + 2_000

    def answer(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """The whole answer, or that the browser has it already."""
        headers, etag, body = list(self.headers), self.etag, self.body
        if self.packed and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            etag, body = f'{self.etag[:-1]}-gzip"', self.packed
            headers.append(("Content-Encoding", "gzip"))
        headers.append(("ETag", etag))
        if self._is_known(environ.get("HTTP_IF_NONE_MATCH", "")):
            start_response("304 Not Modified", headers)
            return [b""]
        headers.append(("Content-Length", str(len(body))))
        start_response("200 OK", headers)
        return [body]

    def _is_known(self, named: str) -> bool:
        return bool(named) and (self.etag[1:-1] in named or named.strip() == "*")


class PageStore:
    """A WSGI application around another one."""

    def __init__(self, application: Application, watching: Watch = watch, room: int = ROOM) -> None:
        self._application, self._watch, self._room = application, watching, room
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._used = 0
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        key = key_of(environ)
        mark = self._watch.mark() if key else None
        if key is None or mark is None:
            return self._application(environ, start_response)
        kept = self._find(key, mark)
        if kept is not None:
            return kept.answer(environ, start_response)
        return self._ask(key, mark, environ, start_response)

    def _find(self, key: Key, mark: Mark) -> Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            if kept.mark != mark or kept.until < time.monotonic():
                self._drop(key)
                return None
            self._kept.move_to_end(key)
            return kept

    def _drop(self, key: Key) -> None:
        self._used -= self._kept.pop(key).size

    def _ask(self, key: Key, mark: Mark, environ: Environ, start_response: Start) -> Iterable[bytes]:
        told: list[Any] = []
        asked = {name: value for name, value in environ.items() if name != "HTTP_IF_NONE_MATCH"}
        answer = self._application(asked, lambda *head: told.extend(head))
        status, headers, *_ = told
        names = {name.lower() for name, _ in headers}
        if status != "200 OK" or not asked.get(IS_PUBLIC) or "set-cookie" in names:
            start_response(*told)
            return answer
        kept = _kept(headers, b"".join(answer), mark)
        if hasattr(answer, "close"):
            answer.close()
        self._keep(key, kept)
        return kept.answer(environ, start_response)

    def _keep(self, key: Key, kept: Kept) -> None:
        if kept.size > min(LARGEST, self._room):
            return
        with self._lock:
            if key in self._kept:
                self._drop(key)
            self._kept[key] = kept
            self._used += kept.size
            while self._used > self._room:
                self._drop(next(iter(self._kept)))


def key_of(environ: Environ) -> Key | None:
    """What makes one page another one: its address and how it is shown. ``None`` is never kept."""
    if environ["REQUEST_METHOD"] != "GET" or "HTTP_RANGE" in environ:
        return None
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if len(path) + len(query) > LONGEST_KEY or path.startswith(("/office/", "/accounts/", "/static/")):
        return None
    return (
        environ.get("HTTP_HOST", ""),
        environ.get("HTTP_X_FORWARDED_PROTO", environ.get("wsgi.url_scheme", "")),
        path,
        query,
        _shown_as(environ.get("HTTP_COOKIE", "")),
    )


def _shown_as(cookies: str) -> tuple[bool, ...]:
    if not any(name in cookies for name in MODE_COOKIES):
        return modes(())
    try:
        parsed = SimpleCookie(cookies)
    except CookieError:
        return modes(())
    return modes((name, morsel.value) for name, morsel in parsed.items())


def _kept(headers: Headers, body: bytes, mark: Mark) -> Kept:
    named = {name.lower(): value for name, value in headers}
    packs = len(body) > _SMALL and _TEXT.match(named.get("content-type", ""))
    return Kept(
        headers=[(name, value) for name, value in headers if name.lower() not in _OWN_HEADERS],
        etag=named["etag"],
        body=body,
        packed=gzip.compress(body, 6, mtime=0) if packs else b"",
        mark=mark,
        until=time.monotonic() + KEPT_FOR,
    )
