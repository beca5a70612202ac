"""A program: an office with items in every state, read by the public from every side.

    python -m tests.trust.public_office 500

Goes to every public address with every number it could guess, searches for every canary and for pieces of
them, saves the whole site as files, opens everything, then takes items back and looks again. Prints one
line of JSON; ``found`` must be empty.
"""

# ruff: noqa: E402 (models can be imported only once the settings are loaded)

import io
import itertools
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
if "GONGKAI_DATA" not in os.environ:
    os.environ["GONGKAI_DATA"] = tempfile.mkdtemp(prefix="public-office-")
os.environ.pop("DATABASE_URL", None)

from gongkai.config.environment import ensure_keys

ensure_keys()
import django
from django.conf import settings

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.NOTICES_SITE_URL = "https://xxgk.example.invalid"
settings.ALLOWED_HOSTS = ["*"]
_PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STORAGES = {**settings.STORAGES, "staticfiles": _PLAIN}
settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
django.setup()

from django.apps import apps
from django.core.management import call_command
from django.db.models import BinaryField, CharField, JSONField, TextField
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.regex_helper import normalize

from gongkai.publishing.actions.releasing import withdraw_item
from gongkai.publishing.models import CatalogNode, Item, ItemFile
from gongkai.publishing.queries.items import public
from gongkai.search.queries import search, suggest
from tests.publishing.alone import alone
from tests.trust.opening import Looker
from tests.trust.published_world import AT, MARK, NUMBER, SHOWN, World, furnished

PAPERS = 6  # papers take a moment to be set
NOT_READ = ("portal:track", "portal:apply", "portal:check", "portal:type_size")
"""Forms: what is told there is tested with the applicants."""


def public_patterns() -> dict[str, str]:
    """name → template of every address of the portal, ``%(pk)s`` for what is to be filled in."""
    found: dict[str, str] = {}

    def walk(patterns: list[Any], prefix: str, space: str) -> None:
        for each in patterns:
            if isinstance(each, URLResolver):
                inner = f"{space}{each.namespace}:" if each.namespace else space
                walk(each.url_patterns, prefix + _path(each), inner)
            elif isinstance(each, URLPattern) and each.name:
                found[space + each.name] = prefix + _path(each)

    walk(get_resolver().url_patterns, "/", "")
    return {
        name: path
        for name, path in found.items()
        if name.startswith("portal:") and not name.startswith(NOT_READ)
    }


def _path(pattern: URLPattern | URLResolver) -> str:
    return normalize(pattern.pattern.regex.pattern.removeprefix("^").removesuffix("$").removesuffix("\\Z"))[
        0
    ][0]


def values(world: World) -> dict[str, list[str]]:
    """Whatever an address may be made of: what there is, and what is next to it."""
    pks = [str(pk) for pks in world.items.values() for pk in pks]
    nodes = CatalogNode.objects.values_list("code", flat=True)
    shas = list(ItemFile.objects.values_list("sha256", flat=True).distinct())
    return {
        "pk": [*pks, "0", str(len(pks) + 1), str(10**18)],
        "order": ["0", "1", "2", "3"],
        "sha256": shas,
        "slug": ["edu", "farm", "none"],
        "code": [*nodes, "none"],
        "kind": ["pdf", "docx", "xlsx", "csv", "json", "png", "html"],
        "name": ["pages", "items-0", "items-1", "items-2"],
        "year": ["2025", "2026"],
        "place": ["1"],
        "number": ["1"],
        "page": ["1", "2"],
        "token": ["no-such-secret"],
        "path": ["none"],
    }


