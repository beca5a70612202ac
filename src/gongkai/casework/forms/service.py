"""Sending a letter out, and what became of it."""

from typing import Any

from django import forms

from gongkai.casework.forms.desk import TypedDay
from gongkai.law.service import ServiceKind, ServiceMethod

_UNKNOWN = "列表里没有这一项，请重新选择。"
_ON_THE_SPOT = (ServiceKind.SIGNED, ServiceKind.REFUSED, ServiceKind.LEFT)


class ServeForm(forms.Form):
    method = forms.ChoiceField(
        label="送达方式",
        choices=[(method.value, method.label) for method in ServiceMethod],
        error_messages={"required": "请选择送达方式。", "invalid_choice": _UNKNOWN},
    )
    on = TypedDay(
        label="发出的日期",
        help_text="邮寄的是交邮之日。例如2026-03-01。",
        error_messages={"required": "请填发出的日期。"},
    )
    carrier = forms.CharField(
        label="邮政企业的业务",
        required=False,
        max_length=60,
        error_messages={"max_length": "最多写60个字，请写短一些。"},
        help_text="邮寄的填写，例如EMS、挂号信。答复只能交给邮政企业寄，不能用其他快递。",
    )
    tracking_number = forms.CharField(
        label="邮件号",
        required=False,
        max_length=60,
        help_text="邮寄的填写。",
        error_messages={"max_length": "邮件号太长，请核对。"},
    )
    also = forms.ChoiceField(
        label="当场的情况",
        required=False,
        choices=[("", "还没有结果"), *((kind.value, kind.label) for kind in _ON_THE_SPOT)],
        help_text="直接送达、当面领取的，可以当场登记。",
        error_messages={"invalid_choice": _UNKNOWN},
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("method") == ServiceMethod.POSTAL:
            for name, label in (("carrier", "邮政企业的业务"), ("tracking_number", "邮件号")):
                if not data.get(name):
                    self.add_error(name, f"邮寄的要填写{label}，日后才能证明送达。")
        return data

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        data = dict(self.cleaned_data)
        data["method"] = ServiceMethod(data["method"])
        data["also"] = ServiceKind(data["also"]) if data["also"] else None
        return data


class LogForm(forms.Form):
    """One line of the ledger of a letter under way."""

    kind = forms.ChoiceField(label="情况")
    on = TypedDay(
        label="日期",
        help_text="例如2026-03-01。",
        error_messages={"required": "请填这件事发生的日期。"},
    )
    text = forms.CharField(
        label="说明",
        required=False,
        max_length=200,
        help_text="例如代收人、拒收或者退回的原因、见证人。",
        error_messages={"max_length": "最多写200个字，请写短一些。"},
    )

    def __init__(self, *args: Any, method: ServiceMethod, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.error_messages |= {
            "required": "请选择发生了什么。",
            "invalid_choice": f"“{method.label}”没有这种情况，请重新选择。",
        }
        field.choices = [(kind.value, kind.label) for kind in method.kinds]
        field.initial = method.kinds[-1].value if len(method.kinds) < 3 else method.kinds[1].value
