"""The acts of asking others: three letters that ask, delivery, opinions, what is told of them."""

from datetime import date, datetime
from typing import Any

from django import forms

from gongkai.casework.actions import consulting
from gongkai.casework.forms.acts.base import ActForm, Done, asked_by, day, line, lines_of, text
from gongkai.casework.models import Consultation
from gongkai.casework.policies.consulting import answers_to, may_tell_third_party, opinion_due
from gongkai.law.clock.events import ConsultationClosed, ConsultationOpened, Consulted, Event
from gongkai.law.limits import chinese_date

Answer = Consultation.Answer
_CONTACT = "写通信地址和电话；只有办理人员看得到"


class ThirdPartyForm(ActForm):
    button = "起草征求意见书"
    consulted = Consulted.THIRD_PARTY
    name = asked_by("third_party_inquiry", "third_party_name", rows=1)
    is_person = forms.BooleanField(label="第三方是个人", required=False)
    contact = line("第三方的联系方式", _CONTACT, required=False)
    information = asked_by("third_party_inquiry", "information")
    harm = asked_by("third_party_inquiry", "harm")

    def event(self) -> Event | None:
        return ConsultationOpened(self.on, self.consulted)

    def explained(self) -> list[str]:
        return ["征求意见书签发之日为发出之日，从次日起停计；不要写申请人的身份。"]

    def perform(self, at: datetime) -> Done:
        given = {"is_person": False} | self.cleaned_data
        if "questions" in given:
            given["questions"] = lines_of(given["questions"])
        return Done.drafted(
            consulting.open_consultation(case=self.case, consulted=self.consulted, **given, **self.who(at))
        )


class CoMakerForm(ThirdPartyForm):
    consulted = Consulted.CO_MAKER
    name = asked_by("co_maker_inquiry", "agency_name", rows=1)
    contact = line("对方的联系方式", _CONTACT, required=False)
    information = asked_by("co_maker_inquiry", "information")
    opinion_proposed = asked_by("co_maker_inquiry", "opinion_proposed")
    is_person = None  # type: ignore[assignment]
    harm = None  # type: ignore[assignment]


class AgencyForm(ThirdPartyForm):
    button = "起草协办函"
    consulted = Consulted.AGENCY
    name = asked_by("assistance_letter", "agency_name", rows=1)
    contact = line("对方的联系方式", _CONTACT, required=False)
    information = asked_by("assistance_letter", "information")
    questions = asked_by("assistance_letter", "questions")
    reply_by = asked_by("assistance_letter", "reply_by")
    is_person = None  # type: ignore[assignment]
    harm = None  # type: ignore[assignment]

    def prepare(self) -> None:
        self.suggest_days("reply_by", 5, 10, 15)

    def explained(self) -> list[str]:
        return [*super().explained(), *self.rest_day("reply_by")]


class OfConsultation(ActForm):
    """An act about one of the consultations of the case."""

    def prepare(self) -> None:
        field = forms.ModelChoiceField(
            self.case.consultations.filter(pk__in=[each.pk for each in self.offered()]),
            label="向谁征求的意见",
            empty_label=None,
            error_messages={
                "required": "请选择是哪一份征求意见。",
                "invalid_choice": "请选择是哪一份征求意见。",
            },
        )
        self.fields = {"consultation": field, **self.fields}
        chosen = str(self.initial.get("consultation", ""))
        self.initial["consultation"] = int(chosen) if chosen.isdecimal() and len(chosen) < 15 else None

    def offered(self) -> list[Consultation]:
        """The consultations that the act may be about."""
        return [each for each in self.case.consultations.all() if each.is_open]

    def chosen(self) -> Consultation | None:
        value = self.value("consultation")
        if isinstance(value, Consultation):
            return value
        offered = self.offered()
        return next((each for each in offered if each.pk == value), offered[0] if offered else None)

    def taken(self) -> tuple[Consultation, dict[str, Any]]:
        given = dict(self.cleaned_data)
        return given.pop("consultation"), given


class DeliveryForm(OfConsultation):
    on_day = day("对方收到征求意见书的日期")

    def perform(self, at: datetime) -> Done:
        consultation, given = self.taken()
        consultation = consulting.record_delivery(
            consultation=consultation, on=given["on_day"], **self.who(at)
        )
        due = opinion_due(consultation)
        end = f"，对方最迟{chinese_date(due.due_on)}提出意见" if due else ""
        return Done(f"收到日期已登记{end}。")


class OpinionForm(OfConsultation):
    answer = forms.ChoiceField(label="意见")
    on_day = day("意见的日期", "收到意见的日期。逾期未提出意见的，登记为期限的最后一日")
    content = text("意见的内容和理由", "照原文概括；只有办理人员看得到", required=False)
    objection_accepted = forms.TypedChoiceField(
        label="第三方不同意的，理由是否成立",
        choices=[("", "第三方没有不同意"), ("yes", "理由成立"), ("no", "理由不成立")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )
    public_interest = text(
        "不公开可能对公共利益造成重大影响的理由",
        "第三方的理由成立，但仍然决定公开的，才填",
        required=False,
        longest=2000,
    )

    def prepare(self) -> None:
        super().prepare()
        self.fields["on_day"].initial = self.on
        kinds = dict.fromkeys(Consulted(each.kind) for each in self.offered())
        answers = dict.fromkeys(answer for kind in kinds for answer in answers_to(kind))
        field = self.fields["answer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(answer.value, answer.label) for answer in answers]
        if Consulted.THIRD_PARTY not in kinds:
            del self.fields["objection_accepted"], self.fields["public_interest"]

    def event(self) -> Event | None:
        on, chosen = self.value("on_day"), self.chosen()
        if not isinstance(on, date) or chosen is None:
            return None
        due = opinion_due(chosen)
        if self.value("answer") == Answer.SILENT and due:
            on = due.due_on
        return ConsultationClosed(on, Consulted(chosen.kind))

    def explained(self) -> list[str]:
        chosen = self.chosen()
        due = opinion_due(chosen) if chosen else None
        return [f"对方的意见期限到{chinese_date(due.due_on)}为止。"] if due else []

    def perform(self, at: datetime) -> Done:
        consultation, given = self.taken()
        consulting.record_opinion(
            consultation=consultation,
            on=given.pop("on_day"),
            text=given.pop("content"),
            **given,
            **self.who(at),
        )
        return Done("意见已登记，期限接着计算。")


class TellApplicantForm(OfConsultation):
    button = "起草征求意见告知书"

    def offered(self) -> list[Consultation]:
        return [each for each in self.case.consultations.all() if each.sent_on]

    def perform(self, at: datetime) -> Done:
        consultation, _ = self.taken()
        return Done.drafted(consulting.tell_applicant(consultation=consultation, **self.who(at)))


class TellThirdPartyForm(OfConsultation):
    button = "起草告知书"
    information = asked_by("third_party_disclosure_notice", "information")
    reasons = asked_by("third_party_disclosure_notice", "reasons", rows=4)

    def offered(self) -> list[Consultation]:
        return [each for each in self.case.consultations.all() if may_tell_third_party(each) is None]

    def perform(self, at: datetime) -> Done:
        consultation, given = self.taken()
        return Done.drafted(consulting.tell_third_party(consultation=consultation, **given, **self.who(at)))
