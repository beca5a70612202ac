"""The filters of the list of items."""

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.agencies.models import Agency, Section
from gongkai.publishing.forms.fields import DayField, choice
from gongkai.publishing.models import CatalogNode, DisclosureClass, Item
from gongkai.publishing.queries.lists import DUES, SORTS, STATES

_ANY = "不限"


class ListForm(forms.Form):
    """All of it stands in the address, so none of it is what an item says."""

    state = choice("状态", STATES.items(), required=False, first=_ANY)
    agency = forms.ModelChoiceField(
        label="机关", required=False, queryset=Agency.objects.none(), to_field_name="slug", empty_label=_ANY
    )
    section = choice("责任科室", (), required=False, first=_ANY)
    node = forms.ModelChoiceField(
        label="目录事项", required=False, queryset=CatalogNode.objects.none(), empty_label=_ANY
    )
    kind = choice("体裁", Item.Kind.choices, required=False, first=_ANY)
    disclosure_class = choice("公开属性", DisclosureClass.choices, required=False, first=_ANY)
    due = choice("公开期限", DUES.items(), required=False, first=_ANY)
    changed_from = DayField("形成或者变更日期，从", "", required=False)
    changed_to = DayField("形成或者变更日期，到", "", required=False)
    sort = choice("排序", ((code, label) for code, (label, _) in SORTS.items()), required=False)
    mine = forms.BooleanField(label="我起草或者改过的", required=False)

    def __init__(self, *args: Any, agencies: Iterable[Agency], **options: Any) -> None:
        super().__init__(*args, **options)
        found = list(agencies)
        pks = [agency.pk for agency in found]
        sections = Section.objects.filter(agency__in=pks).select_related("agency")
        many = len(found) > 1
        labels = [(str(s.pk), f"{s.agency.name} {s.name}" if many else s.name) for s in sections]
        section, node, agency = (self.fields[name] for name in ("section", "node", "agency"))
        assert isinstance(section, forms.ChoiceField)
        section.choices = [("", _ANY), ("none", "公开工作机构"), *labels]
        assert isinstance(node, forms.ModelChoiceField)
        node.queryset = CatalogNode.objects.filter(agency__in=pks)
        assert isinstance(agency, forms.ModelChoiceField)
        agency.queryset = Agency.objects.filter(pk__in=pks)
        if not many:
            del self.fields["agency"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("changed_from"), data.get("changed_to")
        if first and last and first > last:
            self.add_error("changed_to", "止日早于起日，请对调。")
        return data


class SearchForm(forms.Form):
    text = forms.CharField(
        label="查找名称",
        required=False,
        max_length=80,
        help_text="名称或者索引号里的原文。查找的文字只留在本次登录里，不进网址。",
    )
