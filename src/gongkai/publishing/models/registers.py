"""The registers behind Table 2: normative documents, matters, decisions, amounts."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.publishing.models.items import Item
from gongkai.sealing import SealedBytes, SealedText


class NormativeDocument(models.Model):
    """A rule or normative document (规章、行政规范性文件) of the library; published or not, old or new.

    ``expires_on`` is the last day on which it holds. ``disclosed_on`` is for what was made public before
    this desk; of an item the first publication says it.
    """

    class Kind(models.TextChoices):
        GOVERNMENT_RULE = "government_rule", "规章"
        NORMATIVE_DOCUMENT = "normative_document", "行政规范性文件"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="normative_documents")
    kind = models.CharField("类别", max_length=20, choices=Kind.choices, default=Kind.NORMATIVE_DOCUMENT)
    title = models.CharField("名称", max_length=300)
    document_number = models.CharField("文号", max_length=80, blank=True)
    issued_on = models.DateField("制发日期")
    effective_on = models.DateField("施行日期", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    disclosed_on = models.DateField("公开日期", null=True, blank=True)
    item = models.OneToOneField(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="normative_document"
    )
    struck_reason = models.CharField("注销理由", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    if TYPE_CHECKING:
        agency_id: int
        item_id: int | None

    class Meta:
        verbose_name = "规范性文件"
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "document_number"],
                condition=~Q(document_number="") & Q(struck_reason=""),
                name="normative_number_once",
                violation_error_message="文件库里已有这个文号，请查对。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """Its name in the trail."""
        return f"normative_document:{self.pk}"


class ValidityEvent(models.Model):
    """What happened to a document of the library on a day. The database refuses changes."""

    class Kind(models.TextChoices):
        AMENDED = "amended", "修改"
        REPEALED = "repealed", "废止"
        EXPIRED = "expired", "失效"
        CONFIRMED = "confirmed", "清理后继续有效"
        STRUCK = "struck", "注销一条记录"

    document = models.ForeignKey(NormativeDocument, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField("变化", max_length=20, choices=Kind.choices)
    on = models.DateField("日期")
    by_document = models.CharField("依据的文件", max_length=200)
    strikes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="struck_by"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    if TYPE_CHECKING:
        document_id: int

    class Meta:
        verbose_name = "有效性变化"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"


class RegisterKind(models.TextChoices):
    """The registers beside the library, named as the rows of Table 2."""

    PERMIT = "permit", "行政许可"
    OTHER_EXTERNAL_SERVICE = "other_external_service", "其他对外管理服务事项"
    PENALTY = "penalty", "行政处罚"
    COERCIVE_MEASURE = "coercive_measure", "行政强制"
    ADMINISTRATIVE_FEE = "administrative_fee", "行政事业性收费"
    CENTRAL_PROCUREMENT = "central_procurement", "政府集中采购"


class Matter(models.Model):
    """A matter the agency handles (项目): counted as items last year and change in the form of 2019."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="matters")
    kind = models.CharField("类别", max_length=30, choices=RegisterKind.choices)
    title = models.CharField("事项名称", max_length=200)
    basis = models.CharField("依据", max_length=300, blank=True)
    from_on = models.DateField("开始日期")
    until_on = models.DateField("取消日期", null=True, blank=True)
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="matters", verbose_name="办事指南"
    )
    struck_reason = models.CharField("注销理由", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    if TYPE_CHECKING:
        agency_id: int

    class Meta:
        verbose_name = "事项"
        ordering = ["kind", "from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="a_matter_ends_after_it_begins",
                violation_error_message="取消日期不能早于开始日期。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """Its name in the trail."""
        return f"matter:{self.pk}"


class RegisterEntry(models.Model):
    """One decision, fee receipt or procurement project. ``amount`` is in yuan.

    ``party`` is masked where it is a person. What was entered wrongly is struck with a reason, not deleted.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="register_entries")
    kind = models.CharField("类别", max_length=30, choices=RegisterKind.choices)
    number = models.CharField("文书号或者项目编号", max_length=80, blank=True)
    title = models.CharField("名称", max_length=200)
    party = models.CharField("相对人（个人已隐名）", max_length=120, blank=True)
    decided_on = models.DateField("决定、收费或者成交日期")
    amount = models.DecimalField("金额（元）", max_digits=16, decimal_places=2, null=True, blank=True)
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="entries", verbose_name="事项"
    )
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="register_entries"
    )
    revoked_on = models.DateField("变更、撤销的日期", null=True, blank=True)
    revoked_reason = models.CharField("变更、撤销的情况", max_length=200, blank=True)
    source = models.CharField("来源", max_length=120, blank=True)
    struck_reason = models.CharField("注销理由", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    if TYPE_CHECKING:
        agency_id: int
        item_id: int | None

    class Meta:
        verbose_name = "台账记录"
        ordering = ["-decided_on", "-pk"]
        indexes = [models.Index(fields=["agency", "kind", "decided_on"], name="register_by_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "number"],
                condition=~Q(number="") & Q(struck_reason=""),
                name="register_number_once",
                violation_error_message="台账里已有这个编号，请查对。",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """Its name in the trail."""
        return f"register_entry:{self.pk}"


class RegisterFile(models.Model):
    """A list of a register as a file, looked at first, then imported or dropped. It is kept, sealed, only
    until then. ``register`` is ``documents``, ``matters`` or ``entries``; ``kind`` a ``RegisterKind``."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    register = models.CharField(max_length=30)
    kind = models.CharField(max_length=30, blank=True)
    name = SealedText()
    sha256 = models.CharField(max_length=64)
    content = SealedBytes(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True, blank=True)
    imported = models.PositiveIntegerField("导入件数", default=0)

    if TYPE_CHECKING:
        agency_id: int

    class Meta:
        verbose_name = "待导入的台账"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.sha256[:8]}"
