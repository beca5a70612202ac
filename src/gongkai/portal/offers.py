"""What is published already and may answer before anybody applies."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.documents.articles import to_plain
from gongkai.law.similar import Profile, normalised
from gongkai.publishing.models import Publication
from gongkai.publishing.queries.items import public_of
from gongkai.reporting import queries
from gongkai.reporting.models import AnnualReport
from gongkai.search.folding import fold
from gongkai.search.index import newest
from gongkai.search.models import Entry
from gongkai.search.queries import wanted as searched_for
from gongkai.search.words import Filters, Query

AT_LEAST = 0.6
MOST = 5
_YEAR = re.compile(r"20\d{2}")
_RUN = re.compile(r"[0-9a-z\u3400-\u9fff〔〕]+")
_PIECE = 4  # characters
_MOST_PIECES, _MOST_FOUND, _LOOKED_AT = 12, 50, 30
_BEGINNING = 2000  # characters of a text that are laid beside a draft
_EMPTY_WORDS = re.compile(
    r"申请公开|请提供|请问|希望|我想|了解|获取|贵单位|贵局|贵机关|有关|相关|信息|情况|[的了和与及]"
)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something published: its title, where it is, and what speaks for it (0 to 1)."""

    title: str
    address: str
    likeness: float


def published_that_may_answer(agency: Agency, text: str) -> list[Offer]:
    """The publications of an agency that hold most of the words of a draft, the nearest first: reports and
    whatever is public on the website. Nothing of the draft is kept."""
    essence = _EMPTY_WORDS.sub("", text.replace(agency.name, ""))
    wanted = _pairs(essence)
    if len(wanted) < 3:
        return []
    years = set(_YEAR.findall(normalised(text)))
    offers = [*_reports(agency, wanted, years), *_items(agency, essence, wanted, years)]
    return sorted(offers, key=lambda offer: -offer.likeness)[:MOST]


def _reports(agency: Agency, wanted: frozenset[str], years: set[str]) -> Iterator[Offer]:
    for report in queries.published().filter(agency=agency):
        if years and str(report.year) not in years:
            continue
        share = len(wanted & _pairs(_words_of(report))) / len(wanted)
        if share >= AT_LEAST:
            yield Offer(str(report), reverse("portal:report", args=[agency.slug, report.year]), share)


def _items(agency: Agency, essence: str, wanted: frozenset[str], years: set[str]) -> Iterator[Offer]:
    keys = _candidates(agency, essence)
    for publication in public_of(agency).filter(item__in=keys):
        words = _words_of_item(publication)
        if years and not any(year in words for year in years):
            continue
        share = len(wanted & _pairs(words)) / len(wanted)
        if share >= AT_LEAST:
            address = reverse("portal:item", args=[publication.item_id])
            yield Offer(publication.title, address, share)


def _candidates(agency: Agency, essence: str) -> list[int]:
    """The items that hold most pieces of a draft, as search knows them."""
    filters = Filters(agency=agency.pk, kind="item")
    found: Counter[int] = Counter()
    for piece in _pieces(essence):
        found.update(newest(searched_for(Query((piece,), filters)), _MOST_FOUND))
    best = [pk for pk, _ in found.most_common(_LOOKED_AT)]
    return [int(key) for key in Entry.objects.filter(pk__in=best).values_list("key", flat=True)]


def _pieces(essence: str) -> list[str]:
    """Short overlapping pieces of a draft, as search folds them; those at the beginning say most."""
    runs = _RUN.findall(fold(essence))
    pieces = [
        run[at : at + _PIECE] for run in runs for at in range(0, max(len(run) - _PIECE, 0) + 1, _PIECE // 2)
    ]
    return [piece for piece in dict.fromkeys(pieces) if len(piece) > 1][:_MOST_PIECES]


def _words_of_item(publication: Publication) -> str:
    """Title, number, summary and the beginning of the text."""
    said = publication.said
    body = to_plain(said.article)[:_BEGINNING]
    formed = str(said.formed_on.year)
    return " ".join((said.title, said.document_number, said.summary, *said.keywords, formed, body))


def _pairs(text: str) -> frozenset[str]:
    return Profile.of(text).pairs


def _words_of(report: AnnualReport) -> str:
    """The title and the prose of a report, and what its tables count."""
    filled = report.filled
    counted = "收到政府信息公开申请数量件数办理结果答复行政复议行政诉讼收费金额"
    return "".join((str(report), "年报年度报告", counted, *filter(None, filled.sections.values())))
