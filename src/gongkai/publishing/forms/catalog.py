"""What is typed about an entry of the catalog, its stages, and the settings of the office."""

import re
from typing import Any

from django import forms

from gongkai.agencies.models import Account, Agency
from gongkai.law.breach import LawBreach
from gongkai.law.catalog import Cadence
from gongkai.law.publishing.cadence import Cycle, Period
from gongkai.law.publishing.channels import channel_boxes, channels
from gongkai.law.publishing.review import review_paths
from gongkai.publishing.forms.fields import DayField, choice, line, words
from gongkai.publishing.models import CatalogNode, DisclosureClass, PublishingProfile
from gongkai.publishing.policies.catalog import sources

_PHONES = re.compile(r"[，,、;；\s]+")
_PHONE = re.compile(r"[0-9（）()＋+－-]{5,20}")
REASON_HINT = "写一句，留在变动记录里，例如：按省里2026年目录增加。"


def _number(label: str, hint: str = "", *, most: int = 366, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class NodeForm(forms.Form):
    """One entry. ``values`` are the fields of the record."""

    title = line("公开事项", "写群众看得懂的名称。")
    code = line("代码", "空着由系统编号；定了以后不再改。", required=False, longest=40)
    source = choice("来源", (), "属于条例哪一项；上级要求或者本机关增加的照实选（第二十二条）。")
    source_note = line("来源说明", "例如上级文件的名称和文号。", required=False, longest=200)
    elements = words("公开内容（要素）", "一行一项。", required=False, longest=2000, rows=4)
    basis = words("公开依据", "一行一个。", required=False, longest=2000)
    audience = line("公开对象", "一般是全社会；只对一部分人的写明是谁。", longest=100)
    disclosure_class = choice("公开方式", DisclosureClass.choices)
    level = choice("公开层级", CatalogNode.Level.choices)
    channels = forms.MultipleChoiceField(
        label="公开渠道", required=False, widget=forms.CheckboxSelectMultiple
    )
    section = choice("责任科室", (), required=False, first="公开工作机构")
    person = choice("责任人", (), "到期时先提醒这个人。", required=False, first="不指定")
    column_kind = choice(
        "栏目类型", CatalogNode.ColumnKind.choices,
        "动态两周、通知公告半年不更新算停更，合计5个全站不合格（国办秘函〔2019〕19号）。",
    )  # fmt: skip
    max_age_days = _number("多少天没有更新算停更", "空着不设自己的期限。", most=3660, least=1)
    cadence = choice("公开节奏", [(each.value, each.label) for each in Cadence])
    cycle_period = choice(
        "定期公开：多久一次", [(each.value, each.label) for each in Period], required=False, first="不定期"
    )
    cycle_month = _number("周期里的第几个月", "每月公开的写1。", most=12, least=1)
    cycle_day = _number("几日前", "", most=31, least=1)
    yellow_days = _number("到期前几个工作日提醒", most=60)
    red_days = _number("到期前几个工作日警示", most=60)
    limit_days = _number("其他法律规定的期限（工作日）", "空着就按条例的20个工作日。", least=1)
    limit_article = line("期限的依据", "例如《行政处罚法》第四十八条。", required=False)
    caution = line("公开时注意", "拟稿时会显示给经办人。", required=False, longest=200)
    reason = line("为什么改", REASON_HINT, required=False, longest=200)

    def __init__(self, data: Any = None, *, agency: Agency, node: CatalogNode | None = None) -> None:
        super().__init__(data, initial=_initial(node))
        self._sections = {str(section.pk): section for section in agency.sections.all()}
        people = Account.objects.filter(memberships__agency=agency, is_active=True).distinct()
        self._people = {str(person.pk): person for person in people}
        if node is not None and node.person is not None:
            self._people.setdefault(str(node.person.pk), node.person)
        self._choose("source", sources().items())
        self._choose("section", [("", "公开工作机构"), *((k, s.name) for k, s in self._sections.items())])
        self._choose("person", [("", "不指定"), *((k, p.full_name) for k, p in self._people.items())])
        self._choose("channels", _channel_choices())
        if node is not None:
            del self.fields["code"]

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        data["cycle"] = ""
        if data.get("cadence") == Cadence.PERIODIC and data.get("cycle_period"):
            try:
                cycle = Cycle(
                    Period(data["cycle_period"]), data.get("cycle_day") or 31, data.get("cycle_month") or 1
                )
                data["cycle"] = cycle.code
            except LawBreach as breach:
                self.add_error("cycle_month", breach.message)
        elif data.get("cadence") == Cadence.PERIODIC:
            self.add_error("cycle_period", "定期公开的事项，请选择多久一次。")
        for name in ("yellow_days", "red_days"):
            if data.get(name) is None and name not in self.errors:
                data[name] = CatalogNode._meta.get_field(name).get_default()  # type: ignore[union-attr]
        return data

    def values(self) -> dict[str, Any]:
        """The fields of the record, from what was typed."""
        data = self.cleaned_data
        left_out = {"code", "reason", "section", "person", "cycle_period", "cycle_month", "cycle_day"}
        kept = {name: value for name, value in data.items() if name not in left_out}
        return kept | {
            "section": self._sections.get(data["section"]),
            "person": self._people.get(data["person"]),
        }

    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The page, part by part."""
        wanted = {
            "事项": ("title", "code", "source", "source_note", "elements", "basis"),
            "公开方式": ("disclosure_class", "audience", "level", "caution"),
            "渠道": ("channels",),
            "责任": ("section", "person"),
            "节奏": ("cadence", "cycle_period", "cycle_month", "cycle_day"),
            "期限": ("limit_days", "limit_article", "yellow_days", "red_days"),
            "栏目更新": ("column_kind", "max_age_days"),
            "变动": ("reason",),
        }  # fmt: skip
        return [
            (title, [self[name] for name in names if name in self.fields]) for title, names in wanted.items()
        ]


def _channel_choices() -> list[tuple[str, Any]]:
    """The channels under the boxes they tick; what fulfils no duty comes last."""
    groups: list[tuple[str, Any]] = []
    for box in channel_boxes().values():
        held = [
            (each.code, _labeled(each.label, box.label))
            for each in channels().values()
            if each.box == box.code
        ]
        groups.extend(held)
    inside = [(each.code, f"{each.label}（公众看不到）") for each in channels().values() if not each.public]
    return groups + inside


def _labeled(label: str, box: str) -> str:
    return label if label == box else f"{label}（{box}）"


def _initial(node: CatalogNode | None) -> dict[str, Any]:
    if node is None:
        return {
            "source": "own", "audience": "全社会", "channels": ["website"], "yellow_days": 5, "red_days": 2,
            "cadence": "ad_hoc", "disclosure_class": "proactive", "level": "county", "column_kind": "other",
        }  # fmt: skip
    names = (
        "title", "source", "source_note", "elements", "basis", "audience", "disclosure_class", "level",
        "channels", "column_kind", "max_age_days", "cadence", "yellow_days", "red_days", "limit_days",
        "limit_article", "caution",
    )  # fmt: skip
    found: dict[str, Any] = {name: getattr(node, name) for name in names}
    found |= {"section": str(node.section_id or ""), "person": str(node.person_id or "")}
    if node.cycle:
        period, month, day = node.cycle.split("-")
        found |= {"cycle_period": period, "cycle_month": month, "cycle_day": day}
    return found


class ReasonForm(forms.Form):
    """Why an entry is retired, used again, moved, given up."""

    reason = line("理由", REASON_HINT, longest=200)


class MoveForm(ReasonForm):
    """Where an entry stands."""

    parent = choice("移到哪一项下面", (), required=False, first="最上层")

    def __init__(self, data: Any = None, *, agency: Agency, node: CatalogNode) -> None:
        super().__init__(data, initial={"parent": str(node.parent_id or "")})
        self._nodes = {
            str(each.pk): each
            for each in agency.catalog_nodes.filter(retired_on__isnull=True).exclude(pk=node.pk)
        }
        field = self.fields["parent"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "最上层"), *((k, f"{n.code} {n.title}") for k, n in self._nodes.items())]

    @property
    def parent_node(self) -> CatalogNode | None:
        return self._nodes.get(self.cleaned_data["parent"])


class StageForm(forms.Form):
    """A stage of a matter published stage by stage."""

    title = line("阶段", "例如：开标、中标、合同、验收。", longest=80)
    on = DayField("完成日期", "还没有完成的，写预计哪天完成。")


class ProfileForm(forms.Form):
    """What the office sets for its publishing."""

    organization_code = line(
        "统一社会信用代码", "18位；或者9位组织机构代码。它是索引号的前段，以后的索引号都用它。", longest=20
    )
    review_path = choice("审查路径", (), "以后提交的审查走这条路径；正在审查的不变（第十七条）。")
    own_phones = words("本机关公开的电话", "一行一个。筛查时不把它们当成个人电话。", required=False)
    supervision_phone = line("监督电话", "显示在公开栏和办事指南上。", required=False, longest=40)
    newsletter_name = line("简报名称", "", longest=60)
    wechat_name = line("公众号名称", "没有的空着；填了就检查两周是否更新。", required=False, longest=60)
    board_place = line("政务公开栏的位置", "例如：办公楼一楼大厅。", required=False)
    board_max_age_days = _number("公开栏多少天没有更新算停更", "空着不设期限。", most=3660, least=1)

    def __init__(self, data: Any = None, *, profile: PublishingProfile | None) -> None:
        initial: dict[str, Any] = {"newsletter_name": "政务公开简报", "review_path": "standard"}
        if profile is not None:
            initial = {name: getattr(profile, name) for name in self.base_fields if name != "own_phones"} | {
                "own_phones": "\n".join(profile.own_phones)
            }
        super().__init__(data, initial=initial)
        field = self.fields["review_path"]
        assert isinstance(field, forms.ChoiceField)
        escalated = {path.escalated for path in review_paths().values()}
        field.choices = [(code, path.label) for code, path in review_paths().items() if code not in escalated]

    def clean_own_phones(self) -> list[str]:
        found = [part for part in _PHONES.split(self.cleaned_data["own_phones"]) if part]
        for part in found:
            if not _PHONE.fullmatch(part):
                raise forms.ValidationError(f"“{part}”不像电话号码，请核对；一行写一个。")
        return found
