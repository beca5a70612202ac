"""What is done with a case: asking others, searching, deciding, talking to the applicant."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.casework.models.case import Application
from gongkai.law.clock.events import Consulted
from gongkai.sealing import SealedJSON, SealedText


class Consultation(models.Model):
    """Somebody is asked in writing (第三十二条至第三十四条): a third party, a co-maker, another agency.

    The opinion is due 15 working days after ``delivered_on``; silence of a third party leaves the
    decision to the agency, silence of a co-maker is consent.
    """

    class Answer(models.TextChoices):
        AGREED = "agreed", "同意公开"
        PARTLY_AGREED = "partly_agreed", "同意部分公开"
        OBJECTED = "objected", "不同意公开"
        SILENT = "silent", "逾期未提出意见"
        CONFIRMED = "confirmed", "已回复意见"

    case = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="consultations")
    kind = models.CharField("对象", max_length=20, choices=[(each.value, each.label) for each in Consulted])
    name = SealedText()
    contact = SealedText(default="")
    masked_name = models.CharField("被征求意见方", max_length=60)
    question = models.TextField("征求意见的事项")
    sent_on = models.DateField("发出日期", null=True, blank=True)
    delivered_on = models.DateField("收到征求意见书的日期", null=True, blank=True)
    answer = models.CharField("意见", max_length=20, choices=Answer.choices, blank=True)
    answer_text = SealedText(default="")
    answered_on = models.DateField("答复日期", null=True, blank=True)
    objection_accepted = models.BooleanField("异议理由成立", null=True, blank=True)
    public_interest = models.TextField("不公开可能对公共利益造成重大影响的理由", blank=True)

    if TYPE_CHECKING:
        case_id: int

    class Meta:
        verbose_name = "征求意见"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_on__isnull=False), name="an_opinion_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{Consulted(self.kind).label}：{self.masked_name}"

    @property
    def is_open(self) -> bool:
        return self.sent_on is not None and not self.answer


class SearchRecord(models.Model):
    """Who looked where, for what, and what came of it: the proof behind 不存在."""

    case = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="searches")
    system = models.CharField("检索的系统或者处所", max_length=120)
    terms = models.CharField("检索词", max_length=200)
    period = models.CharField("检索的时间范围", max_length=80, blank=True)
    result = models.TextField("检索结果")
    found = models.BooleanField("检索到相关信息", default=False)
    searched_by = models.CharField("检索人", max_length=60)
    on = models.DateField("检索日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "检索记录"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.system}"


class Decision(models.Model):
    """The outcome proposed for a case and what it rests on; the newest that is not superseded holds.

    ``answers`` are the choices on the path of seven questions; ``facts`` what had to be filled in
    (reasons, search description, responsible agency …), for a partial grant with ``withheld``: a list
    of ``{"part", "article", "reason"}``.
    """

    case = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    code = models.CharField("办理结果", max_length=60)
    answers = models.JSONField("七步", default=dict)
    facts = SealedJSON(default=dict)
    superseded = models.BooleanField(default=False)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()

    if TYPE_CHECKING:
        case_id: int

    class Meta:
        verbose_name = "办理结果"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(superseded=False), name="one_decision_holds_per_case"
            )
        ]

    def __str__(self) -> str:
        return self.code


class Message(models.Model):
    """Words between the office and the applicant."""

    case = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="messages")
    from_applicant = models.BooleanField()
    text = SealedText()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    if TYPE_CHECKING:
        case_id: int

    class Meta:
        verbose_name = "留言"
        ordering = ["pk"]
        indexes = [models.Index(fields=["case"], condition=Q(read_at__isnull=True), name="message_not_read")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Likeness(models.Model):
    """Two applications that look alike: the earlier one is ``other``. Found at intake and every night."""

    case = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    same_applicant = models.BooleanField()

    class Meta:
        verbose_name = "相似申请"
        ordering = ["-same_applicant", "-score"]
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="one_likeness_per_pair"),
            models.CheckConstraint(condition=~Q(case=F("other")), name="not_like_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.score:.2f}"
