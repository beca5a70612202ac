"""What running text tells of people without any number: rows of children's names, illness beside a name."""

import re
from collections.abc import Iterator
from functools import lru_cache

from gongkai.screening import evidence
from gongkai.screening.names import HAN, is_name, mask_name, shorten_name, surnames
from gongkai.screening.people import LIST
from gongkai.screening.runs import mask_digits
from gongkai.screening.sheet import Prose
from gongkai.screening.stretch import CELL, Hit, Span

_SIGN = r"[、，,；;\s\d.．（）()]{1,12}"
_NAME = re.compile(rf"[{HAN}][ \u3000][{HAN}](?![{HAN}])|[{HAN}·]{{2,12}}")
_SEPARATORS = re.compile(_SIGN)
_HEADING = 160
_NUMBERED = re.compile(
    r"(学籍号|学籍辅号|准考证号|考生号|考号|报名号|教工号|职工号|学号)(?:码)?[\s:：为是]{0,4}([A-Za-z]?\d{6,20}[Xx]?)(?![\dXx])"
)
_BESIDE = 16
_STOP = re.compile(r"[。；\n" + CELL + "]")


def lists_in_prose(prose: Prose) -> Iterator[Hit]:
    """Names in rows under words that say pupils: five and more in one stretch."""
    for start, names in _rows_of_names(prose.stretch.text):
        about = prose.title + " " + prose.stretch.text[max(start - _HEADING, 0) : start]
        spans = tuple(span for at, name in names for span in prose.stretch.spans(at, at + len(name))[:1])
        masked = tuple(
            Span(span.place, span.start, span.end, mask_name(name))
            for span, (_, name) in zip(spans, names, strict=True)
        )
        if _are_young_pupils(about):
            yield _listed("personal.minor", masked, names)
        elif evidence.tells_health(about[-_HEADING:]):
            yield _listed("personal.health_or_hardship", masked, names)


def _listed(kind: str, spans: tuple[Span, ...], names: list[tuple[int, str]]) -> Hit:
    first, last = spans[0].place, spans[-1].place
    where = first if first == last else f"{first} 至 {last}"
    return Hit(kind, True, spans, shorten_name(names[0][1]), f"共 {len(names)} 人", where)


def _are_young_pupils(about: str) -> bool:
    if not (evidence.says_pupils(about) or (evidence.is_young(about) and not evidence.says_staff(about))):
        return False
    return evidence.is_young(about) or not evidence.is_older(about)


def _rows_of_names(text: str) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """Where each row of names begins, and its names with their positions."""
    at, row = 0, _row("·" in text)
    while found := row.search(text, at):
        names, stop = _names_from(text, found.start())
        real = [(place, name) for place, name in names if is_name(name)]
        if len(real) >= LIST and len(real) * 4 >= len(names) * 3:
            yield real[0][0], real
            at = stop
        else:
            at = max(_first_end(text, found.start()), found.start() + 1)


@lru_cache
def _row(dotted: bool) -> re.Pattern[str]:
    """Four words in a row that begin like names. Names with a dot are looked for where there is one."""
    first = "".join(sorted(surnames()))
    word = rf"[{first}][{HAN}]{{1,3}}|[{first}][ \u3000][{HAN}]"
    if dotted:
        word += rf"|[{HAN}]{{1,12}}·[{HAN}]{{1,12}}"
    return re.compile(rf"(?:(?:{word}){_SIGN}){{3}}(?:{word})(?![{HAN}])")


def _first_end(text: str, at: int) -> int:
    found = _NAME.match(text, at)
    return found.end() if found else at + 1


def _names_from(text: str, at: int) -> tuple[list[tuple[int, str]], int]:
    """The words of a row up to the first two in a run that are no names."""
    names: list[tuple[int, str]] = []
    missed = 0
    while found := _NAME.match(text, at):
        missed = 0 if is_name(found.group()) else missed + 1
        if missed > 1:
            break
        names.append((found.start(), found.group()))
        at = found.end()
        gap = _SEPARATORS.match(text, at)
        if not gap:
            break
        at = gap.end()
    return names, at


def health_in_prose(prose: Prose) -> Iterator[Hit]:
    """A name with an illness, a disability or a hardship just behind it."""
    text = prose.stretch.text
    for found in evidence.pattern("people", "health").finditer(text):
        low = max(found.start() - _BESIDE, 0)
        near = text[low : found.start()]
        cut = max((stop.end() for stop in _STOP.finditer(near)), default=0)
        name = _name_in(near[cut:])
        if name and evidence.tells_health(text[found.start() : found.end() + 6]):
            at = low + cut + near[cut:].rfind(name)
            spans = prose.stretch.spans(at, at + len(name), mask_name(name).ljust(len(name))[: len(name)])
            yield Hit("personal.health_or_hardship", False, spans, f"{shorten_name(name)}（{found.group()}）")


def _name_in(near: str) -> str:
    """A name followed by nothing but a word or two that tie it to what comes."""
    for found in _TIED.finditer(near):
        name = found[1]
        for length in (3, 2, 4):
            if len(name) >= length and is_name(name[-length:]) and not is_name(name[-length - 1 : -1]):
                return name[-length:]
        if is_name(name):
            return name
    return ""


_TIED = re.compile(
    rf"([{HAN}·]{{2,12}}?)(?:[（(，,：:]\s?(?:男|女)?[，,]?(?:系|属|属于|为|是|患有?|因患?|持有?|享受)?|同学(?:系|属|属于|为|是|患有?|因患?)"
    r"|(?:被确诊|确诊|被诊断|患有|患|身患|因患)为?)(?:[\u4e00-\u9fff]{0,4})$"
)


def numbered_in_prose(prose: Prose) -> Iterator[Hit]:
    """Numbers of pupils and candidates that their label tells."""
    for found in _NUMBERED.finditer(prose.stretch.text):
        start, end = found.span(2)
        masked = mask_digits(found[2], 2, 2)
        yield Hit("personal.student_number", False, prose.stretch.spans(start, end, masked), masked)
