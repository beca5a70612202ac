"""Who is looking, and at which case."""

from django.http import Http404, HttpRequest

from gongkai.agencies.models import Account
from gongkai.casework.models import Application
from gongkai.casework.queries import find_case


def person(request: HttpRequest) -> Account:
    """Who is signed in; every page of the desk requires it."""
    assert isinstance(request.user, Account)
    return request.user


def find(request: HttpRequest, pk: int) -> Application:
    """A case this person may see, else 404: that it exists is no matter of theirs."""
    case = find_case(person(request), pk)
    if case is None:
        raise Http404
    return case
