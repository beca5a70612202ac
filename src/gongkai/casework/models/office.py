"""What an office keeps about itself: names for its letters, number sequences, days, lists."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency, Section


class OfficeProfile(models.Model):
    """What the letters of an agency say about it (第十二条, 第五十一条)."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="profile")
    letter_mark = models.CharField("机关代字", max_length=30, help_text="文号的开头，例如“塔地教公”。")
    address = models.CharField("办公地址", max_length=120, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    hours = models.CharField("办公时间", max_length=120, blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    fax = models.CharField("传真", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    review_body = models.CharField("行政复议机关", max_length=120)
    review_website = models.CharField("网上申请复议的网址", max_length=200, blank=True)
    court = models.CharField("有管辖权的人民法院", max_length=120)
    payee = models.CharField("信息处理费缴纳方式", max_length=200, blank=True)
    accepts_applications = models.BooleanField("网站上接受申请", default=True)

    class Meta:
        verbose_name = "机关信息"

    def __str__(self) -> str:
        return str(self.agency)


class NumberSequence(models.Model):
    """The last number used of a series in a year: registration numbers and 文号 alike."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "编号"
        constraints = [
            models.UniqueConstraint(fields=["agency", "series", "year"], name="one_sequence_per_year")
        ]

    def __str__(self) -> str:
        return f"{self.series}{self.year}-{self.last}"


class LocalDay(models.Model):
    """A day whose kind the office typed in: a late notice, a regional festival, a local shutdown.

    It counts from the moment it is approved; an entry is never changed, only replaced by a newer one.
    ``scope`` says whose word it is, as ``law.notices.LocalDay`` does.
    """

    class Scope(models.TextChoices):
        NATIONAL = "national", "全国放假通知"
        REGIONAL = "regional", "地方民族节日"
        LOCAL = "local", "本机关或者当地停止办公"

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="local_days")
    day = models.DateField("日期")
    worked = models.BooleanField("上班")
    scope = models.CharField("性质", max_length=10, choices=Scope.choices, default=Scope.LOCAL)
    why = models.CharField("事由", max_length=60)
    source = models.CharField("依据的通知", max_length=120)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    replaced = models.BooleanField(default=False)

    class Meta:
        verbose_name = "本机关的工作日安排"
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "day"],
                condition=Q(replaced=False, approved_at__isnull=False),
                name="one_kind_per_day_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.worked else '放假'}"


class SettledYear(models.Model):
    """The office's word that all days off of a year are known to the product, so that no due day in
    it is an estimate any more."""

    class Scope(models.TextChoices):
        NATIONAL = "national", "全国放假通知"
        REGIONAL = "regional", "地方民族节日"

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="settled_years")
    year = models.PositiveSmallIntegerField("年份")
    scope = models.CharField("性质", max_length=10, choices=Scope.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "已录全的年份"
        ordering = ["year", "scope"]
        constraints = [models.UniqueConstraint(fields=["agency", "year", "scope"], name="year_settled_once")]

    def __str__(self) -> str:
        return f"{self.year}年{self.get_scope_display()}"


class FunctionLine(models.Model):
    """The department-function table: which section answers for which matters."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="functions")
    matters = models.TextField("职责和常见事项", help_text="用顿号或者换行分开。")

    if TYPE_CHECKING:
        section_id: int

    class Meta:
        verbose_name = "科室职责"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.section}"


class SavedList(models.Model):
    """Filters of the case list that a person keeps under a name."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("名称", max_length=40)
    query = models.CharField(max_length=500)

    class Meta:
        verbose_name = "常用筛选"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["account", "name"], name="saved_list_name_once_per_person")
        ]

    def __str__(self) -> str:
        return self.name


class CalendarFeed(models.Model):
    """The secret address under which a person's calendar program reads due days."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "日历订阅"

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}"
