"""What is typed about postings, the finder, the newsletter and the article for WeChat."""

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.agencies.models import Account, Agency, Section
from gongkai.documents.wechat import API_TITLE, DIGEST
from gongkai.publishing.forms.duties import ItemField
from gongkai.publishing.forms.fields import DayField, choice, line
from gongkai.publishing.models import Channel, FinderLine, Item, NewsletterIssue, Publication
from gongkai.publishing.queries.items import items_seen_by
from gongkai.publishing.queries.postings import STATES

_ANY = "不限"
POSTED_BY_HAND = [(code, label) for code, label in Channel.choices if code != Channel.WEBSITE]


class PostingFilter(forms.Form):
    """All of it stands in the address."""

    channel = choice("渠道", Channel.choices, required=False, first=_ANY)
    year = choice("年度", (), required=False, first=_ANY)
    state = choice("情况", STATES.items(), required=False, first=_ANY)

    def __init__(self, data: Any = None, *, years: Sequence[int]) -> None:
        super().__init__(data)
        field = self.fields["year"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _ANY), *((str(year), f"{year}年") for year in years)]


class FindItemForm(forms.Form):
    """Which item a posting is of."""

    index_number = ItemField("索引号", "写全，或者只写后半段，例如2026-00012。")

    def __init__(self, data: Any = None, *, agency: Agency, by: Account) -> None:
        super().__init__(data)
        self._seen = items_seen_by(by).filter(agency=agency)

    def clean_index_number(self) -> Item:
        text = self.cleaned_data["index_number"].strip()
        item = (
            self._seen.filter(index_number=text).first()
            or self._seen.filter(index_number__endswith=f"/{text}").first()
        )
        if item is None:
            raise forms.ValidationError("没有这个索引号的公开信息，请核对。")
        return item


class PostingForm(forms.Form):
    """Where an item was posted."""

    channel = choice("渠道", POSTED_BY_HAND, "网站上的公开随发布自动登记。", first="请选择")
    posted_on = DayField("公开日期", "实际张贴、推送、刊发的日期。")
    place = line(
        "位置或者网址",
        "公开栏写位置，公众号、媒体写网址或者报刊名称和版面，座谈会写时间地点。",
        required=False,
        longest=300,
    )
    until_on = DayField("张贴到", "公示、公告有期限的填写；期满提醒撤下。", required=False)
    note = line("说明", "", required=False, longest=200)
    proof = forms.FileField(
        label="凭证", required=False, help_text="照片、截图、报样、会议纪要；只留在办公桌，不公开。"
    )


class CorrectionForm(forms.Form):
    """What was recorded wrongly."""

    posted_on = DayField("公开日期")
    place = line("位置或者网址", required=False, longest=300)
    until_on = DayField("张贴到", required=False)
    note = line("说明", required=False, longest=200)


class RemovalForm(forms.Form):
    removed_on = DayField("撤下日期", "实际取下、删除、收回的日期。")


class StrikeForm(forms.Form):
    reason = line("哪里记错了", "例如：这条没有上公开栏。", longest=200)


class HangForm(forms.Form):
    """A sheet hangs now."""

    item = forms.IntegerField(widget=forms.HiddenInput)
    posted_on = DayField("张贴日期")
    place = line("位置", required=False)
    until_on = DayField("张贴到", required=False)


class FinderForm(forms.Form):
    """One line of the finder."""

    matter = line("办什么事", "居民的说法，例如：孩子转学。")
    section = choice("科室", (), first="请选择")
    person = line("找谁", "姓名或者岗位，例如：窗口值班人员。", longest=60)
    room = line("在哪里", "例如：二楼203室。", longest=60)
    phone = line("电话", "办公电话；不写私人手机。", required=False, longest=40)

    def __init__(self, data: Any = None, *, agency: Agency, kept: FinderLine | None = None) -> None:
        initial = (
            {name: getattr(kept, name) for name in ("matter", "person", "room", "phone")}
            | {"section": str(kept.section_id)}
            if kept
            else None
        )
        super().__init__(data, initial=initial)
        self._sections = {str(section.pk): section for section in agency.sections.all()}
        field = self.fields["section"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "请选择"), *((key, each.name) for key, each in self._sections.items())]

    def clean_section(self) -> Section:
        return self._sections[self.cleaned_data["section"]]


class IssueForm(forms.Form):
    """The day of an issue and who gets it."""

    issued_on = DayField("印发日期")
    reported_to = line("报", "上级机关，用顿号或者逗号分开。", required=False, longest=200)
    sent_to = line("送", "平级单位。", required=False, longest=200)
    distributed_to = line("发", "下级单位、科室。", required=False, longest=200)
    copies = forms.IntegerField(
        label="印数",
        required=False,
        min_value=0,
        max_value=1_000_000,
        error_messages={"invalid": "印数写成数字，例如60。"},
    )

    def clean_copies(self) -> int:
        return self.cleaned_data["copies"] or 0

    @staticmethod
    def of(issue: NewsletterIssue) -> dict[str, Any]:
        """What an issue says now."""
        return {
            "issued_on": issue.issued_on,
            "reported_to": issue.reported_to,
            "sent_to": issue.sent_to,
            "distributed_to": issue.distributed_to,
            "copies": issue.copies or None,
        }


class FirstIssueForm(IssueForm):
    """Where the numbers begin, asked once."""

    number = forms.IntegerField(label="从第几期编起", min_value=1, max_value=9999, initial=1)
    total_number = forms.IntegerField(
        label="总期号从几编起", help_text="以前编过简报的，接着编。", min_value=1, max_value=99999, initial=1
    )


class EntriesForm(forms.Form):
    """What goes into an issue."""

    publications = forms.MultipleChoiceField(
        label="选哪些信息",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一条信息。"},
    )

    def __init__(self, data: Any = None, *, offered: Sequence[Publication]) -> None:
        super().__init__(data)
        self._offered = {str(each.pk): each for each in offered}
        field = self.fields["publications"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, each.title) for key, each in self._offered.items()]

    def chosen(self) -> list[Publication]:
        return [self._offered[key] for key in self.cleaned_data["publications"]]


class ArticleForm(forms.Form):
    """The title and the digest that the platform takes."""

    title = line("标题", f"接口只收{API_TITLE}个字以内的标题；手工粘贴的可以到64个字。", longest=64)
    digest = forms.CharField(
        label="摘要",
        required=False,
        max_length=DIGEST,
        help_text=f"{DIGEST}个字以内；不填的，取正文开头。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    looked = forms.BooleanField(label="已经到公众平台看过，草稿箱里没有这一篇", required=False)


class AddressForm(forms.Form):
    address = line("文章网址", "在公众平台上发布以后，复制文章的网址。", longest=400)
