"""The review before release (第十七条): the sheet, its opinions, what was found and who vouches for it."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency, Membership
from gongkai.law.publishing.review import Answer
from gongkai.publishing.models.items import Edition, Item
from gongkai.screening.kinds import label_of
from gongkai.sealing import SealedJSON


class ReviewSheet(models.Model):
    """The review of one edition. ``path`` is one of ``law.publishing.review``; it becomes the escalated
    one once a question is put to an authority."""

    class State(models.TextChoices):
        OPEN = "open", "审查中"
        COMPLETE = "complete", "审查通过"
        RETURNED = "returned", "已退回"
        RECALLED = "recalled", "已收回"

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="sheets")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="sheets")
    path = models.CharField("审查路径", max_length=30)
    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.OPEN)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    if TYPE_CHECKING:
        item_id: int
        edition_id: int
        submitted_by_id: int

    class Meta:
        verbose_name = "审查表"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="open"), name="one_open_sheet_per_item"
            )
        ]

    def __str__(self) -> str:
        return f"审查表 {self.pk}"


class Opinion(models.Model):
    """One step of a review, bound to the hash that was looked at. The database refuses changes.

    ``step``, ``role``, ``answers`` (check → answer) and ``grounds`` (check → ground) are those of
    ``law.publishing.review``; ``files`` are the SHA-256 of the files that were looked at, one by one.
    ``for_account`` is whose place was taken under a delegation.
    """

    class Verdict(models.TextChoices):
        AGREED = "agreed", "同意公开"
        RETURNED = "returned", "退回修改"

    sheet = models.ForeignKey(ReviewSheet, on_delete=models.PROTECT, related_name="opinions")
    step = models.CharField(max_length=30)
    verdict = models.CharField("意见", max_length=20, choices=Verdict.choices)
    opinion = models.CharField("说明", max_length=500, blank=True)
    role = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)
    grounds = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    content_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    for_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    if TYPE_CHECKING:
        sheet_id: int
        by_id: int

    class Meta:
        verbose_name = "审查意见"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="agreed") | ~Q(opinion=""), name="an_objection_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.get_verdict_display()}"

    @property
    def is_unsure(self) -> bool:
        """Whether something of it is left to an authority (第十七条第三款): that is no agreement yet."""
        return self.verdict == self.Verdict.AGREED and Answer.UNSURE in self.answers.values()

    @property
    def said(self) -> str:
        """The verdict as the sheet tells it."""
        return "不能确定，报请有关部门" if self.is_unsure else self.get_verdict_display()


class Referral(models.Model):
    """A question put to the competent department or the secrecy authority (第十七条). ``check_code`` is the
    question of the sheet that nobody in the office can answer."""

    class Answer(models.TextChoices):
        PUBLISH = "publish", "可以公开"
        WITHHOLD = "withhold", "不得公开"

    sheet = models.ForeignKey(ReviewSheet, on_delete=models.PROTECT, related_name="referrals")
    check_code = models.CharField(max_length=40)
    authority = models.CharField("报请的机关", max_length=120)
    question = models.CharField("不能确定的事项", max_length=500)
    sent_on = models.DateField("报送日期")
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answer = models.CharField("答复", max_length=20, choices=Answer.choices, blank=True)
    answer_note = models.CharField("答复文号和内容", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "报请确定"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.authority} {self.sent_on}"


class Delegation(models.Model):
    """A reviewer hands the reviewing over to somebody for some days."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="delegations")
    role = models.CharField("角色", max_length=20, choices=Membership.Role.choices)
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField("开始")
    until_on = models.DateField("截止")
    reason = models.CharField("理由", max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    if TYPE_CHECKING:
        giver_id: int
        taker_id: int

    class Meta:
        verbose_name = "审查委托"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=models.F("taker")), name="delegation_to_another"),
            models.CheckConstraint(
                condition=Q(until_on__gte=models.F("from_on")), name="delegation_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"


class Scan(models.Model):
    """What screening says of a part of an item: ``part`` is the SHA-256 (hex) of the words
    (``publishing.content.words_hash``) or of a file under its name (``file_part``), so that it holds for
    exactly these bytes.

    ``findings`` are those of ``screening`` as JSON, excerpts masked; ``blocks`` says whether one of them
    keeps the part in. ``people`` are those of its lists (``screened.people_as_json``), sealed, where there
    are any. The database refuses changes.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="scans")
    part = models.CharField(max_length=64)
    rules = models.CharField("规则版本", max_length=40)
    scannable = models.BooleanField(default=True)
    findings = models.JSONField(default=list)
    blocks = models.BooleanField(null=True)
    people = SealedJSON(null=True)
    at = models.DateTimeField()

    if TYPE_CHECKING:
        item_id: int

    class Meta:
        verbose_name = "筛查"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "part", "rules"], name="scan_once")]
        indexes = [
            models.Index(fields=["item"], condition=Q(blocks=True), name="scan_that_blocks"),
            models.Index(fields=["item"], condition=Q(people__isnull=False), name="scan_of_people"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.part[:8]}"


class Waiver(models.Model):
    """A named person says why a finding is a false alarm or may stay. It holds for exactly this finding in
    exactly these bytes; ``finding`` is ``publishing.screened.finding_key``. The database refuses changes."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="waivers")
    part = models.CharField(max_length=64)
    finding = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    if TYPE_CHECKING:
        by_id: int

    class Meta:
        verbose_name = "保留说明"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "part", "finding"], name="item_waiver_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="an_item_waiver_has_a_reason"),
        ]

    def __str__(self) -> str:
        return label_of(self.kind)


class Attestation(models.Model):
    """Somebody looked at a file that no machine can read. Two people have to.

    The database refuses changes.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="attestations")
    part = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    if TYPE_CHECKING:
        by_id: int

    class Meta:
        verbose_name = "人工核对"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "part", "by"], name="attested_once")]

    def __str__(self) -> str:
        return f"{self.by} {self.part[:8]}"
