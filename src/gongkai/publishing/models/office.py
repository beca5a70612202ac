"""What an office sets for its publishing."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from gongkai.agencies.models import Agency
from gongkai.publishing.models.items import Item


class PublishingProfile(models.Model):
    """How an agency publishes. ``organization_code`` is the front of its index numbers, ``review_path`` one
    of ``law.publishing.review``, ``own_phones`` the numbers that screening lets pass."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="publishing_profile")
    organization_code = models.CharField("统一社会信用代码或者组织机构代码", max_length=18)
    review_path = models.CharField("审查路径", max_length=30, default="standard")
    own_phones = models.JSONField("本机关公开的电话", default=list)
    newsletter_name = models.CharField("简报名称", max_length=60, default="政务公开简报")
    wechat_name = models.CharField("公众号名称", max_length=60, blank=True)
    board_place = models.CharField("政务公开栏的位置", max_length=120, blank=True)
    board_max_age_days = models.PositiveIntegerField("政务公开栏多少天没有更新算停更", null=True, blank=True)
    supervision_phone = models.CharField("监督电话", max_length=40, blank=True)

    class Meta:
        verbose_name = "公开设置"

    def __str__(self) -> str:
        return str(self.agency)


class IndexSequence(models.Model):
    """The last serial of the index numbers of a year."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "索引号"
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="one_index_sequence_per_year")]

    def __str__(self) -> str:
        return f"{self.year}-{self.last}"


class Institution(models.Model):
    """Which of the usual institutions (制度) an item is; ``code`` is of ``law.publishing.completeness``."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="institution")
    code = models.CharField("是哪一项制度", max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    if TYPE_CHECKING:
        item_id: int

    class Meta:
        verbose_name = "制度"

    def __str__(self) -> str:
        return f"{self.item} {self.code}"
