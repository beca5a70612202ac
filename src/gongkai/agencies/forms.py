"""What the agency page takes in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from gongkai.agencies.models import Account, Agency, LeadingGroupSeat, Membership, Section


class SectionForm(forms.Form):
    name = forms.CharField(label="科室名称", max_length=60)
    is_disclosure_office = forms.BooleanField(label="这是政府信息公开工作机构（第四条）", required=False)


class SeatForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=60)
    position = forms.CharField(label="职务", max_length=80, required=False)
    duty = forms.ChoiceField(
        label="组内职责", choices=LeadingGroupSeat.Duty.choices, initial=LeadingGroupSeat.Duty.MEMBER
    )


class AccountForm(forms.Form):
    full_name = forms.CharField(label="姓名", max_length=60)
    username = forms.SlugField(
        label="登录名",
        max_length=60,
        help_text="用英文字母和数字，以后不能改。",
        error_messages={"invalid": "登录名只能用英文字母、数字、下划线和连字符。"},
    )
    password = forms.CharField(
        label="初始密码",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少10位，不能全是数字；请本人登录后立即修改。",
    )
    roles = forms.MultipleChoiceField(
        label="角色", choices=Membership.Role.choices, widget=forms.CheckboxSelectMultiple
    )
    section = forms.ModelChoiceField(
        label="所在科室",
        required=False,
        queryset=Section.objects.none(),
        empty_label="信息公开工作机构",
        help_text="在承办科室的，只看到交给本科室的申请。",
    )

    def __init__(self, *args: Any, agency: Agency, **options: Any) -> None:
        super().__init__(*args, **options)
        limit_to(self.fields["section"], agency)

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if Account.objects.filter(username=username).exists():
            raise forms.ValidationError("这个登录名已经有人用了，请换一个。")
        return username

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class PlaceForm(forms.Form):
    """Where somebody works."""

    section = forms.ModelChoiceField(
        label="所在科室", required=False, queryset=Section.objects.none(), empty_label="信息公开工作机构"
    )

    def __init__(self, *args: Any, agency: Agency, **options: Any) -> None:
        super().__init__(*args, **options)
        limit_to(self.fields["section"], agency)


def limit_to(field: forms.Field, agency: Agency) -> None:
    """Offer the sections of this agency alone."""
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = agency.sections.all()
