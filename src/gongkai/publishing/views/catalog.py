"""The catalog: the tree, beginning with a standard one, its changes, its form as a file, the settings."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.policies import ActionRefused
from gongkai.publishing.actions.catalog import start_catalog
from gongkai.publishing.actions.profile import set_profile
from gongkai.publishing.catalog_form import form_of
from gongkai.publishing.forms.catalog import ProfileForm
from gongkai.publishing.models import PublishingProfile
from gongkai.publishing.policies.people import may_run_desk
from gongkai.publishing.queries.catalog import changes_of, nodes_of, offered, rounds_of, tree
from gongkai.publishing.starting import beginnings
from gongkai.publishing.views.person import agency_of, person
from gongkai.publishing.views.saving import performed, saved

_ROUNDS = 60


@require_GET
def catalog(request: HttpRequest, slug: str) -> HttpResponse:
    """Every entry, with what stands under it and what it lacks."""
    agency = agency_of(request, slug)
    branches = tree(agency)
    retired = [branch for branch in branches if branch.node.retired_on is not None]
    context = {
        "agency": agency,
        "branches": [branch for branch in branches if branch.node.retired_on is None],
        "retired": retired,
        "leaves": sum(branch.is_leaf for branch in branches if branch.node.retired_on is None),
        "lacking": sum(bool(branch.lacks) for branch in branches),
        "offered": offered(agency),
        "refusal": may_run_desk(agency, person(request)),
        "page": "catalog",
        "section": "publishing",
    }
    return render(request, "publishing/catalog.html", context)


@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Take over what a standard catalog has and this one does not."""
    agency = agency_of(request, slug)
    code = request.POST.get("beginning", "")
    try:
        added = start_catalog(agency=agency, beginning=code, by=person(request), at=timezone.now())
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        told = f"已采用{beginnings()[code].label}，增加{len(added)}项。请逐项定责任科室和公开渠道。"
        messages.success(request, told if added else "这份目录的事项都已经有了，没有增加。")
    return redirect("publishing:catalog", agency.slug)


@require_GET
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """How the catalog changed, entry by entry, the latest first."""
    agency = agency_of(request, slug)
    rounds = rounds_of(changes_of(agency))
    context = {
        "agency": agency,
        "rounds": rounds[:_ROUNDS],
        "more": len(rounds) > _ROUNDS,
        "page": "catalog",
        "section": "publishing",
    }
    return render(request, "publishing/catalog_changes.html", context)


@require_GET
def export(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The catalog in the columns of the standard catalogs."""
    agency = agency_of(request, slug)
    table = form_of(agency, nodes_of(agency), timezone.localdate())
    return saved(request, table, kind, reverse("publishing:catalog", args=[agency.slug]))


@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """What the office sets for its publishing."""
    agency, by = agency_of(request, slug), person(request)
    profile = PublishingProfile.objects.filter(agency=agency).first()
    form = ProfileForm(request.POST or None, profile=profile)
    context: dict[str, Any] = {
        "agency": agency,
        "form": form,
        "profile": profile,
        "refusal": may_run_desk(agency, by),
        "page": "settings",
        "section": "publishing",
    }
    if request.method == "POST":
        back = reverse("publishing:settings", args=[agency.slug])
        done = performed(
            request,
            form,
            lambda: set_profile(agency=agency, values=form.cleaned_data, by=by, at=timezone.now()),
            "已保存公开设置。",
            back,
        )
        if done:
            return done
    return render(request, "publishing/settings.html", context, status=422 if form.errors else 200)
