"""What must be published of one's own motion (第二十条、第二十一条) and by when (第二十六条)."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from gongkai.law.limits import Due, TimeLimits
from gongkai.law.rulebook import read_table
from gongkai.law.workdays import WorkingCalendar


class Cadence(StrEnum):
    """When an item is due for publication or renewal."""

    PERIODIC = "periodic"
    STAGED = "staged"
    AD_HOC = "ad_hoc"

    @property
    def label(self) -> str:
        return {"periodic": "定期公开", "staged": "逐段公开", "ad_hoc": "随时公开"}[self.value]


@dataclass(frozen=True, slots=True)
class CatalogItem:
    """One item of the statutory lists; ``cadence`` is a default the office may change."""

    code: str
    label: str
    article: str
    cadence: Cadence


@dataclass(frozen=True, slots=True)
class CatalogList:
    """One statutory list: ``20`` for every agency, ``21-city`` and ``21-town`` by its kind."""

    code: str
    label: str
    article: str
    items: tuple[CatalogItem, ...]


@lru_cache
def statutory_lists() -> tuple[CatalogList, ...]:
    """The lists of 第二十条 and 第二十一条, in the order of the Regulation."""
    return tuple(_parse_list(entry) for entry in read_table("catalogs", "regulation.toml")["lists"])


def _parse_list(entry: dict[str, Any]) -> CatalogList:
    items = tuple(
        CatalogItem(
            item["code"], item["label"], item.get("article", entry["article"]), Cadence(item["cadence"])
        )
        for item in entry["items"]
    )
    return CatalogList(entry["code"], entry["label"], entry["article"], items)


def publication_due(
    changed_on: date,
    limits: TimeLimits,
    calendar: WorkingCalendar,
    override: tuple[int, str] | None = None,
) -> Due:
    """By when information formed or changed on a day must be published.

    ``override`` is the limit of another law that prevails: its working days and its article.
    """
    limit = limits.on("publication", changed_on)
    if override is not None:
        days, article = override
        limit = replace(limit, value=days, article=article)
    return limit.due(changed_on, calendar)
