"""The catalog (公开目录) of an agency: its nodes, each with its duty, and how they changed."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency, Section
from gongkai.law.catalog import Cadence


class DisclosureClass(models.TextChoices):
    """公开属性, marked when a document is drafted (国办发〔2016〕80号)."""

    PROACTIVE = "proactive", "主动公开"
    ON_APPLICATION = "on_application", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class CatalogNode(models.Model):
    """One entry of the catalog. A node without children is what items are filed under.

    ``source`` is an item of the statutory lists (``20-7``, ``21-city-2``), ``superior`` or ``own``.
    ``channels`` are codes of ``law.catalog`` channels. ``yellow_days`` and ``red_days`` are working days
    before the due day; ``max_age_days`` are calendar days after which a column without news is stale.
    ``column_kind`` is that of the inspection of sites. ``template_row`` is the line of a standard catalog
    the node was taken from (``education/policy.education_law``).
    """

    class Level(models.TextChoices):
        COUNTY = "county", "县级"
        TOWN = "town", "乡级"
        BOTH = "both", "县级、乡级"

    class ColumnKind(models.TextChoices):
        DYNAMIC = "dynamic", "动态、要闻"
        NOTICE = "notice", "通知公告、政策文件"
        OTHER = "other", "其他栏目"

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="catalog_nodes")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    code = models.CharField("代码", max_length=40)
    title = models.CharField("公开事项", max_length=120)
    source = models.CharField("来源", max_length=30)
    source_note = models.CharField("来源说明", max_length=200, blank=True)
    elements = models.TextField("公开内容（要素）", blank=True)
    basis = models.TextField("公开依据", blank=True)
    audience = models.CharField("公开对象", max_length=100, default="全社会")
    disclosure_class = models.CharField(
        "公开方式", max_length=20, choices=DisclosureClass.choices, default=DisclosureClass.PROACTIVE
    )
    level = models.CharField("公开层级", max_length=10, choices=Level.choices, default=Level.COUNTY)
    channels = models.JSONField("公开渠道", default=list)
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任科室"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="责任人",
    )
    column_kind = models.CharField(
        "栏目类型", max_length=10, choices=ColumnKind.choices, default=ColumnKind.OTHER
    )
    cadence = models.CharField(
        "公开节奏",
        max_length=20,
        choices=[(each.value, each.label) for each in Cadence],
        default=Cadence.AD_HOC.value,
    )
    cycle = models.CharField("更新周期", max_length=20, blank=True)
    max_age_days = models.PositiveIntegerField("多少天没有更新算停更", null=True, blank=True)
    yellow_days = models.PositiveSmallIntegerField("到期前几个工作日提醒", default=5)
    red_days = models.PositiveSmallIntegerField("到期前几个工作日警示", default=2)
    limit_days = models.PositiveSmallIntegerField("其他法律规定的期限（工作日）", null=True, blank=True)
    limit_article = models.CharField("期限的依据", max_length=120, blank=True)
    caution = models.CharField("公开时注意", max_length=200, blank=True)
    template_row = models.CharField(max_length=80, blank=True)
    order = models.PositiveIntegerField("次序", default=0)
    retired_on = models.DateField("停用日期", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    if TYPE_CHECKING:
        agency_id: int
        parent_id: int | None
        section_id: int | None
        person_id: int | None

    class Meta:
        verbose_name = "目录事项"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "code"],
                name="catalog_code_once_per_agency",
                violation_error_message="目录里已有这个代码，请另取一个。",
            ),
            models.CheckConstraint(
                condition=Q(limit_days__isnull=True) | ~Q(limit_article=""),
                name="a_limit_of_another_law_names_it",
                violation_error_message="写了其他法律规定的期限，请同时写明是哪一条。",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """Its name in the trail."""
        return f"catalog_node:{self.pk}"

    @property
    def path(self) -> str:
        """The codes of those above it and its own, from the top: ``20/20-11``."""
        return f"{self.parent.path}/{self.code}" if self.parent else self.code


class NodeVersion(models.Model):
    """A node as it stood from a moment on. The database refuses changes."""

    node = models.ForeignKey(CatalogNode, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    reason = models.CharField("理由", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    if TYPE_CHECKING:
        node_id: int

    class Meta:
        verbose_name = "目录事项的版本"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["node", "number"], name="node_version_once")]

    def __str__(self) -> str:
        return f"{self.node_id} 第{self.number}版"


class Milestone(models.Model):
    """A stage of a matter that is published stage by stage (逐段公开).

    It is done once its item was published; nobody ticks it.
    """

    node = models.ForeignKey(CatalogNode, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField("阶段", max_length=80)
    on = models.DateField("完成日期")
    item = models.ForeignKey(
        "publishing.Item", on_delete=models.PROTECT, null=True, blank=True, related_name="milestones"
    )

    if TYPE_CHECKING:
        node_id: int
        item_id: int | None

    class Meta:
        verbose_name = "阶段"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.title} {self.on}"


class PlanEntry(models.Model):
    """What the yearly plan says is to be published, by whom and by when.

    It is done once an item of it was published; nobody ticks it.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="plan_entries")
    year = models.PositiveSmallIntegerField("年度")
    node = models.ForeignKey(
        CatalogNode, on_delete=models.PROTECT, related_name="plan_entries", verbose_name="目录事项"
    )
    title = models.CharField("计划公开的内容", max_length=120)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", verbose_name="责任科室")
    due_on = models.DateField("完成日期")
    item = models.ForeignKey(
        "publishing.Item", on_delete=models.PROTECT, null=True, blank=True, related_name="plan_entries"
    )
    dropped_reason = models.CharField("不再公开的理由", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    if TYPE_CHECKING:
        agency_id: int
        node_id: int
        section_id: int
        item_id: int | None

    class Meta:
        verbose_name = "年度计划"
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.year} {self.title}"
