"""The evidence of a case as one PDF to take along."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.agencies.policies import ActionRefused
from gongkai.casework.models import Application
from gongkai.documents.writing import Unwritable
from gongkai.pieces.downloads import attachment
from gongkai.remedies.actions.evidence import make_bundle
from gongkai.remedies.models import Remedy
from gongkai.remedies.views.person import find, find_case, person


@require_GET
def of_remedy(request: HttpRequest, pk: int) -> HttpResponse:
    """The evidence for one remedy."""
    remedy = find(request, pk)
    return _bundle(request, remedy.case, remedy)


@require_GET
def of_case(request: HttpRequest, case_pk: int) -> HttpResponse:
    """The evidence of a case, before or without a remedy."""
    return _bundle(request, find_case(request, case_pk), None)


def _bundle(request: HttpRequest, case: Application, remedy: Remedy | None) -> HttpResponse:
    try:
        made = make_bundle(case=case, by=person(request), at=timezone.now(), remedy=remedy)
    except (ActionRefused, Unwritable) as error:
        messages.error(request, str(error))
        return redirect("remedies:of_case", case.pk)
    return attachment(made.data, f"{case.number}证据材料.pdf", "application/pdf")
