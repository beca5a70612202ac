"""A reconsideration or a suit against what an agency did with an application, and its dated events."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency
from gongkai.casework.models import Application
from gongkai.law.respondent import RemedyStage
from gongkai.sealing import SealedBytes, SealedText

REGISTERED, REMANDED = "registered", "remanded"
STATES = (
    (REGISTERED, "已提出，还没有收到副本"),
    *((stage.value, stage.label) for stage in RemedyStage),
    (REMANDED, "发回重审，待裁判"),
)
PENDING = "pending"
COLUMNS = (
    (PENDING, "尚未审结"),
    ("upheld", "结果维持"),
    ("overturned", "结果纠正"),
    ("other_result", "其他结果"),
)


class Remedy(models.Model):
    """One reconsideration, or one suit through all its instances: table 4 counts each once.

    ``state``, ``procedure``, ``result``, ``column`` and ``owes`` are an index of the events with one
    writer, ``actions.log``. ``column`` is that of table 4 as things stand now, ``owes`` says that the
    result asks something of the agency that is not done. Due days are derived, never stored.
    """

    class Forum(models.TextChoices):
        RECONSIDERATION = "reconsideration", "行政复议"
        LITIGATION = "litigation", "行政诉讼"

    class Route(models.TextChoices):
        """How a suit came about: the blocks of table 4."""

        DIRECT_SUIT = "direct_suit", "未经复议直接起诉"
        SUIT_AFTER_RECONSIDERATION = "suit_after_reconsideration", "复议后起诉"

    class Procedure(models.TextChoices):
        ORDINARY = "ordinary", "普通程序"
        SIMPLIFIED = "simplified", "简易程序"

    class Challenged(models.TextChoices):
        """What the other side complains of."""

        ANSWER = "answer", "对答复不服"
        NON_REPLY = "non_reply", "逾期没有答复"
        DISCLOSURE = "disclosure", "认为公开侵犯其合法权益"
        PROCEDURE = "procedure", "对补正、延期、收费等告知不服"
        RECTIFICATION = "rectification", "对更正申请的处理不服"
        OTHER = "other", "其他"

    class Claimant(models.TextChoices):
        APPLICANT = "applicant", "申请人"
        THIRD_PARTY = "third_party", "第三方"
        OTHER = "other", "其他人"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="remedies")
    case = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="remedies")
    forum = models.CharField("救济途径", max_length=20, choices=Forum.choices)
    route = models.CharField("起诉情形", max_length=30, choices=Route.choices, blank=True)
    body = models.CharField("复议机关或者法院", max_length=120)
    body_number = models.CharField("案号", max_length=80, blank=True)
    claimant = models.CharField("提出人", max_length=20, choices=Claimant.choices, default=Claimant.APPLICANT)
    challenged = models.CharField("不服的行为", max_length=20, choices=Challenged.choices)
    filed_on = models.DateField("提出日期")
    preceded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="suits"
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="经办人",
    )
    state = models.CharField("进展", max_length=20, choices=STATES, default=REGISTERED)
    procedure = models.CharField(
        "审理程序", max_length=20, choices=Procedure.choices, default=Procedure.ORDINARY
    )
    result = models.CharField("结果", max_length=40, blank=True)
    column = models.CharField("表四的列", max_length=20, choices=COLUMNS, default=PENDING)
    owes = models.BooleanField("还要按结果办理", default=False)
    revision = models.PositiveIntegerField(default=1)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    if TYPE_CHECKING:
        agency_id: int
        case_id: int
        preceded_by_id: int | None
        handler_id: int | None

    class Meta:
        verbose_name = "复议诉讼案件"
        verbose_name_plural = "复议诉讼案件"
        ordering = ["-filed_on", "-pk"]
        indexes = [models.Index(fields=["agency", "column"])]
        constraints = [
            models.CheckConstraint(
                condition=(Q(forum="litigation") & ~Q(route=""))
                | (Q(forum="reconsideration") & Q(route="") & Q(preceded_by__isnull=True)),
                name="a_suit_says_how_it_came_about",
            ),
            models.CheckConstraint(
                condition=~Q(route="suit_after_reconsideration") | Q(preceded_by__isnull=False),
                name="suit_after_names_its_reconsideration",
            ),
            models.CheckConstraint(
                condition=Q(result="", column="pending") | ~Q(result=""), name="a_column_has_a_result"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_forum_display()}{self.body_number or self.case.number}"

    @property
    def subject(self) -> str:
        """Its name in the trail."""
        return f"remedy:{self.pk}"

    @property
    def papers(self) -> str:
        """What its papers are called."""
        return "复议申请书副本" if self.forum == self.Forum.RECONSIDERATION else "起诉状副本"


class RemedyEvent(models.Model):
    """Something that happened to a remedy on a day. Rows are only ever added; the database refuses
    changes. A wrong entry is struck out by a later ``struck`` event that names it and says why."""

    class Kind(models.TextChoices):
        FILED = "filed", "提出复议申请或者起诉"
        NOTIFIED = "notified", "收到副本"
        ACCEPTED = "accepted", "受理或者立案"
        EXTENDED = "extended", "延长复议期限"
        ANSWERED = "answered", "提交答复和证据"
        HEARING_SET = "hearing_set", "收到听证或者开庭通知"
        HEARING = "hearing", "听证、听取意见或者开庭"
        DECIDED = "decided", "复议决定或者一审裁判"
        APPEALED = "appealed", "上诉"
        APPEAL_DECIDED = "appeal_decided", "二审裁判"
        REMANDED = "remanded", "发回重审"
        WITHDRAWN = "withdrawn", "撤回"
        REDONE = "redone", "已按结果办理"
        HANDED = "handed", "确定经办人"
        STRUCK = "struck", "划销记录"

    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, related_name="events")
    position = models.PositiveIntegerField()
    kind = models.CharField("事件", max_length=20, choices=Kind.choices)
    on = models.DateField("日期")
    details = models.JSONField("内容", default=dict)
    reason = models.CharField("说明", max_length=500, blank=True)
    strikes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="struck_by"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    if TYPE_CHECKING:
        remedy_id: int
        strikes_id: int | None

    class Meta:
        verbose_name = "复议诉讼记录"
        ordering = ["remedy_id", "on", "position"]
        constraints = [
            models.UniqueConstraint(fields=["remedy", "position"], name="one_remedy_event_per_position"),
            models.CheckConstraint(
                condition=~Q(kind="struck") | (Q(strikes__isnull=False) & ~Q(reason="")),
                name="striking_out_of_a_remedy_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"


class FilesWithoutContent(models.Manager["RemedyFile"]):
    """Lists of files never load what is in them."""

    def get_queryset(self) -> QuerySet["RemedyFile"]:
        return super().get_queryset().defer("content")


class RemedyFile(models.Model):
    """A paper of a remedy, sealed. ``sha256`` (hex) and ``size`` are those of the file itself."""

    class Kind(models.TextChoices):
        PAPERS = "papers", "申请书或者起诉状副本"
        ANSWER = "answer", "答复书、答辩状和证据"
        NOTICE = "notice", "通知、传票"
        DECISION = "decision", "决定书或者裁判文书"
        OTHER = "other", "其他"

    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField("类别", max_length=20, choices=Kind.choices)
    name = SealedText()
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = SealedBytes()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = FilesWithoutContent()

    if TYPE_CHECKING:
        remedy_id: int

    class Meta:
        verbose_name = "复议诉讼文书"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sha256[:8]}"
