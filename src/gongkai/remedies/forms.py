"""What people type into the register of remedies."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongkai.agencies.models import Account, Membership
from gongkai.casework.models import Application, OfficeProfile
from gongkai.casework.queries.calendars import calendar_of
from gongkai.law.limits import TimeLimit, Unit
from gongkai.remedies.actions import answering, registering, results
from gongkai.remedies.actions.files import Paper
from gongkai.remedies.models import Remedy
from gongkai.remedies.policies import KEEPING, Filing
from gongkai.remedies.queries import reconsiderations_of

DAY_FORMATS = ["%Y年%m月%d日", "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"]


class DayField(forms.DateField):
    """A day, typed as text in any of the usual forms."""

    def __init__(self, label: str, required: str = "", hint: str = "") -> None:
        wrong = "这不是日期；请写成2026年3月1日或者2026-03-01的样子。"
        super().__init__(
            label=label,
            required=bool(required),
            help_text=hint,
            input_formats=DAY_FORMATS,
            error_messages={"required": required, "invalid": wrong},
            widget=forms.DateInput(
                format="%Y-%m-%d", attrs={"autocomplete": "off", "placeholder": "2026年3月1日"}
            ),
        )


def _text(label: str, required: str = "", hint: str = "", length: int = 120) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=bool(required),
        help_text=hint,
        max_length=length,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": required, "max_length": f"最多写{length}个字，请写短一些。"},
    )


def _words(label: str, required: str = "", hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=bool(required),
        help_text=hint,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": required, "max_length": "最多写500个字，请写短一些。"},
    )


def _choice(
    label: str, choices: Sequence[tuple[str, str]], required: str = "", hint: str = ""
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", "请选择"), *choices],
        required=bool(required),
        help_text=hint,
        error_messages={"required": required, "invalid_choice": "列表里没有这一项，请重新选择。"},
    )


class _PapersInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Any number of files."""

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__(label=label, required=False, help_text=hint, widget=_PapersInput())

    def clean(self, data: Any, initial: Any = None) -> list[Paper]:
        given: Sequence[UploadedFile[Any]] = (
            data if isinstance(data, list | tuple) else [data] if data else []
        )
        return [Paper(each.name or "", each.read()) for each in given]


class RegisterForm(forms.Form):
    """A remedy that comes in."""

    kind = _choice(
        "救济途径",
        [
            ("reconsideration", "行政复议"),
            ("direct_suit", "行政诉讼：未经复议直接起诉"),
            ("suit_after_reconsideration", "行政诉讼：复议后起诉"),
        ],
        "请选择是复议还是诉讼；表四分开统计。",
    )
    preceded_by: Any = forms.ModelChoiceField(
        label="此前的行政复议",
        queryset=Remedy.objects.none(),
        required=False,
        empty_label="没有",
        help_text="只有复议后起诉的才选。",
        error_messages={"invalid_choice": "选的不是本件申请的行政复议，请重新选择。"},
    )
    claimant = _choice("提出人", Remedy.Claimant.choices, "请选择由谁提出。")
    challenged = _choice("不服的行为", Remedy.Challenged.choices, "请选择对方不服的是什么。")
    body = _text("复议机关或者法院", "请写复议机关或者法院的全称。", "全称。已按机关信息填好复议机关。")
    body_number = _text("案号", length=80, hint="还不知道的可以不填，登记收到副本时再填。")
    filed_on = DayField(
        "提出日期", "请填提出复议申请或者起诉的日期。", "以申请书、起诉状上的日期或者受理通知写明的日期为准。"
    )

    def __init__(self, case: Application, data: Any = None) -> None:
        profile = OfficeProfile.objects.filter(agency=case.agency_id).first()
        initial = {"claimant": Remedy.Claimant.APPLICANT, "body": profile.review_body if profile else ""}
        super().__init__(data, initial=initial)
        self.fields["preceded_by"].queryset = reconsiderations_of(case)  # type: ignore[attr-defined]
        if profile and profile.court:
            self.fields["body"].help_text = f"全称。已填复议机关；诉讼请改填法院，例如{profile.court}。"

    def filing(self) -> Filing:
        """What was typed, as the action takes it."""
        given = self.cleaned_data
        is_suit = given["kind"] != Remedy.Forum.RECONSIDERATION
        return Filing(
            forum=Remedy.Forum.LITIGATION if is_suit else Remedy.Forum.RECONSIDERATION,
            route=given["kind"] if is_suit else "",
            challenged=given["challenged"],
            body=given["body"],
            filed_on=given["filed_on"],
            body_number=given["body_number"],
            claimant=given["claimant"],
            preceded_by=given["preceded_by"],
        )


