"""The reckoning behind a deadline: a case's events entered one by one."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from gongkai.law import lifecycle
from gongkai.law.breach import LawBreach
from gongkai.law.clock.events import (
    Answered,
    ConsultationClosed,
    ConsultationOpened,
    Consulted,
    Delayed,
    Event,
    Extended,
    FeeNoticed,
    FeePaid,
    ReasonsGiven,
    ReasonsRequested,
    Received,
    Supplemented,
    SupplementRequested,
    Withdrawn,
)
from gongkai.law.clock.spans import ONE_DAY, Span, Standing, VoidPeriod, count_out, count_past
from gongkai.law.fees import require_charging
from gongkai.law.lifecycle import Act, CaseState, ClockWait
from gongkai.law.limits import TimeLimits, chinese_date
from gongkai.law.rulebook import CountingRules
from gongkai.law.workdays import WorkingCalendar

AWAITING_CONSULTATION = ClockWait.AWAITING_CONSULTATION.value
AWAITING_REASONS = ClockWait.AWAITING_REASONS.value
ORDERED_BY = "《行政复议法》、《行政诉讼法》"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the explanation: the day, what it means in Chinese, the article."""

    on: date
    text: str
    article: str


@dataclass(slots=True)
class Docket:
    """The state of the reckoning; ``enter`` raises ``LawBreach`` for an unlawful event.

    ``start`` is the day whose morrow is day one of the running period, ``allowance`` the working
    days it has, ``standing`` the notice by which the applicant's supplement or fee is awaited,
    ``void`` the periods before the last restart.
    """

    limits: TimeLimits
    calendar: WorkingCalendar
    rules: CountingRules
    state: CaseState = CaseState.RECEIVED
    received_on: date = date.min
    entered_on: date = date.min
    start: date = date.min
    allowance: int = 0
    standing: Standing | None = None
    spans: list[Span] = field(default_factory=list)
    void: list[VoidPeriod] = field(default_factory=list)
    ordered_until: date | None = None
    supplement_requested: bool = False
    supplement_until: date | None = None
    extended: bool = False
    fee_due_on: date | None = None
    reasons_requested: bool = False
    reasons_given: bool = False
    delayed_on: date | None = None
    delayed_until: date | None = None
    steps: list[Step] = field(default_factory=list)

    @property
    def stands(self) -> bool:
        """Whether the clock stands because the applicant's supplement or fee is awaited."""
        return self.standing is not None and self.ordered_until is None

    @property
    def named_day(self) -> date | None:
        """The due day where somebody named it, so that nothing is counted."""
        return self.ordered_until or self.delayed_until

    @property
    def asked(self) -> tuple[Consulted, ...]:
        """Whose opinions are awaited, the longest first; one asked twice stands twice."""
        return tuple(span.consulted for span in self.spans if span.last is None and span.consulted)

    def fork(self) -> "Docket":
        """A copy to try an event on."""
        return replace(self, spans=[*self.spans], void=[*self.void], steps=[*self.steps])

    def enter(self, event: Event) -> None:
        """Adds one event, not earlier than the last."""
        if event.on < self.entered_on:
            raise LawBreach(
                f"“{event.act.label}”（{chinese_date(event.on)}）早于它前面的事件"
                f"（{chinese_date(self.entered_on)}），请核对日期和先后次序。"
            )
        if isinstance(event, SupplementRequested) and self.supplement_requested:
            raise LawBreach(
                "补正应当一次性告知，本案已经告知过，不能再次要求补正；请按现有内容答复。", "第三十条"
            )
        then = lifecycle.after(self.state, event.act)
        self._apply(event)
        self.state, self.entered_on = then, event.on

    def due_on(self) -> date | None:
        """The day the answer is due by what is entered so far; ``None`` while the clock stands."""
        if self.ordered_until:
            return self.ordered_until
        if self.stands:
            return None
        return self.delayed_until or count_out(self.start, self.allowance, self.spans, self.calendar)

    def state_name(self) -> str:
        """``CaseState``, or the ``ClockWait`` of a clock that stands inside ``in_progress``."""
        if self.state is not CaseState.IN_PROGRESS or self.due_on() is not None:
            return self.state.value
        return AWAITING_CONSULTATION if self.asked else AWAITING_REASONS

    def _apply(self, event: Event) -> None:  # noqa: PLR0912
        match event:
            case Received():
                self._receive(event.on, event.ordered_until)
            case SupplementRequested():
                self._request_supplement(event.on, event.until)
            case Supplemented():
                self._supplement(event.on)
            case ConsultationOpened():
                self._open_consultation(event.on, event.consulted)
            case ConsultationClosed():
                self._close_consultation(event.on, event.consulted)
            case Extended():
                self._extend(event.on, event.days)
            case FeeNoticed():
                self._notice_fee(event.on)
            case FeePaid():
                self._pay_fee(event.on)
            case ReasonsRequested():
                self._request_reasons(event.on)
            case ReasonsGiven():
                self._give_reasons(event.on)
            case Delayed():
                self._delay(event.on, event.until)
            case Answered():
                self._answer(event.on)
            case Withdrawn():
                self._close(event.on)
                self._note(event.on, "申请人撤回申请，案件办结。", "")
            case _:  # pragma: no cover
                assert_never(event)

    def _note(self, on: date, text: str, article: str) -> None:
        self.steps.append(Step(on, text, article))

    def _due_text(self) -> str:
        due = self.due_on()
        return f"最迟{chinese_date(due)}答复" if due else "另有停计事由尚未结束，期限继续停计"

    def _require_in_time(self, on: date, act: str, article: str) -> None:
        due = self.due_on()
        if due and on > due:
            raise LawBreach(
                f"答复期限已于{chinese_date(due)}届满，{chinese_date(on)}不能再{act}；请尽快答复。", article
            )

    def _refuse_ordered(self, act: str) -> None:
        if self.ordered_until:
            raise LawBreach(
                f"本案按复议决定或者判决重新办理，最迟{chinese_date(self.ordered_until)}答复，不能{act}；"
                "请按期答复。",
                ORDERED_BY,
            )

    def _unless_ordered(self, effect: str) -> str:
        """What an act does to the period, unless a decision or a judgment has fixed its end."""
        if self.ordered_until:
            return f"复议决定或者判决确定的期限不变，{self._due_text()}"
        return effect

    def _resume(self, on: date, *, restart: bool) -> None:
        """The applicant did what was awaited; ``restart``: a new period begins the day after."""
        if restart and self.standing and not self.ordered_until:
            self.void.append(VoidPeriod(self.start, self.standing, on))
            self._start(on)
        self.standing = None

    def _start(self, on: date) -> None:
        """A new period from the day after ``on``: what was excluded or granted before is void."""
        self.start, self.allowance = on, self.limits.on("answer", self.received_on).value
        self.delayed_on = self.delayed_until = None
        self.spans = [span for span in self.spans if span.last is None]
        if self.rules.extension_once_per == "period":
            self.extended = False

    def _receive(self, on: date, ordered_until: date | None) -> None:
        answer = self.limits.on("answer", on)
        if ordered_until and ordered_until <= on:
            raise LawBreach(
                f"责令重新答复的期限（{chinese_date(ordered_until)}）不晚于收到之日（{chinese_date(on)}），"
                "请核对日期。",
                ORDERED_BY,
            )
        self.received_on, self.ordered_until = on, ordered_until
        self._start(on)
        text, article = f"收到申请，答复期限{answer.text}，自次日起算，{self._due_text()}。", answer.article
        if ordered_until:
            text = f"按复议决定或者判决重新办理，{self._due_text()}，不适用{answer.text}的答复期限。"
            article = ORDERED_BY
        self._note(on, text, article)

    def _request_supplement(self, on: date, until: date | None) -> None:
        limit = self.limits.on("supplement_notice", self.received_on)
        last = limit.end(self.received_on, self.calendar)
        if on > last:
            raise LawBreach(
                f"补正告知应当在收到申请之日起{limit.text}内作出，已于{chinese_date(last)}届满，"
                f"{chinese_date(on)}不能再要求补正；请按现有内容答复。",
                limit.article,
            )
        if until is not None and until <= on:
            raise LawBreach("补正期限不晚于告知之日，不是合理期限；请核对补正期限。", limit.article)
        self.supplement_requested, self.supplement_until = True, until
        self.standing = Standing(on, Act.SUPPLEMENT_REQUESTED)
        ending = f"，补正期限至{chinese_date(until)}，无正当理由逾期不补正的视为放弃申请" if until else ""
        effect = self._unless_ordered("答复期限自收到补正的申请后重新计算")
        self._note(on, f"一次性告知补正{ending}；{effect}。", limit.article)

    def _supplement(self, on: date) -> None:
        self._resume(on, restart=True)
        late = self.supplement_until is not None and on > self.supplement_until
        remark = "（已过补正期限，须有正当理由）" if late else ""
        effect = self._unless_ordered(f"答复期限自次日起重新计算，{self._due_text()}")
        self._note(on, f"收到补正的申请{remark}，{effect}。", "第三十条")

    def _open_span(self, on: date, act: Act, consulted: Consulted | None = None) -> None:
        includes_day = consulted is not None and self.rules.consultation_span == "from_sending"
        self.spans.append(Span(on if includes_day else on + ONE_DAY, None, act, consulted))

    def _close_span(self, on: date, opened_by: Act, consulted: Consulted | None = None) -> Span | None:
        """Ends the oldest running span of its kind; ``None`` where there is none."""
        for index, span in enumerate(self.spans):
            if span.last is None and (span.opened_by, span.consulted) == (opened_by, consulted):
                self.spans[index] = replace(span, last=on)
                return self.spans[index]
        return None

    def _open_consultation(self, on: date, consulted: Consulted) -> None:
        before = self.due_on()
        self._open_span(on, Act.CONSULTATION_OPENED, consulted)
        effect = self._effect_of_asking(on, before)
        self._note(on, f"向{consulted.label}征求意见，{effect}。", consulted.excluded_by)

    def _effect_of_asking(self, on: date, before: date | None) -> str:
        """What a span just opened does to the day that was due ``before``."""
        if before is None:
            return "答复期限仍停计"
        if on > before:
            return f"但答复期限已于{chinese_date(before)}届满，不再停计"
        if self.ordered_until:
            return self._unless_ordered("")
        if self.delayed_until:
            return f"已另行确定延迟期限，最迟{chinese_date(before)}答复，不另停计"
        if self.due_on():
            return "但答复期限当日届满，不再停计"
        first = "当日" if self.rules.consultation_span == "from_sending" else "次日"
        return f"所需时间不计算在答复期限内，期限自{first}起停计"

    def _close_consultation(self, on: date, named: Consulted | None) -> None:
        consulted = named or self._only_consulted()
        article = consulted.excluded_by
        span = self._close_span(on, Act.CONSULTATION_OPENED, consulted)
        if span is None:
            raise LawBreach(f"没有正在进行的向{consulted.label}征求意见，不能登记其结束；请核对。", article)
        days = max(0, self.calendar.working_days_between(span.first - ONE_DAY, on))
        effect = "答复期限仍停计" if self.stands else self._due_text()
        self._note(on, f"向{consulted.label}征求意见结束，历时{days}个工作日，{effect}。", article)

    def _only_consulted(self) -> Consulted:
        """Whom the one running kind of consultation asks."""
        running = set(self.asked)
        if len(running) > 1:
            raise LawBreach("同时有几种征求意见未结束，分不清结束的是哪一种；请写明征求对象。", "第三十三条")
        if not running:
            raise LawBreach("没有正在进行的征求意见，不能登记其结束；请核对。", "第三十三条")
        return running.pop()

    def _extend(self, on: date, days: int) -> None:
        limit = self.limits.on("extension", self.received_on)
        self._refuse_ordered("再延长")
        if self.extended:
            raise LawBreach("答复期限已经延长过一次，不能再次延长；请按期答复。", limit.article)
        if self.delayed_until:
            raise LawBreach("已另行确定延迟答复的期限，不能再延长；请按期答复。", "第三十五条")
        if not 1 <= days <= limit.value:
            raise LawBreach(
                f"延长答复期限应为1至{limit.value}个工作日，不能是{days}个；请核对。", limit.article
            )
        self._require_in_time(on, "延长", limit.article)
        self.extended, self.allowance = True, self.allowance + days
        self._note(on, f"经批准并告知申请人，答复期限延长{days}个工作日，{self._due_text()}。", limit.article)

    def _notice_fee(self, on: date) -> None:
        require_charging(on)
        limit = self.limits.on("fee_payment", on)
        if self.fee_due_on:
            raise LawBreach("一件申请只能发一次收费通知，本案已经发过；请按现有通知办理。", limit.article)
        self._require_in_time(on, "收费", limit.article)
        self.standing, self.fee_due_on = Standing(on, Act.FEE_NOTICED), limit.end(on, self.calendar)
        self._open_span(on, Act.FEE_NOTICED)
        self._note(
            on,
            f"申请人收到收费通知，自次日起{limit.text}内缴费，最迟{chinese_date(self.fee_due_on)}；"
            f"逾期未缴的视为放弃申请，{self._unless_ordered('缴费前期限停计')}。",
            limit.article,
        )

    def _pay_fee(self, on: date) -> None:
        limit = self.limits.on("fee_payment", on)
        if self.fee_due_on and on > self.fee_due_on:
            raise LawBreach(
                f"缴费期限已于{chinese_date(self.fee_due_on)}届满，逾期未缴视为放弃申请，不再处理。",
                limit.article,
            )
        self._close_span(on, Act.FEE_NOTICED)
        self._resume(on, restart=self.rules.fee_clock == "restart")
        counted = "自次日起重新计算" if self.rules.fee_clock == "restart" else "自次日起接续计算"
        effect = self._unless_ordered(f"答复期限{counted}，{self._due_text()}")
        self._note(on, f"申请人缴费，{effect}。", limit.article)

    def _request_reasons(self, on: date) -> None:
        if self.reasons_requested:
            raise LawBreach("已经要求申请人说明理由，不能重复登记；请核对。", "第三十五条")
        self.reasons_requested = True
        if self.rules.reasons_clock == "stands":
            self._open_span(on, Act.REASONS_REQUESTED)
        effect = "期限自次日起停计" if self.rules.reasons_clock == "stands" else "答复期限照常计算"
        effect = self._unless_ordered(effect)
        self._note(on, f"申请数量、频次明显超过合理范围，要求申请人说明理由，{effect}。", "第三十五条")

    def _give_reasons(self, on: date) -> None:
        if not self.reasons_requested or self.reasons_given:
            raise LawBreach("没有待说明理由的要求，不能登记“说明理由”；请核对。", "第三十五条")
        self.reasons_given = True
        if self.rules.reasons_clock == "stands":
            self._close_span(on, Act.REASONS_REQUESTED)
        effect = "答复期限仍停计" if self.stands else self._due_text()
        self._note(on, f"申请人说明理由，{effect}；理由不合理的告知不予处理。", "第三十五条")

    def _delay(self, on: date, until: date) -> None:
        self._refuse_ordered("再延迟")
        if not self.reasons_given:
            raise LawBreach("申请人尚未说明理由，不能确定延迟答复的期限；请先登记说明理由。", "第三十五条")
        self._require_in_time(on, "确定延迟答复的期限", "第三十五条")
        known = self.due_on()
        due = known or count_past(self.start, self.allowance, self._closed(on), self.calendar)
        which = "现在的" if known else "征求意见当日结束时的"
        if until <= due:
            raise LawBreach(
                f"延迟答复的期限（{chinese_date(until)}）不晚于{which}答复期限（{chinese_date(due)}），"
                "不是延迟；请核对日期。",
                "第三十五条",
            )
        self.delayed_on, self.delayed_until = self.delayed_on or on, until
        self._note(on, f"理由合理但无法按期答复，告知申请人延迟答复，{self._due_text()}。", "第三十五条")

    def _answer(self, on: date) -> None:
        self._close(on)
        due = self.due_on()
        if due is None:
            text = "在等待申请人期间答复或者告知不再处理，案件办结"
        elif on > due:
            late = self.calendar.working_days_between(due, on)
            text = f"作出答复，超过答复期限（{chinese_date(due)}）{late}个工作日"
        else:
            text = f"在答复期限（{chinese_date(due)}）内作出答复"
        self._note(on, f"{text}。", "第三十三条")

    def _close(self, on: date) -> None:
        """Whatever was still being asked ends with the case."""
        self.spans = self._closed(on)

    def _closed(self, on: date) -> list[Span]:
        """The spans as they are if whatever is still being asked ends on a day."""
        return [span if span.last else replace(span, last=on) for span in self.spans]
