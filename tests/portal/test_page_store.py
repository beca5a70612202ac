"""Pages are rendered once per change, shown the same to everybody, and gone with what they show."""

import gzip
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal import page_store
from gongkai.portal.generation import CHECKED_EVERY, Watch, generation, watch
from gongkai.portal.page_store import PageStore, key_of
from gongkai.publishing.actions.releasing import withdraw_item
from gongkai.publishing.models import Item, PublicChange
from tests.agencies.cast import Cast
from tests.publishing.office import Publisher, an_item, content, moment, published, publisher
from tests.reporting.drafts import published as published_report
from tests.reporting.drafts import submitted


class Visitor:
    """A browser in front of the store, with a clock that is turned by hand."""

    def __init__(self, room: int = page_store.ROOM) -> None:
        self.now = 100.0
        self.rendered = 0
        self.watch = Watch(clock=lambda: self.now)
        self._django = WSGIHandler()
        self.store = PageStore(self._counted, self.watch, room)

    def _counted(self, environ, start_response):
        self.rendered += 1
        return self._django(environ, start_response)

    def get(self, path: str, method: str = "GET", **headers: str):
        """(status, headers, body)."""
        told: list = []
        address, _, query = path.partition("?")
        environ = {
            "PATH_INFO": address,
            "QUERY_STRING": query,
            "REQUEST_METHOD": method,
            "HTTP_HOST": "localhost",
        }
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        setup_testing_defaults(environ)
        answer = self.store(environ, lambda *head: told.extend(head))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return int(told[0].split()[0]), {name.lower(): value for name, value in told[1]}, body

    def later(self) -> "Visitor":
        self.now += CHECKED_EVERY
        return self


@pytest.fixture
def office(cast: Cast) -> Publisher:
    return publisher(cast)


@pytest.fixture
def visitor() -> Visitor:
    return Visitor()


def taken_off(office: Publisher, pk: int) -> None:
    withdraw_item(item=Item.objects.get(pk=pk), reason="写错了", by=office.officer, at=moment())


def test_a_page_is_rendered_once(office: Publisher, visitor: Visitor):
    address = f"/items/{published(office).item_id}/"
    first, second = visitor.get(address), visitor.later().get(address)
    assert first == second and visitor.rendered == 1
    assert first[0] == 200 and "请各学校认真落实" in first[2].decode()


def test_what_was_withdrawn_is_gone_within_a_second(office: Publisher, visitor: Visitor):
    pk = published(office, an_item(office, content("将要撤下"))).item_id
    for address in (f"/items/{pk}/", "/", "/feed.xml", "/open/items.json", "/disclosure/edu/items/"):
        assert "将要撤下" in visitor.get(address)[2].decode()
    taken_off(office, pk)
    visitor.later()
    assert visitor.get(f"/items/{pk}/")[0] == 404
    for address in ("/", "/feed.xml", "/open/items.json", "/disclosure/edu/items/"):
        assert "将要撤下" not in visitor.get(address)[2].decode(), address


def test_a_change_in_this_process_is_seen_at_once(office: Publisher, django_capture_on_commit_callbacks):
    pk = published(office, an_item(office, content("将要撤下"))).item_id
    store = PageStore(WSGIHandler(), watch)
    visitor = Visitor()
    visitor.store = store
    assert visitor.get(f"/items/{pk}/")[0] == 200
    with django_capture_on_commit_callbacks(execute=True):
        taken_off(office, pk)
    assert visitor.get(f"/items/{pk}/")[0] == 404


def test_a_report_that_comes_out_is_on_the_next_page(cast: Cast, visitor: Visitor):
    submitted(cast)
    assert "2020年政府信息公开" not in visitor.get("/reports/")[2].decode()
    published_report(cast, 2021)
    assert "2021年政府信息公开" in visitor.later().get("/reports/")[2].decode()


def test_each_way_of_showing_is_kept_by_itself(office: Publisher, visitor: Visitor):
    address = f"/items/{published(office).item_id}/"
    plain, large = visitor.get(address)[2], visitor.get(address, cookie="a=b; elder=1; sessionid=x")[2]
    assert b'class="elder"' in large and b'class="elder"' not in plain
    assert visitor.get(address, cookie="elder=0; sessionid=y")[2] == plain
    assert visitor.rendered == 2


