"""What is typed about making public what was given to an applicant."""

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.agencies.models import Agency, Section
from gongkai.publishing.forms.fields import choice, line, words
from gongkai.publishing.models import CatalogNode, Suggestion
from gongkai.publishing.queries.places import leaves_of


class SuggestForm(forms.Form):
    """Where the suggestion comes from."""

    source = choice("由来", Suggestion.Source.choices)


class DecideForm(forms.Form):
    """Agree, or decline with the reason."""

    outcome = choice("决定", Suggestion.Outcome.choices)
    reason = words("理由", "不予采纳的必须写；不写申请人的个人信息。", required=False, longest=300)


class ConvertForm(forms.Form):
    """How the item is called and where it stands."""

    title = line("名称", "写成公开文件的名称，不写申请人是谁、怎样申请。", longest=200)
    node = choice("目录事项", ())
    section = choice("责任科室", (), required=False, first="公开工作机构")

    def __init__(self, *args: Any, agency: Agency, sections: Iterable[Section], **options: Any) -> None:
        super().__init__(*args, **options)
        node, section = self.fields["node"], self.fields["section"]
        assert isinstance(node, forms.ChoiceField) and isinstance(section, forms.ChoiceField)
        node.choices = [("", "请选择"), *leaves_of(agency)]
        self.sections = {str(each.pk): each for each in sections}
        section.choices = [("", "公开工作机构"), *((pk, each.name) for pk, each in self.sections.items())]

    def clean_node(self) -> CatalogNode:
        return CatalogNode.objects.get(pk=self.cleaned_data["node"])

    def clean_section(self) -> Section | None:
        return self.sections.get(self.cleaned_data["section"])
