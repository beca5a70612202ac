"""Whether an article may go out in an issue."""

from enum import StrEnum

from gongkai.agencies.policies import Refusal
from gongkai.publishing.models import NewsletterIssue, Publication


class EntryState(StrEnum):
    """How an article of an issue stands."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {"current": "公开中", "superseded": "已有新版本", "withdrawn": "已撤下"}[self]

    @property
    def tag(self) -> str:
        return {"current": "done", "superseded": "warning", "withdrawn": "error"}[self]


def state_of(publication: Publication) -> EntryState:
    """How it stands."""
    if publication.ended_at is None:
        return EntryState.CURRENT
    superseded = publication.end == Publication.End.SUPERSEDED
    return EntryState.SUPERSEDED if superseded else EntryState.WITHDRAWN


def may_edit_issue(issue: NewsletterIssue) -> Refusal | None:
    """What was handed out stays as it was."""
    if issue.state == NewsletterIssue.State.RELEASED:
        return Refusal("这一期已经印发，不能再改；要更正的，在下一期刊登。")
    return None
