"""What forms say where a field has no sentence of its own."""

import pytest
from django import forms


class Sample(forms.Form):
    short = forms.CharField(max_length=3, required=False)
    needed = forms.CharField()
    count = forms.IntegerField(min_value=1, max_value=9, required=False)
    choice = forms.ChoiceField(choices=[("a", "甲")], required=False)
    several = forms.MultipleChoiceField(choices=[("a", "甲")], required=False)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("short", "四个字啊", "最多写3个字，现在有4个；请写短一些。"),
        ("short", "\x00", "内容里有看不见的空字符，不能保存；请删去再试。"),
        ("needed", " ", "这一项还没有填，请填写。"),
        ("count", "0", "不能小于1，请核对。"),
        ("count", "10", "不能大于9，请核对。"),
        ("count", "几", "这里要写整数，请核对。"),
        ("choice", "b", "没有“b”这个选项，请另选一项。"),
        ("several", ["b"], "没有“b”这个选项，请另选一项。"),
    ],
)
def test_the_sentence_is_ours(field, typed, said):
    assert Sample({"needed": "x", field: typed}).errors[field] == [said]
