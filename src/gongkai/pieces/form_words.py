"""What forms say where a field has no sentence of its own: plain, what is wrong and how to mend it."""

from collections.abc import Mapping

from django import forms
from django.core import validators

_VALIDATORS: Mapping[type[validators.BaseValidator] | type[validators.ProhibitNullCharactersValidator], str]
_VALIDATORS = {
    validators.MaxLengthValidator: "最多写%(limit_value)d个字，现在有%(show_value)d个；请写短一些。",
    validators.MinValueValidator: "不能小于%(limit_value)s，请核对。",
    validators.MaxValueValidator: "不能大于%(limit_value)s，请核对。",
    validators.ProhibitNullCharactersValidator: "内容里有看不见的空字符，不能保存；请删去再试。",
}
_FIELDS: Mapping[type[forms.Field], Mapping[str, str]] = {
    forms.Field: {"required": "这一项还没有填，请填写。"},
    forms.IntegerField: {"invalid": "这里要写整数，请核对。"},
    forms.ChoiceField: {"invalid_choice": "没有“%(value)s”这个选项，请另选一项。"},
    forms.MultipleChoiceField: {"invalid_choice": "没有“%(value)s”这个选项，请另选一项。"},
    forms.ModelChoiceField: {"invalid_choice": "没有这个选项，请另选一项。"},
}


def speak_plainly() -> None:
    """Put these sentences in the place of those of the framework, for every form."""
    for validator, sentence in _VALIDATORS.items():
        validator.message = sentence
    for field, sentences in _FIELDS.items():
        field.default_error_messages = {**vars(field).get("default_error_messages", {}), **sentences}
