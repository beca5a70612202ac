"""What the desk's own pages take in: filters, days, names, functions, who gets a case."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from gongkai.agencies.models import Account, Agency, Section
from gongkai.casework.dates import NotADay, parse_day
from gongkai.casework.models import Application, LocalDay, OfficeProfile, SettledYear
from gongkai.casework.queries.lists import SORTS, STATES
from gongkai.law.applicants import ApplicantKind
from gongkai.law.outcomes import DECISIONS
from gongkai.law.receipt import Channel

_ANY = ("", "不限")


class TypedDay(forms.CharField):
    """A day as people write it; the answer is a ``date`` or ``None``."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 30)
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_day(text)
        except NotADay as error:
            raise forms.ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class FilterForm(forms.Form):
    """The filters of the list. All of it stands in the address, so none of it is personal: text that
    people type to search goes another way."""

    state = forms.ChoiceField(label="状态", required=False, choices=[_ANY, *STATES.items()])
    agency = forms.ModelChoiceField(
        label="机关", required=False, queryset=Agency.objects.none(), to_field_name="slug", empty_label="不限"
    )
    section = forms.ChoiceField(label="承办科室", required=False)
    officer = forms.ChoiceField(label="承办人", required=False)
    kind = forms.ChoiceField(
        label="申请人类别", required=False, choices=[_ANY, *((k.value, k.label) for k in ApplicantKind)]
    )
    channel = forms.ChoiceField(
        label="接收渠道", required=False, choices=[_ANY, *((c.value, c.label) for c in Channel)]
    )
    outcome = forms.ChoiceField(
        label="办理结果",
        required=False,
        choices=[
            _ANY,
            *((d.code, d.label) for d in DECISIONS),
            *(Application.Disposal.choices),
        ],
    )
    matter = forms.ChoiceField(label="事项", required=False, choices=[_ANY, *Application.Matter.choices])
    received_from = TypedDay(label="收到之日，从", required=False)
    received_to = TypedDay(label="收到之日，到", required=False)
    due_from = TypedDay(label="答复期限，从", required=False)
    due_to = TypedDay(label="答复期限，到", required=False)
    mine = forms.BooleanField(label="我承办或者协办", required=False)
    overdue = forms.BooleanField(label="逾期（含逾期办结）", required=False)
    unserved = forms.BooleanField(label="有已签发未送达的文书", required=False)
    redecision = forms.BooleanField(label="重新作出决定的", required=False)
    pool = forms.BooleanField(label="待认领", required=False)
    sort = forms.ChoiceField(
        label="排序", required=False, choices=[(code, label) for code, (label, _) in SORTS.items()]
    )

    def __init__(self, *args: Any, agencies: Iterable[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        found = list(agencies)
        pks = [agency.pk for agency in found]
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Agency.objects.filter(pk__in=pks)
        sections = Section.objects.filter(agency__in=pks).select_related("agency")
        people = Account.objects.filter(memberships__agency__in=pks).distinct().order_by("full_name", "pk")
        many = len(found) > 1
        self._choices("section", [("none", "还没有交办"), *((s.pk, _of(s, many)) for s in sections)])
        self._choices("officer", [("none", "还没有承办人"), *((p.pk, p.full_name) for p in people)])
        if not many:
            del self.fields["agency"]

    def _choices(self, name: str, choices: Iterable[tuple[object, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [_ANY, *((str(value), label) for value, label in choices)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name, label in (("received", "收到之日"), ("due", "答复期限")):
            first, last = data.get(f"{name}_from"), data.get(f"{name}_to")
            if first and last and first > last:
                self.add_error(f"{name}_to", f"{label}的止日早于起日，请对调。")
        return data


def _of(section: Section, many: bool) -> str:
    return f"{section.agency.name} {section.name}" if many else section.name


class SearchForm(forms.Form):
    text = forms.CharField(
        label="查找文字",
        required=False,
        max_length=80,
        help_text="登记编号、摘要、申请内容、文号里的原文。查找的文字只留在本次登录里，不进网址。",
    )


class KeepListForm(forms.Form):
    name = forms.CharField(label="名称", max_length=40)


class DayForm(forms.Form):
    """One day of the office's own calendar."""

    day = TypedDay(label="日期", help_text="例如2026-03-20。放几天假就录几次，每天一条。")
    worked = forms.ChoiceField(
        label="这一天", choices=[("off", "放假"), ("worked", "上班")], widget=forms.RadioSelect
    )
    scope = forms.ChoiceField(label="性质", choices=LocalDay.Scope.choices)
    why = forms.CharField(label="事由", max_length=60, help_text="例如：肉孜节；暴雪停止办公。")
    source = forms.CharField(label="依据的通知", max_length=120, help_text="写明机关和文号。")

    def clean_worked(self) -> bool:
        return bool(self.cleaned_data["worked"] == "worked")


class SettleForm(forms.Form):
    year = forms.IntegerField(min_value=2019, max_value=2099, widget=forms.HiddenInput)
    scope = forms.ChoiceField(choices=SettledYear.Scope.choices, widget=forms.HiddenInput)


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = OfficeProfile
        exclude = ["agency"]


class FunctionsForm(forms.Form):
    """A text for each section of an agency."""

    def __init__(self, *args: Any, sections: Iterable[Section], **options: Any) -> None:
        super().__init__(*args, **options)
        for section in sections:
            line = next(iter(section.functions.all()), None)
            self.fields[f"section-{section.pk}"] = forms.CharField(
                label=section.name,
                required=False,
                initial=line.matters if line else "",
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def matters(self) -> dict[int, str]:
        """By the key of the section."""
        return {int(name.partition("-")[2]): text for name, text in self.cleaned_data.items()}


class AssignForm(forms.Form):
    """Who gets the case: a section, and perhaps somebody in it."""

    section = forms.ModelChoiceField(
        label="交给科室",
        queryset=Section.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择交给哪个科室。"},
    )
    person = forms.ModelChoiceField(
        label="承办人",
        required=False,
        queryset=Account.objects.none(),
        empty_label="不指定，由科室认领",
    )

    def __init__(self, *args: Any, agency: Agency, **options: Any) -> None:
        super().__init__(*args, **options)
        _limit(self.fields["section"], agency.sections.all())
        _limit(self.fields["person"], staff(agency))


class PersonForm(forms.Form):
    person = forms.ModelChoiceField(
        label="协办人",
        queryset=Account.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择协办人。"},
    )

    def __init__(self, *args: Any, agency: Agency, **options: Any) -> None:
        super().__init__(*args, **options)
        _limit(self.fields["person"], staff(agency))


class SendBackForm(forms.Form):
    reason = forms.CharField(
        label="退回理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明退回的理由。"},
    )


class InternalDueForm(forms.Form):
    until = TypedDay(
        label="内部期限",
        help_text="不晚于答复期限，例如2026-03-20。",
        error_messages={"required": "请填写内部期限。"},
    )


def staff(agency: Agency) -> Any:
    """The people of an agency who may sign in."""
    found = Account.objects.filter(memberships__agency=agency, is_active=True).distinct()
    return found.order_by("full_name", "pk")


def _limit(field: forms.Field, queryset: Any) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = queryset
