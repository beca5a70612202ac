"""The whole portal as files for any web server: what ``export-site`` writes.

Every page is asked of the application itself, so that a file is what the live site answers. The new
folder is complete before it takes the place of the old one.
"""

import io
import json
import shutil
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.parse import unquote, urlsplit
from wsgiref.util import setup_testing_defaults
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse

from gongkai.portal.generation import generation
from gongkai.portal.pages import SITE, is_public
from gongkai.portal.relinking import Page, Site, links_of, readdressed
from gongkai.portal.sitemap import part_names
from gongkai.portal.standing import Place, place_of
from gongkai.publishing.queries.items import public
from gongkai.reporting import queries as reports

MARK = ".gongkai-site.json"
"""In a folder that was written by this module, and may be replaced by it."""
_SEEDS = ("home", "disclosure_home", "reports", "open_data", "feed", "sitemap", "robots")
_OPEN = ("openapi-json", "agencies", "items", "items_csv", "reports", "reports_csv", "registers")
_MOST_TRIES = 3


class UnableToExport(Exception):
    """The folder cannot be replaced."""


@dataclass(frozen=True, slots=True)
class Written:
    """What an export wrote."""

    pages: int
    files: int
    size: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What the application says under an address."""

    status: int
    headers: dict[str, str]
    body: bytes


class Export:
    """One writing of the site into an empty folder."""

    def __init__(self, folder: Path, live: str, address: str) -> None:
        self._folder = folder
        self._site = Site(live=live, address=address)
        self._application = WSGIHandler()
        self._taken: set[str] = set()
        self._size = 0

    def write(self) -> Written:
        """Everything that is public."""
        waiting = deque(_seeds())
        seen = set(waiting)
        while waiting:
            for address in self._take(waiting.popleft()):
                if address not in seen:
                    seen.add(address)
                    waiting.append(address)
        self._relink()
        self._not_found()
        pages = sum(place.is_page for place in self._site.places.values())
        return Written(pages, len(self._site.places) - pages, self._size)

    def _take(self, address: str) -> list[str]:
        """Write one address as it is answered; returns where it leads to."""
        path = urlsplit(address).path
        if path.startswith(_static()):
            self._copy(address, unquote(path.removeprefix(_static())))
            return []
        if not _is_exported(path):
            return []
        answer = self._ask(address)
        if answer.status in {301, 302}:
            self._site.leads_to[address] = answer.headers["location"]
            return [answer.headers["location"]]
        place = place_of(
            address, answer.headers.get("content-type", ""), answer.headers.get("content-disposition", "")
        )
        if answer.status != 200 or place is None or place.path in self._taken:
            return []
        self._keep(address, place, answer.body)
        return links_of(answer.body, address) if place.is_page else self._further(place, answer.body)

    def _further(self, place: Place, body: bytes) -> list[str]:
        """The next page of a list of data."""
        if place.media_type != "application/json":
            return []
        data = json.loads(body)
        following = data.get("next") if isinstance(data, dict) else None
        return [following.removeprefix(self._site.address)] if isinstance(following, str) else []

    def _ask(self, address: str) -> Answer:
        told: list[Any] = []

        def start_response(*head: Any) -> Any:
            told.extend(head)

        response = self._application(self._environ(address), start_response)
        try:
            body = b"".join(response)
        finally:
            response.close()
        return Answer(int(told[0].split()[0]), {name.lower(): value for name, value in told[1]}, body)

    def _environ(self, address: str) -> dict[str, Any]:
        parts = urlsplit(address)
        environ: dict[str, Any] = {
            "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
            "QUERY_STRING": parts.query,
            "HTTP_HOST": "localhost",
            SITE: self._site.address,
        }
        if settings.SECURE_SSL_REDIRECT:
            environ |= {"wsgi.url_scheme": "https", "HTTP_X_FORWARDED_PROTO": "https"}
        setup_testing_defaults(environ)
        return environ

    def _copy(self, address: str, name: str) -> None:
        """A style sheet, a script or a sign."""
        found = finders.find(name)
        if staticfiles_storage.exists(name):
            with staticfiles_storage.open(name) as file:
                data = file.read()
        elif isinstance(found, str):
            data = Path(found).read_bytes()
        else:
            return
        self._keep(address, Place(f"static/{name}", ""), data)

    def _keep(self, address: str, place: Place, data: bytes) -> None:
        self._site.places[address] = place
        self._taken.add(place.path)
        if place.is_packed:
            data = _packed(place.saved_as.removesuffix(".zip"), data)
        self._write(place, data)

    def _write(self, place: Place, data: bytes) -> None:
        target = self._folder / place.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self._size += len(data)

    def _relink(self) -> None:
        """Now that all places are known, let each page point to them."""
        for address, place in self._site.places.items():
            target = self._folder / place.path
            if place.is_page:
                target.write_bytes(Page(address, self._site).relinked(target.read_bytes()))
            elif place.media_type == "application/json":
                target.write_bytes(readdressed(target.read_bytes(), self._site))

    def _not_found(self) -> None:
        """The page for what is not there. It is shown under whatever address, so it points from the root."""
        shown = render(WSGIRequest(self._environ("/404.html")), "404.html")
        page = Page("/404.html", self._site, from_root=True).relinked(shown.content)
        self._write(Place("404.html", "text/html"), page)


def _seeds() -> Iterator[str]:
    for name in _SEEDS:
        yield reverse(f"portal:{name}")
    for name in _OPEN:
        yield reverse(f"portal:open:{name}")
    for name in part_names():
        yield reverse("portal:sitemap_part", args=[name])
    for pk in public().order_by("pk").values_list("item", flat=True):
        yield reverse("portal:item", args=[pk])
        yield reverse("portal:open:item", args=[pk])
    for report in reports.published():
        yield reverse("portal:report", args=[report.agency.slug, report.year])
        yield reverse("portal:open:report", args=[report.agency.slug, report.year])


def _static() -> str:
    return str(settings.STATIC_URL) if str(settings.STATIC_URL).startswith("/") else f"/{settings.STATIC_URL}"


def _is_exported(path: str) -> bool:
    try:
        return is_public(resolve(unquote(path)).func)
    except Resolver404:
        return False


def _packed(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def state() -> str:
    """What the public sees now, as a mark to compare."""
    return json.dumps(generation(), default=str)


def exported_state(target: Path) -> str:
    """The mark of what was written into a folder; empty for none."""
    try:
        return str(json.loads((target / MARK).read_text("utf-8"))["state"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def export_site(target: Path, *, live: str = "", address: str = "") -> Written:
    """Write the whole portal into ``target``, which is replaced at once when all of it is there.

    Raises ``UnableToExport`` for a folder that holds anything else.
    """
    _recover(target)
    if target.exists() and not _is_ours(target):
        raise UnableToExport(f"“{target}”里有别的文件，没有导出。请换一个空文件夹，或者先把里面的文件移走。")
    target.parent.mkdir(parents=True, exist_ok=True)
    for attempt in range(_MOST_TRIES):
        before = state()
        fresh = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            written = Export(fresh, live.rstrip("/"), address.rstrip("/")).write()
            if state() == before or attempt == _MOST_TRIES - 1:
                _finish(fresh, target, before)
                return written
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    raise AssertionError("the last attempt returns")


def _finish(fresh: Path, target: Path, mark: str) -> None:
    remove_withdrawn(fresh)
    (fresh / MARK).write_text(json.dumps({"state": mark}), "utf-8")
    fresh.chmod(0o755)
    old = _old(target)
    if target.exists():
        target.replace(old)
    fresh.replace(target)
    shutil.rmtree(old, ignore_errors=True)


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}-old")


def _recover(target: Path) -> None:
    """Put back what a power cut left aside between the two moves."""
    old = _old(target)
    if old.exists() and not target.exists():
        old.replace(target)
    shutil.rmtree(old, ignore_errors=True)


def _is_ours(target: Path) -> bool:
    return target.is_dir() and ((target / MARK).exists() or not any(target.iterdir()))


def remove_withdrawn(target: Path) -> int:
    """Delete what stands of items that are not public any more, without writing anything anew."""
    there = {str(pk) for pk in public().values_list("item", flat=True)}
    removed = 0
    for folder in (target / "items").glob("*"):
        if folder.name not in there:
            shutil.rmtree(folder, ignore_errors=True)
            (target / "open" / "items" / f"{folder.name}.json").unlink(missing_ok=True)
            removed += 1
    return removed
