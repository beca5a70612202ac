"""House rules of the web: each address needs a login or is on the public list; headers; no off-origin."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

import gongkai
from tests.agencies.cast import Cast

PUBLIC = {
    "casework:feed",
    "portal:home",
    "portal:reports",
    "portal:report",
    "portal:download",
    "portal:check",
    "portal:item",
    "portal:item_file",
    "portal:item_preview",
    "portal:item_picture",
    "portal:item_paper",
    "portal:disclosure_home",
    "portal:disclosure",
    "portal:services",
    "portal:items",
    "portal:category",
    "portal:agency_feed",
    "portal:category_feed",
    "portal:feed",
    "portal:kiosk",
    "portal:sitemap",
    "portal:sitemap_part",
    "portal:robots",
    "portal:open_data",
    "portal:open:openapi-json",
    "portal:open:agencies",
    "portal:open:catalog",
    "portal:open:items",
    "portal:open:items_csv",
    "portal:open:item",
    "portal:open:reports",
    "portal:open:report",
    "portal:open:reports_csv",
    "portal:open:registers",
    "portal:open:api-root",
    "portal:search",
    "portal:suggest",
    "portal:search_feed",
    "portal:subscribe",
    "portal:subscription",
    "portal:accessibility",
    "portal:type_size",
    "portal:contrast",
    "portal:apply",
    "portal:apply_done",
    "portal:apply_receipt",
    "portal:apply_leave",
    "portal:apply_what",
    "portal:apply_advice",
    "portal:apply_who",
    "portal:apply_review",
    "portal:track",
    "portal:track_case",
    "portal:track_message",
    "portal:track_supplement",
    "portal:track_withdraw",
    "portal:track_confirm",
    "portal:track_letter",
    "portal:track_file",
    "portal:track_data",
    "portal:track_leave",
    "sign_in",
}
PACKAGE = Path(gongkai.__file__).parent
FILLED = {
    "pk": 1,
    "case_pk": 1,
    "event_pk": 1,
    "file_pk": 1,
    "reading_pk": 1,
    "waiver_pk": 1,
    "planned_pk": 1,
    "referral_pk": 1,
    "form": "docx",
    "register": "permit",
    "size": "a4",
    "page": 1,
    "place": 1,
    "token": "no-such-secret",
    "code": "internal_affairs",
    "file_format": "pdf",
    "slug": "edu",
    "name": "pages",
    "sha256": "0" * 64,
    "order": 1,
    "year": 2020,
    "kind": "json",
    "act": "sign",
    "what": "role",
    "address": "table3.granted.total",
}

PARAMETER = re.compile(r"\^|\$|\(\?P(<\w+>)[^)]*\)")
ELSEWHERE = re.compile(r"""(?:src|href|url\(|fetch\(|import )\W{0,3}(?:https?:)?//[^"')\s]+""")
TEMPLATE_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=")


def example(parameter: str) -> str:
    """Something for a parameter; each has its example above."""
    return str(FILLED[parameter])


def addresses(resolver: URLResolver, prefix: str = "", name: str = "") -> Iterator[tuple[str, str]]:
    """(name, address) of every page, with something in place of each parameter."""
    for pattern in resolver.url_patterns:
        route = prefix + PARAMETER.sub(lambda found: found.group(1) or "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from addresses(pattern, route, name + space)
        elif isinstance(pattern, URLPattern):
            filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: example(m.group(1)), route)
            yield f"{name}{pattern.name}", f"/{filled}"


ALL = dict(addresses(get_resolver()))


def test_every_public_name_is_there():
    assert set(ALL) >= PUBLIC


@pytest.mark.parametrize("name", sorted(set(ALL) - PUBLIC))
def test_every_other_address_needs_a_login(db: None, name: str):
    for answer in (Client().get(ALL[name]), Client().post(ALL[name])):
        assert answer.status_code == 302, name
        assert answer.headers["Location"].startswith("/accounts/sign-in/?next="), name


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_address_needs_none(db: None, name: str):
    assert Client().get(ALL[name]).status_code in {200, 302, 404, 405}


@pytest.mark.parametrize("address", ["/", "/check/", "/no/such/", "/office/"])
def test_every_answer_carries_the_security_headers(db: None, address: str):
    headers = Client().get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_the_pages_of_the_desk_stay_in_no_cache(cast: Cast):
    client = Client()
    client.force_login(cast.officer)
    assert client.get("/office/").headers["Cache-Control"] == "no-store"


def files(*suffixes: str) -> list[Path]:
    """The pages, styles and scripts of the web, without what is written into documents."""
    return [p for p in PACKAGE.rglob("*") if p.suffix in suffixes and "documents" not in p.parts]


def test_no_page_style_or_script_names_another_origin():
    named = {p.name: ELSEWHERE.findall(p.read_text("utf-8")) for p in files(".html", ".css", ".js", ".svg")}
    assert named
    assert [name for name, found in named.items() if found] == []


def test_no_page_carries_inline_script_or_style():
    marked = {page.name: TEMPLATE_TAG.sub("", page.read_text("utf-8")) for page in files(".html")}
    assert [name for name, text in marked.items() if INLINE.search(text)] == []


def test_scripts_and_style_stay_small():
    assert 0 < sum(path.stat().st_size for path in files(".js")) < 60_000
    assert 0 < sum(path.stat().st_size for path in files(".css")) < 40_000
