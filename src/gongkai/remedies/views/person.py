"""Who is looking, and at what."""

from django.http import Http404, HttpRequest

from gongkai.agencies.models import Account
from gongkai.casework.models import Application
from gongkai.remedies.models import Remedy
from gongkai.remedies.queries import case_with_remedies, find_remedy


def person(request: HttpRequest) -> Account:
    """Who is signed in; every page of the desk requires it."""
    assert isinstance(request.user, Account)
    return request.user


def find(request: HttpRequest, pk: int) -> Remedy:
    """A remedy of a case this person may see, else 404."""
    found = find_remedy(person(request), pk)
    if found is None:
        raise Http404
    return found


def find_case(request: HttpRequest, pk: int) -> Application:
    """A case this person may see, else 404."""
    found = case_with_remedies(person(request), pk)
    if found is None:
        raise Http404
    return found
