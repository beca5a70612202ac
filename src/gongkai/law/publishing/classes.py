"""公开属性: marked when a document is drafted (国办发〔2016〕80号), reassessed later on (第十八条)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from gongkai.law.catalog import publication_due
from gongkai.law.limits import Due, TimeLimits, add_months, chinese_date
from gongkai.law.publishing.gaps import Gap
from gongkai.law.publishing.switches import PublishingRules
from gongkai.law.rulebook import read_table
from gongkai.law.workdays import WorkingCalendar

AT_SOURCE = "国办发〔2016〕80号"
THIRD_PARTY = "third_party_rights"
_REASSESSED = "第十八条"


class DisclosureClass(StrEnum):
    """Whether information is published, given on application, or withheld (第十三条)."""

    PROACTIVE = "proactive"
    ON_APPLICATION = "on_application"
    WITHHELD = "withheld"

    @property
    def label(self) -> str:
        return {"proactive": "主动公开", "on_application": "依申请公开", "withheld": "不予公开"}[self.value]


@dataclass(frozen=True, slots=True)
class Exemption:
    """A ground of 第十四条 to 第十六条. ``mandatory``: withholding is a duty; otherwise a choice that
    has to be reasoned. ``must_state``: what the reason has to say."""

    code: str
    mark: str
    label: str
    article: str
    mandatory: bool
    decision: str
    must_state: str


@lru_cache
def exemptions() -> Mapping[str, Exemption]:
    """The seven grounds by their code, in the order of the articles."""
    return {entry["code"]: Exemption(**entry) for entry in read_table("exemptions.toml")["exemptions"]}


@dataclass(frozen=True, slots=True)
class ClassProposal:
    """What the drafter proposes. ``disclosure_class`` is ``None`` where none was marked.

    ``grounds`` are codes of ``exemptions``; ``evidence``: ground → the words that state it.
    ``office_reviewed``: the disclosure office has seen a policy document that is not to be public.
    ``disclosure_required_by``: the law, regulation or rule that asks for publication, if any.
    ``third_party_exit``: the consent of the third party, or the public interest (第十五条).
    """

    disclosure_class: DisclosureClass | None
    grounds: tuple[str, ...] = ()
    evidence: Mapping[str, str] | None = None
    is_policy_document: bool = False
    office_reviewed: bool = False
    disclosure_required_by: str = ""
    third_party_exit: str = ""


def class_gap(proposal: ClassProposal) -> tuple[Gap, ...]:
    """What is missing before a draft goes up for approval; empty where it may.

    Raises ``KeyError`` for an unknown ground.
    """
    if proposal.disclosure_class is None:
        sentence = "没有标明公开属性，请选择主动公开、依申请公开或者不予公开；没有标明的可以退文。"
        return (Gap("disclosure_class", "公开属性", AT_SOURCE, sentence),)
    if proposal.disclosure_class is DisclosureClass.WITHHELD:
        return tuple(_withheld_gaps(proposal))
    return tuple(_open_gaps(proposal))


def _withheld_gaps(proposal: ClassProposal) -> Iterator[Gap]:
    if not proposal.grounds:
        sentence = (
            "拟不予公开的，应当写明依据《条例》第十四条、第十五条或者第十六条的哪一项；没有依据的可以退文。"
        )
        yield Gap("ground", "不予公开的依据", "第十三条", sentence)
    for code in proposal.grounds:
        yield from _ground_gaps(exemptions()[code], proposal)
    if proposal.is_policy_document and not proposal.office_reviewed:
        sentence = "政策性文件拟不公开的，报批前应当先送政府信息公开工作机构审查。"
        yield Gap("office_review", "工作机构审查", AT_SOURCE, sentence)


def _ground_gaps(ground: Exemption, proposal: ClassProposal) -> Iterator[Gap]:
    if not (proposal.evidence or {}).get(ground.code, "").strip():
        sentence = f"依据“{ground.label}”不予公开的，应当{ground.must_state}。"
        yield Gap(f"evidence.{ground.code}", "不予公开的理由", ground.article, sentence)
    if proposal.disclosure_required_by and ground.article == "第十六条第二款":
        sentence = (
            f"{proposal.disclosure_required_by}规定应当公开的，从其规定，不能以“{ground.label}”为由不公开。"
        )
        yield Gap(f"required.{ground.code}", "应当公开", ground.article, sentence)


def _open_gaps(proposal: ClassProposal) -> Iterator[Gap]:
    """Of the grounds that are a duty only that of 第十五条 has exits."""
    for ground in (exemptions()[code] for code in proposal.grounds):
        has_exit = ground.code == THIRD_PARTY and bool(proposal.third_party_exit.strip())
        if ground.mandatory and not has_exit:
            sentence = f"涉及“{ground.label}”的内容不得公开，请删去或者遮盖，或者改为不予公开。"
            if ground.code == THIRD_PARTY:
                sentence += "第三方同意，或者不公开会对公共利益造成重大影响的，写明后可以公开。"
            yield Gap(f"mandatory.{ground.code}", ground.label, ground.article, sentence)


class Reassessment(StrEnum):
    """How a look at what is withheld ends (第十八条)."""

    KEEP = "keep"
    TO_PROACTIVE = "to_proactive"
    TO_ON_APPLICATION = "to_on_application"

    @property
    def label(self) -> str:
        return {"keep": "维持不公开", "to_proactive": "转主动公开", "to_on_application": "转依申请公开"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Reassessed:
    """What follows: the class from now on, the day of the next look or of the publication, a sentence."""

    disclosure_class: DisclosureClass
    due: Due | None
    sentence: str


def next_reassessment(last_on: date, calendar: WorkingCalendar, rules: PublishingRules | None = None) -> Due:
    """By when withheld information is looked at again; ``last_on`` is the last look or the decision."""
    months = int((rules or PublishingRules.load()).reassessment_months)
    due_on = calendar.on_or_before(add_months(last_on, months))
    doubts = calendar.doubts_between(due_on, add_months(last_on, months))
    return Due(due_on, "不予公开信息的定期评估审查", _REASSESSED, doubts)


def reassessed(
    outcome: Reassessment,
    on: date,
    limits: TimeLimits,
    calendar: WorkingCalendar,
    rules: PublishingRules | None = None,
) -> Reassessed:
    """What a reassessment on a day brings with it."""
    if outcome is Reassessment.KEEP:
        due = next_reassessment(on, calendar, rules)
        told = f"维持不公开，{chinese_date(due.due_on)}前再次评估。"
        return Reassessed(DisclosureClass.WITHHELD, due, told)
    if outcome is Reassessment.TO_ON_APPLICATION:
        return Reassessed(DisclosureClass.ON_APPLICATION, None, "转为依申请公开，不再列入定期评估。")
    due = publication_due(on, limits, calendar)
    return Reassessed(DisclosureClass.PROACTIVE, due, f"转为主动公开，最迟{chinese_date(due.due_on)}公开。")
