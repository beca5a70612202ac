"""One line of the trail."""

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

GENESIS = "0" * 64


class Entry(models.Model):
    """An act that was done. Each line carries the hash of the line before it, so that a line that
    was changed, removed or slipped in breaks the chain; the database refuses update and delete.

    ``number`` counts from 1 without a gap. ``by`` is empty for what the system did by itself
    (setting up the demo office) and for a failed sign-in.
    """

    number = models.PositiveBigIntegerField("序号", unique=True)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="操作人"
    )
    by_name = models.CharField("操作人姓名", max_length=150)
    agency = models.ForeignKey(
        "agencies.Agency", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="机关"
    )
    act = models.CharField("操作", max_length=40)
    subject = models.CharField("对象", max_length=80)
    details = models.JSONField("内容", default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    if TYPE_CHECKING:
        by_id: int | None
        agency_id: int | None

    class Meta:
        verbose_name = "留痕"
        ordering = ["number"]
        indexes = [models.Index(fields=["subject", "number"]), models.Index(fields=["agency", "number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.act} {self.subject}"

    def computed_hash(self) -> str:
        """SHA-256 (hex) over everything the line says and the hash of the line before it."""
        content: dict[str, Any] = {
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "by": self.by_id,
            "by_name": self.by_name,
            "agency": self.agency_id,
            "act": self.act,
            "subject": self.subject,
            "details": self.details,
            "previous_hash": self.previous_hash,
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
