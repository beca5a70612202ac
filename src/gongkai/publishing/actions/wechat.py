"""What is known of an article at the official account: before, between and after what the platform does.

The platform is asked elsewhere (``publishing.wechat_sending``), outside any transaction.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.documents.wechat import API_TITLE, DIGEST
from gongkai.publishing.actions.drafting import locked
from gongkai.publishing.actions.postings import open_to_post
from gongkai.publishing.models import Channel, Item, Posting, Publication, WechatArticle
from gongkai.publishing.policies.posting import may_post

State = WechatArticle.State
BY_HAND = "在公众平台上办理"


class UnableToDeliver(ActionRefused):
    """The item is not public, an article stands already, or the step is not the next one."""


def _say(article: WechatArticle, by: Account | None, at: datetime, act: str, **details: object) -> None:
    item = article.publication.item
    kept: dict[str, object] = {"index_number": item.index_number, "article": article.pk}
    record(by=by, at=at, act=act, subject=item.subject, agency=item.agency, details=kept | details)


def _refuse(sentence: str, article: str = "") -> None:
    raise UnableToDeliver(Refusal(sentence, article))


def _held(article: WechatArticle, *states: str) -> WechatArticle:
    rows = WechatArticle.objects.select_for_update(of=("self",))
    found = rows.select_related("publication__item__agency", "publication__edition").get(pk=article.pk)
    if found.state not in states:
        _refuse(f"这篇文章现在是“{found.get_state_display()}”，这一步不用办；请刷新页面。")
    return found


@transaction.atomic
def begin_article(
    *, item: Item, title: str, digest: str, by: Account, at: datetime, looked: bool = False
) -> WechatArticle:
    """An article is about to be sent to the draft box. ``looked``: somebody looked into the account after
    an earlier try of which nobody knows how it ended."""
    item = locked(item)
    publication = open_to_post(item, by, at)
    title, digest = title.strip(), digest.strip()
    if not title or len(title) > API_TITLE:
        _refuse(f"标题应在1至{API_TITLE}个字之间，现在有{len(title)}个字；请拟一个短标题。")
    if len(digest) > DIGEST:
        _refuse(f"摘要应在{DIGEST}个字以内，现在有{len(digest)}个字；请缩短。")
    earlier = publication.wechat_articles.order_by("-pk").first()
    if earlier is not None and earlier.uncertain and not looked:
        _refuse("上一次送出以后不知道做成了没有；请先到公众平台看草稿箱，再勾选“已经看过”。")
    try:
        with transaction.atomic():
            article = WechatArticle.objects.create(
                publication=publication, title=title, digest=digest, state=State.DRAFT, by=by, at=at
            )
    except IntegrityError:
        _refuse("这一版已经送过公众号；要重送的，先在公众平台上删去，再在这里登记。")
    _say(article, by, at, "sent_wechat_article")
    return article


@transaction.atomic
def enter_draft(*, article: WechatArticle, media_id: str, by: Account | None, at: datetime) -> WechatArticle:
    """It lies in the draft box."""
    article = _held(article, State.DRAFT)
    article.media_id, article.message = media_id, ""
    article.save(update_fields=["media_id", "message"])
    _say(article, by, at, "drafted_wechat_article")
    return article


@transaction.atomic
def begin_submission(*, article: WechatArticle, by: Account, at: datetime) -> WechatArticle:
    """The draft is about to be handed over for publication: only what is public now."""
    article = _held(article, State.DRAFT)
    now = open_to_post(locked(article.publication.item), by, at)
    if now.pk != article.publication_id:
        _refuse("信息已经有新版本，草稿箱里的是旧版本；请到公众平台删去草稿，再送新版本。")
    if not article.media_id:
        _refuse("草稿还没有送到公众号，不能提交发布。")
    article.state, article.at = State.SUBMITTED, at
    article.save(update_fields=["state", "at"])
    _say(article, by, at, "submitted_wechat_article")
    return article


@transaction.atomic
def enter_submission(
    *, article: WechatArticle, publish_id: str, by: Account | None, at: datetime
) -> WechatArticle:
    """The platform works on it."""
    article = _held(article, State.SUBMITTED)
    article.publish_id, article.message = publish_id, ""
    article.save(update_fields=["publish_id", "message"])
    _say(article, by, at, "wechat_took_article")
    return article


@transaction.atomic
def enter_setback(
    *,
    article: WechatArticle,
    sentence: str,
    by: Account | None,
    at: datetime,
    uncertain: bool = False,
    back: bool = False,
) -> WechatArticle:
    """A step went wrong: the article failed, or is ``back`` in the draft box to be tried again."""
    article = _held(article, State.DRAFT, State.SUBMITTED)
    article.state = State.DRAFT if back else State.FAILED
    article.message, article.uncertain = sentence[:300], uncertain
    article.save(update_fields=["state", "message", "uncertain"])
    _say(article, by, at, "wechat_article_failed", uncertain=uncertain)
    return article


@transaction.atomic
def enter_publication(
    *, article: WechatArticle, article_id: str, address: str, by: Account | None, at: datetime
) -> WechatArticle:
    """It is out: its address becomes the place of the posting."""
    article = _held(article, State.DRAFT, State.SUBMITTED)
    article.state, article.message, article.uncertain = State.PUBLISHED, "", False
    article.article_id, article.address = article_id, address[:400]
    article.save(update_fields=["state", "message", "uncertain", "article_id", "address"])
    _post(article.publication, address[:300], by, at)
    _say(article, by, at, "published_wechat_article")
    return article


def _post(publication: Publication, address: str, by: Account | None, at: datetime) -> None:
    """The posting that was recorded on publishing gets its address; else there is a new one."""
    same = Posting.objects.filter(
        item=publication.item_id, edition=publication.edition, channel=Channel.WECHAT, removed_on__isnull=True
    )
    posting = same.filter(place__in=["", address]).first()
    if posting is not None:
        posting.place = address
        posting.save(update_fields=["place"])
        return
    Posting.objects.create(
        item=publication.item,
        edition=publication.edition,
        channel=Channel.WECHAT,
        posted_on=timezone.localdate(at),
        place=address,
        by=by,
        at=at,
    )


@transaction.atomic
def publish_by_hand(*, article: WechatArticle, address: str, by: Account, at: datetime) -> WechatArticle:
    """Somebody published the draft on the platform itself."""
    refusal = may_post(article.publication.item, by)
    if refusal:
        raise UnableToDeliver(refusal)
    if not address.strip().startswith(("https://", "http://")):
        _refuse("请填写文章的网址，以 https:// 开头。")
    return enter_publication(article=article, article_id="", address=address.strip(), by=by, at=at)


@transaction.atomic
def enter_removal(
    *, article: WechatArticle, by: Account | None, at: datetime, by_hand: bool = False
) -> WechatArticle:
    """It is off the account, or out of the draft box; what hung there has come down."""
    if by is not None and (refusal := may_post(article.publication.item, by)):
        raise UnableToDeliver(refusal)
    article = _held(article, State.DRAFT, State.SUBMITTED, State.PUBLISHED)
    was_out = article.state == State.PUBLISHED
    article.state, article.message = State.REMOVED, BY_HAND if by_hand else ""
    article.save(update_fields=["state", "message"])
    if was_out:
        _take_off(article, at)
    _say(article, by, at, "removed_wechat_article", by_hand=by_hand)
    return article


def _take_off(article: WechatArticle, at: datetime) -> None:
    rows = Posting.objects.filter(
        item=article.publication.item_id,
        edition=article.publication.edition,
        channel=Channel.WECHAT,
        removed_on__isnull=True,
    )
    for posting in rows:
        posting.removed_on = max(timezone.localdate(at), posting.posted_on)
        posting.save(update_fields=["removed_on"])
