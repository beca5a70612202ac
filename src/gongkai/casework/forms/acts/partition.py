"""The acts that take an application apart, put it beside another, or hand it on."""

from datetime import datetime

from django import forms

from gongkai.agencies.models import Agency
from gongkai.casework.actions import partition
from gongkai.casework.forms.acts.base import LONGEST_REASON, ActForm, Done, lines_of, text
from gongkai.casework.models import Application
from gongkai.casework.queries.acts import joinable, other_agencies


class SplitForm(ActForm):
    button = "拆分"
    parts = text("拆成哪几件", "每行写一件要申请的信息，写到能独立办理为止", rows=6)

    def prepare(self) -> None:
        self.fields["parts"].initial = self.case.description

    def explained(self) -> list[str]:
        count = len(lines_of(self.value("parts")))
        return [f"现在是{count}行，会拆成{count}件。"] if count > 1 else []

    def perform(self, at: datetime) -> Done:
        made = partition.split(case=self.case, parts=lines_of(self.cleaned_data["parts"]), **self.who(at))
        numbers = "、".join(each.case.number for each in made)
        return Done(f"已拆成{len(made)}件：{numbers}。请把各件的登记编号告知申请人。")


class _CaseChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, case: Application) -> str:
        return f"{case.number} {case.title}"


class JoinForm(ActForm):
    button = "并案"

    def prepare(self) -> None:
        self.fields["lead"] = _CaseChoice(
            joinable(self.case, self.by),
            label="并到哪一件（主案）",
            empty_label="请选择",
            help_text="只列出同一申请人、还没有办结的申请",
            error_messages={
                "required": "请选择主案；没有可选的，说明这位申请人没有其他在办的申请。",
                "invalid_choice": "这一件不能选：要是同一申请人还在办理的申请。",
            },
        )

    def perform(self, at: datetime) -> Done:
        lead = self.cleaned_data["lead"]
        partition.join(case=self.case, lead=lead, **self.who(at))
        return Done(f"已并入{lead.number}，请在主案答复。")


class _AgencyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, agency: Agency) -> str:
        return agency.name


class TransferForm(ActForm):
    button = "转送"
    reason = text("转送的理由", "为什么由该机关办理，申请人是否同意", longest=LONGEST_REASON)

    def prepare(self) -> None:
        to = _AgencyChoice(
            other_agencies(self.case),
            label="转给哪个机关",
            empty_label="请选择",
            error_messages={"required": "请选择转给哪个机关。", "invalid_choice": "没有这个机关，请另选。"},
        )
        self.fields = {"to": to, **self.fields}

    def explained(self) -> list[str]:
        return ["转送以后本件办结，不计入本机关的年度报告；对方按今天到件登记，与申请人确认收到之日。"]

    def perform(self, at: datetime) -> Done:
        _, made = partition.transfer(case=self.case, **self.cleaned_data, **self.who(at))
        return Done(f"已转给{made.case.agency.name}，对方登记编号{made.case.number}。请告知申请人。")
