"""What is asked before a matter is decided anew."""

from django import forms

from gongkai.casework.forms.desk import TypedDay

_BASIS = {
    "required": "请写明依据：哪个机关、哪份决定书或者判决书要求重新办理。",
    "max_length": "最多写200个字。",
}


class RedecisionForm(forms.Form):
    basis = forms.CharField(
        label="依据",
        max_length=200,
        help_text="哪个机关、哪份决定书或者判决书（文号）。",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=_BASIS,
    )
    received_on = TypedDay(
        label="收到决定、判决的日期",
        help_text="例如2026年3月1日。",
        error_messages={"required": "请填收到决定、判决的日期。"},
    )
    ordered_until = TypedDay(
        label="限定的最后一日",
        required=False,
        help_text="文书限定了期限的才填；没有限定的，按20个工作日计算。",
    )
