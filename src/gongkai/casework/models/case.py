"""The application, who applied, and the dated events that explain everything about it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency, Section
from gongkai.law.applicants import ApplicantKind
from gongkai.law.clock.events import Event
from gongkai.law.clock.exchange import EVENT_KINDS, parse_event
from gongkai.law.lifecycle import Act, CaseState
from gongkai.law.receipt import Channel
from gongkai.sealing import SealedJSON


class Application(models.Model):
    """One application (第二十七条 or 第四十一条).

    ``state``, ``clock``, ``received_on``, ``due_on``, ``estimated``, ``closed_on`` and ``decision`` are
    an index of the event log with one writer, ``actions.log``. ``counted`` says whether table 3 counts
    the case: a parent that was split, a transferred case and a rectification are not counted.
    """

    class Matter(models.TextChoices):
        DISCLOSURE = "disclosure", "政府信息公开申请"
        RECTIFICATION = "rectification", "更正政府信息申请"

    class Disposal(models.TextChoices):
        """How a case ended that has no decision of its own."""

        SPLIT = "split", "已拆分办理"
        TRANSFERRED = "transferred", "已转送其他机关"
        RECTIFIED = "rectified", "已更正"
        NOT_RECTIFIED = "not_rectified", "不予更正"

    class Access(models.TextChoices):
        """How the applicant wishes to get the information (第二十九条第三项)."""

        POST = "post", "邮寄"
        EMAIL = "email", "电子邮件"
        ONLINE = "online", "网上下载"
        PICK_UP = "pick_up", "当面领取"
        INSPECTION = "inspection", "查阅、抄录"

    class Carrier(models.TextChoices):
        PAPER = "paper", "纸质"
        ELECTRONIC = "electronic", "电子文件"
        EITHER = "either", "都可以"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="applications")
    number = models.CharField("登记编号", max_length=30)
    query_code = models.CharField("查询码摘要", max_length=64)
    matter = models.CharField("事项", max_length=20, choices=Matter.choices, default=Matter.DISCLOSURE)
    channel = models.CharField(
        "接收渠道", max_length=20, choices=[(channel.value, channel.label) for channel in Channel]
    )
    arrived_on = models.DateField("到达日期")
    applicant_kind = models.CharField(
        "申请人类别", max_length=40, choices=[(kind.value, kind.label) for kind in ApplicantKind]
    )
    title = models.CharField("摘要", max_length=120)
    description = models.TextField("所需政府信息的名称、文号或者其他特征性描述")
    document_number = models.CharField("文号", max_length=80, blank=True)
    access = models.CharField("获取方式", max_length=20, choices=Access.choices, default=Access.POST)
    carrier = models.CharField("载体形式", max_length=20, choices=Carrier.choices, default=Carrier.EITHER)
    needs_help = models.BooleanField("阅读困难或者视听障碍，需要协助（第四十三条）", default=False)

    state = models.CharField(
        "状态",
        max_length=30,
        choices=[(state.value, state.label) for state in CaseState],
        default=CaseState.RECEIVED.value,
    )
    clock = models.CharField("期限状态", max_length=30, default=CaseState.RECEIVED.value)
    received_on = models.DateField("收到之日", null=True, blank=True)
    due_on = models.DateField("答复期限", null=True, blank=True)
    estimated = models.BooleanField("期限为估计", default=False)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    decision = models.CharField("办理结果", max_length=60, blank=True)
    disposal = models.CharField("其他去向", max_length=20, choices=Disposal.choices, blank=True)
    counted = models.BooleanField("计入年度报告", default=True)

    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="applications"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name="经办人",
    )
    co_workers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    accepted_at = models.DateTimeField("接收交办", null=True, blank=True)
    internal_due_on = models.DateField("内部期限", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    joined_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="joined"
    )
    re_decides = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="redecisions"
    )
    archived_on = models.DateField("归档日期", null=True, blank=True)
    archive_number = models.CharField("档号", max_length=60, blank=True)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    if TYPE_CHECKING:
        agency_id: int
        section_id: int | None
        officer_id: int | None
        split_from_id: int | None
        joined_to_id: int | None
        re_decides_id: int | None

    class Meta:
        verbose_name = "申请"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["agency", "state", "due_on"]),
            models.Index(fields=["agency", "received_on"]),
            models.Index(fields=["agency", "closed_on"]),
            models.Index(fields=["query_code"], name="case_by_query_code"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="registration_number_once"),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | (Q(closed_on__isnull=False) & ~(Q(decision="") & Q(disposal=""))),
                name="closed_has_a_day_and_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state="closed") | (Q(closed_on__isnull=True) & Q(decision="") & Q(disposal="")),
                name="open_has_no_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state="received") | Q(received_on__isnull=False), name="running_has_a_receipt"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """Its name in the trail."""
        return f"application:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state != CaseState.CLOSED.value


class Applicant(models.Model):
    """Who applied. The identity is sealed; a look at it is an act that the trail keeps.

    ``identity`` holds the keys of ``IDENTITY_LABELS``. ``fingerprint`` is a keyed digest of the identity
    number (or else of name and telephone), to find the same applicant again.
    """

    IDENTITY_LABELS = {
        "name": "姓名或者名称",
        "id_kind": "证件名称",
        "id_number": "证件号码",
        "credit_code": "统一社会信用代码",
        "legal_representative": "法定代表人",
        "contact": "联系人",
        "phone": "联系电话",
        "address": "通信地址",
        "postcode": "邮政编码",
        "email": "电子邮箱",
    }

    case = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="applicant")
    masked_name = models.CharField("申请人", max_length=60)
    fingerprint = models.CharField(max_length=64, db_index=True)
    identity = SealedJSON()
    query_code = SealedJSON()

    if TYPE_CHECKING:
        case_id: int

    class Meta:
        verbose_name = "申请人"

    def __str__(self) -> str:
        return self.masked_name


class CaseEvent(models.Model):
    """Something that happened to a case on a day. Rows are only ever added; the database refuses
    changes. A wrong entry is struck out by a later ``struck`` event that names it and says why.

    The ``details`` of what the clock knows are those of the exchange form."""

    class Kind(models.TextChoices):
        ARRIVED = "arrived", "申请到达"
        CONFIRMATION = "confirmation", "联系确认"
        RECEIVED = Act.RECEIVED.value, Act.RECEIVED.label
        SUPPLEMENT_REQUESTED = Act.SUPPLEMENT_REQUESTED.value, Act.SUPPLEMENT_REQUESTED.label
        SUPPLEMENTED = Act.SUPPLEMENTED.value, Act.SUPPLEMENTED.label
        CONSULTATION_OPENED = Act.CONSULTATION_OPENED.value, Act.CONSULTATION_OPENED.label
        CONSULTATION_CLOSED = Act.CONSULTATION_CLOSED.value, Act.CONSULTATION_CLOSED.label
        EXTENDED = Act.EXTENDED.value, Act.EXTENDED.label
        FEE_NOTICED = Act.FEE_NOTICED.value, Act.FEE_NOTICED.label
        FEE_PAID = Act.FEE_PAID.value, Act.FEE_PAID.label
        REASONS_REQUESTED = Act.REASONS_REQUESTED.value, Act.REASONS_REQUESTED.label
        REASONS_GIVEN = Act.REASONS_GIVEN.value, Act.REASONS_GIVEN.label
        DELAYED = Act.DELAYED.value, Act.DELAYED.label
        ANSWERED = Act.ANSWERED.value, Act.ANSWERED.label
        WITHDRAWN = Act.WITHDRAWN.value, Act.WITHDRAWN.label
        CLOSED = "closed", "办结"
        ASSIGNED = "assigned", "交办"
        ACCEPTED = "accepted", "接收交办"
        SENT_BACK = "sent_back", "退回交办"
        INTERNAL_DUE = "internal_due", "确定内部期限"
        SEARCHED = "searched", "检索"
        DECIDED = "decided", "拟定办理结果"
        LETTER_SIGNED = "letter_signed", "签发文书"
        SERVED = "served", "送达"
        SPLIT = "split", "拆分"
        JOINED = "joined", "并案"
        TRANSFERRED = "transferred", "转送"
        HELPED = "helped", "提供协助"
        CALENDAR_CHANGED = "calendar_changed", "工作日安排变动"
        ARCHIVED = "archived", "归档"
        STRUCK = "struck", "划销记录"

    case = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="events")
    position = models.PositiveIntegerField()
    kind = models.CharField("事件", max_length=30, choices=Kind.choices)
    on = models.DateField("日期")
    details = models.JSONField("内容", default=dict)
    reason = models.CharField("说明", max_length=500, blank=True)
    letter = models.ForeignKey(
        "Letter", on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    strikes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="struck_by"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    if TYPE_CHECKING:
        case_id: int
        letter_id: int | None
        strikes_id: int | None

    class Meta:
        verbose_name = "办理记录"
        ordering = ["case_id", "on", "position"]
        indexes = [models.Index(fields=["kind", "case"], name="event_by_kind")]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="one_event_per_position"),
            models.CheckConstraint(
                condition=~Q(kind="struck") | (Q(strikes__isnull=False) & ~Q(reason="")),
                name="striking_out_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"

    def to_law(self) -> Event | None:
        """The event as the clock knows it; ``None`` for one that the clock does not ask about."""
        if self.kind not in EVENT_KINDS:
            return None
        return parse_event({**self.details, "kind": self.kind, "on": self.on.isoformat()})