class Reader:
    """Somebody outside who reads everything."""

    def __init__(self, world: World) -> None:
        self.world, self.looker = world, Looker(MARK, NUMBER)
        self.client = Client(raise_request_exception=False)
        self.asked: dict[str, int] = {}
        self.statuses: dict[int, int] = {}
        self.wrong: list[str] = []
        self.papers = 0

    def read(self, address: str, name: str) -> bytes:
        answer = self.client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        heads = "\n".join(f"{key}: {value}" for key, value in answer.headers.items())
        self.asked[name] = self.asked.get(name, 0) + 1
        self.statuses[answer.status_code] = self.statuses.get(answer.status_code, 0) + 1
        if answer.status_code >= 500:
            self.wrong.append(f"{address} {answer.status_code}")
        self.looker.look(f"headers of {address}", heads.encode())
        self.looker.look(address, body)
        return body

    def crawl(self) -> None:
        """Every pattern with everything it could be filled with."""
        known = values(self.world)
        shown = {str(pk) for name in SHOWN for pk in self.world.items.get(name, [])}
        for name, path in public_patterns().items():
            names = [each for each in known if f"%({each})s" in path]
            for filled in self._fillings(names, known):
                if name == "portal:item_paper" and filled.get("pk") in shown and not self._one_more_paper():
                    continue
                self.read(path % filled, name)
        for query in (
            "?page=2",
            "?page=9999",
            "?sort=title",
            f"?year=2026&section={self.world.office.section.pk}",
        ):
            for name in ("portal:items", "portal:open:items", "portal:open:items_csv"):
                self.read(_with(name) + query, name)
        for address in ("/no/such/", "/items/x/", "/static/none", "/office/publishing/", "/favicon.ico"):
            self.read(address, "none")

    @staticmethod
    def _fillings(names: list[str], known: dict[str, list[str]]) -> Iterator[dict[str, str]]:
        """Everything an address may be filled with; a picture is asked for under its own item, and others."""
        if set(names) == {"pk", "sha256"}:
            pairs = ItemFile.objects.values_list("item_id", "sha256")
            yield from ({"pk": str(pk), "sha256": sha} for pk, sha in pairs)
            yield from ({"pk": pk, "sha256": known["sha256"][0]} for pk in known["pk"])
            return
        most = 10_000 if len(names) < 3 else 4
        for given in itertools.product(*(known[each][:most] for each in names)):
            yield dict(zip(names, given, strict=True))

    def _one_more_paper(self) -> bool:
        self.papers += 1
        return self.papers <= PAPERS

    def search(self) -> int:
        """For every canary and for pieces of many: nothing is found, counted, offered or shown."""
        asked = 0
        for text in self.world.hidden:
            pieces = [text]
            if asked < 3000:
                core = text.removeprefix(MARK)
                pieces += [core[:5], text[:2], text[1:6]]
            for piece in pieces:
                asked += 1
                page = search(piece)
                if page.total or page.hits or suggest(piece):
                    self.looker.found.append(f"search for {piece}: {page.total}, {suggest(piece)}")
        if "portal:search" in public_patterns():
            for text in self.world.hidden[::25]:
                body = self.client.get(f"{reverse('portal:search')}?q={quote(text)}").content
                if b"/items/" in body.replace(b"/disclosure/edu/items/", b""):
                    self.looker.found.append(f"the page of the search for {text}")
        return asked

    def save_site(self, folder: Path) -> int:
        """The whole portal as files."""
        call_command("export_site", str(folder), stdout=io.StringIO(), verbosity=0)
        files = [path for path in folder.rglob("*") if path.is_file()]
        for path in files:
            self.looker.look(f"saved {path.relative_to(folder)}", path.read_bytes())
            self.looker.look("name of a file", str(path).encode())
        return len(files)

    def counts(self) -> None:
        """What is counted for the public is what is public."""
        expected = public().count()
        told = json.loads(self.client.get(reverse("portal:open:items")).content)
        if told.get("count", told.get("total", expected)) != expected:
            self.looker.found.append(f"open data counts {told}")
        found = search("示例事项").total
        if found != expected:
            self.looker.found.append(f"search counts {found} of {expected}")


def _with(name: str) -> str:
    return public_patterns()[name] % {"slug": "edu", "code": "20-11"}


class Door:
    """The whole application with the pages it keeps, as a server asks it."""

    def __init__(self) -> None:
        from gongkai.config.wsgi import application

        self._application = application

    def get(self, path: str) -> tuple[int, bytes]:
        told: list[Any] = []
        place, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": place, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1", "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "SERVER_PROTOCOL": "HTTP/1.1",
        }  # fmt: skip
        body = b"".join(self._application(environ, lambda status, headers, *_: told.append(status)))
        return int(told[0].split()[0]), body


