"""What is public: publications, their files, and where each was posted."""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet

from gongkai.agencies.models import Section
from gongkai.publishing.content import Content
from gongkai.publishing.models.catalog import CatalogNode
from gongkai.publishing.models.items import Edition, Item
from gongkai.publishing.models.review import ReviewSheet
from gongkai.sealing import SealedText


class NotReviewed(ValueError):
    """Something else was to be published than was reviewed. Nothing but a fault in the program does that."""


class PublicationRows(QuerySet["Publication"]):
    """No publication is written past ``Publication.check_words``."""

    def bulk_create(self, objs: Iterable["Publication"], *args: Any, **named: Any) -> list["Publication"]:
        objs = list(objs)
        for publication in objs:
            publication.check_words()
        return super().bulk_create(objs, *args, **named)


class LivePublications(models.Manager["Publication"]):
    """``live()`` is the only way to what the public may see."""

    def get_queryset(self) -> PublicationRows:
        return PublicationRows(self.model, using=self._db)

    def live(self) -> QuerySet["Publication"]:
        """What is public now, on whatever channel."""
        return self.filter(ended_at__isnull=True)

    def on_website(self) -> QuerySet["Publication"]:
        """What the portal may show: every page, feed, export, count and search asks this and nothing else."""
        return self.live().filter(on_website=True)


