"""Notices, the ways they go out, what each person wishes, and when recurring work is next due."""

from datetime import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.notices.kinds import kind_of
from gongkai.sealing import SealedText

NIGHT_FROM, NIGHT_UNTIL = time(22), time(8)


class Notice(models.Model):
    """Something a person should know. The recipient is a member of staff, or somebody outside whose
    addresses are sealed. ``title`` carries no personal data; ``text``, which may, is sealed.

    ``dedupe_key`` makes saying the same thing twice one notice; ``link`` is a path on this site.
    """

    class Level(models.TextChoices):
        NOTE = "note", "通知"
        WARNING = "warning", "提醒"
        URGENT = "urgent", "紧急"

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="notices")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="notices"
    )
    email = SealedText("收件邮箱", null=True)
    mobile = SealedText("收件手机", null=True)
    kind = models.CharField("事由", max_length=40)
    level = models.CharField("程度", max_length=10, choices=Level.choices, default=Level.NOTE)
    title = models.CharField("标题", max_length=120)
    text = SealedText("正文")
    link = models.CharField("页面", max_length=300, blank=True)
    due_at = models.DateTimeField("最迟办理", null=True)
    created_at = models.DateTimeField("发出时间")
    read_at = models.DateTimeField("阅读时间", null=True)
    dedupe_key = models.CharField(max_length=240, unique=True)

    if TYPE_CHECKING:
        recipient_id: int | None

    class Meta:
        verbose_name = "通知"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["recipient", "read_at", "-created_at"], name="notice_inbox")]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False) | Q(email__isnull=False) | Q(mobile__isnull=False),
                name="notice_has_a_recipient",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def kind_label(self) -> str:
        return kind_of(self.kind).label


class Delivery(models.Model):
    """One way a notice goes out. ``message_id`` stays the same however often it is sent, so that a
    message sent again after a crash can be recognized.

    ``leased_until``: somebody is sending it now; after that moment it may be taken up again.
    """

    class Channel(models.TextChoices):
        DESK = "desk", "办公桌"
        EMAIL = "email", "电子邮件"
        SMS = "sms", "短信"
        WECHAT = "wechat", "微信"

    class State(models.TextChoices):
        WAITING = "waiting", "等待发出"
        HELD = "held", "夜间暂存"
        SENT = "sent", "已发出"
        FAILED = "failed", "没有送达"

    OPEN = (State.WAITING, State.HELD)

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    not_before = models.DateTimeField("最早发出")
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    sent_at = models.DateTimeField("发出时间", null=True)
    message_id = models.CharField(max_length=120, unique=True)
    error = models.CharField("没有送达的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "通知发送"
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "not_before"], name="delivery_due")]
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_per_channel"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="sent_delivery_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state} {self.notice_id}"

    if TYPE_CHECKING:
        notice_id: int


class Preference(models.Model):
    """How a member of staff wishes to be told. Without one: in the desk only."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preference"
    )
    email = SealedText("电子邮箱", default="")
    mobile = SealedText("手机号", default="")
    wechat = SealedText("微信号", default="")
    channels = models.JSONField("渠道", default=list)
    quiet_from = models.TimeField("免打扰开始", default=NIGHT_FROM)
    quiet_until = models.TimeField("免打扰结束", default=NIGHT_UNTIL)
    kinds_off = models.JSONField("不发到站外的事由", default=list)

    class Meta:
        verbose_name = "通知设置"

    def __str__(self) -> str:
        return f"preference of account {self.account_id}"

    if TYPE_CHECKING:
        account_id: int


class ScheduledRun(models.Model):
    """When a recurring task is next due. Whoever moves the moment on has started the task."""

    name = models.CharField("任务", max_length=200, unique=True)
    next_run_at = models.DateTimeField("下次运行")

    class Meta:
        verbose_name = "定时任务"

    def __str__(self) -> str:
        return self.name
