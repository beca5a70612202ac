"""The acts against excess: reasons asked and given, a delayed day, the processing fee."""

from datetime import date, datetime

from gongkai.casework.actions import fees, reasons
from gongkai.casework.forms.acts.base import LONGEST_REASON, ActForm, Done, asked_by, day, lines_of, text
from gongkai.casework.models import OfficeProfile
from gongkai.casework.policies.charging import fee_due, fee_steps
from gongkai.casework.queries.acts import fee_standing
from gongkai.law.breach import LawBreach
from gongkai.law.clock.events import Delayed, Event, FeeNoticed, FeePaid, ReasonsGiven, ReasonsRequested
from gongkai.law.fees import Basis


class ReasonsForm(ActForm):
    button = "起草说明理由告知书"
    counted = asked_by("reasons_notice", "counted")
    explain = asked_by("reasons_notice", "explain")
    reply_by = asked_by("reasons_notice", "reply_by")

    def prepare(self) -> None:
        self.suggest_days("reply_by", 5, 10, 15)

    def event(self) -> Event | None:
        return ReasonsRequested(self.on)

    def explained(self) -> list[str]:
        standing = fee_standing(self.case, self.on)
        month = f"{standing.month.year}年{standing.month.month}月"
        return [f"{month}，这位申请人在本机关有{standing.count}件申请。", *self.rest_day("reply_by")]

    def perform(self, at: datetime) -> Done:
        given = self.cleaned_data
        return Done.drafted(
            reasons.request_reasons(
                case=self.case,
                counted=lines_of(given["counted"]),
                explain=lines_of(given["explain"]),
                reply_by=given["reply_by"],
                **self.who(at),
            )
        )


class ReasonsGivenForm(ActForm):
    on_day = day("申请人说明理由的日期")
    reason = text("申请人说明的理由", "概括要点，原件附卷", longest=LONGEST_REASON)

    def prepare(self) -> None:
        self.fields["on_day"].initial = self.on

    def event(self) -> Event | None:
        on = self.value("on_day")
        return ReasonsGiven(on) if isinstance(on, date) else None

    def perform(self, at: datetime) -> Done:
        given = self.cleaned_data
        reasons.enter_reasons(case=self.case, on=given["on_day"], reason=given["reason"], **self.who(at))
        return Done("理由已登记。不合理的，走七步告知不予处理；合理的，继续办理。")


class DelayForm(ActForm):
    button = "起草延迟答复告知书"
    until = day("延迟答复的期限", "写最后一日，要晚于现在的答复期限")
    reason = asked_by("delay_notice", "reason")

    def event(self) -> Event | None:
        until = self.value("until")
        return Delayed(self.on, until) if isinstance(until, date) else None

    def explained(self) -> list[str]:
        return ["告知书签发以后，期限才延迟到这一天。", *self.rest_day("until")]

    def perform(self, at: datetime) -> Done:
        return Done.drafted(reasons.delay(case=self.case, **self.cleaned_data, **self.who(at)))


class FeeForm(ActForm):
    button = "起草收费通知书"
    basis = asked_by("fee_notice", "basis")
    quantity = asked_by("fee_notice", "quantity")
    reason = asked_by("fee_notice", "reason")
    payment = asked_by("fee_notice", "payment")

    def prepare(self) -> None:
        self.standing = fee_standing(self.case, self.on)
        self.fields["quantity"].initial = self.standing.place
        profile = OfficeProfile.objects.filter(agency=self.case.agency_id).first()
        self.fields["payment"].initial = profile.payee if profile else ""

    def event(self) -> Event | None:
        return FeeNoticed(self.on)

    def explained(self) -> list[str]:
        standing = self.standing
        month = f"{standing.month.year}年{standing.month.month}月"
        counted = f"{month}，这位申请人在本机关有{standing.count}件申请，本件是第{standing.place}件。"
        return [
            counted,
            *self._reckoned(),
            "通知送达以后，期限才停计；“对期限的影响”按今天送达推算。",
        ]

    def _reckoned(self) -> list[str]:
        basis: Basis = "page" if self.value("basis") == "page" else "case"
        quantity = self.value("quantity")
        if not isinstance(quantity, int):
            return []
        try:
            amount = fee_due(basis, quantity, self.on)
            steps = fee_steps(basis, quantity, self.on)
        except LawBreach as breach:
            return [str(breach)]
        unit = "第" if basis == "case" else ""
        what = f"{unit}{quantity}{'件' if basis == 'case' else '页'}"
        if not amount:
            return [f"按{what}计算，没有到收费的数量，应缴0元。"]
        return [f"按{what}计算，应缴{amount}元：{'；'.join(steps)}。"]

    def perform(self, at: datetime) -> Done:
        given = self.cleaned_data
        return Done.drafted(
            fees.notice_fee(
                case=self.case,
                basis=given["basis"],
                quantity=given["quantity"],
                reason=given["reason"],
                payment=lines_of(given["payment"]),
                **self.who(at),
            )
        )


class PaymentForm(ActForm):
    button = "登记缴费"
    on_day = day("缴费的日期")

    def prepare(self) -> None:
        self.fields["on_day"].initial = self.on

    def event(self) -> Event | None:
        on = self.value("on_day")
        return FeePaid(on) if isinstance(on, date) else None

    def perform(self, at: datetime) -> Done:
        fees.enter_payment(case=self.case, on=self.cleaned_data["on_day"], **self.who(at))
        return Done("缴费已登记。")
