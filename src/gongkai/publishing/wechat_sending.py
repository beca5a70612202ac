"""Sending to the official account, asking and removing: before and after each step a transaction of its
own, so that nobody waits for the platform and a crash between two leaves a mark that says so."""

from datetime import datetime, timedelta

from gongkai.agencies.models import Account
from gongkai.documents.posters.pictures import UnusablePicture
from gongkai.documents.wechat import WechatPackage, package
from gongkai.documents.writing import Unwritable
from gongkai.publishing.actions import wechat as actions
from gongkai.publishing.models import Publication, WechatArticle
from gongkai.publishing.papers import wechat_source
from gongkai.publishing.policies.posting import may_post
from gongkai.publishing.wechat import (
    STATE_LABELS,
    DraftBox,
    PublishState,
    WechatError,
    WechatRefused,
    WechatUncertain,
    deliver,
)
from gongkai.publishing.wechat.failures import GONE

LOST_AFTER = timedelta(minutes=10)
"""A step that was begun so long ago and has no outcome was cut off."""
CUT_OFF = "送出时中断了，不知道做成了没有；请先到公众平台看一看，再决定要不要重做。"


def package_of(publication: Publication, site: str, title: str = "", digest: str = "") -> WechatPackage:
    """The article of a publication. Raises ``Unwritable`` where its cover cannot be made."""
    try:
        return package(wechat_source(publication, site, title, digest))
    except UnusablePicture as error:
        raise Unwritable(str(error)) from error


def send(box: DraftBox, *, article: WechatArticle, site: str, by: Account, at: datetime) -> WechatArticle:
    """An article that was begun, into the draft box. What went wrong stands in the article."""
    try:
        media_id = deliver(box, package_of(article.publication, site, article.title, article.digest))
    except WechatError as error:
        uncertain = isinstance(error, WechatUncertain)
        return actions.enter_setback(article=article, sentence=str(error), uncertain=uncertain, by=by, at=at)
    except Unwritable as error:
        return actions.enter_setback(article=article, sentence=str(error), by=by, at=at)
    return actions.enter_draft(article=article, media_id=media_id, by=by, at=at)


def submit(box: DraftBox, *, article: WechatArticle, by: Account, at: datetime) -> WechatArticle:
    """Handed over for publication. A draft that was refused lies there still."""
    article = actions.begin_submission(article=article, by=by, at=at)
    try:
        publish_id = box.submit(article.media_id)
    except WechatUncertain as error:
        return actions.enter_setback(article=article, sentence=str(error), uncertain=True, by=by, at=at)
    except WechatError as error:
        return actions.enter_setback(article=article, sentence=str(error), back=True, by=by, at=at)
    return actions.enter_submission(article=article, publish_id=publish_id, by=by, at=at)


def ask(box: DraftBox, *, article: WechatArticle, by: Account | None, at: datetime) -> WechatArticle:
    """How far it has come. Raises ``WechatError`` where the platform does not say."""
    if not article.publish_id:
        return _cut_off(article, by, at)
    status = box.status(article.publish_id)
    if status.state == PublishState.IN_PROGRESS:
        return article
    if status.state == PublishState.SUCCEEDED:
        return actions.enter_publication(
            article=article, article_id=status.article_id, address=status.article_url, by=by, at=at
        )
    sentence = f"公众平台说：{STATE_LABELS[status.state]}。请登录公众平台查看原因，改好后再送。"
    return actions.enter_setback(article=article, sentence=sentence, by=by, at=at)


def _cut_off(article: WechatArticle, by: Account | None, at: datetime) -> WechatArticle:
    """Nothing was heard of a step that was begun."""
    if at - article.at < LOST_AFTER:
        return article
    return actions.enter_setback(article=article, sentence=CUT_OFF, uncertain=True, by=by, at=at)


def remove(box: DraftBox, *, article: WechatArticle, by: Account, at: datetime) -> WechatArticle:
    """Off the account, for good. Raises ``WechatError`` and ``ActionRefused``."""
    refusal = may_post(article.publication.item, by)
    if refusal:
        raise actions.UnableToDeliver(refusal)
    try:
        box.remove(article.article_id)
    except WechatRefused as refused:
        if refused.code != GONE:
            raise
    return actions.enter_removal(article=article, by=by, at=at)
