"""Who is looking, and at which item."""

from django.http import Http404, HttpRequest

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.queries import agencies_of
from gongkai.publishing.models import Item
from gongkai.publishing.queries.items import find_item


def person(request: HttpRequest) -> Account:
    """Who is signed in; every page of the desk requires it."""
    assert isinstance(request.user, Account)
    return request.user


def find(request: HttpRequest, pk: int) -> Item:
    """An item this person may see, else 404: that it exists is no matter of theirs."""
    item = find_item(person(request), pk)
    if item is None:
        raise Http404
    return item


def agency_of(request: HttpRequest, slug: str) -> Agency:
    """An agency this person works in, else 404."""
    agency = agencies_of(person(request)).filter(slug=slug).first()
    if agency is None:
        raise Http404
    return agency