def places_of(pk: int) -> Iterator[str]:
    """Where an item may show itself, alone and among others."""
    yield from (f"/items/{pk}/{rest}" for rest in ("", "files/1/", "files/1/preview/", "paper/docx/"))
    yield f"/open/items/{pk}.json"
    yield from ("/feed.xml", "/sitemap-items-1.xml", "/open/items.json", "/open/items.csv", "/")
    yield from ("/disclosure/edu/", "/disclosure/edu/items/", "/disclosure/edu/feed.xml")
    yield "/disclosure/edu/items/20-11/"


def take_back(world: World, saved: Path) -> dict[str, Any]:
    """Read, taken back, read again at once: nothing of it is answered any more."""
    door, still, before, slowest = Door(), [], 0, 0.0
    for pk in world.items["public"][:5]:
        item = Item.objects.get(pk=pk)
        title = public().get(item=pk).title
        words = Looker(title, f"/items/{pk}/", item.index_number)
        own = Looker(title, item.index_number)  # an address that is asked for stands in links of its page
        for place in places_of(pk):
            for _ in range(2):
                status, body = door.get(place)
            before += status == 200 and words.look(place, body)
        words.found.clear()
        withdraw_item(item=item, reason=world.hide("撤下的理由"), by=world.office.clerk, at=AT)
        began = time.monotonic()
        for place in places_of(pk):
            status, body = door.get(place)
            alone = place.startswith((f"/items/{pk}/", f"/open/items/{pk}"))
            if alone and status not in {404, 410}:
                still.append(f"{place} {status}")
            (own if alone else words).look(place, body)
        slowest = max(slowest, time.monotonic() - began)
        if search(title).total or (suggest(title[:6]) and title in suggest(title[:6])):
            still.append(f"search for {title}")
        still += words.found
    return {"still": still, "seen before": before, "slowest": round(slowest, 2)}


def without_canary() -> list[str]:
    """Every field of the desk that holds words and in which no canary sits."""
    found = []
    for model in apps.get_app_config("publishing").get_models():
        for field in model._meta.concrete_fields:
            is_words = isinstance(field, CharField | TextField | JSONField | BinaryField)
            if is_words and not field.choices and not field.is_relation:
                rows = model._default_manager.defer(None).iterator(50)
                if not any(MARK in _words(getattr(row, field.attname)) for row in rows):
                    found.append(f"{model.__name__}.{field.name}")
    return found


def _words(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def main(count: int) -> int:
    began = time.monotonic()
    logged = io.StringIO()
    logging.root.addHandler(logging.StreamHandler(logged))
    logging.root.setLevel(logging.INFO)
    call_command("migrate", verbosity=0)
    world = furnished(alone(), count)
    built = time.monotonic()
    reader = Reader(world)
    reader.crawl()
    searched = reader.search()
    reader.counts()
    shown = public().count()
    with tempfile.TemporaryDirectory() as folder:
        saved = reader.save_site(Path(folder) / "site")
        back = take_back(world, Path(folder) / "site")
    reader.looker.look("log", logged.getvalue().encode())
    patterns = public_patterns()
    print(
        json.dumps(
            {
                "items": sum(map(len, world.items.values())),
                "public": shown,
                "canaries": len(world.hidden),
                "addresses": sum(reader.asked.values()),
                "statuses": reader.statuses,
                "patterns": len(patterns),
                "not asked": sorted(set(patterns) - set(reader.asked)),
                "searches": searched,
                "saved files": saved,
                "bytes opened": reader.looker.bytes,
                "without canary": without_canary(),
                "found": reader.looker.found[:40],
                "wrong": reader.wrong[:20],
                "taken back": back,
                "seconds": [round(built - began, 1), round(time.monotonic() - built, 1)],
            },
            ensure_ascii=False,
        )
    )
    return 1 if reader.looker.found or reader.wrong or back["still"] else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
