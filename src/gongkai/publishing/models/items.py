"""Items: a piece of information on its way to the public, its files, and the editions that were reviewed."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet

from gongkai.agencies.models import Agency, Section
from gongkai.casework.models import Application
from gongkai.publishing.content import Content
from gongkai.publishing.models.catalog import CatalogNode, DisclosureClass
from gongkai.sealing import SealedBytes, SealedJSON, SealedText


class Item(models.Model):
    """One piece of information.

    ``content`` is the working copy, sealed: what is not yet reviewed may hold what must not get out. What
    is public is a ``Publication``. ``state`` and ``due_on`` are indexes with one writer each. ``changed_on``
    is the day from which the 20 working days run (第二十六条).
    """

    class Kind(models.TextChoices):
        NOTICE = "notice", "一般信息"
        DOCUMENT = "document", "公文"
        NORMATIVE_DOCUMENT = "normative_document", "行政规范性文件"
        INTERPRETATION = "interpretation", "政策解读"
        PUBLIC_NOTICE = "public_notice", "公示"
        SERVICE_GUIDE = "service_guide", "办事指南"
        INSTITUTION = "institution", "政府信息公开制度"
        DISCLOSURE_GUIDE = "disclosure_guide", "政府信息公开指南"
        CLARIFICATION = "clarification", "澄清信息"

    class State(models.TextChoices):
        DRAFT = "draft", "起草中"
        IN_REVIEW = "in_review", "审查中"
        READY = "ready", "审查通过，待发布"
        PUBLISHED = "published", "已发布"
        WITHDRAWN = "withdrawn", "已撤下"
        KEPT = "kept", "不主动公开"
        DROPPED = "dropped", "已作废"

    class Origin(models.TextChoices):
        MADE = "made", "本机关制作"
        FROM_PUBLIC = "obtained_from_public", "从公民、法人和其他组织获取"
        FROM_AGENCY = "obtained_from_agency", "从其他行政机关获取"
        JOINT = "joint", "与其他机关共同制作"

    class Validity(models.TextChoices):
        IN_FORCE = "in_force", "现行有效"
        AMENDED = "amended", "已修改"
        REPEALED = "repealed", "已废止"
        EXPIRED = "expired", "已失效"

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="items")
    index_number = models.CharField("索引号", max_length=40)
    kind = models.CharField("体裁", max_length=30, choices=Kind.choices, default=Kind.NOTICE)
    node = models.ForeignKey(
        CatalogNode, on_delete=models.PROTECT, related_name="items", verbose_name="目录事项"
    )
    section = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="责任科室"
    )
    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.DRAFT)
    title = SealedText()
    content = SealedJSON()
    disclosure_class = models.CharField(
        "公开属性", max_length=20, choices=DisclosureClass.choices, default=DisclosureClass.PROACTIVE
    )
    ground = models.CharField("不公开的依据", max_length=60, blank=True)
    ground_reason = models.CharField("不公开的理由", max_length=500, blank=True)
    reassess_on = models.DateField("下次评估日期", null=True, blank=True)
    origin = models.CharField("信息来源", max_length=30, choices=Origin.choices, default=Origin.MADE)
    lead_agency = models.CharField("牵头或者首次获取的机关", max_length=120, blank=True)
    concerned_agencies = models.CharField("涉及的其他机关", max_length=200, blank=True)
    agencies_agreed_on = models.DateField("其他机关确认的日期", null=True, blank=True)
    changed_on = models.DateField("形成或者变更日期")
    due_on = models.DateField("应当公开的期限", null=True, blank=True)
    validity = models.CharField("有效性", max_length=20, choices=Validity.choices, blank=True)
    from_case = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    drafted_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    if TYPE_CHECKING:
        agency_id: int
        node_id: int
        section_id: int | None
        from_case_id: int | None

    class Meta:
        verbose_name = "公开信息"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["agency", "state", "due_on"], name="item_by_state"),
            models.Index(fields=["node", "state"], name="item_by_node"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["agency", "index_number"], name="index_number_once"),
            models.CheckConstraint(
                condition=~Q(disclosure_class=DisclosureClass.WITHHELD) | ~Q(ground=""),
                name="what_is_withheld_has_a_ground",
            ),
        ]

    def __str__(self) -> str:
        return self.index_number

    @property
    def draft(self) -> Content:
        """The working copy."""
        return Content.from_json(self.content)

    @property
    def subject(self) -> str:
        """Its name in the trail."""
        return f"item:{self.pk}"


class FilesWithoutContent(models.Manager["ItemFile"]):
    """Lists of files never load what is in them."""

    def get_queryset(self) -> QuerySet["ItemFile"]:
        return super().get_queryset().defer("data", "text")


class ItemFile(models.Model):
    """A file of an item, sealed until it is published. ``sha256`` (hex) and ``size`` are those of the bytes.

    ``text`` is what can be read in it. ``cleaned_from`` is the file this one is a cleaned, masked or
    redacted copy of.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="files")
    name = SealedText()
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    data = SealedBytes()
    text = SealedText(default="")
    is_picture = models.BooleanField("是正文里的图片", default=False)
    cleaned_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    order = models.PositiveIntegerField(default=0)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = FilesWithoutContent()

    if TYPE_CHECKING:
        item_id: int
        cleaned_from_id: int | None

    class Meta:
        verbose_name = "附件"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.sha256[:8]


