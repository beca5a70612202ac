"""What the page of one's wishes takes in."""

import re
import unicodedata
from datetime import time
from typing import Any

from django import forms
from django.core.validators import validate_email

from gongkai.notices.kinds import kinds_sent_out
from gongkai.notices.models import NIGHT_FROM, NIGHT_UNTIL, Delivery, Preference

Channel = Delivery.Channel
_OUTSIDE = [(channel.value, channel.label) for channel in Channel if channel is not Channel.DESK]
_ADDRESS = {
    Channel.EMAIL: ("email", "要收电子邮件，请填电子邮箱；不想收就取消勾选“电子邮件”。"),
    Channel.SMS: ("mobile", "要收短信，请填手机号；不想收就取消勾选“短信”。"),
    Channel.WECHAT: ("wechat", "要收微信，请填单位微信里的账号；不想收就取消勾选“微信”。"),
}
_CLOCK = re.compile(r"(\d{1,2})[:点时]?(\d{2})?分?")


class ClockField(forms.CharField):
    """A time of day as people type it: 22:00, ２２：００, 22点30."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        text = re.sub(r"\s", "", unicodedata.normalize("NFKC", super().clean(value)))
        found = _CLOCK.fullmatch(text)
        hour, minute = (int(part or 0) for part in found.groups()) if found else (99, 0)
        if hour > 23 or minute > 59:
            raise forms.ValidationError(f"“{value}”不是一天里的时刻；请按 22:00 这样填，在0:00到23:59之间。")
        return time(hour, minute)


class PreferenceForm(forms.Form):
    channels = forms.MultipleChoiceField(
        label="除办公桌外，还通过什么通知我",
        choices=_OUTSIDE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    email = forms.CharField(
        label="电子邮箱",
        required=False,
        max_length=120,
        help_text="用单位邮箱。加密保存，只用来给您发通知。",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    mobile = forms.CharField(
        label="手机号",
        required=False,
        max_length=20,
        help_text="11位数字。",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    wechat = forms.CharField(
        label="微信账号", required=False, max_length=60, help_text="单位微信通讯录里的账号。"
    )
    quiet_from = ClockField(
        label="免打扰从几点开始", max_length=10, help_text="例如 22:00。", initial=NIGHT_FROM
    )
    quiet_until = ClockField(
        label="免打扰到几点结束",
        max_length=10,
        help_text="例如 8:00。与开始相同就是不设。这段时间的通知结束后再发，办公桌里随时能看到。",
        initial=NIGHT_UNTIL,
    )
    kinds_off = forms.MultipleChoiceField(
        label="这些事只在办公桌里通知，不发到外面",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kinds_off"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(kind.code, kind.label) for kind in kinds_sent_out()]

    def clean_email(self) -> str:
        email = _plain(self.cleaned_data["email"])
        if email:
            try:
                validate_email(email)
            except forms.ValidationError:
                raise forms.ValidationError("这不像电子邮箱；请核对，应当是 name@example.cn 这样。") from None
        return email

    def clean_mobile(self) -> str:
        mobile = _plain(self.cleaned_data["mobile"]).replace("-", "").removeprefix("+86")
        if mobile and not re.fullmatch(r"1\d{10}", mobile):
            raise forms.ValidationError("手机号应当是1开头的11位数字；请核对。")
        return mobile

    def clean_wechat(self) -> str:
        return _plain(self.cleaned_data["wechat"])

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for channel in data.get("channels", ()):
            name, sentence = _ADDRESS[channel]
            if name in data and not data[name]:
                self.add_error(name, sentence)
        return data


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def form_of(preference: Preference | None) -> PreferenceForm:
    """The form as it stands today."""
    if preference is None:
        return PreferenceForm()
    return PreferenceForm(initial={name: getattr(preference, name) for name in PreferenceForm.base_fields})
