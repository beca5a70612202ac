"""What is typed into the library of normative documents and the registers."""

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.agencies.models import Agency
from gongkai.publishing.entered import EnteredDecision, EnteredDocument, EnteredMatter, masked_party
from gongkai.publishing.forms.fields import DayField, choice, line, words
from gongkai.publishing.models import Item, Matter, NormativeDocument, RegisterEntry, ValidityEvent
from gongkai.publishing.policies.registers import PAID
from gongkai.publishing.queries.normative import VALIDITIES

_ANY = "不限"
_EVENTS = [(code, label) for code, label in ValidityEvent.Kind.choices if code != ValidityEvent.Kind.STRUCK]


class LibraryForm(forms.Form):
    """The filters of the library; all of them are of documents in force for everybody."""

    text = line("名称或者文号", required=False, longest=80)
    validity = choice("有效性", VALIDITIES.items(), required=False, first=_ANY)
    kind = choice("类别", NormativeDocument.Kind.choices, required=False, first=_ANY)
    year = choice("制发年度", (), required=False, first=_ANY)

    def __init__(self, *args: Any, years: Iterable[int], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self.fields["year"], [("", _ANY), *((str(year), f"{year}年") for year in years)])


class YearForm(forms.Form):
    """The one filter of a register."""

    year = choice("年度", (), required=False, first=_ANY)

    def __init__(self, *args: Any, years: Iterable[int], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self.fields["year"], [("", _ANY), *((str(year), f"{year}年") for year in years)])


class DocumentForm(forms.Form):
    """A document of the library."""

    title = line("名称", longest=300)
    document_number = line("文号", "例如示教规〔2026〕1号。", required=False, longest=80)
    kind = choice("类别", NormativeDocument.Kind.choices)
    issued_on = DayField("制发日期")
    effective_on = DayField("施行日期", required=False)
    expires_on = DayField("有效期至", "最后有效的一天；到期自动标为失效。没有规定的空着。", required=False)
    disclosed_on = DayField("公开日期", "以前在别处公开的才填；在这里发布的自动算。", required=False)

    def entered(self) -> EnteredDocument:
        return EnteredDocument(**self.cleaned_data)


def document_initial(document: NormativeDocument) -> dict[str, Any]:
    """What the form of a document begins with."""
    return {name: getattr(document, name) for name in EnteredDocument.__slots__}


class EventForm(forms.Form):
    """What happened to a document."""

    kind = choice("发生了什么", _EVENTS)
    on = DayField("从哪一天起")
    by_document = line("依据的文件", "废止决定、清理结果公告等的名称和文号。", longest=200)
    expires_on = DayField("新的有效期至", "只在清理后继续有效时填；没有期限的空着。", required=False)


class ReasonForm(forms.Form):
    """Why something is struck."""

    reason = line("理由", "不写个人信息。", longest=200)


class _Linked(forms.Form):
    """A form that names published information by its index number."""

    index_number = line(
        "公开信息的索引号", "公开在哪一条信息里；没有公开的空着。", required=False, longest=40
    )

    def __init__(self, *args: Any, agency: Agency, **options: Any) -> None:
        super().__init__(*args, **options)
        self.agency = agency

    def clean_index_number(self) -> Item | None:
        number = self.cleaned_data["index_number"].strip()
        if not number:
            return None
        item = Item.objects.filter(agency=self.agency, index_number=number).first()
        if item is None:
            raise forms.ValidationError("没有这个索引号的公开信息，请到“主动公开”清单里查对。")
        return item


class MatterForm(_Linked):
    """A matter of a list."""

    title = line("事项名称", longest=200)
    basis = line("依据", "法律、法规、规章的名称和条款。", required=False, longest=300)
    from_on = DayField("开始日期", "列入目录的日子；早就有的写最早能确定的一天。")
    until_on = DayField("取消日期", "从这一天起不再办理；还在办的空着。", required=False)
    field_order = ("title", "basis", "from_on", "until_on", "index_number")

    def entered(self, kind: str) -> EnteredMatter:
        data = self.cleaned_data
        return EnteredMatter(
            kind=kind,
            title=data["title"],
            from_on=data["from_on"],
            until_on=data["until_on"],
            basis=data["basis"],
            item=data["index_number"],
        )


def matter_initial(matter: Matter) -> dict[str, Any]:
    """What the form of a matter begins with."""
    kept = {name: getattr(matter, name) for name in ("title", "basis", "from_on", "until_on")}
    return kept | {"index_number": matter.item.index_number if matter.item else ""}


class DecisionForm(_Linked):
    """One decision, fee receipt or procurement project."""

    number = line("编号", "决定书文号、项目编号或者票据号；不能重复。", required=False, longest=80)
    title = line("名称", "案由、许可内容、收费项目或者采购项目；不写个人信息。", longest=200)
    party = line("相对人或者供应商", required=False)
    is_person = forms.BooleanField(label="相对人是个人（只保存姓）", required=False)
    decided_on = DayField("日期", "决定、收费或者成交的日子。")
    amount = forms.DecimalField(
        label="金额（元）",
        required=False,
        min_value=0,
        max_digits=16,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "required": "请填写“金额（元）”。",
            "invalid": "这不是金额；请只写数字，例如10823600.00，单位元。",
            "min_value": "金额不能小于0，请核对。",
        },
    )
    matter = choice("事项", (), required=False, first="不指定")
    field_order = ("number", "title", "party", "is_person", "decided_on", "amount", "matter", "index_number")

    def __init__(self, *args: Any, kind: str, matters: Iterable[Matter], **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.matters = {str(matter.pk): matter for matter in matters}
        self.fields["amount"].required = kind in PAID
        if self.matters:
            named = ((pk, matter.title) for pk, matter in self.matters.items())
            _offer(self.fields["matter"], [("", "不指定"), *named])
        else:
            del self.fields["matter"]

    def entered(self) -> EnteredDecision:
        data = self.cleaned_data
        return EnteredDecision(
            kind=self.kind,
            title=data["title"],
            decided_on=data["decided_on"],
            number=data["number"],
            party=masked_party(data["party"], is_person=data["is_person"]),
            amount=data["amount"],
            matter=self.matters.get(data.get("matter", "")),
            item=data["index_number"],
        )


class LinkForm(_Linked):
    """Which published information shows a record."""


class RevokeForm(forms.Form):
    """A decision that no longer holds as it was."""

    on = DayField("变更、撤销的日期")
    reason = line("情况", "例如“复议撤销”“法院确认违法”；不写个人信息。", longest=200)


class TakeBackForm(forms.Form):
    """What the public is told."""

    public_note = words("对公众的说明", "公开页面上显示，不写个人信息。", longest=300)


def take_back_initial(entry: RegisterEntry) -> dict[str, str]:
    """A sentence to begin with."""
    day = entry.revoked_on
    when = f"{day.year}年{day.month}月{day.day}日" if day else ""
    said = f"该{entry.get_kind_display()}决定已于{when}依法变更或者撤销，相关信息予以撤回。"
    return {"public_note": said}


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