def test_it_is_sent_packed_to_who_can_unpack_it(office: Publisher, visitor: Visitor):
    address = f"/items/{published(office).item_id}/"
    plain, packed = visitor.get(address), visitor.get(address, accept_encoding="gzip, br")
    assert packed[1]["content-encoding"] == "gzip" and gzip.decompress(packed[2]) == plain[2]
    assert packed[1]["etag"] != plain[1]["etag"] and "Accept-Encoding" in packed[1]["vary"]
    assert packed[1]["content-length"] == str(len(packed[2]))


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_it_is_not_sent_to_who_has_it(office: Publisher, visitor: Visitor, encoding: str):
    address = f"/items/{published(office).item_id}/"
    etag = visitor.get(address, accept_encoding=encoding)[1]["etag"]
    status, headers, body = visitor.get(address, accept_encoding=encoding, if_none_match=etag)
    assert (status, body, headers["etag"]) == (304, b"", etag)
    fresh = Visitor().get(address, accept_encoding=encoding, if_none_match=etag)
    assert fresh[0] == 304 and fresh[2] == b""


@pytest.mark.parametrize(
    "address", ["/apply/", "/track/", "/items/987654/", "/accounts/sign-in/", "/disclosure/"]
)
def test_nothing_else_is_kept(office: Publisher, visitor: Visitor, address: str):
    published(office)
    visitor.get(address)
    visitor.get(address)
    assert visitor.rendered == 2


def test_only_reading_is_answered_from_the_store(office: Publisher, visitor: Visitor):
    address = f"/items/{published(office).item_id}/"
    visitor.get(address)
    assert visitor.get(address, method="POST")[0] in {403, 405}
    assert visitor.get(address, method="HEAD")[0] == 200
    assert visitor.rendered == 3


def test_an_answer_that_sets_a_cookie_is_never_kept(db: None):
    def application(environ, start_response):
        environ[page_store.IS_PUBLIC] = True
        start_response("200 OK", [("ETag", '"1"'), ("Set-Cookie", "who=me")])
        return [b"for me"]

    visitor = Visitor()
    visitor.store = PageStore(application, visitor.watch)
    visitor.get("/")
    assert visitor.store._kept == {}


def test_it_never_takes_more_room_than_it_may(office: Publisher):
    pks = [published(office, an_item(office, content(f"第{number}条"))).item_id for number in range(4)]
    visitor = Visitor(room=25_000)
    for pk in (*pks, pks[-1]):
        visitor.get(f"/items/{pk}/")
        assert visitor.store._used <= 25_000
        assert visitor.store._used == sum(kept.size for kept in visitor.store._kept.values())
    assert visitor.rendered == 4
    visitor.get(f"/items/{pks[0]}/")
    assert visitor.rendered == 5  # the oldest had to go


def test_a_page_that_is_kept_long_is_rendered_anew(office: Publisher, visitor: Visitor, monkeypatch):
    monkeypatch.setattr(page_store, "KEPT_FOR", -1.0)
    address = f"/items/{published(office).item_id}/"
    visitor.get(address)
    visitor.get(address)
    assert visitor.rendered == 2


def test_without_its_database_nothing_kept_is_shown(office: Publisher):
    def broken() -> tuple:
        raise DatabaseError

    watching = Watch(broken, lambda: 0.0)
    assert watching.mark() is None


def test_a_change_while_one_looks_is_looked_at_again():
    seen = []
    watching = Watch(lambda: (seen.append(1), watching.changed()) and (len(seen),), lambda: 5.0)
    first = watching.mark()
    assert watching.mark() != first and len(seen) == 2


def test_the_mark_moves_with_every_change(office: Publisher):
    before = generation()
    pk = published(office).item_id
    between = generation()
    taken_off(office, pk)
    assert len({before, between, generation()}) == 3


def test_a_change_with_a_lower_number_that_comes_late_is_seen(office: Publisher):
    """PostgreSQL commits in whatever order; numbers are handed out before."""
    published(office)
    late = PublicChange.objects.order_by("-pk")[0]
    PublicChange.objects.create(agency=office.agency, what="changed", at=moment())
    late.delete()
    before = generation()
    PublicChange.objects.bulk_create([late])
    assert generation() != before


@given(st.text(max_size=300))
def test_no_cookie_breaks_it_or_makes_another_page(text: str):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "HTTP_COOKIE": f"x{text}"}
    key = key_of(environ)
    assert key is not None and set(key[-1]) <= {True, False}


@pytest.mark.parametrize(
    "change",
    [
        {"REQUEST_METHOD": "POST"},
        {"HTTP_RANGE": "bytes=0-1"},
        {"QUERY_STRING": "q=" + "x" * 500},
        {"PATH_INFO": "/office/"},
    ],
)
def test_some_requests_are_never_kept(change: dict[str, str]):
    assert key_of({"REQUEST_METHOD": "GET", "PATH_INFO": "/"} | change) is None
