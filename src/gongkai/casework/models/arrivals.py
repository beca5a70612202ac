"""What comes before a case: what was offered to those about to apply, and registers taken over."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.agencies.models import Agency
from gongkai.sealing import SealedBytes, SealedText


class OfferTally(models.Model):
    """How often something published was offered to somebody about to apply, and how often that was
    enough. Sums of a day; nobody is known from them."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="offer_tallies")
    on = models.DateField("日期")
    offered = models.PositiveIntegerField("推荐次数", default=0)
    satisfied = models.PositiveIntegerField("找到后不再申请", default=0)

    class Meta:
        verbose_name = "推荐已公开信息的次数"
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "on"], name="one_offer_tally_per_day"),
            models.CheckConstraint(
                condition=Q(satisfied__lte=models.F("offered")), name="satisfied_were_offered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.satisfied}/{self.offered}"


class RegisterUpload(models.Model):
    """An existing register handed in to be taken over: looked at first, then imported or dropped. The
    file itself is kept, sealed, only until then."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    name = SealedText()
    sha256 = models.CharField(max_length=64)
    content = SealedBytes(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    imported_at = models.DateTimeField(null=True, blank=True)
    imported = models.PositiveIntegerField("导入件数", default=0)

    if TYPE_CHECKING:
        agency_id: int
        by_id: int

    class Meta:
        verbose_name = "待导入的登记簿"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.sha256[:8]}"
