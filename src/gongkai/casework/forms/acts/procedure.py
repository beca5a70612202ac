"""The acts of the ordinary way: supplement, search, extension, rectification, withdrawal, help, archive."""

from datetime import date, datetime

from django import forms

from gongkai.casework.actions import closing, extension, rectification, supplement
from gongkai.casework.forms.acts.base import (
    LONGEST_LINE,
    LONGEST_REASON,
    ActForm,
    Done,
    asked_by,
    day,
    line,
    lines_of,
    text,
)
from gongkai.casework.policies.withdrawing import withdrawal_of
from gongkai.law.clock.events import Event, Extended, Supplemented, SupplementRequested, Withdrawn
from gongkai.law.letters import letter_kind

_MANNER = "例如：当面提交书面撤回申请。写进撤回确认书；原件附卷"


class SupplementForm(ActForm):
    button = "起草补正告知书"
    unclear = asked_by("supplement_notice", "unclear")
    items = asked_by("supplement_notice", "items")
    until = asked_by("supplement_notice", "supplement_by")

    def prepare(self) -> None:
        self.suggest_days("until", 5, 10, 15)

    def event(self) -> Event | None:
        until = self.value("until")
        later = isinstance(until, date) and until > self.on
        return SupplementRequested(self.on, until if later else None)

    def explained(self) -> list[str]:
        return self.rest_day("until")

    def perform(self, at: datetime) -> Done:
        given = self.cleaned_data
        return Done.drafted(
            supplement.request_supplement(
                case=self.case,
                unclear=lines_of(given["unclear"]),
                items=lines_of(given["items"]),
                until=given["until"],
                **self.who(at),
            )
        )


class SupplementedForm(ActForm):
    on_day = day("收到补正的日期")
    description = text(
        "补正以后申请的内容", "申请人改了要什么的，写在这里；没有改的可以不填", required=False, rows=4
    )

    def prepare(self) -> None:
        self.fields["on_day"].initial = self.on

    def event(self) -> Event | None:
        on = self.value("on_day")
        return Supplemented(on) if isinstance(on, date) else None

    def perform(self, at: datetime) -> Done:
        given = self.cleaned_data
        supplement.receive_supplement(
            case=self.case, on=given["on_day"], description=given["description"], **self.who(at)
        )
        return Done("已登记收到补正，答复期限自次日起重新计算。")


class SearchForm(ActForm):
    system = line("检索的系统或者处所", "例如：公文系统、档案室基建类、某科室文件柜", longest=120)
    terms = line("检索词", "用过的词都写上，用顿号隔开")
    period = line("检索的时间范围", "例如：2020年至2024年形成的文件", required=False, longest=80)
    result = text("检索结果", "找到了什么；没有找到的，写明为什么可以认定没有", longest=2000)
    found = forms.BooleanField(label="检索到了相关信息", required=False)
    searched_by = line("检索人", longest=60)
    on_day = day("检索日期")

    def prepare(self) -> None:
        self.fields["searched_by"].initial = self.by.full_name
        self.fields["on_day"].initial = self.on

    def perform(self, at: datetime) -> Done:
        given = dict(self.cleaned_data)
        closing.record_search(case=self.case, on=given.pop("on_day"), **given, **self.who(at))
        return Done("检索已登记。")


class ExtensionForm(ActForm):
    button = "起草延期告知书"
    days = forms.IntegerField(
        label="延长几个工作日",
        help_text="1至20个",
        initial=20,
        error_messages={"required": "请填写延长几个工作日。", "invalid": "请填写1至20的整数。"},
    )
    reason = asked_by("extension_notice", "reason")

    def event(self) -> Event | None:
        days = self.value("days")
        return Extended(self.on, days) if isinstance(days, int) else None

    def perform(self, at: datetime) -> Done:
        given = self.cleaned_data
        return Done.drafted(
            extension.propose_extension(
                case=self.case, days=given["days"], reason=given["reason"], **self.who(at)
            )
        )


class RectifyForm(ActForm):
    button = "起草更正告知书"
    result = asked_by("rectification_notice", "result")
    record = asked_by("rectification_notice", "record")
    evidence = asked_by("rectification_notice", "evidence")
    detail = asked_by("rectification_notice", "detail", required=False, rows=4)
    agency_name = asked_by("rectification_notice", "agency_name", required=False, rows=1)
    agency_contact = asked_by("rectification_notice", "agency_contact", required=False)

    def prepare(self) -> None:
        self.fields["record"].initial = self.case.description
        self.fields["detail"].help_text = "予以更正、不予更正的必填"
        self.fields["agency_name"].help_text = "转送或者告知向其他机关提出的必填"

    def explained(self) -> list[str]:
        title = letter_kind("rectification_notice").title
        return [f"《{title}》送达以后，案件办结。转送的，再起草一份致该机关的转送函。"]

    def perform(self, at: datetime) -> Done:
        return Done.drafted(
            rectification.propose_rectification(case=self.case, **self.cleaned_data, **self.who(at))
        )


class WithdrawForm(ActForm):
    button = "登记撤回"
    on_day = day("撤回的日期")
    reason = text("以什么方式撤回", _MANNER, longest=LONGEST_LINE, rows=2)

    def prepare(self) -> None:
        self.fields["on_day"].initial = self.on

    def event(self) -> Event | None:
        on = self.value("on_day")
        return Withdrawn(on) if isinstance(on, date) else None

    def perform(self, at: datetime) -> Done:
        given = self.cleaned_data
        _, letter = closing.register_withdrawal(
            case=self.case, on=given["on_day"], manner=given["reason"], **self.who(at)
        )
        done = "已登记撤回，案件办结。"
        if letter is None:
            return Done(done)
        return Done(f"{done}撤回确认书已经起草，核对以后提交审批。", letter)


class ConfirmWithdrawalForm(ActForm):
    button = "起草撤回确认书"
    manner = text("以什么方式撤回", _MANNER, longest=LONGEST_LINE, rows=2)

    def prepare(self) -> None:
        withdrawn = withdrawal_of(self.case)
        if withdrawn is not None:
            self.fields["manner"].initial = withdrawn.reason if withdrawn.by_id else "网上提交"

    def perform(self, at: datetime) -> Done:
        return Done.drafted(closing.confirm_withdrawal(case=self.case, **self.cleaned_data, **self.who(at)))


class HelpForm(ActForm):
    on_day = day("提供协助的日期")
    what = text("提供了什么协助", "例如：代填申请表并朗读核对", longest=LONGEST_REASON, rows=2)

    def prepare(self) -> None:
        self.fields["on_day"].initial = self.on

    def perform(self, at: datetime) -> Done:
        given = self.cleaned_data
        closing.record_help(case=self.case, on=given["on_day"], text=given["what"], **self.who(at))
        return Done("协助已登记。")


class ArchiveForm(ActForm):
    button = "归档"
    archive_number = line("档号", longest=60)

    def perform(self, at: datetime) -> Done:
        closing.archive(case=self.case, **self.cleaned_data, **self.who(at))
        return Done("已归档。")
