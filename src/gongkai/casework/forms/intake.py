"""What an application must say (第二十九条), as people type it on the website and at the counter."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from gongkai.casework.forms.desk import TypedDay
from gongkai.casework.models import Application
from gongkai.law.applicants import ApplicantKind
from gongkai.law.receipt import Channel, Party

ID_KINDS = (
    "居民身份证",
    "护照",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "外国人永久居留身份证",
    "其他证件",
)
COUNTER_CHANNELS = tuple(channel for channel in Channel if channel is not Channel.WEBSITE)
_CREDIT_CODE = re.compile(r"[0-9A-Z]{15}|[0-9A-Z]{18}")
_RESIDENT_ID = re.compile(r"\d{17}[0-9X]|\d{15}")


def typed(day: date) -> str:
    """A day as the field takes it."""
    return f"{day.year}年{day.month}月{day.day}日"


def _text(label: str, required: str = "", length: int = 120, hint: str = "", **attributes: str) -> Any:
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=length,
        help_text=hint,
        widget=forms.TextInput(attrs=attributes),
        error_messages={"required": required, "max_length": f"最多写{length}个字，请写短一些。"},
    )


class WantedForm(forms.Form):
    """Which information, and how the applicant wishes to get it. Nobody asks what for."""

    description = forms.CharField(
        label="您要的政府信息",
        help_text="写明名称、文号，或者便于查找的其他特征：哪个事项、哪个时间、哪份文件。不需要写用途。",
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        max_length=3000,
        error_messages={
            "required": "请写明您要什么政府信息。",
            "max_length": "最多写3000字；内容多的，可以作为附件提交。",
        },
    )
    document_number = _text("文号（知道的话）", length=80, hint="例如：示教发〔2024〕12号。")
    access = forms.ChoiceField(
        label="获取方式",
        choices=Application.Access.choices,
        initial=Application.Access.ONLINE,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择怎样把信息给您。"},
    )
    carrier = forms.ChoiceField(
        label="载体形式",
        choices=Application.Carrier.choices,
        initial=Application.Carrier.EITHER,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择载体形式。"},
    )


class IdentityForm(forms.Form):
    """Who applies: a person or one of the five kinds of organization, and how to reach them."""

    applicant_kind = forms.ChoiceField(
        label="申请人是",
        choices=[
            (kind.value, "公民（自然人）" if kind is ApplicantKind.NATURAL_PERSON else kind.label)
            for kind in ApplicantKind
        ],
        initial=ApplicantKind.NATURAL_PERSON.value,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择申请人的类别。"},
    )
    person_name = _text("姓名", length=60, autocomplete="name")
    id_kind = forms.ChoiceField(label="证件名称", required=False, choices=[(k, k) for k in ID_KINDS])
    id_number = _text("证件号码", length=40, autocomplete="off", autocapitalize="characters")
    organization_name = _text("单位名称", length=120, autocomplete="organization")
    credit_code = _text("统一社会信用代码", length=40, autocomplete="off", autocapitalize="characters")
    legal_representative = _text("法定代表人或者负责人", length=60, autocomplete="off")
    contact = _text("联系人", length=60, autocomplete="off")
    phone = _text("联系电话", length=40, autocomplete="tel", inputmode="tel")
    address = _text("通信地址", length=200, autocomplete="street-address")
    postcode = _text("邮政编码", length=10, autocomplete="postal-code", inputmode="numeric")
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "这不像电子邮箱地址；请写成name@example.cn的样子。"},
    )
    needs_help = forms.BooleanField(
        label="我阅读有困难，或者看不清、听不清，需要工作人员协助（第四十三条）", required=False
    )

    PERSON = ("person_name", "id_kind", "id_number")
    ORGANIZATION = ("organization_name", "credit_code", "legal_representative", "contact")
    REACH = ("phone", "address", "postcode", "email")

    wished_access: str = ""
    """How the information is wished; sets which way of reaching the applicant is needed."""
    proof_required = True
    """Whether the proof of identity must be given: at the counter it may still be missing (第三十条)."""

    @property
    def person_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.PERSON]

    @property
    def organization_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ORGANIZATION]

    @property
    def reach_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.REACH]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("applicant_kind")
        if kind:
            if ApplicantKind(kind).is_organization:
                self._check_organization(data)
            else:
                self._check_person(data)
        self._check_reach(data)
        return data

    def _demand(self, data: Mapping[str, Any], name: str, message: str) -> None:
        if not data.get(name) and name not in self.errors:
            self.add_error(name, message)

    def _check_person(self, data: Mapping[str, Any]) -> None:
        self._demand(data, "person_name", "请写姓名（第二十九条）。")
        if self.proof_required:
            self._demand(data, "id_number", "请写证件号码，这是身份证明（第二十九条）。")
        number = plain(data.get("id_number", ""))
        if number and data.get("id_kind") == ID_KINDS[0] and not _RESIDENT_ID.fullmatch(number):
            self.add_error("id_number", "居民身份证号码是18位（最后一位可以是X），请核对。")

    def _check_organization(self, data: Mapping[str, Any]) -> None:
        self._demand(data, "organization_name", "请写单位名称（第二十九条）。")
        if self.proof_required:
            self._demand(data, "credit_code", "请写统一社会信用代码，这是身份证明（第二十九条）。")
        code = plain(data.get("credit_code", ""))
        if code and not _CREDIT_CODE.fullmatch(code):
            self.add_error("credit_code", "统一社会信用代码是18位字母和数字，请核对。")

    def _check_reach(self, data: Mapping[str, Any]) -> None:
        access = data.get("access", self.wished_access)
        if access == Application.Access.POST:
            self._demand(data, "address", "选了邮寄的，请写通信地址。")
        if access == Application.Access.EMAIL:
            self._demand(data, "email", "选了电子邮件的，请写电子邮箱。")
        if not any(data.get(name) for name in ("phone", "address", "email")) and not self.errors:
            self.add_error("phone", "请写联系方式：电话、地址、电子邮箱至少写一样（第二十九条）。")

    def identity(self) -> dict[str, str]:
        """The keys of ``Applicant.IDENTITY_LABELS``, only those that belong to this kind of applicant."""
        data = self.cleaned_data
        if ApplicantKind(data["applicant_kind"]).is_organization:
            names = {"name": "organization_name", **{name: name for name in self.ORGANIZATION[1:]}}
        else:
            names = {"name": "person_name", "id_kind": "id_kind", "id_number": "id_number"}
            if not data["id_number"]:
                del names["id_kind"]
        names |= {name: name for name in self.REACH}
        given = {key: _tidy(name, data[name]) for key, name in names.items()}
        return {key: text for key, text in given.items() if text}


def _tidy(name: str, text: str) -> str:
    """As it is kept: figures and letters in half width, what identifies somebody without blanks."""
    if name == "credit_code" or (name == "id_number" and _RESIDENT_ID.fullmatch(plain(text))):
        return plain(text)
    folded = unicodedata.normalize("NFKC", text) if name in _FOLDED else text
    return folded.strip()


_FOLDED = {"id_number", "phone", "postcode"}


def plain(text: str) -> str:
    """A number without blanks and hyphens, full-width folded, letters in capitals."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"[\s-]", "", folded)