class Edition(models.Model):
    """The content of an item at one moment, as it was handed to those who review. The database refuses
    changes. ``sha256`` is ``publishing.content.content_hash``."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    content = SealedJSON()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    if TYPE_CHECKING:
        item_id: int

    class Meta:
        verbose_name = "文本"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="edition_once")]

    def __str__(self) -> str:
        return f"第{self.number}稿 {self.sha256[:8]}"

    @property
    def said(self) -> Content:
        """What it says."""
        return Content.from_json(self.content)


class EditionAuthor(models.Model):
    """Who had a hand in an edition: none of them reviews it. The database refuses changes."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="authors")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "起草人"
        constraints = [models.UniqueConstraint(fields=["edition", "account"], name="author_once")]

    def __str__(self) -> str:
        return str(self.account)


class EditionFile(models.Model):
    """A file as an edition holds it, in order. The database refuses changes."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(ItemFile, on_delete=models.PROTECT, related_name="+")
    name = SealedText()
    sha256 = models.CharField(max_length=64)
    order = models.PositiveIntegerField()

    class Meta:
        verbose_name = "文本的附件"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["edition", "order"], name="edition_file_once")]

    def __str__(self) -> str:
        return self.sha256[:8]


class Hand(models.Model):
    """Somebody worked on the working copy since the last edition: an author of the next one."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="hands")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "经手"
        constraints = [models.UniqueConstraint(fields=["item", "account"], name="hand_once")]

    def __str__(self) -> str:
        return str(self.account)


class ItemLink(models.Model):
    """One item about another: an interpretation of a document, a document that replaces one."""

    class Kind(models.TextChoices):
        INTERPRETS = "interprets", "解读"
        REPLACES = "replaces", "替代"
        RELATES = "relates", "相关"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField("关系", max_length=20, choices=Kind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "关联"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "other", "kind"],
                name="link_once",
                violation_error_message="这两条信息已经这样关联了。",
            ),
            models.CheckConstraint(
                condition=~Q(item=models.F("other")),
                name="no_link_to_itself",
                violation_error_message="不能与自己关联。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.get_kind_display()} {self.other}"


class Reassessment(models.Model):
    """The yearly look at what is withheld (第十八条). The database refuses changes."""

    class Outcome(models.TextChoices):
        KEEP = "keep", "维持不公开"
        TO_PROACTIVE = "to_proactive", "转为主动公开"
        TO_ON_APPLICATION = "to_on_application", "转为依申请公开"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reassessments")
    on = models.DateField("评估日期")
    outcome = models.CharField("结果", max_length=20, choices=Outcome.choices)
    reason = models.CharField("理由", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "定期评估审查"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_outcome_display()}"
