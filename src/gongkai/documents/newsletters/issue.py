"""An issue of a newsletter, and its lines as both papers print them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongkai.documents.articles import Article
from gongkai.documents.posters.blocks import plain
from gongkai.law.limits import chinese_date


@dataclass(frozen=True, slots=True)
class NewsletterItem:
    """One publication in the issue. ``section`` is the source; ``pictures`` are bytes by SHA-256."""

    title: str
    article: Article
    section: str = ""
    published_on: date | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """Who sent it in and when it was published: “（人事科供稿　2026年3月2日公开）”."""
        sent = f"{plain(self.section)}供稿" if self.section else ""
        published = f"{chinese_date(self.published_on)}公开" if self.published_on else ""
        words = "　".join(part for part in (sent, published) if part)
        return f"（{words}）" if words else ""


@dataclass(frozen=True, slots=True)
class Newsletter:
    """``number`` counts within the year, ``total`` over all years. ``report_to``, ``send_to`` and
    ``distribute_to`` are 报、送、发; ``copies`` how many are printed."""

    name: str
    agency: str
    number: int
    dated: date
    items: tuple[NewsletterItem, ...]
    total: int | None = None
    report_to: tuple[str, ...] = ()
    send_to: tuple[str, ...] = ()
    distribute_to: tuple[str, ...] = ()
    copies: int | None = None

    @property
    def issue(self) -> str:
        """“第3期（总第128期）”."""
        over_all = f"（总第{self.total}期）" if self.total else ""
        return f"第{self.number}期{over_all}"

    @property
    def title(self) -> str:
        return f"{plain(self.name)}{self.dated.year}年{self.issue}"

    @property
    def recipients(self) -> tuple[tuple[str, str], ...]:
        """The lines of 报、送、发 that say something."""
        named = (("报", self.report_to), ("送", self.send_to), ("发", self.distribute_to))
        return tuple((kind, f"{'，'.join(map(plain, names))}。") for kind, names in named if names)

    @property
    def printed_copies(self) -> str:
        return f"共印{self.copies}份" if self.copies else ""
