"""A page of the site as a file: what it leads to is another file, the live service, or nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html
from lxml.html import HtmlElement

from gongkai.portal.standing import Place

NOT_HERE = "这是静态网站，不能在这里填写和提交；请当面、来信或者打电话办理，地址和电话见政府信息公开指南。"
_LINKS = (("a", "href"), ("link", "href"), ("img", "src"), ("script", "src"))
_MODES = ("/type-size/", "/contrast/", "/mode")
_HTML = html.HTMLParser(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Site:
    """What was written: address → place, and where an address leads on to. ``live`` is the address of the
    live service, empty for none; ``address`` that of the site itself."""

    live: str
    address: str
    places: dict[str, Place] = field(default_factory=dict)
    leads_to: dict[str, str] = field(default_factory=dict)

    def find(self, address: str) -> Place | None:
        """The place of an address, after its redirects."""
        for _ in range(5):
            if address not in self.leads_to:
                break
            address = self.leads_to[address]
        return self.places.get(address)


def links_of(page: bytes, address: str) -> list[str]:
    """The addresses of the same site that a page leads to, in order."""
    tree = html.document_fromstring(page, parser=_HTML)
    found = (_own(each.get(name), address) for tag, name in _LINKS for each in tree.iter(tag))
    return list(dict.fromkeys(filter(None, found)))


def _own(target: str | None, address: str) -> str:
    """A link as path and query, if it stays on the site."""
    if not target or target.startswith("#"):
        return ""
    parts = urlsplit(urljoin(address, target))
    if parts.scheme or parts.netloc:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is being relinked: its address and place on the site. From the ``from_root`` of the
    site where it is shown under whatever address."""

    address: str
    site: Site
    from_root: bool = False

    def relinked(self, page: bytes) -> bytes:
        """The page with every link, picture, script and form where it belongs on the written site."""
        tree = html.document_fromstring(page, parser=_HTML)
        for tag, name in _LINKS:
            for each in list(tree.iter(tag)):
                self._point(each, name)
        for form in list(tree.iter("form")):
            _settle(form, self.address, self.site)
        for foot in tree.iter("footer"):
            if not self.site.live:
                foot[0].append(html.fragment_fromstring(NOT_HERE, create_parent="p"))
        written: bytes = html.tostring(tree, doctype="<!DOCTYPE html>", encoding="utf-8")
        return written

    def _point(self, element: HtmlElement, name: str) -> None:
        own = _own(element.get(name), self.address)
        place = self.site.find(own)
        if not own:
            return
        if place is not None:
            self._lead(element, name, place)
        elif element.tag == "a" and (not self.site.live or own.startswith(_MODES)):
            _remove(element)
        elif self.site.live:
            element.set(name, f"{self.site.live}{own}")
        else:
            element.drop_tree()

    def _lead(self, element: HtmlElement, name: str, place: Place) -> None:
        here = self.site.places.get(self.address)
        target = place.from_root if self.from_root or here is None else place.seen_from(here)
        fragment = urlsplit(element.get(name, "")).fragment
        element.set(name, f"{target}#{fragment}" if fragment else target)
        if place.saved_as and element.tag == "a":
            element.set("download", place.saved_as)


def _remove(link: HtmlElement) -> None:
    """A link to what is not here: gone where it is an entry of a list or a door, else its words stay."""
    entry = link.getparent()
    if entry is not None and entry.tag == "li" and len(entry) == 1:
        entry.drop_tree()
    elif {"door", "button"} & set(link.get("class", "").split()):
        link.drop_tree()
    else:
        link.drop_tag()


def _settle(form: HtmlElement, address: str, site: Site) -> None:
    """A form is sent to the live service; without one it is not there, and the foot of the page says so."""
    if site.live:
        form.set("action", f"{site.live}{_own(form.get('action') or address, address)}")
    else:
        form.drop_tree()


def readdressed(data: bytes, site: Site) -> bytes:
    """JSON with each address of the site as it stands in the written one."""
    text = json.dumps(_readdressed(json.loads(data), site), ensure_ascii=False)
    return text.encode()


def _readdressed(value: Any, site: Site) -> Any:
    if isinstance(value, Mapping):
        return {name: _readdressed(each, site) for name, each in value.items()}
    if isinstance(value, list):
        return [_readdressed(each, site) for each in value]
    if isinstance(value, str) and value.startswith(f"{site.address}/"):
        place = site.find(value.removeprefix(site.address))
        return f"{site.address}{place.from_root}" if place else value
    return value
