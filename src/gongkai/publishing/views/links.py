"""Items about each other, from the page of an item."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.publishing.actions.linking import link_items, unlink_items
from gongkai.publishing.forms.duties import LinkForm
from gongkai.publishing.models import ItemLink
from gongkai.publishing.views.person import find, person
from gongkai.publishing.views.saving import performed


@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """This item is about another."""
    item, by = find(request, pk), person(request)
    form = LinkForm(request.POST, agency=item.agency, by=by)
    done = performed(
        request,
        form,
        lambda: link_items(
            item=item,
            other=form.cleaned_data["index_number"],
            kind=form.cleaned_data["kind"],
            by=by,
            at=timezone.now(),
        ),
        "已关联。两条信息都公开以后，网站上互相看得到。",
        item_page(item.pk),
    )
    if done is None:
        for errors in form.errors.values():
            messages.error(request, f"没有关联：{errors[0]}")
    return done or redirect(item_page(item.pk))


@require_POST
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """They are not about each other."""
    found = ItemLink.objects.filter(pk=pk).select_related("item__agency", "other").first()
    if found is None:
        raise Http404
    item, by = find(request, found.item_id), person(request)
    found.item = item
    done = performed(
        request,
        None,
        lambda: unlink_items(link=found, by=by, at=timezone.now()),
        "已解除关联。",
        item_page(item.pk),
    )
    return done or redirect(item_page(item.pk))


def item_page(pk: int) -> str:
    """The page of an item, at its links."""
    return f"{reverse('publishing:item', args=[pk])}#links"
