"""Phrases that many letters share: how they name the law, the reader, the application, the remedies."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.documents.letters.facts import Facts
from gongkai.documents.letters.letter import Paragraph, Table, paragraphs_of, printable
from gongkai.law.limits import TimeLimits, chinese_date
from gongkai.law.remedies import RECONSIDERATION_FIRST_FROM, RemedyParagraph, Route, remedy_paragraph

REGULATION = "《中华人民共和国政府信息公开条例》"
FEE_RULES = "《政府信息公开信息处理费管理办法》"
_STOPS = "。！？；，、：.!?;,: "
_INNER = str.maketrans("“”", "‘’")
_TITLE = re.compile("《[^《》]+》")
_NUMBERED = re.compile(r"^(?:[（(]\d{1,3}[）)]|\d{1,3}(?:[．、]|\.(?!\d)))\s*(?=.)")


@dataclass(frozen=True, slots=True)
class Draft:
    """What one kind of letter says; empty parts are taken from the case and the catalogue."""

    paragraphs: tuple[Paragraph, ...] = ()
    tables: tuple[Table, ...] = ()
    attachments: tuple[str, ...] = ()
    addressee: str = ""
    title: str = ""
    link: str = ""


def words(lines: Iterable[str]) -> tuple[Paragraph, ...]:
    return paragraphs_of(line for line in lines if line)


def under(article: str) -> str:
    """根据《…条例》第三十条的规定."""
    return f"根据{REGULATION}{article}的规定"


def bare(text: str) -> str:
    """A text to stand inside a sentence: without the stop at its end."""
    return printable(text).rstrip(_STOPS)


def sentence(text: str) -> str:
    """A text as a sentence of its own."""
    text = printable(text)
    return text if not text or text[-1] in "。！？" else f"{text.rstrip(_STOPS)}。"


def quoted(text: str) -> str:
    """In quotation marks, marks within become single ones; a title in 《》 needs none."""
    text = bare(text)
    return text if _TITLE.fullmatch(text) else f"“{text.translate(_INNER)}”"


def numbered(lines: Iterable[str], stop: str = "；") -> tuple[str, ...]:
    """（1）…；（2）…。 A line alone has no number; a number the writer typed is not printed twice."""
    plain = [bare(_NUMBERED.sub("", line)) for line in lines]
    if len(plain) == 1:
        return (f"{plain[0]}。",)
    last = len(plain)
    return tuple(f"（{n}）{line}{'。' if n == last else stop}" for n, line in enumerate(plain, 1))


def you(facts: Facts) -> str:
    return "你单位" if facts.applicant_is_organization else "你"


def the_application(facts: Facts) -> str:
    """你于…提出的政府信息公开申请（登记编号：…），本机关于…收到。"""
    applied = f"于{chinese_date(facts.applied_on)}" if facts.applied_on else ""
    return (
        f"{you(facts)}{applied}提出的政府信息公开申请（登记编号：{printable(facts.registration_number)}），"
        f"本机关于{chinese_date(facts.day('received_on'))}收到。"
    )


def opening(facts: Facts) -> str:
    """The application and what it asks for."""
    return f"{the_application(facts)}申请公开的内容为：{quoted(facts.description)}。"


def dated_notice(name: str, day: date, number: str) -> str:
    """2026年3月9日《补正告知书》（×告〔2026〕3号）."""
    return f"{chinese_date(day)}{name}" + (f"（{number}）" if number else "")


def yuan(amount: Decimal | int) -> str:
    return f"{Decimal(amount).normalize():f}元"


def limit(code: str, on: date) -> str:
    """15个工作日, as the law of a day has it."""
    return TimeLimits.load().on(code, on).text


def contact_way(facts: Facts) -> str:
    """…（地址：…，邮政编码：…）: where papers are handed in or sent."""
    office = facts.office
    parts = [
        f"{label}：{printable(text)}"
        for label, text in (
            ("地址", office.address),
            ("邮政编码", office.postcode),
            ("电子邮箱", office.email),
        )
        if printable(text)
    ]
    return f"（{'，'.join(parts)}）" if parts else ""


def remedies(facts: Facts, route: Route, named: str) -> Iterator[str]:
    """The closing paragraph on remedies; ``named`` is what the letter calls itself (本答复)."""
    decided_on = facts.day("decided_on")
    review_body, court = printable(facts.review_body), printable(facts.court)
    found = remedy_paragraph(route, decided_on, review_body, court, TimeLimits.load())
    yield f"根据{found.articles}的规定，{_renamed(found, named)}" + _online(facts)
    if decided_on >= RECONSIDERATION_FIRST_FROM and route in (Route.RECONSIDERATION_FIRST, Route.MIXED):
        yield (
            "特别告知：根据《中华人民共和国行政复议法》第二十三条的规定，对不予公开政府信息不服的，"
            "应当先申请行政复议；未经行政复议的，不能直接提起行政诉讼。"
        )


def _renamed(found: RemedyParagraph, named: str) -> str:
    return found.text.replace("本决定", named)


def _online(facts: Facts) -> str:
    address = printable(facts.online_review)
    return f"行政复议申请也可以通过互联网渠道提交，网址：{address} 。" if address else ""
