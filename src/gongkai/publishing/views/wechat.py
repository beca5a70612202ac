"""An item for the official WeChat account: the package, the draft box, what became of it."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused
from gongkai.documents.wechat import API_TITLE, TITLE, WechatPackage
from gongkai.documents.writing import Unwritable
from gongkai.pieces.downloads import attachment
from gongkai.publishing import wechat_sending as sending
from gongkai.publishing.actions.postings import note_paper
from gongkai.publishing.actions.scanning import screen_item
from gongkai.publishing.actions.wechat import begin_article, enter_removal, publish_by_hand
from gongkai.publishing.forms.channels import AddressForm, ArticleForm
from gongkai.publishing.models import Item, Publication, PublishingProfile, WechatArticle
from gongkai.publishing.papers import short_title
from gongkai.publishing.policies.posting import may_post, not_public
from gongkai.publishing.queries.postings import find_article
from gongkai.publishing.views.person import find, person
from gongkai.publishing.views.saving import performed
from gongkai.publishing.views.site import site_of
from gongkai.publishing.wechat import DraftBox, WechatError, configured_draft_box

_TO_COPY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; frame-ancestors 'none'"
"""The text with the styles that the editor of the platform takes over: no script, nothing loaded."""


def _box() -> tuple[DraftBox | None, str]:
    """The draft box, or what is wrong with its settings."""
    try:
        return configured_draft_box(), ""
    except ValueError as error:
        return None, str(error)


def _live(item: Item) -> Publication | None:
    rows = Publication.objects.live().filter(item=item)
    return rows.select_related("item__agency", "item__section").first()


@require_GET
def wechat(request: HttpRequest, pk: int) -> HttpResponse:
    """The package with what had to give, the draft box, and every article so far."""
    return _page(request, find(request, pk))


def _page(request: HttpRequest, item: Item, form: ArticleForm | None = None) -> HttpResponse:
    live = _live(item)
    box, trouble = _box()
    article = live.wechat_articles.first() if live else None
    packed, refused = _packed(request, live) if live else (None, "")
    title = short_title(live.title, item.agency.name) if live else ""
    form = form or ArticleForm(initial={"title": title, "digest": packed.digest if packed else ""})
    profile = PublishingProfile.objects.filter(agency=item.agency).first()
    context = {
        "item": item,
        "agency": item.agency,
        "live": live,
        "title": live.title if live else item.title,
        "account": profile.wechat_name if profile else "",
        "packed": packed,
        "warnings": _warnings(packed) if packed else [],
        "unpacked": refused,
        "form": form,
        "has_box": box is not None,
        "trouble": trouble,
        "article": article if article and article.state not in _OVER else None,
        "uncertain": article is not None and article.uncertain,
        "articles": WechatArticle.objects.filter(publication__item=item).select_related("publication", "by"),
        "address_form": AddressForm(),
        "refusal": may_post(item, person(request)) or (None if live else not_public(item)),
        "page": "postings",
        "section": "publishing",
    }
    return render(request, "publishing/wechat.html", context, status=422 if form.errors else 200)


_OVER = {WechatArticle.State.FAILED, WechatArticle.State.REMOVED}


def _packed(request: HttpRequest, live: Publication) -> tuple[WechatPackage | None, str]:
    try:
        return sending.package_of(live, site_of(request)), ""
    except Unwritable as error:
        return None, str(error)


def _warnings(packed: WechatPackage) -> list[str]:
    """Without the one about the title, which the page answers itself."""
    return [each for each in packed.warnings if not each.startswith("标题有") or len(packed.title) > TITLE]


@require_POST
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything for pasting by hand, as one file."""
    item = find(request, pk)
    form = ArticleForm(request.POST)
    if not form.is_valid():
        return _page(request, item, form)
    by, at = person(request), timezone.now()
    screen_item(item=item, by=by, at=at)
    try:
        live = note_paper(item=item, paper="wechat", by=by, at=at)
        packed = sending.package_of(
            live, site_of(request), form.cleaned_data["title"], form.cleaned_data["digest"]
        )
    except (ActionRefused, Unwritable) as refused:
        messages.error(request, str(refused))
        return redirect("publishing:wechat", pk)
    return attachment(packed.to_zip(), f"公众号 {live.title[:60]}.zip", "application/zip")


