"""What can be found, the text it is found by, and who wants to be told of new finds."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models

from gongkai.sealing import SealedJSON, SealedText

_FIRST_DAY = date(1900, 1, 1)
_A_DAY = 20  # bits: up to a million entries of one day


def first_id_of(day: date) -> int:
    """Where the ids of a day begin: later days have greater ids."""
    return max((day - _FIRST_DAY).days, 0) << _A_DAY


def last_id_of(day: date) -> int:
    return first_id_of(day + timedelta(days=1)) - 1


class Entry(models.Model):
    """Something public. ``kind`` and ``key`` are its desk's; ``category`` is a path of catalog codes.

    The id begins with the day of publication, so that the order of the ids is that of time.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField("种类", max_length=40)
    key = models.CharField("代号", max_length=80)
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="search_entries")
    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("文号", max_length=120, blank=True)
    folded_number = models.CharField(max_length=240, blank=True, db_index=True)
    category = models.CharField("目录栏目", max_length=200, blank=True)
    section = models.CharField("科室", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("年度", null=True)
    validity = models.CharField("效力", max_length=20, blank=True)
    media = models.CharField("媒体类型", max_length=40, blank=True)
    published_on = models.DateField("公开日期")
    address = models.CharField("页面", max_length=300)
    summary = models.TextField("内容概述", blank=True)
    first_put_at = models.DateTimeField("首次收入时间", db_index=True)

    class Meta:
        verbose_name = "检索条目"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="entry_once_for_each_key")]

    if TYPE_CHECKING:
        agency_id: int
        text: "Text"

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Text(models.Model):
    """The folded text of an entry, looked through for words. Its parts stand one on a line, in the order of
    ``shown``: title, document number, body, then name and text of each attachment."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="text")
    head = models.TextField()
    folded = models.TextField()

    class Meta:
        verbose_name = "检索文本"

    def __str__(self) -> str:
        return f"text of {self.entry_id}"

    if TYPE_CHECKING:
        entry_id: int


class Part(models.Model):
    """A part of an entry as people read it: the body, or what stands in an attachment."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    attachment = models.CharField("附件名称", max_length=300, blank=True)
    text = models.TextField()

    class Meta:
        verbose_name = "检索文本的一部分"
        ordering = ["entry", "position"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="part_once_for_each_position")
        ]

    def __str__(self) -> str:
        return f"part {self.position} of {self.entry_id}"

    if TYPE_CHECKING:
        entry_id: int


class Subscription(models.Model):
    """A wish to be mailed what is newly published and matches. Address and words lie sealed, and are
    gone when it ends, as is the last mail. ``token`` is the secret of the links in the mails, found by its
    digest. What was put in after ``looked_until`` has not been told yet."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="subscriptions")
    address = SealedText("电子邮箱", null=True)
    address_digest = models.CharField(max_length=64, blank=True, db_index=True)
    wish = SealedJSON("检索词和范围", null=True)
    token = SealedText("链接密文", null=True)
    token_digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField("提出时间")
    confirmed_at = models.DateTimeField("确认时间", null=True)
    ended_at = models.DateTimeField("退订时间", null=True)
    looked_until = models.DateTimeField("已经看到")
    last_notice = models.ForeignKey(
        "notices.Notice", on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="最近一封邮件"
    )

    class Meta:
        verbose_name = "检索订阅"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True)
                | models.Q(address__isnull=True, wish__isnull=True, token__isnull=True, address_digest=""),
                name="ended_subscription_keeps_nothing",
            )
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"
