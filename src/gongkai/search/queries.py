"""Finding what is published. Nothing that is looked for is logged."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from django.db.models import Prefetch

from gongkai.agencies.models import Agency
from gongkai.search import grams, index
from gongkai.search.excerpts import Fragment, Segment, around, beginning, marked
from gongkai.search.folding import PART_END, fold
from gongkai.search.index import Wanted
from gongkai.search.models import Entry, Part, Subscription, first_id_of, last_id_of
from gongkai.search.policies import marks_of, token_digest
from gongkai.search.words import Filters, Query, parse

COUNTED = 1000  # beyond, the number of finds is said to be at least this
FARTHEST = 10_000  # no page shows what comes after so many finds
PER_PAGE, FRAGMENTS, SUGGESTIONS = 20, 2, 8
_SUGGESTED_FROM = 60
_BODY_LINE = 2  # after title and document number
Order = Literal["newest", "relevance"]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that matches, its title and pieces of its text with the finds marked."""

    entry: Entry
    title: tuple[Segment, ...]
    document_number: tuple[Segment, ...]
    fragments: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """``total`` is how many match; if it is not exact, at least so many. ``words`` is what was looked
    for, folded."""

    hits: tuple[Hit, ...]
    total: int
    is_total_exact: bool
    number: int
    per_page: int
    words: tuple[str, ...] = field(repr=False)
    was_cut: bool = False

    @property
    def has_next(self) -> bool:
        shown = self.number * self.per_page
        return shown < FARTHEST and (shown < self.total or not self.is_total_exact)