class Publication(models.Model):
    """An edition that went out. One is live per item. ``content`` is the public rendition, in clear;
    ``kind``, ``node`` and ``section`` are those of the item as it went out.

    The database refuses a publication without a complete sheet of two reviewers who approved exactly this
    hash, and any change but that of its channels and of its end.
    """

    class End(models.TextChoices):
        SUPERSEDED = "superseded", "已由新版本替换"
        WITHDRAWN = "withdrawn", "已撤下"
        EXPIRED = "expired", "公示期满"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="publications")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="publications")
    sheet = models.ForeignKey(ReviewSheet, on_delete=models.PROTECT, related_name="publications")
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    title = models.CharField("名称", max_length=300)
    kind = models.CharField("体裁", max_length=30, choices=Item.Kind.choices)
    node = models.ForeignKey(CatalogNode, on_delete=models.PROTECT, related_name="+", verbose_name="目录事项")
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="责任科室"
    )
    published_on = models.DateField("公开日期")
    published_at = models.DateTimeField()
    first_published_on = models.DateField("首次公开日期")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    on_website = models.BooleanField("在网站上", default=False)
    ends_on = models.DateField("公示截止", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField("结束", max_length=20, choices=End.choices, blank=True)
    end_reason = models.CharField("理由", max_length=300, blank=True)
    public_note = models.CharField("对外说明", max_length=300, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = LivePublications()

    if TYPE_CHECKING:
        item_id: int
        edition_id: int

    class Meta:
        verbose_name = "发布"
        ordering = ["-published_on", "-pk"]
        indexes = [
            models.Index(
                fields=["-published_on", "-id"],
                condition=Q(ended_at__isnull=True, on_website=True),
                name="publication_newest",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(ended_at__isnull=True), name="one_live_publication_per_item"
            ),
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | ~Q(end=""), name="an_end_says_which"),
            models.CheckConstraint(
                condition=~Q(end="withdrawn") | ~Q(end_reason=""), name="a_withdrawal_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **named: Any) -> None:
        if self._state.adding:
            self.check_words()
        super().save(*args, **named)

    def check_words(self) -> None:
        """The database holds the reviewed words sealed and cannot compare them with these."""
        if (self.content, self.title) != (self.edition.content, self.edition.content["title"]):
            raise NotReviewed("the words are not those that were reviewed")

    @property
    def said(self) -> Content:
        """What the public reads."""
        return Content.from_json(self.content)

    @property
    def title_on_paper(self) -> str:
        """The title, with what became of the document: a sheet is read away from its page."""
        is_over = self.item.validity in {Item.Validity.REPEALED, Item.Validity.EXPIRED}
        return f"{self.title}（{self.item.get_validity_display()}）" if is_over else self.title


class FileRows(QuerySet["PublishedFile"]):
    """No file is written past ``PublishedFile.check_bytes``."""

    def bulk_create(self, objs: Iterable["PublishedFile"], *args: Any, **named: Any) -> list["PublishedFile"]:
        objs = list(objs)
        for file in objs:
            file.check_bytes()
        return super().bulk_create(objs, *args, **named)


class FilesWithoutBytes(models.Manager["PublishedFile"]):
    """Lists of files never load what is in them."""

    def get_queryset(self) -> FileRows:
        return FileRows(self.model, using=self._db).defer("data", "text")


class PublishedFile(models.Model):
    """A file as the public gets it. ``text`` is what can be read in it, for search and preview.

    The database refuses a file that is not in the edition, and any change.
    """

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="files")
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    is_picture = models.BooleanField(default=False)
    order = models.PositiveIntegerField()
    data = models.BinaryField()
    text = models.TextField(blank=True)

    objects = FilesWithoutBytes()

    if TYPE_CHECKING:
        publication_id: int

    class Meta:
        verbose_name = "已发布的附件"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["publication", "order"], name="published_file_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **named: Any) -> None:
        if self._state.adding:
            self.check_bytes()
        super().save(*args, **named)

    def check_bytes(self) -> None:
        """The database holds the reviewed names and bytes sealed and cannot compare them with these."""
        line = self.publication.edition.files.filter(order=self.order).first()
        told = hashlib.sha256(self.data).hexdigest()
        if line is None or (line.name, line.sha256, line.sha256) != (self.name, self.sha256, told):
            raise NotReviewed("the file is not one that was reviewed")


class PublicChange(models.Model):
    """Something the public sees changed. The highest id is the generation that caches are kept under."""

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "公开内容的变化"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk} {self.what}"


class Channel(models.TextChoices):
    """Where an item is posted (第二十三条). Codes are those of ``law.publishing.channels``."""

    WEBSITE = "website", "政府网站"
    WECHAT = "wechat", "微信公众号"
    WEIBO_OR_APP = "weibo_or_app", "政务微博、客户端"
    BULLETIN_BOARD = "bulletin_board", "政务公开栏"
    NEWSLETTER = "newsletter", "简报"
    MEDIA = "media", "新闻媒体"
    MEETING = "meeting", "座谈会、发布会"
    GAZETTE = "gazette", "政府公报"
    INTERNAL = "internal", "内部通报、下发文件"
    READING_PLACE = "reading_place", "公共查阅点"
    BROADCAST = "broadcast", "广播、电视"
    SERVICE_CENTER = "service_center", "政务服务中心"
    SERVICE_STATION = "service_station", "便民服务站"
    ON_SITE = "on_site", "入户、现场告知"
    TARGETED_PUSH = "targeted_push", "精准推送"
    OTHER = "other", "其他渠道"


class Posting(models.Model):
    """One posting of an edition on one channel, with its day; its proofs are ``PostingProof``.

    It is out of date once the item is published in another edition: nobody ticks that.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="postings")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField("渠道", max_length=20, choices=Channel.choices)
    posted_on = models.DateField("公开日期")
    place = models.CharField("位置或者网址", max_length=300, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    until_on = models.DateField("张贴到", null=True, blank=True)
    removed_on = models.DateField("撤下日期", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    if TYPE_CHECKING:
        item_id: int
        edition_id: int

    class Meta:
        verbose_name = "公开记录"
        ordering = ["posted_on", "pk"]
        indexes = [models.Index(fields=["channel", "posted_on"], name="posting_by_channel")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.posted_on}"


class Planned(models.Model):
    """A publication that is to happen at a moment; the gate is asked again then."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="planned")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    channels = models.JSONField(default=list)
    place = models.CharField("位置或者网址", max_length=300, blank=True)
    due_at = models.DateTimeField("发布时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField("结果", max_length=300, blank=True)

    class Meta:
        verbose_name = "定时发布"
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(done_at__isnull=True), name="one_open_plan_per_item"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.due_at:%Y-%m-%d %H:%M}"


class TransferBatch(models.Model):
    """Published information handed to an archive or a public library (第二十五条)."""

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="transfer_batches")
    receiver = models.CharField("接收单位", max_length=120)
    sent_on = models.DateField("移送日期")
    received_on = models.DateField("签收日期", null=True, blank=True)
    received_by = models.CharField("签收人", max_length=60, blank=True)
    receipt = SealedText(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "移送"
        ordering = ["-sent_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.sent_on} {self.receiver}"


class TransferLine(models.Model):
    """One publication in a batch."""

    batch = models.ForeignKey(TransferBatch, on_delete=models.PROTECT, related_name="lines")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="transfers")

    class Meta:
        verbose_name = "移送明细"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "publication"], name="transferred_once")]

    def __str__(self) -> str:
        return str(self.publication)


class Suggestion(models.Model):
    """Somebody asks, or several applications show, that information should be published (第四十四条)."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", "同意主动公开"
        DECLINED = "declined", "不予采纳"

    class Source(models.TextChoices):
        SEVERAL = "several", "多个申请人申请相同信息"
        APPLICANT = "applicant", "申请人建议"
        OFFICE = "office", "本机关认为应当主动公开"

    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="suggestions")
    case = models.ForeignKey("casework.Application", on_delete=models.PROTECT, related_name="+")
    source = models.CharField("由来", max_length=20, choices=Source.choices, default=Source.OFFICE)
    asked = models.PositiveIntegerField("同样的申请有几件", default=1)
    outcome = models.CharField("决定", max_length=20, choices=Outcome.choices, blank=True)
    reason = models.CharField("理由", max_length=300, blank=True)
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="suggestions"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    decided_on = models.DateField("决定日期", null=True, blank=True)

    if TYPE_CHECKING:
        agency_id: int
        case_id: int
        item_id: int | None

    class Meta:
        verbose_name = "转为主动公开的建议"
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["case"], name="one_suggestion_per_case")]

    def __str__(self) -> str:
        return f"{self.case}"

    @property
    def subject(self) -> str:
        """Its name in the trail."""
        return f"suggestion:{self.pk}"