@require_GET
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The text alone, styled as the platform takes it: select all, copy, paste."""
    live = _live(find(request, pk))
    packed = _packed(request, live)[0] if live else None
    if packed is None:
        raise Http404
    page = (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>公众号正文</title></head>'
        f"<body>{packed.page_html}</body></html>"
    )
    return HttpResponse(page, headers={"Content-Security-Policy": _TO_COPY})


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Into the draft box."""
    item, box = find(request, pk), _box()[0]
    form = ArticleForm(request.POST)
    if form.is_valid() and len(form.cleaned_data["title"]) > API_TITLE:
        long = len(form.cleaned_data["title"])
        form.add_error("title", f"接口只收{API_TITLE}个字以内的标题，现在有{long}个字；请拟一个短标题。")
    if not form.is_valid():
        return _page(request, item, form)
    if box is None:
        messages.error(request, "还没有接上公众号的接口；请用文章包手工粘贴。")
        return redirect("publishing:wechat", pk)
    by, at, site, given = person(request), timezone.now(), site_of(request), form.cleaned_data

    def deliver() -> WechatArticle:
        screen_item(item=item, by=by, at=at)
        article = begin_article(item=item, by=by, at=at, **given)
        return sending.send(box, article=article, site=site, by=by, at=at)

    return _ended(
        request,
        pk,
        deliver,
        "已存入公众号草稿箱。到公众平台看一看排版，再提交发布。",
    )


def _ended(request: HttpRequest, pk: int, act: Callable[[], WechatArticle], said: str) -> HttpResponse:
    """Say what came of a step."""
    try:
        article = act()
    except (ActionRefused, WechatError, Unwritable) as refused:
        messages.error(request, str(refused))
    else:
        if article.message:
            messages.error(request, article.message)
        else:
            messages.success(request, said)
    return redirect("publishing:wechat", pk)


def _article(request: HttpRequest, pk: int) -> WechatArticle:
    article = find_article(person(request), pk)
    if article is None:
        raise Http404
    return article


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """The next step of an article: submit it, ask how far it is, or take it off."""
    article, by, at = _article(request, pk), person(request), timezone.now()
    item_pk = article.publication.item_id
    box = _box()[0]
    if box is None:
        messages.error(request, "没有接上公众号的接口；请在公众平台上办理，再在这里登记。")
        return redirect("publishing:wechat", item_pk)
    acts: dict[str, tuple[Callable[[], WechatArticle], str]] = {
        "submit": (
            lambda: _handed_over(box, article, by, at),
            "已提交发布。微信要几分钟，系统每隔几分钟问一次结果。",
        ),
        "ask": (
            lambda: sending.ask(box, article=article, by=by, at=at),
            "已向微信问过，情况见下面。",
        ),
        "remove": (lambda: sending.remove(box, article=article, by=by, at=at), "已从公众号删除。"),
    }
    if request.POST.get("do") not in acts:
        raise Http404
    act, said = acts[request.POST["do"]]
    return _ended(request, item_pk, act, said)


def _handed_over(box: DraftBox, article: WechatArticle, by: Account, at: datetime) -> WechatArticle:
    screen_item(item=article.publication.item, by=by, at=at)
    return sending.submit(box, article=article, by=by, at=at)


@require_POST
def published(request: HttpRequest, pk: int) -> HttpResponse:
    """It was published on the platform itself."""
    article = _article(request, pk)
    form = AddressForm(request.POST)
    address = form.cleaned_data["address"] if form.is_valid() else ""
    return _ended(
        request,
        article.publication.item_id,
        lambda: publish_by_hand(article=article, address=address, by=person(request), at=timezone.now()),
        "已登记发布，网址记进了公开记录。",
    )


@require_POST
def removed(request: HttpRequest, pk: int) -> HttpResponse:
    """It was deleted on the platform itself."""
    article = _article(request, pk)
    back = reverse("publishing:wechat", args=[article.publication.item_id])
    done = performed(
        request,
        None,
        lambda: enter_removal(article=article, by=person(request), at=timezone.now(), by_hand=True),
        "已登记删除。",
        back,
    )
    return done or redirect(back)