class CounterForm(WantedForm, IdentityForm):
    """What the office registers: everything over any channel but its own website."""

    channel = forms.ChoiceField(
        label="怎样收到的",
        choices=[(channel.value, channel.label) for channel in COUNTER_CHANNELS],
        widget=forms.RadioSelect,
        initial=Channel.IN_PERSON.value,
    )
    arrived_on = TypedDay(
        label="到达日期",
        help_text="提交、签收或者收到的那一天；收到之日由系统按渠道和确认记录推算，不在这里填。",
        error_messages={"required": "请写到达日期。"},
    )
    matter = forms.ChoiceField(
        label="申请事项",
        choices=Application.Matter.choices,
        initial=Application.Matter.DISCLOSURE,
        widget=forms.RadioSelect,
    )

    proof_required = False

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["description"].label = "所需政府信息"
        self.fields["description"].help_text = "照申请书抄录名称、文号或者其他特征性描述。"
        self.fields["description"].error_messages["required"] = "请写明申请人要什么政府信息（第二十九条）。"
        for name in (*self.PERSON, *self.ORGANIZATION, *self.REACH):
            # The clerk types somebody else's data; the browser must not offer the clerk's own.
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["needs_help"].label = "申请人阅读有困难或者有视听障碍，需要协助（第四十三条）"


class AttemptForm(forms.Form):
    """One attempt to confirm an arrival with the applicant."""

    on = TypedDay(label="联系日期", error_messages={"required": "请写联系的日期。"})
    party = forms.ChoiceField(
        label="谁确认", choices=[(party.value, party.label) for party in Party], initial=Party.OFFICE.value
    )
    reached = forms.ChoiceField(
        label="结果", choices=[("yes", "联系上了，已经确认"), ("no", "没有联系上")], initial="yes"
    )
    how = forms.CharField(
        label="怎样联系的",
        max_length=120,
        help_text="例如：电话联系申请人本人。不要写电话号码和姓名。",
        error_messages={"required": "请写怎样联系的，例如电话、电子邮件。"},
    )


class FixReceiptForm(forms.Form):
    """The day of receipt by hand, with a reason."""

    on = TypedDay(label="收到之日", error_messages={"required": "请写收到之日。"})
    reason = forms.CharField(
        label="理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由。"},
    )
