"""When what the public sees last changed: a mark that pages are kept under."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections, transaction
from django.db.models import Count, Max, Sum
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from gongkai.publishing.models import PublicChange
from gongkai.reporting import queries

RECENT = 1_000
CHECKED_EVERY = 1.0  # seconds: what another process changed is seen after that

Mark = tuple[Any, ...]


def generation() -> Mark:
    """The day, the last change of what is published, and the state of the published reports."""
    close_old_connections()  # nobody else does between two requests
    newest = PublicChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    # Of two changes at once the one with the lower number may be committed last.
    recent = PublicChange.objects.filter(pk__gt=newest - RECENT).count()
    reports = queries.published().aggregate(Count("pk"), Max("published_at"), Sum("revision"))
    return (timezone.localdate(), newest, recent, *reports.values())


class Watch:
    """The mark as it was at most ``CHECKED_EVERY`` ago; at once after a change in this process."""

    def __init__(self, look: Callable[[], Mark] = generation, clock: Callable[[], float] = time.monotonic):
        self._look, self._clock = look, clock
        self._mark: Mark | None = None
        self._next_look = 0.0
        self._changes = 0

    def mark(self) -> Mark | None:
        """``None`` where the database does not answer: then nothing kept is shown."""
        if self._clock() >= self._next_look:
            changes = self._changes
            try:
                self._mark = (changes, *self._look())
            except (DatabaseError, InterfaceError):
                self._mark = None
            # A change during the look is not covered by it.
            self._next_look = self._clock() + CHECKED_EVERY if changes == self._changes else 0.0
        return self._mark

    def changed(self) -> None:
        """Something that pages show was written here."""
        self._changes += 1
        self._next_look = 0.0


watch = Watch()
SHOWN = (
    "agencies.Agency",
    "agencies.Section",
    "casework.OfficeProfile",
    "publishing.CatalogNode",
    "publishing.FinderLine",
    "publishing.ItemLink",
    "publishing.NewsletterIssue",
    "publishing.Posting",
    "publishing.PublicChange",
    "publishing.PublishingProfile",
    "reporting.AnnualReport",
)
"""Whatever a page for everybody tells of."""


def watch_models() -> None:
    """Look again as soon as one of them was written by this process, and when that is committed."""
    for name in SHOWN:
        post_save.connect(_written, sender=name, dispatch_uid=f"portal:save:{name}")
        post_delete.connect(_written, sender=name, dispatch_uid=f"portal:delete:{name}")
    post_save.connect(_changed, sender="publishing.PublicChange", dispatch_uid="portal:export")


def _written(**_: Any) -> None:
    transaction.on_commit(watch.changed)


def _changed(**_: Any) -> None:
    """The static site follows at once, not only with the next minute."""
    if settings.SITE_DIR:
        from gongkai.portal.tasks import export_again

        transaction.on_commit(export_again.enqueue)
