"""The proof sheet: each due day of a case as a day-by-day account, on a page and as a PDF."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.casework.models import Application
from gongkai.casework.queries.acts import account_of, other_dues
from gongkai.casework.views.person import find
from gongkai.documents.proof import Account, print_account
from gongkai.documents.writing import Unwritable
from gongkai.pieces.downloads import attachment

ANSWER = "answer"


@require_GET
def proof(request: HttpRequest, pk: int, what: str = ANSWER) -> HttpResponse:
    case = find(request, pk)
    account = account_of(case, what, timezone.localdate())
    if account is None and what != ANSWER:
        raise Http404
    context = {
        "case": case,
        "account": account,
        "what": what,
        "others": other_dues(case),
        "section": "cases",
    }
    return render(request, "casework/proof.html", context)


@require_GET
def proof_pdf(request: HttpRequest, pk: int, what: str = ANSWER) -> HttpResponse:
    """The same account as a paper, signed by the office and dated today."""
    case = find(request, pk)
    account = _account(case, what)
    try:
        data = print_account(account)
    except Unwritable as error:
        messages.error(request, str(error))
        return redirect("casework:proof", case.pk)
    return attachment(data, f"{case.number}{account.title}.pdf", "application/pdf")


def _account(case: Application, what: str) -> Account:
    account = account_of(case, what, timezone.localdate())
    if account is None:
        raise Http404
    return account
