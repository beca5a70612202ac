"""What is asked of the official account by itself. The work is imported when it runs."""

from django.utils import timezone
from django_tasks import task


@task
def ask_wechat() -> None:
    """How far every article has come that the platform is working on; only where an account is set up."""
    from gongkai.agencies.policies import ActionRefused
    from gongkai.publishing.queries.postings import articles_under_way
    from gongkai.publishing.wechat import WechatError, configured_draft_box
    from gongkai.publishing.wechat_sending import ask

    try:
        box = configured_draft_box()
    except ValueError:
        return
    if box is None:
        return
    for article in articles_under_way():
        try:
            ask(box, article=article, by=None, at=timezone.now())
        except (WechatError, ActionRefused):
            continue  # Asked again in a few minutes, unless somebody settled it meanwhile.
