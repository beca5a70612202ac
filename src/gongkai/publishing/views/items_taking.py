"""Taking the text of an item over from a file, and where its pictures are shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.documents.articles import Article, Picture, to_text
from gongkai.documents.articles.reading import ReadArticle, Unreadable
from gongkai.documents.articles.reading.guarded import read_guarded
from gongkai.publishing.actions.drafting import add_item_file
from gongkai.publishing.models import Item, ItemFile
from gongkai.publishing.policies.drafting import may_edit
from gongkai.publishing.views.items_posted import revision_of
from gongkai.publishing.views.person import person

PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
_LATER = "文件里的图片没有取用：先保存草稿，再在“修改”页取一次，图片会一起带进来。"
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class Taken:
    """The posted page with the text of the file in it; ``lost`` says what could not be taken over."""

    data: QueryDict
    lost: tuple[str, ...] = ()
    error: str = ""
    pictures: int = 0


def pictures_of(files: Iterable[ItemFile]) -> Mapping[str, str]:
    """Where a picture is shown, by its SHA-256."""
    return {
        file.sha256: reverse("publishing:picture", args=[file.pk])
        for file in files
        if file.media_type in PICTURES
    }


def take_over(request: HttpRequest, item: Item | None) -> Taken:
    """The posted page with the text of its file in the place of the body; reading takes a while."""
    data = request.POST.copy()
    upload = request.FILES.get("source")
    if upload is None:
        return Taken(data, error="还没有选要取用的文件；请选一个Word、网页或者文本文件。")
    size, limit = upload.size or 0, settings.MAX_UPLOAD_BYTES
    if size > limit:
        return Taken(
            data,
            error=f"这个文件有{size / 1024 / 1024:.0f} MB，超过{limit // 1024 // 1024} MB的上限，没有读取；"
            "请去掉大图再试，或者把它作为附件分开上传。",
        )
    try:
        read = read_guarded(upload.read(), upload.name or "")
    except Unreadable as error:
        return Taken(data, error=str(error))
    return _filled(request, item, data, read)


def _filled(request: HttpRequest, item: Item | None, data: QueryDict, read: ReadArticle) -> Taken:
    lost, kept = read.lost, 0
    article = read.article
    if item is None:
        if read.pictures:
            lost = (*lost, _LATER)
        article = Article(tuple(block for block in article.blocks if not isinstance(block, Picture)))
    else:
        try:
            kept = _keep_pictures(request, item, read)
        except ActionRefused as refused:
            return Taken(data, error=str(refused))
        if kept:
            item.refresh_from_db()
            data["revision"] = str(item.revision)
    data["body"] = to_text(article)
    if not data.get("title", "").strip():
        data["title"] = read.title
    return Taken(data, lost, pictures=kept)


def _keep_pictures(request: HttpRequest, item: Item, read: ReadArticle) -> int:
    """Those of the file that the item does not have yet."""
    if not read.pictures:
        return 0
    refusal = may_edit(item, person(request))
    if revision_of(request) != item.revision:
        refusal = refusal or Refusal("您打开页面之后，别人改过这条信息；请看最新的内容，再取用。")
    if refusal:
        raise ActionRefused(refusal)
    have = set(item.files.filter(removed_at__isnull=True).values_list("sha256", flat=True))
    new = [picture for picture in read.pictures if picture[0] not in have and picture[2] in _ENDINGS]
    for number, (_, data, media_type) in enumerate(new, start=len(have) + 1):
        add_item_file(
            item=item,
            name=f"插图{number}.{_ENDINGS[media_type]}",
            data=data,
            media_type=media_type,
            is_picture=True,
            by=person(request),
            at=timezone.now(),
        )
    return len(new)
