"""Tables as files to save, each noted, and small acts that answer with a sentence."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone

from gongkai.agencies.policies import ActionRefused
from gongkai.documents.writing import Unwritable
from gongkai.pieces.downloads import attachment
from gongkai.publishing.actions.listing import note_export
from gongkai.publishing.tables import MEDIA, Table, written
from gongkai.publishing.views.person import person


def saved(request: HttpRequest, table: Table, kind: str, back: str) -> HttpResponse:
    """The table as a file; 404 for a kind that is not written."""
    if kind not in MEDIA:
        raise Http404
    try:
        data = written(table, kind)
    except Unwritable as error:
        messages.error(request, str(error))
        return redirect(back)
    note_export(kind=kind, rows=len(table.rows), by=person(request), at=timezone.now())
    return attachment(data, f"{table.title}{timezone.localdate()}.{kind}", MEDIA[kind])


def performed(
    request: HttpRequest, form: Form | None, act: Callable[[], object], said: str, back: str
) -> HttpResponseRedirect | None:
    """Do what a small form asks for and go back with a sentence; ``None`` where the form is to be shown
    again with what is wrong."""
    if form is not None and not form.is_valid():
        return None
    try:
        act()
    except ActionRefused as refused:
        if form is None:
            messages.error(request, str(refused))
            return redirect(back)
        form.add_error(None, str(refused))
        return None
    messages.success(request, said)
    return redirect(back)
