"""What was typed into a small form of a case's page stays there when it is refused.

The page is reached by a redirect, so the words wait in the session, which is sealed, until it is shown.
"""

from typing import TypedDict

from django.http import HttpRequest

LONGEST = 5000
_KEY = "typed_in"


class Typed(TypedDict):
    """One refused form: the case it belongs to, its name on the page, what stood in its fields."""

    case: int
    form: str
    data: dict[str, str]


def keep_typed(request: HttpRequest, pk: int, form: str) -> None:
    """Until the page of the case is shown next."""
    data = {name: str(value)[:LONGEST] for name, value in request.POST.items() if len(name) <= 40}
    data.pop("csrfmiddlewaretoken", None)
    request.session[_KEY] = Typed(case=pk, form=form, data=data)


def typed_in(request: HttpRequest, pk: int) -> Typed | None:
    """What was refused on this case, once."""
    found: Typed | None = request.session.get(_KEY)
    if found is None or found["case"] != pk:
        return None
    del request.session[_KEY]
    return found
