"""The channels' own records: the newsletter, the board and its finder, what lies at WeChat."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency, Section
from gongkai.publishing.models.publication import Posting, Publication
from gongkai.sealing import SealedBytes, SealedText


class ProofsWithoutContent(models.Manager["PostingProof"]):
    """Lists of proofs never load what is in them."""

    def get_queryset(self) -> QuerySet["PostingProof"]:
        return super().get_queryset().defer("data")


class PostingProof(models.Model):
    """What shows that a posting was there: a photograph, a page of a paper, minutes.

    It is sealed, belongs to no edition, and never becomes public. ``sha256`` (hex) and ``size`` are those
    of the bytes.
    """

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="proofs")
    name = SealedText()
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    data = SealedBytes()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ProofsWithoutContent()

    if TYPE_CHECKING:
        posting_id: int

    class Meta:
        verbose_name = "公开凭证"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.sha256[:8]


class NewsletterIssue(models.Model):
    """One issue of the newsletter (简报), put together from what is published."""

    class State(models.TextChoices):
        DRAFT = "draft", "编辑中"
        RELEASED = "released", "已印发"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="newsletters")
    name = models.CharField("简报名称", max_length=60)
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveIntegerField("期号")
    total_number = models.PositiveIntegerField("总期号")
    issued_on = models.DateField("印发日期")
    reported_to = models.CharField("报", max_length=200, blank=True)
    sent_to = models.CharField("送", max_length=200, blank=True)
    distributed_to = models.CharField("发", max_length=200, blank=True)
    copies = models.PositiveIntegerField("印数", default=0)
    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.DRAFT)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    if TYPE_CHECKING:
        agency_id: int

    class Meta:
        verbose_name = "简报"
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name", "year", "number"],
                name="newsletter_number_once",
                violation_error_message="这一期已经有了，请换一个期号。",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}{self.year}年第{self.number}期"


class NewsletterEntry(models.Model):
    """One publication in an issue."""

    issue = models.ForeignKey(NewsletterIssue, on_delete=models.CASCADE, related_name="entries")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="newsletter_entries")
    order = models.PositiveIntegerField()

    if TYPE_CHECKING:
        issue_id: int
        publication_id: int

    class Meta:
        verbose_name = "简报的文章"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["issue", "publication"], name="once_in_an_issue")]

    def __str__(self) -> str:
        return str(self.publication)


class FinderLine(models.Model):
    """找哪个人、办哪件事: what the board's finder says."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="finder_lines")
    matter = models.CharField("办什么事", max_length=120)
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+", verbose_name="科室")
    person = models.CharField("找谁", max_length=60)
    room = models.CharField("在哪里", max_length=60)
    phone = models.CharField("电话", max_length=40, blank=True)
    order = models.PositiveIntegerField("次序", default=0)
    changed_on = models.DateField("更新日期", null=True, blank=True)

    if TYPE_CHECKING:
        agency_id: int

    class Meta:
        verbose_name = "办事指引"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.matter


class WechatArticle(models.Model):
    """Where the package of a publication stands at the official account.

    It is written before anything is sent: without a ``media_id`` it is on its way, or nobody knows.
    ``at`` is when the last step was begun; ``uncertain``: the platform did not answer, and a person has to
    look before it is done again.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "已存入草稿箱"
        SUBMITTED = "submitted", "已提交发布"
        PUBLISHED = "published", "已发布"
        FAILED = "failed", "没有成功"
        REMOVED = "removed", "已删除"

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="wechat_articles")
    title = models.CharField("标题", max_length=64, default="")
    digest = models.CharField("摘要", max_length=120, blank=True)
    state = models.CharField("状态", max_length=20, choices=State.choices)
    uncertain = models.BooleanField("不知道做成了没有", default=False)
    media_id = models.CharField(max_length=200, blank=True)
    publish_id = models.CharField(max_length=200, blank=True)
    article_id = models.CharField(max_length=200, blank=True)
    address = models.CharField("网址", max_length=400, blank=True)
    message = models.CharField("说明", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    if TYPE_CHECKING:
        publication_id: int

    class Meta:
        verbose_name = "公众号文章"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication"],
                condition=~Q(state__in=["failed", "removed"]),
                name="one_article_standing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.publication} {self.get_state_display()}"
