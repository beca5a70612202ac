"""From a package to a draft, in the order the platform asks for."""

from gongkai.documents.wechat import WechatPackage
from gongkai.publishing.wechat.draft_box import DraftBox


def deliver(box: DraftBox, package: WechatPackage) -> str:
    """Uploads the pictures and the cover, then adds the draft; the draft's id. Nothing is published.

    Raises a :class:`WechatError`: where it comes before the draft, nothing stands in the draft box.
    """
    addresses = {picture.sha256: box.upload_picture(picture.data) for picture in package.pictures}
    cover_id = box.upload_cover(package.cover)
    return box.add_draft(package, cover_id, addresses)