class ActForm(forms.Form):
    """One act on a remedy. ``perform`` runs its action and raises what the action refuses."""

    done = "已登记。"

    def __init__(self, remedy: Remedy, data: Any = None, files: Any = None) -> None:
        self.remedy = remedy
        super().__init__(data, files)
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the remedy."""

    def perform(self, **acting: Any) -> object:
        raise NotImplementedError


class NotifyForm(ActForm):
    on = DayField("收到副本的日期", "请填收到副本的日期；答复期限从次日起算。")
    procedure = _choice(
        "审理程序",
        Remedy.Procedure.choices,
        "请选择普通程序还是简易程序。",
        "看受理、应诉通知书；政府信息公开案件可以适用简易程序（《行政复议法》第五十三条、《行政诉讼法》第八十二条）。",
    )
    body_number = _text("案号", length=80)
    papers = PapersField("申请书（起诉状）副本和通知的扫描件")
    done = "已登记收到副本，答复期限已经算好。"

    def prepare(self) -> None:
        self.initial.setdefault("body_number", self.remedy.body_number)

    def perform(self, **acting: Any) -> object:
        return registering.record_notification(remedy=self.remedy, **self.cleaned_data, **acting)


class AcceptForm(ActForm):
    on = DayField("受理或者立案日期", "请填受理或者立案的日期。", "复议机关、法院的审理期限从这一天起算。")

    def perform(self, **acting: Any) -> object:
        return registering.record_acceptance(remedy=self.remedy, on=self.cleaned_data["on"], **acting)


class AnswerForm(ActForm):
    on = DayField("提交日期", "请填提交答复和证据的日期。")
    how = _text("怎样提交的", hint="例如：当面递交，有签收回执。")
    papers = PapersField("答复书（答辩状）、证据和回执", "可以一次选几个文件。")
    done = "已登记提交答复。"

    def perform(self, **acting: Any) -> object:
        return answering.submit_answer(remedy=self.remedy, **self.cleaned_data, **acting)


class HearingForm(ActForm):
    on = DayField(
        "举行日期", "请填听证、听取意见或者开庭的日期。", "还没到的日期会列入到期提醒；举行以后再登记一次。"
    )
    what = _text("形式和地点", "请写明形式和地点。", "例如：开庭，第三法庭，上午9时30分。")
    papers = PapersField("通知、传票或者笔录的扫描件")

    def perform(self, **acting: Any) -> object:
        return answering.record_hearing(remedy=self.remedy, **self.cleaned_data, **acting)


class ExtendForm(ActForm):
    on = DayField("延长审理通知的日期", "请填延长审理通知书的日期。")
    days = forms.IntegerField(
        label="延长天数",
        min_value=1,
        max_value=30,
        help_text="最多30日（《行政复议法》第六十二条）。",
        error_messages={
            "required": "请填延长几日。",
            "invalid": "请填整数。",
            "min_value": "至少1日。",
            "max_value": "延长最多30日（《行政复议法》第六十二条），请核对通知书。",
        },
    )

    def perform(self, **acting: Any) -> object:
        return answering.record_extension(remedy=self.remedy, **self.cleaned_data, **acting)


_UNITS = (("day", "日"), ("working_day", "个工作日"))


class VerdictForm(ActForm):
    """A decision or a judgment, with the term it sets."""

    result = _choice("结果", (), "请选择结果；表四按它统计。")
    decided_on = DayField("作出日期", "请填决定书、裁判文书上的日期。", "年度报告按这一天统计。")
    received_on = DayField("收到日期", "请填收到文书的日期。", "起诉、上诉和重新办理的期限从这一天算。")
    document_number = _text("文书文号", length=80)
    term = forms.IntegerField(
        label="责令办理的期限",
        required=False,
        min_value=1,
        max_value=366,
        help_text="文书限定重新答复或者履行的，填天数；从收到之日的次日起算。",
        error_messages={"invalid": "请填整数。", "min_value": "至少1日。", "max_value": "天数太大，请核对。"},
    )
    unit = forms.ChoiceField(label="期限的单位", choices=_UNITS, required=False)
    redo_until = DayField("或者直接写限定的最后一日", hint="文书写明日期的，填这里；填了就以它为准。")
    papers = PapersField("决定书、裁判文书的扫描件")
    done = "已登记结果。接着看“按结果办理”一栏。"

    def verdict(self) -> results.Verdict:
        given = self.cleaned_data
        return results.Verdict(
            result=given["result"],
            decided_on=given["decided_on"],
            received_on=given["received_on"],
            document_number=given["document_number"],
            redo_until=given["redo_until"] or self._end(given["received_on"]),
        )

    def _end(self, received_on: date) -> date | None:
        term = self.cleaned_data["term"]
        if not term:
            return None
        unit: Unit = "working_day" if self.cleaned_data["unit"] == "working_day" else "day"
        limit = TimeLimit("ordered", "限定的期限", term, unit, "", "", received_on, "verified")
        return limit.end(received_on, calendar_of(self.remedy.agency))


class DecideForm(VerdictForm):
    def prepare(self) -> None:
        self.fields["result"].choices = [("", "请选择"), *results.first_results(self.remedy.forum)]  # type: ignore[attr-defined]

    def perform(self, **acting: Any) -> object:
        papers = self.cleaned_data["papers"]
        return results.record_result(remedy=self.remedy, verdict=self.verdict(), papers=papers, **acting)


class SecondForm(VerdictForm):
    def prepare(self) -> None:
        self.fields["result"].choices = [("", "请选择"), *results.second_results()]  # type: ignore[attr-defined]

    def perform(self, **acting: Any) -> object:
        papers = self.cleaned_data["papers"]
        return results.record_second_instance_result(
            remedy=self.remedy, verdict=self.verdict(), papers=papers, **acting
        )


class AppealForm(ActForm):
    on = DayField("上诉日期", "请填递交上诉状的日期。")
    side = _choice("谁上诉", results.APPELLANTS, "请选择由谁上诉。")

    def perform(self, **acting: Any) -> object:
        return results.record_appeal(remedy=self.remedy, **self.cleaned_data, **acting)


class WithdrawForm(ActForm):
    on = DayField("准予撤回的日期", "请填终止通知或者准予撤诉裁定的日期。")
    reason = _words("依据", "请写明依据，例如裁定书的文号。")

    def perform(self, **acting: Any) -> object:
        return results.record_withdrawal(remedy=self.remedy, **self.cleaned_data, **acting)


class RedoneForm(ActForm):
    on = DayField("办完的日期", "请填办完的日期。")
    how = _words("怎样办理的", "请写明怎样办理的。", "例如：重新答复，登记编号和文号。")

    def perform(self, **acting: Any) -> object:
        return results.record_redone(remedy=self.remedy, **self.cleaned_data, **acting)


class HandForm(ActForm):
    handler: Any = forms.ModelChoiceField(
        label="经办人",
        queryset=Account.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择经办人。", "invalid_choice": "名单里没有这个人，请重新选择。"},
    )
    done = "已确定经办人。"

    def prepare(self) -> None:
        keeping = Membership.objects.filter(agency=self.remedy.agency, role__in=KEEPING)
        people = Account.objects.filter(memberships__in=keeping, is_active=True).distinct()
        self.fields["handler"].queryset = people.order_by("pk")  # type: ignore[attr-defined]

    def perform(self, **acting: Any) -> object:
        return registering.hand_to(remedy=self.remedy, handler=self.cleaned_data["handler"], **acting)


ACT_FORMS: Mapping[str, type[ActForm]] = {
    "notify": NotifyForm,
    "accept": AcceptForm,
    "answer": AnswerForm,
    "hearing": HearingForm,
    "extend": ExtendForm,
    "decide": DecideForm,
    "appeal": AppealForm,
    "second": SecondForm,
    "withdraw": WithdrawForm,
    "redone": RedoneForm,
    "hand": HandForm,
}


class FilterForm(forms.Form):
    """What the list shows."""

    forum = forms.ChoiceField(
        label="救济途径",
        required=False,
        choices=[
            ("", "全部"),
            ("reconsideration", "行政复议"),
            ("direct_suit", "未经复议直接起诉"),
            ("suit_after_reconsideration", "复议后起诉"),
        ],
    )
    column = forms.ChoiceField(
        label="结果",
        required=False,
        choices=[
            ("", "全部"),
            ("pending", "尚未审结"),
            ("upheld", "结果维持"),
            ("overturned", "结果纠正"),
            ("other_result", "其他结果"),
            ("owes", "还要按结果办理"),
        ],
    )
    due = forms.ChoiceField(
        label="本机关的期限",
        required=False,
        choices=[("", "全部"), ("late", "已逾期"), ("near", "5个工作日以内")],
    )
    year = forms.IntegerField(label="提出年份", required=False, min_value=2008, max_value=2099)
    mine = forms.BooleanField(label="只看我经办的", required=False)


class StrikeForm(forms.Form):
    """Why an entry is struck out."""

    reason = _words("划销的理由", "划销一条记录要写明理由。")
