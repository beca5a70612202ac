"""Feeds (Atom) of what was published last: of all agencies, of one, of one part of its catalog."""

import uuid
from datetime import datetime
from itertools import islice

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from gongkai.documents.articles import digest_of
from gongkai.portal import reading
from gongkai.portal.disclosure import agency_or_404
from gongkai.portal.pages import absolute, public_page
from gongkai.publishing.models import Publication
from gongkai.publishing.queries.items import public

MOST = 50
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_BEGAN = datetime(2008, 5, 1, tzinfo=timezone.get_fixed_timezone(480))  # the first Regulation


class Feed(Atom1Feed):
    """Dated by its newest entry, so that an unchanged feed is the same bytes."""

    def latest_post_date(self) -> datetime:
        return max((each["updateddate"] for each in self.items), default=_BEGAN)


@public_page
def everything(request: HttpRequest) -> HttpResponse:
    """What all agencies published last."""
    items = public().order_by("-published_on", "-pk")
    return _answer(request, items, "政府信息公开", reverse("portal:home"))


@public_page
def of_agency(request: HttpRequest, slug: str) -> HttpResponse:
    """What one agency published last."""
    agency = agency_or_404(slug)
    place = reverse("portal:disclosure", args=[slug])
    return _answer(request, reading.items_in(agency, None), f"{agency.name}政府信息公开", place)


@public_page
def of_category(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What was published last of one part of the catalog."""
    agency = agency_or_404(slug)
    branch = reading.find_branch(agency, code)
    if branch is None:
        raise Http404
    place = reverse("portal:category", args=[slug, code])
    return _answer(request, reading.items_in(agency, branch), f"{agency.name}：{branch.node.title}", place)


def _answer(request: HttpRequest, items: QuerySet[Publication], title: str, place: str) -> HttpResponse:
    feed = write(request, items, title, place)
    return HttpResponse(feed.writeString("utf-8"), content_type=MEDIA_TYPE)


def write(request: HttpRequest, items: QuerySet[Publication], title: str, place: str) -> Feed:
    """The newest of some publications as a feed of what stands at ``place``."""
    feed = Feed(
        title=title,
        link=absolute(request, place),
        description="",
        language="zh-CN",
        feed_url=absolute(request, request.path),
        feed_guid=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, request.path)}",
    )
    for each in islice(items.iterator(chunk_size=MOST), MOST):
        said, shown = each.said, each.item
        feed.add_item(
            title=each.title,
            link=absolute(request, reverse("portal:item", args=[shown.pk])),
            description=said.summary or digest_of(said.article),
            author_name=said.issuer or shown.agency.name,
            pubdate=timezone.localtime(each.published_at),
            updateddate=timezone.localtime(each.published_at),
            unique_id=entry_id(each),
            categories=(each.node.title,),
        )
    return feed


def entry_id(publication: Publication) -> str:
    """The same for one item wherever the site stands, and whatever becomes of it."""
    name = f"{publication.item.agency.slug}/{publication.item.index_number}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"
