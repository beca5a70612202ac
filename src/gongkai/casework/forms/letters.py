"""What is typed about a letter: its words, an opinion on it, the reason of a late answer."""

from typing import Any

from django import forms

_TOO_LONG = "最多写%(limit_value)s个字，现在有%(show_value)s个；请写短一些。"
_WIDTH = 40  # characters of a line of the text area


class WordsForm(forms.Form):
    text = forms.CharField(
        label="正文",
        max_length=30000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "class": "words"}),
        help_text="一行一段。标题、文号、落款和联系方式由系统排印，不写在这里。",
        error_messages={"required": "正文是空的，没有保存；请写好正文。", "max_length": _TOO_LONG},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        lines = str(self.initial.get("text", "")).splitlines()
        rows = sum(1 + len(line) // _WIDTH for line in lines) + 2
        self.fields["text"].widget.attrs["rows"] = max(8, rows)


class OpinionForm(forms.Form):
    """``seen`` is the hash of the words that were looked at."""

    opinion = forms.CharField(
        label="审批意见",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="同意的可以不写；退回的要写明改什么。",
        error_messages={"max_length": _TOO_LONG},
    )
    late_reason = forms.CharField(
        label="逾期的原因",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写明拖在哪一步、为什么。记入办理记录，不印在文书上。",
        error_messages={"max_length": _TOO_LONG},
    )
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class EnclosureForm(forms.Form):
    """The keys of the files that go with an answer; which of them may is for the action to say."""

    enclosed = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["enclosed"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        named = self.data.getlist("enclosed") if hasattr(self.data, "getlist") else []
        field.choices = [(key, key) for key in named if key.isdecimal() and len(key) < 18]
