"""The bulletin board: what hangs, what comes off, what could go up, its sheets, and its finder."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.agencies.policies import ActionRefused
from gongkai.documents.posters import SIZES
from gongkai.documents.writing import Unwritable
from gongkai.pieces.downloads import MEDIA_TYPES, attachment
from gongkai.publishing.actions.finder import (
    add_finder_line,
    drop_finder_line,
    edit_finder_line,
    move_finder_line,
)
from gongkai.publishing.actions.postings import note_paper, post_item
from gongkai.publishing.actions.scanning import screen_item
from gongkai.publishing.forms.channels import FinderForm, HangForm
from gongkai.publishing.models import Channel, FinderLine, PublishingProfile
from gongkai.publishing.papers import finder_pdf, sheet_pdf
from gongkai.publishing.policies.people import may_run_desk
from gongkai.publishing.policies.posting import may_post
from gongkai.publishing.queries.board import board_now, finder_changed_on, finder_of
from gongkai.publishing.views.person import agency_of, find, person
from gongkai.publishing.views.saving import performed
from gongkai.publishing.views.site import site_of


@require_GET
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """What hangs on the wall today."""
    agency, by, on = agency_of(request, slug), person(request), timezone.localdate()
    profile = PublishingProfile.objects.filter(agency=agency).first()
    lines = finder_of(agency)
    now = board_now(by, agency, on)
    context = {
        "agency": agency,
        "board": now,
        "offers": [(offer, may_post(offer.publication.item, by)) for offer in now.offers],
        "sizes": SIZES,
        "today": on,
        "place": profile.board_place if profile else "",
        "finder": lines,
        "finder_changed_on": finder_changed_on(lines),
        "page": "board",
        "section": "publishing",
    }
    return render(request, "publishing/board.html", context)


@require_GET
def sheet(request: HttpRequest, pk: int, size: str) -> HttpResponse:
    """An item as a sheet to print. That it was printed says nothing about whether it hangs."""
    item, at = find(request, pk), timezone.now()
    if size not in SIZES:
        raise Http404
    screen_item(item=item, by=person(request), at=at)
    try:
        publication = note_paper(item=item, paper=size, by=person(request), at=at)
        data = sheet_pdf(publication, size, site_of(request))
    except (ActionRefused, Unwritable) as refused:
        messages.error(request, str(refused))
        return redirect("publishing:board", item.agency.slug)
    return attachment(data, f"公开栏 {publication.title[:60]} {size}.pdf", MEDIA_TYPES["pdf"])


@require_GET
def finder_sheet(request: HttpRequest, slug: str, size: str) -> HttpResponse:
    """The finder as a sheet to print."""
    agency = agency_of(request, slug)
    if size not in SIZES:
        raise Http404
    if not agency.finder_lines.exists():
        messages.error(request, "办事指引还是空的；先填写找谁、办什么事，再打印。")
        return redirect("publishing:finder", slug)
    try:
        data = finder_pdf(agency, size, site_of(request))
    except Unwritable as error:
        messages.error(request, str(error))
        return redirect("publishing:board", slug)
    return attachment(data, f"公开栏 找哪个人、办哪件事 {size}.pdf", MEDIA_TYPES["pdf"])


@require_POST
def hang(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody says that a sheet hangs now."""
    agency = agency_of(request, slug)
    form = HangForm(request.POST)
    back = redirect("publishing:board", agency.slug)
    if not form.is_valid():
        messages.error(request, "日期写得不对，没有登记；请写成2026-03-01的样子。")
        return back
    given = dict(form.cleaned_data)
    item, by, at = find(request, given.pop("item")), person(request), timezone.now()
    screen_item(item=item, by=by, at=at)
    try:
        post_item(item=item, channel=Channel.BULLETIN_BOARD, by=by, at=at, **given)
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已登记上栏。拍张照片，在公开记录里作凭证。")
    return back


def _finder_page(
    request: HttpRequest, agency: Agency, form: FinderForm, line: FinderLine | None = None
) -> HttpResponse:
    lines = finder_of(agency)
    context = {
        "agency": agency,
        "lines": lines,
        "changed_on": finder_changed_on(lines),
        "form": form,
        "line": line,
        "sizes": SIZES,
        "refusal": may_run_desk(agency, person(request)),
        "page": "finder",
        "section": "publishing",
    }
    return render(request, "publishing/finder.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def finder(request: HttpRequest, slug: str) -> HttpResponse:
    """找哪个人、办哪件事: the lines, and one more."""
    agency, by = agency_of(request, slug), person(request)
    form = FinderForm(request.POST or None, agency=agency)
    if request.method == "POST":
        done = performed(
            request,
            form,
            lambda: add_finder_line(agency=agency, values=form.cleaned_data, by=by, at=timezone.now()),
            "已加上这一条。墙上的办事指引旧了，请重新打印。",
            reverse("publishing:finder", args=[slug]),
        )
        if done:
            return done
    return _finder_page(request, agency, form)


def _finder_line(request: HttpRequest, pk: int) -> FinderLine:
    line = get_object_or_404(FinderLine.objects.select_related("agency", "section"), pk=pk)
    agency_of(request, line.agency.slug)
    return line


@require_http_methods(["GET", "POST"])
def finder_line(request: HttpRequest, pk: int) -> HttpResponse:
    """One line, to be changed."""
    line, by = _finder_line(request, pk), person(request)
    form = FinderForm(request.POST or None, agency=line.agency, kept=line)
    if request.method == "POST":
        done = performed(
            request,
            form,
            lambda: edit_finder_line(line=line, values=form.cleaned_data, by=by, at=timezone.now()),
            "已改好。墙上的办事指引旧了，请重新打印。",
            reverse("publishing:finder", args=[line.agency.slug]),
        )
        if done:
            return done
    return _finder_page(request, line.agency, form, line)


@require_POST
def drop_line(request: HttpRequest, pk: int) -> HttpResponse:
    line = _finder_line(request, pk)
    back = reverse("publishing:finder", args=[line.agency.slug])
    done = performed(
        request,
        None,
        lambda: drop_finder_line(line=line, by=person(request), at=timezone.now()),
        "已去掉这一条。",
        back,
    )
    return done or redirect(back)


@require_POST
def move_line(request: HttpRequest, pk: int) -> HttpResponse:
    line = _finder_line(request, pk)
    up = request.POST.get("to") == "up"
    back = reverse("publishing:finder", args=[line.agency.slug])
    done = performed(
        request,
        None,
        lambda: move_finder_line(line=line, up=up, by=person(request), at=timezone.now()),
        "已调整次序。",
        back,
    )
    return done or redirect(back)
