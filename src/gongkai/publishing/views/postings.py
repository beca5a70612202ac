"""Where items were posted: the list of an agency, one item, one posting with its proofs."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.agencies.policies import ActionRefused
from gongkai.law.publishing.channels import channels
from gongkai.pieces.downloads import attachment, renamed
from gongkai.publishing.actions.postings import (
    Proof,
    add_proof,
    correct_posting,
    post_item,
    strike_posting,
    take_down,
)
from gongkai.publishing.actions.scanning import screen_item
from gongkai.publishing.forms.channels import (
    CorrectionForm,
    FindItemForm,
    PostingFilter,
    PostingForm,
    RemovalForm,
    StrikeForm,
)
from gongkai.publishing.intake import Unfit, take_in
from gongkai.publishing.models import Channel, Publication
from gongkai.publishing.policies.posting import PostingState, may_post, not_public
from gongkai.publishing.queries import postings as query
from gongkai.publishing.queries.postings import PostingLine
from gongkai.publishing.tables import Cell, Table
from gongkai.publishing.views.person import agency_of, find, person
from gongkai.publishing.views.saving import performed, saved

_A_PAGE = 50
_HEAD = (
    "索引号", "名称", "责任科室", "渠道", "公开日期", "位置或者网址", "情况", "张贴到", "撤下日期", "凭证",
)  # fmt: skip


def _narrowed(request: HttpRequest, agency: Agency, form: PostingFilter) -> list[PostingLine]:
    given = form.cleaned_data if form.is_valid() else {}
    year = int(given["year"]) if given.get("year") else None
    wanted = query.Wanted(given.get("channel", ""), year, given.get("state", ""))
    return query.lines_of(person(request), agency, timezone.localdate(), wanted)


@require_GET
def postings(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures of a year, what has to come off, then every posting."""
    agency, by, on = agency_of(request, slug), person(request), timezone.localdate()
    years = query.years_of(agency, on.year)
    form = PostingFilter(request.GET, years=years)
    lines = _narrowed(request, agency, form)
    filters = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    page = _page_of(request, len(lines))
    off, articles = query.to_take_down(by, agency, on), _articles(request, agency)
    context = {
        "agency": agency,
        "form": form,
        "chosen": len(filters),
        "query": urlencode(filters),
        "count": len(lines),
        "lines": lines[(page - 1) * _A_PAGE : page * _A_PAGE],
        "number": page,
        "pages": max(-(-len(lines) // _A_PAGE), 1),
        "figures": query.channel_figures(agency, int(filters.get("year") or on.year)),
        "off": off,
        "articles": articles,
        "to_go": len(off) + len(articles),
        "today": on,
        "find_form": FindItemForm(agency=agency, by=by),
        "page": "postings",
        "section": "publishing",
    }
    return render(request, "publishing/postings.html", context, status=422 if form.errors else 200)


def _articles(request: HttpRequest, agency: Agency) -> list[object]:
    """What lies at the official account and must not, of the items the person may see."""
    seen = query.articles_to_remove(agency)
    return [article for article in seen if may_post(article.publication.item, person(request)) is None]


def _page_of(request: HttpRequest, count: int) -> int:
    text = request.GET.get("page", "")
    wanted = int(text) if text.isdecimal() and len(text) < 7 else 1
    return min(max(wanted, 1), max(-(-count // _A_PAGE), 1))


@require_GET
def export(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Exactly the postings that the same address shows."""
    agency = agency_of(request, slug)
    form = PostingFilter(request.GET, years=query.years_of(agency, timezone.localdate().year))
    if not form.is_valid():
        raise Http404
    rows = tuple(_row(line) for line in _narrowed(request, agency, form))
    table = Table(f"{agency.name}公开记录", _HEAD, rows, (9, 9, 5, 4, 4, 8, 5, 4, 4, 2))
    return saved(request, table, kind, reverse("publishing:postings", args=[agency.slug]))


def _row(line: PostingLine) -> tuple[Cell, ...]:
    posting, item = line.posting, line.item
    return (
        item.index_number,
        line.last.title,
        item.section.name if item.section else "",
        posting.get_channel_display(),
        posting.posted_on,
        posting.place,
        line.state.label,
        posting.until_on,
        posting.removed_on,
        line.proofs,
    )


@require_POST
def find_item(request: HttpRequest, slug: str) -> HttpResponse:
    """To the postings of an item by its index number."""
    agency = agency_of(request, slug)
    form = FindItemForm(request.POST, agency=agency, by=person(request))
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["index_number"]))
        return redirect("publishing:postings", agency.slug)
    return redirect("publishing:item_postings", form.cleaned_data["index_number"].pk)


@require_http_methods(["GET", "POST"])
def of_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one item was posted, and recording one more posting with its proof."""
    item, by, on = find(request, pk), person(request), timezone.localdate()
    live = Publication.objects.live().filter(item=item).first()
    initial = {"posted_on": on, "channel": request.GET.get("channel", ""), "until_on": live and live.ends_on}
    form = PostingForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST":
        done = _posted(request, pk, form)
        if done:
            return done
    context = {
        "item": item,
        "agency": item.agency,
        "live": live,
        "title": live.title if live else item.title,
        "lines": query.lines_of_item(item, on),
        "missing": _missing(item.node.channels, query.lines_of_item(item, on)),
        "form": form,
        "proofs": channels(),
        "refusal": may_post(item, by) or (None if live else not_public(item)),
        "page": "postings",
        "section": "publishing",
    }
    return render(request, "publishing/item_postings.html", context, status=422 if form.errors else 200)


def _missing(asked: list[str], lines: list[PostingLine]) -> list[str]:
    """The channels its entry asks for where it does not stand."""
    there = {line.posting.channel for line in lines if line.state == PostingState.CURRENT}
    return [Channel(code).label for code in asked if code in Channel.values and code not in there]


def _posted(request: HttpRequest, pk: int, form: PostingForm) -> HttpResponse | None:
    item, by = find(request, pk), person(request)
    if not form.is_valid():
        return None
    given = dict(form.cleaned_data)
    upload = given.pop("proof")
    try:
        proofs = [_proof(upload)] if upload else []
    except Unfit as unfit:
        form.add_error("proof", str(unfit))
        return None
    at = timezone.now()
    screen_item(item=item, by=by, at=at)
    return performed(
        request,
        form,
        lambda: post_item(item=item, proofs=proofs, by=by, at=at, **given),
        "已登记这条公开记录。",
        reverse("publishing:item_postings", args=[item.pk]),
    )


def _proof(upload: object) -> Proof:
    """A file as proof; of what kind it is, its bytes say."""
    incoming = take_in(upload)  # type: ignore[arg-type]
    return Proof(incoming.name, incoming.data, incoming.media_type)


def _line(request: HttpRequest, pk: int) -> PostingLine:
    line = query.find_line(person(request), pk, timezone.localdate())
    if line is None:
        raise Http404
    return line


@require_http_methods(["GET", "POST"])
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    """One posting: its proofs, correcting it, taking it off, striking it."""
    line, by, on = _line(request, pk), person(request), timezone.localdate()
    record = line.posting
    initial = {name: getattr(record, name) for name in ("posted_on", "place", "until_on", "note")}
    form = CorrectionForm(request.POST or None, initial=initial)
    if request.method == "POST":
        done = performed(
            request,
            form,
            lambda: correct_posting(posting=record, by=by, at=timezone.now(), **form.cleaned_data),
            "已改正这条公开记录。",
            reverse("publishing:posting", args=[pk]),
        )
        if done:
            return done
        line = _line(request, pk)
    context = {
        "agency": line.item.agency,
        "line": line,
        "proofs": line.posting.proofs.select_related("by"),
        "wanted": channels()[line.posting.channel].proof,
        "form": form,
        "removal": RemovalForm(initial={"removed_on": on}),
        "strike": StrikeForm(),
        "refusal": may_post(line.item, by),
        "page": "postings",
        "section": "publishing",
    }
    return render(request, "publishing/posting.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """It is off."""
    line = _line(request, pk)
    form = RemovalForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["removed_on"]))
        return redirect("publishing:posting", pk)
    return _told(
        request,
        lambda: take_down(posting=line.posting, by=person(request), at=timezone.now(), **form.cleaned_data),
        "已登记撤下。",
        _back(request, pk),
    )


def _told(request: HttpRequest, act: object, said: str, back: str) -> HttpResponse:
    done = performed(request, None, act, said, back)  # type: ignore[arg-type]
    assert done is not None
    return done


def _back(request: HttpRequest, pk: int) -> str:
    """To the page whose button it was."""
    pages = {"board": "publishing:board", "postings": "publishing:postings"}
    name = pages.get(request.POST.get("back", ""))
    if name is None:
        return reverse("publishing:posting", args=[pk])
    return reverse(name, args=[_line(request, pk).item.agency.slug])


@require_POST
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """It never hung there."""
    line = _line(request, pk)
    form = StrikeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请写明哪里记错了，再删去。")
        return redirect("publishing:posting", pk)
    back = reverse("publishing:item_postings", args=[line.item.pk])
    try:
        strike_posting(posting=line.posting, by=person(request), at=timezone.now(), **form.cleaned_data)
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("publishing:posting", pk)
    messages.success(request, "已删去这条公开记录；操作留痕里仍然查得到。")
    return redirect(back)


@require_POST
def prove(request: HttpRequest, pk: int) -> HttpResponse:
    """One more proof."""
    line, upload = _line(request, pk), request.FILES.get("proof")
    if upload is None:
        messages.error(request, "还没有选文件；请选照片、截图或者扫描件。")
        return redirect("publishing:posting", pk)
    try:
        proof = _proof(upload)
    except Unfit as unfit:
        messages.error(request, str(unfit))
        return redirect("publishing:posting", pk)
    return _told(
        request,
        lambda: add_proof(posting=line.posting, proof=proof, by=person(request), at=timezone.now()),
        "已保存凭证。",
        reverse("publishing:posting", args=[pk]),
    )


@require_GET
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """A proof, to be saved; never shown in the page's own origin."""
    found = query.find_proof(person(request), pk)
    if found is None:
        raise Http404
    return attachment(bytes(found.data), renamed(f"公开凭证{found.pk}", found.name), found.media_type)
