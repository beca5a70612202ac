"""The inspection of government sites (国办秘函〔2019〕19号): what fails a site, and what is near it.

The limits stand in ``inspection.toml``. A public board on the wall is watched like a column; no text
inspects it, but a board that is not renewed is the same fault.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from gongkai.law.limits import add_months, chinese_date
from gongkai.law.rulebook import read_table

ColumnKind = Literal["dynamic", "notice", "other"]


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """A column of the site, or a board on the wall (``board``). ``updated_on`` is ``None`` where nothing
    was ever published; ``max_age_days``: how long the office lets it stand, beside what its kind allows
    (a column of kind ``other`` and a board may have none)."""

    name: str
    kind: ColumnKind
    items: int
    updated_on: date | None
    max_age_days: int | None = None
    board: bool = False


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """A valid message left on the site; ``name`` is its number or anything else that is no personal data."""

    name: str
    received_on: date
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """An account of the agency in the new media."""

    name: str
    updated_on: date | None


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The site as it stands on a day. ``incomplete_guides`` are the service guides that lack an element
    (``completeness.service_guide_gaps``), by name."""

    today: date
    home_updated_on: date | None
    columns: tuple[ColumnFacts, ...] = ()
    messages: tuple[MessageFacts, ...] = ()
    media: tuple[MediaFacts, ...] = ()
    has_consultation: bool = True
    incomplete_guides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteFinding:
    """One finding. ``found`` against ``allowed`` are days, or numbers of columns; ``names`` what it
    is about. ``found`` is ``None`` for what was never updated."""

    code: str
    label: str
    veto: bool
    found: int | None
    allowed: int
    names: tuple[str, ...]
    sentence: str
    document: str


@dataclass(frozen=True, slots=True)
class _Rule:
    code: str
    label: str
    veto: bool
    document: str
    days: int = 0
    months: int = 0
    count: int = 0

    def last_day(self, start: date) -> date:
        """The last day that is still in time."""
        return add_months(start, self.months) + timedelta(days=self.days)

    def found(self, found: int | None, allowed: int, names: tuple[str, ...], sentence: str) -> SiteFinding:
        return SiteFinding(self.code, self.label, self.veto, found, allowed, names, sentence, self.document)


@lru_cache
def _rules() -> Mapping[str, _Rule]:
    table = read_table("inspection.toml")
    return {entry["code"]: _Rule(**{"document": table["document"], **entry}) for entry in table["findings"]}


def inspect(site: SiteFacts) -> tuple[SiteFinding, ...]:
    """Every finding of a site, those that fail it as a whole first."""
    found = (*_home(site), *_columns(site), *_messages(site), *_guides(site), *_media(site))
    return tuple(sorted(found, key=lambda finding: not finding.veto))


def stale_on(column: ColumnFacts) -> date | None:
    """The first day on which a column counts as not updated if nothing is published in it; ``None``
    where no limit is set or it is empty."""
    if column.updated_on is None:
        return None
    ends = [add_months(column.updated_on, months) for months in _months(column)]
    ends += [column.updated_on + timedelta(days=days) for days in _days(column)]
    return min(ends) + timedelta(days=1) if ends else None


def _days(column: ColumnFacts) -> Iterator[int]:
    of_kind = _of_kind(column).get("days")
    yield from (days for days in (of_kind, column.max_age_days) if days)


def _months(column: ColumnFacts) -> Iterator[int]:
    if "months" in _of_kind(column):
        yield _of_kind(column)["months"]


def _of_kind(column: ColumnFacts) -> Mapping[str, int]:
    """The limit the inspection has for a column; it has none for a board."""
    return {} if column.board else read_table("inspection.toml")["columns"][column.kind]


def _home(site: SiteFacts) -> Iterator[SiteFinding]:
    rule, updated = _rules()["home_page"], site.home_updated_on
    if updated is None:
        yield rule.found(None, rule.days, (), "首页还没有发布过信息，请尽快更新。")
    elif site.today > rule.last_day(updated):
        age = (site.today - updated).days
        sentence = f"首页{age}天没有更新，上次是{chinese_date(updated)}；超过{rule.days}天即为不合格。"
        yield rule.found(age, rule.days, (), sentence)


