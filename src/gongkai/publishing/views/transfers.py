"""Batches for archives and libraries, and their receipts (第二十五条)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import Agency
from gongkai.publishing.actions.transfers import enter_receipt, send_transfer
from gongkai.publishing.forms.duties import ReceiptForm, TransferForm
from gongkai.publishing.models import Publication, TransferBatch
from gongkai.publishing.policies.people import may_run_desk
from gongkai.publishing.queries.transfers import (
    HEAD,
    batches_of,
    find_batch,
    not_transferred,
    publications_of,
    receivers_of,
    rows_of,
)
from gongkai.publishing.tables import Table
from gongkai.publishing.views.person import agency_of, person
from gongkai.publishing.views.saving import performed, saved


@require_http_methods(["GET", "POST"])
def transfers(request: HttpRequest, slug: str) -> HttpResponse:
    """The batches so far, and a new one of what was not handed over yet."""
    agency = agency_of(request, slug)
    receiver = request.GET.get("receiver", "")[:120]
    offered = list(not_transferred(agency, receiver))
    before = receivers_of(agency)
    form = _form(request, offered, receiver or (before[0] if len(before) == 1 else ""))
    if request.method == "POST":
        done = _sent(request, agency, form)
        if done:
            return done
    context = {
        "agency": agency,
        "batches": batches_of(agency),
        "form": form,
        "boxes": list(zip(form["publications"], offered, strict=True)),
        "offered": offered,
        "receiver": receiver,
        "receivers": before,
        "refusal": may_run_desk(agency, person(request)),
        "page": "transfers",
        "section": "publishing",
    }
    return render(request, "publishing/transfers.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, offered: list[Publication], receiver: str) -> TransferForm:
    initial = {
        "receiver": receiver,
        "sent_on": timezone.localdate(),
        "publications": [str(each.pk) for each in offered],
    }
    return TransferForm(request.POST or None, offered=offered, initial=initial)


def _sent(request: HttpRequest, agency: Agency, form: TransferForm) -> HttpResponse | None:
    by = person(request)
    return performed(
        request,
        form,
        lambda: send_transfer(
            agency=agency,
            receiver=form.cleaned_data["receiver"],
            publications=form.chosen(),
            sent_on=form.cleaned_data["sent_on"],
            by=by,
            at=timezone.now(),
        ),
        "已登记这一批。打印移送明细表，随信息一并移送；收到回执后登记签收。",
        reverse("publishing:transfers", args=[agency.slug]),
    )


def _find(request: HttpRequest, pk: int) -> TransferBatch:
    batch = find_batch(person(request), pk)
    if batch is None:
        raise Http404
    return batch


@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch with its receipt."""
    batch, by = _find(request, pk), person(request)
    initial = {
        "received_on": batch.received_on,
        "received_by": batch.received_by,
        "receipt": batch.receipt or "",
    }
    form = ReceiptForm(request.POST or None, initial=initial)
    if request.method == "POST":
        done = performed(
            request,
            form,
            lambda: enter_receipt(batch=batch, by=by, at=timezone.now(), **form.cleaned_data),
            "已登记签收。",
            reverse("publishing:transfer", args=[batch.pk]),
        )
        if done:
            return done
        batch = _find(request, pk)
    context = {
        "agency": batch.agency,
        "batch": batch,
        "head": HEAD,
        "rows": rows_of(publications_of(batch)),
        "form": form,
        "refusal": may_run_desk(batch.agency, by),
        "page": "transfers",
        "section": "publishing",
    }
    return render(request, "publishing/transfer.html", context, status=422 if form.errors else 200)


@require_GET
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """主动公开政府信息移送明细表."""
    batch = _find(request, pk)
    on = batch.sent_on
    signed = "移送人：____________　　接收人：____________　　签收日期：______年____月____日"
    table = Table(
        title="主动公开政府信息移送明细表",
        subtitle=f"移送机关：{batch.agency.name}　接收单位：{batch.receiver}　"
        f"移送日期：{on.year}年{on.month}月{on.day}日",
        head=HEAD,
        rows=tuple(rows_of(publications_of(batch))),
        shares=(2, 9, 13, 6, 4, 4, 2),
        notes=("依据：《条例》第二十五条。附件随信息一并移送。", signed),
    )
    return saved(request, table, kind, reverse("publishing:transfer", args=[batch.pk]))
