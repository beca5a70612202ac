"""What holds for the rows of a register that say nothing themselves."""

from django import forms

from gongkai.law.applicants import ApplicantKind
from gongkai.law.receipt import Channel

_NONE = ("", "不选：没有写的行不导入")


class RegisterForm(forms.Form):
    """The two defaults; the file itself is read beside the form."""

    channel = forms.ChoiceField(
        label="没有写申请方式的行，按",
        required=False,
        choices=[_NONE, *((channel.value, channel.label) for channel in Channel)],
    )
    kind = forms.ChoiceField(
        label="没有写申请人类别的行，按",
        required=False,
        choices=[_NONE, *((kind.value, kind.label) for kind in ApplicantKind)],
    )
