"""A stand-in for the platform's interface, on this machine, that keeps its contract.

Written after the platform's pages: 获取稳定版接口调用凭据, 上传图文消息图片, 上传永久素材, 新增草稿,
发布草稿, 发布状态查询, 删除发布文章 and 全局返回码. Like the platform it answers with HTTP 200 whatever it
says, shows ``\\uXXXX`` as it is written, drops scripts and foreign pictures, and publishes only after a
while.
"""

import json
import re
import threading
import time
from collections import Counter
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

APP_ID, APP_SECRET = "wx0000000000example", "0123456789abcdefEXAMPLEsecret"
PICTURES = "http://mmbiz.qpic.cn/mmbiz_png/"
MEGABYTE = 1_000_000
RID = "rid: 6564fd9e-56fbbc7e-310e0214"


class Platform(ThreadingHTTPServer):
    """What the account holds, and how the next requests are to go wrong."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: Counter[str] = Counter()
        self.troubles: dict[str, list[str | int]] = {}
        self.now = 0.0
        self.tokens = 0
        self.token, self.token_ends_at, self.expired = "", 0.0, set[str]()
        self.forced = 0
        self.address_allowed = True
        self.pictures: dict[str, bytes] = {}
        self.covers: dict[str, bytes] = {}
        self.drafts: dict[str, dict] = {}
        self.tasks: dict[str, dict] = {}
        self.articles: dict[str, dict] = {}
        self.polls_until_out = 2
        self.outcome = 0
        self.lock = threading.Lock()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def trouble(self, path: str, *kinds: str | int) -> None:
        """How the next requests of a path end: an error code, an HTTP status as text, ``drop`` (not carried
        out, no answer), ``lose`` (carried out, no answer), ``garble``, ``silence``, ``elsewhere``."""
        self.troubles[path] = list(kinds)

    def let_token_expire(self) -> None:
        self.expired.add(self.token)
        self.token = ""

    def handle_error(self, *_: object) -> None:
        """A connection that was cut on purpose."""


class _Handler(BaseHTTPRequestHandler):
    server: Platform
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._say(_error(43002, "require POST method"))

    def do_POST(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.lock:
            self.server.asked[parts.path] += 1
            waiting = self.server.troubles.get(parts.path)
            trouble = waiting.pop(0) if waiting else ""
        if self._goes_wrong(trouble):
            return
        with self.server.lock:
            answer = self._answer(parts.path, query, body)
        if trouble == "lose":
            self.close_connection = True
            self.connection.close()
            return
        self._say(answer)

    def _goes_wrong(self, trouble: str | int) -> bool:
        if isinstance(trouble, int):
            self._say(_error(trouble, "system error" if trouble == -1 else "refused"))
        elif trouble.isdigit():
            self._send(int(trouble), b"<html>error</html>")
        elif trouble == "drop":
            self.close_connection = True
            self.connection.close()
        elif trouble == "garble":
            self._send(200, b"<html>not json")
        elif trouble == "silence":
            time.sleep(1.0)
            self.close_connection = True
        elif trouble == "elsewhere":
            self._send(302, b"", Location=f"{self.server.base}/elsewhere?{urlsplit(self.path).query}")
        else:
            return False
        return True

    def _answer(self, path: str, query: dict[str, str], body: bytes) -> dict:
        if path == "/cgi-bin/stable_token":
            return self._stable_token(json.loads(body))
        token = query.get("access_token", "")
        if not token:
            return _error(41001, "access_token missing")
        if token in self.server.expired or (token == self.server.token and self._is_over()):
            return _error(42001, f"access_token expired {token}")
        if token != self.server.token:
            return _error(40001, f"invalid credential, access_token is invalid or not latest {token}")
        handlers = {
            "/cgi-bin/media/uploadimg": lambda: self._uploadimg(body),
            "/cgi-bin/material/add_material": lambda: self._add_material(query, body),
            "/cgi-bin/draft/add": lambda: self._draft_add(body),
            "/cgi-bin/freepublish/submit": lambda: self._submit(json.loads(body)),
            "/cgi-bin/freepublish/get": lambda: self._get(json.loads(body)),
            "/cgi-bin/freepublish/delete": lambda: self._delete(json.loads(body)),
        }
        return handlers[path]()

    def _is_over(self) -> bool:
        return self.server.now >= self.server.token_ends_at

    def _stable_token(self, asked: dict) -> dict:
        server = self.server
        if not server.address_allowed:
            return _error(40164, "invalid ip 192.0.2.7 ipv6 ::ffff:192.0.2.7, not in whitelist")
        if asked["grant_type"] != "client_credential":
            return _error(40002, "invalid grant_type")
        if asked["appid"] != APP_ID:
            return _error(40013, "invalid appid")
        if asked["secret"] != APP_SECRET:
            return _error(40125, f"invalid appsecret {asked['secret']}")
        forced = asked.get("force_refresh", False)
        if forced or not server.token or server.now >= server.token_ends_at - 300:
            server.forced += bool(forced)
            server.tokens += 1
            server.token = f"TOKEN_{server.tokens}_" + "x" * 120
            server.token_ends_at = server.now + 7200
        return {"access_token": server.token, "expires_in": int(server.token_ends_at - server.now)}

    def _picture(self, body: bytes) -> bytes | None:
        """The form field ``media`` with its file name."""
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        for part in BytesParser().parsebytes(head + body).walk():
            if part.get_param("name", header="Content-Disposition") == "media" and part.get_filename():
                return part.get_payload(decode=True)
        return None

    def _uploadimg(self, body: bytes) -> dict:
        picture = self._picture(body)
        if picture is None:
            return _error(41005, "media data missing")
        if not picture.startswith((b"\x89PNG", b"\xff\xd8")):
            return _error(40005, "invalid file type")
        if len(picture) > MEGABYTE:
            return _error(40009, "invalid image size")
        address = f"{PICTURES}{len(self.server.pictures)}/0?wx_fmt=png&from=appmsg"
        self.server.pictures[address] = picture
        return {"url": address, "errcode": 0, "errmsg": "ok"}

    def _add_material(self, query: dict[str, str], body: bytes) -> dict:
        picture = self._picture(body)
        if query.get("type") != "image":
            return _error(40004, "invalid media type")
        if picture is None:
            return _error(41005, "media data missing")
        if len(picture) > 10 * MEGABYTE:
            return _error(45001, "media size out of limit")
        name = f"COVER_{len(self.server.covers)}"
        self.server.covers[name] = picture
        return {"media_id": name, "url": f"{PICTURES}cover", "item": []}

    def _draft_add(self, body: bytes) -> dict:
        shown_as_written = body.replace(b"\\u", b"\\\\u")
        [article] = json.loads(shown_as_written.decode("utf-8"))["articles"]
        for code, words, is_wrong in (
            (44003, "empty news data", not article["content"]),
            (45003, "title size out of limit", len(article["title"]) > 32),
            (45110, "author size out of limit", len(article["author"]) > 16),
            (45004, "description size out of limit", len(article["digest"]) > 128),
            (45005, "url size out of limit", len(article["content_source_url"].encode()) > 1024),
            (45002, "content size out of limit", len(article["content"]) >= 20_000),
            (40007, "invalid media_id", article["thumb_media_id"] not in self.server.covers),
        ):
            if is_wrong:
                return _error(code, words)
        article["content"] = self._cleaned(article["content"])
        name = f"DRAFT_{self.server.asked['/cgi-bin/draft/add']}"
        self.server.drafts[name] = article
        return {"media_id": name, "item": []}

    def _cleaned(self, content: str) -> str:
        content = re.sub(r"<script.*?</script>", "", content, flags=re.S)
        kept = tuple(address.replace("&", "&amp;") for address in self.server.pictures)
        return re.sub(
            r'<img src="([^"]*)"[^>]*>', lambda image: image[0] if image[1] in kept else "", content
        )

    def _submit(self, asked: dict) -> dict:
        if asked["media_id"] not in self.server.drafts:
            return _error(40007, "invalid media_id")
        number = 2247483655 + len(self.server.tasks)
        self.server.tasks[str(number)] = {"draft": asked["media_id"], "polls": 0}
        return {"errcode": 0, "errmsg": "ok", "publish_id": number, "msg_data_id": str(number + 1)}

    def _get(self, asked: dict) -> dict:
        task = self.server.tasks.get(asked["publish_id"])
        if task is None:
            return _error(53502, "invalid publish_id")
        told = {"publish_id": asked["publish_id"], "fail_idx": []}
        task["polls"] += 1
        if task["polls"] < self.server.polls_until_out:
            return told | {"publish_status": 1}
        if self.server.outcome:
            return told | {"publish_status": self.server.outcome, "fail_idx": [1]}
        name = f"ARTICLE_{asked['publish_id']}"
        if draft := self.server.drafts.pop(task["draft"], None):
            self.server.articles[name] = draft
        item = [{"idx": 1, "article_url": f"http://mp.weixin.qq.com/s?__biz={name}"}]
        detail = {"count": 1, "item": item}
        return told | {"publish_status": 0, "article_id": name, "article_detail": detail}

    def _delete(self, asked: dict) -> dict:
        if self.server.articles.pop(asked["article_id"], None) is None:
            return _error(53600, "invalid article_id")
        return {"errcode": 0, "errmsg": "ok"}

    def _say(self, answer: dict) -> None:
        self._send(200, json.dumps(answer).encode())

    def _send(self, status: int, data: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def _error(code: int, words: str) -> dict:
    return {"errcode": code, "errmsg": f"{words} {RID}"}
