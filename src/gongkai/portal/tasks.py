"""What the portal does by itself. The work is imported when it runs."""

from django_tasks import task


@task
def export_again() -> None:
    """Write the static site anew once something public changed; what was withdrawn goes first.

    Only where ``GONGKAI_SITE_DIR`` names a folder.
    """
    from pathlib import Path

    from django.conf import settings

    from gongkai.portal.exporting import export_site, exported_state, remove_withdrawn, state

    if not settings.SITE_DIR:
        return
    target = Path(settings.SITE_DIR)
    if state() == exported_state(target):
        return
    remove_withdrawn(target)
    export_site(target, live=settings.NOTICES_SITE_URL, address=settings.NOTICES_SITE_URL)
