"""What is typed on a review sheet: answers, opinions, questions to an authority, delegations."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from gongkai.agencies.models import Account, Agency, Membership
from gongkai.agencies.policies import roles_in
from gongkai.law.publishing.review import Answer, ReviewCheck, ReviewStep, review_checks, review_paths
from gongkai.publishing.forms.fields import DayField, choice, line, words
from gongkai.publishing.models import EditionFile, Referral
from gongkai.publishing.policies.people import may_stand_in

ROLES = {role for path in review_paths().values() for step in path.reviews for role in step.roles}


class OpinionForm(forms.Form):
    """One step: an answer to each of its checks, each attachment ticked, a word."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    opinion = words("意见", "同意的可以空着；退回的写明改什么。", required=False, rows=3)

    def __init__(
        self, data: Any = None, *, step: ReviewStep, files: Sequence[EditionFile], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.step, self.attachments = step, files
        for code in step.checks:
            check = review_checks()[code]
            self.fields[code] = forms.ChoiceField(
                label=check.label,
                choices=list(_answers(check, step)),
                widget=forms.RadioSelect,
                required=False,
            )
            if check.permitted:
                self.fields[f"{code}-ground"] = line(
                    "公开的依据",
                    "当事人同意、法律要求公开或者公共利益，写具体。",
                    required=False,
                    longest=200,
                )
        for file in files:
            self.fields[f"file-{file.sha256}"] = forms.BooleanField(
                label=f"看过“{file.name}”", required=False
            )

    def checks(self) -> Iterable[tuple[ReviewCheck, Any, Any]]:
        """Each question with its answers and, where there may be one, its ground."""
        for code in self.step.checks:
            check = review_checks()[code]
            yield check, self[code], self[f"{code}-ground"] if check.permitted else None

    def ticks(self) -> list[tuple[EditionFile, Any]]:
        return [(file, self[f"file-{file.sha256}"]) for file in self.attachments]

    def agreeing(self) -> None:
        """Say at once everything that agreeing still needs."""
        for check, _, ground in self.checks():
            given = self.cleaned_data.get(check.code, "")
            if not given:
                self.add_error(check.code, f"请回答“{check.label}”。")
            if given == Answer.PERMITTED and ground is not None and not self.cleaned_data[ground.name]:
                self.add_error(ground.name, "涉及又要公开的，请写明依据。")
        for file in self.attachments:
            if not self.cleaned_data.get(f"file-{file.sha256}"):
                name = f"file-{file.sha256}"
                self.add_error(
                    name, f"附件“{file.name}”还没有看过；打开看过再勾选（《保密法实施条例》第四十二条）。"
                )

    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        data = self.cleaned_data
        return {
            "seen": data["seen"],
            "answers": {code: data[code] for code in self.step.checks if data.get(code)},
            "grounds": {
                code: data[f"{code}-ground"]
                for code in self.step.checks
                if data.get(code) == Answer.PERMITTED and data.get(f"{code}-ground")
            },
            "files": [file.sha256 for file in self.attachments if data.get(f"file-{file.sha256}")],
            "opinion": data["opinion"],
        }


def _answers(check: ReviewCheck, step: ReviewStep) -> Iterable[tuple[str, str]]:
    yield Answer.CLEAR.value, Answer.CLEAR.label
    if check.permitted:
        yield Answer.PERMITTED.value, Answer.PERMITTED.label
    if step.code != "leader_in_charge":
        yield Answer.UNSURE.value, Answer.UNSURE.label


class ReferralForm(forms.Form):
    """A question to the competent department or the secrecy authority."""

    check = choice("不能确定的事项", ())
    authority = line("报请的机关", "空着就是审查表写明的机关；写全称更清楚。", required=False)
    question = words("什么不能确定", "写清楚哪一段、哪个附件，为什么不能确定。")
    sent_on = DayField("报送日期")

    def __init__(self, data: Any = None, *, doubts: Sequence[ReviewCheck], **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["check"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(check.code, check.label) for check in doubts]


class AnswerForm(forms.Form):
    """What the authority said."""

    answer = choice("答复", Referral.Answer.choices, first="请选择")
    note = words("答复文号和内容", "写明文号、要点。", rows=2)
    answered_on = DayField("答复日期")


class DelegationForm(forms.Form):
    """Who reviews in one's place, and for how long."""

    role = choice("委托的角色", (), first="请选择")
    taker = forms.ModelChoiceField(
        label="受托人",
        queryset=Account.objects.none(),
        empty_label="请选择",
        help_text="受托人用自己的名字审查，审查表上写明代谁审查；参与起草的人不能受托审查。",
        error_messages={"required": "请选择受托人。"},
    )
    from_on = DayField("开始日期")
    until_on = DayField("截止日期", "到这一天为止（含）。")
    reason = line("理由", "例如：出差、休假。", longest=200)

    def __init__(self, data: Any = None, *, agency: Agency, by: Account, **options: Any) -> None:
        super().__init__(data, **options)
        self.agency, self.by = agency, by
        labels = dict(Membership.Role.choices)
        role, taker = self.fields["role"], self.fields["taker"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [
            ("", "请选择"),
            *((code, labels[code]) for code in sorted(roles_in(agency, by) & ROLES)),
        ]
        assert isinstance(taker, forms.ModelChoiceField)
        people = Account.objects.filter(memberships__agency=agency, is_active=True).exclude(pk=by.pk)
        taker.queryset = people.distinct().order_by("full_name", "pk")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("from_on"), data.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "截止日期早于开始日期，请核对。")
        role, taker = data.get("role"), data.get("taker")
        refusal = may_stand_in(self.agency, role, self.by, taker) if role and taker else None
        if refusal:
            self.add_error("taker", str(refusal))
        return data