def search(  # noqa: PLR0913  (every filter by its name)
    text: str,
    *,
    agency: Agency | None = None,
    category: str = "",
    section: str = "",
    year: int | None = None,
    validity: str = "",
    kind: str = "",
    media: str = "",
    since: date | None = None,
    until: date | None = None,
    order: Order = "newest",
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Page:
    """What holds every word, a page of it. Without words: everything the filters leave.

    ``newest`` goes by the day of publication. ``relevance`` puts first the document whose number was
    typed, then those with every word in the title or number, then the others; the newest first in each.
    """
    agency_pk = agency.pk if agency else None
    query = parse(text, Filters(agency_pk, category, section, year, validity, kind, media, since, until))
    return page_of(query, order=order, page=page, per_page=per_page)


def page_of(query: Query, *, order: Order = "newest", page: int = 1, per_page: int = PER_PAGE) -> Page:
    """``search`` for a query that was read already."""
    enough = max(COUNTED, min(page * per_page, FARTHEST)) + 1
    ids = index.newest(wanted(query), enough)
    is_exact = len(ids) < enough
    total = len(ids) if is_exact else enough - 1
    if order == "relevance" and query.words:
        ids = _by_relevance(query, ids, enough)
    return Page(
        _hits(ids[(page - 1) * per_page : page * per_page], query.words),
        total, is_exact, page, per_page, query.words, query.was_cut,
    )  # fmt: skip


def wanted(query: Query, *, in_head: bool = False) -> Wanted:
    """What the index is asked for."""
    filters, words = query.filters, query.words
    needed = [gram for word in words for gram in grams.needed_for(word, in_head=in_head)]
    unsure = [word for word in words if not grams.is_told_by_index(word)]
    return Wanted(
        grams=[*dict.fromkeys(needed), *_marks(filters)],
        words=() if in_head else unsure,
        head_words=unsure if in_head else (),
        first=first_id_of(filters.since) if filters.since else 0,
        last=last_id_of(filters.until) if filters.until else index.LAST,
    )


def _marks(filters: Filters) -> list[str]:
    values = {
        "a": filters.agency,
        "c": filters.category,
        "k": filters.kind,
        "m": filters.media,
        "s": filters.section,
        "v": filters.validity,
        "y": filters.year,
    }
    return [grams.mark(facet, value) for facet, value in values.items() if value]


def _by_relevance(query: Query, newest: Sequence[int], enough: int) -> list[int]:
    in_head = index.newest(wanted(query, in_head=True), enough)
    numbered = Entry.objects.filter(folded_number__in=["".join(query.words), *query.words]).exclude(
        folded_number=""
    )
    exact = set(numbered.values_list("pk", flat=True)[:enough])
    first = [pk for pk in (*in_head, *newest) if pk in exact]
    return list(dict.fromkeys([*first, *in_head, *newest]))


def _hits(ids: Sequence[int], words: Sequence[str]) -> tuple[Hit, ...]:
    parts = Prefetch("parts", Part.objects.order_by("position"))
    entries = Entry.objects.select_related("agency", "text").prefetch_related(parts).in_bulk(ids)
    return tuple(_hit(entries[pk], words) for pk in ids if pk in entries)


def _hit(entry: Entry, words: Sequence[str]) -> Hit:
    return Hit(
        entry,
        marked(entry.title, words),
        marked(entry.document_number, words),
        _fragments(entry, words) or _opening(entry),
    )


def _fragments(entry: Entry, words: Sequence[str]) -> tuple[Fragment, ...]:
    """Pieces of the text that together show as many of the words as they can."""
    lines = entry.text.folded.split(PART_END)
    found: list[Fragment] = []
    left = list(words)
    for part in entry.parts.all():
        for place, shown in _lines_of(part):
            here = [word for word in left if word in lines[place]]
            if here and len(found) < FRAGMENTS:
                at = lines[place].index(here[0]) / len(lines[place])
                segments = around(shown, [*here, *(word for word in words if word not in here)], at=at)
                found.append(Fragment(part.attachment, segments))
                left = [word for word in left if word not in here]
    return tuple(found)


def _lines_of(part: Part) -> list[tuple[int, str]]:
    """The lines of the folded text that a part gave, with what they were folded from; the text first."""
    if part.position == 0:
        return [(_BODY_LINE, part.text)]
    name = _BODY_LINE + 2 * part.position - 1
    return [(name + 1, part.text), (name, part.attachment)]


def _opening(entry: Entry) -> tuple[Fragment, ...]:
    body = next((part.text for part in entry.parts.all() if part.position == 0), "")
    segments = beginning(entry.summary or body)
    return (Fragment("", segments),) if segments else ()


def suggest(prefix: str) -> tuple[str, ...]:
    """Document numbers and titles that hold what was typed so far: first those that begin with it, then the
    newest."""
    typed = fold(prefix[:40])
    if not typed:
        return ()
    ids = index.newest(wanted(Query((typed,)), in_head=True), _SUGGESTED_FROM)
    entries = Entry.objects.in_bulk(ids)
    names = [name for pk in ids if pk in entries for name in _names(entries[pk]) if typed in fold(name)]
    names.sort(key=lambda name: not fold(name).startswith(typed))
    return tuple(dict.fromkeys(names))[:SUGGESTIONS]


def _names(entry: Entry) -> tuple[str, str]:
    return entry.document_number, entry.title


def subscription_with(token: str) -> Subscription | None:
    """The subscription behind a link in a mail."""
    digest = token_digest(token)
    return Subscription.objects.select_related("agency").filter(token_digest=digest).first()


def wish_of(subscription: Subscription) -> tuple[str, Filters]:
    """What was typed and what the list was narrowed to; nothing once it has ended."""
    wish = subscription.wish or {"text": "", "filters": {}}
    return wish["text"], Filters.from_json(wish["filters"])


def subscriptions_awaiting_news() -> list[int]:
    confirmed = Subscription.objects.filter(confirmed_at__isnull=False, ended_at=None)
    return list(confirmed.order_by("pk").values_list("pk", flat=True))


def put_in_between(query: Query, since: datetime, until: datetime) -> list[Entry]:
    """What was first put in after ``since`` and up to ``until``, and matches; the newest first."""
    entries = Entry.objects.filter(first_put_at__gt=since, first_put_at__lte=until).order_by("-id")
    for word in query.words:
        entries = entries.filter(text__folded__contains=word)
    asked, marks = wanted(query), set(_marks(query.filters))
    return [entry for entry in entries if asked.first <= entry.pk <= asked.last and marks <= marks_of(entry)]