def _columns(site: SiteFacts) -> Iterator[SiteFinding]:
    empty = [column for column in site.columns if not column.items or column.updated_on is None]
    stale = [column for column in site.columns if column not in empty and _is_stale(column, site.today)]
    on_site = [column for column in stale if not column.board]
    inspected = [column for column in on_site if column.kind != "other"]
    yield from _many("stale_columns", inspected, "个动态、通知公告、政策文件栏目没有按期更新")
    yield from _many("long_stale_columns", on_site, "个应更新的栏目长期没有更新")
    yield from _many("empty_columns", [c for c in empty if not c.board], "个栏目没有内容")
    for column in stale:
        yield _stale(column, site.today)
    for column in empty:
        rule = _rules()["empty_column"]
        yield rule.found(0, 1, (column.name,), f"“{column.name}”没有内容，请补充；不再更新的，并入其他栏目。")


def _is_stale(column: ColumnFacts, today: date) -> bool:
    stale = stale_on(column)
    return stale is not None and today >= stale


def _many(code: str, columns: list[ColumnFacts], what: str) -> Iterator[SiteFinding]:
    rule, count = _rules()[code], len(columns)
    if count >= rule.count:
        names = tuple(column.name for column in columns)
        yield rule.found(count, rule.count - 1, names, f"有{count}{what}，达到{rule.count}个即为不合格。")


def _stale(column: ColumnFacts, today: date) -> SiteFinding:
    rule = _rules()["stale_board" if column.board else "stale_column"]
    updated = column.updated_on or today
    stale = stale_on(column) or today
    age, allowed = (today - updated).days, (stale - updated).days - 1
    sentence = f"“{column.name}”{age}天没有更新，上次是{chinese_date(updated)}，最长{allowed}天。"
    if column.board:
        sentence += "请核对张贴的内容是否仍然有效。"
    return rule.found(age, allowed, (column.name,), sentence)


def _messages(site: SiteFacts) -> Iterator[SiteFinding]:
    if not site.has_consultation:
        yield _rules()["no_consultation"].found(
            0, 1, (), "网站没有可以使用的咨询建言渠道，即为不合格，请开通并公布。"
        )
    for message in site.messages:
        yield from _message(message, site.today)


def _message(message: MessageFacts, today: date) -> Iterator[SiteFinding]:
    """A message that waits too long fails the site; one answered too late within the year is a warning."""
    answered = message.answered_on
    rule = _rules()["late_answer" if answered else "unanswered_message"]
    last, until = rule.last_day(message.received_on), answered or today
    if until <= last or (answered and answered < add_months(today, -12)):
        return
    waited, allowed = (until - message.received_on).days, (last - message.received_on).days
    told = "才回应" if answered else "没有回应，即为不合格，请马上答复"
    sentence = f"留言{message.name}于{chinese_date(message.received_on)}收到，{waited}天{told}。"
    yield rule.found(waited, allowed, (message.name,), sentence)


def _guides(site: SiteFacts) -> Iterator[SiteFinding]:
    names = site.incomplete_guides
    if names:
        sentence = f"有{len(names)}份办事指南要素不全，即为不合格，请补齐：“{'”“'.join(names)}”。"
        yield _rules()["incomplete_guide"].found(len(names), 0, names, sentence)


def _media(site: SiteFacts) -> Iterator[SiteFinding]:
    rule = _rules()["new_media"]
    for account in site.media:
        updated = account.updated_on
        if updated is None:
            sentence = f"“{account.name}”还没有发布过信息，请更新；不再使用的，注销并公告。"
            yield rule.found(None, rule.days, (account.name,), sentence)
        elif site.today > rule.last_day(updated):
            age = (site.today - updated).days
            last = chinese_date(updated)
            sentence = f"“{account.name}”{age}天没有更新，上次是{last}；超过{rule.days}天即为不合格。"
            yield rule.found(age, rule.days, (account.name,), sentence)
