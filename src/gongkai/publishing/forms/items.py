"""What is typed on the pages of an item: its words and place, why it is taken back, where it goes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from gongkai.agencies.models import Account, Agency, Section
from gongkai.casework.queries.calendars import calendar_of
from gongkai.documents.articles import from_text, to_text
from gongkai.law.publishing import classes
from gongkai.law.publishing.completeness import required_parts
from gongkai.publishing.actions.writing import Marked, Placed, begin_item, write_item
from gongkai.publishing.content import Content
from gongkai.publishing.forms.fields import DAY_HINT, DayField, choice, line, words
from gongkai.publishing.models import CatalogNode, Channel, DisclosureClass, Item
from gongkai.publishing.queries.places import leaves_of, sections_for

LONGEST_TITLE = 200
LONGEST_BODY = 200_000
LONGEST_DETAIL = 4_000
MOST_KEYWORDS = 10
DETAILS: Mapping[str, tuple[str, str]] = {
    Item.Kind.SERVICE_GUIDE.value: ("service_guide", "六公开（办事指南填写）"),
    Item.Kind.DISCLOSURE_GUIDE.value: ("guide", "公开指南的内容（第十二条）"),
}
_BODY_HINT = (
    "空一行分段；行首写“# ”是标题，“- ”是列表，“| 甲 | 乙 |”是表格；"
    "图片先在附件里上传，再写![图里是什么](图片:校验值)。"
)


@dataclass(frozen=True, slots=True)
class Fieldset:
    """Some fields of the page under one heading: ``wide`` ones across it, the others beside each other.
    ``is_open`` where it does not wait to be unfolded."""

    title: str
    wide: tuple[BoundField, ...]
    fields: tuple[BoundField, ...]
    is_open: bool = True
    hint: str = ""


class ItemForm(forms.Form):
    """The words, the place and the class of an item. Nothing typed is lost when something is refused."""

    title = words("名称", "只写名称本身，不写文号、日期；说清楚是什么事。", longest=LONGEST_TITLE, rows=2)
    kind = choice("体裁", Item.Kind.choices)
    node = choice("目录事项", (), "公开目录里的哪一项；没有合适的，请公开工作机构先增加。", first="请选择")
    section = choice("责任科室", (), required=False)
    formed_on = DayField(
        "生成日期", "公文写签发日期。20个工作日的公开期限从形成或者变更之日起算（第二十六条）。"
    )
    document_number = line("文号", "例如：示教发〔2026〕1号；没有的空着。", required=False, longest=60)
    issuer = line("发布机构", "空着就是本机关；联合发文的写全。", required=False)
    effective_on = DayField("实施日期", DAY_HINT, required=False)
    ends_on = DayField("公示截止", "公示填写，到期第二天自动撤下。", required=False)
    summary = words("内容概述", "一两句话，100字以内为宜；显示在目录和搜索结果里。", required=False, rows=2)
    keywords = line("关键词", "用顿号或者逗号隔开，最多10个。", required=False)
    body = words("正文", _BODY_HINT, required=False, longest=LONGEST_BODY, rows=18)
    disclosure_class = choice("公开属性", DisclosureClass.choices)
    ground = choice("不予公开的依据", (), required=False, first="不是不予公开")
    ground_reason = words("不予公开的理由", "写清楚为什么适用这一条。", required=False)
    reassess_on = DayField("下次评估日期", "空着就按一年以后（第十八条）。", required=False)
    origin = choice("信息从哪里来", Item.Origin.choices, "决定由哪个机关公开（第十条）。")
    lead_agency = line("牵头或者首次获取的机关", "从其他机关获取、共同制作的填写。", required=False)
    concerned_agencies = line(
        "涉及的其他机关", "内容涉及其他机关的，要先协商确认（第十一条）。", required=False
    )
    agencies_agreed_on = DayField("其他机关确认的日期", DAY_HINT, required=False)
    changed_on = DayField(
        "内容变更日期", "公开过的信息，实际内容变了，填变了的那一天；只改错字的空着。", required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        agency: Agency,
        by: Account,
        item: Item | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.agency, self.by, self.on, self.item = agency, by, timezone.localdate(), item
        super().__init__(data, initial={**_initial(item), **(initial or {})})
        self._sections = {str(section.pk): section for section in sections_for(agency, by)}
        if item is not None and item.section is not None:
            self._sections.setdefault(str(item.section.pk), item.section)
        self._choose("node", [("", "请选择"), *leaves_of(agency, item.node_id if item else None)])
        self._choose("section", self._section_choices())
        grounds = [(code, f"{each.label}（{each.article}）") for code, each in classes.exemptions().items()]
        self._choose("ground", [("", "不是不予公开"), *grounds])
        for code, (subject, _) in DETAILS.items():
            self._add_details(code, subject)
        if item is None or not item.publications.exists():
            del self.fields["changed_on"]

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _section_choices(self) -> list[tuple[str, str]]:
        own = [(key, section.name) for key, section in self._sections.items()]
        whole = self.item is not None and self.item.section is None
        first = [("", "公开工作机构")] if whole or len(own) == self.agency.sections.count() else []
        return first + own

    def _add_details(self, kind: str, subject: Any) -> None:
        said = self.item.draft.details if self.item else {}
        for part in required_parts(subject):
            field = words(part.label, part.sentence, required=False, longest=LONGEST_DETAIL, rows=2)
            field.initial = said.get(part.code, "")
            self.fields[f"{kind}-{part.code}"] = field

    def fieldsets(self) -> Iterator[Fieldset]:
        """The page, part by part; what this kind does not have is folded."""
        kind = str(self["kind"].value() or "")
        yield self._part("基本信息", "title", "node", "kind", "section", "formed_on", "changed_on")
        yield self._part("", "body")
        for code, (_, title) in DETAILS.items():
            names = [name for name in self.fields if name.startswith(f"{code}-")]
            yield self._part(title, *names, is_open=kind == code or self._has(names))
        yield self._part(
            "文号、日期和概述", "summary", "document_number", "issuer", "effective_on", "ends_on", "keywords"
        )
        yield self._part("公开属性", "disclosure_class", hint="拟稿时就要标明（国办发〔2016〕80号）。")
        withheld = ("ground", "ground_reason", "reassess_on")
        is_withheld = self["disclosure_class"].value() == DisclosureClass.WITHHELD
        yield self._part("不予公开的依据和理由", *withheld, is_open=is_withheld or self._has(withheld))
        source = ("origin", "lead_agency", "concerned_agencies", "agencies_agreed_on")
        is_told = self["origin"].value() != Item.Origin.MADE or self._has(source[1:])
        yield self._part("信息来源和其他机关", *source, is_open=is_told)

    def _part(self, title: str, *names: str, is_open: bool = True, hint: str = "") -> Fieldset:
        fields = [self[name] for name in names if name in self.fields]
        wide = tuple(each for each in fields if isinstance(each.field.widget, forms.Textarea))
        beside = tuple(each for each in fields if each not in wide)
        return Fieldset(title, wide, beside, is_open, hint)

    def _has(self, names: Iterable[str]) -> bool:
        return any(self[name].errors or self[name].value() for name in names)

    def clean_formed_on(self) -> date:
        formed_on: date = self.cleaned_data["formed_on"]
        if formed_on > self.on:
            raise forms.ValidationError("生成日期不能晚于今天，请核对年、月、日。")
        return formed_on

    def clean_keywords(self) -> tuple[str, ...]:
        text = self.cleaned_data["keywords"]
        for mark in "，,;；　 ":
            text = text.replace(mark, "、")
        found = tuple(dict.fromkeys(word for word in text.split("、") if word))
        if len(found) > MOST_KEYWORDS:
            raise forms.ValidationError(f"最多{MOST_KEYWORDS}个关键词，现在有{len(found)}个，请留下要紧的。")
        return found

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        formed_on = data.get("formed_on")
        for name, label in (("ends_on", "公示截止"), ("changed_on", "内容变更日期")):
            day = data.get(name)
            if formed_on and day and day < formed_on:
                self.add_error(name, f"{label}早于生成日期，请核对。")
        for name in ("changed_on", "agencies_agreed_on"):
            day = data.get(name)
            if day and day > self.on:
                self.add_error(name, f"{self.fields[name].label}不能晚于今天，请核对。")
        if (
            data.get("kind") == Item.Kind.PUBLIC_NOTICE
            and not data.get("ends_on")
            and "ends_on" not in self.errors
        ):
            self.add_error("ends_on", "公示要写明截止日期，到期第二天自动撤下。")
        self._check_class(data)
        return data

    def _check_class(self, data: dict[str, Any]) -> None:
        if data.get("disclosure_class") != DisclosureClass.WITHHELD:
            return
        ground, reason = data.get("ground", ""), data.get("ground_reason", "")
        proposal = classes.ClassProposal(
            classes.DisclosureClass.WITHHELD, (ground,) if ground else (), {ground: reason}
        )
        for gap in classes.class_gap(proposal):
            self.add_error("ground" if gap.code == "ground" else "ground_reason", gap.sentence)

    def content(self) -> Content:
        """What was typed, as content. The form is valid."""
        data = self.cleaned_data
        said = {
            name.partition("-")[2]: value.strip()
            for name, value in data.items()
            if name.startswith(f"{data['kind']}-") and value.strip()
        }
        return Content(
            title=" ".join(data["title"].split()),
            formed_on=data["formed_on"],
            document_number=data["document_number"],
            issuer=data["issuer"],
            summary=data["summary"],
            keywords=data["keywords"],
            effective_on=data["effective_on"],
            ends_on=data["ends_on"],
            article=from_text(data["body"]),
            details=said,
        )

    def _placed(self) -> Placed:
        data = self.cleaned_data
        node = CatalogNode.objects.get(pk=data["node"], agency=self.agency)
        section: Section | None = self._sections.get(data["section"])
        names = ("kind", "origin", "lead_agency", "concerned_agencies", "agencies_agreed_on")
        return Placed(node=node, section=section, **{name: data[name] for name in names})

    def _marked(self) -> Marked:
        data = self.cleaned_data
        reassess_on = data["reassess_on"]
        if reassess_on is None and data["disclosure_class"] == DisclosureClass.WITHHELD:
            reassess_on = classes.next_reassessment(self.on, calendar_of(self.agency)).due_on
        return Marked(data["disclosure_class"], data["ground"], data["ground_reason"], reassess_on)

    def perform(self, at: datetime) -> Item:
        """Keep what was typed. Raises what the actions refuse."""
        if self.item is None:
            return begin_item(
                agency=self.agency, content=self.content(), placed=self._placed(), marked=self._marked(),
                by=self.by, at=at,
            )  # fmt: skip
        # What was never public is only dated anew; what was public counts anew only where it really changed.
        formed_on = None if "changed_on" in self.fields else self.cleaned_data["formed_on"]
        return write_item(
            item=self.item, content=self.content(), placed=self._placed(), marked=self._marked(),
            changed_on=self.cleaned_data.get("changed_on") or formed_on, revision=self.revision,
            by=self.by, at=at,
        )  # fmt: skip

    @property
    def revision(self) -> int | None:
        """The state of the item that the person saw when the page was opened."""
        text = self.data.get("revision", "")
        return int(text) if text.isdecimal() and len(text) < 10 else None


def _initial(item: Item | None) -> dict[str, Any]:
    if item is None:
        return {
            "kind": Item.Kind.NOTICE,
            "disclosure_class": DisclosureClass.PROACTIVE,
            "origin": Item.Origin.MADE,
        }
    said = item.draft
    kept = (
        "kind", "disclosure_class", "ground", "ground_reason", "reassess_on", "origin", "lead_agency",
        "concerned_agencies", "agencies_agreed_on",
    )  # fmt: skip
    typed = ("title", "document_number", "issuer", "summary", "formed_on", "effective_on", "ends_on")
    return (
        {name: getattr(item, name) for name in kept}
        | {name: getattr(said, name) for name in typed}
        | {"node": str(item.node_id), "section": str(item.section_id or "")}
        | {"keywords": "、".join(said.keywords), "body": to_text(said.article)}
    )


class ReasonForm(forms.Form):
    """Why something is given up, waived or sent back."""

    reason = words("理由", required=True, rows=2)


class RenameForm(forms.Form):
    name = line("文件名", "公众下载时看到的名字，带扩展名。")


class PublishForm(forms.Form):
    """The channels, and now or at a moment."""

    channels = forms.MultipleChoiceField(
        label="公开渠道",
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个公开渠道（《条例》第二十三条）。"},
    )
    place = line(
        "位置或者网址", "网站以外的渠道：张贴在哪里、哪一期、哪个网址。", required=False, longest=300
    )
    day = DayField("定时发布：日期", "现在发布的空着。", required=False)
    hour = forms.TimeField(
        label="定时发布：时间",
        required=False,
        help_text="24小时制，例如09:30。",
        input_formats=["%H:%M", "%H：%M", "%H点", "%H时%M分"],
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
        error_messages={"invalid": "这不是时间；请写成09:30的样子。"},
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("hour") and not data.get("day") and "day" not in self.errors:
            self.add_error("day", "写了时间，请同时写日期；现在发布的，两个都空着。")
        return data

    def due_at(self) -> datetime | None:
        """The moment that was asked for, ``None`` for now."""
        day = self.cleaned_data["day"]
        if day is None:
            return None
        at = self.cleaned_data["hour"] or time(9)
        return timezone.make_aware(datetime.combine(day, at))


class WithdrawForm(forms.Form):
    """Why it goes off, and what the public is told."""

    reason = words("撤下的理由", "留在案卷里，不对外显示。", longest=300)
    public_note = words(
        "对外说明", "原网址上显示的一句话，例如：本页内容有误，更正后重新公布。可以空着。",
        required=False, longest=300, rows=2,
    )  # fmt: skip
