"""An agency's annual report of one year, and what hangs on it."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.documents.writing.figures import value_text
from gongkai.law.report.exchange import from_json
from gongkai.law.report.filled import FilledReport


class AnnualReport(models.Model):
    """One report. ``content`` is the report in the exchange form: a blank cell is ``null``, never 0.

    ``revision`` grows with every save, so that two people editing at once notice each other.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "编制中"
        SIGNED = "signed", "已签发"
        SUBMITTED = "submitted", "已报送"
        RETURNED = "returned", "已退回"
        PUBLISHED = "published", "已公布"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="annual_reports")
    year = models.PositiveSmallIntegerField("报告年度")
    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.DRAFT)
    content = models.JSONField("内容")
    revision = models.PositiveIntegerField(default=1)
    remark = models.CharField("公开说明", max_length=200, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField("退回理由", blank=True)

    if TYPE_CHECKING:
        agency_id: int

    class Meta:
        verbose_name = "年度报告"
        ordering = ["-year", "agency_id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="one_report_per_agency_and_year"),
            models.CheckConstraint(
                condition=Q(year__gte=2019) & Q(year__lte=2099), name="report_year_has_a_form"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "submitted", "published"])
                | (Q(signed_by__isnull=False) & Q(signed_at__isnull=False)),
                name="nothing_leaves_unsigned",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="submitted_has_a_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="published_has_a_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""), name="returned_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}{self.year}年度报告"

    @property
    def filled(self) -> FilledReport:
        """The report as the law floor knows it."""
        return from_json(self.content)

    @property
    def subject(self) -> str:
        """Its name in the trail."""
        return f"annual_report:{self.pk}"

    @property
    def content_hash(self) -> str:
        """SHA-256 (hex) of the content: what was signed can be told from what stands now."""
        return digest(self.content)


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of plain data."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class Waiver(models.Model):
    """A finding that stands with good reason. It holds for exactly this sentence: when the figures
    change and the sentence with them, the finding is open again."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="waivers")
    code = models.CharField("规则", max_length=20)
    cells = models.JSONField("单元格", default=list)
    message = models.TextField("提示")
    reason = models.TextField("理由")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "保留说明"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "code", "message"], name="one_waiver_per_finding"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_waiver_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.code}：{self.reason}"


class ImportedReading(models.Model):
    """A file as it was read, waiting to be looked at and taken over. The file itself is not kept."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="readings")
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.JSONField("读出的内容")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "导入的读数"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def filled(self) -> FilledReport:
        """What the file says."""
        return from_json(self.content)


class YearCut(models.Model):
    """What the registers said of a year when it was cut at 31 December. The database refuses changes.

    ``content``: ``format`` (the form), ``table2`` (cell → value and ids of the records), ``table3`` and
    ``table4`` (row → column → ids of the cases, without the totals; nothing counts from them where
    ``cases_begun`` is false), ``passed_over`` (ids that no year counts from then on), ``rules`` and
    ``publishing_rules`` (the choices made where no text settles it), ``calendar``, ``product`` (versions)
    and ``previous`` (``sha256`` of last year's cut, or ``null``).
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="year_cuts")
    year = models.PositiveSmallIntegerField("年度")
    cut_on = models.DateField("统计截止")
    taken_at = models.DateTimeField("固定时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField("内容")
    sha256 = models.CharField(max_length=64)

    if TYPE_CHECKING:
        agency_id: int

    class Meta:
        verbose_name = "年度台账"
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="one_cut_per_agency_and_year")]

    def __str__(self) -> str:
        return f"{self.agency}{self.year}年度台账"

    @property
    def is_intact(self) -> bool:
        """Whether the content is the one that was frozen."""
        return digest(self.content) == self.sha256


class Adjustment(models.Model):
    """A figure that differs from the count of the register, with the reason. It explains exactly this
    difference: when the count or the figure changes, the difference is open again."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="adjustments")
    cell = models.CharField("单元格", max_length=80)
    counted = models.DecimalField("台账数", max_digits=18, decimal_places=6)
    adjusted = models.DecimalField("报告数", max_digits=18, decimal_places=6)
    reason = models.CharField("理由", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "调整"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "cell"], name="one_adjustment_per_cell"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_adjustment_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.cell}：{self.counted_text} → {self.adjusted_text}"

    @property
    def counted_text(self) -> str:
        """What the registers say, as the cell prints it."""
        return _printed(self.cell, self.counted)

    @property
    def adjusted_text(self) -> str:
        """What the report says, as the cell prints it."""
        return _printed(self.cell, self.adjusted)


def _printed(cell: str, figure: Decimal) -> str:
    return value_text(cell, int(figure) if figure == int(figure) else figure.normalize() + Decimal(0))
