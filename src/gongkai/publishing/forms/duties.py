"""What is typed about the plan, what is withheld, transfers and links."""

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.agencies.models import Account, Agency, Section
from gongkai.law.publishing.cadence import Light
from gongkai.law.publishing.classes import Reassessment
from gongkai.publishing.forms.fields import DayField, choice, line, words
from gongkai.publishing.models import CatalogNode, Item, ItemLink, Publication
from gongkai.publishing.queries.duties import KINDS
from gongkai.publishing.queries.items import items_seen_by
from gongkai.publishing.queries.places import leaves_of

_ANY = "不限"


class DutyForm(forms.Form):
    """The filters of the board; all of them stand in the address."""

    light = choice("缓急", [(each.value, each.label) for each in Light], required=False, first=_ANY)
    kind = choice("类别", KINDS.items(), required=False, first=_ANY)
    section = choice("责任科室", (), required=False, first=_ANY)
    person = choice("责任人", (), required=False, first=_ANY)

    def __init__(self, data: Any = None, *, agency: Agency) -> None:
        super().__init__(data)
        people = Account.objects.filter(pk__in=agency.catalog_nodes.values("person")).distinct()
        for name, options in (
            ("section", [("none", "公开工作机构"), *((str(s.pk), s.name) for s in agency.sections.all())]),
            ("person", [(str(person.pk), person.full_name) for person in people]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _ANY), *options]


class PlanForm(forms.Form):
    """One entry of the plan of a year."""

    node = choice("目录事项", (), first="请选择")
    title = line("计划公开什么", "例如：2026年义务教育招生方案。")
    section = choice("责任科室", (), first="请选择")
    due_on = DayField("完成日期", "在这一年里。")

    def __init__(self, data: Any = None, *, agency: Agency, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self._sections = {str(section.pk): section for section in agency.sections.all()}
        self._nodes = {str(node.pk): node for node in agency.catalog_nodes.all()}
        _choose(self, "node", [("", "请选择"), *leaves_of(agency)])
        _choose(self, "section", [("", "请选择"), *((k, s.name) for k, s in self._sections.items())])

    @property
    def node_chosen(self) -> CatalogNode:
        return self._nodes[self.cleaned_data["node"]]

    @property
    def section_chosen(self) -> Section:
        return self._sections[self.cleaned_data["section"]]


def _choose(form: forms.Form, name: str, choices: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


class ItemField(forms.CharField):
    """An item by its index number, or the part after the stroke."""

    def __init__(self, label: str, hint: str, *, required: bool = True) -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=required,
            max_length=40,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": f"请填写“{label}”。"},
        )


class ItemChoice(forms.Form):
    """Which item it is, by its index number."""

    index_number = ItemField("索引号", "写全，或者只写后半段，例如2026-00012。", required=False)

    def __init__(self, data: Any = None, *, agency: Agency, by: Account, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.agency, self.by = agency, by

    def clean_index_number(self) -> Item | None:
        text = self.cleaned_data["index_number"].strip()
        if not text:
            return None
        seen = items_seen_by(self.by).filter(agency=self.agency)
        item = (
            seen.filter(index_number=text).first() or seen.filter(index_number__endswith=f"/{text}").first()
        )
        if item is None:
            raise forms.ValidationError("没有这个索引号的公开信息，请核对。")
        return item


class LinkForm(ItemChoice):
    """What another item is to this one."""

    kind = choice("这条信息", ItemLink.Kind.choices, "例如：解读 → 那份文件。")
    field_order = ("kind", "index_number")

    def __init__(self, data: Any = None, *, agency: Agency, by: Account, initial: Any = None) -> None:
        super().__init__(data, agency=agency, by=by, initial=initial)
        self.fields["index_number"].required = True
        self.fields["index_number"].label = "另一条信息的索引号"


class DropForm(forms.Form):
    reason = line("不再公开的理由", longest=200)


class ReassessForm(forms.Form):
    """How a look at what is withheld ends."""

    outcome = choice("评估结果", [(each.value, each.label) for each in Reassessment])
    reason = words("理由", "维持不公开的，写明原来的依据现在为什么仍然适用；转公开的，写明情况有什么变化。")


class TransferForm(forms.Form):
    """A batch for an archive or a library."""

    receiver = line("接收单位", "国家档案馆、公共图书馆的全称（第二十五条）。")
    sent_on = DayField("移送日期")
    publications = forms.MultipleChoiceField(
        label="移送哪些信息",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一条要移送的信息。"},
    )

    def __init__(self, data: Any = None, *, offered: Sequence[Publication], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self._offered = {str(each.pk): each for each in offered}
        field = self.fields["publications"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, each.title) for key, each in self._offered.items()]

    def chosen(self) -> list[Publication]:
        return [self._offered[key] for key in self.cleaned_data["publications"]]


class ReceiptForm(forms.Form):
    """What came back for a batch."""

    received_on = DayField("签收日期")
    received_by = line("签收人", longest=60)
    receipt = line("回执编号或者说明", required=False, longest=200)
