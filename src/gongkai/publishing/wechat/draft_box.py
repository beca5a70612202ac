"""What the desk needs of a draft box (草稿箱), whoever keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from gongkai.documents.wechat import WechatPackage


class PublishState(StrEnum):
    """How far a publication has come (``publish_status`` of the platform, 0 to 6)."""

    SUCCEEDED = "succeeded"
    IN_PROGRESS = "in_progress"
    ORIGINALITY_FAILED = "originality_failed"
    FAILED = "failed"
    REJECTED = "rejected"
    DELETED = "deleted"
    BLOCKED = "blocked"


STATE_LABELS: Mapping[PublishState, str] = {
    PublishState.SUCCEEDED: "已发布",
    PublishState.IN_PROGRESS: "发布中",
    PublishState.ORIGINALITY_FAILED: "没有通过原创校验",
    PublishState.FAILED: "发布没有成功",
    PublishState.REJECTED: "没有通过平台审核",
    PublishState.DELETED: "发布后被账号删除",
    PublishState.BLOCKED: "发布后被平台封禁",
}


@dataclass(frozen=True, slots=True)
class Status:
    """``article_url`` and ``article_id`` are empty unless the publication succeeded."""

    state: PublishState
    article_url: str = ""
    article_id: str = ""


class DraftBox(Protocol):
    """Every method raises a :class:`WechatError`, whose text is one Chinese sentence for the clerk."""

    def upload_picture(self, data: bytes) -> str:
        """The address of a PNG or JPEG picture under 1 MB, for use in an article."""
        ...

    def upload_cover(self, data: bytes) -> str:
        """The id of a permanent picture, for use as a cover."""
        ...

    def add_draft(self, package: WechatPackage, cover_id: str, addresses: Mapping[str, str]) -> str:
        """The id of a new draft. ``addresses`` are those of the uploaded pictures by SHA-256."""
        ...

    def submit(self, media_id: str) -> str:
        """Hands a draft over for publication; the id of the task. The draft leaves the box when it is
        out, which may take minutes: ask for its status."""
        ...

    def status(self, publish_id: str) -> Status:
        """How far a publication has come."""
        ...

    def remove(self, article_id: str) -> None:
        """Takes a published article off the account, for good."""
        ...
