"""Files, letters, approvals, service: everything that is or becomes paper."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.casework.models.case import Application
from gongkai.casework.models.work import Consultation, Decision
from gongkai.sealing import SealedBytes, SealedJSON, SealedText


class FilesWithoutContent(models.Manager["CaseFile"]):
    """Lists of files never load what is in them."""

    def get_queryset(self) -> QuerySet["CaseFile"]:
        return super().get_queryset().defer("content")


class CaseFile(models.Model):
    """A file of a case, sealed. ``sha256`` (hex) and ``size`` are those of the file itself."""

    class Kind(models.TextChoices):
        APPLICATION = "application", "申请书扫描件"
        IDENTITY = "identity", "身份证明"
        SUPPLEMENT = "supplement", "补正材料"
        OPINION = "opinion", "征求意见的回复"
        FOUND = "found", "检索到的文件"
        PROVIDED = "provided", "提供给申请人的文件"
        REDACTED = "redacted", "区分处理后的文件"
        CLASSIFICATION = "classification", "定密依据"
        SERVICE_PROOF = "service_proof", "送达凭证"
        OTHER = "other", "其他"

    case = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField("类别", max_length=20, choices=Kind.choices)
    name = SealedText()
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = SealedBytes()
    shown_to_applicant = models.BooleanField("申请人可以查看", default=False)
    redacted_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="redactions"
    )
    boxes = models.JSONField("遮盖", default=list)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = FilesWithoutContent()

    if TYPE_CHECKING:
        case_id: int
        redacted_from_id: int | None

    class Meta:
        verbose_name = "案卷文件"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sha256[:8]}"


class LettersWithoutPrint(models.Manager["Letter"]):
    """Lists of letters never load the printed PDF."""

    def get_queryset(self) -> QuerySet["Letter"]:
        return super().get_queryset().defer("pdf")


class Letter(models.Model):
    """One document (文书). ``content`` is the letter in the form of ``documents.letters``.

    ``act`` is what the letter does to the clock once it takes effect: ``{"kind": …, details}``.
    Signed, it has a number that is never used again, and its hash; the database refuses any change
    of what was signed.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        IN_REVIEW = "in_review", "审批中"
        SIGNED = "signed", "已签发"
        DROPPED = "dropped", "已作废（未签发）"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField("文书", max_length=40)
    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.DRAFT)
    content = SealedJSON()
    fields = SealedJSON(default=dict)
    act = models.JSONField(null=True, blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    path = models.CharField("审批路径", max_length=20)
    series = models.CharField(max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    serial = models.PositiveIntegerField(null=True, blank=True)
    document_number = models.CharField("文号", max_length=80, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    drafted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_on = models.DateField("签发日期", null=True, blank=True)
    sha256 = models.CharField("校验值", max_length=64, blank=True)
    pdf = SealedBytes(null=True)
    effective_on = models.DateField("生效日期", null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = LettersWithoutPrint()

    if TYPE_CHECKING:
        agency_id: int
        case_id: int
        decision_id: int | None
        consultation_id: int | None

    class Meta:
        verbose_name = "文书"
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "kind", "case"], name="letter_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "series", "year", "serial"],
                condition=Q(serial__isnull=False),
                name="document_number_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed") | (Q(signed_on__isnull=False) & ~Q(sha256="")),
                name="signed_letter_has_a_day_and_a_hash",
            ),
        ]

    def __str__(self) -> str:
        return self.document_number or self.kind


class LetterVersion(models.Model):
    """What a letter said at one time. An approval names one by its hash, so that what changed since can
    be shown."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="versions")
    content = SealedJSON()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    if TYPE_CHECKING:
        letter_id: int

    class Meta:
        verbose_name = "文书的文本"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.sha256[:8]}"


class Approval(models.Model):
    """One step of the approval of a letter, bound to the content that was looked at."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", "同意"
        RETURNED = "returned", "退回修改"

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="approvals")
    step = models.CharField(max_length=30)
    verdict = models.CharField("意见", max_length=20, choices=Verdict.choices)
    opinion = models.CharField("说明", max_length=500, blank=True)
    content_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    if TYPE_CHECKING:
        letter_id: int
        by_id: int

    class Meta:
        verbose_name = "审批"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict="returned") | ~Q(opinion=""), name="sending_back_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.get_verdict_display()}"


class Service(models.Model):
    """The service (送达) of a signed letter. ``method`` and the kinds of its entries are those of
    ``law.service``; ``served_on`` is an index of the entries."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="services")
    method = models.CharField("送达方式", max_length=20)
    tracking_number = models.CharField("邮件号", max_length=60, blank=True)
    served_on = models.DateField("送达日期", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    if TYPE_CHECKING:
        letter_id: int

    class Meta:
        verbose_name = "送达"
        ordering = ["pk"]
        indexes = [models.Index(fields=["letter"], condition=Q(served_on__isnull=False), name="service_done")]

    def __str__(self) -> str:
        return self.method


class ServiceEntry(models.Model):
    """One line of the service ledger."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField("情况", max_length=20)
    on = models.DateField("日期")
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    if TYPE_CHECKING:
        service_id: int

    class Meta:
        verbose_name = "送达记录"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"
