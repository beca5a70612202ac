"""What stands against each act of a case now, so that its page opens it or says why not."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal
from gongkai.casework.acts import ACTS, ActKind
from gongkai.casework.models import Application, CaseEvent, Consultation, Letter
from gongkai.casework.policies.consulting import is_under_way, may_tell_third_party
from gongkai.casework.policies.lapsing import may_lapse
from gongkai.casework.policies.people import is_head, may_act, may_work_on
from gongkai.casework.policies.withdrawing import WITHDRAWN_AS, may_confirm_withdrawal
from gongkai.casework.reckoning import LIMITS, calendar_of, clock_events, events_of
from gongkai.law.breach import LawBreach
from gongkai.law.clock.admissible import openings, refusal
from gongkai.law.clock.events import Event, Withdrawn
from gongkai.law.letters import letter_kind
from gongkai.law.lifecycle import Act
from gongkai.law.limits import chinese_date

Kind = CaseEvent.Kind
Matter = Application.Matter
_NO_CLOCK = Refusal("更正申请没有依申请公开的办理期限，这一步不适用。", "《条例》第四十一条")
NOT_RECEIVED = Refusal("还没有确定收到之日，先与申请人确认。", "《条例》第三十一条")
_BEFORE_SPLITTING = {
    Kind.ARRIVED, Kind.CONFIRMATION, Kind.RECEIVED, Kind.ASSIGNED, Kind.ACCEPTED, Kind.SENT_BACK,
    Kind.INTERNAL_DUE, Kind.HELPED, Kind.CALENDAR_CHANGED,
}  # fmt: skip
UNDER_WAY = (Letter.State.DRAFT, Letter.State.IN_REVIEW)


def lawful(case: Application, event: Event) -> Refusal | None:
    """Why the law does not allow an event after what is on file."""
    if case.matter != Matter.DISCLOSURE and not isinstance(event, Withdrawn):
        return _NO_CLOCK
    return as_refusal(refusal(clock_events(events_of(case)), event, LIMITS, calendar_of(case.agency)))


def as_refusal(breach: LawBreach | None) -> Refusal | None:
    """A breach of the law as the desk says it; the articles are those of the Regulation."""
    if breach is None:
        return None
    of_regulation = breach.article.startswith("第")
    return Refusal(breach.message, f"《条例》{breach.article}" if of_regulation else breach.article)


def kind_open(case: Application, kind: str) -> Refusal | None:
    """A letter of a kind that is being written already: a second one beside it would contradict it."""
    letters = case.letters.filter(kind=kind, state__in=UNDER_WAY)
    # A letter to another agency beside the notice to the applicant does nothing to the case.
    letter = next((each for each in letters if kind != "rectification_notice" or each.act), None)
    if letter is None:
        return None
    state = "等待审批" if letter.state == Letter.State.IN_REVIEW else "还是草稿"
    return Refusal(
        f"已经有一份《{letter_kind(kind).title}》{state}，不要重复起草；请在那份上继续，或者先作废它。"
    )


def may_archive(case: Application, by: Account) -> Refusal | None:
    """A closed file with nothing under way."""
    article = "《条例》第四十五条"
    if case.is_open:
        return Refusal("案件还没有办结，不能归档。", article)
    if case.archived_on:
        return Refusal(f"已于{chinese_date(case.archived_on)}归档。", article)
    if case.letters.filter(state__in=UNDER_WAY).exists():
        return Refusal("还有文书没有签发，不能归档；请先签发或者作废。", article)
    return may_work_on(case, by)


def may_split(case: Application, by: Account) -> Refusal | None:
    """Before anything was done that belongs to the whole and could not be told apart afterwards."""
    done = (Kind(event.kind).label for event in events_of(case) if event.kind not in _BEFORE_SPLITTING)
    extra = next(done, "")
    if extra:
        return may_act(case, by) or Refusal(f"已经办过“{extra}”，不能再拆分；请按一件办理。", "一事一申请")
    return may_act(case, by)


def may_rectify(case: Application, by: Account) -> Refusal | None:
    """Only what was applied for as a rectification, once its day of receipt is fixed."""
    refusal = may_act(case, by)
    if refusal is None and case.matter != Matter.RECTIFICATION:
        refusal = Refusal("这是公开申请，不是更正申请，这一步不适用。", "《条例》第四十一条")
    if refusal is None and case.received_on is None:
        refusal = NOT_RECEIVED
    return refusal


def may_strike(event: CaseEvent, by: Account) -> Refusal | None:
    """What is wrong is struck out by the head; what made other records is mended there."""
    if event.kind in {Kind.ARRIVED, Kind.STRUCK}:
        return Refusal("这条记录不能划销。")
    if event.kind in {Kind.SPLIT, Kind.TRANSFERRED} or event.details.get("disposal") in _HANDED_ON:
        return Refusal("拆分、转送已经产生新的登记编号，不能划销；请在新编号上继续办理。")
    if event.kind == Kind.LETTER_SIGNED:
        return Refusal("文书已经签发，签发记录不能划销；有错的，另发一份更正文书。")
    if event.kind == Kind.SERVED:
        return Refusal("送达日期以送达记录为准，请在文书的送达记录里补记。")
    return is_head(event.case, by)


_HANDED_ON = {Application.Disposal.SPLIT, Application.Disposal.TRANSFERRED}


@dataclass(frozen=True, slots=True)
class Opening:
    """An act on the page: open, or the sentence why it is not."""

    act: ActKind
    refusal: Refusal | None


class Openings:
    """What may be done with a case on a day. The clock is asked once for all acts."""

    def __init__(self, case: Application, by: Account, on: date) -> None:
        self.case, self.by, self.on = case, by, on

    def all(self) -> list[Opening]:
        """Every act that this kind of matter knows, in the order of the catalogue."""
        return [Opening(act, self.against(act)) for act in ACTS if self._belongs(act)]

    def against(self, act: ActKind) -> Refusal | None:
        """The first thing that stands against an act now."""
        own = self._own.get(act.code)
        if own is not None:
            return own()
        may = may_work_on if act.clock is Act.WITHDRAWN else may_act
        return may(self.case, self.by) or self._by_clock(act) or self._by_letters(act)

    def _belongs(self, act: ActKind) -> bool:
        if act.code == "confirm_withdrawal":
            return self.case.decision == WITHDRAWN_AS and self.case.matter == Matter.DISCLOSURE
        if self.case.matter == Matter.DISCLOSURE:
            return act.code != "rectify"
        plain = act.clock is None and not act.decides and act.group in {"usual", "other"}
        return plain or act.clock is Act.WITHDRAWN

    @cached_property
    def _clock(self) -> Mapping[Act, LawBreach | None]:
        return openings(clock_events(events_of(self.case)), self.on, LIMITS, calendar_of(self.case.agency))

    def _by_clock(self, act: ActKind) -> Refusal | None:
        if act.clock is None:
            return None
        if self.case.matter != Matter.DISCLOSURE and act.clock is not Act.WITHDRAWN:
            return _NO_CLOCK
        if self.case.received_on is None:
            return NOT_RECEIVED
        return as_refusal(self._clock[act.clock])

    @cached_property
    def _under_way(self) -> set[str]:
        return set(self.case.letters.filter(state__in=UNDER_WAY).values_list("kind", flat=True))

    def _by_letters(self, act: ActKind) -> Refusal | None:
        if act.letter and act.once and act.letter in self._under_way:
            return kind_open(self.case, act.letter)
        return None

    @cached_property
    def _asked(self) -> list[Consultation]:
        return list(self.case.consultations.prefetch_related("letters"))

    @cached_property
    def _own(self) -> Mapping[str, Callable[[], Refusal | None]]:
        case, by = self.case, self.by
        return {
            "rectify": lambda: may_rectify(case, by),
            "split": lambda: may_split(case, by),
            "supplement_lapsed": lambda: may_lapse(case, "supplement_lapsed", by, self.on),
            "fee_lapsed": lambda: may_lapse(case, "fee_lapsed", by, self.on),
            "confirm_withdrawal": lambda: may_confirm_withdrawal(case, by),
            "help": lambda: may_work_on(case, by),
            "archive": lambda: may_archive(case, by),
            "delivery": lambda: may_act(case, by) or self._none_waits(delivered=False),
            "opinion": lambda: may_act(case, by) or self._none_waits(delivered=True),
            "tell_applicant": lambda: (
                may_act(case, by) or self._none_sent() or kind_open(case, "consultation_notice")
            ),
            "tell_third_party": lambda: may_act(case, by) or self._none_to_tell(),
        }

    def _none_waits(self, *, delivered: bool) -> Refusal | None:
        if any(asked.is_open for asked in self._asked):
            return None
        drafted = any(asked.sent_on is None and is_under_way(asked) for asked in self._asked)
        if drafted:
            return Refusal("征求意见书还没有签发；签发以后再登记。", "《条例》第三十二条至第三十四条")
        what = "意见" if delivered else "收到日期"
        return Refusal(f"没有正在进行的征求意见，没有{what}可以登记。", "《条例》第三十二条至第三十四条")

    def _none_sent(self) -> Refusal | None:
        if any(asked.sent_on for asked in self._asked):
            return None
        return Refusal("还没有发出征求意见书；签发以后再告知申请人。", "《条例》第三十三条第三款")

    def _none_to_tell(self) -> Refusal | None:
        reasons: Iterator[Refusal | None] = (may_tell_third_party(asked) for asked in self._asked)
        found = list(reasons)
        if None in found:
            return None
        return next(
            (each for each in found if each),
            Refusal("没有征求过第三方的意见，不用告知第三方。", "《条例》第三十二条"),
        )
