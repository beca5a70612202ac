"""When what was given to an applicant may become information for everybody (第四十四条)."""

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal, holds
from gongkai.casework.models import Application
from gongkai.publishing.models import Suggestion
from gongkai.publishing.policies.people import DRAFTING, may_head

ARTICLE = "《条例》第四十四条"
PROVIDED = ("granted.", "partly_granted")


def was_provided(case: Application) -> bool:
    """Whether the applicant got information, all or part of it."""
    return case.decision.startswith(PROVIDED)


def may_suggest(case: Application, by: Account) -> Refusal | None:
    """Who may suggest it, and of which case."""
    if not holds(case.agency, by, *DRAFTING):
        return Refusal("由经办人、科室负责人或者公开工作机构负责人提出，您没有这些角色。", ARTICLE)
    if not was_provided(case):
        return Refusal("答复公开了信息的申请，才能转为主动公开。", ARTICLE)
    if Suggestion.objects.filter(case=case).exists():
        return Refusal("这件申请已经提出过转为主动公开。")
    return None


def may_decide(suggestion: Suggestion, by: Account) -> Refusal | None:
    """The head of the disclosure office decides, once."""
    if suggestion.outcome:
        return Refusal(f"已经决定：{suggestion.get_outcome_display()}。")
    return may_head(suggestion.agency, by)


def may_convert(suggestion: Suggestion, by: Account) -> Refusal | None:
    """A draft is made of what was agreed to, once."""
    if suggestion.outcome != Suggestion.Outcome.AGREED:
        return Refusal("先由公开工作机构负责人决定同意，再拟稿。", ARTICLE)
    if suggestion.item_id is not None:
        return Refusal("已经拟稿，请打开那条公开信息。")
    if not holds(suggestion.agency, by, *DRAFTING):
        return Refusal("拟稿由经办人、科室负责人或者公开工作机构负责人进行，您没有这些角色。")
    return None
