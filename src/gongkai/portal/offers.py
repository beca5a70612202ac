"""What is published already and may answer before anybody applies."""

import re
from dataclasses import dataclass

from django.urls import reverse

from gongkai.agencies.models import Agency
from gongkai.law.similar import Profile, normalised
from gongkai.reporting import queries
from gongkai.reporting.models import AnnualReport

AT_LEAST = 0.6
MOST = 5
_YEAR = re.compile(r"20\d{2}")
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
    """The publications of an agency that hold most of the words of a draft, the nearest first."""
    wanted = _pairs(_EMPTY_WORDS.sub("", text.replace(agency.name, "")))
    if len(wanted) < 3:
        return []
    years = set(_YEAR.findall(normalised(text)))
    offers = []
    for report in queries.published().filter(agency=agency):
        if years and str(report.year) not in years:
            continue
        share = len(wanted & _pairs(_words_of(report))) / len(wanted)
        if share >= AT_LEAST:
            address = reverse("portal:report", args=[agency.slug, report.year])
            offers.append(Offer(str(report), address, share))
    return sorted(offers, key=lambda offer: -offer.likeness)[:MOST]


def _pairs(text: str) -> frozenset[str]:
    return Profile.of(text).pairs


def _words_of(report: AnnualReport) -> str:
    """The title and the prose of a report, and what its tables count."""
    filled = report.filled
    counted = "收到政府信息公开申请数量件数办理结果答复行政复议行政诉讼收费金额"
    return "".join((str(report), "年报年度报告", counted, *filter(None, filled.sections.values())))
